"""How a way of forecasting would have done: always from what was known then.

Rolling origin: from every origin with at least six figures before it one step is forecast, the
figure then seen. Breaks and seasons known only later are not given to it.

    MASE = mean of |e| / mean|y_t − y_{t−m}| before the origin   (Hyndman and Koehler 2006)
    Winkler score = width + 2/α · what lies outside, less is better  (Gneiting and Raftery 2007)
    skill = 1 − MAE / MAE of the naive forecast

Figures are floats, in time, above zero and none missing; ``per_year`` is 4 for quarters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import NamedTuple

from irtysh.stats.floats import exact, positive
from irtysh.stats.forecast import LEAST, walk
from irtysh.stats.quantity import HUNDRED, Quantity, result
from irtysh.stats.seasons import FULL_YEARS, decompose_logs
from irtysh.vocabulary.errors import NothingToCompute

ORIGINS = 6
"""Origins without which a comparison of methods says nothing."""
LEVEL = 0.8
_NORMAL = 1.2815515655446004
"""The normal quantile of an 80 % interval."""


class Guess(NamedTuple):
    """One forecast: best value and 80 % interval, in the unit of the series."""

    point: float
    low: float
    high: float


Method = Callable[[Sequence[float], int], Guess]
"""(figures so far, stretches in a year) → forecast of the next figure."""


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did over all origins.

    Attributes
    ----------
    origins : int
    mase : float
    winkler : float
        Mean score over the mean figure, so that it has no unit.
    coverage : float
        Share of figures within their 80 % interval, 0 to 1.
    skill : float
        Below zero is worse than repeating the last figure.
    """

    origins: int
    mase: float
    winkler: float
    coverage: float
    skill: float


def log_drift(figures: Sequence[float], per_year: int) -> Guess:
    """Forecast by the random walk with drift on logarithms, Student's t."""
    found = walk(figures)
    return Guess(exp(found.centre(1)), *found.bounds(1, LEVEL))


def seasonal_log_drift(figures: Sequence[float], per_year: int) -> Guess:
    """Forecast the same walk of the series without its season and put the season back."""
    season = decompose_logs([log(figure) for figure in figures], per_year).season
    plain = [figure / exp(part) for figure, part in zip(figures, season, strict=True)]
    factor = exp(season[-per_year])
    return Guess(*(factor * value for value in log_drift(plain, 1)))


def naive(figures: Sequence[float], per_year: int) -> Guess:
    """Repeat the last figure; interval from the differences, normal."""
    return _about(figures[-1], _moves(figures, 1))


def seasonal_naive(figures: Sequence[float], per_year: int) -> Guess:
    """Repeat the figure of the same stretch a year before."""
    return _about(figures[-per_year], _moves(figures, per_year))


def drift(figures: Sequence[float], per_year: int) -> Guess:
    """Add the mean difference to the last figure; normal, the drift taken as known."""
    moves = _moves(figures, 1)
    mean = _mean(moves)
    return _about(figures[-1] + mean, [move - mean for move in moves])


BASELINES: Mapping[str, Method] = {
    "naive": naive,
    "seasonal-naive": seasonal_naive,
    "drift": drift,
}


def backtest(method: Method, figures: Sequence[float], per_year: int, first: int = LEAST) -> Score:
    """Return how a method would have done.

    Parameters
    ----------
    method, figures, per_year
        See the module.
    first : figures before the first origin

    Raises
    ------
    NothingToCompute
        TOO_FEW_ORIGINS for fewer than six.
    """
    origins = range(max(first, per_year + 2), len(figures))
    if len(origins) < ORIGINS:
        raise NothingToCompute(reason="TOO_FEW_ORIGINS")
    seen = [figures[origin] for origin in origins]
    guesses = [method(figures[:origin], per_year) for origin in origins]
    misses = [abs(true - guess.point) for guess, true in zip(guesses, seen, strict=True)]
    scales = [_mean(_sizes(_moves(figures[:origin], per_year))) for origin in origins]
    naive_misses = [abs(figures[origin] - figures[origin - 1]) for origin in origins]
    within = [_holds(guess, true) for guess, true in zip(guesses, seen, strict=True)]
    scores = [winkler(guess, true) for guess, true in zip(guesses, seen, strict=True)]
    return Score(
        origins=len(origins),
        mase=_mean([miss / scale for miss, scale in zip(misses, scales, strict=True) if scale]),
        winkler=_mean(scores) / _mean(figures),
        coverage=sum(within) / len(within),
        skill=1 - sum(misses) / sum(naive_misses) if any(naive_misses) else 0.0,
    )


def winkler(guess: Guess, true: float, level: float = LEVEL) -> float:
    """Return the interval score of one forecast, in the unit of the series."""
    outside = max(guess.low - true, 0.0) + max(true - guess.high, 0.0)
    return guess.high - guess.low + 2 / (1 - level) * outside


def may_replace(candidate: Score, default: Score) -> bool:
    """True if a method is better by MASE and by Winkler score, over enough origins."""
    enough = min(candidate.origins, default.origins) >= ORIGINS
    return enough and candidate.mase < default.mase and candidate.winkler < default.winkler


def season_pays(values: Sequence[Quantity | None], per_year: int) -> bool:
    """True if forecasting without the season and putting it back did better by both scores.

    False where six origins with three full years before each are not to be had.
    """
    first = FULL_YEARS * per_year
    if per_year < 2 or len(values) < first + ORIGINS:
        return False
    figures = positive(values)
    plain, seasonal = (
        backtest(method, figures, per_year, first) for method in (log_drift, seasonal_log_drift)
    )
    return may_replace(seasonal, plain)


def skill(values: Sequence[Quantity | None], per_year: int) -> Quantity:
    """Return 100·(1 − MAE/MAE of naive) of the plain walk, per cent.

    Raises
    ------
    UnknownValue, NothingToCompute
        TOO_FEW_ORIGINS, NOT_POSITIVE.
    """
    return _told(_of_walk(values, per_year).skill).scaled(HUNDRED)


def mase(values: Sequence[Quantity | None], per_year: int) -> Quantity:
    """Return MASE of the plain walk; below 1 it beats the figure of a year before."""
    return _told(_of_walk(values, per_year).mase)


def hits(values: Sequence[Quantity | None], per_year: int) -> Quantity:
    """Return the share of figures that fell within their 80 % interval, per cent."""
    return _told(_of_walk(values, per_year).coverage).scaled(HUNDRED)


def _holds(guess: Guess, true: float) -> bool:
    """True if an interval holds a value; one without width holds what it names, to rounding."""
    slack = 1e-9 * abs(true)
    return guess.low - slack <= true <= guess.high + slack


def _of_walk(values: Sequence[Quantity | None], per_year: int) -> Score:
    return backtest(log_drift, positive(values), per_year)


def _told(value: float) -> Quantity:
    point = exact(value)
    return result(point, point, point)


def _moves(figures: Sequence[float], lag: int) -> list[float]:
    return [after - before for before, after in zip(figures, figures[lag:], strict=False)]


def _sizes(moves: Sequence[float]) -> list[float]:
    return [abs(move) for move in moves]


def _about(point: float, errors: Sequence[float]) -> Guess:
    reach = _NORMAL * sqrt(_mean([error**2 for error in errors]))
    return Guess(point, point - reach, point + reach)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
