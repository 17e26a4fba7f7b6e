"""Classifications of goods by edition: HS 1992 to 2022, SITC 1 to 3, TN VED, ICIO industries.

Nothing is read before a classification is asked for: a web process that never shows a subheading
never loads one.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from irtysh.vocabulary.codelists import Code, Codelist, codelist, read_codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES, Text

HS_EDITIONS = {"H0": 1992, "H1": 1996, "H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017, "H6": 2022}
"""Edition of the Harmonized System → the year from which it holds."""
SITC_EDITIONS = {"S1": 1962, "S2": 1976, "S3": 1988}
EDITIONS = (*HS_EDITIONS, "HS", "TNVED", *SITC_EDITIONS, "ICIO")
TOTAL = "_T"
_LATEST = "H6"
_FOLDER = DEFINITIONS / "classifications"
_OWN_DIGITS = (8, 10)
"""Lengths of the codes that a country adds below the six digits of the system."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the language it is really in; both empty where there is none."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class _Titles:
    """English titles, their units, names that exist in every language, Russian titles."""

    english: Mapping[str, str]
    units: Mapping[str, str]
    translated: Mapping[str, Text]
    russian: Mapping[str, str] = field(default_factory=dict)


class Classification(Codelist):
    """An edition as a tree of codes: "_T", chapters, headings, subheadings.

    It answers whatever a ``Codelist`` answers. Most headings have a Russian and an English name, a
    subheading has an English one only: ``named`` tells in which language a name is, ``label`` and
    ``Code.name`` give for every language the nearest that there is.
    """

    def __init__(self, edition: str, titles: _Titles) -> None:
        self._titles = titles
        self._known = tuple(dict.fromkeys((*titles.translated, *titles.english)))
        super().__init__(edition, {})

    def __contains__(self, code: object) -> bool:
        return code in self._titles.english or code in self._titles.translated

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __getitem__(self, code: str) -> Code:
        if code not in self:
            raise UnknownCode(code=code, codelist=self.name, near=self._near(code))
        name = Text({language: self.named(code, language).text for language in LANGUAGES})
        unit = self._titles.units.get(code, "")
        return Code(code, self.parent(code), name, extra={"unit": unit} if unit else {})

    def named(self, code: str, language: str) -> Named:
        """Return the name of a code and its language; raises UnknownCode.

        Where there is no Kazakh name the Russian one stands in, then the English one.
        """
        translated = self._titles.translated.get(code)
        if translated is not None and language in translated:
            return Named(translated[language], language)
        if language != "en" and code in self._titles.russian:
            return Named(self._titles.russian[code], "ru")
        if code in self._titles.english:
            return Named(self._titles.english[code], "en")
        if code in self:
            return Named("", "")
        raise UnknownCode(code=code, codelist=self.name, near=self._near(code))

    def label(self, code: str, language: str) -> str:
        """Return the name of a code, in another language where this one has none."""
        return self.named(code, language).text

    def parent(self, code: str) -> str:
        """Return the code above; empty for the total."""
        if code == TOTAL:
            return ""
        for length in range(len(code) - 1, 0, -1):
            if code[:length] in self:
                return code[:length]
        return TOTAL

    def children(self, code: str) -> tuple[str, ...]:
        """Return the codes one step below, in order; none for a leaf."""
        return self._below.get(code, ())

    @property
    def roots(self) -> tuple[str, ...]:
        """The codes without a parent."""
        return (TOTAL,)

    def level(self, code: str) -> int:
        """Return the number of digits; 0 for the total."""
        return 0 if code == TOTAL else len(code)

    def section(self, code: str) -> str:
        """Return the section of the Harmonized System ("V"); empty where there is none."""
        chapters = codelist("hs_chapters")
        if self.name[0] == "S" or code[:2] not in chapters:
            return ""
        return "" if code == TOTAL else chapters[code[:2]].parent

    @cached_property
    def _below(self) -> Mapping[str, tuple[str, ...]]:
        below: defaultdict[str, list[str]] = defaultdict(list)
        for code in self:
            if code != TOTAL:
                below[self.parent(code)].append(code)
        return {code: tuple(sorted(codes)) for code, codes in below.items()}

    def _near(self, code: str) -> str:
        """Codes that share the longest beginning: cheap, and what a reader would look for."""
        for length in range(len(code) - 1, 0, -1):
            if code[:length] in self:
                return ", ".join((code[:length], *self.children(code[:length])[:2]))
        return "—"


