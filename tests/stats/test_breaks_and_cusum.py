import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.stats.breaks import change_points, level_shifts
from irtysh.stats.cusum import standardised, sums, warning
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from tests.stats.paper import exact
from tests.stats.published import series
from tests.stats.test_growth import reason

NILE = [float(value.point) for value in series("nile")]


def test_the_nile_fell_after_1898():
    assert change_points(NILE) == (28,)
    assert change_points(NILE, 1) == (28,)
    ((place, change),) = level_shifts(series("nile"))
    assert 1871 + place == 1899
    assert round(float(change.point)) == -23


def test_a_series_without_a_break_has_none():
    noise = random.Random(5)
    assert change_points([100 + noise.gauss(0, 1) for _ in range(30)]) == ()
    assert level_shifts(exact(*[7] * 12)) == []


@settings(max_examples=25)
@given(st.integers(5, 15), st.integers(5, 15), st.sampled_from((0.001, 1.0, 1000.0)))
def test_a_planted_break_is_found_in_any_unit(before, after, unit):
    noise = random.Random(before * 100 + after)
    jumped = [(100 if t < before else 140) + noise.gauss(0, 1) for t in range(before + after)]
    assert before in change_points([unit * value for value in jumped])
    assert all(5 <= place <= before + after - 5 for place in change_points(jumped))


def test_too_short_a_series_is_refused():
    assert reason(change_points, NILE[:9]) == "TOO_SHORT"
    assert reason(level_shifts, exact(*[5] * 9, 0)) == "NOT_POSITIVE"
    with pytest.raises(UnknownValue):
        level_shifts([None] * 12)


def test_the_sums_of_a_shift_and_their_alarm():
    found = sums([0.0] * 5 + [2.0] * 6)
    assert found.alarm == 8
    assert found.up[8] == pytest.approx(6.0)
    assert set(found.down) == {0.0}
    assert sums([-3.0, -3.0, -3.0]).alarm == 2
    assert sums([0.1, -0.2, 0.3]).alarm is None


def test_an_alarm_on_figures():
    steady = [100, 102, 101, 103, 102, 104, 103, 105, 104, 106, 105, 107]
    quiet = warning(exact(*steady), 1)
    assert quiet[:2] == [None, None]
    assert all(abs(one.point) < 5 for one in quiet[2:])
    falling = warning(exact(*steady, 90, 75, 60, 50), 1)
    assert falling[-1].point < -5
    assert reason(warning, exact(*steady[:7]), 1) == "TOO_SHORT"
    assert reason(warning, exact(*[2**k for k in range(9)]), 1) == "NO_SPREAD"


def test_a_strong_season_is_no_alarm():
    air = series("air_passengers")[:72]
    assert len(warning(air, 12)) == 72
    assert warning(air, 12)[0] is not None


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=20), st.integers(2, 9))
def test_standardised_departures_do_not_depend_on_unit_or_origin(values, unit):
    try:
        plain = standardised([float(value) for value in values])
    except NothingToCompute as nothing:
        assert nothing.params["reason"] == "NO_SPREAD"
        return
    moved = standardised([unit * value + 3.0 for value in values])
    assert moved == pytest.approx(plain)
    up, down = sums(plain).up, sums([-value for value in plain]).down
    assert up == pytest.approx(down)
