"""The sums of a check sheet: what of a file may be added up, and in which words it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from irtysh.sources.intake.check_sheet import plain
from irtysh.store.check_sheet import WORLD, StagedSum
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import say

_NOT_ADDED = {"relative", "rank", "rate", "price"}
"""Kinds of units of which a sum means nothing."""


def by_year(found: Iterable[StagedSum]) -> list[dict[str, Any]]:
    """Add the sums of the periods of a year up: what a person can compare with what is known.

    Months with months and quarters with quarters only. A period that counts from the beginning
    of the year contains the one before, so nothing is added to it: it stands as it is. A country
    is not added to its regions: territories are, where they are parts of the same one, named by
    ``within``. Shares, rates and ranks are counted, not added.
    """
    units = codelist("units")
    years: dict[tuple[tuple[str, str], ...], list[Any]] = {}
    for one in found:
        codes = dict(one.codes)
        year, span = _span_of(str(codes.pop("period", "")))
        if "ref_area" in codes:
            codes["within"] = _parent(codes.pop("ref_area"))
        key = (*sorted({**codes, "year": year}.items()), ("span", span))
        held = years.setdefault(key, [0, 0, None, None])
        held[0] += one.rows
        held[1] += one.missing
        unit = codes.get("unit", "")
        if unit in units and units[unit].extra["kind"] in _NOT_ADDED:
            continue
        for place, value in ((2, one.value), (3, one.weight)):
            if value is not None:
                held[place] = value if held[place] is None else held[place] + value
    return [
        {
            **dict(key),
            "rows": rows,
            "missing": missing,
            "value": plain(value),
            "weight": plain(weight),
        }
        for key, (rows, missing, value, weight) in sorted(years.items())
    ]


def covered(row: Mapping[str, Any], language: str) -> str:
    """Return in words whose figures a sum adds: single partners or all as one; parts of what."""
    parts = []
    if "within" in row:
        within = row["within"]
        key = {"": "territories_apart", WORLD: "countries"}.get(within, "territories_within")
        parts.append(say("intake", key, language, area=_name(within, language)))
    if row.get("partner") == WORLD:
        parts.append(_name(WORLD, language))
    elif "within" not in row:
        parts.append(say("intake", "single_partners", language))
    return ", ".join(parts)


def _parent(area: str) -> str:
    areas = codelist("areas")
    return areas[area].parent if area in areas else ""


def _name(area: str, language: str) -> str:
    areas = codelist("areas")
    return areas.label(area, language) if area in areas else area


def _span_of(period: str) -> tuple[str, str]:
    """Return the year that a period's sum is added to, and with which periods; else itself."""
    year, part = period[:4], period[4:]
    if not part:
        return year, "A"
    for span, form in (("M", r"-[0-9]{2}"), ("Q", r"-Q[1-4]"), ("S", r"-S[12]")):
        if re.fullmatch(form, part):
            return year, span
    return period, "own"