class NationalClassification(Classification):
    """The TN VED of the EAEU: six digits of the Harmonized System and ten of its own.

    Titles of ten-digit codes are empty: no list of them has a clear licence, and as printed they
    are fragments ("- - - прочие"). Codes of 8 digits, and those of 10 that the present tariff does
    not have, belong to it too if their subheading exists: a customs file of 2015 has others.
    """

    def __init__(self, edition: str, titles: _Titles, own: Sequence[str]) -> None:
        super().__init__(edition, titles)
        self._own = own

    def __contains__(self, code: object) -> bool:
        if super().__contains__(code):
            return True
        is_own = isinstance(code, str) and len(code) in _OWN_DIGITS and code.isdigit()
        return is_own and super().__contains__(str(code)[:6])

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        yield from self._own

    def __len__(self) -> int:
        return super().__len__() + len(self._own)

    def parent(self, code: str) -> str:
        """Return the code above: of ten digits directly the subheading."""
        return code[:6] if len(code) in _OWN_DIGITS else super().parent(code)


def classification(edition: str) -> Classification:
    """Return an edition: "H0" … "H6", "HS" (the latest), "TNVED", "S1" … "S3", "ICIO".

    Raises UnknownCode for another one.
    """
    if edition not in EDITIONS:
        raise UnknownCode(code=edition, codelist="classifications", near=", ".join(EDITIONS))
    return _loaded(edition)


def correspondence(code: str, level: str) -> str:
    """Return the section ("section") or chapter ("chapter") of an HS code; empty if it has none.

    Pseudo-codes (99…, XX) have a chapter at most. A section is a union of whole chapters in
    every edition, so the answer does not depend on the edition.
    """
    chapter = code[:2]
    if level == "chapter":
        return chapter if chapter.isdigit() else ""
    chapters = codelist("hs_chapters")
    return chapters[chapter].parent if chapter in chapters and chapter != TOTAL else ""


@cache
def _loaded(edition: str) -> Classification:
    if edition == "ICIO":
        industries = read_codelist(_FOLDER / "icio.csv")
        return Classification(edition, _Titles({}, {}, {c: industries[c].name for c in industries}))
    if edition == "TNVED":
        own = [row[0] for row in packed_rows("tnved") if row[0][:6] in _loaded(_LATEST)]
        return NationalClassification(edition, _loaded(_LATEST)._titles, own)
    if edition == "HS":
        return Classification(edition, _loaded(_LATEST)._titles)
    chapters = codelist("hs_chapters")
    if edition in SITC_EDITIONS:
        return Classification(edition, _titles("sitc", edition[1], {TOTAL: chapters[TOTAL].name}))
    titles = _titles("hs", edition[1], {code: chapters[code].name for code in chapters})
    russian = {code: title for code, at, title in packed_rows("hs_headings") if edition[1] in at}
    return Classification(edition, replace(titles, russian=russian))


def _titles(file: str, mark: str, translated: Mapping[str, Text]) -> _Titles:
    english: dict[str, str] = {}
    units: dict[str, str] = {}
    for code, editions, unit, title in packed_rows(file):
        if mark in editions:
            english[code] = title
            if unit:
                units[code] = unit
    listed = {code: name for code, name in translated.items() if code == TOTAL or code in english}
    return _Titles(english, units, listed)


def packed_rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a packed list of definitions/classifications, without the header."""
    with gzip.open(_FOLDER / f"{name}.csv.gz", "rb") as stream:
        text = io.TextIOWrapper(io.BufferedReader(stream), encoding="utf-8", newline="")
        rows = csv.reader(text)
        next(rows)
        yield from rows
