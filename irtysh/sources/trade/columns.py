"""Columns of a publisher's table by name, however it is spelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from irtysh.vocabulary.errors import MappingDoesNotFit

Row = Sequence[str]
Getter = Callable[[Row], str]


class Columns:
    """Where each column stands; names are compared without case, spaces, dots and quotes."""

    def __init__(self, header: Iterable[str]) -> None:
        self.names = tuple(header)
        self._at: dict[str, int] = {}
        for place, name in enumerate(self.names):
            self._at.setdefault(plain(name), place)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: str) -> bool:
        return plain(name) in self._at

    def have(self, *names: str) -> bool:
        """Return True if every column is there."""
        return all(name in self for name in names)

    def place(self, *names: str, layout: str = "") -> int:
        """Return where the first of these names stands; raises MappingDoesNotFit."""
        for name in names:
            if (place := self._at.get(plain(name))) is not None:
                return place
        raise MappingDoesNotFit(
            mapping=layout, place="1", expected=names[0], found=", ".join(self.names[:40])
        )

    def get(self, *names: str, layout: str = "") -> Getter:
        """Return what takes the cell of a column from a row; raises MappingDoesNotFit."""
        return itemgetter(self.place(*names, layout=layout))

    def get_if(self, *names: str) -> Getter | None:
        """Return the same, or None where the table has no such column."""
        return next((self.get(name) for name in names if name in self), None)

    def name(self, *names: str) -> str:
        """Return the column's name as the file spells it, or empty."""
        return next((self.names[self._at[plain(n)]] for n in names if n in self), "")


def plain(name: str) -> str:
    """Return a name without what publishers vary: case, spaces, quotes, marks."""
    kept = (sign for sign in name.casefold() if sign.isalnum() or sign in "$_@")
    return "".join(kept)


def always(text: str) -> Getter:
    """Return a getter that gives the same text for every row."""
    return lambda _row: text
