"""In which language a paragraph is written: by its script, and by the letters only Kazakh has."""

from __future__ import annotations

import re

_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_KAZAKH_SHARE = 0.02
_ENOUGH = 40
"""Letters below which a paragraph says too little of itself and follows its document."""


def cyrillic_language(text: str) -> str:
    """Return "kk" or "ru" for a text in Cyrillic letters."""
    letters = len(_CYRILLIC.findall(text))
    return "kk" if letters and len(_KAZAKH.findall(text)) / letters > _KAZAKH_SHARE else "ru"


def language_of(text: str, document: str, *, whole: bool = True) -> str:
    """Return the language of a paragraph in a document whose Cyrillic language is known.

    ``whole`` False: a sentence, whose Cyrillic language is that of its paragraph in any case.
    """
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if latin > cyrillic:
        return "en"
    if document == "en":
        return cyrillic_language(text) if cyrillic else "en"
    return cyrillic_language(text) if whole and cyrillic >= _ENOUGH else document
