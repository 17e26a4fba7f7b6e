"""Statements that plainly cannot stand, found by comparing printed bounds without a program.

Most false records and orders fall to two printed figures ("the highest is 402", and 439 in
another year), or to one figure and the groups of a table. Exact decimal arithmetic finds them
alike whatever the units; everything subtler is left to linear programming.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from irtysh.evaluation.documents.cells import Cell
from irtysh.evaluation.documents.identities import GROUPS
from irtysh.evaluation.documents.system import Row

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Plain:
    """The figures with which a statement cannot stand, and the identities between them."""

    figures: tuple[str, ...]
    identities: tuple[str, ...]


class Neighbourhood:
    """The rows of a document by the unknowns that they touch."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._bounds: dict[Cell, list[Row]] = defaultdict(list)
        self._groups: dict[Cell, list[Row]] = defaultdict(list)
        for row in rows:
            if len(row.terms) == 1:
                self._bounds[row.terms[0][0]].append(row)
            elif row.owner == GROUPS:
                self._groups[row.terms[0][0]].append(row)

    def printed(self, cell: Cell, out: frozenset[str]) -> list[Row]:
        """Return the figures that bound an unknown, in a fixed order."""
        found = [row for row in self._bounds.get(cell, ()) if row.owner not in out]
        return sorted(found, key=lambda row: row.owner)

    def groups(self, cell: Cell) -> list[Row]:
        """Return the identities by which groups bound a total from below."""
        return self._groups.get(cell, [])


def plainly(near: Neighbourhood, rows: Sequence[Row], out: frozenset[str]) -> Plain | None:
    """Return why a statement cannot stand, where one of its pairs shows it; None if none does.

    Each row says that its first unknown is no less than its second. Two figures are a smaller
    set than a figure and a table, so they are looked for first. Both sets are minimal: without
    one of its members nothing bounds one of the unknowns on the side that matters.
    """
    for by_groups in (False, True):
        for row in rows:
            (more, _), (less, _) = row.terms
            above = min(near.printed(more, out), key=lambda one: one.high, default=None)
            if above is None or not above.high.is_finite():
                continue
            found = _over(near, less, above.high, out, by_groups)
            if found is not None:
                identities = (GROUPS,) if by_groups else ()
                return Plain((above.owner, *found), identities)
    return None


def _over(
    near: Neighbourhood, cell: Cell, limit: Decimal, out: frozenset[str], by_groups: bool
) -> tuple[str, ...] | None:
    """Return the figures that hold an unknown above a limit."""
    if not by_groups:
        below = max(near.printed(cell, out), key=lambda one: one.low, default=None)
        return (below.owner,) if below is not None and below.low > limit else None
    for row in near.groups(cell):
        lows = []
        for group, _ in row.terms[1:]:
            found = max(near.printed(group, out), key=lambda one: one.low, default=None)
            if found is not None and found.low > _ZERO:
                lows.append(found)
        lows.sort(key=lambda one: (-one.low, one.owner))
        if lows and lows[0].low > limit:
            return (lows[0].owner,)
        if sum((one.low for one in lows), _ZERO) > limit:
            return tuple(sorted(one.owner for one in lows))
    return None
