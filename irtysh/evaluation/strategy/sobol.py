"""Sobol indices: which choice a result hangs on (Saltelli et al. 2010; SALib)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Indices:
    """First-order and total index of a group of inputs."""

    group: str
    first: float
    total: float


def indices(
    model: Callable[[Any], Any],
    groups: Sequence[str],
    *,
    bounds: Sequence[tuple[float, float]] | None = None,
    base: int,
    seed: int,
) -> list[Indices]:
    """Return the indices of every group of inputs of a model.

    Parameters
    ----------
    model : rows of inputs → one value a row
    groups : the group of every input, in order; an input may be a group of its own
    bounds : lower and upper bound of every input; 0 and 1 if not given
    base : sample size, a power of two
    seed : makes the result repeatable

    Returns
    -------
    list of Indices
        In the order in which groups first appear; zeros where the model does not vary.
    """
    import numpy as np
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sample

    names = list(dict.fromkeys(groups))
    problem = {
        "num_vars": len(groups),
        "names": [f"x{place}" for place in range(len(groups))],
        "groups": list(groups),
        "bounds": [list(pair) for pair in bounds or [(0.0, 1.0)] * len(groups)],
    }
    rows = sample.sample(problem, base, calc_second_order=False, seed=seed)
    values = np.asarray(model(rows), dtype=float)
    if np.ptp(values) == 0:
        return [Indices(name, 0.0, 0.0) for name in names]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = analysis.analyze(
            problem, values, calc_second_order=False, num_resamples=2, seed=seed
        )
    return [
        Indices(name, float(found["S1"][place]), float(found["ST"][place]))
        for place, name in enumerate(names)
    ]
