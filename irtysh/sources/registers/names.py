"""The words beside codes and ids in a table, and the codes behind words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.text import LANGUAGES


class CellRefused(Exception):
    """A cell does not hold what its column asks for; ``code`` names the message."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Names:
    """Where the words beside codes and ids come from.

    Attributes
    ----------
    language : str
        Language of the labels.
    of_list : callable
        List and language → code → name. Lists of the case are not among the generic ones.
    of_record : callable
        Register and id → title; empty where there is no such record.
    """

    language: str = LANGUAGES[0]
    of_list: Callable[[str, str], Mapping[str, str]] = lambda codes, language: generic_names(
        codes, language
    )
    of_record: Callable[[str, str], str] = lambda register, code: ""

    @cached_property
    def _codes_by_name(self) -> dict[str, dict[str, set[str]]]:
        return {}

    def label(self, codes: str, code: str) -> str:
        """Return the name of a code; empty where nothing names it."""
        return self.of_list(codes, self.language).get(code, "")

    def code(self, codes: str, text: str) -> str:
        """Return the code that a cell means by writing the code or its name in any language.

        Raises CellRefused.
        """
        known = self.of_list(codes, self.language)
        if text in known:
            return text
        if codes not in self._codes_by_name:
            by_name: dict[str, set[str]] = {}
            for language in LANGUAGES:
                for code, name in self.of_list(codes, language).items():
                    by_name.setdefault(_plain(name), set()).add(code)
            self._codes_by_name[codes] = by_name
        found = self._codes_by_name[codes].get(_plain(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise CellRefused("CellAmbiguous", value=text, codes=", ".join(sorted(found)))
        candidates = list({**known, **self._codes_by_name[codes]})
        near = get_close_matches(_plain(text), candidates, n=3) or list(known)[:5]
        raise CellRefused("CellUnknownCode", value=text, list=codes, near=", ".join(near) or "—")


def generic_names(codes: str, language: str) -> Mapping[str, str]:
    """Return code → name of a list of definitions/codelists; empty for a list of the case."""
    try:
        return {code: entry.name[language] for code, entry in codelist(codes).items()}
    except UnknownCode:
        return {}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
