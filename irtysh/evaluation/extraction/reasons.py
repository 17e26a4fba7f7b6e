"""Why a statement was proposed, in words: definitions/messages/extraction.yaml."""

from __future__ import annotations

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.wording import say


def reason_in_words(reason: str, language: str) -> str:
    """Return one of a proposal's reasons in a language."""
    key, _, detail = reason.partition(":")
    if key == "hedge":
        detail = codelist("claim_hedges").label(detail, language)
    return say("extraction", key, language, detail=detail)
