"""Opens a file into plain grids of cells, whatever its form, within bounds."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from irtysh.sources.spreadsheet.encodings import decode
from irtysh.sources.spreadsheet.limits import DEFAULT_LIMITS, Limits, within
from irtysh.sources.spreadsheet.packages import Place, column_letters, look_into
from irtysh.vocabulary.errors import Fault, NotReadable, TooLarge

_OPENED = Path(__file__).with_name("opened.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = (";", ",", "\t", "|")
"""Marks that may cut the lines of a text table."""
_SNIFFED_LINES = 50


class CellKind(StrEnum):
    """What a cell holds, before anybody asks what it means."""

    BLANK = "blank"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its kind and its text; a number keeps every digit stored."""

    kind: CellKind
    text: str = ""

    @property
    def is_blank(self) -> bool:
        """True for an empty cell and for one with nothing but spaces."""
        return self.kind is CellKind.BLANK or (self.kind is CellKind.TEXT and not self.text.strip())


BLANK = Cell(CellKind.BLANK)
_KINDS = {"n": CellKind.NUMBER, "s": CellKind.TEXT, "b": CellKind.BOOLEAN}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named grid; ``rows[0][0]`` is A1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    def at(self, row: int, column: int) -> Cell:
        """Return a cell by its place counted from 0; outside the grid all is blank."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return BLANK

    def address(self, row: int, column: int) -> str:
        """Return "sheet!B5" for a place counted from 0."""
        return f"{self.name}!{column_letters(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file, with its form, its encoding where it is text, and warnings."""

    form: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    remarks: tuple[Fault, ...] = ()


def open_workbook(
    data: bytes,
    *,
    file: str,
    encoding: str | None = None,
    delimiter: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Workbook:
    """Open an XLSX, XLS or CSV by what it is, not by its name.

    Parameters
    ----------
    data : bytes
    file : str
        Name for remarks; a CSV's only sheet gets it without its ending.
    encoding, delimiter : str, optional
        Override what would be found out; only text has them.

    Raises
    ------
    NotReadable, TooLarge, EncodingUnclear
    """
    within("file_bytes", len(data), limits.file_bytes)
    if data.startswith(_ZIP):
        errors = look_into(data, limits)
        return Workbook("xlsx", _opened(data, errors, limits))
    if data.startswith(_OLE):
        return Workbook("xls", _opened(data, {}, limits))
    decoded = decode(data, file, encoding)
    rows = _table(decoded.text, delimiter, limits)
    sheet = Sheet(Path(file).stem, rows)
    return Workbook("csv", (sheet,), decoded.encoding, decoded.remarks)


def _opened(data: bytes, errors: dict[str, frozenset[Place]], limits: Limits) -> tuple[Sheet, ...]:
    """Let a bounded child process open the workbook; whatever happens to it has a name here."""
    try:
        # Our own interpreter and our own script; nothing of the file reaches the command line.
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_OPENED), json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            timeout=2 * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooLarge(what="seconds", found=">", limit=str(limits.seconds)) from None
    if child.returncode or not child.stdout:
        raise NotReadable(reason="XLS/XLSX")
    answer = json.loads(child.stdout)
    if "error" in answer:
        what, found, limit = answer["error"]
        raise TooLarge(what=what, found=str(found), limit=str(limit))
    return tuple(
        Sheet(sheet["name"], _grid(sheet["rows"], errors.get(sheet["name"], frozenset())))
        for sheet in answer["sheets"]
    )


def _grid(
    rows: list[list[list[str] | None]], errors: frozenset[Place]
) -> tuple[tuple[Cell, ...], ...]:
    def one(row: int, column: int, cell: list[str] | None) -> Cell:
        if (row, column) in errors:
            return Cell(CellKind.ERROR, cell[1] if cell else "")
        return Cell(_KINDS[cell[0]], cell[1]) if cell else BLANK

    return tuple(
        tuple(one(number, place, cell) for place, cell in enumerate(row))
        for number, row in enumerate(rows)
    )


def _table(text: str, delimiter: str | None, limits: Limits) -> tuple[tuple[Cell, ...], ...]:
    within("text", len(text), limits.text)
    mark = delimiter or sniff_delimiter(text)
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    try:
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            cells += len(fields)
            within("rows", len(rows) + 1, limits.rows)
            within("columns", len(fields), limits.columns)
            within("cells", cells, limits.cells)
            rows.append(tuple(Cell(CellKind.TEXT, item) if item else BLANK for item in fields))
    except (csv.Error, TypeError) as error:
        raise NotReadable(reason=f"CSV: {error}") from None
    return tuple(rows)


def sniff_delimiter(text: str) -> str:
    """Return the mark that splits the first lines most evenly into more than one field.

    Of marks that split equally evenly the one that makes more fields wins, so a decimal comma
    does not beat a semicolon.
    """
    head = "\n".join(text.splitlines()[:_SNIFFED_LINES])

    def evenness(mark: str) -> tuple[float, int]:
        counts = Counter(_field_counts(head, mark))
        counts.pop(1, None)
        if not counts:
            return (0.0, 0)
        fields, lines = max(counts.items(), key=lambda counted: (counted[1], counted[0]))
        return (lines, fields)

    best = max(DELIMITERS, key=evenness)
    return best if evenness(best) > (0.0, 0) else ","


def _field_counts(text: str, mark: str) -> Iterable[int]:
    try:
        return [len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]
    except csv.Error:
        return []
