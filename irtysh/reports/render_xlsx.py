"""A report as a workbook: contents, notes, one table a sheet, numbers that are numbers.

The rules are those for accessible workbooks: one table a sheet under its title, one row of
headings, no merged cells, no colour that says something alone, notes on a sheet of their own.
A text is never a formula, whatever it begins with.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from irtysh import __version__
from irtysh.publication.edition import Edition
from irtysh.reports.blocks import Contents, Note, Paragraph, Run, Table
from irtysh.reports.frame import Numbering, evidence_title

Cell = str | Decimal
_WIDEST = 60
_SURE_DIGITS = 15
"""A workbook keeps so many digits of a number."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready for a sheet."""

    name: str
    title: str
    header: list[str]
    rows: list[list[Cell]]


def render_xlsx(contents: Contents, edition: Edition) -> bytes:
    """Return the report's tables; ``edition`` is only taken so that all renderers are alike."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({
        "title": f"{contents.title} – {contents.subtitle}",
        "author": f"Irtysh {__version__}",
        "keywords": f"{contents.release} {contents.evaluation[:12]}",
        "comments": contents.invented or contents.draft,
        "created": datetime.fromisoformat(contents.day),
    })  # fmt: skip
    sheets = sheets_of(contents)
    _contents_sheet(book, contents, sheets)
    _notes_sheet(book, contents)
    for one in sheets:
        _table_sheet(book, contents, one)
    book.close()
    return stream.getvalue()


def sheets_of(contents: Contents) -> list[Sheet]:
    """Return the tables of a report in order, the list of evidence last."""
    numbering = Numbering(contents)
    found: list[Sheet] = []
    for chapter in contents.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                title = f"{numbering.next('table')}. {block.caption}"
                header, rows = _flat(contents, block)
                found.append(Sheet(str(len(found) + 1), title, header, rows))
    header, rows = _evidence(contents)
    return [*found, Sheet(str(len(found) + 1), evidence_title(contents), header, rows)]


def _flat(contents: Contents, table: Table) -> tuple[list[str], list[list[Cell]]]:
    """Return headings and rows: after a column of numbers its words and its evidence."""
    header: list[str] = []
    columns: list[list[Cell]] = []
    for place, column in enumerate(table.columns):
        runs = [row[place] for row in table.rows]
        is_number = column.kind == "number"
        header.append(_one_line(column.title))
        columns.append([_value(run) if is_number else _one_line(run.text) for run in runs])
        if is_number:
            header.append(f"{header[-1]}: {contents.words['value']}")
            columns.append([_one_line(f"{run.text} {run.unit}".strip()) for run in runs])
        if any(run.evidence for run in runs):
            name = contents.words["evidence"]
            header.append(f"{_one_line(column.title)}: {name}")
            columns.append([run.evidence for run in runs])
    rows = [list(row) for row in zip(*columns, strict=True)]
    return _each_once(header), rows


def _each_once(header: Sequence[str]) -> list[str]:
    """Return headings with a number where one stands twice: a table wants each but once."""
    seen: dict[str, int] = {}
    found = []
    for title in header:
        seen[title] = seen.get(title, 0) + 1
        found.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return found


def _value(run: Run) -> Cell:
    return Decimal(run.number) if run.number else ""


def _one_line(text: str) -> str:
    return " ".join(text.replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " ").split())


def _evidence(contents: Contents) -> tuple[list[str], list[list[Cell]]]:
    words = contents.words
    header = [
        words[name] for name in ("number", "id", "what", "value", "from", "rests_on", "address")
    ]
    rows: list[list[Cell]] = [
        [
            Decimal(one.number),
            one.id,
            _one_line(one.what),
            _one_line(one.value),
            _one_line(one.source),
            ", ".join(one.rests_on),
            one.address,
        ]
        for one in contents.evidence
    ]
    return header, rows


def _contents_sheet(book: Any, contents: Contents, sheets: Sequence[Sheet]) -> None:
    words = contents.words
    sheet = book.add_worksheet(words["sheet_contents"])
    title, wrapped = book.add_format({"bold": True, "font_size": 14}), _wrapped(book)
    bold, linked = book.add_format({"bold": True, "bottom": 1}), book.get_default_url_format()
    row = 0
    for text in (f"{contents.title} – {contents.subtitle}", contents.invented, contents.draft):
        if text:
            sheet.write_string(row, 0, text, title if row == 0 else bold)
            row += 1
    for label, text in contents.facts:
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, text, wrapped)
        row += 1
    row += 1
    for place, name in enumerate((words["sheet"], words["table_title"], words["rows"])):
        sheet.write_string(row, place, name, bold)
    sheet.freeze_panes(row + 1, 0)
    for one in sheets:
        row += 1
        sheet.write_url(row, 0, f"internal:'{one.name}'!A1", linked, one.name)
        sheet.write_string(row, 1, one.title, wrapped)
        sheet.write_number(row, 2, len(one.rows))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    _printed(sheet, contents)


def _notes_sheet(book: Any, contents: Contents) -> None:
    sheet = book.add_worksheet(contents.words["sheet_notes"])
    bold, wrapped = book.add_format({"bold": True, "bottom": 1}), _wrapped(book)
    sheet.write_string(0, 0, contents.words["number"], bold)
    sheet.write_string(0, 1, contents.words["note"], bold)
    notes = [contents.words[key] for key in ("note_zero", "note_numbers", "note_text")]
    for chapter in contents.chapters:
        for block in chapter.blocks:
            if isinstance(block, Note):
                notes.append(f"{chapter.title}: {block.text}")
            elif isinstance(block, Paragraph) and chapter.id == "method" and block.style == "text":
                notes.append("".join(run.text for run in block.runs))
            elif isinstance(block, Table):
                notes += block.notes
    for row, text in enumerate(dict.fromkeys(notes), start=1):
        sheet.write_number(row, 0, row)
        sheet.write_string(row, 1, _one_line(text), wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_column(1, 1, 110)
    _printed(sheet, contents)


def _table_sheet(book: Any, contents: Contents, one: Sheet) -> None:
    sheet = book.add_worksheet(one.name)
    bold, wrapped = (
        book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        _wrapped(book),
    )
    sheet.write_string(0, 0, one.title, book.add_format({"bold": True, "font_size": 13}))
    marks = [mark for mark in (contents.invented, contents.draft) if mark]
    for top, mark in enumerate(marks, start=1):
        sheet.write_string(top, 0, mark, book.add_format({"bold": True}))
    top = 1 + len(marks)
    for column, title in enumerate(one.header):
        sheet.write_string(top, column, title, bold)
    for place, row in enumerate(one.rows, start=top + 1):
        for column, cell in enumerate(row):
            if isinstance(cell, Decimal):
                _number(sheet, place, column, cell)
            elif cell:
                sheet.write_string(place, column, cell, wrapped)
    if one.rows:
        sheet.add_table(top, 0, top + len(one.rows), len(one.header) - 1, {
            "name": f"table_{one.name}", "style": "Table Style Light 1",
            "columns": [{"header": title, "header_format": bold} for title in one.header],
        })  # fmt: skip
    for column, title in enumerate(one.header):
        longest = max([len(title), *(len(str(row[column])) for row in one.rows)])
        sheet.set_column(column, column, min(max(9, longest + 2), _WIDEST))
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    _printed(sheet, contents, one.title)


def _number(sheet: Any, row: int, column: int, value: Decimal) -> None:
    """Write a number; one that a workbook would round away or cannot hold stays text."""
    digits = len(value.normalize().as_tuple().digits)
    if value.is_finite() and digits <= _SURE_DIGITS:
        sheet.write_number(row, column, float(value))
    elif value.is_finite():
        sheet.write_number(row, column, float(round(value, 9)))
    else:
        sheet.write_string(row, column, str(value))


def _printed(sheet: Any, contents: Contents, title: str = "") -> None:
    """Set how a sheet looks on paper; each says where it is from, and that it is no final one."""
    marks = " – ".join(part for part in (contents.draft, contents.invented) if part)
    sheet.set_header(f"&L{_safe(title or contents.title)}&R{_safe(marks)}")
    sheet.set_footer(f"&L{_safe(contents.subtitle)}, {contents.release}&R&P / &N")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _safe(text: str) -> str:
    return text.replace("&", "&&")[:110]


def _wrapped(book: Any) -> Any:
    return book.add_format({"text_wrap": True, "valign": "top"})
