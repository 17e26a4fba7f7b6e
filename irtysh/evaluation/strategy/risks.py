"""E8, risks: those of the register, and those that the data raise by themselves.

P × I of one to five each: 16 and more is high, 9 to 15 medium. The residual after the
countermeasure is what the band is given for; without a countermeasure it is the risk itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, counted
from irtysh.evaluation.strategy.ground import Ground, Record, label, subject
from irtysh.evaluation.strategy.lights import DONE
from irtysh.evaluation.strategy.measure_lights import due, light_of, term_of
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.terms import ends_soon
from irtysh.evaluation.strategy.together import one_sided_silence
from irtysh.evaluation.strategy.words import label_of

_ORDER = ("risk_high", "risk_medium", "risk_low", "unknown")
_CLOSED = frozenset({"closed"})
_BASE_KINDS = frozenset({"in_force", "signed", "adopted", "approved"})


def risks(ground: Ground) -> Step:
    """Return every open risk, worst first."""
    own = [
        _registered(ground, one)
        for one in ground.records("risks")
        if one.get("status") not in _CLOSED
    ]
    raised = [
        *_overdue_chains(ground),
        *_single_owners(ground),
        *_expiring_acts(ground),
        *_expiring_programmes(ground),
        *_silences(ground),
    ]
    lines = sorted([*own, *raised], key=lambda line: (_ORDER.index(line.status), line.id))
    counts = Counter(line.status for line in lines)
    evidence = sorted_evidence(line.id for line in lines) or ("registers/risks",)
    status = next((one for one in _ORDER if counts[one]), "no_data")
    return Step(
        id="E8",
        status=status,
        lines=tuple(lines),
        figures={
            **{name: counted(counts[name], evidence=evidence) for name in _ORDER},
            "registered": counted(len(own), evidence=evidence),
            "raised": counted(len(raised), evidence=evidence),
        },
        sentence="risks.summary" if lines else "risks.summary.none",
        evidence=evidence,
    )


def band(ground: Ground, score: int | None) -> str:
    """Return the band of a product of likelihood and impact; unknown where nobody rated it."""
    if score is None:
        return "unknown"
    if score >= ground.parameters.number("risk_high"):
        return "risk_high"
    return "risk_medium" if score >= ground.parameters.number("risk_medium") else "risk_low"


def _score(likelihood: Any, impact: Any) -> int | None:
    if likelihood in (None, "") or impact in (None, ""):
        return None
    return int(likelihood) * int(impact)


def _registered(ground: Ground, one: Record) -> Line:
    before = _score(one.get("likelihood"), one.get("impact"))
    after = _score(one.get("residual_likelihood"), one.get("residual_impact"))
    own = (f"risks/{one['id']}",)
    figures: dict[str, FigureJson] = {}
    for name, value in (
        ("likelihood", one.get("likelihood")),
        ("impact", one.get("impact")),
        ("score", before),
        ("residual", after),
    ):
        if value not in (None, ""):
            figures[name] = counted(int(value), evidence=own, formula="E8.score")
    status = band(ground, after if after is not None else before)
    params: dict[str, Any] = {"owner": {"text": _owner(ground, one)}}
    if one.get("due_on"):
        params["due"] = {"day": str(one["due_on"])}
    sentence = "risks.registered.unrated"
    if before is not None:
        sentence = "risks.registered.treated" if after is not None else "risks.registered"
    if not params["owner"]["text"]:
        params["owner"] = {"phrase": "risks.no_owner", "params": {}}
    params.setdefault("due", {"phrase": "risks.no_due", "params": {}})
    return Line(
        f"E8.risk.{one['id']}",
        "E8",
        subject("risk", one["id"], label(one)),
        status,
        figures,
        params,
        sentence,
        own,
    )


def _owner(ground: Ground, one: Record) -> dict[str, str]:
    record = ground.record("organisations", str(one.get("owner") or ""))
    if record:
        return label(record)
    named = one.get("owner_name")
    return dict(named) if isinstance(named, Mapping) else {}


def _raised(
    ground: Ground,
    kind: str,
    named: tuple[str, Mapping[str, str]],
    evidence: Iterable[str],
    params: Mapping[str, Any],
    figures: Mapping[str, FigureJson] | None = None,
) -> Line:
    """Return an automatic risk; its likelihood and impact are parameters."""
    likelihood, impact = (int(n) for n in ground.parameters.value("auto_risks")[kind])
    where = ("thresholds/auto_risks",)
    score = likelihood * impact
    about, words = named
    return Line(
        id=f"E8.auto.{kind}.{about}",
        step="E8",
        subject=subject("risk", f"{kind}.{about}", words),
        status=band(ground, score),
        figures={
            "likelihood": counted(likelihood, evidence=where, formula="threshold"),
            "impact": counted(impact, evidence=where, formula="threshold"),
            "score": counted(score, evidence=where, formula="E8.score"),
            **(figures or {}),
        },
        params={"kind": {"text": label_of(f"auto_risk.{kind}")}, **params},
        sentence=f"risks.auto.{kind}",
        evidence=sorted_evidence(evidence),
    )


def _overdue_chains(ground: Ground) -> list[Line]:
    """Raise a risk for an overdue measure that others wait for, with all that wait for it."""
    waiting: dict[str, set[str]] = {}
    measures = {one["id"]: one for one in ground.records("measures")}
    for one in measures.values():
        for row in one.get("depends_on") or ():
            waiting.setdefault(str(row.get("measure")), set()).add(one["id"])
    lines = []
    for measure_id, one in sorted(measures.items()):
        held = _behind(measure_id, waiting)
        is_late = due(one, ground.day) and light_of(ground, one).state != DONE
        if held and is_late:
            evidence = [f"measures/{name}" for name in (measure_id, *held)]
            end = term_of(one).end
            assert end is not None
            lines.append(
                _raised(
                    ground,
                    "overdue_chain",
                    (measure_id, label(one)),
                    evidence,
                    {"until": {"day": end.isoformat()}},
                    {"held": counted(len(held), evidence=evidence)},
                )
            )
    return lines


def _behind(start: str, waiting: Mapping[str, set[str]]) -> list[str]:
    seen: set[str] = set()
    ahead = list(waiting.get(start, ()))
    while ahead:
        one = ahead.pop()
        if one not in seen and one != start:
            seen.add(one)
            ahead += waiting.get(one, ())
    return sorted(seen)


def _single_owners(ground: Ground) -> list[Line]:
    """Raise a risk where all measures of a programme rest on one body."""
    least = ground.parameters.whole("single_owner_measures")
    by_programme: dict[str, list[Record]] = {}
    for one in ground.records("measures"):
        if light_of(ground, one).state != DONE:
            by_programme.setdefault(str(one.get("programme", "")), []).append(one)
    lines = []
    for programme, rows in sorted(by_programme.items()):
        bodies = [
            {str(row.get("organisation") or row.get("name")) for row in one.get("bodies") or ()}
            for one in rows
        ]
        shared = set.intersection(*bodies) if bodies else set()
        if len(rows) >= least and len(shared) == 1 and all(len(one) == 1 for one in bodies):
            body = next(iter(shared))
            evidence = [f"measures/{one['id']}" for one in rows]
            who = label(ground.record("organisations", body), body)
            record = ground.record("programmes", programme)
            lines.append(
                _raised(
                    ground,
                    "single_owner",
                    (programme, label(record, programme)),
                    evidence,
                    {"who": {"text": who}},
                    {"measures": counted(len(rows), evidence=evidence)},
                )
            )
    return lines


def _expiring_acts(ground: Ground) -> list[Line]:
    """Raise a risk for an act, not ended by its status, that soon ends by its date."""
    months = ground.parameters.whole("expiring_months")
    lines = []
    for one in ground.records("acts"):
        until = str(one.get("valid_to") or "")
        if one.get("status") in _BASE_KINDS and ends_soon(until, ground.day, months):
            lines.append(
                _raised(
                    ground,
                    "expiring_act",
                    (one["id"], label(one)),
                    [f"acts/{one['id']}"],
                    {"until": {"day": until}},
                )
            )
    return lines


def _expiring_programmes(ground: Ground) -> list[Line]:
    """Raise a risk for a programme that ends soon and that no other follows."""
    months = ground.parameters.whole("expiring_months")
    followed = {str(one.get("succeeds")) for one in ground.records("programmes")}
    lines = []
    for one in ground.records("programmes"):
        until = str(one.get("valid_to") or "")
        if one["id"] not in followed and ends_soon(until, ground.day, months):
            lines.append(
                _raised(
                    ground,
                    "expiring_programme",
                    (one["id"], label(one)),
                    [f"programmes/{one['id']}"],
                    {"until": {"day": until}},
                )
            )
    return lines


def _silences(ground: Ground) -> list[Line]:
    """Raise a risk for a measure on which one side only has ever spoken."""
    return [
        _raised(
            ground,
            "one_sided_silence",
            (one["id"], label(one)),
            [f"measures/{one['id']}"],
            {"silent": {"code": ["areas", ground.sides.get(side, side)]}},
        )
        for one, side in one_sided_silence(ground)
    ]


def high_risks(step: Step) -> list[Line]:
    """Return the lines of high risks."""
    return [line for line in step.lines if line.status == "risk_high"]
