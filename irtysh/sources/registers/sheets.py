"""Registers as files of tables: CSV and XLSX written, CSV, XLSX and XLS read.

A workbook has a sheet about itself, a sheet of the register's name with one row a record, and a
sheet for each column of rows, named by it, whose first column is the id of the record. A CSV has
the records only, their rows as JSON in a cell. Text in a CSV that a spreadsheet would run as a
formula gets an apostrophe, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import xlsxwriter

from irtysh.sources.registers.cells import (
    ID,
    Heading,
    Written,
    as_json,
    headings,
    written,
)
from irtysh.sources.registers.columns import Column, Kind, Table
from irtysh.sources.registers.names import Names
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.wording import say

EXTRA = "extra"
"""Column of the fields that a document holds beside the columns of its register, as JSON."""
LONG = "long_texts"
"""Sheet of texts that do not fit a cell of a workbook."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook may hold."""
ABOUT = "sheet_about"

_RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_SAFE = 1_000_000_000_000_000
_BOM = "\ufeff"
_SHORT_COLUMN, _WIDE_COLUMN = 16, 40


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula when it opens a CSV."""
    return f"'{text}" if text.startswith(_RUN_AS_FORMULA) else text


def unguarded(text: str) -> str:
    """Return the text behind a guard; the inverse of ``guarded``."""
    is_guarded = len(text) > 1 and text[0] == "'" and text[1] in _RUN_AS_FORMULA
    return text[1:] if is_guarded else text


def long_mark(number: int) -> str:
    """Return what stands in a cell whose text is on the sheet of long texts."""
    return f"[[{LONG} {number}]]"


def header(table: Table, *, rows_too: bool) -> list[str]:
    """Return the names of the columns of a file."""
    flat = headings((ID, *table.columns), rows_too=rows_too)
    return [*(heading.name for heading in flat), EXTRA]


def flat_row(
    table: Table, flat: Sequence[Heading], document: Mapping[str, Any], names: Names
) -> list[Written]:
    """Return the cells of a document."""
    known = {"id", *(column.name for column in table.columns)}
    extra = {name: value for name, value in document.items() if name not in known}
    cells = [written(heading, document, names) for heading in flat]
    return [*cells, as_json(extra) if extra else None]


def csv_lines(
    table: Table, documents: Iterable[Mapping[str, Any]], names: Names
) -> Iterator[bytes]:
    """Yield a CSV in pieces: UTF-8 with the mark that spreadsheets need to see the letters."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    flat = headings((ID, *table.columns), rows_too=True)
    stream.write(_BOM)
    writer.writerow(header(table, rows_too=True))
    for number, document in enumerate(documents, 1):
        writer.writerow([_csv_cell(cell) for cell in flat_row(table, flat, document, names)])
        if number % 200 == 0:
            yield _taken(stream)
    yield _taken(stream)


def _taken(stream: io.StringIO) -> bytes:
    piece = stream.getvalue().encode()
    stream.seek(0)
    stream.truncate()
    return piece


def _csv_cell(cell: Written) -> Written:
    return guarded(cell) if isinstance(cell, str) else cell


def write_csv(table: Table, documents: Iterable[Mapping[str, Any]], names: Names) -> bytes:
    """Return a CSV."""
    return b"".join(csv_lines(table, documents, names))


def write_xlsx(
    table: Table,
    documents: Iterable[Mapping[str, Any]],
    names: Names,
    about: Sequence[tuple[str, str]],
    stream: BinaryIO,
) -> int:
    """Write a workbook into a stream and return the number of records.

    ``about``: label and text of what the file must say of itself. Rows are written as they come,
    so memory does not grow with the register.
    """
    book = _Book(stream, names.language)
    book.front(table, about)
    main = book.sheet(table.name, header(table, rows_too=False))
    flat = headings((ID, *table.columns), rows_too=False)
    parts = {
        column.name: (column, book.sheet(column.name, _part_header(column)))
        for column in table.of(Kind.ROWS)
    }
    count = 0
    for document in documents:
        count += 1
        book.row(main, flat_row(table, flat, document, names))
        for column, sheet in parts.values():
            own = headings(column.rows, rows_too=False)
            for row in document.get(column.name) or ():
                cells = [written(heading, row, names) for heading in own]
                book.row(sheet, [str(document["id"]), *cells])
    book.close()
    return count


