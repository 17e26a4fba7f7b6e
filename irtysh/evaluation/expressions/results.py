"""Results of the catalogue's indicators as evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce

from irtysh.evaluation.expressions.evidence import (
    CONFLICT,
    ROUNDING,
    STRUCTURAL,
    Evidence,
    Leaf,
    Missing,
)
from irtysh.evaluation.expressions.units import leaf_unit
from irtysh.evaluation.expressions.values import is_structural
from irtysh.evaluation.expressions.world import Own, World
from irtysh.indicators.results import Result
from irtysh.vocabulary.interval import Interval, hull

_FIELDS = {
    "dataflow": "dataflow",
    "flow": "flow",
    "classification": "classification",
    "measure": "measure",
    "commodity": "group",
}


def of_indicator(
    world: World,
    own: Own,
    text: str,
    indicator: str,
    dimensions: Mapping[str, str],
    period: str,
) -> Evidence:
    """Return an indicator's result for a period; rival results widen each other."""
    headline = world.headline
    area = dimensions.get("ref_area", headline.get("ref_area", ""))
    partner = dimensions.get("counterpart_area", headline.get("counterpart_area", ""))
    found = [
        one
        for one in world.results(indicator, area, partner, own).get(period, ())
        if one.counterpart in (partner, "W") and _fits(one, dimensions)
    ]
    found = _headline_first(found, dimensions, headline)
    with_figure = [one for one in found if _bounds(one) is not None]
    if not with_figure:
        flags = tuple(dict.fromkeys(flag for one in found for flag in one.figure.flags))
        kind = "denominator" if {"UNKNOWN_TOTAL", "ZERO_BASE"} & set(flags) else "data"
        told = (("indicator", indicator), ("ref_area", area), ("counterpart_area", partner))
        return Evidence(flags=flags, missing=(Missing(kind, text, told, period),))
    return _joined(text, period, with_figure)


def _joined(text: str, period: str, found: Sequence[Result]) -> Evidence:
    intervals, points = [], set()
    unit, factor = leaf_unit(found[0].figure.unit)
    for one in found:
        interval = _bounds(one)
        assert interval is not None
        scale = factor.scaleb(one.unit_mult)
        intervals.append(interval.scaled(scale))
        point = one.figure.point
        points.add(None if point is None else point * scale)
    flags = tuple(dict.fromkeys(flag for one in found for flag in one.figure.flags))
    ids = tuple(dict.fromkeys(name for one in found for name in one.figure.evidence))
    kinds = {ROUNDING}
    if len(set(intervals)) > 1:
        kinds.add(CONFLICT)
    interval = reduce(hull, intervals)
    if is_structural(flags) or not interval.is_bounded:
        kinds.add(STRUCTURAL)
    point = points.pop() if len(points) == 1 else None
    coverages = [one.figure.coverage for one in found if one.figure.coverage is not None]
    first = found[0]
    told = (
        ("indicator", first.indicator),
        ("ref_area", first.area),
        ("counterpart_area", first.counterpart),
        ("classification", first.classification),
        ("commodity", first.group),
    )
    leaf = Leaf(text, period, point, interval, unit, ids, flags, told)
    return Evidence(
        unit=unit,
        point=point,
        interval=interval,
        kinds=frozenset(kinds),
        coverage=min(coverages, default=None),
        evidence=ids,
        flags=flags,
        leaves=(leaf,),
    )


def _fits(one: Result, dimensions: Mapping[str, str]) -> bool:
    base = dimensions.get("base")
    if base is not None and (one.base_period is None or one.base_period.code != base):
        return False
    return all(
        getattr(one, _FIELDS[name]) == code for name, code in dimensions.items() if name in _FIELDS
    )


def _headline_first(
    found: list[Result], dimensions: Mapping[str, str], headline: Mapping[str, str]
) -> list[Result]:
    """Fill the blanks from the headline where that leaves any result."""
    for name in ("flow", "dataflow", "measure", "commodity"):
        if name not in dimensions and name in headline:
            narrower = [one for one in found if getattr(one, _FIELDS[name]) == headline[name]]
            found = narrower or found
    return found


def _bounds(one: Result) -> Interval | None:
    figure = one.figure
    if figure.low is None or figure.high is None:
        return None
    if figure.low == figure.high == Decimal(0) and figure.point is None:
        return None
    return Interval(figure.low, figure.high)
