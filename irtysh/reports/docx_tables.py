"""Tables of a DOCX, written as one piece of XML: cell by cell they would take seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TWIP = 635
"""English Metric Units in a twentieth of a point."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in a cell; a link by the id of its relation or by the name of a bookmark."""

    text: str
    ink: str = ""
    bold: bool = False
    relation: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its pieces, the id of its style, and the bookmark that it carries."""

    pieces: tuple[Piece, ...]
    style: str
    bookmark: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Widths in English Metric Units, and the colours of the lines."""

    widths: Sequence[int]
    line: str
    head: str


def table(caption: str, head: Sequence[Cell], rows: Sequence[Sequence[Cell]], look: Look) -> Any:
    """Return a table whose first row stands on each page, with hairlines between rows."""
    from docx.oxml import parse_xml

    widths = [width // _TWIP for width in look.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = _row(head, widths, look.head) + "".join(_row(row, widths) for row in rows)
    return parse_xml(
        f'<w:tbl {_NAMES}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{_borders(look.line)}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:firstRow="1" w:firstColumn="1" w:val="04A0"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _borders(line: str) -> str:
    drawn = f'w:val="single" w:sz="4" w:space="0" w:color="{line.lstrip("#")}"'
    return (
        '<w:tblBorders><w:top w:val="nil"/><w:left w:val="nil"/>'
        f'<w:bottom {drawn}/><w:right w:val="nil"/><w:insideH {drawn}/><w:insideV w:val="nil"/>'
        "</w:tblBorders>"
    )


def _row(cells: Sequence[Cell], widths: Sequence[int], head: str = "") -> str:
    """Return a row that no end of page tears; a row of headings with its line if ``head``."""
    repeated = "<w:tblHeader/>" if head else ""
    firm = (
        '<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0"'
        f' w:color="{head.lstrip("#")}"/></w:tcBorders>'
        if head
        else ""
    )
    body = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{firm}</w:tcPr>{_paragraph(cell)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{body}</w:tr>"


def _paragraph(cell: Cell) -> str:
    inside = "".join(_piece(one) for one in cell.pieces)
    if cell.bookmark:
        number, name = cell.bookmark
        inside = (
            f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{inside}'
            f'<w:bookmarkEnd w:id="{number}"/>'
        )
    return f'<w:p><w:pPr><w:pStyle w:val="{cell.style}"/></w:pPr>{inside}</w:p>'


def _piece(one: Piece) -> str:
    properties = "<w:b/>" if one.bold else ""
    if one.ink:
        properties += f'<w:color w:val="{one.ink.lstrip("#").upper()}"/>'
    run = (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(one.text)}</w:t></w:r>'
    )
    if one.relation:
        return f'<w:hyperlink r:id="{one.relation}">{run}</w:hyperlink>'
    return f'<w:hyperlink w:anchor="{one.anchor}">{run}</w:hyperlink>' if one.anchor else run
