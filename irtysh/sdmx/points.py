"""Rows of the store to points of a message: keys, times, values and attributes.

Rows come in the store's order, in which what shares area, partner, direction, goods and measure
lies together. Such a run is small, whatever the size of the dataset, so a run at a time is in
memory: it is sorted by series, and what repeats a key is numbered (FIGURES) or counted as not
sent (TRADE, which has at most one value for a key).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from irtysh.sdmx import times
from irtysh.sdmx.concepts import OWN_STATUS, SDMX_STATUS
from irtysh.sdmx.identifiers import EMPTY, sdmx_id
from irtysh.sdmx.structure import Component, DataStructure, Point
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.interval import INFINITY
from irtysh.vocabulary.numbers import Qualifier, printed_interval, stored_value
from irtysh.vocabulary.observation import Status
from irtysh.vocabulary.period import Period

RUN = ("ref_area", "counterpart_area", "flow", "commodity", "measure")
"""Columns that rows of one run share: the head of the store's order."""

NO_PERIOD = "no_period"
"""Why a figure is not sent: the source names no period, and a message has no place for that."""

SAME_KEY = "same_key"
"""Why a figure is not sent: another one has the same key, and the structure has no REPEAT."""

TOTAL = "_T"
REPEAT = "REPEAT"

Row = Mapping[str, Any]
Value = Callable[[Row], str]

_coded = lru_cache(maxsize=65_536)(sdmx_id)


class Points:
    """The points of some rows, in the order of their series and times.

    Attributes
    ----------
    structure : DataStructure
    unsent : Counter
        Reason (NO_PERIOD, SAME_KEY) → rows that could not be sent; complete once all points have
        been taken.
    """

    def __init__(
        self,
        structure: DataStructure,
        rows: Iterable[Row],
        preferred: Mapping[str, bool] | None = None,
    ) -> None:
        """Wrap rows.

        Parameters
        ----------
        structure : DataStructure
        rows : iterable of dict
            With the columns of the store, in its order.
        preferred : mapping, optional
            Observation id → whether it is the one that the release prefers to its rivals; only
            observations that have rivals are in it.
        """
        self.structure = structure
        self.unsent: Counter[str] = Counter()
        self._rows = rows
        self._preferred = preferred or {}
        self._dimensions = [_dimension(one, structure) for one in structure.dimensions]
        self._attributes = [(one.id, self._attribute(one)) for one in structure.attributes]
        self._has_prints = REPEAT in structure.key
        self._repeat = structure.key.index(REPEAT) if self._has_prints else len(structure.key)

    def __iter__(self) -> Iterator[Point]:
        """Yield the points: all of a series one after another, in the order of time."""
        for _, run in self.runs():
            yield from run

    def runs(self) -> Iterator[tuple[tuple[str, ...], list[Point]]]:
        """Yield each run of the rows: what its rows share, and its points in order."""
        together = itemgetter(*RUN)
        for shared, rows in groupby(self._rows, key=together):
            points = self._run(rows)
            if points:
                yield tuple(part or "" for part in shared), points

    def _run(self, rows: Iterable[Row]) -> list[Point]:
        placed = []
        repeats: Counter[tuple[str, ...]] = Counter()
        for row in rows:
            time = time_of(row)
            if not time:
                self.unsent[NO_PERIOD] += 1
                continue
            key = tuple(value(row) for value in self._dimensions)
            repeats[(*key, time)] += 1
            number = repeats[(*key, time)]
            if self._repeat < len(key):
                key = (*key[: self._repeat], str(number), *key[self._repeat + 1 :])
            elif number > 1:
                self.unsent[SAME_KEY] += 1
                continue
            placed.append((key, row["period_start"], row["period_end"], time, row))
        placed.sort(key=itemgetter(0, 1, 2, 3))
        return [self._point(key, time, row) for key, _, _, time, row in placed]

    def _point(self, key: tuple[str, ...], time: str, row: Row) -> Point:
        attributes = {}
        for name, value in self._attributes:
            text = value(row)
            if text:
                attributes[name] = text
        return Point(key, time, self._value(row), attributes)

    def _value(self, row: Row) -> Decimal | None:
        """Return the value: of a figure as it is printed, of a flow without a column's zeros."""
        if self._has_prints:
            return value_of(row)
        return stored_value(row["value"], None)

    def _attribute(self, component: Component) -> Value:
        special: dict[str, Value] = {
            "OBS_STATUS": lambda row: SDMX_STATUS[Status(row["status"])],
            "STATUS": _exact_status,
            "PERIOD_KIND": lambda row: _kind(row["period_kind"], row["period"]),
            "BASE_PERIOD_KIND": lambda row: _kind(row["base_period_kind"], row["base_period"]),
            "OBS_LOW": lambda row: _bounds(row)[0],
            "OBS_HIGH": lambda row: _bounds(row)[1],
            "PREFERRED": self._is_preferred,
            "UNIT_MULT": lambda row: str(row["unit_mult"]),
            "RETRIEVED_ON": lambda row: str(row["retrieved_on"] or ""),
            "QUALIFIER": lambda row: "" if row["qualifier"] == "EQ" else row["qualifier"] or "",
            "PRINTED": lambda row: (row["printed"] or "") if self._has_prints else "",
        }
        if component.id in special:
            return special[component.id]
        if component.id == "CLASSIFICATION":  # elsewhere the goods' code says it
            return lambda row: _coded(row["classification"]) if row["commodity"] == TOTAL else ""
        column = component.column
        if component.codelist:
            return lambda row: _coded(row[column]) if row[column] else ""
        return lambda row: row[column] or ""

    def _is_preferred(self, row: Row) -> str:
        chosen = self._preferred.get(row["id"])
        return "" if chosen is None else str(chosen).lower()


