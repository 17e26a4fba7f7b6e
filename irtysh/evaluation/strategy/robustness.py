"""How often a verdict stands when what was chosen or rounded is varied (Monte Carlo).

Data error is uniform within the bounds of every figure; weights are varied by a share of
themselves; one seed makes every run repeatable. Arrays in, arrays out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from irtysh.evaluation.strategy.figures import FigureJson, number
from irtysh.evaluation.strategy.progress import Classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def generator(seed: int, *names: str) -> np.random.Generator:
    """Return random numbers that depend on a seed and on what they are for, on nothing else."""
    words = [seed, *(int.from_bytes(name.encode(), "big") % (2**63) for name in names)]
    return np.random.default_rng(words)


def within(rng: np.random.Generator, low: float, high: float, runs: int) -> Array:
    """Return values uniform between two bounds."""
    return low + (high - low) * rng.random(runs)


def of_figure(rng: np.random.Generator, figure: FigureJson, runs: int) -> Array:
    """Return values uniform within the bounds of a figure; its point where a bound is open."""
    low, high, point = (number(figure[name]) for name in ("low", "high", "point"))
    if low is None or high is None or not (low.is_finite() and high.is_finite()):
        return np.full(runs, np.nan if point is None else float(point))
    return within(rng, float(low), float(high), runs)


def weights(rng: np.random.Generator, given: Sequence[float], spread: float, runs: int) -> Array:
    """Return weights (runs × parts), each varied by a share of itself, summing to one a run."""
    drawn = np.asarray(given) * (1 + spread * (2 * rng.random((runs, len(given))) - 1))
    whole: Array = drawn / drawn.sum(axis=1, keepdims=True)
    return whole


def bands(values: Any, classes: Classes) -> Any:
    """Return the index of the class of every value; the last index is below all classes."""
    limits = np.array([float(least) for _, least in classes])
    return (np.asarray(values)[..., None] < limits).sum(axis=-1)


def share_of(values: Any, classes: Classes, status: str) -> Decimal:
    """Return the share of values that fall into a class, to four decimals."""
    names = [code for code, _ in classes]
    index = names.index(status) if status in names else len(names)
    return rounded(float(np.mean(bands(values, classes) == index)))


def rounded(share: float) -> Decimal:
    """Return a share to four decimals: more would promise what runs cannot keep."""
    return Decimal(str(round(share, 4))).quantize(Decimal("0.0001"))


def rates(first: Any, last: Any, years: int) -> Any:
    """Return the compound rate in per cent a year of arrays of values above zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return 100 * ((np.asarray(last) / np.asarray(first)) ** (1 / years) - 1)
