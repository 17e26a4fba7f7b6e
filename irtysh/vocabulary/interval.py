"""Interval arithmetic: a rounded number is the set of values that print as it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from irtysh.vocabulary.errors import DivisionByZeroInterval, EmptyInterval

INFINITY = Decimal("Infinity")

Endpoint = tuple[Decimal, bool]


@dataclass(frozen=True, slots=True)
class Interval:
    """All values a quantity can have, given how it was printed or derived.

    Attributes
    ----------
    low, high : Decimal
        Bounds in the unit of the quantity; infinite where nothing bounds it.
    low_open, high_open : bool
        True where the bound itself is excluded: "402,1" is [402.05, 402.15).

    >>> Interval.from_rounded(Decimal("402.1"))
    Interval(low=Decimal('402.05'), high=Decimal('402.15'), low_open=False, high_open=True)
    """

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high or (
            self.low == self.high and (self.low_open or self.high_open) and self.low.is_finite()
        ):
            raise EmptyInterval(low=str(self.low), high=str(self.high))

    @classmethod
    def exactly(cls, value: Decimal | int) -> Interval:
        """Return the interval that holds one value."""
        value = Decimal(value)
        return cls(value, value)

    @classmethod
    def from_rounded(cls, value: Decimal) -> Interval:
        """Return the values that round to ``value`` at its printed precision (half up).

        The last printed digit gives the precision: "103" is [102.5, 103.5).
        """
        exponent = value.as_tuple().exponent
        half = Decimal(1).scaleb(int(exponent)) / 2
        return cls(value - half, value + half, False, True)

    @classmethod
    def unbounded(cls) -> Interval:
        """Return the interval of a quantity of which nothing is known."""
        return cls(-INFINITY, INFINITY, True, True)

    @property
    def width(self) -> Decimal:
        """The distance between the bounds."""
        return self.high - self.low

    @property
    def is_bounded(self) -> bool:
        """True if both bounds are finite."""
        return self.low.is_finite() and self.high.is_finite()

    def __contains__(self, value: Decimal) -> bool:
        above = value > self.low or (value == self.low and not self.low_open)
        below = value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meets(self, other: Interval) -> bool:
        """Return True if some value belongs to both intervals."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        if low < high:
            return True
        return low == high and low in self and low in other

    def within(self, other: Interval) -> bool:
        """Return True if every value of this interval belongs to the other."""
        low_fits = self.low > other.low or (
            self.low == other.low and (self.low_open or not other.low_open)
        )
        high_fits = self.high < other.high or (
            self.high == other.high and (self.high_open or not other.high_open)
        )
        return low_fits and high_fits

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        return _hull(
            (_product(a, b), a_open or b_open)
            for a, a_open in self._endpoints()
            for b, b_open in other._endpoints()
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Divide; raises DivisionByZeroInterval if the divisor can be zero."""
        if other.low < 0 < other.high or 0 in (other.low, other.high):
            if other.low >= 0 and other.low_open and other.low == 0:
                inverse = Interval(1 / other.high, INFINITY, other.high_open, True)
                return self * inverse
            raise DivisionByZeroInterval(low=str(other.low), high=str(other.high))
        return self * Interval(1 / other.high, 1 / other.low, other.high_open, other.low_open)

    def scaled(self, factor: Decimal | int) -> Interval:
        """Return the interval times an exact number."""
        return self * Interval.exactly(factor)

    def shifted(self, term: Decimal | int) -> Interval:
        """Return the interval plus an exact number."""
        return self + Interval.exactly(term)

    def _endpoints(self) -> tuple[Endpoint, Endpoint]:
        return (self.low, self.low_open), (self.high, self.high_open)


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sum of intervals; the sum of none is exactly zero."""
    result = Interval.exactly(0)
    for interval in intervals:
        result = result + interval
    return result


def _product(a: Decimal, b: Decimal) -> Decimal:
    """Multiply, with 0 × ∞ = 0: a bound of zero stays zero however large the other factor."""
    if a == 0 or b == 0:
        return Decimal(0)
    return a * b


def _hull(endpoints: Iterable[Endpoint]) -> Interval:
    points = list(endpoints)
    low = min(value for value, _ in points)
    high = max(value for value, _ in points)
    low_open = all(is_open for value, is_open in points if value == low)
    high_open = all(is_open for value, is_open in points if value == high)
    return Interval(low, high, low_open, high_open)
