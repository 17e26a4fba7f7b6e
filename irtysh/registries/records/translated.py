"""Columns with a text in every language: ``name_ru``, ``name_kk`` …"""

from __future__ import annotations

from irtysh.registries.records.codes import language_now
from irtysh.vocabulary.text import LANGUAGES


class Translated:
    """A record, or a row of one, that has such columns."""

    def text(self, column: str, language: str = "") -> str:
        """Return a column in a language (the screen's by default); empty if missing."""
        return getattr(self, f"{column}_{language or language_now()}", "") or ""

    def text_or_other(self, column: str, language: str) -> tuple[str, str]:
        """Return the text and its language: another one where this is missing, never silence."""
        for one in (language, *(other for other in LANGUAGES if other != language)):
            if found := self.text(column, one):
                return found, one
        return "", language
