"""An early warning: small departures of one sign, added up until they are no accident.

    C⁺_t = max(0, C⁺_{t−1} + z_t − k)    C⁻_t = max(0, C⁻_{t−1} − z_t − k)    alarm: C > h

Page (1954); Montgomery (2009), Introduction to Statistical Quality Control, ch. 9. With
k = 0.5 and h = 5 a quiet series gives a false alarm once in some 465 figures and a shift of one
standard deviation is noticed after some 10 (benchmarks.forecasts measures both). z is robust:
departure from the median over 1.4826·MAD, of the remainder of the seasonal decomposition where
the season is strong and five years are known, else of the one-step errors of a forecast by the
mean of earlier growth. (From three or four years STL leaves next to no remainder, and the MAD
of next to nothing raises an alarm at everything.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from irtysh.stats.floats import exact, median, positive, spread
from irtysh.stats.quantity import Quantity, result
from irtysh.stats.seasons import decompose_logs
from irtysh.vocabulary.errors import NothingToCompute

ALLOWANCE = 0.5
LIMIT = 5.0
LEAST = 8
"""Figures from which a median and a MAD are worth having."""
SEASON_YEARS = 5
"""Years from which the remainder of a seasonal decomposition is more than rounding."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Both running sums, figure by figure, in standard deviations.

    Attributes
    ----------
    up, down : tuple of float
    alarm : int or None
        Place of the first figure at which a sum exceeds the limit.
    """

    up: tuple[float, ...]
    down: tuple[float, ...]
    alarm: int | None


def sums(z: Sequence[float], allowance: float = ALLOWANCE, limit: float = LIMIT) -> Sums:
    """Return the running sums of standardised departures."""
    up, down = [], []
    above = below = 0.0
    alarm = None
    for place, departure in enumerate(z):
        above = max(0.0, above + departure - allowance)
        below = max(0.0, below - departure - allowance)
        up.append(above)
        down.append(below)
        if alarm is None and max(above, below) > limit:
            alarm = place
    return Sums(tuple(up), tuple(down), alarm)


def standardised(departures: Sequence[float]) -> list[float]:
    """Return robust z; raises NothingToCompute (NO_SPREAD) if half the departures are equal."""
    middle, scale = median(departures), spread(departures)
    if scale <= 1e-12:
        raise NothingToCompute(reason="NO_SPREAD")
    return [(departure - middle) / scale for departure in departures]


def warning(values: Sequence[Quantity | None], per_year: int) -> list[Quantity | None]:
    """Return for every figure the larger running sum, negative where it is the downward one.

    Parameters
    ----------
    values : points above zero, in time, none missing
    per_year : stretches in a year; 1 for yearly figures

    Returns
    -------
    list
        In robust standard deviations; None for first figures that no forecast precedes.

    Raises
    ------
    UnknownValue, NothingToCompute
        TOO_SHORT for fewer than eight figures, NO_SPREAD, NOT_POSITIVE.
    """
    logs = [log(value) for value in positive(values)]
    if len(logs) < LEAST:
        raise NothingToCompute(reason="TOO_SHORT")
    departures = _departures(logs, per_year)
    found = sums(standardised(departures))
    larger = [up if up >= down else -down for up, down in zip(found.up, found.down, strict=True)]
    unforecast: list[Quantity | None] = [None] * (len(logs) - len(departures))
    return unforecast + [_quantity(value) for value in larger]


def _departures(logs: Sequence[float], per_year: int) -> list[float]:
    if per_year > 1 and len(logs) >= SEASON_YEARS * per_year:
        found = decompose_logs(logs, per_year)
        if found.is_strong:
            return list(found.remainder)
    return _one_step_errors(logs)


def _one_step_errors(logs: Sequence[float]) -> list[float]:
    """Return what each growth differs by from the mean of the growths before it."""
    moves = [after - before for before, after in pairwise(logs)]
    return [moves[place] - sum(moves[:place]) / place for place in range(1, len(moves))]


def _quantity(value: float) -> Quantity:
    point = exact(value)
    return result(point, point, point)
