"""The part of a series that comes back every year, and the series without it.

STL on logarithms, robust form (Cleveland, Cleveland, McRae and Terpenning 1990; statsmodels): a
single wild figure moves neither trend nor season and stands out in the remainder. A series is
adjusted only if its season is strong: F_s = max(0, 1 − Var(R)/Var(S + R)) (Wang, Smith and
Hyndman 2006) above 0.4, our cut-off, and never from fewer than three full years. Shorter
series are compared with the same stretch of the year before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from irtysh.stats.floats import exact, positive
from irtysh.stats.growth import relative_change
from irtysh.stats.quantity import Quantity, result
from irtysh.vocabulary.errors import NothingToCompute

FULL_YEARS = 3
STRONG = 0.4


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A series of logarithms as trend + season + remainder; floats, in logarithms.

    Attributes
    ----------
    trend, season, remainder : tuple of float
    strength : float
        F_s, 0 (no season) to 1 (nothing but season about the trend).
    """

    trend: tuple[float, ...]
    season: tuple[float, ...]
    remainder: tuple[float, ...]
    strength: float

    @property
    def is_strong(self) -> bool:
        """True if the season is worth removing."""
        return self.strength > STRONG


def decompose(values: Sequence[Quantity | None], per_year: int) -> Decomposition:
    """Take a series without gaps apart by STL.

    Parameters
    ----------
    values : points above zero, in time, none missing
    per_year : int
        Stretches in a year: 4 for quarters, 12 for months.

    Raises
    ------
    UnknownValue
        If a value is missing: a gap is not filled.
    NothingToCompute
        TOO_SHORT for fewer than three full years, NO_SEASON for yearly figures, NOT_POSITIVE.
    """
    return decompose_logs([log(value) for value in positive(values)], per_year)


def decompose_logs(logs: Sequence[float], per_year: int) -> Decomposition:
    """Take logarithms apart; raises NothingToCompute as ``decompose``."""
    if per_year < 2:
        raise NothingToCompute(reason="NO_SEASON")
    if len(logs) < FULL_YEARS * per_year:
        raise NothingToCompute(reason="TOO_SHORT")
    import numpy as np
    from statsmodels.tsa.seasonal import STL

    found = STL(np.asarray(logs), period=per_year, robust=True).fit()
    moving = float(np.var(found.seasonal + found.resid))
    # rounding errors of a series without any movement are no season
    part = float(np.var(found.resid)) / moving if moving > 1e-18 else 1.0
    return Decomposition(
        trend=tuple(map(float, found.trend)),
        season=tuple(map(float, found.seasonal)),
        remainder=tuple(map(float, found.resid)),
        strength=max(0.0, 1 - part),
    )


def strength(values: Sequence[Quantity | None], per_year: int) -> Quantity:
    """Return F_s, 0 to 1, with the points of the series; raises as ``decompose``."""
    found = exact(decompose(values, per_year).strength)
    return result(found, found, found)


def adjusted(values: Sequence[Quantity | None], per_year: int) -> list[Quantity]:
    """Return the series without its season, in the unit of the values.

    Bounds are those of each value divided by the same seasonal factor: they hold the rounding
    of the value, not the doubt about the factor.

    Raises
    ------
    NothingToCompute
        WEAK_SEASON if F_s is 0.4 or less: then the series is left as it is. Else as
        ``decompose``.
    """
    found = decompose(values, per_year)
    if not found.is_strong:
        raise NothingToCompute(reason="WEAK_SEASON")
    return [
        _without(value, exp(-season))
        for value, season in zip(values, found.season, strict=True)
        if value is not None
    ]


def same_time_last_year(before: Quantity | None, after: Quantity | None) -> Quantity:
    """Return 100·(y_t/y_{t−m} − 1), per cent on the same stretch of the year before.

    Raises
    ------
    UnknownValue, NothingToCompute
        As ``growth.relative_change``.
    """
    return relative_change(before, after)


def _without(value: Quantity, factor: float) -> Quantity:
    by = exact(factor)
    bounds = value.interval.scaled(by)
    point = None if value.point is None else value.point * by
    return result(point, bounds.low, bounds.high)
