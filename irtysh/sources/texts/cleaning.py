"""From lines to sentences: joins what the printer broke, and keeps where each letter stood."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from irtysh.sources.texts.document import CELL_END, Line, TextDocument
from irtysh.sources.texts.furniture import furniture, words
from irtysh.sources.texts.grids import Grid, grids, lines_of

PARAGRAPH = "\n\n"
_HYPHENS = "-\u00ad\u2010"
_BROKEN = re.compile(rf"(\w+)[{_HYPHENS}]$")
_LIST_ITEM = re.compile(r"\s*(?:[•●▪◦*·]|[–—-]\s)\s*")
_REFERENCE = re.compile(
    r"\s?\[\s*\d+(?:\s*[;,–—-]\s*(?:(?:с|С|c|p|б)\.\s?)?\d+)*\s*\]"
    r"|\s?\((?:см\.\s*|see\s+)?(?:рис|табл|fig|tab)\w*\.?\s*\d*\)"
    r"|\s?\(\s*\d+\s*-\s*(?:сурет|кесте)\s*\)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"(?P<before>[^\W\d_]{1,40}|[»”)])(?P<dot>\.?)(?P<mark>\d{1,2})(?![\w,.]?\d|\w|[-–])"
)
_AFTER_MARK = re.compile(r"\s+[^\W\d_]")
_PROSE_WORDS = 8
_HEADING = re.compile(r"(?=(?:[^\W\d_][^\w]*){6,}).{6,80}")
"""A line in capitals of at least six letters stands alone; a lone "В" or "США" does not."""


@dataclass(frozen=True)
class Cleaned:
    """The sentences of a document as one text, with the place of every character.

    Attributes
    ----------
    document : TextDocument
    text : str
        Paragraphs parted by a blank line; single spaces.
    lines, columns : array of int
        For each character of ``text`` the index of its line and its offset there; a space put
        between two lines has the place of the line's end.
    grids : tuple of Grid
        The document's tables whose head names periods; they are no part of ``text``.
    dropped : dict
        Lines left out, by index, with why: caption, footnote, reference, head, number, table.
    """

    document: TextDocument
    text: str
    lines: Sequence[int] = field(repr=False)
    columns: Sequence[int] = field(repr=False)
    grids: tuple[Grid, ...] = ()
    dropped: Mapping[int, str] = field(default_factory=dict)

    def origin(self, offset: int) -> tuple[int, int]:
        """Return the line (index) and the offset in it from which a character came."""
        return self.lines[offset], self.columns[offset]

    def locator(self, start: int, end: int) -> str:
        """Return where text[start:end] stands in the document."""
        return self.document.locator(self.origin(start), self.origin(max(start, end - 1)))

    def paragraphs(self) -> list[tuple[int, int]]:
        """Return start and end of each paragraph of the text."""
        found, start = [], 0
        for part in self.text.split(PARAGRAPH):
            if part:
                found.append((start, start + len(part)))
            start += len(part) + len(PARAGRAPH)
        return found


class _Gathered:
    """Characters with their places, as they are put together."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.lines = array("L")
        self.columns = array("L")

    def put(self, character: str, line: int, column: int) -> None:
        self.characters.append(character)
        self.lines.append(line)
        self.columns.append(column)

    def drop_last(self) -> None:
        self.characters.pop()
        self.lines.pop()
        self.columns.pop()

    def without(self, spans: Sequence[tuple[int, int]]) -> _Gathered:
        kept, last = _Gathered(), 0
        for start, end in [*spans, (len(self.characters), len(self.characters))]:
            kept.characters += self.characters[last:start]
            kept.lines += self.lines[last:start]
            kept.columns += self.columns[last:start]
            last = end
        return kept


def clean(document: TextDocument) -> Cleaned:
    """Return the document's sentences: broken words joined, page furniture and marks left out."""
    found = grids(document.lines)
    dropped = {**furniture(document.lines), **lines_of(found)}
    gathered = _joined(document.lines, dropped)
    text = "".join(gathered.characters)
    gathered = gathered.without(_marks(text))
    return Cleaned(
        document,
        "".join(gathered.characters),
        gathered.lines,
        gathered.columns,
        tuple(found),
        dropped,
    )


