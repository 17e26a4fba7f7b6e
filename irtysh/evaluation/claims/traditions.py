"""What is said to be so traditionally: judged in every known year, not in the year at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from irtysh.evaluation.claims.acceptance import Accepted, thresholds
from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.claims.judgement import Reading
from irtysh.evaluation.claims.verdicts import SUPPORTING, Verdict, compare
from irtysh.evaluation.expressions import Evidence, Expression, Missing, World, evaluate
from irtysh.evaluation.expressions.evidence import STRUCTURAL, combined
from irtysh.evaluation.expressions.tree import (
    Binary,
    Call,
    Negative,
    Node,
    Reference,
    Window,
)
from irtysh.evaluation.expressions.world import Own
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.period import PeriodKind

_Measure = Callable[[Claim, Expression, Evidence], Reading]
_ONE = Decimal(1)


def judge_tradition(
    claim: Claim, expression: Expression, world: World, own: Own, measure: _Measure
) -> Reading:
    """Judge a claim in each year for which there are figures.

    Literally it needs to hold in the greater part of at least so many years
    (thresholds tradition_share, tradition_years); as heard, in each of them.
    """
    plain = replace(claim, hedge="none")
    held: list[str] = []
    failed: list[str] = []
    open_: list[str] = []
    parts: list[Evidence] = []
    for year in _years(expression, world):
        asked = Expression(expression.text, _in_year(expression.root, year))
        evidence = evaluate(asked, world, own)
        reading = measure(plain, asked, evidence)
        if reading.verdict is Verdict.NOT_CHECKABLE:
            continue
        if reading.verdict is Verdict.ILL_FORMED:
            return reading
        parts.append(evidence)
        side = held if reading.verdict in SUPPORTING else open_
        (failed if reading.verdict is Verdict.CONTRADICTED else side).append(year)
    known = len(held) + len(failed) + len(open_)
    limits = thresholds()
    if known < limits["tradition_years"]:
        years = ", ".join(sorted((*held, *failed, *open_)))
        gap = Missing(
            "tradition", expression.text, (("least", str(limits["tradition_years"])),), years
        )
        evidence = combined(parts, interval=None, missing=(gap,))
        return Reading(expression.text, {}, evidence, None, None, Verdict.NOT_CHECKABLE, "years")
    share = Interval(Decimal(len(held)) / known, Decimal(len(held) + len(open_)) / known)
    point = share.low if share.low == share.high else None
    evidence = combined(parts, interval=share, point=point, kinds=(STRUCTURAL,) if open_ else ())
    sets = Accepted(Interval(limits["tradition_share"], _ONE), Interval.exactly(1))
    verdict = compare(share, sets, STRUCTURAL)
    reason = STRUCTURAL if verdict is Verdict.INDETERMINATE else ""
    return Reading(
        expression.text, {}, evidence, sets.literal, sets.usual, verdict, reason, "years"
    )


def _years(expression: Expression, world: World) -> list[str]:
    """Return the years in which any figure asked for was printed."""
    found: set[str] = set()
    for reference in expression.references:
        named = {name: codes[0] for name, codes in reference.dimensions if codes != ("*",)}
        named = {name: code for name, code in named.items() if name != reference.spread}
        wanted = {name: code for name, code in named.items() if name in _FAMILY}
        for family in world.fitting(wanted, reference.spread):
            found |= {
                one.period.code
                for one in world.observations(family)
                if one.period.kind is PeriodKind.YEAR and one.value is not None
            }
    return sorted(found)


_FAMILY = frozenset({"dataflow", "ref_area", "counterpart_area", "classification", "commodity"})


def _in_year(node: Node, year: str) -> Node:
    """Return the same expression about another year."""
    match node:
        case Reference():
            return replace(node, window=Window(year, year, False))
        case Call():
            moved = tuple(_in_year(one, year) for one in node.arguments)
            return replace(node, arguments=moved)
        case Binary():
            return replace(node, left=_in_year(node.left, year), right=_in_year(node.right, year))
        case Negative():
            return replace(node, operand=_in_year(node.operand, year))
        case _:
            return node
