"""Tables: rows of a DOCX or HTML table, and lines of text that end in as many numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from irtysh.sources.texts.document import CELL_END, Line

_NUMBERS = re.compile(r"(?P<label>.*[^\W\d_][^\d]*?)(?P<tail>(?:\s+[–—−-]?\d+(?:[.,]\d+)?){2,})\s*")
_YEARS = re.compile(r"(?:19|20)\d{2}")
_YEAR_ROW = re.compile(r"\D*((?:19|20)\d{2})\b(?:\D{0,8}(?:19|20)\d{2}\b)+\D{0,8}\s*")
_NUMBER = re.compile(r"[–—−-]?\d+(?:[.,]\d+)?")
_CAPTION_LINES = 8
_LONGEST_ROW = 500
_MOST_HEADS = 4
"""Rows of years that may stand inside one table; a page of nothing else would take n² steps."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, the line it stands on (index) and its offset there."""

    text: str
    line: int
    offset: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a head row, rows, and the lines before it, in which the unit may be named."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str

    @property
    def lines(self) -> frozenset[int]:
        """The lines the table stands on."""
        return frozenset(cell.line for row in (self.head, *self.rows) for cell in row)


def grids(lines: Sequence[Line]) -> list[Grid]:
    """Return the tables of a document whose head row names periods."""
    return [*_of_text(lines), *_of_tables(lines)]


def _of_text(lines: Sequence[Line]) -> list[Grid]:
    found = []
    until = inside = 0
    for index, line in enumerate(lines):
        if line.place.table or not _YEAR_ROW.fullmatch(line.text):
            continue
        inside = inside + 1 if index < until else 0
        if inside > _MOST_HEADS:
            continue
        years = [Cell(m[0], index, m.start()) for m in _YEARS.finditer(line.text)]
        rows = []
        for below in range(index + 1, len(lines)):
            row = _row(lines[below].text, below, len(years))
            if row is None:
                break
            rows.append(row)
        until = max(until, index + 1 + len(rows))
        if len(rows) > 1:
            head = (Cell(line.text[: years[0].offset].strip(), index, 0), *years)
            found.append(Grid(head, tuple(rows), _caption(lines, index)))
    return found


def _row(text: str, index: int, count: int) -> tuple[Cell, ...] | None:
    match = _NUMBERS.fullmatch(text) if len(text) <= _LONGEST_ROW else None
    if not match:
        return None
    start = match.start("tail")
    numbers = [Cell(m[0], index, m.start()) for m in _NUMBER.finditer(text, start)]
    if len(numbers) != count:
        return None
    return (Cell(match["label"].strip(), index, 0), *numbers)


def _of_tables(lines: Sequence[Line]) -> list[Grid]:
    tables: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.place.table:
            tables.setdefault(line.place.table, []).append(index)
    found = []
    for indices in tables.values():
        rows = [_cells(lines[index].text, index) for index in indices]
        if len(rows) > 1 and sum(bool(_YEARS.search(cell.text)) for cell in rows[0]) > 0:
            found.append(Grid(rows[0], tuple(rows[1:]), _caption(lines, indices[0])))
    return found


def _cells(text: str, index: int) -> tuple[Cell, ...]:
    cells, offset = [], 0
    for part in text.split(CELL_END):
        cells.append(Cell(part.strip(), index, offset + len(part) - len(part.lstrip())))
        offset += len(part) + 1
    return tuple(cells)


def _caption(lines: Sequence[Line], index: int) -> str:
    before = lines[max(0, index - _CAPTION_LINES) : index]
    return " ".join(line.text.strip() for line in before if line.text.strip())


def lines_of(found: Sequence[Grid]) -> Mapping[int, str]:
    """Return the lines that the tables occupy, with the reason "table"."""
    return {index: "table" for grid in found for index in grid.lines}
