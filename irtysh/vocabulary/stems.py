"""Words of a text brought to a stem, so that a search finds other endings of the same word."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_SNOWBALL = {"ru": "russian", "en": "english"}

_VOWELS = "аәеёиоөуұүыіэюя"
_VOICELESS = "пфкқтсшщчцхһбвгд"
"""After these an ending starts with т, қ, к or п; loanwords' б, в, г, д are spoken so too."""
_VOICED = "рлйузжмнң"

# Endings of Kazakh nouns and adjectives from the outside in: case, possession, number, and the
# adjective in -лық. Each row: endings, the letters after which they can stand, and how short a
# stem they may leave. The letters before an ending decide which of its forms is used, so they
# also tell "экспорт-ы" from "ор-ты". After Makhambetov et al. (2015), with the rules of
# assimilation added.
_Row = tuple[tuple[str, ...], str, int]
_CASES: tuple[_Row, ...] = (
    (("ндағы", "ндегі", "нда", "нде", "на", "не", "н"), "ыі", 3),
    (("дағы", "дегі", "да", "де", "ға", "ге"), _VOWELS + _VOICED, 3),
    (("тағы", "тегі", "тан", "тен", "тың", "тің", "та", "те", "ты", "ті"), _VOICELESS, 3),
    (("қа", "ке", "пен"), _VOICELESS, 3),
    (("ның", "нің"), _VOWELS + "мнң", 3),
    (("дың", "дің"), "рлйузж", 3),
    (("дан", "ден"), _VOWELS + "рлйузж", 3),
    (("нан", "нен"), "мнңыі", 3),
    (("ны", "ні"), _VOWELS, 3),
    (("ды", "ді", "ғы", "гі"), _VOICED, 3),
    (("мен",), _VOWELS + "рлймнң", 3),
    (("бен",), "зж", 3),
)
_POSSESSION: tuple[_Row, ...] = (
    (("ымыз", "іміз", "ыңыз", "іңіз"), _VOICELESS + _VOICED, 3),
    (("сы", "сі"), _VOWELS.replace("ы", "").replace("і", ""), 3),
    (("ы", "і"), _VOICELESS + _VOICED + "ғи", 3),
)
_NUMBER: tuple[_Row, ...] = (
    (("лар", "лер"), _VOWELS + "рй", 2),
    (("дар", "дер"), "лзжмнң", 2),
    (("тар", "тер"), _VOICELESS, 2),
)
_ADJECTIVE: tuple[_Row, ...] = (
    (("лық", "лік"), _VOWELS + "рй", 4),
    (("дық", "дік"), "лзжмнң", 4),
    (("тық", "тік"), _VOICELESS, 4),
)
_WHOLE = frozenset({"сауда", "омбы", "алматы", "теңге"})
"""Frequent words that only look as if they had an ending."""
_VOICING = {"ғ": "қ", "г": "к", "б": "п"}
"""What a possessive ending does to the consonant before it, undone: серіктестіг-і, -ік."""


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text's words in their order; numbers stay as they are."""
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    return [stem(word, language) for word in words]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """Return the stem of one lower-case word; a language without rules keeps the word."""
    if any(letter.isdigit() for letter in word):
        return word
    if language == "kk":
        return _kazakh(word)
    if language in _SNOWBALL:
        stemmed: str = _stemmer(_SNOWBALL[language]).stemWord(word)
        return stemmed
    return word


@cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)


def _kazakh(word: str) -> str:
    """Strip endings until none is left."""
    before = ""
    while word != before and word not in _WHOLE:
        before = word
        word = _without(word, _CASES)
        possessed = word
        word = _without_possession(word)
        if possessed.endswith(("асы", "есі")) and word != possessed:
            return word
        word = _without(word, _NUMBER)
        word = _without(word, _ADJECTIVE)
    # "үлес-і" and "шекара-сы", "тоқсан-ы" and "қала-ны" cannot be told apart without a
    # dictionary: the consonant goes from the bare word too.
    if len(word) > 3 and word[-1] in "сн" and word[-2] in "ае":
        return word[:-1]
    # кәсіпорын, кәсіпорны: a narrow vowel that falls out.
    return word[:-1] if word.endswith("рн") and len(word) > 4 else word


def _without(word: str, rows: tuple[_Row, ...]) -> str:
    """Take off the longest ending that can stand where it stands."""
    if word in _WHOLE or word.endswith("стан"):
        return word  # Қазақстан is no ablative
    best = 0
    for endings, after, shortest in rows:
        for ending in endings:
            stem_length = len(word) - len(ending)
            fits = stem_length >= shortest and word.endswith(ending)
            if fits and word[stem_length - 1] in after:
                best = max(best, len(ending))
    return word[: len(word) - best]


def _without_possession(word: str) -> str:
    if word.endswith(("шысы", "шісі")):
        return word[:-2]
    stripped = _without(word, _POSSESSION)
    if stripped != word and word[-1] in "ыі" and stripped[-1] in _VOICING:
        return stripped[:-1] + _VOICING[stripped[-1]]
    return stripped
