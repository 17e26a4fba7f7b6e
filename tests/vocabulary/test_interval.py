"""Intervals hold every value that their inputs admit, and no bound is excluded without cause."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.vocabulary.errors import DivisionByZeroInterval, EmptyInterval
from irtysh.vocabulary.interval import INFINITY, Interval, hull, total

_VALUES = st.decimals(-10_000, 10_000, places=3)
_WIDTHS = st.decimals(0, 1_000, places=3)
_PLACES = st.integers(0, 100)


@st.composite
def intervals(draw: st.DrawFn, positive: bool = False) -> Interval:
    """Return an interval that may be open or closed, wide or exact, bounded or not."""
    low = draw(st.decimals("0.001", 10_000, places=3) if positive else _VALUES)
    width = draw(_WIDTHS)
    low_open, high_open = (draw(st.booleans()), draw(st.booleans())) if width else (False, False)
    unbounded = draw(st.integers(0, 9)) == 0
    return Interval(low, INFINITY if unbounded else low + width, low_open, high_open)


@st.composite
def points(draw: st.DrawFn, interval: Interval) -> Fraction:
    """Return a value of an interval, exactly; its closed bounds are drawn often."""
    if interval.low.is_infinite():
        return -draw(points(-interval))
    low = Fraction(interval.low)
    high = Fraction(interval.high) if interval.high.is_finite() else low + 5_000
    place = draw(_PLACES)
    if place == 0 and interval.low_open:
        place = 1
    if place == 100 and interval.high_open:
        place = 99
    return low + (high - low) * place / 100


def _holds(interval: Interval, value: Fraction) -> bool:
    """Ask without rounding the value to a Decimal first."""
    if interval.low.is_finite():
        low = Fraction(interval.low)
        if value < low or (value == low and interval.low_open):
            return False
    if interval.high.is_finite():
        high = Fraction(interval.high)
        if value > high or (value == high and interval.high_open):
            return False
    return True


@given(st.data(), intervals(), intervals())
def test_sums_differences_and_products_hold_every_point(
    data: st.DataObject, a: Interval, b: Interval
) -> None:
    x, y = data.draw(points(a)), data.draw(points(b))
    assert _holds(a + b, x + y)
    assert _holds(a - b, x - y)
    assert _holds(a * b, x * y)
    assert _holds(-a, -x)


@given(st.data(), intervals(), intervals(positive=True), st.booleans())
def test_quotients_hold_every_point(
    data: st.DataObject, a: Interval, b: Interval, negative: bool
) -> None:
    divisor = -b if negative else b
    x, y = data.draw(points(a)), data.draw(points(divisor))
    assert _holds(a / divisor, x / y)


@given(st.data(), intervals(), intervals(), intervals())
def test_wider_inputs_never_give_narrower_results(
    data: st.DataObject, a: Interval, b: Interval, other: Interval
) -> None:
    wide = Interval(
        min(a.low, b.low),
        max(a.high, b.high),
        a.low_open and b.low_open,
        a.high_open and b.high_open,
    )
    assert a.within(wide)
    assert (a + other).within(wide + other)
    assert (a - other).within(wide - other)
    assert (a * other).within(wide * other)


@given(intervals(), intervals(positive=True), intervals(positive=True))
def test_a_wider_divisor_never_gives_a_narrower_quotient(
    a: Interval, b: Interval, c: Interval
) -> None:
    wide = Interval(
        min(b.low, c.low),
        max(b.high, c.high),
        b.low_open and c.low_open,
        b.high_open and c.high_open,
    )
    assert (a / b).within(a / wide)


@given(_VALUES, _VALUES)
def test_exact_numbers_stay_exact(a: Decimal, b: Decimal) -> None:
    x, y = Interval.exactly(a), Interval.exactly(b)
    assert x + y == Interval.exactly(a + b)
    assert x - y == Interval.exactly(a - b)
    assert x * y == Interval.exactly(a * b)
    assert x.shifted(b) == Interval.exactly(a + b)
    assert x.scaled(b) == Interval.exactly(a * b)


def test_a_third_is_rounded_outward() -> None:
    third = Interval.exactly(1) / Interval.exactly(3)
    assert third.low < third.high
    assert Fraction(third.low) < Fraction(1, 3) < Fraction(third.high)


@given(st.decimals(-100_000, 100_000, places=4), st.integers(0, 3))
def test_a_rounded_number_is_all_that_prints_as_it(value: Decimal, places: int) -> None:
    printed = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert value in Interval.from_rounded(printed)
    step = Decimal(1).scaleb(-places)
    assert value not in Interval.from_rounded(printed + step)
    assert value not in Interval.from_rounded(printed - step)


@pytest.mark.parametrize(
    ("printed", "low", "high", "low_open", "high_open"),
    [
        ("402.1", "402.05", "402.15", False, True),
        ("103", "102.5", "103.5", False, True),
        ("100.00", "99.995", "100.005", False, True),
        ("-34", "-34.5", "-33.5", True, False),
        ("0", "-0.5", "0.5", True, True),
        ("1E+3", "500", "1500", False, True),
    ],
)
def test_known_roundings(
    printed: str, low: str, high: str, low_open: bool, high_open: bool
) -> None:
    interval = Interval.from_rounded(Decimal(printed))
    assert interval == Interval(Decimal(low), Decimal(high), low_open, high_open)


def test_a_negative_number_mirrors_the_positive_one() -> None:
    assert Interval.from_rounded(Decimal("-8.5")) == -Interval.from_rounded(Decimal("8.5"))


# Open ends


def test_open_ends_travel() -> None:
    half_open = Interval(Decimal(1), Decimal(2), False, True)
    assert half_open + half_open == Interval(Decimal(2), Decimal(4), False, True)
    assert half_open - half_open == Interval(Decimal(-1), Decimal(1), True, True)
    assert half_open * half_open == Interval(Decimal(1), Decimal(4), False, True)
    assert -half_open == Interval(Decimal(-2), Decimal(-1), True, False)


def test_zero_is_reached_however_open_the_other_factor_is() -> None:
    from_zero = Interval(Decimal(0), Decimal(1))
    between = Interval(Decimal(2), Decimal(3), True, True)
    assert from_zero * between == Interval(Decimal(0), Decimal(3), False, True)
    assert Interval.exactly(0) * between == Interval.exactly(0)
    assert Interval.exactly(0) * Interval.unbounded() == Interval.exactly(0)
    assert Interval.exactly(0) / between == Interval.exactly(0)


def test_infinity_belongs_to_no_interval() -> None:
    closed = Interval(Decimal(1), INFINITY)
    assert closed == Interval(Decimal(1), INFINITY, False, True)
    assert INFINITY not in closed
    assert not closed.is_bounded
    assert Interval.unbounded().width == INFINITY


def test_bounds_decide_membership() -> None:
    interval = Interval(Decimal(1), Decimal(2), False, True)
    assert Decimal(1) in interval
    assert Decimal(2) not in interval
    assert Decimal("1.999") in interval


def test_meeting_at_a_bound_needs_both_sides() -> None:
    left = Interval(Decimal(1), Decimal(2), False, True)
    right = Interval(Decimal(2), Decimal(3))
    assert not left.meets(right)
    assert Interval(Decimal(1), Decimal(2)).meets(right)
    assert not left.meets(Interval(Decimal(5), Decimal(6)))


@given(intervals(), intervals())
def test_meeting_and_lying_within(a: Interval, b: Interval) -> None:
    assert a.within(a)
    assert a.meets(b) == b.meets(a)
    if a.within(b):
        assert a.meets(b)
    if a.within(b) and b.within(a):
        assert a == b


# What has no result


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open"),
    [("2", "1", False, False), ("1", "1", True, False), ("1", "1", False, True)],
)
def test_an_interval_without_values_is_refused(
    low: str, high: str, low_open: bool, high_open: bool
) -> None:
    with pytest.raises(EmptyInterval):
        Interval(Decimal(low), Decimal(high), low_open, high_open)


@pytest.mark.parametrize(
    "divisor",
    [
        Interval(Decimal(-1), Decimal(1)),
        Interval(Decimal(0), Decimal(1)),
        Interval(Decimal(-1), Decimal(0)),
        Interval.exactly(0),
        Interval.unbounded(),
        Interval(Decimal(-1), Decimal(1), True, True),
    ],
)
def test_a_divisor_that_can_be_zero_is_refused(divisor: Interval) -> None:
    with pytest.raises(DivisionByZeroInterval) as refused:
        Interval.exactly(1) / divisor
    assert refused.value.params == {"low": str(divisor.low), "high": str(divisor.high)}


def test_a_divisor_that_only_comes_near_to_zero_leaves_the_quotient_unbounded() -> None:
    one_to_two = Interval(Decimal(1), Decimal(2))
    above = Interval(Decimal(0), Decimal(4), True, False)
    assert one_to_two / above == Interval(Decimal("0.25"), INFINITY)
    assert one_to_two / -above == Interval(-INFINITY, Decimal("-0.25"))
    assert Interval(Decimal(-1), Decimal(1)) / above == Interval.unbounded()
    assert Interval(Decimal(0), Decimal(1)) / above == Interval(Decimal(0), INFINITY)


def test_a_quotient_by_something_unbounded_comes_near_to_zero() -> None:
    more_than_two = Interval(Decimal(2), INFINITY, True, True)
    assert Interval.exactly(1) / more_than_two == Interval(Decimal(0), Decimal("0.5"), True, True)


def test_the_sum_of_none_is_zero() -> None:
    assert total([]) == Interval.exactly(0)


@given(st.lists(intervals(), max_size=6))
def test_a_total_is_as_wide_as_its_parts_together(parts: list[Interval]) -> None:
    widths = sum((part.width for part in parts), Decimal(0))
    assert total(parts).width == widths


def test_the_hull_holds_both_and_nothing_more():
    low, high = (
        Interval(Decimal(1), Decimal(2), True, False),
        Interval(Decimal(1), Decimal(5), False, True),
    )
    assert hull(low, high) == Interval(Decimal(1), Decimal(5), False, True)
    assert low.within(hull(low, high))
    assert high.within(hull(low, high))
