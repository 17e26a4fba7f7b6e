"""Small cases made by hand for the evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Outcome
from irtysh.evaluation.strategy.parameters import thresholds_as_used
from irtysh.evaluation.strategy.run import ENGINE, evaluate
from irtysh.vocabulary.interval import Interval

DAY = date(2026, 7, 10)
CASE = {
    "id": "made",
    "sides": [{"id": "A", "area": "RU-OMS"}, {"id": "B", "area": "KZ"}],
    "headline": {"ref_area": "RU-OMS", "counterpart_area": "KZ", "flow": "T",
                 "dataflow": "TRADE_PARTNER"},
}  # fmt: skip


def thresholds(**own: Any) -> dict[str, Any]:
    """Return the thresholds with fewer runs, and some replaced."""
    found = deepcopy(thresholds_as_used())
    for name, value in {"runs": 200, "sobol_runs": 16, **own}.items():
        found["evaluation"][name] = {**found["evaluation"][name], "value": value}
    return found


def inputs(**own: Any) -> Inputs:
    """Return inputs of an empty case, with what is given."""
    rest: dict[str, Any] = {
        "day": DAY, "release": "r1", "engine": ENGINE, "case": CASE, "thresholds": thresholds(),
    }  # fmt: skip
    return Inputs(**{**rest, **own})


def outcome(observations: Iterable[Any] = (), **own: Any) -> Outcome:
    """Return the evaluation of such inputs."""
    return evaluate(inputs(**own), observations)


def result(year: int, value: str, indicator: str = "turnover", **own: Any) -> dict[str, Any]:
    """Return the row of one indicator result, printed with the precision of ``value``."""
    bounds = Interval.from_rounded(Decimal(value))
    return {
        "indicator": indicator, "dataflow": "TRADE_PARTNER", "area": "RU-OMS",
        "counterpart": "KZ", "flow": "T", "classification": "_Z", "measure": "VALUE",
        "group": "_T", "period": ["A", str(year)], "base_period": None, "point": value,
        "low": str(bounds.low), "high": str(bounds.high), "unit": "USD", "unit_mult": 6,
        "coverage": None, "flags": [], "evidence": [f"{indicator}-{year}"],
        "formula": indicator, "scale": [], "source": "made", **own,
    }  # fmt: skip


def measure(measure_id: str, **own: Any) -> dict[str, Any]:
    """Return a measure of the programme "plan" that ran over the first half of 2026."""
    return {"id": measure_id, "programme": "plan", "start": "2026-01-01", "end": "2026-06-30",
            "name": {"ru": "Мера", "kk": "Шара", "en": "Measure"}, **own}  # fmt: skip


def report(measure_id: str, share: float = 1.0, **own: Any) -> dict[str, Any]:
    """Return a confirmed report on the first half of 2026."""
    return {"measure": measure_id, "period_start": "2026-01-01", "period_end": "2026-06-30",
            "side": "A", "share": share, "has_proof": True, "state": "confirmed",
            "submitted_on": "2026-07-02", "decided_on": "2026-07-03", **own}  # fmt: skip


def target(target_id: str = "t", **own: Any) -> dict[str, Any]:
    """Return a target of the programme "plan": from 100 in 2022 to 200 by 2030."""
    return {"id": target_id, "programme": "plan", "level": "result", "direction": "up",
            "unit": "number", "baseline": "100.0", "baseline_period": "2022", "target": "200",
            "target_period": "2030", "facts": [],
            "name": {"ru": "Цель", "kk": "Мақсат", "en": "Target"}, **own}  # fmt: skip
