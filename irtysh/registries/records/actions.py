"""Writing records: every write has a person, a revision and a line in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from irtysh.accounts.models import User
from irtysh.registries.records.documents import Find, document_of, fill
from irtysh.registries.records.fields import field_name
from irtysh.registries.records.models import Record, registers
from irtysh.sources.registers import Column, Kind
from irtysh.vocabulary.errors import IrtyshError

_PUBLIC = "public"
"""Mark of a line of the log whose revision readers could see; Wagtail has an action for it."""


class DraftInTheWay(IrtyshError):
    """A record that has to be changed has a draft that somebody is writing."""


@transaction.atomic
def keep(*, record: Record, by: User | None, action: str = "wagtail.edit", **said: Any) -> Record:
    """Save a record as published, with a revision and a line in the log.

    The way for code to change a record: a form that is opened later starts from the newest
    revision, so a change without one would be lost.
    """
    now = timezone.now()
    record.live = True
    record.has_unpublished_changes = False
    record.first_published_at = record.first_published_at or now
    record.last_published_at = now
    record.save()
    # Publishing the revision would read it back and write all of it once more.
    revision = record.save_revision(user=by, log_action=False, clean=False)
    record.live_revision = revision
    record.has_unpublished_changes = False
    type(record).objects.filter(pk=record.pk).update(
        live_revision=revision, has_unpublished_changes=False
    )
    log(instance=record, action=action, user=by, revision=revision, data={**said, _PUBLIC: True})
    return record


def public_revisions(model: type[Record], keys: Iterable[int], before: datetime) -> set[int]:
    """Return the ids of the revisions of some records that became public before a moment."""
    lines = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
        object_id__in=[str(key) for key in keys],
        revision__created_at__lt=before,
    )
    found = lines.filter(Q(action="wagtail.publish") | Q(**{f"data__{_PUBLIC}": True}))
    return set(found.values_list("revision_id", flat=True))


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


@transaction.atomic
def repoint(*, register: str, gone: Record, kept: Record, by: User | None) -> list[str]:
    """Let every record that points at one record point at another; return which they were.

    Each gets a revision. Raises DraftInTheWay if one of them has a draft: what the draft says of
    the record that goes would come back when it is published.
    """
    old, new = f"{register}/{gone.code}", f"{register}/{kept.code}"
    changed = []
    for record in pointing_at(register, gone):
        refuse_draft(record)
        document = _replaced(document_of(record), record.table.columns, register, gone, kept)
        document = _relinked(document, old, new)
        fill(record, document, finder())
        keep(record=record, by=by, repointed=old)
        changed.append(f"{record.table.name}/{record.code}")
    return changed


def pointing_at(register: str, record: Record) -> Iterator[Record]:
    """Yield every other record, public or not, that points at one in a column, a row or a link."""
    for model in registers().values():
        for other in model.objects.filter(_points(model, register, record)).distinct():
            if other != record:
                yield other


def refuse_draft(record: Record) -> None:
    """Raise DraftInTheWay if somebody is writing at a record, or it was never published.

    ``keep`` publishes: it would make public what is not finished, or lose it.
    """
    if record.has_unpublished_changes or not record.live:
        raise DraftInTheWay(record=f"{record.table.name}/{record.code}", title=record.title_in())


def _points(model: type[Record], register: str, gone: Record) -> Q:
    """Return the condition of pointing at a record, in a column or in a row."""
    found = Q(pk__in=())
    for column in model.table.columns:
        if column.kind is Kind.RECORD and column.register == register:
            found |= Q(**{field_name(column): gone.pk})
        for inner in column.rows:
            path = f"{column.name}__{field_name(inner)}"
            if inner.kind is Kind.RECORD and inner.register == register:
                found |= Q(**{path: gone.pk})
            elif inner.kind is Kind.LINK:
                found |= Q(**{path: f"{register}/{gone.code}"})
    return found


def _replaced(
    values: dict[str, Any], columns: tuple[Column, ...], register: str, gone: Record, kept: Record
) -> dict[str, Any]:
    found = dict(values)
    for column in columns:
        if column.kind is Kind.ROWS:
            found[column.name] = [
                _replaced(row, column.rows, register, gone, kept)
                for row in values.get(column.name) or ()
            ]
        elif column.register == register and values.get(column.name) == gone.code:
            found[column.name] = kept.code
    return found


def _relinked(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {name: _relinked(one, old, new) for name, one in value.items()}
    if isinstance(value, list):
        return [_relinked(one, old, new) for one in value]
    return new if value == old else value
