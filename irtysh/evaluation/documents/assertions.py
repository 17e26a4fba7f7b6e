"""Statements of a document that set its unknowns against each other: records, orders, trends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from irtysh.evaluation.documents.cells import Cell, kind_of
from irtysh.evaluation.documents.conflict import Element
from irtysh.evaluation.documents.system import Row, System
from irtysh.evaluation.expressions import ExpressionFault, parse
from irtysh.evaluation.expressions.reading import dimensions_of
from irtysh.evaluation.expressions.tree import Binary, Call, Node, Reference, Span, Window
from irtysh.evaluation.expressions.world import World

_ONE, _ZERO, _FAR = Decimal(1), Decimal(0), Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One statement: every unknown of ``less`` is no more than ``more``.

    Attributes
    ----------
    claim, locator : str
    reading : int
        Which of the claim's readings, from 1; 0 where it has one only.
    kind : str
        highest, lowest, rises, falls (each step), above (one reference against another) or first
        (among partners).
    root : Node
        The expression, or its series.
    label : str
        The period or code named.
    """

    claim: str
    locator: str
    kind: str
    root: Node
    label: str
    reading: int = 0

    @property
    def id(self) -> str:
        """Name of the element: "claims/ID", "claims/ID#2" for its second reading."""
        return f"claims/{self.claim}" + (f"#{self.reading}" if self.reading else "")


def assertions_of(
    claim: str, locator: str, operator: str, value: str, expressions: Sequence[str], period: str
) -> list[Assertion]:
    """Return what each reading of a claim sets against each other; other kinds give nothing."""
    found = []
    for number, text in enumerate(expressions, start=1):
        try:
            root = parse(text).root
        except ExpressionFault:
            continue
        one = _asserted(claim, locator, operator, value, root, period)
        if one is not None:
            found.append(replace(one, reading=number) if len(expressions) > 1 else one)
    return found


def _asserted(
    claim: str, locator: str, operator: str, value: str, root: Node, period: str
) -> Assertion | None:
    """Return what one reading sets against each other."""
    match root:
        case Reference() if operator in ("argmax", "argmin") and not root.spread:
            label = root.window.first if root.window and not root.is_series else period
            kind = "highest" if operator == "argmax" else "lowest"
            series = root if root.is_series else _all_periods(root)
            return Assertion(claim, locator, kind, series, label)
        case Call(name="argmax" | "argmin", arguments=(Reference() as series, *rest)):
            if series.spread:
                return None
            kind = "highest" if root.name == "argmax" else "lowest"
            return Assertion(claim, locator, kind, _within(series, rest), period)
        case Call(name="change_always", arguments=(Reference() as series, *rest)):
            kind = "rises" if str(rest[-1]) == "up" else "falls"
            return Assertion(claim, locator, kind, _within(series, rest), "")
        case Binary(operator=">" | ">=" | "<" | "<="):
            return Assertion(claim, locator, "above", root, "")
        case Call(name="growth") if operator in ("rises", "falls"):
            return Assertion(claim, locator, operator, root, "")
        case Call(name="rank", arguments=(code, Reference() as series)) if value == "1":
            return Assertion(claim, locator, "first", series, str(code))
    return None


def add_assertions(system: System, world: World, assertions: Iterable[Assertion]) -> list[str]:
    """Add the statements whose unknowns the document speaks of; return their names in order."""
    added = []
    for one in sorted(assertions, key=lambda each: (each.claim, each.reading)):
        pairs = list(_pairs(one, system, world))
        if not pairs:
            continue
        name = one.id
        subject = pairs[0][1]
        element = Element(
            id=name,
            kind="statement",
            series=subject.series,
            period=one.label if subject.period == one.label else "",
            locator=one.locator,
        )
        rows = [Row(((more, _ONE), (less, -_ONE)), _ZERO, _FAR, name) for less, more in pairs]
        system.say(element, rows)
        added.append(name)
    return added


