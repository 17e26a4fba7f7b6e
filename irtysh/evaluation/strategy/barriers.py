"""E6, obstacles: stock, inflow, solved a year, median age, share with a body, by type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, counted, figure
from irtysh.evaluation.strategy.ground import Ground, Record, day_from, decimal, label, subject
from irtysh.evaluation.strategy.obstacle_counts import (
    NOT_ONE,
    OPEN,
    Standing,
    count_obstacles,
    exact_day,
    year_of,
)
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.terms import months_on
from irtysh.evaluation.strategy.words import label_of

_KINDS = ("barrier", "exemption", "restriction", "unknown")


def barriers(ground: Ground) -> Step:
    """Return the counts of obstacles and whether the yearly target is met."""
    rows = [one for one in ground.records("obstacles") if _counts(one, ground.day)]
    evidence = sorted_evidence(f"obstacles/{one['id']}" for one in rows)
    if not rows:
        return Step("E6", "no_data", sentence="barriers.none", evidence=("registers/obstacles",))
    figures = _figures(ground, rows, evidence)
    lines = [
        _year_line(ground, rows),
        *(_kind_line(kind, rows) for kind in _KINDS),
        *(_obstacle(ground, one) for one in rows if one.get("status") in OPEN),
    ]
    return Step(
        "E6", lines[0].status, tuple(lines), figures, sentence=_sentence(figures), evidence=evidence
    )


def _counts(one: Record, day: date) -> bool:
    """Return True for what is an obstacle and was on the register by the day."""
    registered = day_from(one.get("registered_on"))
    return one.get("status") != NOT_ONE and (registered is None or registered <= day)


def _sentence(figures: Mapping[str, FigureJson]) -> str:
    return "barriers.summary" if "median_age" in figures else "barriers.summary.undated"


def _figures(
    ground: Ground, rows: list[Record], evidence: tuple[str, ...]
) -> dict[str, FigureJson]:
    counts = count_obstacles(
        [
            Standing(
                kind=str(one.get("kind") or ""),
                status=str(one.get("status") or ""),
                registered_on=str(one.get("registered_on") or ""),
                solved_on=str(one.get("solved_on") or ""),
                has_body=bool(one.get("body")),
            )
            for one in rows
        ],
        ground.day,
    )
    figures = {
        "registered": counted(counts.registered, evidence=evidence),
        "open": counted(counts.open, evidence=evidence),
        "solved": counted(counts.solved, evidence=evidence),
        "with_body": counted(counts.with_body, evidence=evidence),
        "inflow": counted(len(_new(ground, rows)), evidence=evidence),
        "undated": counted(counts.ages_unknown, evidence=evidence),
    }
    if counts.median_age is not None:
        figures["median_age"] = figure(
            counts.median_age, evidence=evidence, formula="E6.median_age", unit="DAY", digits=0
        )
    if counts.share_with_body is not None:
        share = Decimal(counts.with_body * 100) / counts.open
        figures["share_with_body"] = figure(
            share, evidence=evidence, formula="E6.with_body", unit="PC", digits=0
        )
    return figures


def _new(ground: Ground, rows: list[Record]) -> list[Record]:
    """Return obstacles registered in the twelve months before the day."""
    since = months_on(ground.day, -12)
    found = []
    for one in rows:
        on = day_from(one.get("registered_on"))
        if on is not None and since <= on <= ground.day:
            found.append(one)
    return found


def _year_line(ground: Ground, rows: list[Record]) -> Line:
    """Return how many were solved this year, against the target if one is set."""
    year = ground.day.year
    solved = [
        one
        for one in rows
        if one.get("status") == "solved" and year_of(str(one.get("solved_on") or "")) == year
    ]
    evidence = sorted_evidence(f"obstacles/{one['id']}" for one in solved) or (
        "registers/obstacles",
    )
    figures = {"solved": counted(len(solved), evidence=evidence)}
    own = (ground.inputs.case.get("evaluation") or {}).get("obstacles_solved_a_year")
    target = decimal(own)
    if target is None:
        target = decimal(ground.parameters.value("obstacles_solved_a_year"))
    status, sentence = "no_target", "barriers.year.no_target"
    if target is not None:
        figures["target"] = figure(
            target,
            evidence=("thresholds/obstacles_solved_a_year",),
            formula="threshold",
            unit="NUM",
            digits=0,
        )
        status = "met" if len(solved) >= target else "not_met"
        sentence = f"barriers.year.{status}"
    return Line(
        "E6.year",
        "E6",
        subject("obstacle", "year", label_of("barriers.year.name")),
        status,
        figures,
        {"year": {"period": ["A", f"{year:04d}"]}},
        sentence,
        evidence,
    )


def _kind_line(kind: str, rows: list[Record]) -> Line:
    own = [one for one in rows if (one.get("kind") or "unknown") == kind]
    evidence = sorted_evidence(f"obstacles/{one['id']}" for one in own) or ("registers/obstacles",)
    return Line(
        f"E6.kind.{kind}",
        "E6",
        subject("obstacle", kind, label_of(f"barriers.kind.{kind}")),
        "counted",
        {"count": counted(len(own), evidence=evidence)},
        {},
        "barriers.kind",
        evidence,
    )


def _obstacle(ground: Ground, one: Record) -> Line:
    """Return an open obstacle: its age and whether somebody has to act."""
    own = (f"obstacles/{one['id']}",)
    registered = exact_day(str(one.get("registered_on") or ""))
    figures: dict[str, FigureJson] = {}
    if registered is not None:
        figures["age"] = figure(
            max(0, (ground.day - registered).days),
            evidence=own,
            formula="E6.age",
            unit="DAY",
            digits=0,
        )
    params: dict[str, Any] = {"standing": {"code": ["obstacle_statuses", str(one["status"])]}}
    body = ground.record("organisations", str(one.get("body") or ""))
    if body:
        params["body"] = {"text": label(body)}
    sentence = "barriers.open" if body else "barriers.open.nobody"
    if registered is None:
        sentence = f"{sentence}.undated"
    return Line(
        f"E6.obstacle.{one['id']}",
        "E6",
        subject("obstacle", one["id"], label(one)),
        "counted",
        figures,
        params,
        sentence,
        own,
    )
