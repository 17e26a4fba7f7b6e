"""Many records at once: what an import would do, row by row, with nothing saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BaseConstraint, Model, Prefetch, QuerySet

from irtysh.accounts.models import User
from irtysh.accounts.permissions import may
from irtysh.registries.records.codes import language_now, names_of
from irtysh.registries.records.deeds import managed_params
from irtysh.registries.records.documents import RecordUnknown, digest, document_of, fill
from irtysh.registries.records.fields import field_name
from irtysh.registries.records.models import Listing, Record, registers
from irtysh.registries.records.policy import object_of
from irtysh.sources.registers import TABLES, Kind, Table
from irtysh.sources.registers.cells import ID, headings, written
from irtysh.sources.registers.names import Names
from irtysh.sources.registers.reading import ReadFile, SheetRow, merged, read_sheet
from irtysh.sources.registers.sheets import EXTRA
from irtysh.vocabulary.errors import Fault

_AT_ONCE = 500
_LANGUAGE_SUFFIXES = ("_ru", "_kk", "_en")


class Outcome(StrEnum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that would hold something else; an empty text where there is nothing."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record of the file against what is kept.

    Attributes
    ----------
    before : dict or None
        Document as it is; None for a record that is not there.
    after : dict
        Document as it would be.
    publishes : bool
        False where the row becomes a draft: the person may not publish it, or it is one already.
    was_draft : bool
        True where ``before`` is the person's own unpublished draft.
    """

    register: str
    code: str
    row: int
    outcome: Outcome
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    publishes: bool = True
    was_draft: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of a file would do."""

    file: str
    digest: str
    rows: tuple[PreviewRow, ...]
    faults: tuple[Fault, ...] = ()
    """Faults of the file as a whole, warnings among them."""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        found = dict.fromkeys(Outcome, 0)
        for row in self.rows:
            found[row.outcome] += 1
        return {outcome.value: count for outcome, count in found.items()}

    @property
    def errors(self) -> int:
        """How many faults refuse the file."""
        everything = (*self.faults, *(fault for row in self.rows for fault in row.faults))
        return sum(fault.severity == "error" for fault in everything)

    def seen(self) -> dict[str, str]:
        """Return record → hash of what it holds now, empty for one that is not there."""
        return {
            f"{row.register}/{row.code}": digest(row.before) if row.before is not None else ""
            for row in self.rows
            if row.outcome in (Outcome.NEW, Outcome.CHANGED)
        }


def read_and_preview(*, register: str, data: bytes, file: str, by: User) -> Preview:
    """Read a file of one register and preview it.

    Raises NotReadable, TooLarge, EncodingUnclear, EmptySheet, SheetColumnMissing.
    """
    read = read_sheet(data, file, TABLES[register], names_now())
    return preview(files={register: read}, by=by, digest=hashlib.sha256(data).hexdigest())


def preview(*, files: Mapping[str, ReadFile], by: User, digest: str) -> Preview:
    """Return what an import would do; the registers are looked at in the order of the tables."""
    ordered = {name: files[name] for name in TABLES if name in files}
    look = Lookup({(name, row.id) for name, read in ordered.items() for row in read.rows})
    look.prepare(ordered)
    rows: list[PreviewRow] = []
    for name, read in ordered.items():
        rows += _previewed(name, read, by, look)
    first = next(iter(ordered.values()))
    faults = [fault for read in ordered.values() for fault in read.faults]
    return Preview(first.file, digest, tuple(rows), tuple(faults))


class Lookup:
    """Records by register and id: those that are there, and those that the file would make."""

    def __init__(self, pending: set[tuple[str, str]]) -> None:
        self._pending = pending
        self._models = registers()
        self._known: dict[tuple[str, str], Record | None] = {}

    def prepare(self, files: Mapping[str, ReadFile]) -> None:
        """Fetch all that the rows point at, in a few questions."""
        wanted: dict[str, set[str]] = {}
        for name, read in files.items():
            for row in read.rows:
                for register, code in pointed_at(TABLES[name], row.given):
                    wanted.setdefault(register, set()).add(code)
        for register, codes in wanted.items():
            self._known.update(dict.fromkeys((register, code) for code in codes))
            for part in in_parts(sorted(codes)):
                for record in self._models[register].objects.filter(code__in=part):
                    self._known[register, record.code] = record

    def find(self, register: str, code: str) -> Record | None:
        """Return a record; one that the file would make is not saved yet."""
        key = (register, code)
        if key not in self._known:
            self._known[key] = self._models[register].objects.filter(code=code).first()
        if self._known[key] is None and key in self._pending:
            self._known[key] = self._models[register](code=code)
        return self._known[key]

    def resolves(self, register: str, code: str) -> bool:
        """Return True if a link leads to a record that is there or would be."""
        return register in self._models and self.find(register, code) is not None


def pointed_at(table: Table, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        value = values.get(column.name)
        if column.kind is Kind.RECORD and value:
            yield column.register, value
        elif column.kind is Kind.ROWS:
            for row in value or ():
                for one in column.rows:
                    if one.kind is Kind.RECORD and row.get(one.name):
                        yield one.register, row[one.name]


def in_parts(codes: list[str]) -> Iterator[list[str]]:
    """Yield a list in pieces that a database takes in one question."""
    for begin in range(0, len(codes), _AT_ONCE):
        yield codes[begin : begin + _AT_ONCE]


def whole(records: QuerySet[Any], table: Table) -> QuerySet[Any]:
    """Return records with rows and what they point at, fetched in a few questions."""
    model = records.model
    rows = []
    for column in table.of(Kind.ROWS):
        own = model._meta.get_field(column.name).related_model.objects.all()
        points = [field_name(one) for one in column.rows if one.kind is Kind.RECORD]
        rows.append(Prefetch(column.name, own.select_related(*points) if points else own))
    points = [field_name(column) for column in table.of(Kind.RECORD)]
    found = records.select_related(*points, "latest_revision") if points else records
    return found.prefetch_related(*rows)


def names_now(language: str = "") -> Names:
    """Return the words beside codes and ids, those of the case among them."""
    titles: dict[tuple[str, str], str] = {}
    spoken = language or language_now()

    def title(register: str, code: str) -> str:
        if not titles:
            for listing in Listing.objects.filter(register__in=_POINTED_AT).iterator():
                titles[listing.register, listing.code] = listing.title(spoken)
        return titles.get((register, code), "")

    return Names(spoken, names_of, title)


_POINTED_AT = sorted(
    {column.register for table in TABLES.values() for column in table.of(Kind.RECORD)}
    | {
        one.register
        for table in TABLES.values()
        for column in table.of(Kind.ROWS)
        for one in column.rows
        if one.kind is Kind.RECORD
    }
)


def _previewed(register: str, read: ReadFile, by: User, look: Lookup) -> Iterator[PreviewRow]:
    table = TABLES[register]
    names = names_now()
    kept = kept_records(register, [row.id for row in read.rows if row.id])
    for row in read.rows:
        record = kept.get(row.id)
        if record is None and any(fault.severity == "error" for fault in row.faults):
            yield PreviewRow(register, row.id, row.row, Outcome.FAULTY, faults=row.faults)
            continue
        yield _row(table, row, read.file, record, by, look, names)


def kept_records(register: str, codes: Iterable[str]) -> dict[str, Record]:
    """Return the records of some ids, with their rows."""
    model = registers()[register]
    return {
        record.code: record
        for part in in_parts(sorted(set(codes)))
        for record in whole(model.objects.filter(code__in=part), model.table)
    }


def base_of(record: Record) -> tuple[Record, bool]:
    """Return what an import changes, and True where that is a draft rather than what is public."""
    if record.latest_revision_id and (record.has_unpublished_changes or not record.live):
        return record.get_latest_revision_as_object(), True
    return record, not record.live


def _row(
    table: Table, row: SheetRow, file: str, record: Record | None, by: User, look: Lookup,
    names: Names,
) -> PreviewRow:  # fmt: skip
    base, is_draft = (None, False) if record is None else base_of(record)
    before = document_of(base) if base is not None else None
    after = merged(table, before or {}, row)
    changes = tuple(changes_between(table, before or {}, after, names))
    shown = PreviewRow(table.name, row.id, row.row, Outcome.NEW, before, after, changes,
                       was_draft=is_draft)  # fmt: skip
    faults = list(row.faults)
    if record is not None and not changes and not any(f.severity == "error" for f in faults):
        return replace(shown, outcome=Outcome.UNCHANGED, faults=row.faults)
    if record is not None:
        faults += _closed(record, is_draft, by, row, file)
        faults += _managed(record, row, file, changes)
        shown = replace(shown, outcome=Outcome.CHANGED)
    sides = set() if base is None else set(base.sides())
    filled = base if base is not None else registers()[table.name]()
    touched = {_own_name(change.column) for change in changes} if record is not None else None
    closed = {fault.column for fault in faults if fault.code == "ManagedColumn"}
    wrong = _wrong(filled, row, after, file, look, touched)
    faults += [fault for fault in wrong if fault.column not in closed]
    is_filled = not any(fault.code == "RecordNotThere" for fault in faults)
    if is_filled and filled.code:
        sides_after = set(filled.sides())
        faults += _forbidden(table, row, file, by, (sides, sides_after), record is None)
        publishes = not is_draft and may_publish(by, table.name, sides | sides_after)
        shown = replace(shown, publishes=publishes)
    if any(fault.severity == "error" for fault in faults):
        shown = replace(shown, outcome=Outcome.FAULTY)
    return replace(shown, faults=tuple(faults))


def may_publish(by: User, register: str, sides: Iterable[str]) -> bool:
    """Return True if what a person imports is public at once, rather than a draft."""
    return may(by, "publish", object_of(register), sides)


def _closed(record: Record, is_draft: bool, by: User, row: SheetRow, file: str) -> Iterator[Fault]:
    """Yield a fault where somebody else is at work on the record."""
    writer = record.latest_revision.user_id if record.latest_revision else None
    is_others = is_draft and writer != by.pk
    is_locked = record.locked and record.locked_by_id != by.pk
    if is_others or is_locked or record.workflow_in_progress:
        yield Fault("RecordHasDraft", file, row.row, row.place("id"), {"id": row.id})


def _managed(
    record: Record, row: SheetRow, file: str, changes: Iterable[Change]
) -> Iterator[Fault]:
    """Yield a fault for a change of a column that only an action changes."""
    register = record.table.name
    closed = record.managed_now()
    for change in changes:
        if change.column in closed:
            params = {**managed_params(register, change.column), "before": change.before or "–"}
            yield Fault("ManagedColumn", file, row.row, row.place(change.column), params)


def _forbidden(
    table: Table, row: SheetRow, file: str, by: User, sides: tuple[set[str], set[str]],
    is_new: bool,
) -> Iterator[Fault]:  # fmt: skip
    """Yield a fault unless the person may import the record as it is and as it would be."""
    asked = sides[1:] if is_new else sides
    if not all(may(by, "import", object_of(table.name), one) for one in asked):
        params = {"id": row.id, "register": table.name}
        yield Fault("ImportNotAllowed", file, row.row, row.place("id"), params)


def _wrong(
    record: Record, row: SheetRow, after: Mapping[str, Any], file: str, look: Lookup,
    touched: set[str] | None,
) -> Iterator[Fault]:  # fmt: skip
    """Fill a record, unsaved, and yield what it would do wrong.

    ``touched``: the fields that differ from what is kept; None for a new record.
    """
    try:
        fill(record, after, look.find)
    except RecordUnknown as unknown:
        yield Fault("RecordNotThere", file, row.row, row.place(unknown.params["column"]),
                    dict(unknown.params))  # fmt: skip
        return
    said = {fault.params.get("column") for fault in row.faults}
    for fault in record.faults(look.resolves):
        column = fault.column.partition(".")[0]
        if column not in said:
            said.add(column)
            yield replace(fault, file=file, line=row.row, column=row.place(column))
    yield from _refused(record, row, file, said, touched)


def _refused(
    record: Record, row: SheetRow, file: str, said: set[Any], touched: set[str] | None
) -> Iterator[Fault]:
    """Yield what the fields and constraints of the database would refuse."""
    points = [field_name(column) for column in record.table.of(Kind.RECORD)]
    problems: dict[str, list[str]] = {}
    for check in (
        lambda: record.clean_fields(exclude=points),
        lambda: record.validate_unique(exclude=points) if touched is None else None,
        lambda: _hold_constraints(record, set(points), touched),
    ):
        try:
            check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                problems.setdefault(name, messages)
    for name, messages in problems.items():
        column = "id" if name in ("code", "__all__") else name
        plain = column[:-3] if column.endswith(_LANGUAGE_SUFFIXES) else column
        if not {column, plain} & said:
            params = {"column": column, "problem": " ".join(messages)}
            yield Fault("FieldRefused", file, row.row, row.place(column), params)


def _hold_constraints(record: Record, points: set[str], touched: set[str] | None) -> None:
    """Raise ValidationError for a constraint of the database that does not hold.

    What speaks of untouched fields only held before, and holds.
    Django hands every field of the record to the database for each constraint; with those that
    the constraint speaks of it takes a quarter of the time.
    """
    everything = {one.name for one in record._meta.concrete_fields}
    problems: dict[str, list[Any]] = {}
    for model, constraints in record.get_constraints():
        for constraint in constraints:
            about = _fields_of(constraint, model)
            if about & points or (touched is not None and not about & touched):
                continue
            try:
                constraint.validate(model, record, exclude=everything - about)
            except ValidationError as error:
                problems.setdefault("__all__", []).extend(error.messages)
    if problems:
        raise ValidationError(problems)


def _own_name(column: str) -> str:
    return "from_day" if column == "from" else column


def _fields_of(constraint: BaseConstraint, model: type[Model]) -> set[str]:
    found = set(getattr(constraint, "fields", ()))
    for part in (getattr(constraint, "condition", None), *getattr(constraint, "expressions", ())):
        if part is not None:
            found |= {path[0] for path in model._get_expr_references(part)}
    return found


def changes_between(
    table: Table, before: Mapping[str, Any], after: Mapping[str, Any], names: Names
) -> Iterator[Change]:
    """Yield the cells that differ; other line ends or spaces at the end are no difference."""
    flat = headings((ID, *table.columns), rows_too=True)
    labels = {one.column.name: one for one in flat if one.is_label}
    for heading in flat:
        if heading.is_label:
            continue
        old, new = (_plain(written(heading, one, names)) for one in (before, after))
        if old == new:
            continue
        label = labels.get(heading.column.name)
        if label is not None:
            old, new = (
                f"{code} ({name})" if (name := written(label, one, names)) else code
                for code, one in ((old, before), (new, after))
            )
        yield Change(heading.name, old, new)
    known = {"id", *(column.name for column in table.columns)}
    extras = [{k: v for k, v in one.items() if k not in known} for one in (before, after)]
    if digest(extras[0]) != digest(extras[1]):
        yield Change(EXTRA, str(extras[0] or ""), str(extras[1] or ""))


def _plain(cell: Any) -> str:
    return "" if cell is None else str(cell).replace("\r\n", "\n").strip()
