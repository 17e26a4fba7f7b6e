"""Statements without a number: records, trends, compositions, causes, orders, aims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from irtysh.evaluation.extraction.lexicon import Lexicon

_SAID_BY_NUMBER = {
    "trend": {"change"},
    "composition": {"share"},
    "count": {"count"},
    "target": {"target"},
    "rank": {"rank"},
    "extremum": set[str](),
    "causal": set[str](),
}
"""A cue adds nothing where a number of one of these kinds in the sentence says it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that make a statement of a kind without a number."""

    start: int
    end: int
    kind: str
    hedge: str
    operator: str
    words: str


def cues(sentence: str, lexicon: Lexicon, numbered: Sequence[str]) -> Iterator[Cue]:
    """Return at most one cue a kind and operator, in sentences that speak of a measured quantity.

    ``numbered`` are the kinds of the statements with numbers found in the sentence.
    """
    if not lexicon.measured.search(sentence):
        return
    seen: set[tuple[str, str]] = set()
    for word in lexicon.wordless:
        if (word.kind, word.operator) in seen or _SAID_BY_NUMBER[word.kind] & set(numbered):
            continue
        found = word.cue.search(sentence)
        if found:
            seen.add((word.kind, word.operator))
            yield Cue(
                found.start(), found.end(), word.kind, word.hedge, word.operator, found[0].strip()
            )
