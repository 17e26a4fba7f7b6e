"""An import of a data file, and what is remembered of how a publisher's files are read."""

from __future__ import annotations

import uuid
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from irtysh.publication.import_job import Folder
from irtysh.sources.intake.check_sheet import CheckSheet

DAYS_KEPT = 30
"""How long a file and its staging are kept after somebody last dealt with them."""


class State(models.TextChoices):
    """Where an import stands."""

    TO_ANSWER = "to_answer", _("questions are open")
    OPENED = "opened", _("can be read")
    READING = "reading", _("being read")
    STOPPED = "stopped", _("stopped")
    CHECKED = "checked", _("checked")
    PUBLISHING = "publishing", _("being published")
    PUBLISHED = "published", _("published")
    THROWN_AWAY = "thrown_away", _("thrown away")
    FAILED = "failed", _("refused")


AT_WORK = (State.READING, State.PUBLISHING)
OPEN = (State.TO_ANSWER, State.OPENED, State.STOPPED, State.CHECKED, State.FAILED)
"""States from which a person goes on."""
OVER = (State.PUBLISHED, State.THROWN_AWAY)


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports, narrowed as the list narrows them."""

    def of_side(self, side: str) -> ImportQuerySet:
        """Return imports of people of a side, and of people of neither."""
        return self.filter(side__in=["", side])

    def in_state(self, state: str) -> ImportQuerySet:
        """Return imports in a state; all of them for one that there is not."""
        return self.filter(state=state) if state in State.values else self

    def waiting(self) -> ImportQuerySet:
        """Return imports that wait for a person."""
        return self.filter(state__in=OPEN)


class Import(models.Model):
    """One file on its way into the portal; the file itself and its rows lie in a folder."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Name of the folder."""
    file = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the file as it came."""
    size = models.BigIntegerField(_("size"))
    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    shape = models.CharField(max_length=64, blank=True)
    layout = models.CharField(_("layout"), max_length=80, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    dataset = models.CharField(_("dataset"), max_length=80, blank=True, db_index=True)
    about = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.TO_ANSWER, db_index=True
    )
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    expected = models.PositiveBigIntegerField(default=0)
    """About how many rows the file has; 0 where nobody knows."""
    fault = models.JSONField(default=dict, blank=True)
    """Why it stopped or was refused: code and params of an error."""
    sheet = models.JSONField(default=dict, blank=True)
    """The check sheet; empty before the file was read."""
    vintage = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who"),
    )  # fmt: skip
    side = models.CharField(max_length=1, blank=True)
    """Side of the person, for whom the import is their own."""
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of data")
        verbose_name_plural = _("imports of data")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | ~models.Q(vintage=""),
                name="published_import_has_vintage",
            ),
        ]

    def __str__(self) -> str:
        return self.file

    @property
    def folder(self) -> Folder:
        """Where the file, its staging and what was found out lie."""
        return Folder(uploads() / str(self.key))

    @cached_property
    def checked(self) -> CheckSheet | None:
        """The check sheet; None before the file was read."""
        return CheckSheet.from_json(self.sheet) if self.sheet else None

    @cached_property
    def head(self) -> dict[str, Any]:
        """What opening the file found; empty where the folder is gone or it was refused."""
        return self.folder.read("head") or {}

    @property
    def is_at_work(self) -> bool:
        """True while a process reads or publishes."""
        return self.state in AT_WORK

    @property
    def percent(self) -> int | None:
        """How much of the file has been read; None where its length is not known."""
        return min(100, 100 * self.rows // self.expected) if self.expected else None


class RememberedMapping(models.Model):
    """How the files of a publisher with one heading are read: proposed for the next of them."""

    publisher = models.CharField(_("publisher"), max_length=120, blank=True)
    shape = models.CharField(max_length=64)
    """Hash of the heading: ``irtysh.sources.layouts.shape_of``."""
    layout = models.CharField(_("layout"), max_length=80)
    settings = models.JSONField(default=dict)
    opening = models.JSONField(default=dict)
    """Encoding, delimiter, line of the heading, where a person has stated them."""
    dataset = models.CharField(max_length=80, blank=True)
    about = models.JSONField(default=dict)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(fields=["publisher", "shape"], name="mapping_once_a_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.layout}"


def uploads() -> Path:
    """Return the folder with a folder for each import."""
    return Path(settings.IRTYSH_DATA) / "imports"
