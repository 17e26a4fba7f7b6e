"""What changed between two evaluations, line by line, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import Line, Outcome

DATA, DEFINITION, TARGET, FORMULA, TIME, NEW, GONE = (
    "data",
    "definition",
    "target",
    "formula",
    "time",
    "new",
    "gone",
)
"""Codes of definitions/codelists/evaluation_changes.csv."""

_PLAN = ("unit", "direction", "baseline", "baseline_period", "target", "target_period", "qualifier")
_MEANING = ("needs", "trend_indicators", "implied_indicator", "partial_indicator", "composite")
"""Parameters that say what is measured; the others say how it is judged."""
_WORKINGS = ("registers", "reports", "counts", "results", "claims", "sheets")


def compare(a: Outcome, ia: Inputs, b: Outcome, ib: Inputs) -> list[dict[str, Any]]:
    """Return every line that differs, in the order of the later evaluation.

    Parameters
    ----------
    a, ia : the evaluation before and its inputs
    b, ib : the one after and its inputs

    Returns
    -------
    list of dict
        id : of the line. before, after : its status in either, None where it has none.
        why : the first that holds of *new*, *gone*, *target* (the plan itself was changed),
        *definition* (something else is measured), *formula* (other thresholds or another
        engine), *time* (nothing but the day differs), *data*.
        what : [{"name", "before", "after"}] of every figure and status that differs.
    """
    before, after = a.lines, b.lines
    reason = _Reasons(ia, ib)
    found = []
    for line_id, line in after.items():
        old = before.get(line_id)
        if old is None:
            found.append(_row(line_id, None, line, NEW, ()))
        elif (what := _differences(old, line)) or old.sentence != line.sentence:
            found.append(_row(line_id, old, line, reason.of(old, line), what))
    found += [_row(one, line, None, GONE, ()) for one, line in before.items() if one not in after]
    return found


def _row(
    line_id: str, old: Line | None, new: Line | None, why: str, what: tuple[dict[str, Any], ...]
) -> dict[str, Any]:
    return {
        "id": line_id,
        "before": None if old is None else old.status,
        "after": None if new is None else new.status,
        "why": why,
        "what": list(what),
    }


def _differences(old: Line, new: Line) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    if old.status != new.status:
        found.append({"name": "status", "before": old.status, "after": new.status})
    for name in sorted(old.figures.keys() | new.figures.keys()):
        one, other = (_value(line.figures.get(name)) for line in (old, new))
        if one != other:
            found.append({"name": name, "before": one, "after": other})
    return tuple(found)


def _value(figure: Mapping[str, Any] | None) -> str | None:
    """Return a figure's point, or its bounds where it has none."""
    if figure is None:
        return None
    if figure["point"] is not None:
        return str(figure["point"])
    return None if figure["low"] is None else f"{figure['low']}…{figure['high']}"


class _Reasons:
    """Why lines differ, as far as two sets of inputs tell."""

    def __init__(self, before: Inputs, after: Inputs) -> None:
        self._before, self._after = before, after
        own = [one.thresholds.get("evaluation", {}) for one in (before, after)]
        self._meaning = any(own[0].get(name) != own[1].get(name) for name in _MEANING)
        rules = [{k: v for k, v in one.items() if k not in _MEANING} for one in own]
        measures = [one.thresholds.get("measures") for one in (before, after)]
        self._rules = (
            rules[0] != rules[1] or measures[0] != measures[1] or before.engine != after.engine
        )
        self._same_workings = (
            all(getattr(before, name) == getattr(after, name) for name in _WORKINGS)
            and before.release == after.release
        )

    def of(self, old: Line, new: Line) -> str:
        """Return the reason of one line."""
        if new.subject["kind"] == "target" and self._plan_changed(new.subject["id"]):
            return TARGET
        if old.params.get("definitions") != new.params.get("definitions"):
            return DEFINITION
        if self._meaning and self._same_workings:
            return DEFINITION
        if self._rules and (self._same_workings or _limits(old) != _limits(new)):
            return FORMULA
        if _formulas(old) != _formulas(new):
            return FORMULA
        if self._same_workings and self._before.day != self._after.day:
            return TIME
        return DATA

    def _plan_changed(self, target: str) -> bool:
        plans = [
            {name: row.get(name) for name in _PLAN}
            for one in (self._before, self._after)
            for row in one.registers.get("targets", ())
            if row.get("id") == target
        ]
        return len(plans) == 2 and plans[0] != plans[1]


def _limits(line: Line) -> dict[str, Any]:
    """Return the thresholds that a line was held against."""
    return {
        name: figure["point"]
        for name, figure in line.figures.items()
        if figure["formula"] == "threshold"
    }


def _formulas(line: Line) -> dict[str, str]:
    """Return the formula of every figure that both wordings of a line share."""
    return {
        name: figure["formula"] for name, figure in line.figures.items() if name in ("rate", "a")
    }
