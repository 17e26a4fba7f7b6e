"""Saving an import whole or not at all, and taking it back whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from graphlib import CycleError, TopologicalSorter

from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone
from wagtail.log_actions import log

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.records.actions import keep
from irtysh.registries.records.bulk import (
    Lookup,
    Outcome,
    Preview,
    PreviewRow,
    base_of,
    in_parts,
    kept_records,
    may_publish,
    pointed_at,
    read_and_preview,
)
from irtysh.registries.records.documents import digest, document_of, fill
from irtysh.registries.records.imports import (
    HOURS_KEPT,
    ImportBatch,
    ImportedRow,
    UploadedSheet,
)
from irtysh.registries.records.models import Record, Reference, Row, registers
from irtysh.registries.records.policy import object_of
from irtysh.sources.registers import TABLES
from irtysh.sources.registers.reading import LIMITS
from irtysh.sources.spreadsheet.limits import within
from irtysh.vocabulary.errors import IrtyshError

_NAMED = 10
"""How many records a refusal names."""


class ImportHasFaults(IrtyshError):
    """An import was refused because its preview found errors."""


class RecordsChangedSince(IrtyshError):
    """Records were changed between the preview and the import."""


class ImportNotUndone(IrtyshError):
    """Records of an import were changed since, or others point at them."""


class ImportUndoneAlready(IrtyshError):
    """An import was undone before."""


class ImportRefused(IrtyshError):
    """The database refused a record of an import."""


class UploadGone(IrtyshError):
    """A file that waited for its import is no longer kept."""


# The file between preview and import


def refuse_large(size: int) -> None:
    """Raise TooLarge for a file of so many bytes, before it is read."""
    within("file_bytes", size, LIMITS.file_bytes)


@transaction.atomic
def upload(*, register: str, file: str, data: bytes, by: User) -> tuple[UploadedSheet, Preview]:
    """Keep a file for HOURS_KEPT and return it with its preview.

    Raises NotAllowed, and what reading may raise; then nothing is kept.
    """
    forget_old_uploads()
    require(by, "add", "imports", by.side)
    found = read_and_preview(register=register, data=data, file=file, by=by)
    kept = UploadedSheet.objects.create(
        register=register, file=file[:200], content=data, by=by, seen=found.seen()
    )
    return kept, found


def uploaded(pk: int, by: User) -> UploadedSheet:
    """Return a person's own waiting file; raises UploadGone."""
    since = timezone.now() - timedelta(hours=HOURS_KEPT)
    found = UploadedSheet.objects.filter(pk=pk, by=by, at__gte=since).first()
    if found is None:
        raise UploadGone()
    return found


@transaction.atomic
def forget_old_uploads() -> int:
    """Delete files that waited longer than HOURS_KEPT; return how many."""
    before = timezone.now() - timedelta(hours=HOURS_KEPT)
    deleted, _kinds = UploadedSheet.objects.filter(at__lt=before).delete()
    return deleted


@transaction.atomic
def apply_upload(*, pk: int, by: User) -> ImportBatch:
    """Save a waiting file and forget it.

    Raises UploadGone, ImportHasFaults, RecordsChangedSince, ImportRefused.
    """
    kept = uploaded(pk, by)
    found = read_and_preview(
        register=kept.register, data=bytes(kept.content), file=kept.file, by=by
    )
    _refuse_changed(kept.seen, found.seen())
    batch = apply(preview=found, by=by)
    kept.delete()
    return batch


# Saving


