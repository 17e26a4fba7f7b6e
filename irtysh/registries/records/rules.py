"""What every record of any register must fulfil, whoever writes it: a form or a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from irtysh.sources.registers import TABLES, Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.words import column_label, register_words
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.text import LANGUAGES, Text

INCOMPLETE = frozenset({"FieldMissing"})
"""Faults that a draft may have and a published record may not."""
IN_ORDER = (
    ("valid_from", "valid_to"),
    ("start", "end"),
    ("from", "to"),
    ("registered_on", "solved_on"),
    ("published_on", "expires_on"),
    ("checked_on", "expires_on"),
)
"""Columns that hold the two ends of a stretch of time."""

Resolves = Callable[[str, str], bool]
"""Register and id → True if there is such a record."""
Holder = Any
"""A record or one of its rows; their models stand above this module."""


def faults_of(record: Holder, resolves: Resolves) -> Iterator[Fault]:
    """Yield everything that the columns of a record and of its rows do wrong.

    ``column`` of a fault is the column, or rows.column with ``line`` counting the rows from 1.
    """
    yield from own_faults(record)
    register = record.table.name
    for column in record.table.of(Kind.ROWS):
        for line, row in enumerate(getattr(record, column.name).all(), start=1):
            yield from _faults(record, row, column.rows, column.name, line)
            yield from _links(record, row, column, line, resolves)
    for column in record.table.of(Kind.LINK):
        yield from _unresolved(
            f"{register}/{record.code}", column.name, 0, record, column, resolves
        )


def own_faults(record: Holder) -> Iterator[Fault]:
    """Yield what the record's own columns do wrong; its rows are not looked at."""
    yield from _faults(record, record, record.table.columns, "", 0)


def ends_before(start: str, end: str) -> bool:
    """Return True if a day, month or year ends before another begins, as ISO 8601 texts.

    2024 does not end before 2024-05: they overlap. A missing day is no fault.
    """
    known = min(len(start), len(end))
    return bool(known) and end[:known] < start[:known]


def _faults(
    record: Holder, holder: Holder, columns: tuple[Column, ...], rows: str, line: int
) -> Iterator[Fault]:
    register = record.table.name
    for column in columns:
        path = f"{rows}.{column.name}" if rows else column.name
        if column.is_required and _is_empty(holder, column):
            said = {"field": _label(register, path)}
            yield Fault("FieldMissing", f"{register}/{record.code}", line, path, said)
    known = {column.name for column in columns if column.kind is Kind.DAY}
    for first, last in IN_ORDER:
        if first in known and last in known:
            start, end = (str(getattr(holder, _attribute(name)) or "") for name in (first, last))
            if ends_before(start, end):
                path = f"{rows}.{last}" if rows else last
                said = {"start": start, "end": end}
                yield Fault("EndBeforeStart", f"{register}/{record.code}", line, path, said)


def _links(
    record: Holder, row: Holder, column: Column, line: int, resolves: Resolves
) -> Iterator[Fault]:
    file = f"{record.table.name}/{record.code}"
    for one in column.rows:
        if one.kind is Kind.LINK:
            yield from _unresolved(file, f"{column.name}.{one.name}", line, row, one, resolves)


def _unresolved(
    file: str, path: str, line: int, holder: Holder, column: Column, resolves: Resolves
) -> Iterator[Fault]:
    value = str(getattr(holder, _attribute(column.name)) or "")
    register, slash, code = value.partition("/")
    if value and not (slash and code and resolves(register, code)):
        label = _label(file.partition("/")[0], path)
        said = {"register": _title(register), "id": code or value, "column": label}
        yield Fault("RecordUnknown", file, line, path, said)


def _is_empty(holder: Holder, column: Column) -> bool:
    if column.kind in TRANSLATED:
        return not any(getattr(holder, f"{column.name}_{one}") for one in LANGUAGES)
    if column.kind is Kind.RECORD:
        return getattr(holder, f"{_attribute(column.name)}_id") is None
    return getattr(holder, _attribute(column.name)) in (None, "", [])


def _attribute(name: str) -> str:
    return "from_day" if name == "from" else name


def _label(register: str, path: str) -> Text:
    return Text({language: column_label(register, path, language) for language in LANGUAGES})


def _title(register: str) -> Text | str:
    if register not in TABLES:
        return register
    words = {one: register_words(register, "title", one) for one in LANGUAGES}
    return Text(words)
