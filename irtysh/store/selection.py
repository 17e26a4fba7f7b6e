"""Which observations are asked for: codes by column and a span of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from irtysh.store.schema import COLUMNS

LEVEL = "level"
LEVEL_OF = "CASE WHEN commodity = '_T' THEN 0 ELSE length(commodity) END"
"""How deep a product lies in its classification: the length of its code, 0 for the total."""
CHAPTER = "chapter"
CHAPTER_OF = "substr(CAST(commodity AS VARCHAR), 1, 2)"
"""The chapter of a code of the Harmonized System; of other codes it means nothing."""

Codes = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a dataset.

    Attributes
    ----------
    codes : dict
        Column of the observation → the codes of which any will do. A column that is not named
        admits every code; one with no codes admits none. ``level`` may be named too: the length
        of the commodity's code, "0" for the total; and ``chapter``, its first two characters.
    start, end : date or None
        Only periods that lie within, both days included; None is open. A period that the source
        does not name lies within no bounds.
    """

    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None

    @classmethod
    def of(
        cls, codes: Codes | None = None, *, start: date | None = None, end: date | None = None
    ) -> Selection:
        """Make a selection; one code may stand for a list of one."""
        listed = {
            column: (wanted,) if isinstance(wanted, str) else tuple(wanted)
            for column, wanted in (codes or {}).items()
        }
        return cls(listed, start, end)

    def with_codes(self, **codes: str | Sequence[str]) -> Selection:
        """Return the selection with these columns set anew."""
        return Selection({**self.codes, **Selection.of(codes).codes}, self.start, self.end)

    @staticmethod
    def expression(column: str) -> str:
        """Return a column of observations as SQL; raises KeyError for one that there is not."""
        if column == LEVEL:
            return f"CAST({LEVEL_OF} AS VARCHAR)"
        if column == CHAPTER:
            return CHAPTER_OF
        COLUMNS[column]
        return f'"{column}"'

    def where(self) -> tuple[str, list[Any]]:
        """Return a WHERE clause (empty for everything) and its values.

        An unknown column raises KeyError: the caller names columns.
        """
        parts: list[str] = []
        values: list[Any] = []
        for column, wanted in self.codes.items():
            made = self.expression(column)
            blanks = ", ".join("?" for _ in wanted)
            parts.append(f"{made} IN ({blanks})" if wanted else "false")
            values.extend(wanted)
        if self.start is not None:
            parts.append("period_start >= ?")
            values.append(self.start)
        if self.end is not None:
            parts.append("period_end <= ?")
            values.append(self.end)
        return (" WHERE " + " AND ".join(parts) if parts else ""), values


EVERYTHING = Selection()
