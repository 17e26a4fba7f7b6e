"""The one place that speaks to the engine: a release in, judgements as JSON out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from irtysh.evaluation.claims import ENGINE, Claim, Judgement, judge_all
from irtysh.evaluation.claims.acceptance import NUMERIC
from irtysh.evaluation.claims.conflicts import conflict_lines
from irtysh.evaluation.claims.judge import document_conflicts
from irtysh.evaluation.claims.shown import said_number
from irtysh.evaluation.documents import Conflict
from irtysh.evaluation.expressions import Evidence, ExpressionFault, World, evaluate, parse
from irtysh.evaluation.expressions.evidence import interval_in
from irtysh.publication.edition import Edition
from irtysh.registries.claims.wording import bounds_words, evidence_words, margin_words
from irtysh.registries.records.codes import release_now
from irtysh.registries.records.shelf import edition, naming
from irtysh.store import Release
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

VERSION = ENGINE


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging came to.

    Attributes
    ----------
    judgements : list of dict
        One a claim, as ``Judgement.to_json`` writes it.
    conflicts : dict
        Document → the smallest sets that cannot all be true, each with its members and its
        arithmetic in every language. A document without any has an empty list.
    """

    judgements: list[dict[str, Any]]
    conflicts: dict[str, list[dict[str, Any]]]


@lru_cache(maxsize=2)
def world_of(release: Release) -> World:
    """Return everything of a release that may be evidence; made once a release."""
    case = release.document("case")
    preferred = frozenset(
        one["observation"] for one in release.document("preferred") if one["observation"]
    )
    notes = frozenset(
        str(note)
        for dataset in release.document("datasets")
        for note in dataset.get("coverage_notes") or ()
    )
    return World(
        release.observations(),
        headline=case.get("headline") or {},
        preferred=preferred,
        coverage_notes=notes,
    )


def judge(release: Release, documents: Iterable[Mapping[str, Any]]) -> Judged:
    """Judge claims, given as documents of the register, and what their sources say together."""
    claims = [Claim.from_document(one) for one in documents]
    world = world_of(release)
    with naming(release.id):
        found = judge_all(claims, world)
        conflicts: dict[str, list[dict[str, Any]]] = {
            one.source: [] for one in claims if one.source
        }
        for conflict in document_conflicts(claims, found, world):
            conflicts[conflict.source].append(_conflict(conflict, found))
    return Judged([one.to_json() for one in found], conflicts)


def _conflict(conflict: Conflict, found: Iterable[Judgement]) -> dict[str, Any]:
    """Return a conflict as plain JSON; ``claims`` are those that say or print a part of it."""
    evidence = set(conflict.evidence)
    printing = [one.claim for one in found if evidence & set(one.own)]
    return {
        "claims": list(dict.fromkeys((*map(claim_of, conflict.statements), *printing))),
        "figures": list(conflict.evidence),
        "size": len(conflict.elements),
        "lines": {one: conflict_lines(conflict, one) for one in LANGUAGES},
    }


def claim_of(name: str) -> str:
    """Return the id of the claim that a member of a conflict is: "claims/ID#1" is its reading."""
    return name.removeprefix("claims/").partition("#")[0]


def evaluated(text: str, release: Release) -> Evidence:
    """Return what the data of a release say of an expression; raises ExpressionFault."""
    with naming(release.id):
        return evaluate(parse(text), world_of(release))


def checked(text: str, language: str) -> dict[str, Any]:
    """Return what an expression gives on the current release, for a form; {} where it is empty.

    ``fault`` in words, with the text cut around the token, where it cannot be read.
    """
    now = release_now()
    if not text.strip() or not now:
        return {}
    read = edition("latest", language)
    try:
        evidence = evaluated(text, read.release)
    except ExpressionFault as fault:
        place = max(fault.position - 1, 0)
        is_there = text[place:].startswith(fault.token)
        end = place + len(fault.token) if is_there else place
        return {
            "fault": explain(fault, language),
            "before": text[:place],
            "token": text[place:end] or "…",
            "after": text[end:],
        }
    except IrtyshError as fault:
        return {"fault": explain(fault, language), "before": text, "token": "", "after": ""}
    said = evidence_words(evidence, read)
    return {**said, "release": now, "figures": len(evidence.evidence)}


def readings_of(
    result: Mapping[str, Any], read: Edition, document: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the readings of a judgement in words: expression, evidence, what the words admit."""
    claim = Claim.from_document(document)
    return [_reading(one, read, claim) for one in result.get("readings") or ()]


def number_said(document: Mapping[str, Any], read: Edition) -> str:
    """Return the number of a claim with its wording and unit; empty where it says none."""
    claim = Claim.from_document(document)
    if claim.asserts not in (*NUMERIC, "rank"):  # "the smallest of the series" words no number
        claim = replace(claim, operator="eq", hedge="none")
    with naming(read.release.id):
        return said_number(claim, read.language)


def _reading(row: Mapping[str, Any], read: Edition, claim: Claim) -> dict[str, Any]:
    evidence = Evidence.from_json(row["evidence"])
    is_figure = evidence.gives == "figure"
    admits, suggests = (
        bounds_words(interval_in(row[name]), evidence.unit, read, claim) if is_figure else ""
        for name in ("literal", "pragmatic")
    )
    words = row.get("reading") or {}
    fault = row.get("fault")
    return {
        "expression": row["expression"],
        "reading": words.get(read.language) or next(iter(words.values()), ""),
        **evidence_words(evidence, read, claim),
        "admits": admits,
        "suggests": suggests if suggests != admits else "",
        "coverage": evidence.coverage,
        "verdict": row["verdict"],
        "margin": margin_words(row.get("margin"), read),
        "fault": str(fault.get("token", "")) if fault else "",
    }


def figures_of(result: Mapping[str, Any]) -> list[str]:
    """Return the ids of the figures that a judgement rests on, the claim's own among them."""
    ids = [*(result.get("evidence") or ()), *(result.get("own") or ())]
    return [one for one in dict.fromkeys(str(one) for one in ids) if len(one) <= 24]
