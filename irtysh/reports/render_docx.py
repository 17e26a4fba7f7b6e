"""A report as DOCX: headings and captions that a word processor knows, tables to be edited."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from irtysh import __version__
from irtysh.indicators.charts.palette import hue
from irtysh.publication.edition import Edition
from irtysh.reports import docx_parts as parts
from irtysh.reports.blocks import (
    Block,
    Chapter,
    Contents,
    Heading,
    Listing,
    Note,
    Paragraph,
    Picture,
    Run,
    Table,
)
from irtysh.reports.chapters import EVIDENCE
from irtysh.reports.docx_styles import BODY_WIDTH, LOCALES, prepare
from irtysh.reports.docx_tables import Cell, Look, Piece, table
from irtysh.reports.frame import (
    FRESH,
    Numbering,
    closing,
    closing_items,
    colour,
    drawing,
    evidence_table,
    with_pointers,
)
from irtysh.reports.render_pdf import picture_png
from irtysh.vocabulary.wording import say

Told = Iterable[tuple[Run, list[int]]]
_ZERO_DAY = (1980, 1, 1, 0, 0, 0)


def render_docx(contents: Contents, edition: Edition) -> bytes:
    """Return the report; ``edition`` is the release that the contents were made of."""
    import docx

    book = _Book(docx.Document(), contents, edition)
    prepare(book.document, contents)
    _properties(book.document, contents)
    book.front()
    for chapter in contents.chapters:
        book.chapter(chapter)
    stream = io.BytesIO()
    book.document.save(stream)
    return _same_bytes(stream.getvalue())


class _Book:
    """A document being written, with its running numbers."""

    def __init__(self, document: Any, contents: Contents, edition: Edition) -> None:
        self.document = document
        self.contents = contents
        self.edition = edition
        self.numbering = Numbering(contents)
        self.marks = 0
        self.styles: dict[str, str] = {}

    def style(self, name: str) -> str:
        """Return the id of a style; the document looks through all of them each time."""
        if name not in self.styles:
            self.styles[name] = self.document.styles[name].style_id
        return self.styles[name]

    def paragraph(self, name: str, text: str = "") -> Any:
        """Append a paragraph of a style."""
        paragraph = self.document.add_paragraph(text)
        paragraph._p.style = self.style(name)
        return paragraph

    def front(self) -> None:
        """Write the first page: title, what the report is, its chapters."""
        contents = self.contents
        self.paragraph("Subtitle", contents.subtitle)
        self.paragraph("Title", contents.title)
        for label, text in contents.facts:
            paragraph = self.paragraph("Facts")
            parts.side_line(paragraph, hue("side-b"))
            paragraph.add_run(f"{label}: ").bold = True
            paragraph.add_run(text)
        self.paragraph("TOC Heading", contents.words["contents"])
        for number, chapter in enumerate(contents.chapters, start=1):
            line = self.paragraph("TOC 1")
            name = f"chapter_{chapter.id}"
            parts.internal_link(line, name, f"{number}. {chapter.title}")
            line.add_run("\t")
            parts.field(line, f"PAGEREF {name} \\h", "–")

    def chapter(self, chapter: Chapter) -> None:
        """Write a chapter, the great ones on a page of their own."""
        heading = self.document.add_heading(chapter.title, level=1)
        heading.paragraph_format.page_break_before = chapter.id in FRESH or None
        self.marks += 1
        parts.bookmark(heading, f"chapter_{chapter.id}", self.marks)
        for block in chapter.blocks:
            self.block(block)
        if chapter.id == EVIDENCE:
            self.evidence()
        elif not chapter.blocks:
            self.note(Note(self.contents.words["empty"]))

    def block(self, block: Block) -> None:
        """Write a block."""
        match block:
            case Heading():
                self.document.add_heading(block.text, level=block.level)
            case Paragraph():
                styles = {"own": "Own words", "small": "Small", "text": "Body Text"}
                paragraph = self.paragraph(styles[block.style])
                if block.style == "own":
                    parts.side_line(paragraph, hue("side-b"))
                self.runs(paragraph, closing(self.contents, block.runs))
            case Listing():
                for item in closing_items(self.contents, block.items):
                    self.runs(self.paragraph("List Bullet"), item)
            case Note():
                self.note(block)
            case Table():
                self.table(block)
            case Picture():
                self.picture(block)

    def note(self, block: Note) -> None:
        """Write a text that stands apart."""
        paragraph = self.paragraph("Note")
        parts.shade(paragraph, hue("panel"))
        _painted(paragraph.add_run(block.text), block.tone)

    def runs(self, paragraph: Any, told: Told) -> None:
        """Write pieces of text and the numbers that point at their evidence."""
        for run, numbers in told:
            self.run(paragraph, run)
            for number in numbers:
                self.pointer(paragraph, number)

    def run(self, paragraph: Any, run: Run) -> None:
        """Write a piece of text; one with evidence is a link to the portal."""
        entry = self.contents.entries.get(run.evidence)
        if entry and run.text:
            written = parts.external_link(paragraph, entry.address, run.text)
        else:
            written = paragraph.add_run(run.text)
        written.bold = run.strong or None
        if run.tone:
            _painted(written, run.tone)

    def pointer(self, paragraph: Any, number: int) -> None:
        """Write a number that leads to the list of evidence."""
        written = parts.internal_link(paragraph, f"e_{number}", f"[{number}]")
        written.font.superscript = True
        _painted(written, "grey")

    def table(self, block: Table) -> None:
        """Write a table with its caption above it."""
        shown, pointed = with_pointers(self.contents, block)
        self.caption("table", block.caption, above=True)
        titles = [one.title for one in shown.columns]
        weights = [one.weight for one in shown.columns]
        rows = [
            [
                self.cell([self.piece(run)], one.kind == "number")
                for one, run in zip(shown.columns, row, strict=True)
            ]
            for row in shown.rows
        ]
        if any(pointed):
            titles.append(self.contents.words["number"])
            weights.append(0.9)
            for row, numbers in zip(rows, pointed, strict=True):
                row.append(self.cell([_to_entry(number) for number in numbers]))
        self.grid(block.caption, titles, weights, rows)
        for note in block.notes:
            self.paragraph("Small", note)
        self.paragraph("After table")

    def evidence(self) -> None:
        """Write the list of evidence; each row is what the numbers in brackets lead to."""
        shown = evidence_table(self.contents)
        rows = []
        for entry, row in zip(self.contents.evidence, shown.rows, strict=True):
            self.marks += 1
            mark = (self.marks, f"e_{entry.number}")
            cells = [self.cell([self.piece(run)]) for run in row]
            rows.append([replace(cells[0], bookmark=mark), *cells[1:]])
        titles = [one.title for one in shown.columns]
        self.grid(shown.caption, titles, [one.weight for one in shown.columns], rows)

    def grid(
        self, caption: str, titles: list[str], weights: list[float], rows: list[list[Cell]]
    ) -> None:
        """Write a table under a row of headings."""
        total = sum(weights)
        widths = [int(BODY_WIDTH * weight / total) for weight in weights]
        style = self.style("Table heading")
        head = [Cell((Piece(title),), style) for title in titles]
        look = Look(widths, hue("grid"), hue("ink"))
        body = self.document.element.body
        body.insert(len(body) - 1, table(caption, head, rows, look))

    def cell(self, pieces: list[Piece], is_number: bool = False) -> Cell:
        """Return a cell of words or of numbers."""
        return Cell(tuple(pieces), self.style("Table number" if is_number else "Table text"))

    def piece(self, run: Run) -> Piece:
        """Return a piece of text for a cell; one with evidence is a link to the portal."""
        entry = self.contents.entries.get(run.evidence)
        relation = parts.relationship(self.document.part, entry.address) if entry else ""
        ink = colour(run.tone) if run.tone else ""
        is_bold = run.strong or run.tone in ("good", "fair", "poor")
        return Piece(run.text, ink, is_bold, relation if run.text else "")

    def caption(self, kind: str, text: str, above: bool = False) -> None:
        """Write a caption whose number is a field of the word processor."""
        name, _blank, number = self.numbering.next(kind).rpartition(" ")
        paragraph = self.paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = above
        paragraph.add_run(f"{name} ")
        parts.field(paragraph, f"SEQ {name} \\* ARABIC", number)
        paragraph.add_run(f". {text}")

    def picture(self, block: Picture) -> None:
        """Write a chart with its caption, source and notes below."""
        pixels = picture_png(drawing(self.edition, block.file))
        paragraph = self.paragraph("Picture")
        shape = paragraph.add_run().add_picture(io.BytesIO(pixels), width=BODY_WIDTH)
        parts.describe(shape, block.id, block.alt)
        self.caption("figure", block.caption)
        if block.source:
            text = f"{self.contents.words['source']}: {block.source}"
            self.paragraph("Small", text)
        for note in block.notes:
            self.paragraph("Small", note)


def _to_entry(number: int) -> Piece:
    """Return the number that leads to the list of evidence."""
    return Piece(f"[{number}] ", colour("grey"), anchor=f"e_{number}")


def _painted(run: Any, tone: str) -> None:
    from docx.shared import RGBColor

    run.font.color.rgb = RGBColor.from_string(colour(tone).lstrip("#").upper())
    if tone in ("good", "fair", "poor"):
        run.bold = True


def _properties(document: Any, contents: Contents) -> None:
    known = document.core_properties
    known.title = f"{contents.title} – {contents.subtitle}"
    known.subject = say("report", "description", contents.language, subtitle=contents.subtitle)
    known.author = known.last_modified_by = f"Irtysh {__version__}"
    known.keywords = f"{contents.release} {contents.evaluation[:12]}"
    known.comments = contents.invented or contents.draft
    known.language = LOCALES[contents.language]
    known.created = known.modified = datetime.fromisoformat(contents.day)
    known.revision = 1


def _same_bytes(made: bytes) -> bytes:
    """Return the file with one day on all its parts: the same report has the same bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made)) as read,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for one in read.infolist():
            info = zipfile.ZipInfo(one.filename, _ZERO_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, read.read(one.filename))
    return stream.getvalue()
