"""E1, measures: the light of each, and the share of those due that were done on time (SM)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, threshold
from irtysh.evaluation.strategy.ground import Ground, Record, label, subject
from irtysh.evaluation.strategy.lights import DONE, STATES, Light, Said, done_on, light
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.terms import Cycle, Term, first_day

CONFIRMED = "confirmed"


def measure_lights(ground: Ground) -> Step:
    """Return the light of every measure, SM of every programme and of all."""
    measures = ground.records("measures")
    lines = [measure_line(ground, one) for one in measures]
    by_programme: dict[str, list[Record]] = {}
    for one in measures:
        by_programme.setdefault(str(one.get("programme", "")), []).append(one)
    for programme, own in sorted(by_programme.items()):
        lines.append(_programme_line(ground, programme, own))
    whole = done_share(ground, measures)
    evidence = sorted_evidence(f"measures/{one['id']}" for one in measures)
    states = Counter(line.status for line in lines if line.subject["kind"] == "measure")
    status = "no_data" if whole is None else "counted"
    return Step(
        id="E1",
        status=status,
        lines=tuple(lines),
        figures={
            **_state_counts(states, evidence),
            **_done_figures(ground, measures),
            "measures": counted(len(measures), evidence=evidence or ("registers/measures",)),
        },
        sentence="measures.summary" if whole is not None else "measures.summary.none_due",
        evidence=evidence,
    )


def reports_of(ground: Ground, measure: str) -> list[Said]:
    """Return the confirmed reports of a measure that were known on the day."""
    found = []
    for row in ground.inputs.reports:
        if row.get("measure") != measure or row.get("state") != CONFIRMED:
            continue
        start, end = first_day(str(row["period_start"])), first_day(str(row["period_end"]))
        on = first_day(str(row.get("submitted_on") or row.get("decided_on") or ""))
        decided = first_day(str(row.get("decided_on") or ""))
        if start is None or end is None or on is None:
            continue
        if max(on, decided or on) <= ground.day:
            share, proof = float(row["share"]), bool(row.get("has_proof"))
            found.append(Said(Cycle(start, end), str(row.get("side", "")), share, on, proof))
    return found


def light_of(ground: Ground, measure: Record) -> Light:
    """Return the light of a measure on the day."""
    limits = ground.parameters.lights
    months = int(measure.get("report_every") or limits["report_every_months"])
    said = reports_of(ground, measure["id"])
    return light(term_of(measure), months, said, ground.day, limits)


def term_of(measure: Record) -> Term:
    """Return when a measure runs."""
    return Term.of(str(measure.get("start") or ""), str(measure.get("end") or ""))


def measure_line(ground: Ground, measure: Record) -> Line:
    """Return the line of one measure."""
    found = light_of(ground, measure)
    own = f"measures/{measure['id']}"
    figures: dict[str, FigureJson] = {}
    for name, value in (("share", found.share), ("planned", found.planned)):
        if value is not None:
            figures[name] = _percent(value, own, f"E1.{name}")
    if found.ratio is not None:
        figures["ratio"] = figure(found.ratio, evidence=(own,), formula="E1.r")
    if found.overdue:
        figures["overdue"] = counted(found.overdue, evidence=(own,), formula="E1.overdue")
    params: dict[str, Any] = {}
    if found.as_of is not None:
        params["as_of"] = {"day": found.as_of.isoformat()}
    if found.awaited is not None:
        params["from"] = {"day": found.awaited.start.isoformat()}
        params["until"] = {"day": found.awaited.end.isoformat()}
    reason = found.reason
    if reason == "no_report_ever" and found.awaited is None:
        reason = "no_report_yet"
    if reason in ("overdue", "ratio"):
        limits = ground.parameters.lights
        figures["limit"] = {
            "overdue": threshold(limits["overdue_days"], "overdue_days", digits=0),
            "ratio": threshold(limits["on_time_ratio"], "on_time_ratio"),
        }[reason]
    return Line(
        id=f"E1.measure.{measure['id']}",
        step="E1",
        subject=subject("measure", measure["id"], label(measure)),
        status=found.state,
        figures=figures,
        params=params,
        sentence=f"measure.{reason}",
        evidence=(own,),
    )


def due(measure: Record, day: date) -> bool:
    """Return True if the last day of a measure's term has passed; no term is never due."""
    end = term_of(measure).end
    return end is not None and end < day


def is_done_on_time(ground: Ground, measure: Record) -> bool:
    """Return True if a proven report called the measure done by the last day of its term."""
    end = term_of(measure).end
    on = done_on(reports_of(ground, measure["id"]), ground.day)
    still = light_of(ground, measure).state == DONE
    return still and end is not None and on is not None and on <= end


def done_share(ground: Ground, measures: Iterable[Record]) -> Decimal | None:
    """Return SM = done on time / due, 0 to 1; None where nothing is due."""
    due_ones = [one for one in measures if due(one, ground.day)]
    if not due_ones:
        return None
    return Decimal(sum(is_done_on_time(ground, one) for one in due_ones)) / len(due_ones)


def _done_figures(ground: Ground, measures: Iterable[Record]) -> dict[str, FigureJson]:
    due_ones = [one for one in measures if due(one, ground.day)]
    evidence = [f"measures/{one['id']}" for one in due_ones] or ["registers/measures"]
    in_time = sum(is_done_on_time(ground, one) for one in due_ones)
    found = {
        "due": counted(len(due_ones), evidence=evidence),
        "done_on_time": counted(in_time, evidence=evidence),
    }
    if due_ones:
        found["sm"] = figure(Decimal(in_time) / len(due_ones), evidence=evidence, formula="E1.SM")
    return found


def _programme_line(ground: Ground, programme: str, measures: list[Record]) -> Line:
    share = done_share(ground, measures)
    evidence = sorted_evidence(f"measures/{one['id']}" for one in measures)
    states = Counter(light_of(ground, one).state for one in measures)
    record = ground.record("programmes", programme)
    return Line(
        id=f"E1.programme.{programme}",
        step="E1",
        subject=subject("programme", programme, label(record, programme)),
        status="no_data" if share is None else "counted",
        figures={
            **_state_counts(states, evidence),
            **_done_figures(ground, measures),
            "measures": counted(len(measures), evidence=evidence),
        },
        sentence="measures.programme" if share is not None else "measures.programme.none_due",
        evidence=evidence,
    )


def _state_counts(states: Mapping[str, int], evidence: Iterable[str]) -> dict[str, FigureJson]:
    where = tuple(evidence) or ("registers/measures",)
    return {state: counted(states.get(state, 0), evidence=where) for state in STATES}


def _percent(share: float, evidence: str, formula: str) -> FigureJson:
    return figure(
        Decimal(str(round(share * 100, 6))),
        evidence=(evidence,),
        formula=formula,
        unit="PC",
        digits=1,
    )
