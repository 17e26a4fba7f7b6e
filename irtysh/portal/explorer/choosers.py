"""What a reader can choose: a tree of codes for each dimension, with what is there of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from irtysh.portal.explorer.naming import Naming, dimension_names
from irtysh.publication.selecting import available, counted, selection_of
from irtysh.publication.views import DIMENSIONS, View, bounds
from irtysh.store.dataset import Dataset
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.stems import stems

SHORT = 120
"""Codes that a tree shows at once; a longer list is searched, and opens at its upper levels."""

_CHOSEN = tuple(name for name in DIMENSIONS if name not in ("period", "unit", "base_period"))


def choosers(
    view: View, dataset: Dataset, naming: Naming, searches: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a chooser for each dimension in which there is something to choose.

    ``searches`` are the words looked for by dimension, where no script looks for them.
    """
    labels = dimension_names()
    found = []
    for name in _CHOSEN:
        there = available(view, dataset, name)
        chosen = view.codes.get(name, ())
        if len(there) < 2 and not chosen:
            continue
        tree = _tree(name, {**dict.fromkeys(chosen, 0), **there}, chosen, naming)
        words = searches.get(name, "")
        shown = _shown(tree, words, naming.words.language)
        found.append(
            {
                "name": name,
                "label": labels[name],
                "options": shown,
                "total": len(tree),
                "chosen": len(chosen),
                "said": _said(name, chosen, naming),
                "is_long": len(tree) > SHORT,
                "hidden": len(tree) - len(shown),
                "words": words,
                "is_open": bool(words),
            }
        )
    return found


def options(view: View, dataset: Dataset, name: str, naming: Naming, words: str) -> Any:
    """Return the options of one dimension that fit some words, for the script that asks."""
    there = available(view, dataset, name)
    chosen = view.codes.get(name, ())
    tree = _tree(name, {**dict.fromkeys(chosen, 0), **there}, chosen, naming)
    return _shown(tree, words, naming.words.language), len(tree)


def _said(name: str, chosen: Sequence[str], naming: Naming) -> str:
    names = [naming.name(name, code).text for code in chosen[:2]]
    return ", ".join(names) + (f" +{len(chosen) - 2}" if len(chosen) > 2 else "")


def _tree(
    name: str, there: Mapping[str, int], chosen: Sequence[str], naming: Naming
) -> list[dict[str, Any]]:
    """Return the codes as a tree read from top to bottom, each under what it is a part of."""
    children: dict[str, list[str]] = {}
    for code in there:
        children.setdefault(_above(name, code, there, naming), []).append(code)
    found: list[dict[str, Any]] = []

    def walk(parent: str, depth: int) -> None:
        for code in sorted(children.get(parent, ()), key=lambda one: naming.place(name, one)):
            named = naming.name(name, code)
            found.append(
                {
                    "code": code,
                    "text": named.text,
                    "language": named.language,
                    "depth": min(depth, 4),
                    "count": there[code],
                    "is_chosen": code in chosen,
                    "shows_code": name in ("commodity", "ref_area", "counterpart_area")
                    and not code.startswith("_") and code != named.text,
                }
            )  # fmt: skip
            if code != parent:
                walk(code, depth + 1)

    walk("", 0)
    return found


def _above(name: str, code: str, there: Mapping[str, int], naming: Naming) -> str:
    seen = {code}
    above = naming.parent(name, code)
    while above and above not in seen:
        if above in there:
            return above
        seen.add(above)
        above = naming.parent(name, above)
    return ""


def _shown(tree: Sequence[dict[str, Any]], words: str, language: str) -> list[dict[str, Any]]:
    if words:
        fitting = (
            one
            for one in tree
            if one["is_chosen"] or fits(one["code"], one["text"], words, language)
        )
        return list(islice(fitting, SHORT))
    if len(tree) <= SHORT:
        return list(tree)
    upper = [one for one in tree if one["is_chosen"] or one["depth"] == 0]
    if len(upper) < SHORT:
        wider = [one for one in tree if one["is_chosen"] or one["depth"] <= 1]
        upper = wider if len(wider) <= SHORT else upper
    return upper[:SHORT]


def fits(code: str, text: str, words: str, language: str) -> bool:
    """Return True if a code begins with the words, or its name holds the stem of each of them."""
    asked = words.casefold().strip()
    if code.casefold().startswith(asked) or asked in text.casefold():
        return True
    wanted, there = stems(asked, language), stems(text, language)
    return bool(wanted) and all(any(_alike(one, other) for other in there) for one in wanted)


def _alike(one: str, other: str) -> bool:
    """Return True if stems are equal or one begins with the other: no rule cuts all words alike."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 3 and long.startswith(short))


def periods_of(view: View, dataset: Dataset) -> list[str]:
    """Return the periods that the other choices of a view leave, the earliest first."""
    free = view.without("period").without("start").without("end")
    there = counted(dataset, "period", selection_of(free, dataset))
    return sorted({bound for code in there for bound in _bounds_in(code)})


def _bounds_in(code: str) -> tuple[str, ...]:
    """Return what a span can begin or end with: the period itself, of a longer name its year."""
    try:
        bounds(code)
    except NotAPeriod:
        return (code[:4],) if code[:4].isdigit() else ()
    return (code[:4], code) if code else ()
