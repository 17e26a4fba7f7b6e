"""Writing records: every write has a person, a revision and a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from irtysh.accounts.models import User
from irtysh.registries.records.documents import Find, fill
from irtysh.registries.records.models import Record, registers


@transaction.atomic
def keep(*, record: Record, by: User | None, action: str = "wagtail.edit", **said: Any) -> Record:
    """Save a record as published, with a revision and a line in the log.

    The way for code to change a record: a form that is opened later starts from the newest
    revision, so a change without one would be lost.
    """
    record.live = True
    record.has_unpublished_changes = False
    if record.pk is None:
        record.save()
    revision = record.save_revision(user=by, log_action=False, clean=False)
    revision.publish(user=by, log_action=False, skip_permission_checks=True)
    log(instance=record, action=action, user=by, revision=revision, data=said or None)
    return record


@transaction.atomic
def write(
    *, register: str, document: Mapping[str, Any], by: User | None, action: str = "wagtail.edit"
) -> Record:
    """Create or change a record to hold a document; raises RecordUnknown."""
    model = registers()[register]
    record = model.objects.filter(code=document["id"]).first() or model()
    is_new = record.pk is None
    fill(record, document, finder())
    return keep(record=record, by=by, action="wagtail.create" if is_new else action)


def finder() -> Find:
    """Return what looks records up by register and id, remembering what it found."""
    known: dict[tuple[str, str], Record | None] = {}
    models_of = registers()

    def find(register: str, code: str) -> Record | None:
        key = (register, code)
        if known.get(key) is None:
            known[key] = models_of[register].objects.filter(code=code).first()
        return known[key]

    return find
