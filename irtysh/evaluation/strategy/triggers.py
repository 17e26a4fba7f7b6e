"""E10, what calls for a review: rules over this evaluation and the one before.

Every rule gives a line whether it fires or not, so that silence is never taken for assent. The
rules over registers and steps are here, those that compare with the evaluation before or read
results and claims in ``changes``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from irtysh.evaluation.strategy.changes import (
    alarm,
    claims,
    coverage_change,
    revision,
    structure,
    unlikely_target,
)
from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, threshold
from irtysh.evaluation.strategy.ground import Ground, Record, day_from, label
from irtysh.evaluation.strategy.indicator_trends import directions
from irtysh.evaluation.strategy.lights import GREY, LATE, needs_review
from irtysh.evaluation.strategy.outcome import TRIGGERED, Line, Step, sorted_evidence
from irtysh.evaluation.strategy.progress import rate
from irtysh.evaluation.strategy.risks import high_risks
from irtysh.evaluation.strategy.series import IMPLIED, PRINTED, TimeSeries, series_of
from irtysh.evaluation.strategy.signal import fired, quiet, unknown
from irtysh.evaluation.strategy.terms import ends_soon, is_over, months_on
from irtysh.vocabulary.errors import NothingToCompute

_ENDED = frozenset({"repealed", "replaced", "expired"})


def triggers(ground: Ground) -> Step:
    """Return a line or more for every rule."""
    lines = tuple(line for rule in RULES for line in rule(ground))
    counts = Counter(line.status for line in lines)
    evidence = sorted_evidence(line.id for line in lines)
    return Step(
        id="E10",
        status=TRIGGERED if counts[TRIGGERED] else "not_triggered",
        lines=lines,
        figures={
            "fired": counted(counts[TRIGGERED], evidence=evidence),
            "rules": counted(len(lines), evidence=evidence),
            "unknown": counted(counts["no_data"], evidence=evidence),
        },
        sentence="triggers.fired" if counts[TRIGGERED] else "triggers.none",
        evidence=evidence,
    )


def _moving_away(ground: Ground) -> list[Line]:
    """The headline indicator moved the wrong way in so many periods in a row."""
    kind = "headline_moving_away"
    wanted = ground.parameters.whole("moving_away_periods")
    name = str(ground.parameters.value("implied_indicator"))
    found = [
        one
        for one in series_of(ground, [name])
        if one.last.period.kind.value == "A"
        and one.kind in (IMPLIED, PRINTED)
        and one.flow == ground.headline.get("flow", one.flow)
    ]
    best = max(found, key=lambda one: len(one.values), default=None)
    if best is None or len(best.values) <= wanted:
        return [unknown(kind)]
    falls = directions(ground).get(name) == "down"
    signs = [_is_wrong_way(best, place, falls) for place in range(1, len(best.values))][-wanted:]
    evidence = sorted_evidence(*(one.evidence for one in best.values[-wanted - 1 :]))
    figures = {
        "wrong": counted(sum(signs), evidence=evidence),
        "periods": threshold(wanted, "moving_away_periods", digits=0),
    }
    until = best.last.period
    params = {"until": {"period": [until.kind.value, until.code]}}
    make = fired if all(signs) else quiet
    return [make(kind, figures=figures, params=params, evidence=evidence)]


def _is_wrong_way(series: TimeSeries, place: int, falls: bool) -> bool:
    """Return True if every admissible value moved the wrong way from the value before."""
    before, after = series.values[place - 1], series.values[place]
    try:
        found = rate(
            before.quantity, after.quantity, after.period.first_year - before.period.first_year
        ).quantity
    except NothingToCompute:
        return False
    return found.low > 0 if falls else found.high < 0


def _repealed_acts(ground: Ground) -> list[Line]:
    """An act that a programme not yet over rests on has ended."""
    kind = "base_act_repealed"
    lines = []
    seen: set[str] = set()
    looked: list[str] = []
    for programme in _open_programmes(ground):
        for row in programme.get("acts") or ():
            act = ground.record("acts", str(row.get("act")))
            if act is None or act["id"] in seen:
                continue
            seen.add(act["id"])
            looked.append(f"acts/{act['id']}")
            ended = act.get("status") in _ENDED or is_over(
                str(act.get("valid_to") or ""), ground.day
            )
            if ended:
                evidence = [f"acts/{act['id']}", f"programmes/{programme['id']}"]
                params = {"programme": {"text": label(programme)}}
                lines.append(
                    fired(kind, about=act["id"], named=label(act), params=params, evidence=evidence)
                )
    return lines or [
        quiet(
            kind,
            figures={"acts": counted(len(looked), evidence=looked or ("registers/acts",))},
            evidence=looked,
        )
    ]


def _open_programmes(ground: Ground) -> list[Record]:
    return [
        one
        for one in ground.records("programmes")
        if not is_over(str(one.get("valid_to") or ""), ground.day)
    ]


def _ending_programmes(ground: Ground) -> list[Line]:
    """A programme ends within the months that a successor takes."""
    kind = "programme_ends"
    months = ground.parameters.whole("expiring_months")
    figures = {"months": threshold(months, "expiring_months", digits=0)}
    lines = [
        fired(
            kind,
            about=one["id"],
            named=label(one),
            figures=figures,
            params={"until": {"day": str(one["valid_to"])}},
            evidence=[f"programmes/{one['id']}"],
        )
        for one in _open_programmes(ground)
        if ends_soon(str(one.get("valid_to") or ""), ground.day, months)
    ]
    looked = [f"programmes/{one['id']}" for one in _open_programmes(ground)]
    return lines or [quiet(kind, figures=figures, evidence=looked)]


def _measures_behind(ground: Ground) -> list[Line]:
    """So many measures are behind or silent, in all or in a programme."""
    kind = "measures_behind"
    limit = float(ground.parameters.lights["review_percent"])
    step = ground.done["E1"]
    by_id = {line.subject["id"]: line for line in step.lines if line.subject["kind"] == "measure"}
    groups: dict[str, list[str]] = {"": sorted(by_id)}
    for one in ground.records("measures"):
        groups.setdefault(str(one.get("programme", "")), []).append(one["id"])
    lines = []
    for programme, ids in sorted(groups.items()):
        states = [by_id[one].status for one in ids if one in by_id]
        if not states or (programme and not needs_review(states, limit)):
            continue
        evidence = [f"measures/{one}" for one in ids]
        bad = sum(state in (LATE, *GREY) for state in states)
        figures: dict[str, FigureJson] = {
            "bad": counted(bad, evidence=evidence),
            "measures": counted(len(states), evidence=evidence),
            "share": figure(
                100 * bad / len(states),
                evidence=evidence,
                formula="E10.behind",
                unit="PC",
                digits=0,
            ),
            "limit": threshold(limit, "review_percent", digits=0, unit="PC"),
        }
        named = label(ground.record("programmes", programme), programme) if programme else None
        make = fired if needs_review(states, limit) else quiet
        lines.append(make(kind, about=programme, named=named, figures=figures, evidence=evidence))
    return lines or [unknown(kind)]


def _too_few_data(ground: Ground) -> list[Line]:
    """K is below the gate."""
    step = ground.done["E0"]
    make = fired if step.status == "insufficient" else quiet
    figures = {"k": step.figures["k"], "gate": step.figures["gate"]}
    return [make("data_insufficient", figures=figures, evidence=step.evidence)]


def _new_risks(ground: Ground) -> list[Line]:
    """A high risk that the evaluation before did not have as high."""
    kind = "new_risk"
    before: Mapping[str, Mapping[str, object]] = ground.previous()
    high = high_risks(ground.done["E8"])
    lines = [
        fired(
            kind,
            about=line.subject["id"],
            named=_risk_name(line),
            figures={"score": line.figures.get("residual", line.figures["score"])},
            evidence=[line.id],
        )
        for line in high
        if before.get(line.id, {}).get("status") != "risk_high"
    ]
    where = [line.id for line in high] or ["registers/risks"]
    return lines or [
        quiet(kind, figures={"high": counted(len(high), evidence=where)}, evidence=where)
    ]


def _risk_name(line: Line) -> dict[str, str]:
    """Return the name of a risk, with its kind where the data raised it."""
    named = dict(line.subject["label"])
    kind = (line.params.get("kind") or {}).get("text") or {}
    return {
        language: f"{words} ({kind[language]})" if kind.get(language) else words
        for language, words in named.items()
    }


def _annual(ground: Ground) -> list[Line]:
    """A year has passed since the evaluation before."""
    kind = "annual_date"
    before = day_from((ground.inputs.before or {}).get("day"))
    if before is None:
        return [unknown(kind, sentence="first")]
    months = ground.parameters.whole("annual_months")
    again = months_on(before, months)
    is_due = (ground.day.year, ground.day.month, ground.day.day) >= (
        again.year,
        again.month,
        before.day,
    )
    make = fired if is_due else quiet
    return [
        make(
            kind,
            figures={"months": threshold(months, "annual_months", digits=0)},
            params={"before": {"day": before.isoformat()}},
            evidence=("evaluation/before",),
        )
    ]


RULES: tuple[Callable[[Ground], list[Line]], ...] = (
    _moving_away,
    _repealed_acts,
    _ending_programmes,
    _measures_behind,
    _too_few_data,
    _new_risks,
    _annual,
    claims,
    alarm,
    structure,
    coverage_change,
    revision,
    unlikely_target,
)
