"""A short way to propose from a few words."""

from __future__ import annotations

from irtysh.evaluation.extraction import Proposal, propose
from irtysh.sources.texts import Cleaned, clean, read_document


def cleaned(text: str) -> Cleaned:
    return clean(read_document(text.encode(), "a.txt"))


def found(text: str, language: str) -> list[Proposal]:
    """Return the proposals of a text."""
    return list(propose(cleaned(text), language))


def numbers(text: str, language: str) -> list[Proposal]:
    """Return those with a number."""
    return [one for one in found(text, language) if one.printed]
