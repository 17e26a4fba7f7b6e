"""One binding of a claim, evaluated: evidence against what the wording admits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from irtysh.evaluation.claims.acceptance import (
    DIRECTED,
    NUMERIC,
    TRUE,
    Accepted,
    accepted,
    directed,
    place,
)
from irtysh.evaluation.claims.choices import judge_choice
from irtysh.evaluation.claims.claim import Binding, Claim
from irtysh.evaluation.claims.judgement import Margin, Reading
from irtysh.evaluation.claims.traditions import judge_tradition
from irtysh.evaluation.claims.verdicts import SUPPORTING, Verdict, compare
from irtysh.evaluation.expressions import (
    DimensionFault,
    Evidence,
    Expression,
    ExpressionFault,
    Missing,
    World,
    evaluate,
    parse,
)
from irtysh.evaluation.expressions.evidence import OPEN, STRUCTURAL
from irtysh.evaluation.expressions.parser import category
from irtysh.evaluation.expressions.units import converted
from irtysh.evaluation.expressions.world import Own
from irtysh.vocabulary.interval import Interval

HUNDRED = Decimal(100)
_EXTREMES = frozenset({"argmax", "argmin"})
_DEFAULT_UNITS = {"share": "PC", "change": "PC", "rank": "PLACE", "count": "NUM"}
_TIMELESS = frozenset({"LENGTH", "AREA"})
UNDATED = "?"
_read = lru_cache(maxsize=16384)(parse)


def read(claim: Claim, binding: Binding, world: World, own: Own) -> Reading:
    """Return a binding evaluated; a fault of the expression is told in the reading."""
    try:
        expression = _read(binding.expression)
        found = _judged(claim, expression, world, own)
    except DimensionFault as fault:
        found = _faulty(fault, Verdict.ILL_FORMED, "dimension")
    except ExpressionFault as fault:
        found = _faulty(fault, Verdict.NOT_CHECKABLE, "expression")
    if found.evidence.is_known and _is_undated(found.evidence):
        gap = Missing("period", binding.expression)
        told = replace(found.evidence, missing=(*found.evidence.missing, gap))
        found = replace(
            found, verdict=Verdict.NOT_CHECKABLE, reason="period", evidence=told, margin=None
        )
    if claim.kind == "causal" and found.verdict in SUPPORTING:
        found = replace(found, verdict=Verdict.INDETERMINATE, reason="cause")
    return replace(
        found,
        expression=binding.expression,
        words=binding.reading,
        probability=binding.probability,
    )


def _is_undated(evidence: Evidence) -> bool:
    """Tell whether a figure without a period decides: nobody says that it is of the same time.

    Lengths and areas do not change with the years.
    """
    return any(
        leaf.period == UNDATED and dict(leaf.dimensions).get("measure") not in _TIMELESS
        for leaf in evidence.leaves
    )


def _judged(claim: Claim, expression: Expression, world: World, own: Own) -> Reading:
    gives = category(expression.root)
    if gives == "choice" or claim.operator in _EXTREMES:
        found = judge_choice(claim, expression, world, own)
        if found is not None:
            return found
    if claim.hedge == "traditionally":
        return judge_tradition(claim, expression, world, own, _measured)
    return _measured(claim, expression, evaluate(expression, world, own))


def _measured(claim: Claim, expression: Expression, evidence: Evidence) -> Reading:
    """Judge a value or a truth value."""
    blank = Reading(expression.text, {}, evidence, None, None, Verdict.NOT_CHECKABLE)
    if evidence.interval is None:
        reason = evidence.missing[0].kind if evidence.missing else "data"
        return replace(blank, reason=reason)
    if evidence.gives == "truth":
        return _truth(blank, evidence)
    sets = _sets(claim, evidence)
    if isinstance(sets, str):
        is_dimension = sets == "dimension"
        verdict = Verdict.ILL_FORMED if is_dimension else Verdict.NOT_CHECKABLE
        return replace(blank, verdict=verdict, reason=sets)
    verdict = compare(evidence.interval, sets, evidence.kind)
    unclear = verdict in (Verdict.INDETERMINATE, Verdict.WITHIN_ROUNDING)
    return replace(
        blank,
        literal=sets.literal,
        usual=sets.usual,
        verdict=verdict,
        reason=evidence.kind if unclear else "",
        margin=_margin(claim, evidence),
    )


def _truth(blank: Reading, evidence: Evidence) -> Reading:
    assert evidence.interval is not None
    sets = replace(blank, literal=TRUE.literal, usual=TRUE.usual)
    if evidence.interval == OPEN and evidence.missing:
        return replace(sets, reason=evidence.missing[0].kind)
    verdict = compare(evidence.interval, TRUE, STRUCTURAL)
    reason = evidence.kind if verdict is Verdict.INDETERMINATE else ""
    return replace(sets, verdict=verdict, reason=reason)


def _sets(claim: Claim, evidence: Evidence) -> Accepted | str:
    """Return the acceptance sets in the unit of the evidence, or the reason why there are none."""
    if claim.operator in DIRECTED:
        return directed(claim.operator, evidence.unit)
    value, step = claim.value, claim.step
    if value is None or step is None:
        return "number"
    unit = claim.unit or _DEFAULT_UNITS.get(claim.kind, "")
    factor = converted(evidence.unit, unit)
    if not unit and factor is None:
        return "unit"
    if factor is None:
        return "dimension"
    operator = claim.asserts if claim.asserts in NUMERIC else "eq"
    sets = place(value) if claim.operator == "rank" else accepted(operator, value, step)
    scale = Decimal(1).scaleb(claim.unit_mult) / factor
    return Accepted(sets.literal.scaled(scale), sets.usual.scaled(scale))


def _margin(claim: Claim, evidence: Evidence) -> Margin | None:
    """Return how far the evidence lies from the number said."""
    value = claim.value
    if value is None or claim.operator in DIRECTED or evidence.interval is None:
        return None
    factor = converted(evidence.unit, claim.unit or _DEFAULT_UNITS.get(claim.kind, ""))
    if factor is None:
        return None
    said = value.scaleb(claim.unit_mult) / factor
    found = evidence.point if evidence.point is not None else _nearest(evidence.interval, said)
    if claim.operator == "rank":
        return Margin(found - said, "PLACE")
    if evidence.unit in ("PC", "PP"):
        return Margin(_short(found - said), "PP")
    return Margin(_short((found - said) / abs(said) * HUNDRED), "PC") if said else None


def _nearest(interval: Interval, value: Decimal) -> Decimal:
    return min(max(value, interval.low), interval.high)


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.000001")).normalize() + Decimal(0)


def _faulty(fault: ExpressionFault, verdict: Verdict, reason: str) -> Reading:
    told: Mapping[str, Any] = {
        "position": fault.position,
        "token": fault.token,
        "expected": dict(fault.expected),
        "near": fault.params["near"],
    }
    return Reading("", {}, Evidence(), None, None, verdict, reason, fault=told)
