"""Territories and goods named in a sentence, found by the stems of the lists' own names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from irtysh.evaluation.extraction.lexicon import lexicon
from irtysh.evaluation.extraction.nouns import russian_lemma
from irtysh.vocabulary.codelists import Codelist, codelist
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.stems import stem

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NOTE = re.compile(r"\s*\([^)]*\)")
_PARTS = re.compile(r"[,;]\s*|\s(?:и|и/или|мен|бен|пен|және|and|or)\s")
_LONGEST = 8
_LONG_WORD = 6
"""Shorter words are never matched with a letter wrong."""
_GOODS = ("commodities", "hs_sections", "hs_chapters")

_CURRENCIES = frozenset({"USD", "RUB"})

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A name found: where in the sentence, which code, and the word read as another, if any."""

    start: int
    end: int
    code: str
    nearly: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    name: str
    whole: bool
    """True where the words are the entry's full name, not a part of it."""


_Names = dict[Stems, _Entry]


def gazetteer(language: str) -> Gazetteer:
    """Return the names of a language; made anew where a case puts its own codes into the lists."""
    lists = tuple(codelist(name) for name in ("areas", *_GOODS))
    known = _made.get(language)
    if known is None or any(one is not other for one, other in zip(known[0], lists, strict=True)):
        known = _made[language] = (lists, Gazetteer(language))
    return known[1]


class Gazetteer:
    """The names of territories and goods in one language, as the lists stand when it is made."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._areas = _area_names(language)
        self._goods = _goods_names(language)
        self._longer: dict[str, list[tuple[Stems, _Entry]]] = {}
        for name, entry in self._goods.items():
            if len(name) > 1:
                self._longer.setdefault(name[0], []).append((name, entry))

    def areas_in(self, sentence: str) -> tuple[Term, ...]:
        """Return the territories named, in their order; a currency's country is none."""
        return tuple(self._found(sentence, self._areas, {}))

    def goods_in(self, sentence: str) -> tuple[Term, ...]:
        """Return the goods named, in their order; one wrong letter in a long name is forgiven."""
        return tuple(self._found(sentence, self._goods, self._longer))

    def _found(
        self, sentence: str, names: _Names, longer: Mapping[str, list[tuple[Stems, _Entry]]]
    ) -> Iterator[Term]:
        """Walk the words once and take the longest name at each."""
        words = list(_WORD.finditer(sentence))
        stems = [_stem(match[0].casefold(), self.language) for match in words]
        place = 0
        while place < len(words):
            here = stems[place : place + _LONGEST]
            term = _longest(here, names)
            near = _nearly(here, longer.get(stems[place], ()))
            # "пшеницы и маслин": a longer name with one letter wrong says more than its first word.
            if near and (term is None or near[0] > term[0]):
                term = near
            if term is None:
                place += 1
                continue
            count, entry, nearly = term
            start, end = words[place].start(), words[place + count - 1].end()
            # "долл. США" and "АҚШ доллары" name a currency, not a partner.
            if not _in_money(sentence, start, end, self.language):
                yield Term(start, end, entry.code, nearly)
            place += count


def _area_names(language: str) -> _Names:
    names: _Names = {}
    for code, entry in codelist("areas").items():
        if code.startswith("_") or entry.extra.get("kind") in (
            "aggregate",
            "residual",
            "total",
            "unspecified",
        ):
            continue
        said = _NOTE.sub("", entry.name.get(language, ""))
        for name in (said, *lexicon(language).area_aliases.get(code, ())):
            _add(names, _stems(name, language), _Entry(code, name, whole=True))
    return names


def _goods_names(language: str) -> _Names:
    names: _Names = {}
    without = lexicon(language).terms_without
    for code, said in [*_headings(language), *_listed(language)]:
        whole = _stems(said, language)
        if whole and not set(whole) <= without:
            _add(names, whole, _Entry(code, said, whole=True))
        for part in _PARTS.split(said):
            stems = _stems(part, language)
            if stems and stems != whole and not without & set(stems):
                _add(names, stems, _Entry(code, said, whole=False))
    return names


def _headings(language: str) -> Iterator[tuple[str, str]]:
    path = DEFINITIONS / "extraction" / "headings.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["code"], row.get(f"name_{language}", "")


def _listed(language: str) -> Iterator[tuple[str, str]]:
    for name in _GOODS:
        for code, entry in codelist(name).items():
            if not code.startswith("_") and "«" not in entry.name.get(language, ""):
                yield code, _NOTE.sub("", entry.name.get(language, ""))


def _add(names: _Names, stems: Stems, entry: _Entry) -> None:
    """Keep the first of equals; a full name takes the place of a part of another's."""
    if not stems or len(stems) > _LONGEST:
        return
    known = names.get(stems)
    if known is None or (entry.whole and not known.whole):
        names[stems] = entry


def _stems(text: str, language: str) -> Stems:
    return tuple(_stem(word.casefold(), language) for word in _WORD.findall(text))


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str) -> str:
    return russian_lemma(word).replace("ё", "е") if language == "ru" else stem(word, language)


def _longest(here: Sequence[str], names: _Names) -> tuple[int, _Entry, str] | None:
    for count in range(len(here), 0, -1):
        entry = names.get(tuple(here[:count]))
        if entry:
            return count, entry, ""
    return None


def _nearly(
    here: Sequence[str], longer: Iterable[tuple[Stems, _Entry]]
) -> tuple[int, _Entry, str] | None:
    """A name of several words that differs in one letter of one long word: маслин, меслин."""
    for name, entry in longer:
        if len(here) < len(name):
            continue
        wrong = [(a, b) for a, b in zip(here, name, strict=False) if a != b]
        if len(wrong) == 1 and _one_letter_apart(*wrong[0]):
            return len(name), entry, entry.name
    return None


def _one_letter_apart(one: str, other: str) -> bool:
    """True for words that one substitution makes alike, but for their endings."""
    shared = min(len(one), len(other))
    if shared < _LONG_WORD or abs(len(one) - len(other)) > 1:
        return False
    return sum(a != b for a, b in zip(one[:shared], other[:shared], strict=True)) == 1


def _in_money(sentence: str, start: int, end: int, language: str) -> bool:
    return any(
        match.start() <= start and end <= match.end()
        for code, pattern in lexicon(language).units
        if code in _CURRENCIES
        for match in pattern.finditer(sentence)
    )


_made: dict[str, tuple[tuple[Codelist, ...], Gazetteer]] = {}
"""The names last made, with the very lists they were made of."""
