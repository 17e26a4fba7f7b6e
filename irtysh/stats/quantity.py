"""A value that knows its bounds: what every formula of this room takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.interval import INFINITY, Interval

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

GRID = Decimal("1E-12")
"""Results are kept to twelve decimals, bounds rounded outward: Decimal's own rounding (28 digits)
is far below, so no admissible value falls outside because of it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A best value and all the values that it may truly have.

    Attributes
    ----------
    point : Decimal or None
        The printed or computed value; None where only bounds are known ("others below 5 %").
    interval : Interval
        Contains the point, save that "more than 380" has its point on the excluded bound.
    """

    point: Decimal | None
    interval: Interval

    @classmethod
    def exactly(cls, value: Decimal | int) -> Quantity:
        """Return a quantity without doubt."""
        return cls(Decimal(value), Interval.exactly(value))

    @classmethod
    def rounded(cls, printed: str) -> Quantity:
        """Return what a printed numeral admits: "402.1" is [402.05, 402.15)."""
        value = Decimal(printed)
        return cls(value, Interval.from_rounded(value))

    @property
    def low(self) -> Decimal:
        """The lower bound."""
        return self.interval.low

    @property
    def high(self) -> Decimal:
        """The upper bound."""
        return self.interval.high

    @property
    def is_negative(self) -> bool:
        """True if no admissible value is zero or more."""
        return self.high < 0 or (self.high == 0 and self.interval.high_open)

    def not_negative(self) -> Quantity:
        """Return the quantity within [0, ∞): trade cannot be below zero, a rounded 0.0 could.

        Unchanged where even the point is negative: that is not rounding but another quantity.
        """
        if self.low >= 0 or (self.point is not None and self.point < 0) or self.is_negative:
            return self
        return Quantity(self.point, Interval(ZERO, self.high, False, self.interval.high_open))

    def scaled(self, factor: Decimal | int) -> Quantity:
        """Return the quantity times an exact number (a change of unit)."""
        point = None if self.point is None else self.point * factor
        return Quantity(point, self.interval.scaled(factor))

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(_both(self, other, 1), self.interval + other.interval)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(_both(self, other, -1), self.interval - other.interval)


def known(*quantities: Quantity | None) -> tuple[Quantity, ...]:
    """Return the quantities; raises UnknownValue if one is missing (missing is never zero)."""
    if any(quantity is None for quantity in quantities):
        raise UnknownValue()
    return tuple(quantity for quantity in quantities if quantity is not None)


def amounts(*quantities: Quantity | None) -> tuple[Quantity, ...]:
    """Return quantities that cannot be negative, bounds cut at zero.

    Raises UnknownValue if one is missing, NothingToCompute (NEGATIVE) if one is below zero:
    ratios of balances mean nothing, only their differences do.
    """
    found = known(*quantities)
    if any((q.point is not None and q.point < 0) or q.is_negative for q in found):
        raise NothingToCompute(reason="NEGATIVE")
    return tuple(quantity.not_negative() for quantity in found)


def add_up(quantities: Sequence[Quantity]) -> Quantity:
    """Return the sum; the sum of none is exactly zero."""
    result = Quantity.exactly(0)
    for quantity in quantities:
        result = result + quantity
    return result


def points(quantities: Sequence[Quantity]) -> list[Decimal] | None:
    """Return the best values; None if one of them has bounds only."""
    found = [quantity.point for quantity in quantities if quantity.point is not None]
    return found if len(found) == len(quantities) else None


def result(
    point: Decimal | None,
    low: Decimal,
    high: Decimal,
    *,
    low_open: bool = False,
    high_open: bool = False,
) -> Quantity:
    """Make a result on the grid of twelve decimals, its bounds rounded outward."""
    if point is not None:
        point = on_grid(point, ROUND_HALF_EVEN)
        low, high = min(low, point), max(high, point)
    lower, upper = on_grid(low, ROUND_FLOOR), on_grid(high, ROUND_CEILING)
    lower_open = (low_open and lower == low) or lower == -INFINITY
    upper_open = (high_open and upper == high) or upper == INFINITY
    if lower == upper:
        lower_open = upper_open = False
    return Quantity(point, Interval(lower, upper, lower_open, upper_open))


def on_grid(value: Decimal, rounding: str) -> Decimal:
    """Round to the grid and drop trailing zeros; infinity stays."""
    if not value.is_finite():
        return value
    rounded = value.quantize(GRID, rounding=rounding).normalize()
    return rounded.quantize(ONE) if rounded.as_tuple().exponent > 0 else rounded  # type: ignore[operator]


def quotient(numerator: Interval, denominator: Interval) -> Interval:
    """Return the bounds of a ratio of two amounts, both 0 or more.

    The ratio rises with the numerator and falls with the denominator, so its ends are at
    opposite corners; it has no upper bound where the denominator may be zero.
    """
    low = numerator.low / denominator.high if denominator.high.is_finite() else ZERO
    unbounded = denominator.low == 0 or not numerator.high.is_finite()
    high = INFINITY if unbounded else numerator.high / denominator.low
    low_open = numerator.low_open or (denominator.high_open and numerator.low != 0)
    high_open = unbounded or numerator.high_open or denominator.low_open
    if low == high:
        low_open = high_open = False
    return Interval(low, high, low_open, high_open)


def _both(one: Quantity, other: Quantity, sign: int) -> Decimal | None:
    if one.point is None or other.point is None:
        return None
    return one.point + sign * other.point
