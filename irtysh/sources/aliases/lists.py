"""Lists of aliases: definitions/aliases/*.csv, comments above the header."""

from __future__ import annotations

import csv
import re
from functools import cache

from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LOOKALIKES

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_QUOTES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00ab": '"', "\u00bb": '"', "ё": "е"})
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WRITTEN_OUT = (
    (re.compile(r"^(?:в том числе|из (?:них|него|нее)|of which|оның ішінде)\s*:?\s*"), ""),
    (re.compile(r"^(?:г|гор)\.\s*|^город\s+|^г\s+"), ""),
    (re.compile(r"\s+(?:қ\.|қаласы|city)$"), ""),
    (re.compile(r"\bавт\.\s*округов\b"), "автономных округов"),
    (re.compile(r"\bавт\.\s*округа\b"), "автономного округа"),
    (re.compile(r"\bавт\.\s*округ\b|\bао\b"), "автономный округ"),
    (re.compile(r"\bавт\.\s*область\b|\bаобл\b"), "автономная область"),
    (re.compile(r"\bобл\.|\bобл\b"), "область"),
    (re.compile(r"\bресп\.|\bресп\b"), "республика"),
)


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a list by the name of its file, without ending."""
    path = DEFINITIONS / "aliases" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(line for line in stream if not line.startswith("#")))


def level(text: str) -> str:
    """Level what does not tell two names apart: spaces, dashes, quotes, case, ё, "г.", "обл.".

    A Latin letter within a Cyrillic word ("Hижегородская") is the Cyrillic one that looks like it.
    """
    mended = _WORD.sub(
        lambda word: word[0].translate(LOOKALIKES) if _CYRILLIC.search(word[0]) else word[0], text
    )
    single = _DASHES.sub("-", _SPACES.sub(" ", mended)).strip().casefold().translate(_QUOTES)
    for pattern, written in _WRITTEN_OUT:
        single = pattern.sub(written, single)
    return single.strip(" :")
