"""Which noun a bare number counts: "134 организации", "2,500 small firms", "140 кәсіпорын"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from irtysh.evaluation.extraction.lexicon import Lexicon

_WORDS = re.compile(r"\s([^\W\d_][\w-]*)")
_MOST = 3
_ENGLISH_STOPS = frozenset(
    "and or of in on to by the a an is are was were at from for with than as per which that not "
    "have has had will would can may".split()
)
_KAZAKH_STOPS = frozenset(
    "және мен бен пен болды құрады өсті артты дейін қарай үшін туралы".split()
)
_ENGLISH_PLURALS = frozenset("people men women children staff".split())


@dataclass(frozen=True, slots=True)
class Noun:
    """The noun counted, and whether it is in the language's list of things often counted."""

    head: str
    is_listed: bool


def counted_noun(sentence: str, end: int, lexicon: Lexicon) -> Noun | None:
    """Return the noun that a number ending at ``end`` counts, or None."""
    words: list[str] = []
    place = end
    while len(words) < _MOST:
        found = _WORDS.match(sentence, place)
        if not found:
            break
        words.append(found[1])
        place = found.end()
    if not words or not words[0][0].islower():
        return None
    head = _head(words, lexicon)
    if head is None or lexicon.not_counted.fullmatch(head):
        return None
    return Noun(head, bool(lexicon.counted.match(head)))


def _head(words: list[str], lexicon: Lexicon) -> str | None:
    listed = next((word for word in words if lexicon.counted.fullmatch(word)), None)
    if lexicon.language == "ru":
        return _russian(words)
    if lexicon.language == "kk":
        return listed or (None if words[0] in _KAZAKH_STOPS else words[0])
    for word in words:
        if word.casefold() in _ENGLISH_STOPS:
            return None
        if (word.endswith("s") and len(word) > 3) or word in _ENGLISH_PLURALS:
            return word
    return None


def _russian(words: list[str]) -> str | None:
    """Return the first noun after adjectives; what is neither ends the search."""
    for word in words:
        part = _part_of_speech(word.casefold())
        if part == "NOUN":
            return word
        if part not in ("ADJF", "PRTF"):
            return None
    return None


@cache
def morphology() -> Any:
    """Return the analyser of Russian word forms."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=50_000)
def _part_of_speech(word: str) -> str:
    return str(morphology().parse(word)[0].tag.POS)


@lru_cache(maxsize=50_000)
def russian_lemma(word: str) -> str:
    """Return the dictionary form of a Russian word in lower case."""
    return str(morphology().parse(word)[0].normal_form)
