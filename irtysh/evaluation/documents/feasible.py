"""Whether inequalities can hold together: linear programming by HiGHS (Huangfu & Hall 2018)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from irtysh.evaluation.documents.cells import Cell
from irtysh.evaluation.documents.identities import KINDS
from irtysh.evaluation.documents.system import Row

TOLERANCE = 1e-7
"""In units of the largest amount of a component; printed digits are far coarser."""


@dataclass(frozen=True)
class Matrix:
    """Rows over unknowns; each component scaled so that its largest bound is one."""

    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    scales: tuple[float, ...]

    @classmethod
    def of(cls, components: Iterable[Iterable[Row]]) -> Matrix:
        """Return the rows with their unknowns, in one order whatever the order given."""
        rows: list[Row] = []
        scales: list[float] = []
        for component in components:
            ordered = sorted(set(component), key=_name)
            ends = [abs(end) for row in ordered for end in (row.low, row.high) if end.is_finite()]
            rows += ordered
            scales += [float(max(ends, default=1)) or 1.0] * len(ordered)
        cells = sorted({cell for row in rows for cell, _ in row.terms})
        return cls(tuple(cells), tuple(rows), tuple(scales))


def can_hold(rows: Iterable[Row]) -> bool:
    """Return True if amounts, none below zero, satisfy every row."""
    matrix = Matrix.of([rows])
    return not matrix.rows or bool(_solved(matrix, elastic=False).status == 0)


def broken(components: Sequence[Sequence[Row]]) -> tuple[list[int], dict[Cell, float]]:
    """Return the places of the components that cannot hold, and a solution of the others.

    One elastic program asks all at once: every row may be broken by a slack, and the sum of the
    slacks is made least; a component is sound if all of its slacks are zero.
    """
    matrix = Matrix.of(components)
    if not matrix.rows:
        return [], {}
    solved = _solved(matrix, elastic=True)
    slack = solved.x[len(matrix.cells) :]
    bad_rows = {row for row, value in zip(matrix.rows, slack, strict=True) if value > TOLERANCE}
    places = [
        place for place, rows in enumerate(components) if any(row in bad_rows for row in rows)
    ]
    lost = {cell for place in places for row in components[place] for cell, _ in row.terms}
    scale = {
        cell: size
        for row, size in zip(matrix.rows, matrix.scales, strict=True)
        for cell, _ in row.terms
    }
    example = {
        cell: float(value) * scale[cell]
        for cell, value in zip(matrix.cells, solved.x, strict=False)
        if cell not in lost
    }
    return places, example


def core(rows: Sequence[Row]) -> list[Row]:
    """Return rows that by themselves cannot hold, where the given ones cannot.

    The rows with a price in the elastic program prove that the least violation is above zero
    (Farkas's lemma), so the others are not needed. Where the proof is too fine for the arithmetic
    of the machine, or there is nothing to prove, all rows are returned.
    """
    matrix = Matrix.of([rows])
    if not matrix.rows:
        return list(rows)
    prices = _solved(matrix, elastic=True).ineqlin.marginals
    numbers = [number for side in _sides(matrix) for number, _ in side]
    priced = {
        number for number, price in zip(numbers, prices, strict=True) if abs(price) > TOLERANCE
    }
    found = [matrix.rows[number] for number in sorted(priced)]
    owners = {row.owner for row in found}
    small = [row for row in rows if row in set(found) or row.owner in owners - set(KINDS)]
    return small if small and not can_hold(small) else list(rows)


def _solved(matrix: Matrix, *, elastic: bool) -> Any:
    """Solve A·x between bounds, x ≥ 0; elastic adds one slack a row, whose sum is made least."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix, hstack, identity, vstack

    place = {cell: at for at, cell in enumerate(matrix.cells)}
    blocks, limits, slacks = [], [], []
    for sign, listed in zip((1.0, -1.0), _sides(matrix), strict=True):
        entries = [
            (at, place[cell], sign * float(factor))
            for at, (number, _) in enumerate(listed)
            for cell, factor in matrix.rows[number].terms
        ]
        down, across, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(listed), len(matrix.cells))
        blocks.append(coo_matrix((values, (down, across)), shape=shape))
        limits += [sign * end / matrix.scales[number] for number, end in listed]
        if elastic:
            columns = identity(len(matrix.rows), format="csr")
            slacks.append(-columns[[number for number, _ in listed]])
    table = vstack(blocks).tocsr()
    cost = np.zeros(len(matrix.cells))
    if elastic:
        table = hstack([table, vstack(slacks)]).tocsr()
        cost = np.concatenate([cost, np.ones(len(matrix.rows))])
    return linprog(cost, A_ub=table, b_ub=np.array(limits), bounds=(0, None), method="highs")


_Side = list[tuple[int, float]]


def _sides(matrix: Matrix) -> tuple[_Side, _Side]:
    """Return (row number, end) for finite upper and lower ends."""
    numbered = list(enumerate(matrix.rows))
    uppers = [(at, float(row.high)) for at, row in numbered if row.high.is_finite()]
    lowers = [(at, float(row.low)) for at, row in numbered if row.low.is_finite()]
    return uppers, lowers


def _name(row: Row) -> tuple[Any, ...]:
    return (row.owner, row.terms, row.low, row.high)
