"""What can be wrong with an expression, each fault naming the token where it was noticed."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES, Text
from irtysh.vocabulary.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

CATALOGUE = "expressions"


class ExpressionFault(IrtyshError):
    """An expression cannot be read.

    ``params``: ``position`` (column of the token, from 1), ``token`` (as read; empty at the
    end), ``expected`` (in words of three languages), ``near`` (a similar name, else a dash).
    """

    @property
    def position(self) -> int:
        """Column of the token at which reading stopped, counted from 1."""
        return int(self.params["position"])

    @property
    def token(self) -> str:
        """The token as read; empty at the end of the expression."""
        return str(self.params["token"])

    @property
    def expected(self) -> Text:
        """What could have stood there, in words."""
        found: Text = self.params["expected"]
        return found


class DimensionFault(ExpressionFault):
    """Two things of different units are added, compared, or given where they make no sense."""


def fault(
    position: int, token: str, expected: str, known: Iterable[str] = (), **blanks: object
) -> ExpressionFault:
    """Return the fault at a token; ``expected`` is a key of messages/expressions.yaml."""
    return ExpressionFault(
        position=position,
        token=token or "…",
        expected=words(f"expected.{expected}", **blanks),
        near=near(token, known),
    )


def dimension_fault(position: int, token: str, expected: str, **blanks: object) -> DimensionFault:
    """Return the fault of units that do not go together."""
    return DimensionFault(
        position=position,
        token=token,
        expected=words(f"expected.{expected}", **blanks),
        near="—",
    )


def words(key: str, **blanks: object) -> Text:
    """Return a sentence of messages/expressions.yaml in every language."""
    return Text({language: say(CATALOGUE, key, language, **blanks) for language in LANGUAGES})


def near(token: str, known: Iterable[str]) -> str:
    """Return up to three names that resemble a token; a dash if none does."""
    return ", ".join(get_close_matches(token, sorted(set(known)), n=3)) or "—"
