"""A file of a register read into rows, each with what it says and with what is wrong in it.

A column that the file does not have says nothing: the record keeps what it holds. A cell that is
there and empty says that the value is missing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from irtysh.sources.registers.cells import ID, Heading, headings, plain_text, read
from irtysh.sources.registers.columns import TRANSLATED, Column, Kind, Table
from irtysh.sources.registers.names import CellRefused, Names
from irtysh.sources.registers.sheets import ABOUT, EXTRA, LONG, long_mark, unguarded
from irtysh.sources.spreadsheet.limits import MEBIBYTE, Limits
from irtysh.sources.spreadsheet.packages import column_letters
from irtysh.sources.spreadsheet.workbook import (
    DELIMITERS,
    Cell,
    CellKind,
    Sheet,
    Workbook,
    open_workbook,
)
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.text import LANGUAGES, is_number
from irtysh.vocabulary.wording import say

LIMITS = Limits(
    file_bytes=10 * MEBIBYTE,
    unpacked_bytes=128 * MEBIBYTE,
    parts=200,
    sheets=40,
    rows=50_001,
    columns=500,
    cells=6_000_000,
    text=64 * MEBIBYTE,
)
"""Bounds on an import: 50,000 records and the header."""


@contextmanager
def long_fields() -> Iterator[None]:
    """Let a field of a CSV be as long as the file while the block runs.

    A contour on the map is longer than the usual 131,072 signs; whoever else reads a CSV keeps
    that limit, which finds a quotation mark that was never closed.
    """
    usual = csv.field_size_limit(LIMITS.file_bytes)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


_EMPTY: tuple[Any, ...] = (None, "", [], {})


class EmptySheet(IrtyshError):
    """A file of a register holds no record."""


class SheetColumnMissing(IrtyshError):
    """A file of a register has no sheet whose first row has the column ``id``."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One record of a file.

    Attributes
    ----------
    id : str
        Empty where the cell is.
    row : int
        Row as a spreadsheet numbers it; the header is 1.
    given : dict
        Column → value, None where the cell is empty; a translated column as language → text.
    places : dict
        Name of a column → address of its cell, "D7" or "organisations!D7".
    faults : tuple of Fault
    """

    id: str
    row: int
    given: Mapping[str, Any]
    places: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def place(self, column: str) -> str:
        """Return the address of the cell that says something of a column."""
        names = (column, *(f"{column}_{language}" for language in LANGUAGES), "id")
        return next((self.places[one] for one in names if one in self.places), "")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file says: its rows, and what is wrong with it as a whole."""

    file: str
    form: str
    rows: tuple[SheetRow, ...]
    faults: tuple[Fault, ...] = ()


def read_sheet(data: bytes, file: str, table: Table, names: Names) -> ReadFile:
    """Read a CSV, XLSX or XLS of a register.

    Raises
    ------
    NotReadable, TooLarge, EncodingUnclear, EmptySheet, SheetColumnMissing
    """
    if not data.strip():
        raise EmptySheet(file=file)
    book = _opened(data, file)
    sheet = _main_sheet(book, table, file)
    reader = _Reader(table, file, book, names)
    rows = reader.rows(sheet)
    if not rows:
        raise EmptySheet(file=file)
    return ReadFile(file, book.form, tuple(rows), (*book.remarks, *reader.faults))


def _opened(data: bytes, file: str) -> Workbook:
    """Open a file; a CSV by the delimiter that makes a column ``id``.

    Which delimiter cuts the lines evenly is a guess, and texts full of semicolons mislead it; the
    name of the column that every register has does not.
    """
    with long_fields():
        book = open_workbook(data, file=file, limits=LIMITS)
        if book.form != "csv" or any("id" in _names_of(sheet) for sheet in book.sheets):
            return book
        for mark in DELIMITERS:
            other = open_workbook(data, file=file, delimiter=mark, limits=LIMITS)
            if any("id" in _names_of(sheet) for sheet in other.sheets):
                return other
    return book


