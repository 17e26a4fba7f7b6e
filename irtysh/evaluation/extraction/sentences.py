"""Sentences of a paragraph, as stretches of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from irtysh.evaluation.extraction.lexicon import lexicon

_LONGEST = 2_000
_TAIL = 60
"""Letters before a point that can tell whether it ends a sentence."""
_END = re.compile(r"[.!?…]+[)»”\"]*(?=\s)")
_OPENS = re.compile(r"\s+[«“\"(]?[^\W\d_a-zа-яёәғқңөұүһі]|\s+[«“\"(]?\d")
_LAST_WORD = re.compile(r"([^\s(«“]+?)\.+$")
_INITIAL = re.compile(r"(?:^|[\s(«])[^\W\d_]$")


def sentences(paragraph: str, language: str) -> list[tuple[int, int]]:
    """Return start and end of each sentence; no letter is lost but the spaces between them."""
    split = _by_razdel(paragraph) if language == "ru" else _by_rules(paragraph, language)
    return [
        piece
        for start, end in _repaired(paragraph, split)
        for piece in _pieces(paragraph, start, end)
        if start < end
    ]


def _pieces(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence at a space, so that no text costs without bound."""
    while end - start > _LONGEST:
        cut = paragraph.rfind(" ", start + 1, start + _LONGEST)
        cut = start + _LONGEST if cut < 0 else cut
        yield start, cut
        start = cut
    yield start, end


def _by_razdel(paragraph: str) -> list[tuple[int, int]]:
    import razdel

    return [(found.start, found.stop) for found in razdel.sentenize(paragraph)]


def _by_rules(paragraph: str, language: str) -> list[tuple[int, int]]:
    abbreviations = lexicon(language).abbreviations
    found, start = [], 0
    for end in _END.finditer(paragraph):
        if not _OPENS.match(paragraph, end.end()):
            continue
        if end[0] == "." and _abbreviated(
            paragraph[max(start, end.end() - _TAIL) : end.end()], abbreviations
        ):
            continue
        found.append((start, end.end()))
        start = end.end() + 1
    found.append((start, len(paragraph)))
    return [(first, last) for first, last in found if paragraph[first:last].strip()]


def _abbreviated(text: str, abbreviations: frozenset[str]) -> bool:
    """True if the point ends an abbreviation or an initial, not a sentence."""
    word = _LAST_WORD.search(text)
    if not word:
        return False
    bare = word[1].casefold()
    return bare in abbreviations or (len(bare) == 1 and bare.isalpha() and word[1].isupper())


def _repaired(paragraph: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what no sentence can be: "Рис. 2." and "15. 02.2023", a tail in lower case."""
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined:
            first, last = joined[-1]
            before = paragraph[max(first, last - _TAIL) : last]
            if _belongs(before, last - first, paragraph[start : start + _TAIL]):
                joined[-1] = (first, end)
                continue
        joined.append((start, end))
    return joined


_CAPTION_TAIL = re.compile(
    r"(?:^|\s)(?:(?:рис|табл|fig|tab|см|vol|pp|стр|ст)\.(?:\s?\d+\.)?|№)$", re.IGNORECASE
)
_DATE_TAIL = re.compile(r"(?:^|[\s(])\d{1,2}\.$")


def _belongs(before: str, length: int, after: str) -> bool:
    if _DATE_TAIL.search(before) and re.match(r"\d{2}\.\d{2,4}", after):
        return True
    if _CAPTION_TAIL.search(before):
        return True
    if _INITIAL.search(before.removesuffix(".")) and before.endswith(".") and after[:1].isupper():
        # "М. Ю. Онучко": an initial alone never ends a sentence that begins with one.
        return length <= 3
    first = after.lstrip('«“"(')[:1]
    return first.islower()
