"""A document as lines, each knowing its page, line, paragraph or table row."""

from __future__ import annotations

from dataclasses import dataclass

from irtysh.vocabulary.errors import Fault

CELL_END = "\t"
"""Stands between the cells of a table row."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands; 0 where the kind of document has no such thing.

    Attributes
    ----------
    page, line : int
        Page of a PDF; line of a text, or of a page, from 1.
    paragraph : int
        Paragraph of a DOCX or block of an HTML page, from 1.
    table, row : int
        Table of the document and row of the table, from 1.
    """

    page: int = 0
    line: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0

    def said(self, column: int = 0) -> str:
        """Return the place as a locator: "L.297", "p.3 L.12", "par.7", "tab.1 r.2 c.3"."""
        if self.table:
            cell = f" c.{column}" if column else ""
            return f"tab.{self.table} r.{self.row}{cell}"
        if self.paragraph:
            return f"par.{self.paragraph}"
        page = f"p.{self.page} " if self.page else ""
        return f"{page}L.{self.line}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, paragraph or table row; the cells of a row are parted by ``CELL_END``."""

    text: str
    place: Place

    def locator(self, offset: int = 0) -> str:
        """Return the locator of a character of the line, the cell of a table row included."""
        cells = self.text.count(CELL_END, 0, max(offset, 0)) + 1
        return self.place.said(cells if self.place.table else 0)


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document read.

    Attributes
    ----------
    file, kind : str
        Name of the file; "pdf", "docx", "html" or "text".
    lines : tuple of Line
    encoding : str
        Of a text; empty for a PDF or DOCX.
    remarks : tuple of Fault
        Warnings of the reading: a guessed encoding, damaged characters.
    """

    file: str
    kind: str
    lines: tuple[Line, ...]
    encoding: str = ""
    remarks: tuple[Fault, ...] = ()

    def locator(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Return the locator of a stretch given by two places as (index of line, offset)."""
        begin, end = self.lines[first[0]], self.lines[last[0]]
        if begin is end or begin.place == end.place:
            return begin.locator(first[1])
        one, other = begin.place, end.place
        if one.line and other.line and one.page == other.page:
            return f"{begin.locator()}–{other.line}"
        if one.paragraph and other.paragraph:
            return f"{begin.locator()}–{other.paragraph}"
        return f"{begin.locator(first[1])} – {end.locator(last[1])}"
