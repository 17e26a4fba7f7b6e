"""The reference of the language: functions, dimensions and words, for docs and the command."""

from __future__ import annotations

from dataclasses import dataclass

from irtysh.evaluation.expressions.faults import words
from irtysh.evaluation.expressions.signatures import SIGNATURES
from irtysh.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Described:
    """A function in words.

    Attributes
    ----------
    name, signature, example : str
    meaning : Text
    """

    name: str
    signature: str
    example: str
    meaning: Text


def describe() -> list[Described]:
    """Return every function of the language, in the order of its reference."""
    return [
        Described(one.name, str(one), one.example, words(f"function.{one.name}"))
        for one in SIGNATURES.values()
    ]
