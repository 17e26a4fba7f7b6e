"""Records: whether the period (or partner, or group) named is the highest or lowest."""

from __future__ import annotations

from dataclasses import replace

from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.claims.judgement import Reading
from irtysh.evaluation.claims.verdicts import Verdict
from irtysh.evaluation.expressions import Evidence, Expression, World, evaluate
from irtysh.evaluation.expressions.evidence import ROUNDING
from irtysh.evaluation.expressions.tree import Call, Reference, Span, Window
from irtysh.evaluation.expressions.world import Own


def judge_choice(claim: Claim, expression: Expression, world: World, own: Own) -> Reading | None:
    """Judge "the highest": over the window declared literally, over all known years as heard.

    None where the expression names no series, so that it has to be judged as a number.
    """
    asked = _asked(claim, expression)
    if asked is None:
        return None
    call, wanted = asked
    literal = evaluate(Expression(expression.text, call), world, own)
    blank = Reading(expression.text, {}, literal, None, None, Verdict.NOT_CHECKABLE, wanted=wanted)
    if not wanted:
        return replace(blank, reason="period")
    present = evaluate(Expression("", _figure(call, wanted)), world, own)
    if not literal.choices or not present.is_known:
        gaps = (*literal.missing, *present.missing)
        reason = gaps[0].kind if gaps else "data"
        return replace(blank, evidence=replace(literal, missing=gaps), reason=reason)
    verdict, reason = _verdict(literal, wanted)
    if verdict is Verdict.VERIFIED:
        heard = evaluate(Expression("", _everywhere(call)), world, own)
        if heard.choices != (wanted,):
            verdict = Verdict.UNDER_INFORMATIVE
    return replace(blank, verdict=verdict, reason=reason)


def _asked(claim: Claim, expression: Expression) -> tuple[Call, str] | None:
    """Return the call that asks for the highest, and the period or code that should come out."""
    root = expression.root
    if isinstance(root, Reference) and claim.operator in ("argmax", "argmin"):
        if root.spread:
            return Call(claim.operator, (root,), root.position), _code(claim, root)
        series = replace(root, window=None if not root.is_series else root.window)
        named = root.window.first if root.window and not root.is_series else claim.period
        return Call(claim.operator, (series,), root.position), named
    if isinstance(root, Call) and root.name in ("argmax", "argmin"):
        reference = root.arguments[0]
        assert isinstance(reference, Reference)
        return root, _code(claim, reference) if reference.spread else claim.period
    return None


def _code(claim: Claim, reference: Reference) -> str:
    """Return the code that a claim about codes names: a partner, else its commodity."""
    if reference.spread == "commodity":
        return claim.commodity
    if reference.spread == "flow":
        return claim.flow
    fixed = {code for _, codes in reference.dimensions for code in codes if len(codes) == 1}
    own = [area for area in claim.areas if area not in fixed]
    return own[-1] if own else ""


def _figure(call: Call, wanted: str) -> Reference:
    """Return the reference to the one value that is said to be the highest."""
    reference = call.arguments[0]
    assert isinstance(reference, Reference)
    if reference.spread:
        dimensions = tuple(
            (name, (wanted,) if name == reference.spread else codes)
            for name, codes in reference.dimensions
        )
        return replace(reference, dimensions=dimensions)
    return replace(reference, window=Window(wanted, wanted, False))


def _everywhere(call: Call) -> Call:
    """Return the same question over all known years."""
    reference = call.arguments[0]
    assert isinstance(reference, Reference)
    if reference.spread:
        return call
    kept = tuple(one for one in call.arguments[1:] if not isinstance(one, Span))
    return Call(call.name, (replace(reference, window=None), *kept), call.position)


def _verdict(found: Evidence, wanted: str) -> tuple[Verdict, str]:
    if wanted not in found.choices:
        return Verdict.CONTRADICTED, ""
    if len(found.choices) > 1:
        if found.kind == ROUNDING:
            return Verdict.WITHIN_ROUNDING, ROUNDING
        return Verdict.INDETERMINATE, found.kind
    if found.missing:
        return Verdict.NOT_CHECKABLE, found.missing[0].kind
    return Verdict.VERIFIED, ""
