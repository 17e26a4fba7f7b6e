"""What the page of a claim and the ledger of claims say beyond the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from irtysh.portal.presenters import figures, findings, words
from irtysh.portal.presenters.verdicts import counted, verdict_words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.badge import HEIGHT, badge_of
from irtysh.portal.registers.paths import record_path
from irtysh.registries.claims import engine
from irtysh.registries.claims.judged import Consistency, Judged, resting_on, since
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.wording import margin_words, missing_words
from irtysh.registries.records.documents import digest, document_of
from irtysh.registries.records.finding import Asked, counts_of, page_of
from irtysh.vocabulary.numbers import Shown, format_shown

HIDDEN = (
    "kind", "text", "bindings", "unbound", "value", "unit", "unit_mult", "granule", "operator",
    "hedge",
)  # fmt: skip
"""Columns that the page shows in its own way."""
_MOST_FIGURES = 40
_MOST_FINDINGS = 6


def present(claim: Claim, reading: Reading) -> Mapping[str, Any]:
    """Return what is said, how it is read, what the data say, why, and since when."""
    history = list(Judged.objects.history(claim.code))
    judged = _chosen(claim, history, reading)
    result = judged.result if judged else {}
    language = reading.language
    own = [row for row in history if judged and row.released_at <= judged.released_at]
    began = since(own)
    evidence = engine.figures_of(result)
    badge = badge_of(claim, judged, language)
    return {
        "verdict": verdict_words(judged.verdict if judged else "", language),
        "is_judged": judged is not None,
        "judged_on": judged.release if judged else "",
        "judged_at": words.day_words(judged.released_at.date()) if judged else "",
        "is_of_release": judged is not None and judged.release == reading.release.id,
        "is_reworded": judged is not None and judged.digest != digest(document_of(claim)),
        "engine": judged.engine if judged else "",
        "since": {"release": began.release, "day": words.day_words(began.released_at.date())}
        if began else None,
        "said": result.get("said", {}).get(language, {}),
        "stated_value": engine.number_said(document_of(claim), reading),
        "readings": [
            {**one, "verdict": verdict_words(one["verdict"], language),
             "coverage": _share(one["coverage"], reading)}
            for one in engine.readings_of(result, reading, document_of(claim))
        ],
        "readings_unjudged": [
            {"expression": row.expression, "reading": row.text_or_other("reading", language)[0]}
            for row in claim.bindings.all()
        ] if not result else [],
        "unbound": claim.text_or_other("unbound", language)[0],
        "lacking": missing_words(result.get("missing") or (), reading),
        "margin": margin_words(result.get("margin"), reading),
        "conflicts": conflicts_of(claim.source, reading, claim.code)
        if result.get("conflict") else [],
        "figures": _figures(evidence, reading),
        "figures_more": max(len(evidence) - _MOST_FIGURES, 0),
        "findings": findings_on(evidence, reading)[:_MOST_FINDINGS],
        "history": [_row(row, reading) for row in history],
        "document": record_path("claims", claim.code, language).rsplit("/claims/", 1)[0]
        + f"/documents/{claim.source}/" if claim.source else "",
        "badge": badge,
        "badge_height": HEIGHT,
    }  # fmt: skip


def _chosen(claim: Claim, history: list[Judged], reading: Reading) -> Judged | None:
    """Return what held in the release that is read; now, also of an earlier one."""
    found = next((row for row in history if row.release == reading.release.id), None)
    if found is None and not reading.is_past and history:
        return history[0]
    return found


def _share(coverage: Decimal | None, reading: Reading) -> str:
    if coverage is None:
        return ""
    return format_shown(Shown(coverage * 100, 0), reading.language) + " %"


def _row(row: Judged, reading: Reading) -> dict[str, Any]:
    return {
        "release": row.release,
        "day": words.day_words(row.released_at.date()),
        "verdict": verdict_words(row.verdict, reading.language),
        "margin": margin_words(row.result.get("margin"), reading),
        "engine": row.engine,
        "is_read": row.release == reading.release.id,
    }


def _figures(ids: Iterable[str], reading: Reading) -> list[dict[str, Any]]:
    wanted = list(ids)[:_MOST_FIGURES]
    found = {one.id: one for one in reading.release.observations(id=wanted)} if wanted else {}
    return [figures.figure(reading, found[one]) for one in wanted if one in found]


def findings_on(evidence: Iterable[str], reading: Reading) -> list[dict[str, Any]]:
    """Return the findings that rest on some of the figures, those with most in common first."""
    ids = set(evidence)
    shared = [
        (len(ids & set(one["evidence"]["observations"])), one) for one in findings.found(reading)
    ]
    shared = [pair for pair in shared if pair[0]]
    shared.sort(key=lambda pair: -pair[0])
    return [findings.card(reading, one) for _count, one in shared]


def documents_with_claims() -> list[str]:
    """Return the ids of the sources whose claims are checked."""
    published = Claim.objects.filter(live=True).exclude(source="").order_by("source")
    return list(published.values_list("source", flat=True).distinct())


def count_of(source: str) -> int:
    """Return how many published claims a document makes."""
    return Claim.objects.filter(live=True, source=source).count()


def claims_on(evidence: Iterable[str], reading: Reading) -> list[dict[str, Any]]:
    """Return the published claims whose verdict in the release rests on some of the figures."""
    codes = resting_on(evidence, reading.release.id)
    return claim_rows(codes, reading)


def claim_rows(codes: Iterable[str], reading: Reading) -> list[dict[str, Any]]:
    """Return claims with their verdicts in the release, in the order of the ids."""
    codes = list(codes)
    claims = {one.code: one for one in Claim.objects.filter(code__in=codes, live=True)}
    judged = judged_of(claims, reading)
    return [claim_row(claims[one], judged.get(one), reading) for one in codes if one in claims]


def judged_of(codes: Iterable[str], reading: Reading) -> dict[str, Judged]:
    """Return what held for claims in the release that is read; now, else the newest verdict."""
    codes = list(codes)
    rows = Judged.objects.standing().filter(claim__in=codes)
    judged = {row.claim: row for row in rows.filter(release=reading.release.id)}
    missing = [one for one in codes if one not in judged]
    if missing and not reading.is_past:
        earlier = rows.filter(claim__in=missing).order_by("released_at")
        judged |= {row.claim: row for row in earlier}
    return judged


def claim_row(claim: Claim, judged: Judged | None, reading: Reading) -> dict[str, Any]:
    """Return a claim as a list shows it: verdict, paraphrase, why, where it stands."""
    text, tongue = claim.text_or_other("text", reading.language)
    said = judged.result.get("said", {}).get(reading.language, {}) if judged else {}
    return {
        "id": claim.code,
        "path": record_path("claims", claim.code, reading.language),
        "text": text,
        "lang": tongue if tongue != reading.language else "",
        "kind": reading.code("claim_kinds", claim.kind),
        "verdict": verdict_words(judged.verdict if judged else "", reading.language),
        "why": said.get("text", ""),
        "source": words.source_line(reading, claim.source, claim.locator),
    }


def conflicts_of(source: str, reading: Reading, code: str = "") -> list[dict[str, Any]]:
    """Return the smallest sets of a document that cannot all be true, or those with one claim."""
    kept = Consistency.objects.filter(source=source, release=reading.release.id).first()
    return [
        {
            "head": next(iter(one["lines"].get(reading.language, ())), ""),
            "lines": one["lines"].get(reading.language, ())[1:],
            "claims": claim_rows([each for each in one["claims"] if each != code], reading),
        }
        for one in (kept.conflicts if kept else ())
        if not code or code in one["claims"]
    ]


def present_list(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return the claims of this page of the ledger, and how many have each verdict."""
    _total, listings = page_of(asked)
    others = replace(
        asked, facets={name: one for name, one in asked.facets.items() if name != "verdict"}
    )
    tallies = counted(counts_of(others).get("verdict", {}), reading)
    for one in tallies:
        query = replace(others, page=1, facets={**others.facets, "verdict": (one["code"],)})
        one["query"] = query.query()
        one["is_chosen"] = asked.facets.get("verdict") == (one["code"],)
    return {
        "tallies": tallies,
        "items": claim_rows([one.code for one in listings], reading),
    }
