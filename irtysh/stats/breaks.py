"""Dates at which the level of a series changed, found afterwards.

Least squares with whole segments (ruptures): PELT (Killick, Fearnhead and Eckley 2012) where
the number of breaks is not known, dynamic programming where it is. A segment has at least five
figures. The penalty of PELT is 3·σ²·ln n with σ from the median absolute deviation of first
differences divided by √2, so that the breaks themselves do not inflate it. On a series that
wanders (a random walk) such breaks describe, they do not explain.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

from irtysh.stats.floats import exact, positive, spread
from irtysh.stats.quantity import HUNDRED, Quantity, result
from irtysh.vocabulary.errors import NothingToCompute

LEAST = 5
"""Figures in a segment."""
PENALTY = 3.0


def change_points(values: Sequence[float], number: int | None = None) -> tuple[int, ...]:
    """Return the places at which a new segment begins, 0-based.

    Parameters
    ----------
    values : floats in time, none missing
    number : how many breaks to look for; None lets PELT decide

    Raises
    ------
    NothingToCompute
        TOO_SHORT for fewer than two segments.
    """
    if len(values) < 2 * LEAST:
        raise NothingToCompute(reason="TOO_SHORT")
    import numpy as np
    import ruptures

    signal = np.asarray(values, dtype=float)
    if number is not None:
        ends = ruptures.Dynp(model="l2", min_size=LEAST, jump=1).fit(signal).predict(n_bkps=number)
        return tuple(int(end) for end in ends[:-1])
    noise = spread([float(move) for move in np.diff(signal)]) / sqrt(2)
    # a series of equal steps has no noise to measure breaks against
    penalty = PENALTY * max(noise, 1e-9) ** 2 * log(len(signal))
    ends = ruptures.Pelt(model="l2", min_size=LEAST, jump=1).fit(signal).predict(pen=penalty)
    return tuple(int(end) for end in ends[:-1])


def level_shifts(values: Sequence[Quantity | None]) -> list[tuple[int, Quantity]]:
    """Return the breaks of a series of amounts: where, and by how much the level changed.

    Parameters
    ----------
    values : points above zero, in time; taken in logarithms

    Returns
    -------
    list of (place, per cent)
        The place of the first figure after the break and 100·(g₁/g₀ − 1) with the geometric
        means of the segments before and after; empty if no break is found.

    Raises
    ------
    UnknownValue, NothingToCompute
        TOO_SHORT for fewer than ten figures, NOT_POSITIVE.
    """
    logs = [log(value) for value in positive(values)]
    ends = (0, *change_points(logs), len(logs))
    found = []
    for start, place, end in zip(ends, ends[1:-1], ends[2:], strict=False):
        before = sum(logs[start:place]) / (place - start)
        after = sum(logs[place:end]) / (end - place)
        moved = exact(after - before).exp() * HUNDRED - HUNDRED
        found.append((place, result(moved, moved, moved)))
    return found
