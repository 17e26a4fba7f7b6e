from math import exp, log, pi, sin

import pytest

from irtysh.stats.quantity import Quantity
from irtysh.stats.seasons import adjusted, decompose, same_time_last_year, strength
from irtysh.vocabulary.errors import UnknownValue
from tests.stats.paper import exact
from tests.stats.published import series
from tests.stats.test_growth import reason

AIR = series("air_passengers")


def test_the_season_of_airline_passengers():
    assert round(float(strength(AIR, 12).point), 3) == 0.959
    found = decompose(AIR, 12)
    parts = zip(found.trend, found.season, found.remainder, AIR, strict=True)
    for trend, season, remainder, value in parts:
        assert trend + season + remainder == pytest.approx(log(value.point))
    smooth = adjusted(AIR, 12)
    assert abs(float(smooth[-1].point / smooth[-6].point) - 1) < 0.1
    assert float(AIR[-6].point / AIR[-1].point) > 1.4


def test_a_change_of_unit_changes_no_strength():
    thousands = [value.scaled(1000) for value in AIR[:48]]
    assert float(strength(thousands, 12).point) == pytest.approx(
        float(strength(AIR[:48], 12).point), abs=1e-6
    )


def test_a_known_season_is_found_and_taken_out():
    quarters = [100 * exp(0.2 * sin(pi * t / 2) + 0.002 * (t % 7)) for t in range(20)]
    found = adjusted(exact(*(round(v) for v in quarters)), 4)
    assert max(float(one.point) for one in found) < 110
    assert all(one.low <= one.point <= one.high for one in found)


def test_three_full_years_or_nothing():
    assert reason(decompose, AIR[:35], 12) == "TOO_SHORT"
    assert reason(decompose, AIR, 1) == "NO_SEASON"
    assert reason(decompose, [*AIR[:40], Quantity.exactly(0)], 12) == "NOT_POSITIVE"
    with pytest.raises(UnknownValue):
        decompose([*AIR[:40], None], 12)
    assert float(same_time_last_year(AIR[0], AIR[12]).point) == pytest.approx(100 * 3 / 112)


def test_a_weak_season_is_left_in():
    noise = [100, 103, 98, 107, 101, 96, 104, 99, 108, 95, 100, 106, 97, 102, 105, 99]
    assert float(strength(exact(*noise), 4).point) < 0.4
    assert reason(adjusted, exact(*noise), 4) == "WEAK_SEASON"
    assert strength(exact(*[100] * 12), 4).point == 0
