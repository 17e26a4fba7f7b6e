"""A claim that is saved is judged as soon as it is kept."""

from __future__ import annotations

from django.db import transaction
from django.dispatch import receiver

from irtysh.registries.claims.actions import judge_saved
from irtysh.registries.claims.models import Claim
from irtysh.registries.records.signals import saved


@receiver(saved, sender=Claim)
def judge_later(record: Claim, **_rest: object) -> None:
    """Judge it once the record is there to stay; a failure must not undo the saving."""
    code = record.code

    def judge() -> None:
        judge_saved(code)

    if record.live:
        transaction.on_commit(judge, robust=True)