def _pairs(one: Assertion, system: System, world: World) -> list[tuple[Cell, Cell]]:
    """Return (less, more) pairs of unknowns."""
    match one.root:
        case Reference() if one.kind == "first":
            return _first(one.root, one.label, system, world)
        case Reference():
            cells = _cells(one.root, system, world)
            return _ordered(one, cells)
        case Binary(left=Reference() as left, right=Reference() as right, operator=sign):
            found = _one(left, system, world), _one(right, system, world)
        case Call(arguments=(Reference() as left, Reference() as right)):
            found = _one(left, system, world), _one(right, system, world)
            sign = "<" if one.kind == "rises" else ">"
        case _:
            return []
    low, high = found if sign in ("<", "<=") else reversed(found)
    return [(low, high)] if low is not None and high is not None else []


def _ordered(one: Assertion, cells: dict[str, Cell]) -> list[tuple[Cell, Cell]]:
    if one.kind in ("rises", "falls"):
        in_time = [cells[code] for code in sorted(cells)]
        steps = list(pairwise(in_time))
        return steps if one.kind == "rises" else [(later, earlier) for earlier, later in steps]
    named = cells.get(one.label)
    if named is None:
        return []
    others = [cell for code, cell in sorted(cells.items()) if code != one.label]
    if one.kind == "highest":
        return [(other, named) for other in others]
    return [(named, other) for other in others]


def _cells(reference: Reference, system: System, world: World) -> dict[str, Cell]:
    """Return period → unknown, for years of which the document prints the total or its groups."""
    cell = _cell(reference, world)
    if cell is None:
        return {}
    window = reference.window or Window("", "", True)
    bare = cell._replace(kind="A", period="")
    spoken = {
        other.period
        for other in system.of_pair(cell.ref_area, cell.counterpart_area)
        if other.kind == "A"
        and other.measure == cell.measure
        and other.unit == cell.unit
        and (_inside(other, cell) or other._replace(period="") == bare)
    }
    return {
        year: cell._replace(kind="A", period=year)
        for year in spoken
        if (not window.first or year >= window.first) and (not window.last or year <= window.last)
    }


def _inside(other: Cell, whole: Cell) -> bool:
    """True for groups and flows whose amounts bound the total of their year."""
    return (
        whole.is_total
        and (other.flow == whole.flow or whole.flow == "T")
        and (not other.is_total or other.dataflow == whole.dataflow)
    )


def _one(reference: Reference, system: System, world: World) -> Cell | None:
    cell = _cell(reference, world)
    return cell if cell is not None and reference.window is not None else None


def _first(
    reference: Reference, code: str, system: System, world: World
) -> list[tuple[Cell, Cell]]:
    dimension = reference.spread
    if dimension != "counterpart_area" or reference.window is None:
        return []
    cell = _cell(reference, world)
    if cell is None:
        return []
    named = cell._replace(counterpart_area=code)
    others = sorted(
        other
        for other in system.with_any_partner(named)
        if other.counterpart_area not in (code, "W", "_O", "_U")
    )
    return [(other, named) for other in others]


def _cell(reference: Reference, world: World) -> Cell | None:
    """Return the unknown of a reference, its blanks filled from the headline."""
    dimensions = dimensions_of(reference)
    if dimensions is None:
        return None
    asked = {"measure": "VALUE", **world.headline, **dimensions}
    if asked.get("commodity") == "_T":
        asked["classification"] = "_Z"
    period = reference.window.first if reference.window else ""
    kind = kind_of(period)
    try:
        named = {name: asked[name] for name in Cell._fields[:8]}
        return Cell(**named, kind=kind, period=period)
    except KeyError:
        return None


def _all_periods(reference: Reference) -> Reference:
    return Reference(reference.name, reference.dimensions, None, reference.position)


def _within(series: Reference, rest: Sequence[Node]) -> Reference:
    window = next((one.window for one in rest if isinstance(one, Span)), series.window)
    return Reference(series.name, series.dimensions, window, series.position)
