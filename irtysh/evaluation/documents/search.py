"""The smallest conflicting sets of a document, by the deletion filter (Chinneck & Dravnieks 1991).

Take the elements one after another in a fixed order; leave one out; where the rest still cannot
hold, it stays out. What is left is minimal: without any one of its elements the rest can be true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from irtysh.evaluation.documents.assertions import Assertion, add_assertions
from irtysh.evaluation.documents.bounds import Neighbourhood, plainly
from irtysh.evaluation.documents.cells import Cell
from irtysh.evaluation.documents.conflict import Conflict, Element
from irtysh.evaluation.documents.feasible import broken, can_hold, core
from irtysh.evaluation.documents.identities import GROUPS, KINDS, add_identities
from irtysh.evaluation.documents.system import Row, System, read_figures
from irtysh.evaluation.expressions.world import World

_MOST = 20
"""Conflicts listed for one component; more of them say nothing new."""
MARGIN = 1e-6
"""By how much one amount must exceed another, as a part of it, for a solution to show it."""
_ORDER = ("table", "share", "growth", "level", "statement")
"""Kinds in the order in which they are tried without: statements are kept longest."""


def conflicts_of(world: World, source: str, assertions: Iterable[Assertion] = ()) -> list[Conflict]:
    """Return the smallest sets of a source's figures and statements that cannot all be true.

    Identities always hold. Figures are held against each other first; each statement is then
    held against the figures that survive, and at last the statements that survive against each
    other. Conflicts of one round and component share no element. The result depends neither on
    the order of figures or statements, nor on their units.
    """
    headline = world.headline
    main, unit = headline.get("dataflow", ""), headline.get("unit", "USD")
    system = read_figures(world.of_source(source), main, unit)
    statements = add_assertions(system, world, assertions)
    add_identities(system, main)
    return _Search(source, system).all(statements)


class _Search:
    """The conflicts found so far in one document."""

    def __init__(self, source: str, system: System) -> None:
        self._source = source
        self._system = system
        self._whole = _components(system)
        self._near = Neighbourhood((*system.rows, *system.identities))
        self._found: list[Conflict] = []
        self._statements: frozenset[str] = frozenset()

    def all(self, statements: Sequence[str]) -> list[Conflict]:
        """Return the conflicts of figures, of each statement with figures, of statements."""
        every = frozenset(statements)
        self._statements = every
        lost, example = self._round(self._whole, every)
        out = frozenset(lost)
        own: dict[str, list[Row]] = defaultdict(list)
        for row in self._system.rows:
            if row.owner in every:
                own[row.owner].append(row)
        places = self._places(every)
        fallen: set[str] = set()
        surviving: dict[int, list[str]] = defaultdict(list)
        for name in statements:
            if self._falls(name, own[name], places[name], out | (every - {name}), example):
                fallen.add(name)
            else:
                surviving[places[name]].append(name)
        for place, names in sorted(surviving.items()):
            if len(names) > 1 and not all(_keeps(example, own[name]) for name in names):
                self._round([self._whole[place]], out | fallen)
        return sorted(self._found, key=lambda one: one.names)

    def _falls(
        self,
        name: str,
        rows: Sequence[Row],
        place: int,
        out: frozenset[str],
        example: Mapping[Cell, float],
    ) -> bool:
        """Hold one statement against the figures; nothing is solved where it is plain.

        Two figures that refute it do so even where the document contradicts one of them
        elsewhere; the program is given only figures that can hold together.
        """
        ordered = sorted(rows, key=lambda one: one.terms)
        plain = plainly(self._near, ordered, self._statements)
        if plain is not None:
            self._add([([name, *plain.figures], plain.identities)])
            return True
        if _keeps(example, rows):
            return False
        return bool(self._round([self._whole[place]], out - {name})[0])

    def _round(
        self, components: Sequence[Sequence[Row]], out: Iterable[str]
    ) -> tuple[set[str], Mapping[Cell, float]]:
        """Find the conflicts without some elements; return who takes part, and a solution.

        The solution leaves out the components that have none.
        """
        without = frozenset(out)
        asked = [[row for row in rows if row.owner not in without] for rows in components]
        places, example = broken(asked)
        names: set[str] = set()
        for place in places:
            names |= self._add(_of_component(self._system, asked[place], _MOST))
        return names, example

    def _add(self, found: Iterable[tuple[list[str], tuple[str, ...]]]) -> set[str]:
        names: set[str] = set()
        for chosen, identities in found:
            elements = _elements(self._system, chosen)
            self._found.append(Conflict(self._source, elements, identities))
            names |= set(chosen)
        return names

    def _places(self, statements: frozenset[str]) -> dict[str, int]:
        """Return statement → the component that it belongs to."""
        return {
            row.owner: place
            for place, rows in enumerate(self._whole)
            for row in rows
            if row.owner in statements
        }


def _keeps(example: Mapping[Cell, float], rows: Iterable[Row]) -> bool:
    """Tell whether a solution of the figures happens to satisfy a statement, with room to spare."""
    for row in rows:
        values = [example.get(cell) for cell, _ in row.terms]
        if any(value is None for value in values):
            return False
        more, less = values
        assert more is not None
        assert less is not None
        if more < less * (1 + MARGIN):
            return False
    return True


def _components(system: System) -> list[list[Row]]:
    """Return the rows that share unknowns, directly or over others."""
    parent: dict[Cell, Cell] = {cell: cell for cell in system.cells}

    def root(cell: Cell) -> Cell:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    rows = [*system.rows, *system.identities]
    for row in rows:
        first = root(row.terms[0][0])
        for cell, _ in row.terms[1:]:
            parent[root(cell)] = first
    joined: dict[Cell, list[Row]] = defaultdict(list)
    for row in rows:
        joined[root(row.terms[0][0])].append(row)
    return [joined[cell] for cell in sorted(joined)]


def _of_component(
    system: System, rows: Sequence[Row], most: int
) -> list[tuple[list[str], tuple[str, ...]]]:
    """Return minimal conflicts of a component that share no element, with their identities.

    Conflicts that need fewer kinds of identities are looked for first: they are the smaller ones,
    and the easier to follow.
    """
    left = list(rows)
    found: list[tuple[list[str], tuple[str, ...]]] = []
    tied = sorted({row.owner for row in rows if row.owner in KINDS}, key=KINDS.index)
    choices = [each for size in range(len(tied) + 1) for each in combinations(tied, size)]
    while choices and len(found) < most:
        used = [row for row in left if row.owner not in KINDS or row.owner in choices[0]]
        if can_hold(used):
            choices.pop(0)
            continue
        small = core(used)
        hard = [row for row in small if row.owner in KINDS]
        soft: dict[str, list[Row]] = defaultdict(list)
        for row in small:
            if row.owner not in KINDS:
                soft[row.owner].append(row)
        chosen = _minimal(system, soft, hard)
        if not chosen:
            break
        kept = [row for name in chosen for row in soft[name]]
        found.append((chosen, _needed(kept, hard)))
        left = [row for row in left if row.owner not in chosen]
    return found


def _minimal(system: System, soft: dict[str, list[Row]], hard: Sequence[Row]) -> list[str]:
    """Return the names that the deletion filter leaves; none if everything can hold."""
    kept = dict(soft)

    def holds(names: Iterable[str]) -> bool:
        return can_hold([*hard, *(row for name in names for row in kept[name])])

    if holds(kept):
        return []
    tables = _tables(system, kept)
    blocks = [("table", cells) for _, cells in sorted(tables.items())]
    single = {name for _, cells in blocks for name in cells}
    blocks += [(system.elements[name].kind, [name]) for name in sorted(kept) if name not in single]
    blocks.sort(key=lambda one: (_ORDER.index(one[0]), one[1]))
    needed: list[tuple[str, list[str]]] = []
    for kind, names in blocks:
        if holds(name for name in kept if name not in names):
            needed.append((kind, names))
        else:
            for name in names:
                del kept[name]
    for kind, names in needed:
        if kind == "table":
            _narrow(system, kept, names, hard)
    return sorted(kept)


def _narrow(
    system: System, kept: dict[str, list[Row]], names: Sequence[str], hard: Sequence[Row]
) -> None:
    """Leave one figure of a table in place of all where it alone makes the conflict.

    If the sum of the groups is what cannot be, its greatest figure is the one that could do it
    alone; otherwise each is tried.
    """
    by_sum = not can_hold([*hard, *_all(kept)]) and can_hold(
        [*(row for row in hard if row.owner != GROUPS), *_all(kept)]
    )
    tried = sorted(names, key=lambda name: (-_amount(system.elements[name]), name))
    for name in tried[:1] if by_sum else tried:
        rest = [other for other in names if other != name]
        rows = [row for each, own in kept.items() if each not in rest for row in own]
        if not can_hold([*hard, *rows]):
            for other in rest:
                del kept[other]
            return


def _all(kept: Mapping[str, Sequence[Row]]) -> list[Row]:
    return [row for rows in kept.values() for row in rows]


def _amount(one: Element) -> Decimal:
    return Decimal(one.printed).scaleb(one.unit_mult)


def _tables(system: System, names: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """Return the columns of tables: groups of one classification, flow and period."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(names):
        one = system.elements[name]
        series = dict(one.series)
        if one.kind == "level" and series["classification"] not in ("_Z", "NAMED", "_U", ""):
            place = tuple(code for key, code in one.series if key != "commodity")
            found[(*place, one.unit, one.period)].append(name)
    return {place: cells for place, cells in found.items() if len(cells) > 1}


