"""Several values of one cell as one piece of evidence: rivals widen it, bounds narrow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce

from irtysh.evaluation.expressions.evidence import CONFLICT, ROUNDING, STRUCTURAL, Evidence
from irtysh.evaluation.expressions.units import leaf_unit
from irtysh.indicators.known import Known
from irtysh.vocabulary.interval import INFINITY, Interval, hull
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation

_STRUCTURAL_FLAGS = frozenset(
    {
        "INEQUALITY",
        "APPROXIMATE",
        "ESTIMATED",
        "COUNTERPART_ASSUMED",
        "OPEN_BOUND",
        "NO_POINT",
        "RESIDUAL_INTERVAL",
        "COVERAGE_DIFFERS",
        "VALUATION_DIFFERS",
        "PARTIAL",
        "LOW_COVERAGE",
    }
)
"""Flags of a figure whose bounds come from something else than printed digits."""


def joined_values(values: Sequence[Known]) -> Evidence | None:
    """Return what rival values of a cell say together; None where none has a value.

    Bounded values that differ are rivals: nobody knows which holds, so the evidence spans all of
    them (kind conflict). Values that only bound ("more than 380", "more than 402") do not
    contradict each other and are taken together.
    """
    found = [
        (value, *_base(value))
        for value in values
        if value.quantity is not None
    ]  # fmt: skip
    if not found:
        return None
    intervals = [interval for _, _, interval in found]
    points = {point for _, point, _ in found}
    kinds = {ROUNDING}
    flags = dict.fromkeys(flag for value, _, _ in found for flag in value.flags)
    if any(value.bounded for value, _, _ in found):
        interval = reduce(hull, intervals)
        if len(set(intervals)) > 1:
            kinds.add(CONFLICT)
    else:
        interval, agreed = _meet(intervals)
        if not agreed:
            kinds.add(CONFLICT)
    if not interval.is_bounded or _STRUCTURAL_FLAGS & set(flags):
        kinds.add(STRUCTURAL)
    unit, _ = leaf_unit(found[0][0].key.unit)
    return Evidence(
        unit=unit,
        point=points.pop() if len(points) == 1 else None,
        interval=interval,
        kinds=frozenset(kinds),
        evidence=tuple(dict.fromkeys(one for value, _, _ in found for one in value.evidence)),
        flags=tuple(flags),
    )


def of_rates(
    rates: Sequence[Observation], dimensions: Mapping[str, str], period: str
) -> Evidence | None:
    """Return a printed growth rate or share of a period (and base, if one is named)."""
    asked = {name: dimensions[name] for name in ("flow", "measure", "unit") if name in dimensions}
    base = dimensions.get("base")
    found = [
        one
        for one in rates
        if one.matches(asked)
        and (one.period.code == period or (period == "?" and not one.period.is_known))
        and (base is None or (one.base_period is not None and one.base_period.code == base))
    ]
    return of_printed(found)


def of_printed(found: Sequence[Observation]) -> Evidence | None:
    """Return printed figures of one cell as they stand; None where there is no value."""
    valued = [(one, one.base_interval) for one in found if one.value is not None]
    intervals = [interval for _, interval in valued if interval is not None]
    if not valued or not intervals:
        return None
    unit, factor = leaf_unit(valued[0][0].unit)
    kinds = {ROUNDING}
    if len(set(intervals)) > 1:
        kinds.add(CONFLICT)
    if any(one.qualifier is not Qualifier.EQ for one, _ in valued):
        kinds.add(STRUCTURAL)
    points = {one.value.scaleb(one.unit_mult) * factor for one, _ in valued if one.value}
    return Evidence(
        unit=unit,
        point=points.pop() if len(points) == 1 else None,
        interval=reduce(hull, intervals).scaled(factor),
        kinds=frozenset(kinds),
        evidence=tuple(one.id for one, _ in valued),
    )


def is_structural(flags: Sequence[str]) -> bool:
    """Tell whether a figure's flags say that its bounds are not only those of rounding."""
    return not _STRUCTURAL_FLAGS.isdisjoint(flags)


def _base(value: Known) -> tuple[Decimal | None, Interval]:
    """Return a value in the unit that evidence is kept in."""
    assert value.quantity is not None
    _, factor = leaf_unit(value.key.unit)
    scale = factor.scaleb(value.unit_mult)
    point = value.quantity.point
    bounds = value.quantity.interval
    # The scale is a positive power of ten, so the bounds keep their order and their digits.
    interval = Interval(bounds.low * scale, bounds.high * scale, bounds.low_open, bounds.high_open)
    return (None if point is None else point * scale), interval


def _meet(intervals: Sequence[Interval]) -> tuple[Interval, bool]:
    """Return what bounds leave together, and True; their hull and False where nothing is left."""
    low, low_open = max((one.low, one.low_open) for one in intervals)
    high, high_open = min((one.high, not one.high_open) for one in intervals)
    if low < high:
        return Interval(low, high, low_open, not high_open), True
    return reduce(hull, intervals), low == -INFINITY
