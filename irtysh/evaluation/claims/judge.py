"""Judging claims over a world: each by itself, then together with its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.claims.judgement import Judgement, Reading
from irtysh.evaluation.claims.kinds import makes_sense
from irtysh.evaluation.claims.own import own_figures
from irtysh.evaluation.claims.readings import read
from irtysh.evaluation.claims.verdicts import Verdict, together
from irtysh.evaluation.claims.words import said
from irtysh.evaluation.documents import Assertion, Conflict, assertions_of, conflicts_of
from irtysh.evaluation.expressions import Missing, World
from irtysh.vocabulary.observation import Observation


def judge(claim: Claim, world: World) -> Judgement:
    """Return the verdict on a claim by itself, in words of three languages."""
    return _told(_verdict(claim, world), claim, ())


def judge_all(claims: Iterable[Claim], world: World) -> list[Judgement]:
    """Return the verdicts on claims in their order, their documents' contradictions counted in."""
    listed = list(claims)
    alone = [_verdict(claim, world) for claim in listed]
    conflicts = document_conflicts(listed, alone, world)
    by_element: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        for name in (*conflict.names, *conflict.evidence):
            by_element.setdefault(name, []).append(conflict)
    found = []
    for claim, judgement in zip(listed, alone, strict=True):
        held, own = _held_against(judgement, by_element)
        found.append(_told(held, claim, own))
    return found


def judge_release(
    observations: Iterable[Observation],
    documents: Mapping[str, Any],
    headline: Mapping[str, str],
    claims: Iterable[Mapping[str, Any]],
    preferred: Set[str] = frozenset(),
) -> list[Judgement]:
    """Judge every claim of a case or release.

    Parameters
    ----------
    observations : all of the case, in any order, rivals included
    documents : documents of the case by name; "datasets" name the notes on coverage
    headline : the headline of case.yaml
    claims : records of the register ``claims``
    preferred : ids of observations preferred among rivals
    """
    world = World(
        observations,
        headline=headline,
        preferred=preferred,
        coverage_notes=_coverage_notes(documents),
    )
    return judge_all([Claim.from_document(row) for row in claims], world)


def document_conflicts(
    claims: Sequence[Claim], judgements: Sequence[Judgement], world: World
) -> list[Conflict]:
    """Return the smallest sets that cannot all be true, document by document."""
    by_source: dict[str, list[Assertion]] = {}
    for claim, judgement in zip(claims, judgements, strict=True):
        if claim.source and judgement.verdict is not Verdict.ILL_FORMED:
            found = assertions_of(
                claim.id,
                claim.locator,
                claim.operator,
                claim.printed,
                _expressions(claim),
                claim.period,
            )
            by_source.setdefault(claim.source, []).extend(found)
    return [
        conflict
        for source in sorted(by_source)
        for conflict in conflicts_of(world, source, by_source[source])
    ]


def _verdict(claim: Claim, world: World) -> Judgement:
    own = own_figures(claim, world)
    readings = tuple(
        sorted(
            (read(claim, binding, world, own) for binding in claim.bindings),
            key=lambda one: one.expression,
        )
    )
    ids = tuple(one.id for one in own)
    evidence = tuple(dict.fromkeys(name for one in readings for name in one.evidence.evidence))
    if not makes_sense(claim):
        return Judgement(
            claim.id, Verdict.ILL_FORMED, "units", "kind", None, readings, (), evidence, ids
        )
    verdict = together([one.verdict for one in readings])
    deciding = [one for one in readings if one.verdict is verdict]
    missing = tuple(dict.fromkeys(gap for one in readings for gap in one.evidence.missing))
    if not readings:
        missing = _blanks(claim)
    reason = deciding[0].reason if deciding else ""
    if not readings:
        reason = missing[0].kind if missing else "binding"
    margin = deciding[0].margin if deciding and verdict is not Verdict.AMBIGUOUS else None
    return Judgement(
        claim.id,
        verdict,
        _ground(verdict),
        reason,
        margin,
        readings,
        missing,
        evidence,
        ids,
    )


def _ground(verdict: Verdict) -> str:
    match verdict:
        case Verdict.ILL_FORMED:
            return "units"
        case Verdict.NOT_CHECKABLE:
            return "absence"
        case Verdict.AMBIGUOUS:
            return "readings"
    return "data"


def _blanks(claim: Claim) -> tuple[Missing, ...]:
    """Return what the sentence itself leaves out."""
    found = []
    if not claim.period:
        found.append(Missing("period", ""))
    if claim.printed and not claim.unit:
        found.append(Missing("unit", ""))
    return tuple(found)


def _held_against(
    judgement: Judgement, by_element: Mapping[str, Sequence[Conflict]]
) -> tuple[Judgement, list[Conflict]]:
    """Return a judgement with its document's conflicts counted in, and those conflicts.

    Where a statement (a record, an order) takes part, it is what cannot stand: the figures were
    what it was held against. Where only figures do, every claim that prints one of them is in.
    """
    if judgement.verdict is Verdict.ILL_FORMED:
        return judgement, []
    name = f"claims/{judgement.claim}"
    several = len(judgement.readings) > 1
    own: list[Conflict] = []
    readings = []
    for number, reading in enumerate(judgement.readings, start=1):
        stated = by_element.get(f"{name}#{number}" if several else name, ())
        own += stated
        fallen = replace(reading, verdict=Verdict.INCONSISTENT, reason="")
        readings.append(fallen if stated else reading)
    printed = [
        one for each in judgement.own for one in by_element.get(each, ()) if not one.statements
    ]
    if not own and not printed:
        return judgement, []
    verdict = Verdict.INCONSISTENT
    if not printed:
        verdict = together([one.verdict for one in readings])
    own = list(dict.fromkeys((*own, *printed)))
    evidence = (*judgement.evidence, *(each for one in own for each in one.evidence))
    return replace(
        judgement,
        verdict=verdict,
        ground="identity" if verdict is Verdict.INCONSISTENT else _ground(verdict),
        reason="",
        margin=None,
        readings=tuple(readings),
        conflict=tuple(dict.fromkeys(each for one in own for each in one.names)),
        evidence=tuple(dict.fromkeys(evidence)),
    ), own


def _expressions(claim: Claim) -> list[str]:
    return sorted(binding.expression for binding in claim.bindings)


def _told(judgement: Judgement, claim: Claim, conflicts: Sequence[Conflict]) -> Judgement:
    return replace(judgement, said=said(judgement, claim, conflicts))


def _coverage_notes(documents: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(
        str(note)
        for dataset in documents.get("datasets") or ()
        for note in dataset.get("coverage_notes") or ()
    )


__all__ = ["Reading", "document_conflicts", "judge", "judge_all", "judge_release"]
