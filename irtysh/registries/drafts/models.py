"""Drafts of the report on the strategy: chapters, the analyst's paragraphs, approval."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from irtysh.registries.drafts import rules
from irtysh.registries.evaluations.models import Evaluation, kept_of
from irtysh.registries.evaluations.rules import unpacked
from irtysh.reports.blocks import Contents
from irtysh.vocabulary.text import LANGUAGES


class DraftQuerySet(models.QuerySet["Draft"]):
    """Many reports."""

    def listed(self) -> DraftQuerySet:
        """Return them with their evaluations, without what either keeps: lists do not show it."""
        return self.select_related("evaluation").defer("contents_kept", *kept_of("evaluation"))

    def approved(self) -> DraftQuerySet:
        """Return those that everybody may read, the newest first."""
        return self.filter(state=rules.APPROVED).order_by("-number")

    def waiting(self) -> DraftQuerySet:
        """Return those that wait for approval."""
        return self.filter(state=rules.SUBMITTED).order_by("submitted_at")


class Draft(models.Model):
    """A report on an evaluation in one language, from the first word to the approval."""

    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language"), max_length=2, choices=[(one, one) for one in LANGUAGES]
    )
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="reports")
    chapters = models.JSONField(_("chapters"), default=list)
    """Ids of irtysh.reports.chapters in the order chosen."""
    paragraphs = models.JSONField(_("own paragraphs"), default=dict, blank=True)
    """Chapter → text with live references."""
    state = models.CharField(
        _("state"), max_length=10, default=rules.DRAFT,
        choices=[(one, one) for one in rules.STATES],
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("author"),
    )  # fmt: skip
    author_name = models.CharField(max_length=200, blank=True)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("approved by"),
    )  # fmt: skip
    approver_name = models.CharField(max_length=200, blank=True)
    """The name under the approval; an account may go, the signature stays."""
    reason = models.TextField(_("why it was returned"), blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)
    approved_on = models.DateField(_("approved on"), null=True)
    number = models.PositiveIntegerField(_("number"), null=True, unique=True)
    """Under which everybody finds it; given by the approval."""
    contents_kept = models.BinaryField(null=True)
    """All that was approved, as JSON; later releases and definitions do not touch it."""
    digest = models.CharField(max_length=64, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (
                    Q(number__gte=1, approved_on__isnull=False, contents_kept__isnull=False)
                    & ~Q(digest="")
                    & ~Q(approver_name="")
                ),
                name="approved_report_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True)
                | Q(author__isnull=True)
                | ~Q(approver=F("author")),
                name="report_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="draft_returned_for_a_reason"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "-begun_at"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; raises ReportFrozen for one that was approved before."""
        self._refuse_if_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete; raises ReportFrozen for one that was approved."""
        self._refuse_if_frozen()
        return super().delete(*args, **kwargs)

    @property
    def is_writable(self) -> bool:
        """True while words and chapters may change."""
        return self.state in rules.OPEN

    @property
    def contents(self) -> Contents | None:
        """What was approved; None before that."""
        kept = self.contents_kept
        return None if kept is None else Contents.from_json(unpacked(kept))

    def _refuse_if_frozen(self) -> None:
        known = Draft.objects.filter(pk=self.pk, state=rules.APPROVED) if self.pk else None
        if known is not None and known.exists():
            raise rules.ReportFrozen()
