"""What is remembered of importing many records: the file while it waits, the import afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

HOURS_KEPT = 24


class UploadedSheet(models.Model):
    """A file between its preview and its use; gone when applied, or after HOURS_KEPT."""

    register = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    content = models.BinaryField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    seen = models.JSONField(default=dict)
    """Record → hash of what it held when the preview was shown."""

    def __str__(self) -> str:
        return f"{self.register}: {self.file}"


class ImportBatch(models.Model):
    """One import that was saved, whole."""

    register = models.CharField(_("register"), max_length=40, blank=True)
    """Empty where one file filled several."""
    file = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who"),
    )  # fmt: skip
    side = models.CharField(max_length=1, blank=True)
    """Side of the person, for whom the import is their own."""
    at = models.DateTimeField(_("when"), auto_now_add=True)
    created = models.PositiveIntegerField(_("new"))
    changed = models.PositiveIntegerField(_("changed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.file


class ImportedRow(models.Model):
    """One record that an import wrote: what it held before and after."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    register = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    """Document of the record; None where the import made it."""
    after = models.JSONField()
    was_draft = models.BooleanField(default=False)
    """True where ``before`` was a draft that nobody had published."""

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["batch", "register", "code"], name="imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register}/{self.code}"
