"""The same rows as CSV, JSON or a workbook."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from irtysh.api.tables import Cell
from irtysh.publication.edition import Edition
from irtysh.vocabulary.wording import say

_FORMULA_STARTS = ("=", "+", "@", "\t", "\r")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return UTF-8 with a byte-order mark, which spreadsheets need to see the letters."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def as_json(about: dict[str, Any], header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return an object with what the data are and a list of records; numbers keep their digits."""
    records = [
        {column: _json_cell(cell) for column, cell in zip(header, row, strict=True)} for row in rows
    ]
    text = json.dumps({**about, "rows": records}, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def as_xlsx(
    edition: Edition,
    about: Sequence[tuple[str, str]],
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> bytes:
    """Return a workbook: a sheet that says what this is, and a sheet of data as a table."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    front = book.add_worksheet(say("downloads", "sheet_about", edition.language))
    front.set_column(0, 0, 28, bold)
    front.set_column(1, 1, 100, wrapped)
    for number, (label, text) in enumerate(about):
        front.write_string(number, 0, label)
        front.write_string(number, 1, text)
    sheet = book.add_worksheet(say("downloads", "sheet_data", edition.language))
    sheet.write_row(0, 0, header, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal | int):
                sheet.write_number(last, column, float(cell))
            elif cell:
                sheet.write_string(last, column, str(cell))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(header) - 1)
    sheet.set_column(0, len(header) - 1, 18)
    book.close()
    return stream.getvalue()


def _csv_cell(cell: Cell) -> str:
    """Write a cell; a text that a spreadsheet would run as a formula is made plain text."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _json_cell(cell: Cell) -> Any:
    """Keep numbers as text where a float would lose digits: a Decimal is written as it is."""
    return f"{cell:f}" if isinstance(cell, Decimal) else cell
