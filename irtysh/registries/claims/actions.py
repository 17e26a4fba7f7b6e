"""Judging claims against a release, all in one pass or those of one document after an edit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.claims import engine
from irtysh.registries.claims.judged import Consistency, Judged, Noticed, Rests
from irtysh.registries.claims.models import Claim
from irtysh.registries.records.bulk_export import documents_of
from irtysh.registries.records.documents import digest
from irtysh.registries.records.listing import alone, enlist
from irtysh.registries.records.shelf import releases
from irtysh.store import Release
from irtysh.vocabulary.errors import ReleaseNotFound


@dataclass(frozen=True, slots=True)
class Outcome:
    """What judging came to.

    Attributes
    ----------
    judged, written, changed : int
        Claims looked at; rows written anew; verdicts that differ from those that stood for the
        same release.
    """

    judged: int
    written: int
    changed: int


def judge_claims(
    release: Release, *, by: User | None = None, sources: Iterable[str] | None = None
) -> Outcome:
    """Judge the published claims against a release, and let the lists show the verdicts.

    ``sources`` narrows it to the claims of some documents, each with all of its own: the claims
    of one document are judged together. What was judged before with the same wording and engine
    is not written again. ``by`` is who asked for it, nobody where the day's work did.
    """
    claims = Claim.objects.filter(live=True)
    if sources is not None:
        claims = claims.filter(source__in=list(sources))
    documents = {str(one["id"]): one for one in documents_of(claims)}
    judged = engine.judge(release, list(documents.values()))
    found = {one["claim"]: one for one in judged.judgements}
    _keep_conflicts(release, judged.conflicts)
    return _write(release, documents, found, by)


def judge_current(by: User | None = None) -> Outcome:
    """Judge all claims against the current release; nothing where none was published."""
    try:
        return judge_claims(releases().current(), by=by)
    except ReleaseNotFound:
        return Outcome(0, 0, 0)


def daily(_today: date) -> dict[str, int]:
    """Judge what has not been judged against the current release yet."""
    return {"claims_changed": judge_current().changed}


def judge_saved(code: str) -> None:
    """Judge a claim that was saved, and those of the same document."""
    claim = Claim.objects.filter(code=code, live=True).first()
    if claim is None:
        return
    try:
        release = releases().current()
    except ReleaseNotFound:
        return
    wanted = digest(next(iter(documents_of(Claim.objects.filter(pk=claim.pk)))))
    is_done = Judged.objects.standing().filter(
        claim=code, release=release.id, engine=engine.VERSION, digest=wanted
    )
    if not is_done.exists():
        judge_claims(release, sources=[claim.source])


def notice(*, judged: Judged, by: User) -> None:
    """Write down that somebody has seen a change of verdict; raises NotAllowed."""
    require(by, "triage", "claims")
    Noticed.objects.get_or_create(judged=judged, defaults={"by": by})


def _keep_conflicts(release: Release, conflicts: Mapping[str, list[dict[str, Any]]]) -> None:
    for source, found in conflicts.items():
        Consistency.objects.update_or_create(
            source=source, release=release.id,
            defaults={"conflicts": found, "engine": engine.VERSION},
        )  # fmt: skip


@transaction.atomic
def _write(
    release: Release,
    documents: Mapping[str, Any],
    found: Mapping[str, Mapping[str, Any]],
    by: User | None,
) -> Outcome:
    alone("verdicts")  # two judgings at once would let two verdicts stand
    digests = {code: digest(one) for code, one in documents.items()}
    standing = {
        row.claim: row
        for row in Judged.objects.standing().filter(release=release.id).defer("result")
    }
    rows, changed = [], []
    for code, result in found.items():
        row = Judged(
            claim=code, release=release.id, released_at=release.created_at,
            engine=engine.VERSION, digest=digests[code],
            context=_context(code, result, digests), verdict=result["verdict"],
            result=dict(result), by=by,
        )  # fmt: skip
        before = standing.get(code)
        if before is None or _key(before) != _key(row):
            rows.append(row)
            if before is None or before.verdict != row.verdict:
                changed.append(code)
    _replace(release, rows)
    for claim in Claim.objects.filter(code__in=[row.claim for row in rows], live=True):
        enlist(claim)
    return Outcome(len(found), len(rows), len(changed))


def _key(row: Judged) -> tuple[str, str, str]:
    return row.engine, row.digest, row.context


def _replace(release: Release, rows: list[Judged]) -> None:
    """Let new rows stand in the place of those that stood; one that was there stands again."""
    codes = [row.claim for row in rows]
    of_release = Judged.objects.filter(release=release.id, claim__in=codes)
    known = {(row.claim, *_key(row)): row.pk for row in of_release.defer("result")}
    of_release.filter(is_standing=True).update(is_standing=False)
    again = [pk for row in rows if (pk := known.get((row.claim, *_key(row))))]
    Judged.objects.filter(pk__in=again).update(is_standing=True)
    new = [row for row in rows if (row.claim, *_key(row)) not in known]
    made = Judged.objects.bulk_create(new, batch_size=200)
    Rests.objects.bulk_create(
        (
            Rests(judged=row, figure=figure)
            for row in made
            for figure in dict.fromkeys(engine.figures_of(row.result))
        ),
        batch_size=500,
    )


def _context(code: str, result: Mapping[str, Any], digests: Mapping[str, str]) -> str:
    """Return a hash of the other claims that a verdict names; empty where it names none."""
    named = {engine.claim_of(str(one)) for one in result.get("conflict") or ()}
    others = sorted(named - {code})
    if not others:
        return ""
    text = "|".join(f"{one}:{digests.get(one, '')}" for one in others)
    return hashlib.sha256(text.encode()).hexdigest()
