"""A record as a document of a case file, and back: one form for files, imports and undo."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from irtysh.registries.records.fields import field_name
from irtysh.registries.records.models import Record, Row
from irtysh.sources.registers import Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES

Find = Callable[[str, str], Record | None]
"""Register and id → the record, or None."""


class RecordUnknown(IrtyshError):
    """A record points at another that is not there."""


def document_of(record: Record) -> dict[str, Any]:
    """Return a record as its case file would hold it; what is empty is left out."""
    found: dict[str, Any] = {"id": record.code}
    found.update(_values(record, record.table.columns))
    return {**found, **record.extra}


def _values(holder: Record | Row, columns: tuple[Column, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in columns:
        value = _value(holder, column)
        if value not in (None, "", [], {}):
            found[column.name] = value
    return found


def _value(holder: Record | Row, column: Column) -> Any:
    if column.kind in TRANSLATED:
        texts = {one: getattr(holder, f"{column.name}_{one}") for one in LANGUAGES}
        return {one: text for one, text in texts.items() if text}
    if column.kind is Kind.ROWS:
        return [_values(row, column.rows) for row in getattr(holder, column.name).all()]
    value = getattr(holder, field_name(column))
    if column.kind is Kind.RECORD:
        return value.code if value is not None else None
    if column.kind is Kind.DECIMAL and value is not None:
        return plain_number(value)
    return value


def plain_number(value: Decimal | float | int) -> int | float:
    """Return a stored decimal as a file writes it: 4500, 54.98."""
    number = Decimal(str(value)).normalize()
    return int(number) if number == number.to_integral_value() else float(number)


def fill(record: Record, document: Mapping[str, Any], find: Find) -> None:
    """Give a record the content of a document; what the document leaves out becomes empty.

    Raises RecordUnknown if it points at a record that ``find`` does not know.
    """
    begin(record, document)
    for column in record.table.columns:
        if column.kind is Kind.ROWS:
            rows = document.get(column.name) or ()
            manager = getattr(record, column.name)
            made = [_row(manager.model, column, row, find) for row in rows]
            for number, one in enumerate(made):
                one.sort_order = number  # without one, databases differ in what comes first
            setattr(record, column.name, made)
        elif column.kind is Kind.RECORD:
            _set(record, column, document.get(column.name), find)


def _nobody(_register: str, _code: str) -> None:
    return None


def begin(record: Record, document: Mapping[str, Any], find: Find = _nobody) -> None:
    """Give a record what a document says, pointing only at records that ``find`` knows by now.

    Those that exist already are pointed at: a constraint may ask for them from the first save.
    """
    record.code = str(document["id"])
    known = {"id", *(column.name for column in record.table.columns)}
    record.extra = {name: value for name, value in document.items() if name not in known}
    for column in record.table.columns:
        value = document.get(column.name)
        if column.kind is Kind.RECORD:
            setattr(
                record, field_name(column), find(column.register, str(value)) if value else None
            )
        elif column.kind is not Kind.ROWS:
            _set(record, column, value, find)


def _row(model: type[Row], column: Column, values: Mapping[str, Any], find: Find) -> Row:
    row = model()
    for one in column.rows:
        _set(row, one, values.get(one.name), find)
    return row


def _set(holder: Record | Row, column: Column, value: Any, find: Find) -> None:
    if column.kind in TRANSLATED:
        texts = value or {}
        for language in LANGUAGES:
            setattr(holder, f"{column.name}_{language}", str(texts.get(language) or "").strip())
        return
    setattr(holder, field_name(column), _stored(column, value, find))


def _stored(column: Column, value: Any, find: Find) -> Any:
    if column.kind is Kind.RECORD:
        if value in (None, ""):
            return None
        found = find(column.register, str(value))
        if found is None:
            raise RecordUnknown(register=column.register, id=str(value), column=column.name)
        return found
    if column.kind in (Kind.CODES, Kind.STRINGS):
        return [str(one) for one in value or ()]
    if column.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.FLAG):
        if value in (None, ""):
            return None
        return Decimal(str(value)) if column.kind is Kind.DECIMAL else value
    return "" if value is None else str(value)


def digest(document: Mapping[str, Any]) -> str:
    """Return a hash of a document that does not see order, empty fields or kinds of number."""
    text = json.dumps(_tidy(document), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _tidy(value: Any) -> Any:
    if isinstance(value, Mapping):
        tidy = {str(name): _tidy(one) for name, one in value.items()}
        return {name: one for name, one in tidy.items() if one not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_tidy(one) for one in value]
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or value is None:
        return value
    return str(plain_number(value)) if isinstance(value, int | float | Decimal) else str(value)
