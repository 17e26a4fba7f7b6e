"""From a document to claims: reading it, accepting and refusing what the reading proposes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.claims import reading
from irtysh.registries.claims.models import Claim
from irtysh.registries.claims.proposals import DAYS_KEPT, Extraction, Proposal, State
from irtysh.registries.claims.rules import expression_fault
from irtysh.registries.records.actions import finder, keep, refuse_draft
from irtysh.registries.records.documents import fill
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES


class ParaphraseMissing(IrtyshError):
    """A proposal was accepted without a paraphrase in any language."""


class ParaphraseIsQuote(IrtyshError):
    """The paraphrase repeats the sentence of the document word for word."""


class ProposalDecided(IrtyshError):
    """A proposal was accepted or rejected before."""


class ClaimIdTaken(IrtyshError):
    """There is a claim with this id."""


@transaction.atomic
def read_document(*, file: str, data: bytes, source: str, by: User) -> Extraction:
    """Read a document and keep what it proposes; the file itself is not kept.

    Raises NotAllowed, and what reading may raise; then nothing is kept.
    """
    require(by, "triage", "claims")
    found = reading.read(file, data)
    extraction = Extraction.objects.create(
        file=file[:200], digest=hashlib.sha256(data).hexdigest(), source=source[:120],
        language=found.language, text=found.text, by=by,
    )  # fmt: skip
    Proposal.objects.bulk_create(
        Proposal(
            extraction=extraction, start=one.start, end=one.end,
            quote=one.quote, fields=dict(one.fields),
        )
        for one in found.proposals
    )  # fmt: skip
    return extraction


@transaction.atomic
def accept(*, proposal: Proposal, document: Mapping[str, Any], by: User) -> Claim:
    """Make a draft of a claim from a proposal, as a person corrected it.

    Raises NotAllowed, ProposalDecided, ParaphraseMissing, ParaphraseIsQuote, ClaimIdTaken.
    """
    require(by, "triage", "claims")
    require(by, "add", "claims")
    proposal = _open(proposal)
    texts = [text.strip() for text in (document.get("text") or {}).values() if text.strip()]
    if not texts:
        raise ParaphraseMissing()
    if any(_plain(text) == _plain(proposal.quote) for text in texts):
        raise ParaphraseIsQuote()
    if Claim.objects.filter(code=document["id"]).exists():
        raise ClaimIdTaken(id=document["id"])
    claim = Claim(live=False)
    fill(claim, document, finder())
    claim.has_unpublished_changes = True
    claim.save()
    claim.save_revision(user=by, log_action=False, clean=False)
    log(instance=claim, action="wagtail.create", user=by, data={"document": str(proposal)})
    _decide(proposal, State.ACCEPTED, by, claim=claim.code)
    return claim


@transaction.atomic
def reject(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Set a proposal aside; raises NotAllowed, ProposalDecided."""
    require(by, "triage", "claims")
    return _decide(_open(proposal), State.REJECTED, by, reason=reason.strip()[:500])


@transaction.atomic
def bind(*, claim: Claim, expression: str, readings: Mapping[str, str], by: User) -> Claim:
    """Add a binding to a claim and publish it; raises NotAllowed, DraftInTheWay, ExpressionFault.

    The words that said why it could not be checked go: it can.
    """
    require(by, "triage", "claims")
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    refuse_draft(claim)
    fault = expression_fault(expression)
    if fault is not None:
        raise fault
    row = claim.bindings.model(
        expression=expression, **{f"reading_{one}": readings.get(one, "") for one in LANGUAGES}
    )
    claim.append("bindings", row)
    for language in LANGUAGES:
        setattr(claim, f"unbound_{language}", "")
    keep(record=claim, by=by, bound=expression)
    return claim


@transaction.atomic
def forget_old_texts() -> int:
    """Empty the texts and quotes of documents read more than DAYS_KEPT ago; return how many."""
    before = timezone.now() - timedelta(days=DAYS_KEPT)
    old = Extraction.objects.filter(at__lt=before, forgotten_at=None)
    Proposal.objects.filter(extraction__in=old.values("pk")).update(quote="")
    return old.update(text="", forgotten_at=timezone.now())


def _open(proposal: Proposal) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if held.state != State.PROPOSED:
        raise ProposalDecided()
    return held


def _decide(proposal: Proposal, state: str, by: User, **said: str) -> Proposal:
    proposal.state = state
    proposal.decided_by = by
    proposal.decided_at = timezone.now()
    for name, value in said.items():
        setattr(proposal, name, value)
    proposal.save()
    return proposal


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")
