"""Which periods of an axis are named, and where: at even steps, none touching or cut off."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from irtysh.indicators.charts.look import Sheet, letters_width

_STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
"""How many periods lie between two names: of months, so that the same months are named."""
_APART = 8.0

Place = tuple[float, str]
"""Where a period lies across the sheet, and its name."""


def named(places: Sequence[Place], sheet: Sheet, edge: float) -> list[tuple[float, float, str]]:
    """Return where a named period lies, where the middle of its name stands, and the name.

    The last period is always among them. Where periods follow each other evenly, names stand at
    even steps. A name that would pass the left side of the sheet or ``edge`` is moved inwards.
    """
    if not _is_even(places):
        return _chosen(places, sheet, edge, 1)
    tried = (_chosen(places, sheet, edge, step) for step in (*_STEPS, len(places)))
    fitting = (
        found
        for found, step in zip(tried, (*_STEPS, len(places)), strict=True)
        if len(found) == len(range(0, len(places), step))
    )
    return next(fitting, _chosen(places, sheet, edge, 1))


def _chosen(
    places: Sequence[Place], sheet: Sheet, edge: float, step: int
) -> list[tuple[float, float, str]]:
    """Return every ``step``-th period from the last one back; what would touch is left out."""
    free = float("inf")
    found = []
    for exact, text in places[::-1][::step]:
        half = letters_width(text, sheet.label) / 2
        at = max(min(exact, edge - half - 2), half + 2)
        if at + half + _APART < free:
            found.append((exact, at, text))
            free = at - half
    return found


def _is_even(places: Sequence[Place]) -> bool:
    """Return True if the periods follow each other without a gap."""
    apart = [after[0] - before[0] for before, after in pairwise(places)]
    return bool(apart) and max(apart) < 1.5 * min(apart)
