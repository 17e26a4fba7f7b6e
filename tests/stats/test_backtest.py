import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.backtest import (
    BASELINES,
    Guess,
    Score,
    backtest,
    drift,
    hits,
    log_drift,
    mase,
    may_replace,
    naive,
    season_pays,
    seasonal_log_drift,
    seasonal_naive,
    skill,
    winkler,
)
from tests.stats.paper import exact
from tests.stats.published import series
from tests.stats.test_growth import reason

AIR = series("air_passengers")
FIGURES = [float(value.point) for value in AIR]


def test_baselines_say_what_their_names_say():
    figures = [10.0, 12.0, 11.0, 13.0, 15.0, 14.0]
    assert naive(figures, 1).point == 14
    assert seasonal_naive(figures, 4).point == 11
    assert drift(figures, 1).point == pytest.approx(14.8)
    assert log_drift(figures, 1).point == pytest.approx(14 * (14 / 10) ** 0.2)
    assert set(BASELINES) == {"naive", "seasonal-naive", "drift"}


def test_the_winkler_score_of_a_hit_and_of_a_miss():
    guess = Guess(10, 8, 12)
    assert winkler(guess, 11) == 4
    assert winkler(guess, 13) == pytest.approx(4 + 10)
    assert winkler(guess, 7, 0.95) == pytest.approx(4 + 40)


def test_scores_against_a_hand_count():
    figures = [float(value) for value in (5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6)]
    found = backtest(naive, figures, 1)
    assert (found.origins, found.skill) == (6, 0)
    assert found.mase == pytest.approx(1)
    perfect = backtest(lambda so_far, _: Guess(*[11 - so_far[-1]] * 3), figures, 1)
    assert (perfect.mase, perfect.winkler, perfect.coverage, perfect.skill) == (0, 0, 1, 1)


def test_the_future_is_not_shown():
    seen = []

    def spy(so_far, per_year):
        seen.append(len(so_far))
        return naive(so_far, per_year)

    backtest(spy, FIGURES[:20], 1)
    assert seen == list(range(6, 20))


def test_too_few_origins_say_nothing():
    assert reason(backtest, naive, FIGURES[:11], 1) == "TOO_FEW_ORIGINS"
    for one in (skill, mase, hits):
        assert reason(one, AIR[:9], 1) == "TOO_FEW_ORIGINS"
    assert not season_pays(AIR[:41], 12)
    assert not season_pays(AIR, 1)


def test_airline_passengers_are_forecast_better_with_their_season():
    assert season_pays(AIR[:60], 12)
    plain, seasonal = (
        backtest(method, FIGURES[:60], 12, 36) for method in (log_drift, seasonal_log_drift)
    )
    assert seasonal.mase < plain.mase
    noise = exact(100, 103, 98, 107, 101, 96, 104, 99, 108, 95, 100, 106, 97, 102, 105, 99, 104, 98)
    assert not season_pays(noise, 4)


def test_a_method_has_to_be_better_by_both_scores():
    default = Score(6, 1.0, 0.5, 0.8, 0.0)
    assert may_replace(Score(6, 0.9, 0.4, 0.8, 0.1), default)
    assert not may_replace(Score(6, 0.9, 0.6, 0.8, 0.1), default)
    assert not may_replace(Score(5, 0.9, 0.4, 0.8, 0.1), default)


@given(st.lists(st.integers(1, 5000), min_size=12, max_size=16), st.sampled_from((1000, 7)))
def test_scores_do_not_depend_on_the_unit(values, unit):
    for one in (skill, mase, hits):
        plain, scaled = one(exact(*values), 1), one(exact(*(unit * v for v in values)), 1)
        assert float(scaled.point) == pytest.approx(float(plain.point), rel=1e-6, abs=1e-6)
    assert 0 <= hits(exact(*values), 1).point <= 100
