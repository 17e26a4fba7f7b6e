"""The linear system of a document: what each printed figure and each identity allows.

A printed amount bounds one unknown. A printed growth rate or share is bilinear (unknown times
unknown rate), but its rate stands in no other relation and is known within its printed bounds
[a, b], and amounts are not below zero: "some rate in [a, b] turns v₀ into v₁" then holds exactly
when (1 + a)·v₀ ≤ v₁ ≤ (1 + b)·v₀. The two inequalities with the rate at its ends are therefore
no approximation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from irtysh.evaluation.consistency.ledger import base_interval
from irtysh.evaluation.documents.cells import Cell, cell_of
from irtysh.evaluation.documents.conflict import Element
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.observation import Observation, Status

_UNUSED = frozenset({Status.TARGET, Status.SUPPRESSED, Status.RESIDUAL})
_AMOUNTS = frozenset({"VALUE", "WEIGHT", "COUNT", "LENGTH", "AREA"})
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Row:
    """low ≤ Σ factor·unknown ≤ high; an infinite side does not bind.

    ``owner`` is the element that says so, or the kind of identity.
    """

    terms: tuple[tuple[Cell, Decimal], ...]
    low: Decimal
    high: Decimal
    owner: str


@dataclass
class System:
    """All that one document says, and what arithmetic adds.

    Attributes
    ----------
    rows : what figures and statements say
    identities : what arithmetic says
    elements : id → element
    """

    rows: list[Row] = field(default_factory=list)
    identities: list[Row] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)
    cells: set[Cell] = field(default_factory=set)
    _rows_of_partners: dict[Cell, list[Cell]] = field(default_factory=dict)
    _pairs: dict[tuple[str, str], list[Cell]] = field(default_factory=dict)

    def say(self, element: Element, rows: Iterable[Row]) -> None:
        """Add an element with its rows."""
        self.elements[element.id] = element
        for row in rows:
            self.rows.append(row)
            self.cells.update(cell for cell, _ in row.terms)

    def with_any_partner(self, cell: Cell) -> list[Cell]:
        """Return the unknowns of the figures that differ from one by the partner at most."""
        if not self._rows_of_partners:
            for one in self.cells:
                bare = one._replace(counterpart_area="")
                self._rows_of_partners.setdefault(bare, []).append(one)
        return self._rows_of_partners.get(cell._replace(counterpart_area=""), [])

    def of_pair(self, ref_area: str, counterpart_area: str) -> list[Cell]:
        """Return the unknowns of the figures of a pair, filed when first asked for."""
        if not self._pairs:
            for cell in self.cells:
                self._pairs.setdefault((cell.ref_area, cell.counterpart_area), []).append(cell)
        return self._pairs.get((ref_area, counterpart_area), [])


def read_figures(observations: Iterable[Observation], main_dataflow: str, unit: str) -> System:
    """Return the system of a source's figures, identities not yet added."""
    system = System()
    ordered = sorted(
        (
            (one.id, one)
            for one in observations
            if one.value is not None and one.status not in _UNUSED
        ),
        key=lambda pair: (pair[0], pair[1].printed, pair[1].unit_mult),
    )
    for name, one in ordered:
        if one.measure in _AMOUNTS:
            cell = cell_of(one)
            system.say(_element(name, one, cell, "level"), [_bound(name, one, cell)])
    known = _by_series(system.cells)
    for name, one in ordered:
        if one.measure == "GROWTH" and one.unit == "PC" and not one.share_of:
            for cell in _grown(one, known, unit):
                element = _element(name, one, cell_of(one), "growth")
                system.say(element, _growth_rows(name, one, cell))
        elif one.measure == "SHARE" and one.unit == "PC":
            for part, whole in _shared(one, known, main_dataflow, unit):
                element = _element(name, one, cell_of(one), "share")
                system.say(element, _share_rows(name, one, part, whole))
    return system