def _joined(lines: Sequence[Line], dropped: Mapping[int, str]) -> _Gathered:
    out = _Gathered()
    after = _following(lines, dropped)
    for index, line in enumerate(lines):
        if index in dropped:
            continue
        if not line.text.strip():
            _end_paragraph(out, index, after[index])
        elif line.place.table:
            _put_cells(out, line, index)
        else:
            heading = bool(_HEADING.fullmatch(line.text.strip())) and line.text.isupper()
            if line.place.paragraph or heading or _LIST_ITEM.match(line.text):
                _break(out, index)
            _put_line(out, line.text, index)
            if heading:
                _break(out, index)
    while out.characters and out.characters[-1].isspace():
        out.drop_last()
    return out


def _following(lines: Sequence[Line], dropped: Mapping[int, str]) -> list[str]:
    """Return for each line the first character of the next one kept that is not blank."""
    found, first = [""] * len(lines), ""
    for index in range(len(lines) - 1, -1, -1):
        found[index] = first
        if index not in dropped:
            first = lines[index].text.strip()[:1] or first
    return found


def _end_paragraph(out: _Gathered, index: int, following: str) -> None:
    """A blank line ends a paragraph, unless the sentence plainly goes on after it."""
    tail = "".join(out.characters[-200:]).rstrip()
    goes_on = bool(tail) and (tail[-1] in _HYPHENS + "," or tail[-1].islower())
    if goes_on and following.islower():
        return
    _break(out, index)


def _break(out: _Gathered, index: int) -> None:
    while out.characters and out.characters[-1] == " ":
        out.drop_last()
    if out.characters and out.characters[-1] != "\n":
        for character in PARAGRAPH:
            out.put(character, index, 0)


def _put_cells(out: _Gathered, line: Line, index: int) -> None:
    """Cells that hold prose are paragraphs; short ones are no sentences."""
    offset = 0
    for cell in line.text.split(CELL_END):
        if len(cell.split()) >= _PROSE_WORDS:
            _break(out, index)
            _put_line(out, cell, index, offset)
            _break(out, index)
        offset += len(cell) + 1


def _put_line(out: _Gathered, text: str, index: int, offset: int = 0) -> None:
    """Append a line: to a broken word without the hyphen, else after one space."""
    begins = len(text) - len(text.lstrip())
    if out.characters and out.characters[-1] not in "\n ":
        if _word_goes_on(out, text.strip()):
            if not _keeps_hyphen(out):
                out.drop_last()
        else:
            out.put(" ", out.lines[-1], out.columns[-1])
    for column in range(begins, len(text)):
        character = text[column]
        if character == "\u00ad" and column < len(text.rstrip()) - 1:
            continue
        if character.isspace():
            if out.characters and not out.characters[-1].isspace():
                out.put(" ", index, offset + column)
        else:
            out.put(character, index, offset + column)
    if out.characters and out.characters[-1] == " ":
        out.drop_last()


def _tail(out: _Gathered) -> re.Match[str] | None:
    return _BROKEN.search("".join(out.characters[-60:]))


def _word_goes_on(out: _Gathered, following: str) -> bool:
    found = _tail(out)
    return bool(found) and not found[1].isdigit() and following[:1].islower()  # type: ignore[index]


def _keeps_hyphen(out: _Gathered) -> bool:
    """A compound that happens to break at its own hyphen: социально-|экономический."""
    found = _tail(out)
    return bool(found) and found[1].casefold() in words()["firsts"]  # type: ignore[index]


def _marks(text: str) -> list[tuple[int, int]]:
    """Return the reference brackets and footnote marks of a text as spans, in order."""
    spans = [match.span() for match in _REFERENCE.finditer(text)]
    units = words()["digit_units"]
    for match in _MARK.finditer(text):
        before = match["before"]
        # "г.1 В" and "населения1." are marks; "км2", "Q1", "СКП2" and "т.2" of a list are not.
        letters = before.isalpha()
        if letters and (before in units or not before[-1].islower()):
            continue
        if match["dot"] and not _AFTER_MARK.match(text, match.end()):
            continue
        if letters and len(before) == 1 and not match["dot"] and not _is_unit_mark(text, match):
            continue
        spans.append(match.span("mark"))
    spans.sort()
    return _apart(spans)


def _is_unit_mark(text: str, match: re.Match[str]) -> bool:
    """Allow a mark after a one-letter unit that itself follows a number or a scale: "3 тыс. т1"."""
    return bool(re.search(r"[\d.]\s$", text[max(0, match.start() - 2) : match.start()]))


def _apart(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found