@transaction.atomic
def apply(*, preview: Preview, by: User) -> ImportBatch:
    """Save what a preview shows: all rows or none.

    Rows whose register the person may not publish become drafts. Raises ImportHasFaults,
    RecordsChangedSince, ImportRefused.
    """
    if preview.errors:
        raise ImportHasFaults(count=str(preview.errors))
    rows = [row for row in preview.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)]
    kept = _kept(rows)
    _refuse_changed(preview.seen(), _digests(rows, kept))
    counts = preview.counts
    named = {row.register for row in rows}
    batch = ImportBatch.objects.create(
        register=next(iter(named)) if len(named) == 1 else "",
        file=preview.file[:200], digest=preview.digest, by=by, side=by.side,
        created=counts["new"], changed=counts["changed"], unchanged=counts["unchanged"],
    )  # fmt: skip
    look = Lookup(set())
    for row in _in_order(rows):
        _put(row, kept.get((row.register, row.code)), look, by, batch)
    ImportedRow.objects.bulk_create(
        [
            ImportedRow(
                batch=batch, register=row.register, code=row.code,
                before=None if row.before is None else dict(row.before), after=dict(row.after),
                was_draft=row.was_draft,
            )
            for row in rows
        ],
        batch_size=200,
    )  # fmt: skip
    log(instance=batch, action="irtysh.import", user=by, data={"rows": len(rows)})
    return batch


def _kept(rows: Iterable[PreviewRow | ImportedRow]) -> dict[tuple[str, str], Record]:
    """Return the records that rows speak of, locked where the database can."""
    codes: dict[str, list[str]] = {}
    for row in rows:
        codes.setdefault(row.register, []).append(row.code)
    found: dict[tuple[str, str], Record] = {}
    for register, wanted in codes.items():
        model = registers()[register]
        for part in in_parts(sorted(wanted)):
            list(model.objects.select_for_update().filter(code__in=part).values_list("pk"))
        found.update(
            {(register, code): one for code, one in kept_records(register, wanted).items()}
        )
    return found


def _digests(rows: Iterable[PreviewRow], kept: Mapping[tuple[str, str], Record]) -> dict[str, str]:
    found = {}
    for row in rows:
        record = kept.get((row.register, row.code))
        held = "" if record is None else digest(document_of(base_of(record)[0]))
        found[f"{row.register}/{row.code}"] = held
    return found


def _refuse_changed(seen: Mapping[str, str], now: Mapping[str, str]) -> None:
    differing = [name for name in {**seen, **now} if seen.get(name) != now.get(name)]
    if differing:
        raise RecordsChangedSince(ids=_named(differing))


def _in_order(rows: list[PreviewRow]) -> Iterable[PreviewRow]:
    """Return rows so that a record is saved before those that point at it.

    Where new records point at one another in a circle, room is made for them first.
    """
    by_key = {(row.register, row.code): row for row in rows}
    new = {key for key, row in by_key.items() if row.outcome is Outcome.NEW}
    graph = {
        key: (set(pointed_at(TABLES[row.register], row.after)) & new) - {key}
        for key, row in by_key.items()
    }
    try:
        return [by_key[key] for key in TopologicalSorter(graph).static_order()]
    except CycleError:
        for register, code in new:
            model = registers()[register]
            model.objects.bulk_create([model(code=code, live=False)])
        return rows


def _put(
    row: PreviewRow, record: Record | None, look: Lookup, by: User, batch: ImportBatch
) -> None:
    model = registers()[row.register]
    made = record or model.objects.filter(code=row.code).first() or model()
    try:
        with transaction.atomic():
            fill(made, row.after, look.find)
            write_record(made, by, row.publishes, batch, is_new=row.outcome is Outcome.NEW)
    except IntegrityError as error:
        said = str(error).splitlines()[0]
        raise ImportRefused(id=row.code, row=str(row.row), problem=said) from error


def write_record(
    record: Record, by: User, publishes: bool, batch: ImportBatch, *, is_new: bool
) -> None:
    """Save a filled record as public, or as a draft that somebody else publishes."""
    action = "wagtail.create" if is_new else "wagtail.edit"
    if publishes:
        keep(record=record, by=by, action=action, imported=batch.pk)
        return
    if record.pk is None:
        record.live = False
        record.save()
    revision = record.save_revision(user=by, log_action=False, clean=False)
    log(instance=record, action=action, user=by, revision=revision, data={"imported": batch.pk})


# Taking back


