"""E4, jointness: who acts and reports on both sides, and the roll-up of common indicators.

The counts are analogues of the Interreg common indicators (RCO, RCR), worked out from registers;
each says what it counts. What one side alone did enters no cross-border total (ECA 14/2021).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.evaluation.strategy.common_indicators import COUNTS, LIMITS, LOOKED, Found, standing_of
from irtysh.evaluation.strategy.figures import FigureJson, counted, figure
from irtysh.evaluation.strategy.ground import Ground, Record, label, subject
from irtysh.evaluation.strategy.jointness import CRITERIA, SIDES, reported
from irtysh.evaluation.strategy.measure_lights import light_of, reports_of
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.words import label_of


def together(ground: Ground) -> Step:
    """Return jointness of projects and reports, the counts, and their checks."""
    projects = [_project(ground, one) for one in ground.records("projects")]
    reports = _reports(ground)
    counts = {code: rule(ground) for code, rule in COUNTS.items()}
    rows = [_count(code, found) for code, found in counts.items()]
    checks = [*_checks(counts), *_claimed(ground)]
    lines = (*projects, *reports, *rows, *checks)
    standing = [line.status for line in projects]
    evidence = sorted_evidence(line.id for line in lines)
    status = "no_data" if not projects and not reports else "counted"
    return Step(
        id="E4",
        status="fails" if any(line.status == "fails" for line in checks) else status,
        lines=lines,
        figures={
            **{
                name: counted(standing.count(name), evidence=evidence)
                for name in ("joint", "one_sided", "unknown")
            },
            "both": counted(sum(line.status == "joint" for line in reports), evidence=evidence),
            "single": counted(
                sum(line.status == "one_sided" for line in reports), evidence=evidence
            ),
            "failed": counted(sum(line.status == "fails" for line in checks), evidence=evidence),
        },
        sentence="together.summary",
        evidence=evidence,
    )


def _project(ground: Ground, project: Record) -> Line:
    standing, low, high = standing_of(ground, project)
    own = (f"projects/{project['id']}",)
    return Line(
        id=f"E4.project.{project['id']}",
        step="E4",
        subject=subject("project", project["id"], label(project)),
        status=standing,
        figures={
            "criteria": figure(
                low if low == high else None,
                low,
                high,
                evidence=own,
                formula="E4.criteria",
                unit="NUM",
                digits=0,
            ),
            "of": counted(len(CRITERIA), evidence=own, formula="E4.criteria"),
        },
        sentence=f"together.project.{standing}",
        evidence=own,
    )


def _reports(ground: Ground) -> list[Line]:
    """Return a line a measure that was reported on: by how many sides in its latest period."""
    lines = []
    for measure in ground.records("measures"):
        said = reports_of(ground, measure["id"])
        if not said:
            continue
        latest = max(one.cycle for one in said)
        found = reported(one.side for one in said if one.cycle == latest)
        own = (f"measures/{measure['id']}",)
        status = {2: "joint", 1: "one_sided"}.get(found.received, "unknown")
        lines.append(
            Line(
                id=f"E4.reports.{measure['id']}",
                step="E4",
                subject=subject("measure", measure["id"], label(measure)),
                status=status,
                figures={
                    "received": counted(found.received, evidence=own, formula="E4.reports"),
                    "of": counted(len(SIDES), evidence=own, formula="E4.reports"),
                },
                params={
                    "from": {"day": latest.start.isoformat()},
                    "until": {"day": latest.end.isoformat()},
                },
                sentence="together.reports",
                evidence=own,
            )
        )
    return lines


def _count(code: str, found: Found) -> Line:
    evidence = found or (f"registers/{LOOKED[code]}",)
    return Line(
        id=f"E4.count.{code}",
        step="E4",
        subject=subject("check", code, label_of(f"count.{code}")),
        status="counted",
        figures={"count": counted(len(found), evidence=evidence, formula=f"E4.{code}")},
        params={"code": code},
        sentence="together.count",
        evidence=evidence,
    )


def _checks(counts: Mapping[str, Found]) -> list[Line]:
    """Return whether no more was taken up than made."""
    lines = []
    for part, whole in LIMITS:
        passes = len(counts[part]) <= len(counts[whole])
        evidence = (f"E4.count.{part}", f"E4.count.{whole}")
        lines.append(
            Line(
                id=f"E4.check.{part}-{whole}",
                step="E4",
                subject=subject("check", f"{part}-{whole}", label_of(f"count.{part}")),
                status="passes" if passes else "fails",
                figures=_pair(counts[part], counts[whole], evidence),
                params={"part": part, "whole": whole},
                sentence="together.check.passes" if passes else "together.check.fails",
                evidence=evidence,
            )
        )
    return lines


def _pair(part: Found, whole: Found, evidence: Found) -> dict[str, FigureJson]:
    return {
        "less": counted(len(part), evidence=evidence),
        "more": counted(len(whole), evidence=evidence),
    }


def _claimed(ground: Ground) -> list[Line]:
    """Return projects that are called joint while all named partners are of one side."""
    lines = []
    for one in ground.records("projects"):
        standing, low, _ = standing_of(ground, one)
        if standing == "one_sided" and low > 0:
            own = (f"projects/{one['id']}",)
            figures: dict[str, Any] = {
                "criteria": counted(low, evidence=own, formula="E4.criteria")
            }
            lines.append(
                Line(
                    f"E4.check.claimed.{one['id']}",
                    "E4",
                    subject("project", one["id"], label(one)),
                    "fails",
                    figures,
                    {},
                    "together.check.claimed",
                    own,
                )
            )
    return lines


def one_sided_silence(ground: Ground) -> list[tuple[Record, str]]:
    """Return running measures on which only one side has ever reported, and the silent side."""
    found = []
    for measure in ground.records("measures"):
        sides = {one.side for one in reports_of(ground, measure["id"]) if one.side in SIDES}
        if len(sides) == 1 and light_of(ground, measure).state != "done":
            silent = "B" if sides == {"A"} else "A"
            found.append((measure, silent))
    return found
