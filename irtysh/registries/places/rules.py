"""What a place is for, what it may not say, and which of its shapes holds on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from irtysh.sources.registers.agreement import disagreements
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.geojson import read_geometry
from irtysh.vocabulary.season import day_of_year

CROSSING = "crossing"
LINKS = ("waterway", "river", "railway", "road", "network")
"""Kinds of place that lead somewhere."""
SETTLEMENTS = ("city", "town", "settlement")
TERRITORIES = ("country", "region", "district")

NEAREST_SETTLEMENT = "nearest-settlement"
"""Precision of coordinates that are those of a settlement, not of the place itself."""

Held = TypeVar("Held")


def valid_on(
    held: Iterable[Held], day: date, ends: Callable[[Held], tuple[str, str]]
) -> Held | None:
    """Return what holds on a day; of several the one that began last; None if nothing does.

    ``ends`` gives first and last day of validity as ISO 8601 texts, both included; an empty one
    is open, and a month or a year counts as a whole.
    """
    iso = day.isoformat()
    fitting = [
        (start, one)
        for one in held
        for start, end in (ends(one),)
        if start <= iso[: len(start)] and (not end or iso[: len(end)] <= end)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def wrong_in(
    columns: Mapping[str, Any], shapes: Iterable[str]
) -> Iterator[tuple[str, IrtyshError]]:
    """Yield (column, what is wrong with it) for everything that a place says wrongly."""
    yield from disagreements("places", columns)
    for column in ("season_from", "season_to"):
        if columns.get(column):
            yield from _tried(column, day_of_year, columns[column])
    for shape in shapes:
        yield from _tried("geometries", read_geometry, shape)


def _tried(
    column: str, read: Callable[[str], object], text: str
) -> Iterator[tuple[str, IrtyshError]]:
    try:
        read(text)
    except IrtyshError as error:
        yield column, error