def merged(table: Table, document: Mapping[str, Any], row: SheetRow) -> dict[str, Any]:
    """Return a document with what a row says; what the row does not speak of stays."""
    known = {"id", *(column.name for column in table.columns)}
    found = {name: value for name, value in document.items() if name in known}
    extra = {name: value for name, value in document.items() if name not in known}
    found["id"] = row.id
    for column in table.columns:
        if column.name not in row.given:
            continue
        value = row.given[column.name]
        if column.kind in TRANSLATED:
            texts = {**(found.get(column.name) or {}), **value}
            value = {one: text for one, text in texts.items() if text}
        found[column.name] = value
    if EXTRA in row.given:
        extra = dict(row.given[EXTRA] or {})
    return {name: one for name, one in {**found, **extra}.items() if one not in _EMPTY}


def _main_sheet(book: Workbook, table: Table, file: str) -> Sheet:
    """Return the sheet of the records: by its name, else the first that has a column ``id``."""
    by_name = [one for one in book.sheets if one.name.strip().casefold() == table.name]
    with_id = [one for one in book.sheets if one.rows and "id" in _names_of(one)]
    parts = {column.name for column in table.of(Kind.ROWS)}
    candidates = by_name if book.form != "csv" and by_name else with_id
    candidates = [one for one in candidates if one.name not in parts or book.form == "csv"]
    if not any(not cell.is_blank for one in book.sheets for row in one.rows for cell in row):
        raise EmptySheet(file=file)
    if not candidates or "id" not in _names_of(candidates[0]):
        raise SheetColumnMissing(file=file, column="id", sheet=table.name)
    return candidates[0]


def _names_of(sheet: Sheet) -> list[str]:
    return [plain_text(cell).strip().casefold() for cell in sheet.rows[0]] if sheet.rows else []


