"""What a reading of a document proposes as claims, and what a person made of each proposal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DAYS_KEPT = 30
"""How long the text of a document and the quotes from it are kept, for the screen of review."""


class Extraction(models.Model):
    """One reading of one document. The file itself is not kept at all, its text DAYS_KEPT days."""

    file = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    source = models.CharField(_("source"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(blank=True)
    """Empty once forgotten."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who"),
    )  # fmt: skip
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.file


class State(models.TextChoices):
    """What became of a proposal."""

    PROPOSED = "proposed", _("to review")
    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class Proposal(models.Model):
    """One sentence that may be a claim. The quote is for the screen of review and nobody else."""

    extraction = models.ForeignKey(Extraction, on_delete=models.CASCADE, related_name="proposals")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    """Where in the text of the document it stands: letters, from 0, the end not included."""
    quote = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    """Columns of a claim as the reading understands them."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    claim = models.CharField(max_length=80, blank=True)
    """Id of the claim that was made of it."""
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("start", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="proposal_has_words"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | ~models.Q(claim=""),
                name="accepted_proposal_has_claim",
            ),
        ]
        indexes = [models.Index(fields=["state", "extraction"])]

    def __str__(self) -> str:
        return f"{self.extraction_id}: {self.start}–{self.end}"
