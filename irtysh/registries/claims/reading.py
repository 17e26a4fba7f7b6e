"""The one place that speaks to the reading of documents: bytes in, text and proposals out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from irtysh.evaluation.extraction import Proposal, propose
from irtysh.registries.records.codes import release_now
from irtysh.registries.records.shelf import naming
from irtysh.sources.texts import DEFAULT_LIMITS, Cleaned, TextDocument, clean, read_document
from irtysh.sources.texts.limits import within

MOST = 3000
"""Proposals kept of one document; the rest is told by their number only."""

_COLUMNS = (
    "kind", "operator", "hedge", "value", "unit", "unit_mult", "areas", "flow", "commodity",
    "period", "base_period", "locator",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One proposal: where its words stand in the text, and the columns of a claim."""

    start: int
    end: int
    quote: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A document read: its text, its language, what it proposes."""

    text: str
    language: str
    proposals: tuple[Found, ...]


def read(file: str, data: bytes) -> Read:
    """Read a document and what it proposes as claims; raises what the reading raises."""
    document = read_document(data, file)
    cleaned = clean(document)
    with naming(release_now()):  # the places of the case have names in it
        proposals = propose(cleaned)[:MOST]
    lengths = (len(line.text) + 1 for line in document.lines)
    starts = [0, *accumulate(lengths)]
    found = tuple(_placed(cleaned, starts, proposals))
    languages = [one.language for one in proposals]
    language = max(set(languages), key=languages.count) if languages else "ru"
    text = "\n".join(line.text for line in document.lines)
    return Read(text, language, found)


def refuse_large(file: str, size: int) -> None:
    """Raise DocumentTooLarge for a file of so many bytes, before it is read."""
    within(file, "file_bytes", size, DEFAULT_LIMITS.file_bytes)


def _placed(
    cleaned: Cleaned, starts: list[int], proposals: tuple[Proposal, ...]
) -> Iterator[Found]:
    for one in proposals:
        start, end = _span(cleaned, starts, one)
        row = one.to_json()
        fields = {name: row[name] for name in _COLUMNS}
        yield Found(start, max(end, start + 1), one.quote, fields)


def _span(cleaned: Cleaned, starts: list[int], one: Proposal) -> tuple[int, int]:
    """Return where the number of a proposal stands in the text of the document."""
    if one.start >= 0:
        line, column = cleaned.origin(one.start)
        last, end = cleaned.origin(max(one.end - 1, one.start))
        return starts[line] + column, starts[last] + end + 1
    return _cell(cleaned.document, starts, one)


def _cell(document: TextDocument, starts: list[int], one: Proposal) -> tuple[int, int]:
    text = document.lines[one.first].text
    place = text.find(one.printed) if one.printed else -1
    if place < 0:
        return starts[one.first], starts[one.first] + max(len(text), 1)
    return starts[one.first] + place, starts[one.first] + place + len(one.printed)
