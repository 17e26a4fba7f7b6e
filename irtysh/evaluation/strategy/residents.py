"""E7, value for residents: awareness, answers in time, use of guides, participations.

Counts are related to a thousand residents of a side where their number is known. What nobody
counts is "no data", never nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.common_indicators import partner_sides
from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, threshold
from irtysh.evaluation.strategy.ground import Ground, decimal, subject
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.territories import population
from irtysh.evaluation.strategy.words import label_of


def residents(ground: Ground) -> Step:
    """Return what is known of the value of cooperation for residents."""
    lines = tuple(
        line for ask in (_awareness, _questions, _guides, _participations) for line in ask(ground)
    )
    known = [line for line in lines if line.status != "no_data"]
    evidence = sorted_evidence(*(line.evidence for line in lines))
    return Step(
        id="E7",
        status="described" if known else "no_data",
        lines=lines,
        figures={
            "known": counted(len(known), evidence=evidence),
            "asked": counted(len(lines), evidence=evidence),
        },
        sentence="residents.summary" if known else "residents.summary.none",
        evidence=evidence,
    )


def _line(
    name: str,
    status: str,
    figures: Mapping[str, FigureJson],
    sentence: str,
    params: Mapping[str, Any] | None = None,
    side: str = "",
) -> Line:
    evidence = sorted_evidence(*(one["evidence"] for one in figures.values()))
    return Line(
        id=f"E7.{name}" + (f".{side}" if side else ""),
        step="E7",
        subject=subject("residents", name, label_of(f"residents.{name}.name")),
        status=status,
        figures=dict(figures),
        params=dict(params or {}),
        sentence=sentence,
        evidence=evidence or (f"counts/{name}",),
    )


def _awareness(ground: Ground) -> list[Line]:
    given = ground.inputs.counts.get("awareness") or {}
    percent = decimal(given.get("percent"))
    if percent is None:
        return [_line("awareness", "no_data", {}, "residents.awareness.no_data")]
    value = figure(
        percent, evidence=("counts/awareness",), formula="E7.awareness", unit="PC", digits=0
    )
    return [_line("awareness", "described", {"value": value}, "residents.awareness")]


def _questions(ground: Ground) -> list[Line]:
    """Return the share of questions answered within the days of the target."""
    given = ground.inputs.counts.get("questions") or {}
    received, in_time = given.get("received"), given.get("answered_in_time")
    if not received or in_time is None:
        return [_line("questions", "no_data", {}, "residents.questions.no_data")]
    where = ("counts/questions",)
    share = Decimal(int(in_time) * 100) / int(received)
    least = ground.parameters.number("answered_in_time_percent")
    status = "met" if share >= least else "not_met"
    figures = {
        "received": counted(int(received), evidence=where),
        "in_time": counted(int(in_time), evidence=where),
        "share": figure(share, evidence=where, formula="E7.answered", unit="PC", digits=0),
        "days": threshold(ground.parameters.whole("reply_days"), "reply_days", digits=0),
        "least": threshold(least, "answered_in_time_percent", digits=0, unit="PC"),
    }
    return [_line("questions", status, figures, "residents.questions")]


def _guides(ground: Ground) -> list[Line]:
    given = ground.inputs.counts.get("guides") or ground.inputs.counts.get("views") or {}
    views = given.get("views") if isinstance(given, Mapping) else given
    if views is None or views == {}:
        return [_line("guides", "no_data", {}, "residents.guides.no_data")]
    people = [population(ground, side) for side in sorted(ground.sides)]
    figures = {"count": counted(int(views), evidence=("counts/guides",))}
    if not people or any(one is None for one in people):
        return [_line("guides", "described", figures, "residents.guides.bare")]
    whole = sum((one[0] for one in people if one), Decimal(0))
    ids = sorted_evidence(*(one[1] for one in people if one))
    figures |= _per(ground, int(views), whole, ("counts/guides", *ids), ids)
    return [_line("guides", "described", figures, "residents.guides")]


def _per(
    ground: Ground, count: int, people: Decimal, evidence: tuple[str, ...], whose: tuple[str, ...]
) -> dict[str, FigureJson]:
    base = ground.parameters.whole("per_residents")
    rate = count * base / people
    # A rate of a few in a million would read as nought with two decimals.
    digits = 2 if rate >= 1 else 4
    return {
        "rate": figure(rate, evidence=evidence, formula="E7.rate", digits=digits),
        "base": threshold(base, "per_residents", digits=0),
        "people": figure(people, evidence=whose, formula="population", unit="PERS", digits=0),
    }


def _participations(ground: Ground) -> list[Line]:
    """Return the participations of each side in joint events, by their number of residents."""
    counts = ground.inputs.counts.get("participations") or _named_participants(ground)
    lines = []
    for side, area in sorted(ground.sides.items()):
        found = counts.get(side)
        name = {"who": {"code": ["areas", area]}}
        if not found:
            lines.append(
                _line(
                    "participations", "no_data", {}, "residents.participations.no_data", name, side
                )
            )
            continue
        count, where = (found, ("counts/participations",)) if isinstance(found, int) else found
        figures = {"count": counted(count, evidence=where)}
        people = population(ground, side)
        if people is None:
            sentence = "residents.participations.bare"
        else:
            figures |= _per(ground, count, people[0], (*where, *people[1]), people[1])
            sentence = "residents.participations"
        lines.append(_line("participations", "described", figures, sentence, name, side))
    return lines


def _named_participants(ground: Ground) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return side → participations that sources name in events with both sides."""
    found: dict[str, list[str]] = {}
    for event in ground.records("events"):
        rows = event.get("participants") or ()
        if event.get("status") == "held" and {"A", "B"} <= partner_sides(ground, rows):
            for row in rows:
                for side in partner_sides(ground, [row]):
                    found.setdefault(side, []).append(f"events/{event['id']}")
    return {side: (len(ids), sorted_evidence(ids)) for side, ids in found.items()}
