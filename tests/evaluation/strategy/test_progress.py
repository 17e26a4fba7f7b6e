"""Rates, achievement and classes: known answers, and what holds for all numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.evaluation.strategy.progress import (
    achievement,
    classify,
    progress,
    rate,
    ratio,
    touched,
)
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import INFINITY, Interval

TREND = tuple((code, Decimal(least)) for code, least in
              (("on_track", "1.5"), ("moderate", "0.5"), ("limited", "0")))  # fmt: skip
RATIO = tuple((code, Decimal(least)) for code, least in
              (("on_track", "0.95"), ("moderate", "0.6"), ("limited", "0")))  # fmt: skip

numbers = st.decimals(min_value=Decimal("0.1"), max_value=10_000, places=1)


def printed(text: str) -> Quantity:
    return Quantity.rounded(text)


@pytest.mark.parametrize(
    ("first", "last", "years", "expected", "status"),
    [
        ("441.0", "451.6", 9, "0.26", "limited"),
        ("362.6", "451.6", 7, "3.2", "on_track"),
        ("239.3", "451.6", 6, "11.2", "on_track"),
        ("441.0", "345.0", 9, "-2.7", "moving_away"),
        ("258.8", "345.0", 5, "5.9", "on_track"),
    ],
)
def test_the_table_of_the_model(first, last, years, expected, status) -> None:
    found = rate(printed(first), printed(last), years)
    digits = -Decimal(expected).as_tuple().exponent
    assert round(found.quantity.point, digits) == Decimal(expected)
    assert classify(found.quantity.interval, TREND) == status


def test_elite_wheat_seed_needs_to_double_every_year() -> None:
    # Methods 7.1: 2 → 17 kt in three years asks for +104.1 % a year; +50 % is .48 of it.
    base, plan = Quantity.exactly(2), Quantity.exactly(17)
    observed, required, r = progress(base, Quantity.exactly(3), plan, 1, 3)
    assert round(required.quantity.point, 1) == Decimal("104.1")
    assert observed.quantity.point == 50
    assert round(r.point, 2) == Decimal("0.48")
    assert classify(r.interval, RATIO) == "limited"


def test_a_change_of_sign_has_a_linear_rate() -> None:
    found = rate(Quantity.exactly(-10), Quantity.exactly(10), 4)
    assert found.kind == "linear"
    assert found.quantity.point == 50  # 20 in 4 years of 10


def test_no_rate_from_a_base_that_may_be_zero() -> None:
    for base in (
        Quantity.exactly(0),
        printed("0"),
        Quantity(None, Interval(Decimal(-1), Decimal(1))),
    ):
        with pytest.raises(NothingToCompute):
            rate(base, Quantity.exactly(5), 2)
    with pytest.raises(NothingToCompute):
        rate(Quantity.exactly(5), Quantity.exactly(6), 0)


def test_a_target_that_is_the_base_asks_for_nothing() -> None:
    base = Quantity.exactly(100)
    with pytest.raises(NothingToCompute):
        progress(base, Quantity.exactly(120), base, 2, 5)


def test_a_fall_that_is_wanted_counts_forward() -> None:
    _, _, r = progress(Quantity.exactly(100), Quantity.exactly(80), Quantity.exactly(64), 1, 2)
    assert round(r.point, 9) == 1


def test_achievement_up_down_hold() -> None:
    plan = Quantity.exactly(200)
    assert achievement(Quantity.exactly(150), plan, "up").point == Decimal("0.75")
    assert achievement(Quantity.exactly(250), plan, "down").point == Decimal("0.8")
    assert achievement(Quantity.exactly(250), plan, "hold").point == Decimal("0.8")
    with pytest.raises(NothingToCompute):
        achievement(Quantity.exactly(-1), plan, "up")


def test_a_threshold_belongs_to_the_better_class() -> None:
    assert classify(Interval.exactly(Decimal("1.5")), TREND) == "on_track"
    assert classify(Interval(Decimal("1"), Decimal("1.5"), False, True), TREND) == "moderate"
    assert classify(Interval(Decimal("1"), Decimal("1.5")), TREND) is None
    assert touched(Interval(-INFINITY, INFINITY), TREND) == [
        "on_track", "moderate", "limited", "moving_away",
    ]  # fmt: skip


@given(numbers, numbers, st.integers(1, 20), st.integers(-6, 6))
def test_a_change_of_unit_changes_no_class(first, last, years, mult) -> None:
    plain = rate(Quantity(first, Interval.from_rounded(first)),
                 Quantity(last, Interval.from_rounded(last)), years)  # fmt: skip
    factor = Decimal(10) ** mult
    scaled = rate(Quantity(first, Interval.from_rounded(first)).scaled(factor),
                  Quantity(last, Interval.from_rounded(last)).scaled(factor), years)  # fmt: skip
    assert classify(plain.quantity.interval, TREND) == classify(scaled.quantity.interval, TREND)


@given(numbers, numbers, st.integers(1, 20), st.decimals(0, 50, places=2),
       st.decimals(0, 50, places=2))  # fmt: skip
def test_wider_bounds_never_make_a_class_firmer(first, last, years, below, above) -> None:
    narrow = Quantity(last, Interval.from_rounded(last))
    wide = Quantity(last, Interval(max(narrow.low - below, Decimal("0.01")), narrow.high + above))
    base = Quantity.exactly(first)
    one, other = (
        touched(rate(base, value, years).quantity.interval, TREND) for value in (narrow, wide)
    )
    assert set(one) <= set(other)


@given(numbers, numbers, numbers, st.integers(1, 9), st.integers(1, 9))
def test_r_is_one_where_both_rates_are(first, last, target, years, until) -> None:
    base = Quantity.exactly(first)
    try:
        found = ratio(rate(base, Quantity.exactly(last), years),
                      rate(base, Quantity.exactly(last), years))  # fmt: skip
    except NothingToCompute:
        assert first == last
        return
    assert found.low <= 1 <= found.high
