"""A number as printed, brought to the form in which the register of claims reads it."""

from __future__ import annotations

import re

from irtysh.evaluation.extraction.lexicon import lexicon

_GROUPED = {"en": re.compile(r"(?<=\d),(?=\d{3})")}
_SPACE = re.compile(r"(?<=\d)\s(?=\d{3})")


def as_value(printed: str, language: str) -> str:
    """Return digits with their decimal mark and no grouping; a word as its number, else "".

    "1 240" → "1240", "1,240" in English → "1240", "шести" → "6", "треть" → "0.333333",
    "вдвое" → "2": so the granule of digits stays that of the page.
    """
    text = printed.strip().replace("−", "-").replace("–", "-").replace("—", "-")
    if text[:1].isdigit() or text[:1] == "-":
        text = _GROUPED.get(language, _SPACE).sub("", text)
        return _SPACE.sub("", text)
    words = lexicon(language)
    for numbers in (words.fractions, words.multiples, words.cardinals, words.ordinals):
        for value, pattern in numbers:
            if pattern.fullmatch(text):
                return str(value)
    return ""
