"""How a value changed between two periods, whatever happened in between.

Bounds are exact for the given bounds of the inputs: every formula here rises with the later
value and falls with the earlier one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from irtysh.stats.quantity import (
    HUNDRED,
    ONE,
    ZERO,
    Quantity,
    amounts,
    known,
    quotient,
    result,
)
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import INFINITY

Series = Mapping[int, Quantity | None]


def amount(value: Quantity | None) -> Quantity:
    """Return the value as it stands; raises UnknownValue if it is missing."""
    return known(value)[0]


def difference(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return y₁ − y₀ in the unit of the values; the one change that negative values have.

    Raises
    ------
    UnknownValue
        If a value is missing.
    """
    first, last = known(before, after)
    return last - first


def ratio(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return y₁/y₀.

    Raises
    ------
    UnknownValue
        If a value is missing.
    NothingToCompute
        ZERO_BASE if y₀ is zero, NEGATIVE if a value is below zero.
    """
    return _of_ratio(_ratio(before, after), lambda r: r)


def relative_change(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return 100·(y₁/y₀ − 1) in per cent; raises as ``ratio`` does.

    >>> relative_change(Quantity.rounded("305.6"), Quantity.rounded("379.7")).point
    Decimal('24.247382198953')
    """
    return _of_ratio(_ratio(before, after), lambda r: HUNDRED * (r - ONE))


def index_number(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return 100·y₁/y₀ (base period = 100); raises as ``ratio`` does."""
    return _of_ratio(_ratio(before, after), lambda r: HUNDRED * r)


def chain_index(before: Quantity | None, after: Quantity | None, years: int) -> Quantity:
    """Return 100·y_t/y_{t−1} for neighbouring years.

    Raises
    ------
    NothingToCompute
        GAP if the periods are not one year apart: a missing year is never interpolated.
    """
    if years != 1:
        raise NothingToCompute(reason="GAP")
    return index_number(before, after)


def compound_rate(before: Quantity | None, after: Quantity | None, years: int) -> Quantity:
    """Return 100·((y_T/y_0)^(1/T) − 1), per cent a year over the actual span.

    Parameters
    ----------
    before, after : amounts in one unit, 0 or more
    years : int
        The span T; years without a value between them do not matter.

    Raises
    ------
    NothingToCompute
        NO_SPAN if the span is not positive, else as ``ratio``.
    """
    if years <= 0:
        raise NothingToCompute(reason="NO_SPAN")
    exponent = ONE / years
    return _of_ratio(_ratio(before, after), lambda r: HUNDRED * (_power(r, exponent) - ONE))


def log_rate(before: Quantity | None, after: Quantity | None, years: int) -> Quantity:
    """Return 100·ln(y_T/y_0)/T, logarithmic per cent a year.

    Raises
    ------
    NothingToCompute
        ZERO_BASE if either value is zero, NO_SPAN, NEGATIVE.
    """
    if years <= 0:
        raise NothingToCompute(reason="NO_SPAN")
    found = _ratio(before, after)
    if found.point == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    return _of_ratio(found, lambda r: HUNDRED * (r.ln() if r > 0 else -INFINITY) / years)


def symmetric_change(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return 2·(y₁ − y₀)/(y₁ + y₀), from −2 to 2: what is left when the base is zero.

    Raises
    ------
    NothingToCompute
        ZERO_TOTAL if both values are zero.
    """
    first, last = amounts(before, after)
    if first.high == last.high == 0 or (first.point == 0 and last.point == 0):
        raise NothingToCompute(reason="ZERO_TOTAL")
    point = None
    if first.point is not None and last.point is not None:
        point = _symmetric(first.point, last.point)
    return result(point, _symmetric(first.high, last.low), _symmetric(first.low, last.high))


def level_after(before: Quantity | None, growth: Quantity | None) -> Quantity:
    """Return y₁ = y₀·(1 + g/100) from an earlier level and a growth rate in per cent.

    Raises
    ------
    NothingToCompute
        NEGATIVE if the level is below zero or the rate below −100 per cent.
    """
    first, factor = amounts(before, _factor(growth))
    point = None
    if first.point is not None and factor.point is not None:
        point = first.point * factor.point
    bounds = first.interval * factor.interval
    return result(
        point, bounds.low, bounds.high, low_open=bounds.low_open, high_open=bounds.high_open
    )


def level_before(after: Quantity | None, growth: Quantity | None) -> Quantity:
    """Return y₀ = y₁/(1 + g/100) from a later level and a growth rate in per cent.

    Raises
    ------
    NothingToCompute
        ZERO_BASE if the rate is −100 per cent, else as ``level_after``.
    """
    return ratio(_factor(growth), after)


def _factor(growth: Quantity | None) -> Quantity:
    (rate,) = known(growth)
    return (rate + Quantity.exactly(100)).scaled(Decimal("0.01"))


def chain(series: Series) -> dict[int, Quantity | None]:
    """Return 100·y_t/y_{t−1} of every year; None after a year without a value."""
    return {
        year: _or_none(chain_index, series.get(year - 1), value, 1)
        for year, value in sorted(series.items())
    }


def base(series: Series, base_year: int) -> dict[int, Quantity | None]:
    """Return 100·y_t/y_0 of every year; None where the year or the base has no value."""
    return {
        year: _or_none(index_number, series.get(base_year), value)
        for year, value in sorted(series.items())
    }


def compound_rates(series: Series) -> dict[tuple[int, int], Quantity | None]:
    """Return the compound rate between every two years that have a value.

    One base year can be chosen to please; all of them together cannot.
    """
    years = sorted(year for year, value in series.items() if value is not None)
    return {
        (first, last): _or_none(compound_rate, series[first], series[last], last - first)
        for first in years
        for last in years
        if first < last
    }


def _ratio(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return y₁/y₀ with all the digits that Decimal keeps; the caller rounds once, at the end."""
    first, last = amounts(before, after)
    if first.point == 0 or first.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    point = None
    if first.point is not None and last.point is not None:
        point = last.point / first.point
    return Quantity(point, quotient(last.interval, first.interval))


def _of_ratio(found: Quantity, rising: Callable[[Decimal], Decimal]) -> Quantity:
    """Apply a function that rises with the ratio to its point and its bounds."""
    point = None if found.point is None else rising(found.point)
    return result(
        point,
        rising(found.low),
        rising(found.high) if found.high.is_finite() else INFINITY,
        low_open=found.interval.low_open,
        high_open=found.interval.high_open,
    )


def _power(value: Decimal, exponent: Decimal) -> Decimal:
    return ZERO if value == 0 else value**exponent


def _symmetric(first: Decimal, last: Decimal) -> Decimal:
    if not first.is_finite():
        return Decimal(-2)
    if not last.is_finite() or first == 0:
        return Decimal(2)  # also the limit where both bounds are zero
    return 2 * (last - first) / (last + first)


def _or_none(formula: Callable[..., Quantity], *values: Quantity | int | None) -> Quantity | None:
    if any(value is None for value in values):
        return None
    try:
        return formula(*values)
    except NothingToCompute:
        return None
