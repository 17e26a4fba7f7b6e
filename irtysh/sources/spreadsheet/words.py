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

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_DASHES = re.compile(r"\s*[-\u2010\u2011\u2012\u2013\u2014\u2212]\s*")
_MARKS = re.compile(
    r"^(?P<base>.*?[^\d\s,(])\s*\(?(?P<marks>\d{1,2}(?:\s*,\s*\d{1,2})*|\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹]+)\)?$",
    re.DOTALL,
)
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
        found = self.year.search(tidy(text))
        return int(found["year"]) if found else None

    def span_of(self, text: str) -> tuple[int, int] | None:
        """Return first and last month of a heading: "I полугодие" is (1, 6)."""
        cleaned = tidy(text)
        for pattern, first, last in self.spans:
            if pattern.search(cleaned):
                return first, last
        return None

    def name(self, text: str) -> str:
        """Return a name ready for looking up: abbreviations written out, case and ё levelled."""
        cleaned = tidy(text)
        for pattern, replacement in self.replace:
            cleaned = pattern.sub(replacement, cleaned)
        return level(cleaned)


def tidy(text: str) -> str:
    """Single spaces, none around dashes, every dash a hyphen: "январь-      декабрь" mended."""
    return _DASHES.sub("-", _SPACES.sub(" ", text)).strip()


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
