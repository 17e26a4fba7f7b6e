"""Headings of a table: their order, which is part of which, and whether they may be added up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from irtysh.publication.cells import LEVELS
from irtysh.vocabulary.codelists import codelist

Key = tuple[str, ...]
TOTALS = ("_T", "W")


class Naming(Protocol):
    """What a table must know of codes to put them in order."""

    def sorting(self, key: Key, dimensions: Sequence[str]) -> Any:
        """Return what to sort a heading by so that names stand in the reader's alphabet."""

    def place(self, dimension: str, code: str) -> tuple[int, str]:
        """Return the place of a code in its list, and the code: what is not listed comes last."""

    def parent(self, dimension: str, code: str) -> str:
        """Return the code of which it is a part; empty at the top."""


class _Plain:
    def sorting(self, key: Key, dimensions: Sequence[str]) -> Any:
        return key

    def place(self, dimension: str, code: str) -> tuple[int, str]:
        return int(code not in TOTALS), code

    def parent(self, dimension: str, code: str) -> str:
        if dimension == "commodity":
            return code[:-2] if code.isdigit() and len(code) > 2 else "" if code == "_T" else "_T"
        if dimension in ("counterpart_area", "ref_area"):
            head, dash, _rest = code.rpartition("-")
            return head if dash else "" if code == "W" else "W"
        return ""


PLAIN: Naming = _Plain()
"""Order by code, parts by the form of codes."""


def in_order(keys: Sequence[Key], dimensions: Sequence[str], naming: Naming) -> list[Key]:
    """Return headings in the order of their lists, each below what it is a part of."""
    there = [{key[place] for key in keys} for place in range(len(dimensions))]
    paths: dict[tuple[int, str], Any] = {}

    def path(place: int, code: str) -> Any:
        if (place, code) not in paths:
            name = dimensions[place]
            line = [code, *_above(name, code, there[place], naming)]
            paths[place, code] = (
                [(0, code)]
                if name == "period"
                else [naming.place(name, one) for one in reversed(line)]
            )
        return paths[place, code]

    return sorted(keys, key=lambda key: [path(place, code) for place, code in enumerate(key)])


def _above(dimension: str, code: str, there: Collection[str], naming: Naming) -> list[str]:
    """Return the codes of the table of which a code is a part, the nearest first."""
    found: list[str] = []
    seen = {code}
    above = naming.parent(dimension, code)
    while above and above not in seen:
        if above in there:
            found.append(above)
        seen.add(above)
        above = naming.parent(dimension, above)
    return found


def parents(keys: Sequence[Key], dimensions: Sequence[str], naming: Naming) -> dict[Key, int]:
    """Return how many headings of the table each one is a part of, by its last dimension."""
    if not dimensions:
        return {}
    beside: dict[Key, set[str]] = {}
    for key in keys:
        beside.setdefault(key[:-1], set()).add(key[-1])
    return {key: len(_above(dimensions[-1], key[-1], beside[key[:-1]], naming)) for key in keys}


_AREAS = ("ref_area", "counterpart_area")
_ADDED = (*_AREAS, "commodity")
_GROUPS = frozenset({"group", "aggregate", "total"})


def is_parted(
    keys: Sequence[Key], dimensions: Sequence[str], measures: Collection[str], naming: Naming
) -> str:
    """Say why headings must not be added up: "" where none is a part of another.

    Rows may be added only along territories or goods, of one amount, on one level.
    """
    if any(measure not in LEVELS for measure in measures) or len(measures) > 1:
        return "measure"
    if not dimensions or any(name not in _ADDED for name in dimensions):
        return "dimension"
    for place, name in enumerate(dimensions):
        codes = {key[place] for key in keys}
        if _overlap(codes, name, naming):
            return "overlap"
    return ""


def _overlap(codes: Collection[str], dimension: str, naming: Naming) -> bool:
    if len(codes) == 1:
        return False
    if any(code in (*TOTALS, "", "_U", "_Z") for code in codes):
        return True
    if dimension in _AREAS and any(map(_is_group, codes)):
        return True  # members of a union are no parts of it in the list, for they are in several
    if dimension == "commodity" and len({len(code) for code in codes if code.isdigit()}) > 1:
        return True
    return any(_above(dimension, code, codes, naming) for code in codes)


def _is_group(area: str) -> bool:
    areas = codelist("areas")
    return area in areas and areas[area].extra.get("kind") in _GROUPS
