"""Interval arithmetic: a rounded number is the set of values that print as it.

Bounds are rounded outward where a result has more digits than the 28 that are kept, so every
result holds every value that its inputs admit (Moore, Kearfott and Cloud 2009, ch. 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from irtysh.vocabulary.errors import DivisionByZeroInterval, EmptyInterval

INFINITY = Decimal("Infinity")

Endpoint = tuple[Decimal, bool]

_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values a quantity can have, given how it was printed or derived.

    Attributes
    ----------
    low, high : Decimal
        Bounds in the unit of the quantity; infinite where nothing bounds it.
    low_open, high_open : bool
        True where the bound itself is excluded: "402,1" is [402.05, 402.15). An infinite bound
        is always excluded.

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
        # Frozen; infinity is no value, so no interval holds it.
        if self.low.is_infinite():
            object.__setattr__(self, "low_open", True)
        if self.high.is_infinite():
            object.__setattr__(self, "high_open", True)

    @classmethod
    def exactly(cls, value: Decimal | int) -> Interval:
        """Return the interval that holds one value."""
        value = Decimal(value)
        return cls(value, value)

    @classmethod
    def from_rounded(cls, value: Decimal) -> Interval:
        """Return the values that round to ``value`` at its printed precision.

        The last printed digit gives the precision: "103" is [102.5, 103.5). A half is rounded
        away from zero, as statistical offices and ``format_number`` do, so "−34" mirrors "34":
        (−34.5, −33.5], and "0" leaves out both of its bounds.
        """
        exponent = value.as_tuple().exponent
        half = Decimal(1).scaleb(int(exponent)) / 2
        return cls(value - half, value + half, value <= 0, value >= 0)

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
            _DOWN.add(self.low, other.low),
            _UP.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        # copy_negate, because a minus sign rounds.
        return Interval(
            self.high.copy_negate(), self.low.copy_negate(), self.high_open, self.low_open
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        return _hull(self, other, Context.multiply)

    def __truediv__(self, other: Interval) -> Interval:
        """Divide; raises DivisionByZeroInterval if the divisor can be zero.

        A divisor that comes as near to zero as one likes without reaching it gives an unbounded
        quotient.
        """
        if Decimal(0) in other:
            raise DivisionByZeroInterval(low=str(other.low), high=str(other.high))
        return _hull(self, _signed_zero(other), _quotient)

    def scaled(self, factor: Decimal | int) -> Interval:
        """Return the interval times an exact number."""
        exact = Decimal(factor)
        if not exact.is_finite() or exact <= 0:
            return self * Interval.exactly(exact)
        # A positive factor keeps the order of the bounds, so no corners need to be compared.
        zero = Decimal(0)
        return Interval(
            _DOWN.multiply(self.low, exact) if self.low else zero,
            _UP.multiply(self.high, exact) if self.high else zero,
            self.low_open,
            self.high_open,
        )

    def shifted(self, term: Decimal | int) -> Interval:
        """Return the interval plus an exact number."""
        return self + Interval.exactly(term)

    def _endpoints(self) -> tuple[Endpoint, Endpoint]:
        return (self.low, self.low_open), (self.high, self.high_open)


def hull(one: Interval, other: Interval) -> Interval:
    """Return the smallest interval that holds both."""
    lowest, highest = min(one.low, other.low), max(one.high, other.high)
    return Interval(
        lowest,
        highest,
        all(each.low_open for each in (one, other) if each.low == lowest),
        all(each.high_open for each in (one, other) if each.high == highest),
    )


def total(intervals: Iterable[Interval]) -> Interval:
    """Return the sum of intervals; the sum of none is exactly zero."""
    result = Interval.exactly(0)
    for interval in intervals:
        result = result + interval
    return result


def _hull(
    a: Interval, b: Interval, operation: Callable[[Context, Decimal, Decimal], Decimal]
) -> Interval:
    """Return the bounds of a product or quotient: both take their extremes at the corners."""
    lows, highs = [], []
    for x, x_open in a._endpoints():
        for y, y_open in b._endpoints():
            # Zero times (or divided by) anything is zero, however near the other factor comes
            # to a bound that is itself excluded, infinity among them.
            is_zero = operation is Context.multiply and y == 0
            if x == 0 or is_zero:
                is_open = (x_open or x != 0) and (y_open or not is_zero)
                lows.append((Decimal(0), is_open))
                highs.append((Decimal(0), is_open))
            else:
                lows.append((operation(_DOWN, x, y), x_open or y_open))
                highs.append((operation(_UP, x, y), x_open or y_open))
    low = min(value for value, _ in lows)
    high = max(value for value, _ in highs)
    return Interval(
        low,
        high,
        all(is_open for value, is_open in lows if value == low),
        all(is_open for value, is_open in highs if value == high),
    )


def _quotient(context: Context, x: Decimal, y: Decimal) -> Decimal:
    """Divide bounds; x is not zero, and a zero y is a bound that is approached only."""
    if y == 0:
        return INFINITY.copy_sign(x.copy_negate() if y.is_signed() else x)
    if y.is_infinite():
        # Also of an infinite x: what lies above is found at the other bound of y.
        return Decimal(0)
    return context.divide(x, y)


def _signed_zero(divisor: Interval) -> Interval:
    """Return a divisor whose zero bound, if it has one, carries the side it is approached from."""
    if divisor.high == 0:
        return Interval(divisor.low, Decimal("-0"), divisor.low_open, True)
    if divisor.low == 0:
        return Interval(Decimal("0"), divisor.high, True, divisor.high_open)
    return divisor
