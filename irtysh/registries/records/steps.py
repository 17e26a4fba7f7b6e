"""The steps a record has taken: who set which stage, when, why. Never changed, never removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.records.actions import keep, refuse_draft
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.models import Record
from irtysh.registries.records.stages import DayNotPossible, Path, StageReasonMissing


class StageStep(models.Model):
    """One step; a subclass adds ``record``, a foreign key with related name ``steps``."""

    record: Any
    from_stage = models.CharField(_("from"), max_length=40, blank=True)
    to_stage = models.CharField(_("to"), max_length=40)
    on_date = models.DateField(_("day"))
    reason = models.TextField(_("why"))
    language = models.CharField(max_length=2)
    """Language in which the reason was written."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("who"),
    )  # fmt: skip
    side = models.CharField(max_length=1, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["on_date", "at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="%(class)s_has_a_reason"),
            models.CheckConstraint(
                condition=~models.Q(from_stage=models.F("to_stage")), name="%(class)s_moves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.from_stage} → {self.to_stage}"


@transaction.atomic
def set_stage(
    *, record: Record, path: Path, stage: str, by: User, on: date, today: date, reason: str
) -> StageStep:
    """Move a record to another stage and write down who, when and why.

    Raises NotAllowed, DraftInTheWay, StageNotAllowed, StageReasonMissing, DayNotPossible.
    """
    require(by, "set_stage", record.table.name, record.sides())
    locked = type(record).objects.select_for_update().get(pk=record.pk)
    refuse_draft(locked)
    path.check(locked.stage, stage)
    if not reason.strip():
        raise StageReasonMissing(stage=stage)
    last = locked.steps.order_by("on_date").last()
    if on > today or (last is not None and on < last.on_date):
        earliest = last.on_date.isoformat() if last is not None else "—"
        raise DayNotPossible(on=on.isoformat(), today=today.isoformat(), last=earliest)
    step = locked.steps.create(
        from_stage=locked.stage, to_stage=stage, on_date=on, reason=reason.strip(),
        language=language_now(), by=by, side=by.side,
    )  # fmt: skip
    locked.stage = stage
    keep(record=locked, by=by, stage=stage, reason=reason.strip())
    record.stage = stage
    return step
