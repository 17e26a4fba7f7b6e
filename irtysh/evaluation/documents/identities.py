"""What arithmetic demands of a document's unknowns, whoever printed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from irtysh.evaluation.documents.cells import Cell
from irtysh.evaluation.documents.system import Row, System
from irtysh.vocabulary.codelists import Codelist, codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.period import PeriodKind

FLOWS, GROUPS, PARTS, PARTNERS, PERIODS = "flows", "groups", "parts", "partners", "periods"
KINDS = (FLOWS, GROUPS, PARTS, PARTNERS, PERIODS)
"""T = X + M; groups ≤ total; a part ≤ what contains it; partners ≤ world; part of a year ≤ year."""

_OVERLAPPING = frozenset({"_Z", "NAMED", "_U", ""})
_ONE, _ZERO, _FAR = Decimal(1), Decimal(0), Decimal("Infinity")
_ADDED = frozenset({"VALUE", "WEIGHT"})


def add_identities(system: System, main_dataflow: str) -> None:
    """Add every identity that ties unknowns of the system together."""
    cells = sorted(system.cells)
    for row in (
        *_flows(cells),
        *_groups(cells, main_dataflow),
        *_parts(cells),
        *_partners(cells),
        *_periods(cells),
    ):
        system.identities.append(row)
        system.cells.update(cell for cell, _ in row.terms)


def _flows(cells: Iterable[Cell]) -> Iterator[Row]:
    """T = X + M, wherever two of the three are spoken of."""
    spoken: dict[Cell, set[str]] = defaultdict(set)
    for cell in cells:
        if cell.flow in ("T", "X", "M") and cell.measure in _ADDED:
            spoken[cell._replace(flow="T")].add(cell.flow)
    for whole, flows in spoken.items():
        if len(flows) > 1:
            parts = tuple((whole._replace(flow=flow), -_ONE) for flow in ("X", "M"))
            yield Row(((whole, _ONE), *parts), _ZERO, _ZERO, FLOWS)


def _groups(cells: Iterable[Cell], main_dataflow: str) -> Iterator[Row]:
    """Groups of one classification together are no more than the total of goods."""
    tables: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    totals: dict[tuple[str, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.measure not in _ADDED:
            continue
        place: tuple[str, ...] = (cell.ref_area, cell.counterpart_area, cell.flow, *cell[6:])
        if cell.commodity == "_T":
            totals[place].append(cell)
        elif cell.classification not in _OVERLAPPING:
            tables[(*place, cell.dataflow, cell.classification)].append(cell)
    for key, groups in tables.items():
        dataflow = key[-2]
        for whole in totals.get(key[:-2], ()):
            if whole.dataflow in (dataflow, main_dataflow):
                parts = tuple((group, -_ONE) for group in groups)
                yield Row(((whole, _ONE), *parts), _ZERO, _FAR, GROUPS)


def _parts(cells: Iterable[Cell]) -> Iterator[Row]:
    """A commodity is no more than one that contains it, by the lists' own hierarchy."""
    known = set(cells)
    for cell in known:
        names = _list("commodities" if cell.classification == "NAMED" else "")
        if names is None or cell.commodity not in names:
            continue
        above = names[cell.commodity].parent
        while above:
            whole = cell._replace(commodity=above)
            if whole in known:
                yield Row(((whole, _ONE), (cell, -_ONE)), _ZERO, _FAR, PARTS)
            above = names[above].parent if above in names else ""


def _partners(cells: Iterable[Cell]) -> Iterator[Row]:
    """Countries together are no more than the world."""
    areas = codelist("areas")
    partners: dict[Cell, list[Cell]] = defaultdict(list)
    known = set(cells)
    for cell in known:
        code = cell.counterpart_area
        if cell.measure in _ADDED and code in areas and areas[code].extra.get("kind") == "country":
            partners[cell._replace(counterpart_area="W")].append(cell)
    for whole in sorted(partners):
        if whole in known:
            parts = tuple((one, -_ONE) for one in sorted(partners[whole]))
            yield Row(((whole, _ONE), *parts), _ZERO, _FAR, PARTNERS)


def _periods(cells: Iterable[Cell]) -> Iterator[Row]:
    """Part of a year is no more than the year; states on a day are no parts."""
    years = {cell for cell in cells if cell.kind == PeriodKind.YEAR.value}
    for cell in cells:
        if cell.kind in ("A", "P", "U") or cell.measure not in _ADDED:
            continue
        period = cell.when
        assert period.start is not None
        assert period.end is not None
        if period.start.year != period.end.year:
            continue
        year = cell._replace(kind="A", period=str(period.start.year))
        if year in years:
            yield Row(((year, _ONE), (cell, -_ONE)), _ZERO, _FAR, PERIODS)


def _list(name: str) -> Codelist | None:
    try:
        return codelist(name) if name else None
    except UnknownCode:
        return None
