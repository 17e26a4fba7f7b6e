"""What part of a dataflow is asked for: keys, filters by component, times, counts.

A query is put to the store as far as columns can say it; what they cannot (a number of REPEAT, a
part of a text, one of two editions) is asked of every point that comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from itertools import groupby, islice

from irtysh.sdmx.artefacts.codes import edition_and_code
from irtysh.sdmx.data_messages.message import TIME
from irtysh.sdmx.identifiers import EMPTY, own_code
from irtysh.sdmx.points import REPEAT, TOTAL
from irtysh.sdmx.structure import DataStructure, Point
from irtysh.sdmx.time_bounds import Bounds, bounds_of
from irtysh.vocabulary.errors import KeyDoesNotFit, NotAPeriod, UnknownCode

OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew")
_NOT_PUSHED = frozenset({EMPTY, "_U"})
"""Ids that stand for what the store leaves empty: asked of the points."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition on a component: an operator of OPERATORS and what to compare with."""

    operator: str
    operand: str


Groups = tuple[tuple[Term, ...], ...]
"""Terms of which all of any group must hold."""

KeyParts = tuple[frozenset[str], ...]
"""For each dimension the ids of which any will do; none for all."""


@dataclass(frozen=True, slots=True)
class Query:
    """A part of a dataflow.

    Attributes
    ----------
    structure : DataStructure
    keys : tuple of KeyParts
        Of which any will do; empty for everything.
    filters : dict
        Component → conditions; TIME among them.
    start, end : date or None
        Only periods that lie within, both days included.
    first, last : int or None
        At most so many observations of every series, from its start or its end.
    offset, limit : int, int or None
        Observations left out before the first, and the most that are sent.
    year_start : str
        Day on which the reporting year starts: "--07-01".
    is_by_series : bool
        True where one point stands for its series, and offset and limit count series.
    """

    structure: DataStructure
    keys: tuple[KeyParts, ...] = ()
    filters: Mapping[str, Groups] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    first: int | None = None
    last: int | None = None
    offset: int = 0
    limit: int | None = None
    year_start: str = ""
    is_by_series: bool = False

    def codes(self) -> dict[str, list[str]]:
        """Return what columns of the store can say of it: column → codes of which any will do."""
        found: dict[str, set[str]] = {}
        for place, component in enumerate(self.structure.dimensions):
            wanted = self._wanted(place, component.id)
            if wanted is None or not component.column or wanted & _NOT_PUSHED:
                continue
            if component.id == "COMMODITY" and "CLASSIFICATION" not in self.structure.key:
                self._push_goods(wanted, found)
            else:
                found[component.column] = {_own(one) for one in wanted}
        return {column: sorted(codes) for column, codes in found.items()}

    def _push_goods(self, wanted: frozenset[str], found: dict[str, set[str]]) -> None:
        pairs = [("", TOTAL) if one == TOTAL else edition_and_code(one) for one in wanted]
        found["commodity"] = {code for _, code in pairs}
        if all(edition for edition, _ in pairs):
            found["classification"] = {edition for edition, _ in pairs}

    def _wanted(self, place: int, component: str) -> frozenset[str] | None:
        """Return the ids of a dimension that the query admits; None for all."""
        by_key = [key[place] for key in self.keys]
        wanted = frozenset().union(*by_key) if by_key and all(by_key) else None
        groups = self.filters.get(component, ())
        if groups and all(len(group) == 1 and group[0].operator == "eq" for group in groups):
            listed = frozenset(group[0].operand for group in groups)
            wanted = listed if wanted is None else wanted & listed
        return wanted

    @property
    def asks_points(self) -> bool:
        """True where the store cannot leave out everything that is not asked for."""
        for name, groups in self.filters.items():
            if name == TIME:
                continue
            is_list = all(len(group) == 1 and group[0].operator == "eq" for group in groups)
            if name not in self.structure.key or not is_list:
                return True
            if any(group[0].operand in _NOT_PUSHED for group in groups):
                return True
        if len(self.keys) > 1:
            return True
        parts = zip(self.structure.key, self.keys[0] if self.keys else (), strict=False)
        return any(ids & _NOT_PUSHED or (ids and name == REPEAT) for name, ids in parts)

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and last day between which every period asked for lies."""
        start, end = self.start, self.end
        groups = self.filters.get(TIME, ())
        if len(groups) == 1:
            for term in groups[0]:
                bounds = bounds_of(term.operand, self.year_start)
                if term.operator in ("ge", "gt", "eq"):
                    start = max(start or bounds[0], bounds[0])
                if term.operator in ("le", "lt", "eq"):
                    end = min(end or bounds[1], bounds[1])
        return start, end

    def admits(self, point: Point) -> bool:
        """Return True if a point is asked for; what columns have said is asked again."""
        if self.keys and not any(
            all(not part or code in part for part, code in zip(key, point.key, strict=True))
            for key in self.keys
        ):
            return False
        return all(self._holds(name, groups, point) for name, groups in self.filters.items())

    def _holds(self, name: str, groups: Groups, point: Point) -> bool:
        if name == TIME:
            have = _bounds(point.time)
            return any(
                all(_time_holds(term, have, self.year_start) for term in group) for group in groups
            )
        if name == self.structure.measure.id:
            return any(all(_value_holds(term, point.value) for term in group) for group in groups)
        if name in self.structure.key:
            text = point.key[self.structure.key.index(name)]
        else:
            text = point.attributes.get(name, "")
        return any(all(_text_holds(term, text) for term in group) for group in groups)

    def chosen(self, points: Iterable[Point]) -> Iterator[Point]:
        """Yield the points asked for of points that come series by series."""
        admitted: Iterator[Point] = filter(self.admits, points)
        if self.first is not None or self.last is not None:
            admitted = self._ends(admitted)
        if self.is_by_series:
            admitted = (next(run) for _, run in groupby(admitted, key=lambda point: point.key))
        stop = None if self.limit is None else self.offset + self.limit
        return islice(admitted, self.offset, stop)

    def _ends(self, points: Iterable[Point]) -> Iterator[Point]:
        """Yield the first and the last points of every series; one that is both, once."""
        for _, series in groupby(points, key=lambda point: point.key):
            listed = list(series)
            first, last = self.first or 0, self.last or 0
            if first + last >= len(listed):
                yield from listed
            else:
                yield from listed[:first]
                yield from listed[len(listed) - last :]


def read_key(text: str, structure: DataStructure, wildcard: str = "") -> KeyParts:
    """Return the parts of a key; raises KeyDoesNotFit.

    Parts are separated by ".", codes of which any will do by "+". A part that is empty or
    ``wildcard`` admits everything, and so do parts left out at the end.
    """
    parts = text.split(".") if text not in ("", "all", "*") else []
    if len(parts) > len(structure.key):
        raise KeyDoesNotFit(key=text[:120], expected=".".join(structure.key))
    parts += [""] * (len(structure.key) - len(parts))
    return tuple(
        frozenset()
        if part in ("", wildcard, "*")
        else frozenset(code for code in part.split("+") if code)
        for part in parts
    )


def read_filter(text: str) -> Groups:
    """Return the conditions of "ge:2020+le:2022,eq:2024": "," is or, "+" is and.

    A "+" that was not encoded arrives as a blank; a word before ":" that is no operator belongs
    to the value.
    """
    return tuple(
        tuple(_term(part) for part in group.replace("+", " ").split(" ") if part)
        for group in text.split(",")
        if group.strip()
    )


def _term(text: str) -> Term:
    operator, colon, operand = text.partition(":")
    return Term(operator, operand) if colon and operator in OPERATORS else Term("eq", text)


_COMPARED: Mapping[str, Callable[[int], bool]] = {
    "eq": lambda order: order == 0,
    "ne": lambda order: order != 0,
    "lt": lambda order: order < 0,
    "le": lambda order: order <= 0,
    "gt": lambda order: order > 0,
    "ge": lambda order: order >= 0,
}


def _text_holds(term: Term, text: str) -> bool:
    match term.operator:
        case "co":
            return term.operand in text
        case "nc":
            return term.operand not in text
        case "sw":
            return text.startswith(term.operand)
        case "ew":
            return text.endswith(term.operand)
    return _COMPARED[term.operator]((text > term.operand) - (text < term.operand))


def _value_holds(term: Term, value: Decimal | None) -> bool:
    """A missing value is unlike every number and neither above nor below any."""
    if term.operator not in _COMPARED:
        return _text_holds(term, "" if value is None else f"{value:f}")
    try:
        operand = Decimal(term.operand)
    except InvalidOperation:
        return term.operator == "ne"
    if value is None or operand.is_nan():
        return term.operator == "ne"
    return _COMPARED[term.operator]((value > operand) - (value < operand))


def _time_holds(term: Term, have: Bounds | None, year_start: str) -> bool:
    wanted = bounds_of(term.operand, year_start)
    if have is None:
        return False
    match term.operator:
        case "ge":
            return have[0] >= wanted[0]
        case "gt":
            return have[0] > wanted[1]
        case "le":
            return have[1] <= wanted[1]
        case "lt":
            return have[1] < wanted[0]
        case "ne" | "nc":
            return have != wanted
    return have == wanted


@lru_cache(maxsize=4096)
def _bounds(time: str) -> Bounds | None:
    try:
        return bounds_of(time)
    except NotAPeriod:
        return None


def _own(identifier: str) -> str:
    """Return our code of an id; one that is no id of ours is no code of ours either."""
    try:
        return own_code(identifier)
    except UnknownCode:
        return identifier
