"""A composite by fixed goalposts (OECD/JRC Handbook 2008): pure arrays.

z = (v − low) / (high − low), reversed where less is better, cut to [0, 1]. Goalposts are given in
advance; normalising by the smallest and largest value of the window would rewrite past scores
with every new year, and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from irtysh.vocabulary.errors import IrtyshError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

GOALPOSTS = "goalposts"
FLOOR = 0.01
"""Least normalised value in a geometric mean: a single nought would wipe out all the rest."""


class WindowNormalisation(IrtyshError):
    """A composite was asked for that is not normalised by fixed goalposts."""


class GoalpostsEqual(IrtyshError):
    """Both goalposts of a component are the same."""


def check(settings: Mapping[str, Any]) -> None:
    """Refuse a composite without fixed goalposts.

    Raises
    ------
    WindowNormalisation
        Unless the settings say "goalposts" and every component has two.
    GoalpostsEqual
        If the two of a component are one.
    """
    method = settings.get("normalisation")
    if method != GOALPOSTS:
        raise WindowNormalisation(method=str(method))
    for one in settings["components"]:
        if one.get("low") is None or one.get("high") is None:
            raise WindowNormalisation(method=str(one.get("indicator") or one.get("growth_of")))
        if one["low"] == one["high"]:
            raise GoalpostsEqual(component=str(one.get("indicator") or one.get("growth_of")))


def normalised(values: Any, low: Any, high: Any, falls: Any) -> Array:
    """Return values on the scale of their goalposts, 0 to 1.

    Parameters
    ----------
    values, low, high : arrays of one shape, or shapes that broadcast; components last
    falls : array of bool
        True where less is better.
    """
    z = (np.asarray(values, dtype=float) - low) / (np.asarray(high, dtype=float) - low)
    cut: Array = np.clip(np.where(falls, 1 - z, z), 0.0, 1.0)
    return cut


def arithmetic(z: Any, weights: Any) -> Array:
    """Return Σ w·z over the last axis; weights sum to one."""
    found: Array = (np.asarray(z) * weights).sum(axis=-1)
    return found


def geometric(z: Any, weights: Any) -> Array:
    """Return Π z^w over the last axis, z no less than ``FLOOR``."""
    found: Array = np.exp((np.log(np.maximum(z, FLOOR)) * weights).sum(axis=-1))
    return found


def equal(count: int) -> Sequence[float]:
    """Return equal weights that sum to one."""
    return [1 / count] * count