def value_of(row: Row) -> Decimal | None:
    """Return the value with the precision of what is printed; the store's own has eight places."""
    return stored_value(row["value"], row["printed"])


def numeral(value: Decimal) -> str:
    """Write a value with its precision: 1E+3 stays so, for 1000 would claim three more digits."""
    exponent = value.as_tuple().exponent
    return str(value) if isinstance(exponent, int) and exponent > 0 else f"{value:f}"


def time_of(row: Row) -> str:
    """Return the row's period as an SDMX time; empty for the unknown period."""
    return _written(row["period_kind"] or "U", row["period"] or "")


@lru_cache(maxsize=16_384)
def _written(kind: str, code: str) -> str:
    return times.written(Period.parse(kind, code))


@lru_cache(maxsize=16_384)
def _kind(kind: str | None, code: str | None) -> str:
    """Return the kind of a period where the form of its time does not tell it."""
    if not kind:
        return ""
    try:
        period = Period.parse(kind, code or "")
        return "" if code and times.read(times.written(period), "") == period else kind
    except IrtyshError:
        return kind


def commodity_id(classification: str, commodity: str) -> str:
    """Return the code of goods with their edition ("H6_2710"); "_T" is the total of any."""
    return TOTAL if commodity == TOTAL else sdmx_id(f"{classification}_{commodity}")


_goods = lru_cache(maxsize=65_536)(commodity_id)


def _dimension(component: Component, structure: DataStructure) -> Value:
    column = component.column
    if component.id == REPEAT:
        return lambda row: ""
    if component.id == "COMMODITY" and "CLASSIFICATION" not in structure.key:
        return lambda row: _goods(row["classification"] or "", row["commodity"])
    if component.id == "BASE_PERIOD":
        return lambda row: base_period_id(row["base_period_kind"] or "", row["base_period"] or "")
    return lambda row: _coded(row[column] or "")


def base_period_id(kind: str, code: str) -> str:
    """Return the id of a base period: EMPTY for none, "_U" for one that the source leaves out."""
    return sdmx_id(code) if code else "_U" if kind == "U" else EMPTY


def _exact_status(row: Row) -> str:
    """Return our word for how a value came to be, where the letter of SDMX does not tell it."""
    status = Status(row["status"])
    return "" if OWN_STATUS[SDMX_STATUS[status]] is status else str(status.value)


def _bounds(row: Row) -> tuple[str, str]:
    """Return what the printed numeral admits, in the unit and multiplier of the value."""
    value = value_of(row)
    if value is None or not row["printed"]:
        return "", ""
    interval = printed_interval(value, Qualifier(row["qualifier"]))
    low = "" if interval.low == -INFINITY else numeral(interval.low)
    return low, "" if interval.high == INFINITY else numeral(interval.high)
