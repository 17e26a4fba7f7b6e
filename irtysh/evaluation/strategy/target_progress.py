"""E2, targets: achievement A, and R = observed / required rate from every eligible base.

A target without unit, value, date or base is *unmeasurable*; that is counted and shown, for it is
often the main finding (methods 7.1). A target is never called missed for want of a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import FigureJson, counted, of_quantity, threshold
from irtysh.evaluation.strategy.ground import Ground, Record, day_until, decimal, label, subject
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.progress import Classes, achievement, classify, progress, touched
from irtysh.evaluation.strategy.series import series_of
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import Interval

_NEEDED = ("unit", "target", "target_period", "baseline", "baseline_period")


@dataclass(frozen=True, slots=True)
class Stand:
    """A value of a target's quantity in a year.

    Attributes
    ----------
    year : int
    period : str
        As stated.
    quantity : Quantity
    evidence : tuple of str
    is_fact : bool
        False for the baseline.
    """

    year: int
    period: str
    quantity: Quantity
    evidence: tuple[str, ...]
    is_fact: bool


def ratio_classes(ground: Ground) -> Classes:
    """Return the classes of R, best first."""
    return tuple(
        (code, ground.parameters.number(f"ratio_{code}"))
        for code in ("on_track", "moderate", "limited")
    )


def target_lines(ground: Ground) -> list[Line]:
    """Return the lines of every target."""
    return [line for target in ground.records("targets") for line in _lines(ground, target)]


def stands(ground: Ground, target: Record) -> list[Stand]:
    """Return the baseline and the facts known on the day, in time; a year has one value."""
    own = (f"targets/{target['id']}",)
    found: dict[int, Stand] = {}
    base, when = decimal(target.get("baseline")), day_until(target.get("baseline_period"))
    if base is not None and when is not None and when <= ground.day:
        stated = str(target["baseline_period"])
        found[when.year] = Stand(when.year, stated, _rounded(base), own, False)
    for row in (*_of_indicator(ground, target), *_facts(ground, target, own)):
        found[row.year] = row
    return [found[year] for year in sorted(found)]


def _facts(ground: Ground, target: Record, own: tuple[str, ...]) -> Iterable[Stand]:
    for row in target.get("facts") or ():
        value, when = decimal(row.get("value")), day_until(row.get("period"))
        if value is not None and when is not None and when <= ground.day:
            yield Stand(when.year, str(row["period"]), _rounded(value), own, True)


def _of_indicator(ground: Ground, target: Record) -> Iterable[Stand]:
    """Yield the yearly values of the indicator that a target names."""
    indicator = str(target.get("indicator") or "")
    if not indicator:
        return
    for one in series_of(ground, [indicator]):
        for value in one.values:
            if value.period.kind.value == "A":
                yield Stand(
                    value.period.first_year, value.period.code, value.quantity, value.evidence, True
                )


def achieved(ground: Ground, target: Record) -> Quantity | None:
    """Return A of a target by its latest fact; None where there is none to compare."""
    plan = decimal(target.get("target"))
    facts = [one for one in stands(ground, target) if one.is_fact]
    if plan is None or not facts:
        return None
    try:
        return achievement(facts[-1].quantity, Quantity.exactly(plan), str(target["direction"]))
    except NothingToCompute:
        return None


def _rounded(value: Decimal) -> Quantity:
    return Quantity(value, Interval.from_rounded(value))


def _lines(ground: Ground, target: Record) -> list[Line]:
    own = f"targets/{target['id']}"
    known = stands(ground, target)
    whole = Line(
        id=f"E2.target.{target['id']}",
        step="E2",
        subject=subject("target", target["id"], label(target)),
        status="no_target",
        figures=_plan_figures(ground, target, own),
        params={"programme": label(ground.record("programmes", str(target.get("programme"))))},
        sentence="target.no_target",
        evidence=sorted_evidence((own,), *(one.evidence for one in known)),
    )
    whole = replace(whole, params={"programme": {"text": whole.params["programme"]}})
    if decimal(target.get("target")) is None:
        return [whole]
    deadline = day_until(target.get("target_period"))
    if deadline is not None:
        whole.params["deadline"] = _stated(target["target_period"])
    facts = [one for one in known if one.is_fact]
    if deadline is not None and deadline <= ground.day:
        return [_at_deadline(target, whole, facts, deadline)]
    lacking = _lacking(target, known)
    if lacking:
        listed = [{"phrase": f"lacking.{name}", "params": {}} for name in lacking]
        whole.params["lacking"] = {"list": listed}
        return [replace(whole, status="unmeasurable", sentence="target.unmeasurable")]
    assert deadline is not None
    return _from_bases(ground, target, whole, known, deadline)


def _lacking(target: Record, known: list[Stand]) -> list[str]:
    """Return what a target needs to be measured and does not have; a fact can be a base."""
    found = [name for name in _NEEDED[:3] if target.get(name) in (None, "")]
    if not known:
        found += [name for name in _NEEDED[3:] if target.get(name) in (None, "")] or ["fact"]
    elif not any(one.is_fact for one in known):
        found.append("fact")
    return found


def _plan_figures(ground: Ground, target: Record, own: str) -> dict[str, FigureJson]:
    """Return plan, latest fact and A as far as they are known."""
    unit = str(target.get("unit") or "_Z")
    found: dict[str, FigureJson] = {}
    plan = decimal(target.get("target"))
    if plan is not None:
        found["plan"] = _amount(Quantity.exactly(plan), (own,), unit)
    facts = [one for one in stands(ground, target) if one.is_fact]
    if facts:
        found["fact"] = _amount(facts[-1].quantity, facts[-1].evidence, unit)
    share = achieved(ground, target)
    if share is not None:
        evidence = sorted_evidence((own,), facts[-1].evidence)
        found["a"] = of_quantity(share, evidence=evidence, formula="E2.A")
    return found


def _amount(quantity: Quantity, evidence: Iterable[str], unit: str) -> FigureJson:
    point = quantity.point
    digits = max(0, -int(point.normalize().as_tuple().exponent)) if point is not None else 1
    return of_quantity(
        quantity, evidence=evidence, formula="stated", unit=unit, digits=min(digits, 3)
    )


def _stated(text: Any) -> dict[str, str]:
    return {"day": str(text)}


def _at_deadline(target: Record, whole: Line, facts: list[Stand], deadline: date) -> Line:
    """Return whether a target was met; only a figure of its own year can tell."""
    at = [one for one in facts if one.year == deadline.year]
    if not at:
        return replace(whole, status="no_data", sentence="target.no_fact")
    plan = Decimal(str(target["target"]))
    fact = at[-1].quantity.interval
    falls = str(target["direction"]) == "down"
    is_met = fact.high <= plan if falls else fact.low >= plan
    is_missed = (
        fact.low > plan if falls else fact.high < plan or (fact.high == plan and fact.high_open)
    )
    # A fact printed as the plan itself meets it: the plan was no finer.
    is_met = is_met or at[-1].quantity.point == plan
    if is_met:
        return replace(whole, status="reached", sentence="target.reached")
    if is_missed:
        return replace(whole, status="missed", sentence="target.missed")
    return replace(whole, status="cannot_be_judged", sentence="target.open_at_deadline")


def _from_bases(
    ground: Ground, target: Record, whole: Line, known: list[Stand], deadline: date
) -> list[Line]:
    """Return a line a base before the latest fact, and one that holds them together."""
    last = max((one for one in known if one.is_fact), key=lambda one: one.year)
    bases = [one for one in known if one.year < last.year]
    if not bases:
        return [replace(whole, status="not_applicable", sentence="target.one_point")]
    rows = [_from_base(ground, target, whole, base, last, deadline) for base in bases]
    counts = Counter(line.status for line in rows)
    judged = {code for code in counts if code in ("on_track", "moderate", "limited", "moving_away")}
    evidence = sorted_evidence(line.id for line in rows)
    status = rows[0].status if len(counts) == 1 else "bases_disagree"
    together = replace(
        whole,
        status=status,
        sentence="target.bases" if len(judged) > 1 or status == "bases_disagree" else "target.rate",
        figures={
            **rows[0].figures,
            **{
                code: counted(counts[code], evidence=evidence)
                for code in ("on_track", "moderate", "limited", "moving_away")
            },
            "bases": counted(len(rows), evidence=evidence),
        },
        params=rows[0].params,
        evidence=sorted_evidence(whole.evidence, evidence),
    )
    if together.sentence == "target.rate" and "ratio" not in together.figures:
        together = replace(together, sentence=rows[0].sentence)
    return [together, *rows]


def _from_base(
    ground: Ground, target: Record, whole: Line, base: Stand, last: Stand, deadline: date
) -> Line:
    unit = str(target.get("unit") or "_Z")
    evidence = sorted_evidence(whole.evidence, base.evidence, last.evidence)
    line = replace(
        whole,
        id=f"{whole.id}.from.{base.period.replace('/', '_')}",
        status="not_applicable",
        sentence="target.not_applicable",
        figures={**whole.figures, "base": _amount(base.quantity, base.evidence, unit)},
        params={
            **whole.params,
            "base_period": _stated(base.period),
            "fact_period": _stated(last.period),
        },
        evidence=evidence,
    )
    plan = Quantity.exactly(Decimal(str(target["target"])))
    try:
        observed, required, r = progress(
            base.quantity, last.quantity, plan, last.year - base.year, deadline.year - base.year
        )
    except NothingToCompute:
        return line
    classes = ratio_classes(ground)
    status = classify(r.interval, classes)
    rest: dict[str, Any] = {"evidence": evidence, "unit": "PC", "signed": True}
    line.figures.update(
        observed=of_quantity(observed.quantity, formula=f"E2.{observed.kind}", **rest),
        required=of_quantity(required.quantity, formula=f"E2.{required.kind}", **rest),
        ratio=of_quantity(r, evidence=evidence, formula="E2.R"),
    )
    line.figures.update(
        {f"least_{code}": threshold(least, f"ratio_{code}") for code, least in classes}
    )
    if status is None:
        listed = [{"code": ["evaluation_statuses", code]} for code in touched(r.interval, classes)]
        params = {**line.params, "between": {"list": listed}}
        return replace(line, status="cannot_be_judged", sentence="target.open", params=params)
    return replace(line, status=status, sentence="target.rate")