@transaction.atomic
def undo(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Give every record of an import what it held before, and delete those that it made.

    Raises
    ------
    ImportUndoneAlready
    NotAllowed
        The person may not import records of one of the sides concerned.
    ImportNotUndone
        A record was changed since, or others point at one that the import made.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.undone_at is not None:
        raise ImportUndoneAlready()
    require(by, "delete", "imports", batch.side)
    rows = list(batch.rows.order_by("pk"))
    kept = _kept(rows)
    for record in kept.values():
        require(by, "import", object_of(record.table.name), record.sides())
    _refuse_if_in_use(rows, kept)
    look = Lookup(set())
    for row in rows:
        if row.before is not None:
            _restore(row, kept[row.register, row.code], look, by, batch)
    _delete_made([kept[row.register, row.code] for row in rows if row.before is None], by)
    batch.undone_at = timezone.now()
    batch.undone_by = by
    batch.save(update_fields=["undone_at", "undone_by"])
    log(instance=batch, action="irtysh.import_undone", user=by)
    return batch


def _refuse_if_in_use(rows: list[ImportedRow], kept: Mapping[tuple[str, str], Record]) -> None:
    made = {(row.register, row.code) for row in rows if row.before is None}
    changed, referenced = [], []
    for row in rows:
        key = (row.register, row.code)
        name = f"{row.register}/{row.code}"
        record = kept.get(key)
        if record is None or digest(document_of(base_of(record)[0])) != digest(row.after):
            changed.append(name)
        elif key in made and _is_pointed_at(record, made):
            referenced.append(name)
    if changed or referenced:
        raise ImportNotUndone(changed=_named(changed), referenced=_named(referenced))


def _is_pointed_at(record: Record, but_for: set[tuple[str, str]]) -> bool:
    """Return True if anything but records of the same import points at a record."""
    links = Reference.objects.filter(to_register=record.table.name, to_code=record.code)
    for origin in links.values_list("from_register", "from_code"):
        if origin not in but_for:
            return True
    for relation in record._meta.related_objects:
        model = relation.related_model
        holders = model._base_manager.filter(**{relation.field.name: record})
        if issubclass(model, Row) and relation.field.name == "record":
            continue
        for holder in holders[:50]:
            if _owner(holder) not in but_for:
                return True
    return False


def _owner(holder: Model) -> tuple[str, str] | None:
    record = holder.record if isinstance(holder, Row) else holder
    return (record.table.name, record.code) if isinstance(record, Record) else None


def _restore(row: ImportedRow, record: Record, look: Lookup, by: User, batch: ImportBatch) -> None:
    assert row.before is not None
    public = document_of(record) if record.live else None
    fill(record, row.before, look.find)
    if public is not None and digest(public) == digest(row.before):
        # The import had left a draft: what is public stays, the draft goes.
        record.save_revision(user=by, log_action=False, clean=False)
        record.has_unpublished_changes = False
        record.save(update_fields=["has_unpublished_changes"])
        log(instance=record, action="wagtail.revert", user=by, data={"imported": batch.pk})
        return
    publishes = not row.was_draft and may_publish(by, row.register, record.sides())
    if publishes:
        keep(record=record, by=by, action="wagtail.revert", imported=batch.pk)
    else:
        revision = record.save_revision(user=by, log_action=False, clean=False)
        log(instance=record, action="wagtail.revert", user=by, revision=revision)


def _delete_made(records: list[Record], by: User) -> None:
    """Delete records from the last to the first, so that none is deleted while pointed at."""
    waiting = list(reversed(records))
    while waiting:
        later = []
        for record in waiting:
            try:
                with transaction.atomic():
                    log(instance=record, action="wagtail.delete", user=by)
                    record.delete()
            except ProtectedError:
                later.append(record)
        if len(later) == len(waiting):
            names = [f"{one.table.name}/{one.code}" for one in later]
            raise ImportNotUndone(changed="–", referenced=_named(names))
        waiting = later


def _named(names: list[str]) -> str:
    shown = ", ".join(sorted(names)[:_NAMED]) or "–"
    return f"{shown} …" if len(names) > _NAMED else shown
