"""E10, rules that compare with the evaluation before, or read results and claims."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.data_gate import coverage
from irtysh.evaluation.strategy.figures import counted, figure, number, of_quantity, threshold
from irtysh.evaluation.strategy.ground import Ground, slug
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.signal import fired, quiet, unknown
from irtysh.indicators.results import Result
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.text import LANGUAGES

FALSE_VERDICTS = frozenset({"CONTRADICTED", "INCONSISTENT"})
ALARM = "ALARM"
"""Flag of a result whose control chart has left its limits."""


def claims(ground: Ground) -> list[Line]:
    """A claim is contradicted now that was not in the evaluation before.

    The first evaluation lists what stands contradicted and calls nothing new.
    """
    kind = "claim_contradicted"
    if not ground.inputs.claims:
        return [unknown(kind)]
    standing = sorted(
        {
            str(one["claim"])
            for one in ground.inputs.claims
            if str(one.get("verdict", "")).upper() in FALSE_VERDICTS
        }
    )
    evidence = [f"claims/{one}" for one in standing] or ["registers/claims"]
    figures = {"standing": counted(len(standing), evidence=evidence)}
    summary = {"standing_ids": standing}
    before = _standing_before(ground)
    if before is None:
        return [unknown(kind, "first", figures=figures, params=summary, evidence=evidence)]
    new = [one for one in standing if one not in before]
    lines = [
        fired(kind, about=slug(one), named=_text_of(ground, one), evidence=[f"claims/{one}"])
        for one in new
    ]
    figures["new"] = counted(len(new), evidence=evidence)
    make = fired if new else quiet
    return [make(kind, figures=figures, params=summary, evidence=evidence), *lines]


def _text_of(ground: Ground, claim: str) -> dict[str, str]:
    """Return what a claim says, from its record, else its judgement, else its id."""
    record = ground.record("claims", claim) or {}
    if isinstance(record.get("text"), Mapping):
        return {language: str(words) for language, words in record["text"].items()}
    for one in ground.inputs.claims:
        if one.get("claim") == claim and isinstance(one.get("said"), Mapping):
            return {
                language: str(words.get("title", claim)) for language, words in one["said"].items()
            }
    return dict.fromkeys(LANGUAGES, claim)


def _standing_before(ground: Ground) -> set[str] | None:
    line = ground.previous().get("E10.claim_contradicted")
    if line is None or "standing_ids" not in line["params"]:
        return None
    return set(line["params"]["standing_ids"])


def alarm(ground: Ground) -> list[Line]:
    """A control chart has left its limits at the latest value of its series."""
    kind = "cusum_alarm"
    latest: dict[tuple[str, ...], Result] = {}
    charts = {one.indicator for one in ground.results if ALARM in one.figure.flags}
    watched = charts | {
        one.indicator for one in ground.results if one.indicator.startswith("alarm-")
    }
    for one in ground.results:
        if one.indicator not in watched or not one.period.is_known:
            continue
        key: tuple[str, ...] = (
            one.indicator,
            one.dataflow,
            one.area,
            one.counterpart,
            one.flow,
            one.group,
        )
        if key not in latest or one.period > latest[key].period:
            latest[key] = one
    if not latest:
        return [unknown(kind)]
    lines = []
    for key, one in sorted(latest.items()):
        if ALARM in one.figure.flags:
            names = [*key[1:]]
            period = [one.period.kind.value, one.period.code]
            lines.append(
                fired(
                    kind,
                    about="-".join(part for part in names if part),
                    params={
                        "when": {"period": period},
                        "about": {"code": ["areas", one.counterpart]},
                        "flow": {"code": ["flows", one.flow]},
                    },
                    named=None,
                    evidence=one.figure.evidence,
                )
            )
    evidence = sorted_evidence(*(one.figure.evidence for one in latest.values()))
    figures = {"series": counted(len(latest), evidence=evidence)}
    return lines or [quiet(kind, figures=figures, evidence=evidence)]


def structure(ground: Ground) -> list[Line]:
    """Ryabtsev's index between the last two known years is above its limit."""
    kind = "structure_shift"
    found = [
        one
        for one in ground.results
        if one.indicator == "structure-ryabtsev"
        and one.base_period is not None
        and one.period.kind.value == "A"
        and ground.is_pair(one.area, one.counterpart)
        and one.figure.interval is not None
    ]
    if not found:
        return [unknown(kind)]
    last = max(found, key=lambda one: (one.period, one.base_period, str(one.figure.point)))
    assert last.base_period is not None and last.figure.interval is not None
    limit = ground.parameters.number("ryabtsev_shift")
    value = Quantity(last.figure.point, last.figure.interval)
    evidence = last.figure.evidence
    figures = {
        "value": of_quantity(
            value,
            evidence=evidence,
            formula=last.figure.formula,
            digits=3,
            coverage=last.figure.coverage,
            flags=last.figure.flags,
        ),
        "limit": threshold(limit, "ryabtsev_shift"),
        "years": counted(last.period.first_year - last.base_period.first_year, evidence=evidence),
    }
    params = {
        "when": {"period": [last.period.kind.value, last.period.code]},
        "since": {"period": [last.base_period.kind.value, last.base_period.code]},
    }
    if value.low > limit:
        return [fired(kind, figures=figures, params=params, evidence=evidence)]
    if value.high > limit:
        return [unknown(kind, "open", figures=figures, params=params, evidence=evidence)]
    return [quiet(kind, figures=figures, params=params, evidence=evidence)]


