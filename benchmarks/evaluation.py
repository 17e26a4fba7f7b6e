"""Evaluate a whole case: its figures, its claims, and the eleven steps E0 to E10.

    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m benchmarks.evaluation [case] [repeats]

Everything is computed anew in each repeat, as at a release: indicators, then the claims against the
figures (``judge_release``), then the evaluation (``evaluate``). Reading the case's files and the
first import of scipy are not counted. Medians of wall and CPU seconds of this process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any

from irtysh.evaluation.claims import judge_release
from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.parameters import thresholds_as_used
from irtysh.evaluation.strategy.run import ENGINE, evaluate
from irtysh.indicators.compute import compute_all
from irtysh.sources.case import Case, read_case
from irtysh.vocabulary.places import CASES

DAY = date(2026, 11, 22)
REGISTERS = (
    "programmes",
    "objectives",
    "measures",
    "targets",
    "acts",
    "obstacles",
    "offers",
    "events",
    "projects",
    "initiatives",
    "guides",
    "risks",
    "organisations",
    "sources",
    "datasets",
    "claims",
)
STEPS = ("indicators", "claims", "evaluation")


class Run:
    """One repeat: seconds of each step, and what came out."""

    def __init__(self, case: Case) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        headline = case.about["headline"]
        results = self._timed(
            "indicators", lambda: compute_all(case.observations, headline=headline)
        )
        judged = self._timed(
            "claims",
            lambda: judge_release(
                case.observations, case.documents, headline, case.documents["claims"]
            ),
        )
        inputs = Inputs(
            day=DAY,
            release="benchmark",
            engine=ENGINE,
            case=case.about,
            thresholds=thresholds_as_used(),
            registers={
                **{name: case.documents.get(name, []) for name in REGISTERS},
                "series": case.documents.get("event_series", []),
            },
            results=[one.to_json() for one in results],
            claims=[one.to_json() for one in judged],
        )
        outcome = self._timed("evaluation", lambda: evaluate(inputs, case.observations))
        self.counts = {
            "indicators": f"{len(results)} results",
            "claims": f"{len(judged)} claims",
            "evaluation": f"{sum(len(step.lines) for step in outcome.steps)} lines",
        }

    def _timed(self, name: str, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        made = work()
        self.seconds[name] = time.perf_counter() - wall, time.process_time() - cpu
        return made

    def together(self, *names: str) -> tuple[float, float]:
        """Return wall and CPU seconds of some steps."""
        wall, cpu = zip(*(self.seconds[name] for name in names), strict=True)
        return sum(wall), sum(cpu)


def main() -> None:
    """Print the table."""
    name = sys.argv[1] if len(sys.argv) > 1 else "omsk-kazakhstan"
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    case, _ = read_case(CASES / name)
    with case.naming():
        Run(case)
        runs = [Run(case) for _ in range(repeats)]
    print(f"{name}: {len(case.observations)} observations, median of {repeats}\n")
    print("| step | what | wall, s | CPU, s |\n|---|---|---:|---:|")
    for step in STEPS:
        wall, cpu = (median(one.seconds[step][side] for one in runs) for side in (0, 1))
        print(f"| {step} | {runs[0].counts[step]} | {wall:.2f} | {cpu:.2f} |")
    for title, steps in (("claims and evaluation", STEPS[1:]), ("all", STEPS)):
        wall, cpu = (median(one.together(*steps)[side] for one in runs) for side in (0, 1))
        print(f"| **{title}** | | {wall:.2f} | {cpu:.2f} |")


if __name__ == "__main__":
    main()
