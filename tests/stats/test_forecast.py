from decimal import Decimal
from itertools import pairwise
from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.forecast import (
    BEYOND,
    forecast,
    probability_of,
    refusals,
    scenario,
    seasonal_forecast,
    walk,
)
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.interval import Interval
from tests.stats.paper import exact
from tests.stats.published import series
from tests.stats.test_growth import reason

SERIES = (100, 108, 104, 115, 120, 118, 131)


def test_the_formula_by_hand():
    found = forecast(exact(*SERIES), 2, 0.8)
    moves = [log(b / a) for a, b in pairwise(SERIES)]
    mean = sum(moves) / 6
    deviation = sqrt(sum((move - mean) ** 2 for move in moves) / 5)
    # Student's t with n − 2 = 5 degrees of freedom at 0.9
    reach = 1.4758840488244813 * deviation * sqrt(2 * (1 + 2 / 6))
    assert float(found.point) == pytest.approx(131 * exp(2 * mean))
    assert float(found.low) == pytest.approx(131 * exp(2 * mean - reach))
    assert float(found.high) == pytest.approx(131 * exp(2 * mean + reach))


def test_a_steady_growth_is_continued_without_doubt():
    found = forecast(exact(*(2**k for k in range(7))), 3, 0.95)
    assert float(found.low) == pytest.approx(512)
    assert float(found.high) == pytest.approx(512)


def test_intervals_are_nested_and_widen():
    values = exact(*SERIES)
    for horizon in (1, 2, 3):
        inner, outer = (forecast(values, horizon, level) for level in (0.8, 0.95))
        assert outer.low < inner.low < inner.point < inner.high < outer.high
    near, far = (forecast(values, horizon, 0.8) for horizon in (1, 2))
    assert far.high / far.low > near.high / near.low


def test_the_rounding_of_the_last_value_widens_the_interval():
    rounded = [*exact(*SERIES[:-1]), Quantity(Decimal(131), Interval(Decimal(130), Decimal(132)))]
    sharp, blunt = forecast(exact(*SERIES), 1, 0.8), forecast(rounded, 1, 0.8)
    assert blunt.low < sharp.low
    assert blunt.high > sharp.high


@pytest.mark.parametrize(
    ("values", "more", "reasons"),
    [
        (exact(*SERIES), {}, ()),
        (exact(*SERIES[:5]), {}, ("TOO_FEW_POINTS",)),
        ([*exact(*SERIES), None, *exact(140)], {}, ("GAP",)),
        (exact(*SERIES, 0), {}, ("NOT_POSITIVE",)),
        (exact(*SERIES, -3), {}, ("NOT_POSITIVE",)),
        (exact(*SERIES), {"breaks": [4]}, ("BREAK_INSIDE",)),
        (exact(*SERIES), {"breaks": [0, 7]}, ()),
        (exact(*SERIES), {"derived": [0, 2, 4]}, ()),
        (exact(*SERIES), {"derived": [0, 2, 4, 6]}, ("MOSTLY_DERIVED",)),
        ([*exact(*SERIES), Quantity(None, Interval.unbounded())], {}, ("NO_POINT",)),
        ([None, *exact(0, 5)], {"derived": [1, 2]},
         ("GAP", "NOT_POSITIVE", "MOSTLY_DERIVED", "TOO_FEW_POINTS")),
    ],
)  # fmt: skip
def test_every_reason_for_a_refusal_is_named(values, more, reasons):
    assert refusals(values, **more) == reasons
    if reasons:
        with pytest.raises(NothingToCompute) as raised:
            forecast(values, 1, 0.8, **more)
        assert raised.value.params["reason"] == reasons[0]


def test_fewer_than_six_figures_give_scenarios_without_a_point():
    found = scenario(exact(100, 110, 99, 120), 1)
    assert found.point is None
    assert float(found.low) == pytest.approx(108)
    assert float(found.high) == pytest.approx(120 * 120 / 99)
    assert reason(scenario, exact(5, 6), 1) == "TOO_FEW_POINTS"
    assert reason(scenario, exact(5, 6, 7), 0) == "NO_SPAN"
    assert reason(scenario, exact(5, 0, 7), 1) == "NOT_POSITIVE"
    with pytest.raises(UnknownValue):
        scenario([*exact(5, 6, 7), None], 1)


def test_the_probability_of_a_target():
    values = exact(*SERIES)
    middle = forecast(values, 2, 0.8)
    assert float(probability_of(values, 2, Quantity.exactly(middle.point)).point) == pytest.approx(
        50
    )
    assert float(probability_of(values, 2, Quantity.exactly(middle.high)).point) == pytest.approx(
        10
    )
    assert float(probability_of(values, 2, Quantity.exactly(middle.low)).point) == pytest.approx(90)
    rounded = probability_of(values, 1, Quantity.rounded("140"))
    assert rounded.low < rounded.point < rounded.high
    sure = exact(*(2**k for k in range(7)))
    assert probability_of(sure, 1, Quantity.exactly(100)).point == 100
    assert probability_of(sure, 1, Quantity.exactly(200)).point == 0
    assert reason(probability_of, values[:4], 1, Quantity.exactly(5)) == "TOO_FEW_POINTS"
    assert reason(probability_of, values, 1, Quantity.exactly(0)) == "NOT_POSITIVE"
    assert reason(forecast, values, 0, 0.8) == "NO_SPAN"


def test_a_season_taken_out_and_put_back():
    air = series("air_passengers")[:72]
    found = seasonal_forecast(air, 7, 0.8, 12)
    plain = forecast(air, 7, 0.8)
    july = float(series("air_passengers")[78].point)
    assert abs(float(found.point) - july) < abs(float(plain.point) - july)
    assert found.high / found.low < plain.high / plain.low
    assert reason(seasonal_forecast, air[:5], 1, 0.8, 12) == "TOO_FEW_POINTS"
    assert reason(seasonal_forecast, air[:20], 1, 0.8, 12) == "TOO_SHORT"


@given(
    st.lists(st.integers(1, 10**6), min_size=6, max_size=14),
    st.integers(1, 4),
    st.sampled_from((Decimal(1000), Decimal("0.001"), Decimal(89))),
)
def test_forecasts_follow_a_change_of_unit(values, horizon, factor):
    plain = forecast(exact(*values), horizon, 0.8)
    scaled = forecast([one.scaled(factor) for one in exact(*values)], horizon, 0.8)
    assert plain.low <= plain.point <= plain.high
    for name in ("point", "low", "high"):
        expected = float(getattr(plain, name)) * float(factor)
        found = float(getattr(scaled, name))
        if max(found, expected) < BEYOND:
            assert found == pytest.approx(expected, rel=1e-6, abs=1e-8)


def test_a_bound_beyond_reason_is_no_bound():
    wild = forecast(exact(1, 1, 1, 1, 1, 3729), 4, 0.8)
    assert forecast(
        [one.scaled(1000) for one in exact(1, 1, 1, 1, 1, 3729)], 4, 0.8
    ).high.is_infinite()
    assert wild.point is not None
    assert reason(forecast, exact(*(10**k for k in range(9))), 7, 0.8) == "NO_POINT"


@given(st.lists(st.integers(1, 10**6), min_size=3, max_size=14))
def test_a_series_turned_round_drifts_the_other_way(values):
    there, back = walk(values), walk(values[::-1])
    assert there.drift == pytest.approx(-back.drift)
    assert there.deviation == pytest.approx(back.deviation)
