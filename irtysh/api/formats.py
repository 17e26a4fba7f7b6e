"""The same rows as CSV, JSON or a workbook, in pieces: no answer has to fit into memory."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from irtysh.api.tables import Cell
from irtysh.vocabulary.wording import say

BOM = "\ufeff"
PIECE = 500
"""Rows that leave at once: some hundred kilobytes."""

_FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9\s.,]|$)")
_RISKY = frozenset("=+@\t\r-")
_IN_MEMORY = 8 * 2**20


def as_csv(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, mark: bool = True
) -> Iterator[bytes]:
    """Yield UTF-8, by default with the byte-order mark that spreadsheets need to see the letters.

    Numbers have a decimal point in every language.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    if mark:
        stream.write(BOM)
    writer.writerow([csv_cell(name) for name in header])
    for number, row in enumerate(rows, start=1):
        writer.writerow([csv_cell(cell) for cell in row])
        if not number % PIECE:
            yield _taken(stream)
    yield _taken(stream)


def as_json(
    about: dict[str, Any], header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """Yield an object with what the data are and a list of records; numbers keep their digits."""
    stream = io.StringIO()
    stream.write(_compact(about)[:-1])
    stream.write(',"rows":[' if about else '"rows":[')
    for number, row in enumerate(rows):
        stream.write("," if number else "")
        cells = zip(header, row, strict=True)
        stream.write(_compact({column: json_cell(cell) for column, cell in cells}))
        if number % PIECE == PIECE - 1:
            yield _taken(stream)
    stream.write("]}")
    yield _taken(stream)


def as_xlsx(
    language: str,
    about: Sequence[tuple[str, str]],
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> IO[bytes]:
    """Return a workbook as an open file: a sheet that says what this is, and a sheet of data.

    Rows go to disk as they come; the caller closes the file, which then is gone.
    """
    # Passed on to a response that closes it.
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    front = book.add_worksheet(say("downloads", "sheet_about", language))
    front.set_column(0, 0, 28, bold)
    front.set_column(1, 1, 100, wrapped)
    for number, (label, text) in enumerate(about):
        front.write_string(number, 0, label)
        front.write_string(number, 1, text)
    sheet = book.add_worksheet(say("downloads", "sheet_data", language))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(header) - 1, 18)
    sheet.write_row(0, 0, header, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal | int):
                sheet.write_number(last, column, float(cell))
            elif cell:
                sheet.write_string(last, column, str(cell))
    sheet.autofilter(0, 0, max(last, 1), len(header) - 1)
    book.close()
    stream.seek(0)
    return stream


def csv_cell(cell: Cell) -> str:
    """Write a cell; a text that a spreadsheet would run as a formula is made plain text."""
    if isinstance(cell, str):
        # most texts are plain: one look at the first sign spares a search in each
        is_risky = cell[:1] in _RISKY and _FORMULA.match(cell)
        return f"'{cell}" if is_risky else cell
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def json_cell(cell: Cell) -> Any:
    """Keep numbers as text where a float would lose digits: a Decimal is written as it is."""
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _taken(stream: io.StringIO) -> bytes:
    text = stream.getvalue()
    stream.seek(0)
    stream.truncate()
    return text.encode()
