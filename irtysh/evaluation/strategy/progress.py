"""Observed and required rates, achievement, and the classes that they fall in (step E2).

R = rate observed / rate required (the progress measure of Statistics Canada and Open SDG; the
classes are those of Eurostat's method). Rates are compound where all values are above zero, else
linear: a base of zero or below and a change of sign have no compound rate. Bounds are propagated
outward; a class is given only if the bounds do not reach beyond it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from irtysh.stats.growth import compound_rate
from irtysh.stats.quantity import HUNDRED, ONE, ZERO, Quantity, result
from irtysh.vocabulary.errors import DivisionByZeroInterval, NothingToCompute
from irtysh.vocabulary.interval import INFINITY, Interval

COMPOUND, LINEAR = "compound", "linear"

Classes = Sequence[tuple[str, Decimal]]
"""Class and the least value that belongs to it, best first; what is below all is ``WORST``."""

WORST = "moving_away"


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly rate.

    Attributes
    ----------
    quantity : Quantity
        Per cent a year if compound; else per cent of the base's absolute value a year.
    kind : str
        "compound" or "linear".
    """

    quantity: Quantity
    kind: str


def rate(before: Quantity, after: Quantity, years: int) -> Rate:
    """Return the yearly rate between two values.

    Raises
    ------
    NothingToCompute
        NO_SPAN if the span is not positive, ZERO_BASE if the base may be zero.
    """
    if years <= 0:
        raise NothingToCompute(reason="NO_SPAN")
    if before.low > 0 and after.low > 0:
        return Rate(compound_rate(before, after, years), COMPOUND)
    return Rate(_linear(before, after, years), LINEAR)


def _linear(before: Quantity, after: Quantity, years: int) -> Quantity:
    """Return 100·(y₁ − y₀)/(|y₀|·T); raises ZERO_BASE if the base may be zero."""
    size = _absolute(before)
    if Decimal(0) in size.interval or size.point == 0 or size.low <= 0:
        raise NothingToCompute(reason="ZERO_BASE")
    change = (after - before).scaled(HUNDRED / years)
    bounds = change.interval / size.interval
    point = None
    if change.point is not None and size.point is not None:
        point = change.point / size.point
    return result(point, bounds.low, bounds.high)


def _absolute(value: Quantity) -> Quantity:
    if value.high <= 0:
        return value.scaled(-1)
    if value.low < 0:
        point = None if value.point is None else abs(value.point)
        return Quantity(point, Interval(ZERO, max(value.high, -value.low)))
    return value


def ratio(observed: Rate, required: Rate) -> Quantity:
    """Return R = observed / required.

    Raises
    ------
    NothingToCompute
        NO_SPAN if the required rate may be zero (the target is the base) or if one is compound
        and the other linear.
    """
    if observed.kind != required.kind:
        raise NothingToCompute(reason="NO_SPAN")
    try:
        bounds = observed.quantity.interval / required.quantity.interval
    except DivisionByZeroInterval:
        raise NothingToCompute(reason="NO_SPAN") from None
    point = None
    if observed.quantity.point is not None and required.quantity.point:
        point = observed.quantity.point / required.quantity.point
    return result(point, bounds.low, bounds.high)


def progress(
    base: Quantity, fact: Quantity, target: Quantity, years: int, until: int
) -> tuple[Rate, Rate, Quantity]:
    """Return the observed rate, the required one, and R.

    Parameters
    ----------
    base, fact, target : in one unit
    years, until : int
        Years from the base to the fact, and to the target.

    Raises
    ------
    NothingToCompute
        As ``rate`` and ``ratio``.
    """
    observed, required = rate(base, fact, years), rate(base, target, until)
    if observed.kind != required.kind:
        observed = Rate(_linear(base, fact, years), LINEAR)
        required = Rate(_linear(base, target, until), LINEAR)
    return observed, required, ratio(observed, required)


def achievement(fact: Quantity, plan: Quantity, direction: str) -> Quantity:
    """Return A = fact / plan, plan / fact where a fall is wanted, the lesser where neither.

    Raises
    ------
    NothingToCompute
        NEGATIVE unless both are above zero: a ratio of others says nothing.
    """
    if fact.low <= 0 or plan.low <= 0:
        raise NothingToCompute(reason="NEGATIVE")
    rising = _quotient(fact, plan)
    if direction == "up":
        return rising
    falling = _quotient(plan, fact)
    if direction == "down":
        return falling
    lesser = [one.point for one in (rising, falling) if one.point is not None]
    return result(
        min(lesser, default=None),
        min(rising.low, falling.low),
        min(ONE, max(rising.high, falling.high)),
    )


def _quotient(one: Quantity, other: Quantity) -> Quantity:
    bounds = one.interval / other.interval
    point = None
    if one.point is not None and other.point is not None:
        point = one.point / other.point
    return result(
        point, bounds.low, bounds.high, low_open=bounds.low_open, high_open=bounds.high_open
    )


def classify(interval: Interval, classes: Classes) -> str | None:
    """Return the class that holds a whole interval; None if it reaches into another."""
    found = touched(interval, classes)
    return found[0] if len(found) == 1 else None


def touched(interval: Interval, classes: Classes) -> list[str]:
    """Return every class that an interval reaches into, best first."""
    found = []
    above = INFINITY
    for code, least in classes:
        if Interval(least, above, False, True).meets(interval):
            found.append(code)
        above = least
    if Interval(-INFINITY, above, True, True).meets(interval):
        found.append(WORST)
    return found
