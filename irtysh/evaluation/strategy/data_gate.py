"""E0, the data gate: the quality of every value, and the coverage K.

K = Σw·[fresh and C or better] / Σw over what an evaluation has to know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, threshold
from irtysh.evaluation.strategy.ground import Ground, Record, day_until, decimal, label, subject
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.quality import GRADES, Quality, Rules, end_of, is_fresh, quality
from irtysh.indicators.results import Result
from irtysh.vocabulary.observation import Observation, Status

_DAYS = (
    "checked_on",
    "status_as_of",
    "registered_on",
    "published_on",
    "set_on",
    "accessed_on",
    "start",
    "end",
    "date",
)


def data_gate(ground: Ground) -> Step:
    """Return the coverage of every dataset, of every need, and of all."""
    rules = Rules.of(ground)
    known = [one for one in ground.observations if one.status is not Status.TARGET]
    grades = {one.id: quality(one, rules) for one in known}
    needs = [_need(ground, need, grades) for need in ground.parameters.value("needs")]
    datasets = _datasets(ground, known, grades)
    gate = ground.parameters.number("coverage_gate")
    weights = [
        decimal(need.get("weight", 1)) or Decimal(0) for need in ground.parameters.value("needs")
    ]
    fed = sum(
        (
            weight
            for weight, line in zip(weights, needs, strict=True)
            if line.status == "sufficient"
        ),
        Decimal(0),
    )
    whole = sum(weights, Decimal(0))
    k = fed / whole if whole else Decimal(0)
    evidence = sorted_evidence(line.id for line in needs)
    figures = {
        "k": figure(k, evidence=evidence, formula="E0.K"),
        "gate": threshold(gate, "coverage_gate"),
        "fed": counted(sum(one.status == "sufficient" for one in needs), evidence=evidence),
        "needed": counted(len(needs), evidence=("thresholds/needs",)),
        **_grade_counts(grades.values(), sorted_evidence(line.id for line in datasets)),
    }
    return Step(
        id="E0",
        status="sufficient" if k >= gate else "insufficient",
        lines=(*needs, *datasets),
        figures=figures,
        sentence="gate.sufficient" if k >= gate else "gate.insufficient",
        evidence=evidence,
    )


def coverage(step: Step) -> Decimal:
    """Return K of the data gate."""
    return Decimal(str(step.figures["k"]["point"]))


def _grade_counts(found: Iterable[Quality], evidence: Iterable[str]) -> dict[str, FigureJson]:
    counts = Counter(one.grade for one in found)
    where = tuple(evidence) or ("observations",)
    return {f"grade_{one.lower()}": counted(counts[one], evidence=where) for one in GRADES}


def _datasets(
    ground: Ground, known: Iterable[Observation], grades: Mapping[str, Quality]
) -> list[Line]:
    """Return a line a dataset: the share of its series whose latest value is fresh and usable."""
    months = ground.parameters.whole("fresh_months")
    series: dict[str, dict[tuple[str, ...], list[Observation]]] = {}
    for one in known:
        end = end_of(one.period, ground.day)
        if end is None or end <= ground.day:
            series.setdefault(one.dataflow, {}).setdefault(one.series, []).append(one)
    lines = []
    for dataflow, rows in sorted(series.items()):
        every = [one for values in rows.values() for one in values]
        fed = sum(
            any(
                grades[one.id].is_usable
                and is_fresh(end_of(one.period, ground.day), ground.day, months)
                for one in values
            )
            for values in rows.values()
        )
        k = Decimal(fed) / len(rows)
        evidence = sorted_evidence(one.id for one in every)
        enough = k >= ground.parameters.number("coverage_gate")
        lines.append(
            Line(
                id=f"E0.dataset.{dataflow}",
                step="E0",
                subject=subject(
                    "dataset", dataflow, label(ground.record("datasets", dataflow), dataflow)
                ),
                status="sufficient" if enough else "insufficient",
                figures={
                    "k": figure(k, evidence=evidence, formula="E0.K"),
                    "series": counted(len(rows), evidence=evidence),
                    "fed": counted(fed, evidence=evidence),
                    "values": counted(len(every), evidence=evidence),
                    "months": _fresh(ground),
                    **_grade_counts((grades[one.id] for one in every), evidence),
                },
                sentence="gate.dataset",
                evidence=evidence,
            )
        )
    return lines


def _fresh(ground: Ground) -> FigureJson:
    return threshold(ground.parameters.whole("fresh_months"), "fresh_months", digits=0)


@dataclass(frozen=True, slots=True)
class _Fed:
    """What feeds a need: ids, the latest day they speak of, and whether one is usable."""

    evidence: tuple[str, ...]
    latest: date | None
    usable: bool


def _need(ground: Ground, need: Record, grades: Mapping[str, Quality]) -> Line:
    """Return the line of one thing that an evaluation has to know."""
    fed = _feeding(ground, need, grades)
    months = ground.parameters.whole("fresh_months")
    if not fed.evidence:
        status, sentence = "no_data", "gate.need.no_data"
    elif not fed.usable:
        status = "insufficient"
        sentence = "gate.need.undated" if "register" in need else "gate.need.poor"
    elif is_fresh(fed.latest, ground.day, months):
        status, sentence = "sufficient", "gate.need.fresh"
    else:
        status, sentence = "insufficient", "gate.need.stale"
    params: dict[str, Any] = {}
    if fed.latest is not None:
        params["latest"] = {"day": fed.latest.isoformat()}
    evidence = fed.evidence or (_where(need),)
    return Line(
        id=f"E0.need.{need['id']}",
        step="E0",
        subject=subject("need", need["id"], need["what"]),
        status=status,
        figures={"found": counted(len(fed.evidence), evidence=evidence), "months": _fresh(ground)},
        params=params,
        sentence=sentence,
        evidence=evidence,
    )


def _where(need: Record) -> str:
    """Return where one looked and found nothing."""
    if "register" in need:
        return f"registers/{need['register']}"
    return f"thresholds/needs.{need['id']}"


def _feeding(ground: Ground, need: Record, grades: Mapping[str, Quality]) -> _Fed:
    if "results" in need or "mirror" in need:
        return _of_results(_results_for(ground, need), grades)
    if "observations" in need:
        wanted = need["observations"]
        found = [
            one
            for one in ground.observations
            if one.id in grades
            and one.matches(wanted)
            and ground.is_pair(one.ref_area, one.counterpart_area)
        ]
        return _of_observations(found, grades, ground.day)
    if "register" in need:
        return _of_records(ground, need["register"])
    if need.get("reports"):
        rows = [one for one in ground.inputs.reports if one.get("state") == "confirmed"]
        ids = sorted_evidence(f"measures/{one['measure']}" for one in rows)
        return _Fed(ids, _latest(day_until(one.get("period_end")) for one in rows), bool(rows))
    if need.get("spending"):
        spent = [one for one in ground.records("measures") if one.get("spending")]
        ids = sorted_evidence(f"measures/{one['id']}" for one in spent)
        return _Fed(ids, ground.day if spent else None, bool(spent))
    name = need.get("counts", "")
    if ground.inputs.counts.get(name):
        return _Fed((f"counts/{name}",), ground.day, True)
    return _Fed((), None, False)


def _results_for(ground: Ground, need: Record) -> list[Result]:
    if "mirror" in need:
        other = ground.headline.get("counterpart_area")
        return [
            one
            for one in ground.results
            if one.indicator in need["mirror"]
            and one.area == other
            and ground.is_pair(one.area, one.counterpart)
        ]
    return [
        one
        for one in ground.results
        if one.indicator in need["results"]
        and (ground.is_pair(one.area, one.counterpart) or one.counterpart in ("", "_Z"))
        and (one.figure.point is not None or one.figure.low is not None)
    ]


def _of_results(found: Iterable[Result], grades: Mapping[str, Quality]) -> _Fed:
    """Return what results rest on; a result is as good as the worst value behind it."""
    ids: set[str] = set()
    days: list[date | None] = []
    usable = False
    for one in found:
        good = all(grades[ident].is_usable for ident in one.figure.evidence if ident in grades)
        ids.update(one.figure.evidence)
        if good:
            days.append(one.period.end)
            usable = True
    return _Fed(sorted_evidence(ids), _latest(days), usable)


def _of_observations(
    found: Iterable[Observation], grades: Mapping[str, Quality], day: date
) -> _Fed:
    rows = list(found)
    usable = [one for one in rows if grades[one.id].is_usable]
    latest = _latest(end_of(one.period, day) for one in usable)
    return _Fed(sorted_evidence(one.id for one in rows), latest, bool(usable))


def _of_records(ground: Ground, register: str) -> _Fed:
    rows = ground.records(register)
    days = [day_until(row.get(name)) for row in rows for name in _DAYS]
    known = [one for one in days if one is not None and one <= ground.day]
    ids = sorted_evidence(f"{register}/{row['id']}" for row in rows)
    return _Fed(ids, _latest(known), bool(known))


def _latest(days: Iterable[date | None]) -> date | None:
    return max((one for one in days if one is not None), default=None)
