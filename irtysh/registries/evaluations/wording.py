"""Lines and steps in the words of a release: the case's own codes have names in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from irtysh.evaluation.strategy.outcome import Outcome
from irtysh.evaluation.strategy.words import said, status_name, tone
from irtysh.registries.records.shelf import releases
from irtysh.vocabulary.codelists import Codelist, read_codelist_text, with_own_codelists
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.text import LANGUAGES

SIGNS = {"good": "✓", "fair": "◆", "poor": "▲", "grey": "–"}
"""A shape for each tone: colour is never the only sign."""


@contextmanager
def naming(release: str) -> Iterator[None]:
    """Let codes have the names that a release gives them; generic ones where it is gone."""
    with with_own_codelists(_own(release)):
        yield


@lru_cache(maxsize=8)
def _own(release: str) -> Mapping[str, Codelist]:
    try:
        texts = releases().get(release).document("own_codelists")
    except ReleaseNotFound:
        return {}
    return {name: read_codelist_text(name, text) for name, text in texts.items()}


def status_words(status: str, language: str) -> dict[str, str]:
    """Return a status as a page shows it: name, tone, sign."""
    own = tone(status)
    return {"code": status, "name": status_name(status, language), "tone": own,
            "sign": SIGNS[own]}  # fmt: skip


def words_of(outcome: Outcome) -> dict[str, dict[str, dict[str, Any]]]:
    """Return language → id of a step or line → what it says: title, text, arithmetic."""
    with naming(outcome.release):
        return {
            language: {
                one.id: said(one, language) for one in (*outcome.steps, *outcome.lines.values())
            }
            for language in LANGUAGES
        }
