"""Texts in several languages with equal rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

LANGUAGES = ("ru", "kk", "en")
"""Languages in which Irtysh itself speaks; a case may have others."""


class Text(Mapping[str, str]):
    """A text in several languages: ``Text({"ru": …, "kk": …, "en": …})["kk"]``.

    A missing language is a KeyError, never another language in silence.
    """

    __slots__ = ("_by_language",)

    def __init__(self, by_language: Mapping[str, str]) -> None:
        self._by_language = dict(by_language)

    def __getitem__(self, language: str) -> str:
        return self._by_language[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_language)

    def __len__(self) -> int:
        return len(self._by_language)

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._by_language.items())))

    def __repr__(self) -> str:
        return f"Text({self._by_language!r})"

    def missing(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Return the languages in which the text is absent or blank."""
        return tuple(
            language
            for language in languages
            if not (self._by_language.get(language) or "").strip()
        )


LOOKALIKES = str.maketrans("ABCEHKMOPTXYaceopxyi", "АВСЕНКМОРТХУасеорхуі")
"""Latin letters that stand within Cyrillic words of typed tables, to the letters they look like."""

_MOST_DIGITS = 20


def is_number(text: str) -> bool:
    """Return True for a code of plain digits, at most 20: "²" is a digit too, and no number."""
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
