"""How tables of a language write periods, gaps and names: definitions/sources/words/*.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.errors import BadMapping
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LOOKALIKES

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_DASHES = re.compile(r"\s*[-\u2010\u2011\u2012\u2013\u2014\u2212]\s*")
_MARKS = re.compile(
    r"^(?P<base>.*?[^\d\s,(])\s*\(?(?P<marks>\d{1,2}(?:\s*,\s*\d{1,2})*|\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+)\)?$",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_STORED_WHOLE = re.compile(r"^(\d{4})\.0+$")
_STRETCH = re.compile(r"(?P<span>.*\D)\s(?P<year>(?:19|20)\d{2}\D*)")
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes
    ----------
    language : str
    decimal_mark : str
        "," or "."; under "." a comma groups thousands.
    year : re.Pattern
        With a group ``year``.
    spans : tuple of (pattern, first month, last month)
    missing : Mapping
        Sign for a gap → code of the list missing_reasons.
    replace : tuple of (pattern, text)
        Applied to a name before it is looked up.
    """

    language: str
    decimal_mark: str
    year: re.Pattern[str]
    spans: tuple[tuple[re.Pattern[str], int, int], ...]
    missing: Mapping[str, str]
    replace: tuple[tuple[re.Pattern[str], str], ...]

    def year_of(self, text: str) -> int | None:
        """Return the year that a heading names: "2009 год" is 2009; None if it is none."""
        # A spreadsheet stores the heading 2009 as a number: "2009.0".
        found = self.year.search(_STORED_WHOLE.sub(r"\1", tidy(text)))
        return int(found["year"]) if found else None

    def span_of(self, text: str) -> tuple[int, int] | None:
        """Return first and last month of a heading: "I полугодие" is (1, 6)."""
        cleaned = tidy(text)
        for pattern, first, last in self.spans:
            if pattern.search(cleaned):
                return first, last
        return None

    def stretch_of(self, text: str) -> str | None:
        """Return year and span of one heading: "I полугодие 2023 года" is "2023:1-6".

        A heading with a year alone is that year: "2023".
        """
        cleaned = tidy(text)
        whole = self.year_of(cleaned)
        if whole is not None:
            return str(whole)
        found = _STRETCH.fullmatch(cleaned)
        year = self.year_of(found["year"].strip()) if found else None
        span = self.span_of(found["span"]) if found else None
        return f"{year}:{span[0]}-{span[1]}" if year and span else None

    def name(self, text: str) -> str:
        """Return a name ready for looking up: abbreviations written out, case and ё levelled."""
        cleaned = one_script(tidy(text))
        for pattern, replacement in self.replace:
            cleaned = pattern.sub(replacement, cleaned)
        return level(cleaned)


def tidy(text: str) -> str:
    """Single spaces, none around dashes, every dash a hyphen: "январь-      декабрь" mended."""
    return _DASHES.sub("-", _SPACES.sub(" ", text)).strip()


def one_script(text: str) -> str:
    """Write a Cyrillic word in Cyrillic: "Hижегородская" with a Latin H is an old trick of typists.

    Only letters that look alike are replaced, and only in a word that has Cyrillic ones too.
    """
    return _WORD.sub(
        lambda word: word[0].translate(LOOKALIKES) if _CYRILLIC.search(word[0]) else word[0], text
    )


def level(text: str) -> str:
    """Level what does not tell two names apart: spaces, dashes, case, ё."""
    return tidy(text).casefold().replace("ё", "е").rstrip(" :")


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Split footnote marks off a text: "2015 год2" is "2015 год" and ("2",)."""
    cleaned = _SPACES.sub(" ", text).strip()
    found = _MARKS.match(cleaned)
    if not found:
        return cleaned, ()
    marks = found["marks"].translate(_RAISED)
    return found["base"].strip(), tuple(mark.strip() for mark in marks.split(","))


def cumulative(year: int, months: tuple[int, int]) -> Period:
    """Return the period from one month of a year to another, both within.

    January to December is the calendar year (kind A), not a stretch that happens to be twelve
    months long: only then does it stand in one cell with what others say of the year.
    """
    first, last = months
    if (first, last) == (1, 12):
        return Period.year(year)
    return Period.parse("C", f"{year:04d}-{first:02d}/{year:04d}-{last:02d}")


@cache
def words_of(language: str) -> Words:
    """Return the words of a language; raises BadMapping if there are none."""
    path = DEFINITIONS / "sources" / "words" / f"{language}.yaml"
    if not language.isalpha() or not path.exists():
        raise BadMapping(mapping="words", field="language", problem=language)
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return Words(
        language=loaded["language"],
        decimal_mark=loaded["decimal_mark"],
        year=re.compile(loaded["year"], re.IGNORECASE),
        spans=tuple(
            (re.compile(span["says"], re.IGNORECASE), *span["months"]) for span in loaded["spans"]
        ),
        missing={level(sign): reason for sign, reason in loaded["missing"].items()},
        replace=tuple(
            (re.compile(pattern, re.IGNORECASE), text) for pattern, text in loaded["replace"]
        ),
    )
