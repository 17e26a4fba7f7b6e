"""Which lines of a document are no sentences: captions, footnotes, running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

import yaml

from irtysh.sources.texts.document import Line
from irtysh.vocabulary.places import DEFINITIONS

_FOOTNOTE = re.compile(r"\s*\d{1,2}\s+[^\W\d_]")
_LOOK_AHEAD = 5
_PAGE_NUMBER = re.compile(r"[\s\-–—]*\d{1,4}[\s\-–—]*")
_DIGITS = re.compile(r"\d+")
_HEAD_LENGTH = 120
_HEAD_PAGES = 3
_CAPTION_LINES = 3
_ADDRESS = re.compile(r"https?://|www\.|URL:|DOI:|\[\w", re.IGNORECASE)
_BLOCK_LINES = 4
_SENTENCE_END = re.compile(r"[.!?…]\s*$")


@cache
def words() -> dict[str, Any]:
    """Return definitions/extraction/furniture.yaml with each list as one expression."""
    path = DEFINITIONS / "extraction" / "furniture.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded = yaml.load(stream, Loader=yaml.CSafeLoader)
    found: dict[str, Any] = {
        name: re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)
        for name, patterns in loaded.items()
        if isinstance(patterns, list)
    }
    found["firsts"] = frozenset(loaded["firsts"].split())
    found["digit_units"] = frozenset(loaded["digit_units"].split())
    return found


def furniture(lines: Sequence[Line]) -> dict[int, str]:
    """Return the lines to drop, by index, with why: caption, footnote, reference, head, number."""
    found = _running_heads(lines)
    _captions(lines, found)
    _footnotes(lines, found)
    _references(lines, found)
    return found


def _running_heads(lines: Sequence[Line]) -> dict[int, str]:
    """Page numbers, and lines that recur at the edge of three pages but for their digits."""
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.place.page and line.text.strip():
            pages.setdefault(line.place.page, []).append(index)
    edges = {index for page in pages.values() for index in (*page[:2], *page[-2:])}
    found = {
        index: "number"
        for index, line in enumerate(lines)
        if _PAGE_NUMBER.fullmatch(line.text) and (index in edges or _is_alone(lines, index))
    }
    shapes = Counter(_shape(lines[index].text) for index in edges)
    for index in sorted(edges):
        text = lines[index].text
        if len(text) < _HEAD_LENGTH and shapes[_shape(text)] >= _HEAD_PAGES:
            found.setdefault(index, "head")
    return found


def _is_alone(lines: Sequence[Line], index: int) -> bool:
    """A number between lines of text belongs to their sentence."""
    around = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return not any(line.text.strip() for line in around)


def _shape(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))


def _captions(lines: Sequence[Line], found: dict[int, str]) -> None:
    """A caption runs to a blank line, at most three lines, and never swallows a sentence's end."""
    starts = words()["captions"]
    references = words()["references"]
    for index, line in enumerate(lines):
        if not starts.match(line.text.strip()):
            continue
        found[index] = "caption"
        for after in range(index + 1, min(index + _CAPTION_LINES, len(lines))):
            text = lines[after].text
            blank = not text.strip()
            if line.place.paragraph or (blank and not _follows(lines, after, references)):
                break
            if not blank and _SENTENCE_END.search(lines[after - 1].text):
                break
            found[after] = "caption"


def _follows(lines: Sequence[Line], blank: int, references: re.Pattern[str]) -> bool:
    """After a blank line the caption goes on only with an address."""
    after = lines[blank + 1].text if blank + 1 < len(lines) else ""
    return bool(_ADDRESS.match(after.strip())) and bool(references.search(after))


def _footnotes(lines: Sequence[Line], found: dict[int, str]) -> None:
    """A numbered line with a reference in it or after it, to the line that closes it."""
    references, closings = words()["references"], words()["closings"]
    index = 0
    while index < len(lines):
        text = lines[index].text
        if not _FOOTNOTE.match(text) or index in found:
            index += 1
            continue
        ahead = _block(lines, index)
        closing = next((n for n in ahead if closings.search(lines[n].text)), None)
        last = index if closing is None else closing
        whole = " ".join(lines[n].text for n in range(index, last + 1))
        if references.search(whole):
            for n in range(index, last + 1):
                found[n] = "footnote"
            index = last
        index += 1


def _block(lines: Sequence[Line], index: int) -> list[int]:
    """Return the line and those after it to a blank line or the next numbered line."""
    block = [index]
    for after in range(index + 1, min(index + _LOOK_AHEAD, len(lines))):
        text = lines[after].text
        if not text.strip() or _FOOTNOTE.match(text):
            break
        block.append(after)
    return block


def _references(lines: Sequence[Line], found: dict[int, str]) -> None:
    """Blocks that begin with "For citing" or "Keywords", to a blank line; bare addresses."""
    headings = words()["headings"]
    inside = 0
    for index, line in enumerate(lines):
        text = line.text.strip()
        # A new page or a heading in capitals ends the block too.
        if not text or line.text[:1].isspace() or text.isupper():
            inside = 0
        if headings.match(text):
            inside = _BLOCK_LINES
        if text and (inside or (_ADDRESS.match(text) and not text.startswith("["))):
            found.setdefault(index, "reference")
        inside = 0 if line.place.paragraph else max(0, inside - 1)
