"""What a report is made of: chapters of blocks, each number with the id of its evidence.

A block says *what* stands in the report; how it looks is for the renderers. Blocks are plain
data, so that an approved report is kept as JSON and rendered again without being recomputed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

Tone = Literal["", "good", "fair", "poor", "grey"]
"""How a status is coloured; the word of the status always stands beside the colour."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text.

    Attributes
    ----------
    text : str
        As the reader sees it.
    evidence : str
        Id that the portal resolves; empty for words that hold no number.
    number : str
        The exact decimal behind the text, for workbooks and for comparison; empty for words.
    unit : str
        Unit of ``number`` in words, multiplier included.
    strong : bool
    tone : str
        Only for the word of a status.
    """

    text: str
    evidence: str = ""
    number: str = ""
    unit: str = ""
    strong: bool = False
    tone: Tone = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter; level 2 or 3 (level 1 is the chapter's own)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``own`` marks what the analyst wrote, ``small`` what stands under a table."""

    runs: Runs
    style: Literal["text", "own", "small"] = "text"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of short texts."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A text that stands apart: a warning, or why a chapter has nothing to show."""

    text: str
    tone: Tone = "grey"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what stands in it, its share of the width.

    ``in_sheet`` marks what only a workbook shows: numbers that the text says in a sentence.
    """

    title: str
    kind: Literal["text", "number", "status"] = "text"
    weight: float = 1.0
    in_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of cells with one row of headings; the first column names the row."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Runs, ...]
    notes: tuple[str, ...] = ()

    def on_paper(self) -> Table:
        """Return the table without the columns that only a workbook shows."""
        kept = [place for place, one in enumerate(self.columns) if not one.in_sheet]
        return replace(
            self,
            columns=tuple(self.columns[place] for place in kept),
            rows=tuple(tuple(row[place] for place in kept) for row in self.rows),
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of the release, by the name of its drawing.

    ``alt`` says in words what the drawing shows; ``source`` and ``notes`` stand under it.
    """

    id: str
    file: str
    caption: str
    alt: str
    source: str = ""
    notes: tuple[str, ...] = ()


Block = Heading | Paragraph | Listing | Note | Table | Picture
_KINDS: Mapping[str, type[Any]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "listing": Listing,
    "note": Note,
    "table": Table,
    "picture": Picture,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: id in the registry, title in the report's language, blocks in order."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of evidence.

    Attributes
    ----------
    id, number : str, int
        Id that the portal resolves, and the number by which the text points at it.
    what : str
        What it is, with period.
    value : str
        As the report prints it; empty for a record or a judgement.
    source : str
        Who says it and where; for a computed value, by which formula.
    rests_on : tuple of str
        Ids of the evidence behind it.
    address : str
        Where it is shown.
    """

    id: str
    number: int
    what: str
    value: str = ""
    source: str = ""
    rests_on: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole report in one language.

    Attributes
    ----------
    title, subtitle, language, day : str
        ``day`` is the ISO date of the evaluation; nothing here depends on the clock.
    release, evaluation, engine : str
        Id of the release, digest of the evaluation's outcome, version of the engine.
    facts : tuple of (str, str)
        What the title page says of the report: label and text.
    draft, invented : str
        Words that every page carries: of a report that is not approved, of an invented case;
        empty where they do not apply.
    portal : str
        Address of the portal, without a slash at its end.
    chapters : tuple of Chapter
    evidence : tuple of Entry
        Numbered in order of first use.
    numbered : bool
        True where the list of evidence is a chapter, so that the text can point into it.
    """

    title: str
    subtitle: str
    language: str
    day: str
    release: str
    evaluation: str
    engine: str
    facts: tuple[tuple[str, str], ...]
    draft: str
    invented: str
    portal: str
    chapters: tuple[Chapter, ...]
    evidence: tuple[Entry, ...] = ()
    numbered: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    """Words of the frame (page, figure, table, evidence …) in the report's language."""

    @property
    def entries(self) -> dict[str, Entry]:
        """Evidence by id."""
        return {entry.id: entry for entry in self.evidence}

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        found["facts"] = [list(pair) for pair in self.facts]
        found["words"] = dict(self.words)
        found["evidence"] = [_plain(asdict(entry)) for entry in self.evidence]
        found["chapters"] = [
            {"id": one.id, "title": one.title, "blocks": [_block_json(b) for b in one.blocks]}
            for one in self.chapters
        ]
        return found

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Contents:
        """Read what ``to_json`` wrote."""
        chapters = tuple(
            Chapter(one["id"], one["title"], tuple(_block(b) for b in one["blocks"]))
            for one in row["chapters"]
        )
        evidence = tuple(
            Entry(**{**one, "rests_on": tuple(one["rests_on"])}) for one in row["evidence"]
        )
        facts = tuple((label, text) for label, text in row["facts"])
        return cls(**{**row, "chapters": chapters, "evidence": evidence, "facts": facts})

    @property
    def digest(self) -> str:
        """SHA-256 of the JSON with sorted keys: two reports with one digest say the same."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def pictures(self) -> Iterator[Picture]:
        """Yield the pictures in order."""
        for chapter in self.chapters:
            for block in chapter.blocks:
                if isinstance(block, Picture):
                    yield block


def runs_of(block: Block) -> Iterator[Run]:
    """Yield every piece of text of a block, in reading order."""
    match block:
        case Paragraph():
            yield from block.runs
        case Listing():
            for item in block.items:
                yield from item
        case Table():
            for row in block.rows:
                yield from row


def _block_json(block: Block) -> dict[str, Any]:
    return {"block": _NAMES[type(block)], **_plain(asdict(block))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _block(row: Mapping[str, Any]) -> Block:
    rest = {name: value for name, value in row.items() if name != "block"}
    match row["block"]:
        case "paragraph":
            rest["runs"] = _runs(rest["runs"])
        case "listing":
            rest["items"] = tuple(_runs(item) for item in rest["items"])
        case "table":
            rest["columns"] = tuple(Column(**column) for column in rest["columns"])
            rest["rows"] = tuple(_runs(one) for one in rest["rows"])
            rest["notes"] = tuple(rest["notes"])
        case "picture":
            rest["notes"] = tuple(rest["notes"])
    found: Block = _KINDS[row["block"]](**rest)
    return found


def _runs(rows: list[Mapping[str, Any]]) -> Runs:
    return tuple(Run(**row) for row in rows)