def _element(name: str, one: Observation, cell: Cell, kind: str) -> Element:
    return Element(
        id=name,
        kind=kind,
        observations=(name,),
        series=cell.series,
        period=one.period.code,
        base_period=one.base_period.code if one.base_period else "",
        printed=str(one.value),
        unit=one.unit,
        unit_mult=one.unit_mult,
        locator=one.locator,
    )


def _bound(name: str, one: Observation, cell: Cell) -> Row:
    interval = base_interval(one)
    assert interval is not None
    return Row(((cell, Decimal(1)),), interval.low, interval.high, name)


def _by_series(cells: Iterable[Cell]) -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """Return series without flow, measure and unit → the measures and units printed for it."""
    found: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for cell in cells:
        found.setdefault(_place(cell), set()).add((cell.measure, cell.unit))
    return found


def _place(cell: Cell) -> tuple[str, ...]:
    return (cell.dataflow, cell.ref_area, cell.counterpart_area, cell.classification,
            cell.commodity)  # fmt: skip


def _grown(
    one: Observation, known: dict[tuple[str, ...], set[tuple[str, str]]], unit: str
) -> Iterator[Cell]:
    """Yield the unknown that a rate leads to; none if partner, periods or measure are open."""
    if "_U" in (one.counterpart_area, one.flow) or one.base_period is None:
        return
    if not one.period.is_known or not one.base_period.is_known:
        return
    bare = cell_of(one)._replace(measure="VALUE", unit=unit)
    printed = known.get(_place(bare), {("VALUE", unit)})
    if len({measure for measure, _ in printed}) == 1 and len(printed) == 1:
        measure, own_unit = next(iter(printed))
        yield bare._replace(measure=measure, unit=own_unit)
    elif ("VALUE", unit) in printed:
        yield bare


def _growth_rows(name: str, one: Observation, cell: Cell) -> list[Row]:
    interval = base_interval(one)
    assert interval is not None
    assert one.base_period is not None
    before = cell._replace(kind=one.base_period.kind.value, period=one.base_period.code)
    factor = interval.scaled(Decimal("0.01")).shifted(1)
    return _ratio_rows(cell, before, factor, name)


def _shared(
    one: Observation,
    known: dict[tuple[str, ...], set[tuple[str, str]]],
    main_dataflow: str,
    unit: str,
) -> Iterator[tuple[Cell, Cell]]:
    """Yield part and whole of a share whose whole the source names."""
    dimension, _, code = one.share_of.partition(":")
    if not one.period.is_known or "_O" in (one.counterpart_area, one.commodity):
        return
    part = cell_of(one)._replace(measure="VALUE", unit=unit)
    if part.counterpart_area == "_U" or part.flow == "_U":
        return
    match dimension:
        case "FLOW":
            whole = part._replace(flow=code)
        case "COUNTERPART":
            whole = part._replace(counterpart_area=code)
        case "COMMODITY":
            whole = part._replace(commodity=code)
            if code == "_T":
                whole = whole._replace(classification="_Z", dataflow=main_dataflow)
        case _:
            return
    if known.get(_place(whole), {("VALUE", unit)}) >= {("VALUE", unit)}:
        yield part, whole


def _share_rows(name: str, one: Observation, part: Cell, whole: Cell) -> list[Row]:
    interval = base_interval(one)
    assert interval is not None
    return _ratio_rows(part, whole, interval.scaled(Decimal("0.01")), name)


def _ratio_rows(part: Cell, whole: Cell, factor: Interval, owner: str) -> list[Row]:
    """Return a·whole ≤ part ≤ b·whole; an end that is infinite says nothing."""
    zero, far = Decimal(0), Decimal("Infinity")
    rows = []
    if factor.low.is_finite():
        rows.append(Row(((part, Decimal(1)), (whole, -factor.low)), zero, far, owner))
    if factor.high.is_finite():
        rows.append(Row(((part, Decimal(1)), (whole, -factor.high)), -far, zero, owner))
    return rows
