"""A view laid out: rows, columns, cells, and what may be said below them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from irtysh.publication.catalogue import Offered
from irtysh.publication.cells import Cell, Row, cell_of
from irtysh.publication.computed import companions, computed_cell, one_cell
from irtysh.publication.heads import PLAIN, Naming, in_order, is_parted, parents
from irtysh.publication.selecting import selection_of
from irtysh.publication.views import DIMENSIONS, View
from irtysh.store.dataset import Dataset

MOST_OBSERVATIONS = 20_000
"""A page reads no more: beyond it the reader is asked to narrow, and the download has no limit."""

ROWS_ON_PAGE = 100
COLUMNS_ON_PAGE = 40
READ = (
    *DIMENSIONS, "id", "period_kind", "period_start", "period_end", "qualifier", "printed", "value",
    "unit_mult", "valuation", "status", "definition", "notes",
)  # fmt: skip

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a row or a column: one code for each of its dimensions.

    ``depth`` counts the headings above of which this one is a part; ``cell_unit`` is the unit
    that all its cells share, None where they differ.
    """

    key: Key
    depth: int = 0
    unit: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column: its cells with a value, and how many have none."""

    value: Decimal
    missing: int
    unit: str
    unit_mult: int


@dataclass(frozen=True, slots=True)
class Table:
    """A view as a table, one page of it.

    Attributes
    ----------
    row_dimensions, column_dimensions : tuple of str
        As laid out: those of the view, and any that must be told apart besides.
    rows, columns : tuple of Head
        The headings of this page.
    cells : dict
        (row key, column key) → cell; what is not there has no observation.
    fixed : dict
        Dimension → its only code, for the dimensions that are neither down nor across.
    unit : (str, int) or None
        Unit and power of ten of every cell; None where they differ.
    sums : tuple of (Sum or None), or None
        One a column of this page; None where adding up would be wrong, see ``no_sums``.
    no_sums : str
        Why there are no sums: key of the words ("overlap", "measure", "unit", …).
    observations : int
        How many observations the view selects.
    total_rows, total_columns : int
        On all pages together.
    pages, pages_across : int
    too_many : bool
        True if the view selects more than MOST_OBSERVATIONS: there are no cells.
    series : dict
        Row key → all columns' cells of the rows of this page, for the chart.
    """

    row_dimensions: Key
    column_dimensions: Key
    rows: tuple[Head, ...] = ()
    columns: tuple[Head, ...] = ()
    cells: Mapping[tuple[Key, Key], Cell] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    unit: tuple[str, int] | None = None
    sums: tuple[Sum | None, ...] | None = None
    no_sums: str = ""
    observations: int = 0
    total_rows: int = 0
    total_columns: int = 0
    pages: int = 1
    pages_across: int = 1
    too_many: bool = False
    all_columns: tuple[Head, ...] = ()
    all_cells: Mapping[tuple[Key, Key], Cell] = field(default_factory=dict)
    all_rows: tuple[Head, ...] = ()
    periods: Mapping[str, str] = field(default_factory=dict)


def pivot(
    view: View,
    offered: Offered,
    *,
    preferred: Collection[str] = (),
    naming: Naming = PLAIN,
    most: int = MOST_OBSERVATIONS,
) -> Table:
    """Lay a view out as a table.

    Parameters
    ----------
    preferred : collection of str
        Ids of the observations that were decided for among rivals.
    naming : Naming
        Names of codes, for the order of rows; codes themselves without it.
    most : int
        Observations that may be read.
    """
    dataset = offered.dataset
    selection = selection_of(view, dataset)
    count = dataset.count(selection)
    if not count or count > most:
        return Table(view.rows, view.columns, observations=count, too_many=count > most)
    found = list(dataset.stream(selection, READ))
    for row in found:
        _fill(row)
    table = _laid_out(view, found)
    return _paged(view, _filled(view, dataset, table, found, preferred, most), naming)


def _fill(row: dict[str, Any]) -> None:
    for name in DIMENSIONS:
        row[name] = row[name] or ""


def _laid_out(view: View, found: Sequence[Row]) -> Table:
    """Return the layout: dimensions that tell cells apart go down, where the view leaves them."""
    values = {name: {row[name] for row in found} for name in DIMENSIONS}
    varied = [name for name in DIMENSIONS if len(values[name]) > 1]
    rows, columns = view.rows, view.columns
    columns = columns or (("measure",) if "period" in rows else ("period",))
    if not rows:
        free = (name for name in varied if name not in (*columns, "source", "unit"))
        rows = (next(free, "measure" if "measure" not in columns else "counterpart_area"),)
    rows = (*rows, *_telling_apart(found, (*rows, *columns), varied))
    fixed = {
        name: next(iter(values[name]))
        for name in DIMENSIONS
        if name not in (*rows, *columns) and len(values[name]) == 1
    }
    kinds = {row["period"]: row["period_kind"] for row in found}
    return Table(rows, columns, fixed=fixed, observations=len(found), periods=kinds)


def _telling_apart(found: Sequence[Row], placed: Key, varied: Sequence[str]) -> Key:
    """Return the dimensions that differ within a cell and say that it is not one cell.

    Sources do not: two sources that speak of the same are rivals.
    """
    more: list[str] = []
    for name in varied:
        if name in placed or name == "source":
            continue
        at = [*placed, *more]
        seen: dict[Key, str] = {}
        if any(seen.setdefault(_key(row, at), row[name]) != row[name] for row in found):
            more.append(name)
    return tuple(more)


def _key(row: Row, dimensions: Sequence[str]) -> Key:
    return tuple(row[name] for name in dimensions)


def _filled(
    view: View,
    dataset: Dataset,
    table: Table,
    found: Sequence[Row],
    preferred: Collection[str],
    most: int,
) -> Table:
    together: dict[tuple[Key, Key], list[Row]] = {}
    for row in found:
        at = _key(row, table.row_dimensions), _key(row, table.column_dimensions)
        together.setdefault(at, []).append(row)
    grouped = {place: one_cell(rows) for place, rows in together.items()}
    if view.calculation == "none":
        cells = {place: cell_of(same, preferred) for place, same in grouped.items()}
    else:
        others = companions(view, dataset, READ, most)
        cells = {
            place: computed_cell(view, same, others, preferred) for place, same in grouped.items()
        }
    return replace(table, cells=cells)


def _paged(view: View, table: Table, naming: Naming) -> Table:
    cells = table.cells
    rows = list(dict.fromkeys(row for row, _column in cells))
    columns = list(dict.fromkeys(column for _row, column in cells))
    if view.hide_empty:
        filled = [place for place, cell in cells.items() if cell.value is not None]
        with_value = {row for row, _column in filled}, {column for _row, column in filled}
        rows = [key for key in rows if key in with_value[0]]
        columns = [key for key in columns if key in with_value[1]]
    columns = in_order(columns, table.column_dimensions, naming)
    rows = _sorted_rows(view, rows, table, naming)
    above = parents(rows, table.row_dimensions, naming) if view.sort == "code" else {}
    by_row, by_column = _shared(cells, 0), _shared(cells, 1)
    heads = tuple(Head(key, above.get(key, 0), by_row.get(key)) for key in rows)
    tops = tuple(Head(key, 0, by_column.get(key)) for key in columns)
    pages, across = _pages(len(heads), ROWS_ON_PAGE), _pages(len(tops), COLUMNS_ON_PAGE)
    page, place = min(view.page, pages), min(view.across, across)
    on_page = heads[(page - 1) * ROWS_ON_PAGE : page * ROWS_ON_PAGE]
    # The newest columns come first where there are too many: page 1 is the last stretch.
    last = len(tops) - (place - 1) * COLUMNS_ON_PAGE
    shown = tops[max(last - COLUMNS_ON_PAGE, 0) : last]
    units = {(cell.unit, cell.unit_mult) for cell in cells.values()}
    why = _why_no_sums(view, table, rows, naming)
    return replace(
        table,
        rows=on_page,
        columns=shown,
        unit=next(iter(units)) if len(units) == 1 else None,
        sums=None if why else tuple(_sum(cells, rows, head.key) for head in shown),
        no_sums=why,
        total_rows=len(heads),
        total_columns=len(tops),
        pages=pages,
        pages_across=across,
        all_columns=tops,
        all_rows=heads,
        all_cells=cells,
    )


def _pages(count: int, size: int) -> int:
    return max(-(-count // size), 1)


def _shared(cells: Mapping[tuple[Key, Key], Cell], side: int) -> dict[Key, tuple[str, int]]:
    """Return heading → the unit that all its cells share, for the headings where they do."""
    units: dict[Key, set[tuple[str, int]]] = {}
    for place, cell in cells.items():
        units.setdefault(place[side], set()).add((cell.unit, cell.unit_mult))
    return {key: next(iter(found)) for key, found in units.items() if len(found) == 1}


def _sorted_rows(view: View, rows: list[Key], table: Table, naming: Naming) -> list[Key]:
    name, falls = view.sort.removeprefix("-"), view.sort.startswith("-")
    if name == "name":
        by_name = sorted(rows, key=lambda key: naming.sorting(key, table.row_dimensions))
        return by_name[::-1] if falls else by_name
    ordered = in_order(rows, table.row_dimensions, naming)
    if name == "code":
        return ordered[::-1] if falls else ordered
    column = tuple(name.split("|"))
    known = [key for key in ordered if _value(table, key, column) is not None]
    unknown = [key for key in ordered if _value(table, key, column) is None]
    by_value = sorted(known, key=lambda key: _value(table, key, column) or 0, reverse=falls)
    return [*by_value, *unknown]


def _value(table: Table, row: Key, column: Key) -> Decimal | None:
    cell = table.cells.get((row, column))
    return None if cell is None or cell.value is None else cell.value.scaleb(cell.unit_mult)


def _why_no_sums(view: View, table: Table, rows: Sequence[Key], naming: Naming) -> str:
    """Say why the rows must not be added up; empty where they may be."""
    if view.calculation != "none":
        return "computed"
    if len(rows) < 2:
        return "one"
    measures = {table.fixed.get("measure", "")} | {
        key[place]
        for dimensions, keys in (
            (table.row_dimensions, rows),
            (table.column_dimensions, {column for _row, column in table.cells}),
        )
        for place, name in enumerate(dimensions)
        if name == "measure"
        for key in keys
    }
    return is_parted(rows, table.row_dimensions, measures - {""}, naming)


def _sum(cells: Mapping[tuple[Key, Key], Cell], rows: Sequence[Key], column: Key) -> Sum | None:
    there = [cells.get((row, column)) for row in rows]
    known = [cell for cell in there if cell is not None and cell.value is not None]
    units = {(cell.unit, cell.unit_mult) for cell in known}
    bounded = any(cell.qualifier not in ("EQ", "APPROX") for cell in known)
    if len(units) != 1 or bounded:
        return None
    value = sum((cell.value for cell in known if cell.value is not None), Decimal(0))
    return Sum(value, len(there) - len(known), *units.pop())
