"""Making one organisation of two entries."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from irtysh.accounts.models import User
from irtysh.accounts.permissions import require
from irtysh.registries.organisations.models import Merger, Organisation
from irtysh.registries.organisations.rules import name_key
from irtysh.registries.records.actions import keep, refuse_draft, repoint
from irtysh.registries.records.documents import document_of
from irtysh.registries.records.models import Record, Row
from irtysh.sources.registers import Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES

NUMBERS = ("inn", "ogrn", "bin")
"""Columns that no two organisations share."""


class MergeOfOne(IrtyshError):
    """An organisation was to be merged with itself."""


class NumbersDiffer(IrtyshError):
    """Two organisations that should be one have different numbers of one register."""


@transaction.atomic
def merge(*, kept: Organisation, gone: Organisation, by: User) -> Merger:
    """Let one entry take over another: its ties, what only it knows, its names as former ones.

    What both know stays as the kept one has it. The old address leads to the kept entry.
    Raises NotAllowed, MergeOfOne, NumbersDiffer, DraftInTheWay.
    """
    sides = kept.sides() | gone.sides()
    require(by, "merge", "organisations", sides)
    check_mergeable(kept, gone)
    document = document_of(gone)
    changed = repoint(register="organisations", gone=gone, kept=kept, by=by)
    code = gone.code
    numbers = {column: getattr(gone, column) for column in NUMBERS}
    rows = {
        column.name: list(getattr(gone, column.name).all()) for column in gone.table.of(Kind.ROWS)
    }
    _move_the_rest(kept, gone)
    gone.delete()
    _take_over(kept, gone, rows, numbers)
    keep(record=kept, by=by, merged=code)
    return Merger.objects.create(
        from_code=code, kept=kept, document=document, changed=changed, by=by
    )


def check_mergeable(kept: Organisation, gone: Organisation) -> None:
    """Raise MergeOfOne, NumbersDiffer or DraftInTheWay for two entries that are not to be one."""
    if kept.pk == gone.pk:
        raise MergeOfOne(id=kept.code)
    for column in NUMBERS:
        ours, theirs = getattr(kept, column), getattr(gone, column)
        if ours and theirs and ours != theirs:
            raise NumbersDiffer(kind=column.upper(), kept=ours, gone=theirs)
    refuse_draft(kept)
    refuse_draft(gone)


def _move_the_rest(kept: Organisation, gone: Organisation) -> None:
    """Give the kept entry what no register holds: reports, people who speak for it, mergers.

    Where it has the same already – a person speaks for both – the one of the entry that goes is
    dropped with it.
    """
    for relation in Organisation._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if issubclass(model, Record | Row):
            continue
        for holder in model._base_manager.filter(**{name: gone}):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=holder.pk).update(**{name: kept})
            except IntegrityError:
                continue  # goes with the entry


def _take_over(kept: Organisation, gone: Organisation, rows: dict, numbers: dict) -> None:
    """Fill what the kept entry lacks."""
    for column in kept.table.columns:
        if column.kind is Kind.ROWS:
            manager = getattr(kept, column.name)
            known = {_content(row, column) for row in manager.all()}
            for row in rows[column.name]:
                if _content(row, column) not in known:
                    row.pk = None
                    kept.append(column.name, row)
        elif column.kind in TRANSLATED:
            for language in LANGUAGES:
                _fill(kept, gone, f"{column.name}_{language}")
        elif column.name in numbers:
            setattr(kept, column.name, getattr(kept, column.name) or numbers[column.name])
        else:
            _fill(kept, gone, column.name)
    _remember_name(kept, gone)


def _fill(kept: Organisation, gone: Organisation, name: str) -> None:
    if getattr(kept, name) in (None, "", []):
        setattr(kept, name, getattr(gone, name))


def _content(row: object, column: object) -> tuple:
    names = [field.name for field in row._meta.fields]  # type: ignore[attr-defined]
    skipped = ("id", "record", "sort_order")
    return tuple(str(getattr(row, f"{name}_id", getattr(row, name))) for name in names
                 if name not in skipped)  # fmt: skip


def _remember_name(kept: Organisation, gone: Organisation) -> None:
    if names_differ(kept, gone):
        names = {language: gone.text("name", language) for language in LANGUAGES}
        kept.append(
            "former_names",
            kept.former_names.model(**{f"name_{one}": text for one, text in names.items()}),
        )


def names_differ(kept: Organisation, gone: Organisation) -> bool:
    """Return True if the entry that goes is called otherwise in a language that both have."""
    return any(
        mine and other and name_key(mine) != name_key(other)
        for mine, other in ((kept.text("name", one), gone.text("name", one)) for one in LANGUAGES)
    )


def possible_duplicates(limit: int = 50) -> list[tuple[Organisation, Organisation]]:
    """Return pairs of entries whose names differ only in form, quotes or order of words."""
    first: dict[tuple[str, str], Organisation] = {}
    found = []
    for one in Organisation.objects.order_by("pk").iterator():
        for language in LANGUAGES:
            key = (language, name_key(one.text("name", language)))
            if not key[1]:
                continue
            other = first.setdefault(key, one)
            if other.pk != one.pk:
                found.append((other, one))
                break
        if len(found) >= limit:
            break
    return found
