"""One figure of a table: its value, bounds and what a reader must know before using it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from irtysh.publication.views import DIMENSIONS
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Qualifier, stored_interval, stored_value

_PLAIN = "OBSERVED"
LEVELS = ("VALUE", "WEIGHT", "QUANTITY", "COUNT", "LENGTH", "AREA")
"""Measures that are amounts: what can be added up, compared and shared out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands where a row meets a column.

    Attributes
    ----------
    value : Decimal or None
        In ``unit`` × 10**``unit_mult``; None is missing (see ``status`` and ``flags``), never zero.
    low, high : Decimal or None
        Bounds in the same unit; None where nothing bounds that side or nothing is known.
    unit, unit_mult : str, int
    status, qualifier : str
        Codes of the lists of that name.
    flags : tuple of str
        Codes of definitions/codelists/flags.csv.
    definition : str
    notes : tuple of str
        Ids of notes.
    evidence : tuple of str
        Ids of the observations behind it: its own first.
    rivals : int
        How many other values there are for the same cell.
    source : str
    formula : str
        Id of the indicator that computed it; empty for a figure as it was published.
    place : tuple of str
        Its codes in the order of DIMENSIONS: where to look for its history.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    unit_mult: int
    status: str = _PLAIN
    qualifier: str = "EQ"
    flags: tuple[str, ...] = ()
    definition: str = ""
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    rivals: int = 0
    source: str = ""
    formula: str = ""
    place: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """True for a value that a source states as it is."""
        return self.status == _PLAIN and self.qualifier == "EQ" and not self.flags


Row = Mapping[str, Any]
"""A row of the store: column → value, missing None."""


def value_of(row: Row) -> Decimal | None:
    """Return the value with the precision in which it was printed, where it was printed."""
    return stored_value(row["value"], row.get("printed"))


def interval_of(row: Row) -> Interval | None:
    """Return the values that a row admits: a printed number is rounded, a declared one exact."""
    return stored_interval(value_of(row), row.get("printed"), Qualifier(row["qualifier"] or "EQ"))


def quantity_of(row: Row | None) -> Quantity | None:
    """Return the quantity of a row in the unit itself (dollars, not millions); None if missing."""
    interval = interval_of(row) if row is not None else None
    if row is None or interval is None:
        return None
    value = value_of(row)
    return Quantity(value, interval).scaled(Decimal(10) ** int(row["unit_mult"] or 0))


def cell_of(same: Sequence[Row], preferred: Collection[str] = ()) -> Cell:
    """Return the cell of rows that speak of the same: the preferred one, the others counted.

    Without a decision a value goes before none, a number before a bound, an order in the
    dataset before a later one; the others stay counted as rivals.
    """
    row = chosen(same, preferred)
    interval = interval_of(row)
    rivals = len(same) - 1
    notes = row.get("notes") or ""
    return Cell(
        value=value_of(row),
        low=interval.low if interval is not None and interval.low.is_finite() else None,
        high=interval.high if interval is not None and interval.high.is_finite() else None,
        unit=row["unit"] or "",
        unit_mult=int(row["unit_mult"] or 0),
        status=row["status"] or _PLAIN,
        qualifier=row["qualifier"] or "EQ",
        flags=("RIVALS",) if rivals else (),
        definition=row.get("definition") or "",
        notes=tuple(notes.split(";")) if notes else (),
        evidence=(row["id"],),
        rivals=rivals,
        source=row["source"] or "",
        place=place(row),
    )


def place(row: Row) -> tuple[str, ...]:
    """Return the codes of a row in the order of DIMENSIONS."""
    return tuple(row[name] or "" for name in DIMENSIONS)


def chosen(same: Sequence[Row], preferred: Collection[str] = ()) -> Row:
    """Return the row to show of those that speak of the same."""
    return min(
        same,
        key=lambda row: (
            row["id"] not in preferred,
            row["value"] is None,
            (row["qualifier"] or "EQ") != "EQ",
        ),
    )
