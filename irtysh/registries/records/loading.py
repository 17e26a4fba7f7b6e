"""Registers from the files of a case, and back into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from irtysh.accounts.models import User
from irtysh.registries.records.actions import finder, keep
from irtysh.registries.records.documents import Find, begin, digest, document_of, fill
from irtysh.registries.records.models import Record, registers
from irtysh.sources.registers import TABLES


@transaction.atomic
def load_registers(documents: Mapping[str, Any], by: User | None = None) -> dict[str, int]:
    """Create or renew the records of a case; return how many of each outcome.

    A record whose content differs from the one last loaded belongs to its editors and is left
    alone, as is one with a draft. ``{"created": …, "renewed": …, "kept": …}``.
    """
    counts = {"created": 0, "renewed": 0, "kept": 0}
    models_of = registers()
    begun: dict[tuple[str, str], Record] = {}
    find = finder()
    for name, model in models_of.items():
        begun.update(_begin(name, model, documents.get(TABLES[name].document) or (), find))
    for name in models_of:
        for document in documents.get(TABLES[name].document) or ():
            _load(begun[name, str(document["id"])], document, find, by, counts)
    return counts


def _begin(name: str, model: type[Record], found: Any, find: Find) -> dict[tuple[str, str], Record]:
    """Make room for every record first, so that they may point at one another."""
    codes = [str(document["id"]) for document in found]
    known = {record.code: record for record in model.objects.filter(code__in=codes)}
    missing = []
    for document in found:
        if str(document["id"]) not in known:
            record = model(live=False)
            begin(record, document, find)
            missing.append(record)
    model.objects.bulk_create(missing)
    made = model.objects.filter(code__in=[record.code for record in missing])
    return {(name, record.code): record for record in (*known.values(), *made)}


def _load(
    record: Record, document: Mapping[str, Any], find: Any, by: User | None, counts: dict[str, int]
) -> None:
    wanted = digest(document)
    is_new = record.latest_revision_id is None
    if not is_new and wanted == record.loaded_digest:
        return
    if not is_new and (record.has_unpublished_changes or _is_edited(record)):
        counts["kept"] += 1
        return
    fill(record, document, find)
    record.loaded_digest = wanted
    keep(record=record, by=by, action="wagtail.create" if is_new else "wagtail.edit")
    counts["created" if is_new else "renewed"] += 1


def _is_edited(record: Record) -> bool:
    return digest(document_of(record)) != record.loaded_digest


def export_registers() -> dict[str, list[dict[str, Any]]]:
    """Return the published records of every register as the documents of a case."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, model in registers().items():
        records = model.objects.filter(live=True).order_by("pk")
        found.setdefault(TABLES[name].document, []).extend(document_of(one) for one in records)
    return found
