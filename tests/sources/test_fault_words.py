"""Every error has words in three languages, and the three have the same blanks."""

from __future__ import annotations

import string

import pytest

from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue


def _all_errors() -> list[str]:
    found, waiting = [], [IrtyshError]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind.__module__.startswith("irtysh."):
                found.append(kind.__name__)
            waiting.append(kind)
    return sorted(set(found))


@pytest.mark.parametrize("code", _all_errors())
def test_every_error_has_words(code: str) -> None:
    assert code in catalogue("faults")


@pytest.mark.parametrize("code", sorted(catalogue("faults")))
def test_words_are_complete_and_ask_for_the_same(code: str) -> None:
    words = catalogue("faults")[code]
    assert set(words) == set(LANGUAGES)
    blanks = {
        language: {name for _, name, _, _ in string.Formatter().parse(words[language]) if name}
        for language in LANGUAGES
    }
    assert blanks["ru"] == blanks["kk"] == blanks["en"]
    assert all(words[language].strip() for language in LANGUAGES)
