"""What comes next, said with as little confidence as a dozen figures allow, or refused.

    ŷ_{T+h} = exp(ln y_T + h·μ̂)
    bounds: exp(ln ŷ_{T+h} ± t_{n−2, 1−α/2} · s · √(h·(1 + h/(n − 1))))

A random walk with drift on logarithms; μ̂ and s are mean and standard deviation of the n − 1 log
differences, and Student's t with the second term under the root allow for both being estimated
(Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, 5.2 and 5.5). Intervals
that leave this out are too narrow from twelve figures: benchmarks.forecasts measures it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import exp, log, sqrt

from irtysh.stats.floats import exact, positive
from irtysh.stats.quantity import HUNDRED, ZERO, Quantity, result
from irtysh.stats.seasons import decompose_logs
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import INFINITY

LEAST = 6
"""Figures without which there is no forecast, only a range of scenarios."""

BEYOND = 1e14
"""A bound this large, in the unit of the series, says that nothing bounds it."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A random walk with drift on logarithms, estimated.

    Attributes
    ----------
    last : float
        ln y_T.
    drift, deviation : float
        μ̂ and s of the log differences.
    number : int
        n, figures in the series.
    """

    last: float
    drift: float
    deviation: float
    number: int

    def centre(self, horizon: int) -> float:
        """Return ln ŷ_{T+h}."""
        return self.last + horizon * self.drift

    def width(self, horizon: int) -> float:
        """Return the standard error of ln y_{T+h} about the centre."""
        return self.deviation * sqrt(horizon * (1 + horizon / (self.number - 1)))

    def bounds(self, horizon: int, level: float) -> tuple[float, float]:
        """Return the bounds of y_{T+h} (not of its logarithm) at a level such as 0.8."""
        from scipy.special import stdtrit

        reach = float(stdtrit(self.number - 2, 0.5 + level / 2)) * self.width(horizon)
        centre = self.centre(horizon)
        return _exp(centre - reach), _exp(centre + reach)


def walk(values: Sequence[float]) -> Walk:
    """Estimate the walk of at least three positive values."""
    logs = [log(value) for value in values]
    moves = [after - before for before, after in pairwise(logs)]
    drift = (logs[-1] - logs[0]) / len(moves)
    variance = sum((move - drift) ** 2 for move in moves) / (len(moves) - 1)
    return Walk(logs[-1], drift, sqrt(variance), len(logs))


def refusals(
    values: Sequence[Quantity | None],
    *,
    derived: Collection[int] = (),
    breaks: Collection[int] = (),
) -> tuple[str, ...]:
    """Return every reason for which a series is not forecast; none if it may be.

    Parameters
    ----------
    values : in time, ``None`` where a period has no value
    derived : places of values that no source prints
    breaks : places from which something else is counted than before (declared, not estimated)

    Returns
    -------
    tuple of str
        Flags: GAP (a missing value is never filled), NO_POINT (bounds only), NOT_POSITIVE,
        BREAK_INSIDE, MOSTLY_DERIVED (more than half the values: their errors are not their
        own), TOO_FEW_POINTS (fewer than six).
    """
    known = [value for value in values if value is not None]
    found = []
    if len(known) < len(values):
        found.append("GAP")
    if any(value.point is None for value in known):
        found.append("NO_POINT")
    if any(value.point is not None and value.point <= 0 for value in known):
        found.append("NOT_POSITIVE")
    if any(0 < place < len(values) for place in breaks):
        found.append("BREAK_INSIDE")
    if 2 * len(set(derived)) > len(known):
        found.append("MOSTLY_DERIVED")
    if len(known) < LEAST:
        found.append("TOO_FEW_POINTS")
    return tuple(found)


def forecast(
    values: Sequence[Quantity | None],
    horizon: int,
    level: float,
    *,
    derived: Collection[int] = (),
    breaks: Collection[int] = (),
) -> Quantity:
    """Return the value ``horizon`` periods after the last one, with its prediction interval.

    Parameters
    ----------
    values : in time, in one unit
    horizon : int
        1 or more.
    level : float
        0.8 or 0.95: the probability that the interval is meant to hold.
    derived, breaks
        See ``refusals``.

    Returns
    -------
    Quantity
        Its interval is the prediction interval, widened by the bounds of the last value.

    Raises
    ------
    NothingToCompute
        With the first of ``refusals``; NO_SPAN if the horizon is not positive.
    """
    if horizon < 1:
        raise NothingToCompute(reason="NO_SPAN")
    if reasons := refusals(values, derived=derived, breaks=breaks):
        raise NothingToCompute(reason=reasons[0])
    found = walk(positive(values))
    return told(_exp(found.centre(horizon)), *found.bounds(horizon, level), values[-1])


def seasonal_forecast(
    values: Sequence[Quantity | None], horizon: int, level: float, per_year: int
) -> Quantity:
    """Return the forecast of the series without its season, the season put back.

    A candidate beside ``forecast``: ``backtest.season_pays`` says whether it may replace it.
    The interval leaves out the doubt about the season itself.

    Raises
    ------
    NothingToCompute
        As ``forecast``; TOO_SHORT for fewer than three full years.
    """
    if reasons := refusals(values):
        raise NothingToCompute(reason=reasons[0])
    figures = positive(values)
    season = decompose_logs([log(figure) for figure in figures], per_year).season
    found = walk([figure / exp(part) for figure, part in zip(figures, season, strict=True)])
    factor = exp(season[(horizon - 1) % per_year - per_year])
    low, high = found.bounds(horizon, level)
    return told(_exp(found.centre(horizon)) * factor, low * factor, high * factor, values[-1])


def told(point: float, low: float, high: float, last: Quantity | None) -> Quantity:
    """Return a forecast as a quantity, widened by the bounds of the value it starts from.

    An upper bound beyond ``BEYOND`` is none at all; raises NothingToCompute (NO_POINT) if the
    best value itself lies there.
    """
    if point > BEYOND:
        raise NothingToCompute(reason="NO_POINT")
    least, most = _rounding(last)
    top = exact(high) * most if high < BEYOND else INFINITY
    return result(exact(point), exact(low) * least, top)


def scenario(values: Sequence[Quantity | None], horizon: int) -> Quantity:
    """Return what the smallest and the largest past growth over as many periods would lead to.

    A range of scenarios, not an interval of any probability: it has no point.

    Raises
    ------
    UnknownValue
        For a gap.
    NothingToCompute
        TOO_FEW_POINTS unless there are two such growths, NOT_POSITIVE, NO_SPAN.
    """
    if horizon < 1:
        raise NothingToCompute(reason="NO_SPAN")
    found = positive(values)
    ratios = [after / before for before, after in zip(found, found[horizon:], strict=False)]
    if len(ratios) < 2:
        raise NothingToCompute(reason="TOO_FEW_POINTS")
    ends = [exact(found[-1] * ratio) for ratio in (min(ratios), max(ratios))]
    least, most = _rounding(values[-1])
    return result(None, ends[0] * least, ends[1] * most)


def probability_of(values: Sequence[Quantity | None], horizon: int, target: Quantity) -> Quantity:
    """Return 100·P(y_{T+h} ≥ target), per cent, by the same walk and Student's t.

    Bounds are those of the target's own rounding.

    Raises
    ------
    NothingToCompute
        As ``forecast``; NOT_POSITIVE if the target is zero or below.
    """
    if reasons := refusals(values):
        raise NothingToCompute(reason=reasons[0])
    if target.low <= 0:
        raise NothingToCompute(reason="NOT_POSITIVE")
    found = walk(positive(values))
    ends = [_chance(found, horizon, float(bound)) for bound in (target.high, target.low)]
    point = None if target.point is None else _chance(found, horizon, float(target.point))
    return result(
        None if point is None else HUNDRED * exact(point), *(HUNDRED * exact(end) for end in ends)
    )


def _chance(found: Walk, horizon: int, target: float) -> float:
    from scipy.special import stdtr

    gap = log(target) - found.centre(horizon)
    width = found.width(horizon)
    if width == 0:
        return 1.0 if gap <= 0 else 0.0
    return float(stdtr(found.number - 2, -gap / width))


def _rounding(value: Quantity | None) -> tuple[Decimal, Decimal]:
    """Return by which factors the bounds of a value lie below and above its point."""
    assert value is not None
    assert value.point
    low, high = value.low / value.point, value.high / value.point
    return max(low, ZERO), high


def _exp(value: float) -> float:
    return exp(value) if value < 700 else float("inf")
