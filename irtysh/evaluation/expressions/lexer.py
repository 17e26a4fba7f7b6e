"""Tokens of the expression language, each with its column."""

from __future__ import annotations

import re
from dataclasses import dataclass

from irtysh.evaluation.expressions.faults import fault

_TOKENS = re.compile(
    r"""
    (?P<blank>\s+)
  | (?P<period>\d{4}-(?:S[12]|Q[1-4]|\d{2}(?:-\d{2})?)(?:/\d{4}-\d{2})?(?![\w-]))
  | (?P<number>(?>\d+(?:\.(?!\.)\d+)?)(?![A-Za-z_]))
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*(?::[A-Za-z0-9_]+)?)
  | (?P<sign>\.\.|>=|<=|[-+*/(),=|\[\]<>?])
    """,
    re.VERBOSE | re.ASCII,
)
_WORD = re.compile(r"[\w.]{1,40}|.", re.DOTALL)
"""What a fault shows of the place where no token begins."""
MOST_CHARACTERS = 4000
"""Of one expression; the longest of the first case has some 570."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes
    ----------
    kind : str
        period, number, name, sign or end.
    text : str
        As written; empty at the end.
    position : int
        Column of its first character, from 1.
    """

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of an expression, an end token last; raises ExpressionFault."""
    if len(text) > MOST_CHARACTERS:
        raise fault(MOST_CHARACTERS + 1, text[MOST_CHARACTERS], "characters", most=MOST_CHARACTERS)
    found: list[Token] = []
    place = 0
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None:
            word = _WORD.match(text, place)
            assert word is not None
            raise fault(place + 1, word.group(), "token")
        kind = str(match.lastgroup)
        if kind != "blank":
            found.append(Token(kind, match.group(), place + 1))
        place = match.end()
    return [*found, Token("end", "", len(text) + 1)]
