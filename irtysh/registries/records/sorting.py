"""One order of names for both databases: the alphabets of Russian and Kazakh, then the rest."""

from __future__ import annotations

_LETTERS = " 0123456789abcdefghijklmnopqrstuvwxyzаәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACE = {letter: f"{number:02d}" for number, letter in enumerate(_LETTERS)}
_LONGEST = 60


def sort_key(text: str) -> str:
    """Return digits that sort as the text should; SQLite and PostgreSQL order digits alike.

    The Kazakh alphabet holds the Russian one in its order, so one key serves both. What is
    neither letter nor digit is passed over.
    """
    tidy = " ".join(text.casefold().split())
    return "".join(_PLACE.get(letter, "") for letter in tidy)[: 2 * _LONGEST]
