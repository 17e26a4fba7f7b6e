"""How often intervals hold what they promise, and how soon an alarm rings.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.forecasts [runs]

Simulated: random walks of logarithms with drift, twelve figures seen, the next four to be held;
moves normal or with heavy tails (Student's t with three degrees of freedom, same variance).
Real: one-step forecasts of the quarters of the first case, always from what was known then.
Fixed seed; docs/methodology/forecasts.md keeps the tables.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from irtysh.indicators.compute import prepare
from irtysh.indicators.runs import runs
from irtysh.publication.chart_rows import coverage_notes
from irtysh.sources.case import read_case
from irtysh.stats.backtest import BASELINES, backtest, log_drift
from irtysh.stats.cusum import ALLOWANCE, LIMIT, sums
from irtysh.stats.floats import positive
from irtysh.stats.forecast import walk
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.places import CASES

FIGURES = 12
HORIZONS = (1, 2, 3, 4)
LEVELS = (0.8, 0.95)
DRIFT, DEVIATION = 0.03, 0.15
METHODS = (
    "naive, levels",
    "naive, logs",
    "drift, levels, normal",
    "drift, logs, normal",
    "log drift, Student",
)
ROOM = 100_000
"""Steps after which a quiet CUSUM is given up; none gets there."""


def paths(tails: str, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return [run, period] logarithms: twelve seen and four to come."""
    shape = (count, FIGURES + max(HORIZONS) - 1)
    moves = rng.standard_normal(shape)
    if tails == "heavy":
        moves = rng.standard_t(3, shape) / np.sqrt(3)
    start = np.full((count, 1), np.log(300.0))
    return np.cumsum(np.hstack([start, DRIFT + DEVIATION * moves]), axis=1)


def bounds(
    method: str, seen: np.ndarray, horizon: int, level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (low, point, high) in levels for every run."""
    from scipy.special import ndtri, stdtrit

    is_log = "log" in method
    figures = seen if is_log else np.exp(seen)
    moves = np.diff(figures, axis=1)
    steps = moves.shape[1]
    if method.startswith("naive"):
        centre = figures[:, -1]
        width = np.sqrt((moves**2).mean(axis=1) * horizon)
    else:
        centre = figures[:, -1] + horizon * moves.mean(axis=1)
        width = moves.std(axis=1, ddof=1) * np.sqrt(horizon * (1 + horizon / steps))
    student = stdtrit(FIGURES - 2, 0.5 + level / 2)
    reach = width * (student if method.endswith("Student") else ndtri(0.5 + level / 2))
    found = (centre - reach, centre, centre + reach)
    return tuple(np.exp(part) for part in found) if is_log else found


def check(seen: np.ndarray) -> None:
    """Hold the vectorised interval against the one that the portal computes."""
    for row in seen[:200]:
        low, high = walk([float(value) for value in np.exp(row)]).bounds(2, 0.8)
        ours = bounds("log drift, Student", row[None, :], 2, 0.8)
        assert abs(ours[0][0] / low - 1) < 1e-9
        assert abs(ours[2][0] / high - 1) < 1e-9


def coverage(count: int) -> None:
    """Print the share of intervals that held the figure to come."""
    rng = np.random.default_rng(20260101)
    for tails in ("heavy", "normal"):
        whole = paths(tails, count, rng)
        seen = whole[:, :FIGURES]
        check(seen)
        print(f"\n{tails} tails, n = {FIGURES}, {count:,} runs\n")
        print("| Method | 80 %: h = 1 | 2 | 3 | 4 | 95 %: h = 1 | 2 | 3 | 4 | MAPE h = 1 | 2 |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for method in METHODS:
            cells, errors = [], []
            for level in LEVELS:
                for horizon in HORIZONS:
                    low, point, high = bounds(method, seen, horizon, level)
                    true = np.exp(whole[:, FIGURES - 1 + horizon])
                    cells.append(f"{((low <= true) & (true <= high)).mean():.3f}")
                    if level == LEVELS[0] and horizon <= 2:
                        errors.append(f"{np.abs(point / true - 1).mean():.3f}")
            print(f"| {method} | {' | '.join([*cells, *errors])} |")


def run_lengths(shift: float, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return the number of figures up to the first alarm, for every run."""
    up = np.zeros(count)
    down = np.zeros(count)
    lengths = np.zeros(count, dtype=int)
    alive = np.arange(count)
    for step in range(1, ROOM):
        z = rng.standard_normal(len(alive)) + shift
        up[alive] = np.maximum(0, up[alive] + z - ALLOWANCE)
        down[alive] = np.maximum(0, down[alive] - z - ALLOWANCE)
        rang = np.maximum(up[alive], down[alive]) > LIMIT
        lengths[alive[rang]] = step
        alive = alive[~rang]
        if not len(alive):
            break
    return lengths


def alarms(count: int) -> None:
    """Print the average run length of the two-sided CUSUM by the size of a shift."""
    rng = np.random.default_rng(20260102)
    sample = rng.standard_normal(400)
    assert sums(list(sample)).alarm == _first_alarm(sample)
    print("\n| Shift, σ | Mean figures to the alarm | Standard error | Median |")
    print("|---:|---:|---:|---:|")
    for shift in (0.0, 0.5, 1.0, 1.5, 2.0):
        lengths = run_lengths(shift, count, rng)
        error = lengths.std() / np.sqrt(count)
        print(f"| {shift} | {lengths.mean():.1f} | {error:.1f} | {np.median(lengths):.0f} |")


def _first_alarm(sample: np.ndarray) -> int | None:
    up = down = 0.0
    for place, z in enumerate(sample):
        up, down = max(0.0, up + z - ALLOWANCE), max(0.0, down - z - ALLOWANCE)
        if max(up, down) > LIMIT:
            return place
    return None


def real() -> None:
    """Print how the methods would have done on the quarters of the first case."""
    case, _ = read_case(CASES / "omsk-kazakhstan")
    knowledge = prepare(
        case.observations,
        headline=case.about["headline"],
        coverage_notes=coverage_notes(case),
    )
    print("\n| Series | Quarters | Origins | Method | MASE | Winkler | Within 80 % | Skill |")
    print("|---|---:|---:|---|---:|---:|---:|---:|")
    for key in sorted(knowledge.levels):
        for run in runs(knowledge, key):
            if run.per_year != 4:
                continue
            figures = positive(run.quantities)
            name = f"{key.dataflow} {key.flow} {key.counterpart_area}"
            for title, method in {"log drift": log_drift, **BASELINES}.items():
                try:
                    score = backtest(method, figures, 4)
                except NothingToCompute:
                    continue
                print(
                    f"| {name} | {len(figures)} | {score.origins} | {title} | {score.mase:.2f} | "
                    f"{score.winkler:.3f} | {score.coverage:.2f} | {score.skill:+.2f} |"
                )


def main(count: int) -> None:
    """Print the tables and the time."""
    start, cpu = time.perf_counter(), time.process_time()
    coverage(count)
    alarms(count)
    real()
    print(f"\n{time.perf_counter() - start:.1f} s wall, {time.process_time() - cpu:.1f} s CPU")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
