"""What waits for a person: proposals to review, claims without a binding, changed verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from irtysh.accounts.permissions import may
from irtysh.registries.claims.judged import Judged
from irtysh.registries.claims.models import VERDICTS, Claim
from irtysh.registries.claims.proposals import Extraction, State
from irtysh.registries.records.codes import code_name, release_now
from irtysh.registries.records.models import title_of
from irtysh.registries.records.queues import SHOWN, Queue, Row, list_address


def unbound(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return published claims without a binding for which nobody has said why."""
    silent = Q(unbound_ru="", unbound_kk="", unbound_en="")
    return claims.filter(silent, live=True, bindings__isnull=True).order_by("code")


def verdict_changed(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return claims whose verdict the current release changed, and nobody has noted it."""
    changed = Judged.objects.changed(release_now())
    return claims.filter(live=True, code__in=changed.values("claim")).order_by("code")


def queues(user: Any) -> Iterator[Queue]:
    """Yield what waits, for those who review claims."""
    if not may(user, "triage", "claims"):
        return
    yield _proposals()
    found = unbound(Claim.objects.all())
    yield Queue(
        "claims_unbound",
        _("Claims without a binding"),
        [Row(one.title_in(), _check(one.code)) for one in found[:SHOWN]],
        found.count(),
        list_address("claims", "waiting=bind"),
    )
    changed = Judged.objects.changed(release_now())
    yield Queue(
        "verdicts_changed",
        _("Verdict changed"),
        [
            Row(title_of("claims", one.claim), _check(one.claim), _from_to(one))
            for one in changed[:SHOWN]
        ],
        changed.count(),
        list_address("claims", "waiting=changed"),
    )


def _proposals() -> Queue:
    waiting = Count("proposals", filter=Q(proposals__state=State.PROPOSED))
    found = Extraction.objects.annotate(waiting=waiting).filter(waiting__gt=0).order_by("at")
    rows = [
        Row(one.file, reverse("claims_document", args=(one.pk,)), str(one.waiting)) for one in found
    ]
    total = sum(one.waiting for one in found)
    title = _("Proposals to review")
    return Queue("proposals", title, rows[:SHOWN], total, reverse("claims_documents"))


def _check(code: str) -> str:
    return reverse("claims_check", args=(code,))


def _from_to(row: Any) -> str:
    return f"{code_name(VERDICTS, row.before)} → {code_name(VERDICTS, row.verdict)}"
