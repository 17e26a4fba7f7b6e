"""Numbers that state no quantity: dates, numbers of laws, pages and telephones, addresses."""

from __future__ import annotations

import re

from irtysh.evaluation.extraction.lexicon import Lexicon

_GENERAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:https?://|www\.|doi:?\s?10\.)\S+",
        r"\S{1,64}@\S{1,64}\.\w{2,}",
        r"(?<!\d)\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}(?!\d)",
        r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)",
        r"\+\d[\d\s()-]{7,}\d",
        r"(?<!\d)\d{2,4}-\d{2}-\d{2}(?!\d)",
        r"(?:№|\bNo\.?|#)\s?\d[\w/.-]*",
        r"\b10\.\d{4,}/\S+",
        r"\[\s*\d[^\]]{0,40}\]",
        r"(?<!\d)\d{1,2}:\d{2}(?!\d)",
    )
)


def masked(sentence: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Return the stretches of a sentence in which a number is never a quantity."""
    return [
        match.span()
        for pattern in (*_GENERAL, *lexicon.masks)
        for match in pattern.finditer(sentence)
    ]


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Return True if [start, end) touches one of the spans."""
    return any(start < last and first < end for first, last in spans)
