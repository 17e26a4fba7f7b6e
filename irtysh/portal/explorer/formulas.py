"""What a view computes, in the words of the explorer: it never passes over a period."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from irtysh.portal.explorer.naming import period_name
from irtysh.portal.explorer.opening import Opened
from irtysh.publication.computed import formula_of
from irtysh.publication.selecting import counted, selection_of
from irtysh.publication.views import WHOLES, View, bounds
from irtysh.store.dataset import Dataset
from irtysh.store.selection import EVERYTHING
from irtysh.vocabulary.errors import NotAPeriod


def formula_words(opened: Opened, view: View) -> dict[str, str] | None:
    """Return name, formula and convention of what a view computes; None where it is nothing.

    ``id`` is the indicator with the same formula. Its own words are said of shares only: other
    indicators choose the period that they compare with in their own way.
    """
    known = opened.reading.definitions.get(formula_of(view))
    if known is None:
        return None
    rounding = _("Bounds treat the rounding of the two numbers as independent.")
    said = {
        "previous": (
            _("Growth on the period before"),
            _("Each period is compared with the one just before it and of the same length; where"
              " that one has no value, there is no growth."),
        ),
        "year": (
            _("Growth on the same period of the year before"),
            _("Each period is compared with the same one of the year before; where that one has"
              " no value, there is no growth."),
        ),
        "index": (
            _("Index, %(base)s = 100") % {"base": period_name(view.base, opened.language)},
            _("The base is the period that was chosen; another base changes the level of the"
              " index, not the ratios within it."),
        ),
    }  # fmt: skip
    title, convention = said.get(
        view.calculation,
        (
            known.title[opened.language],
            known.convention[opened.language] if known.convention else "",
        ),
    )
    if view.calculation in ("previous", "year"):
        convention = f"{convention} {rounding}"
    return {
        "id": known.id,
        "title": title,
        "formula": known.formula,
        "convention": convention,
    }


def wholes_of(view: View, dataset: Dataset) -> list[str]:
    """Return the dimensions whose whole the dataset prints: what a share can be taken of.

    The one that a view asks for is among them, printed or not: a form must not forget it.
    """
    found = []
    for name, code in WHOLES.items():
        there = counted(dataset, name, EVERYTHING)
        can_be = code in there and len(there) > 1
        if can_be or (view.calculation == "share" and view.whole == name):
            found.append(name)
    return found


def lacks_whole(view: View, dataset: Dataset) -> bool:
    """Return True where a view takes shares of a whole that the dataset does not print."""
    if view.calculation != "share":
        return False
    return WHOLES[view.whole] not in counted(dataset, view.whole, EVERYTHING)


def bases_of(view: View, dataset: Dataset) -> list[str]:
    """Return the periods that an index of a view can have as its base, the earliest first."""
    free = replace(view.without("period"), start="", end="")
    return [
        code
        for code in sorted(counted(dataset, "period", selection_of(free, dataset)))
        if code and _is_one(code)
    ]


def with_base(view: View, dataset: Dataset) -> View:
    """Return a view of an index with a base: the first period shown, where none was chosen."""
    if view.calculation != "index" or view.base:
        return view
    there = sorted(counted(dataset, "period", selection_of(view, dataset)))
    base = next((code for code in there if code and _is_one(code)), "")
    return replace(view, base=base)


def _is_one(code: str) -> bool:
    """Return True for a year, half, quarter or month: what alone can be a base."""
    try:
        return bounds(code) is not None
    except NotAPeriod:
        return False