def coverage_change(ground: Ground) -> list[Line]:
    """K changed by more percentage points than allowed."""
    kind = "coverage_change"
    before = _k_before(ground)
    if before is None:
        return [unknown(kind, "first")]
    step = ground.done["E0"]
    limit = ground.parameters.number("coverage_shift_pp")
    change = 100 * (coverage(step) - before)
    where = (*step.evidence, "evaluation/before")
    figures = {
        "k": step.figures["k"],
        "k_before": figure(before, evidence=("evaluation/before",), formula="E0.K"),
        "change": figure(
            change, evidence=where, formula="E10.coverage", unit="PP", digits=0, signed=True
        ),
        "limit": threshold(limit, "coverage_shift_pp", digits=0, unit="PP"),
    }
    make = fired if abs(change) > limit else quiet
    return [make(kind, figures=figures, evidence=where)]


def _k_before(ground: Ground) -> Decimal | None:
    for step in (ground.inputs.before or {}).get("steps", ()):
        if step["id"] == "E0":
            return number(step["figures"]["k"]["point"])
    return None


def revision(ground: Ground) -> list[Line]:
    """A figure of the same period differs from the one of the evaluation before."""
    kind = "data_revision"
    before = ground.previous()
    if not before:
        return [unknown(kind, "first")]
    limit = ground.parameters.number("revision_percent")
    found: list[tuple[Decimal, str, Any, Any, Any]] = []
    same = 0
    for line in ground.done["E2"].lines:
        old = before.get(line.id)
        if old is None or "series" not in line.params:
            continue
        for name, when in (("first", "base"), ("last", "end")):
            if line.params[when] != old["params"].get(when):
                continue
            new_value = number(line.figures[name]["point"])
            old_value = number(old["figures"][name]["point"])
            same += 1
            if new_value is not None and old_value:
                change = 100 * (new_value / old_value - 1)
                if abs(change) > limit:
                    found.append((abs(change), line.id, line, name, change))
    where = ("evaluation/before",)
    if not found:
        return [
            quiet(
                kind,
                figures={
                    "compared": counted(same, evidence=where),
                    "limit": threshold(limit, "revision_percent", digits=0, unit="PC"),
                },
                evidence=where,
            )
        ]
    return [_revised(limit, found)]


def _revised(limit: Decimal, found: list[tuple[Decimal, str, Any, Any, Any]]) -> Line:
    """Return the line of the largest revision, with how many there are."""
    _, line_id, line, name, change = max(found, key=lambda row: (row[0], row[1]))
    evidence = sorted_evidence([line_id, "evaluation/before"], line.figures[name]["evidence"])
    revised = {row[1] for row in found}
    return fired(
        "data_revision",
        figures={
            "change": figure(
                change, evidence=evidence, formula="E10.revision", unit="PC", digits=1, signed=True
            ),
            "value": line.figures[name],
            "limit": threshold(limit, "revision_percent", digits=0, unit="PC"),
            "lines": counted(len(revised), evidence=sorted_evidence(revised)),
        },
        params={
            "what": {"text": line.subject["label"]},
            "when": line.params["base" if name == "first" else "end"],
        },
        evidence=evidence,
    )


def unlikely_target(ground: Ground) -> list[Line]:
    """The probability of reaching a target, where a forecast gives one, is below its limit."""
    kind = "target_unlikely"
    limit = ground.parameters.number("target_probability")
    found = [
        one
        for one in ground.results
        if one.indicator == "target-probability" and one.figure.high is not None
    ]
    if not found:
        return [unknown(kind)]
    least = min(found, key=lambda one: (one.figure.high, one.group, one.period))
    assert least.figure.high is not None
    value = figure(
        least.figure.point,
        least.figure.low,
        least.figure.high,
        evidence=least.figure.evidence,
        formula=least.figure.formula,
    )
    figures = {"p": value, "limit": threshold(limit, "target_probability")}
    make = fired if least.figure.high < limit else quiet
    return [make(kind, figures=figures, evidence=least.figure.evidence)]
