"""Words of a text brought to a stem, so that a search finds other endings of the same word."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import snowballstemmer

_WORD = re.compile(r"[^\W_]+(?:[-–][^\W_]+)*")
_SNOWBALL = {"ru": "russian", "en": "english"}

# Endings of Kazakh nouns and adjectives from the outside in: case, possession, number.
# A light stemmer in the manner of Makhambetov et al. (2015): longest ending first, one of each
# group, and a stem never shorter than three letters.
_KAZAKH = (
    (
        "ның нің дың дің тың тің ымен імен менен пенен бенен нан нен дан ден тан тен ға ге қа ке "
        "на не ны ні ды ді ты ті нда нде да де та те мен пен бен дағы дегі тағы тегі"
    ).split(),
    "ларымыз лерімыз ымыз іміз сы сі ын ін ы і м ң".split(),
    "лар лер дар дер тар тер".split(),
)


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text's words in their order; numbers stay as they are."""
    words = _WORD.findall(text.casefold().replace("ё", "е"))
    return [stem(word, language) for word in words]


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
    for group in _KAZAKH:
        for ending in sorted(group, key=len, reverse=True):
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
    return word