def _elements(system: System, names: Sequence[str]) -> tuple[Element, ...]:
    """Return elements, the figures of one column of a table as one element."""
    tables = {place: cells for place, cells in _tables(system, names).items() if len(cells) > 1}
    inside = {name for cells in tables.values() for name in cells}
    found = [system.elements[name] for name in names if name not in inside]
    found += [_table(system, place, cells) for place, cells in sorted(tables.items())]
    return tuple(sorted(found, key=lambda one: (-_ORDER.index(one.kind), one.id)))


def _table(system: System, place: tuple[str, ...], names: Sequence[str]) -> Element:
    cells = [system.elements[name] for name in names]
    first = min(cells, key=lambda one: one.locator)
    mult = min(one.unit_mult for one in cells)
    summed = sum((Decimal(one.printed).scaleb(one.unit_mult - mult) for one in cells), Decimal(0))
    series = tuple((key, "" if key == "commodity" else code) for key, code in first.series)
    return replace(
        first,
        id="table:" + ".".join(place),
        kind="table",
        observations=tuple(name for one in cells for name in one.observations),
        series=series,
        printed=str(summed),
        unit_mult=mult,
        count=len(cells),
    )


def _needed(kept: Sequence[Row], hard: Sequence[Row]) -> tuple[str, ...]:
    """Return the kinds of identities without which the conflict would not be one."""
    used = list(KINDS)
    for kind in KINDS:
        rest = [row for row in hard if row.owner in used and row.owner != kind]
        if not can_hold([*kept, *rest]):
            used.remove(kind)
    return tuple(used)