def _part_header(column: Column) -> list[str]:
    return ["id", *(heading.name for heading in headings(column.rows, rows_too=False))]


class _Book:
    """A workbook that is being written, and the next free row of each of its sheets."""

    def __init__(self, stream: BinaryIO, language: str) -> None:
        self.language = language
        self._book = xlsxwriter.Workbook(
            stream,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
        )
        self._bold = self._book.add_format({"bold": True, "valign": "top"})
        self._wrapped = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._next: dict[str, int] = {}
        self._long: list[str] = []

    def front(self, table: Table, about: Sequence[tuple[str, str]]) -> None:
        """Write what the file is, and what each of its columns holds."""
        sheet = self._book.add_worksheet(say("downloads", ABOUT, self.language))
        sheet.set_column(0, 0, 32, self._bold)
        sheet.set_column(1, 1, 100, self._wrapped)
        lines = [*about, *column_notes(table, self.language)]
        for number, (label, text) in enumerate(lines):
            sheet.write_string(number, 0, label)
            sheet.write_string(number, 1, text[:LONGEST_CELL])

    def sheet(self, name: str, columns: Sequence[str]) -> Any:
        """Begin a sheet with its header."""
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(columns) - 1, _SHORT_COLUMN)
        for place, column in enumerate(columns):
            if column.endswith(("_ru", "_kk", "_en")):
                sheet.set_column(place, place, _WIDE_COLUMN)
        sheet.write_row(0, 0, columns, self._bold)
        self._next[name] = 1
        return sheet

    def row(self, sheet: Any, cells: Sequence[Written]) -> None:
        """Write the next row of a sheet; an empty cell stays empty."""
        number = self._next[sheet.name]
        self._next[sheet.name] += 1
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(number, place, self._fitting(cell))
            elif cell is not None:
                if _is_safe(cell):
                    sheet.write_number(number, place, cell)
                else:
                    sheet.write_string(number, place, repr(cell))

    def _fitting(self, text: str) -> str:
        if len(text) <= LONGEST_CELL and not text.startswith(f"[[{LONG} "):
            return text
        self._long.append(text)
        return long_mark(len(self._long))

    def close(self) -> None:
        """Write the long texts and finish."""
        if self._long:
            sheet = self.sheet(LONG, ["number", "part", "text"])
            for number, text in enumerate(self._long, 1):
                pieces = [
                    text[begin : begin + LONGEST_CELL]
                    for begin in range(0, len(text), LONGEST_CELL)
                ]
                for part, piece in enumerate(pieces, 1):
                    line = self._next[LONG]
                    self._next[LONG] += 1
                    sheet.write_number(line, 0, number)
                    sheet.write_number(line, 1, part)
                    sheet.write_string(line, 2, piece)
        self._book.close()


def _is_safe(number: int | float) -> bool:
    """Return True if a workbook keeps every digit of a number (it has room for 15 to 16)."""
    if isinstance(number, int):
        return abs(number) < _SAFE
    return bool(float(f"{number:.16G}") == number)


def column_notes(table: Table, language: str) -> Iterator[tuple[str, str]]:
    """Yield each column of the file with its label and what its cells hold."""
    yield "id", _note(ID, column_label(table.name, "id", language), language)
    for column in table.columns:
        label = column_label(table.name, column.name, language)
        yield column.name, _note(column, label, language)
        for part in column.rows:
            path = f"{column.name}.{part.name}"
            yield path, _note(part, column_label(table.name, path, language), language)
    yield EXTRA, say("downloads", "cell_extra", language)


def _note(column: Column, label: str, language: str) -> str:
    said = say("downloads", f"cell_{column.kind.value}", language,
               codes=column.codes, register=column.register)  # fmt: skip
    must = f" {say('downloads', 'cell_required', language)}" if column.is_required else ""
    return f"{label}. {said}{must}"