class _Reader:
    """One file: its form, its long texts, its faults so far."""

    def __init__(self, table: Table, file: str, book: Workbook, names: Names) -> None:
        self.table = table
        self.file = file
        self.names = names
        self.faults: list[Fault] = []
        self.is_csv = book.form == "csv"
        self._sheets = {sheet.name.strip().casefold(): sheet for sheet in book.sheets}
        self._long = dict(_long_texts(self._sheets[LONG])) if LONG in self._sheets else {}

    def rows(self, main: Sheet) -> list[SheetRow]:
        """Return the records of the main sheet with the rows that other sheets hold of them."""
        flat = headings((ID, *self.table.columns), rows_too=True)
        columns = self._columns(main, flat)
        rows = [
            self._row(main, number, columns)
            for number in range(1, len(main.rows))
            if any(not cell.is_blank for cell in main.rows[number])
        ]
        parts = {}
        for column in self.table.of(Kind.ROWS):
            sheet = self._sheets.get(column.name)
            if sheet is not None and sheet is not main:
                parts[column.name] = self._part(column, sheet, {row.id for row in rows})
        self._say_ignored(main, parts)
        return [self._with_parts(row, parts) for row in self._once(rows)]

    def _columns(self, sheet: Sheet, flat: Sequence[Heading]) -> list[tuple[int, Heading]]:
        known = {heading.name: heading for heading in flat}
        extra = Heading(EXTRA, Column(EXTRA, Kind.STRING))
        seen: set[str] = set()
        found = []
        for place, name in enumerate(_names_of(sheet)):
            address = self._address(sheet, 0, place)
            if not name:
                if any(not sheet.at(row, place).is_blank for row in range(1, len(sheet.rows))):
                    self._fault("ColumnNameless", 1, address)
                continue
            heading = known.get(name) or (extra if name == EXTRA and "id" in known else None)
            if heading is None:
                near = get_close_matches(name, known, n=3) or list(known)[:5]
                self._fault(
                    "SheetColumnUnknown", 1, address, column=name[:60], near=", ".join(near)
                )
            elif name in seen:
                self._fault("SheetColumnTwice", 1, address, column=name)
            elif not heading.is_label:
                found.append((place, heading))
            seen.add(name)
        return found

    def _row(self, sheet: Sheet, number: int, columns: list[tuple[int, Heading]]) -> SheetRow:
        given: dict[str, Any] = {}
        places: dict[str, str] = {}
        faults: list[Fault] = []
        for place, heading in columns:
            column = heading.column
            address = self._address(sheet, number, place)
            places[heading.name] = address
            try:
                value = self._value(heading, self._cell(sheet.at(number, place)))
            except CellRefused as refusal:
                params = {"column": heading.name, **refusal.params}
                faults.append(Fault(refusal.code, self.file, number + 1, address, params))
                continue
            if heading.language:
                given.setdefault(column.name, {})[heading.language] = value or ""
            else:
                given[column.name] = value
        record = str(given.pop("id", None) or "")
        if not record and not any(fault.params["column"] == "id" for fault in faults):
            params = {"column": "id"}
            faults.append(Fault("CellMissing", self.file, number + 1, places["id"], params))
        return SheetRow(record, number + 1, given, places, tuple(faults))

    def _value(self, heading: Heading, cell: Cell) -> Any:
        if heading.name != EXTRA:
            return read(heading.column, cell, self.names)
        if cell.is_blank:
            return {}
        try:
            found = json.loads(cell.text)
        except (ValueError, RecursionError) as error:
            raise CellRefused("CellNotJson", problem=str(error)[:200]) from None
        if not isinstance(found, dict):
            raise CellRefused("CellNotJson", problem="{…}")
        return found

    def _cell(self, cell: Cell) -> Cell:
        if cell.kind is not CellKind.TEXT:
            return cell
        if self.is_csv:
            return replace(cell, text=unguarded(cell.text))
        return replace(cell, text=self._long.get(cell.text, cell.text))

    def _part(self, column: Column, sheet: Sheet, known: set[str]) -> dict[str, list[Any]]:
        """Return id → its rows on a sheet, and note what is wrong in them."""
        columns = self._columns(sheet, headings((ID, *column.rows), rows_too=False))
        if "id" not in {heading.name for _place, heading in columns}:
            self._fault("SheetColumnUnknown", 1, self._address(sheet, 0, 0), column="–", near="id")
            return {}
        found: dict[str, list[Any]] = {}
        for number in range(1, len(sheet.rows)):
            if all(cell.is_blank for cell in sheet.rows[number]):
                continue
            row = self._row(sheet, number, columns)
            self.faults += row.faults
            if row.faults:
                continue
            if row.id not in known:
                self._fault("RowWithoutRecord", row.row, row.places["id"], id=row.id,
                            sheet=self.table.name)  # fmt: skip
            values = {
                name: {one: text for one, text in value.items() if text}
                if isinstance(value, dict)
                else value
                for name, value in row.given.items()
            }
            values = {name: value for name, value in values.items() if value not in _EMPTY}
            for one in column.rows:
                if one.is_required and one.name not in values:
                    self._fault("CellMissing", row.row, row.place(one.name), column=one.name)
            found.setdefault(row.id, []).append(values)
        return found

    def _once(self, rows: list[SheetRow]) -> Iterator[SheetRow]:
        first: dict[str, int] = {}
        for row in rows:
            if row.id and row.id in first:
                params = {"id": row.id, "row": str(first[row.id])}
                fault = Fault("SheetIdTwice", self.file, row.row, row.places["id"], params)
                row = replace(row, faults=(*row.faults, fault))
            first.setdefault(row.id, row.row)
            yield row

    def _with_parts(self, row: SheetRow, parts: Mapping[str, Mapping[str, Any]]) -> SheetRow:
        own = {name: by_id.get(row.id, []) for name, by_id in parts.items()}
        return replace(row, given={**row.given, **own}) if own else row

    def _say_ignored(self, main: Sheet, parts: Mapping[str, Any]) -> None:
        own = {say("downloads", ABOUT, language).casefold() for language in LANGUAGES}
        used = {*own, *parts, LONG, main.name.strip().casefold()}
        for name, sheet in self._sheets.items():
            if name not in used and any(not c.is_blank for row in sheet.rows for c in row):
                params = {"sheet": sheet.name}
                self.faults.append(Fault("SheetIgnored", self.file, 0, "", params, "warning"))

    def _fault(self, code: str, row: int, address: str, **params: str) -> None:
        self.faults.append(Fault(code, self.file, row, address, params))

    def _address(self, sheet: Sheet, row: int, column: int) -> str:
        return f"{column_letters(column)}{row + 1}" if self.is_csv else sheet.address(row, column)


def _long_texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    pieces: dict[str, list[str]] = {}
    for row in sheet.rows[1:]:
        if len(row) >= 3 and not row[0].is_blank:
            pieces.setdefault(plain_text(row[0]), []).append(row[2].text)
    for number, texts in pieces.items():
        yield long_mark(int(number)) if is_number(number) else number, "".join(texts)
