"""Tables of a whole by groups: one source, one period, every group once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.indicators.known import Knowledge, Known, SeriesKey, joined
from irtysh.stats.quantity import Quantity, add_up
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.interval import hull
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.places import DEFINITIONS

WHOLE = "_T"
_STEP = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Table:
    """A composition as one source prints it, and the totals it can be held against.

    Attributes
    ----------
    key : SeriesKey
        Its commodity is empty.
    period, source : Period, str
    cells : code → value
        In the order of the classification.
    totals : known totals of the same flow and period, printed or derived, narrowest first
    """

    key: SeriesKey
    period: Period
    source: str
    cells: Mapping[str, Known]
    totals: tuple[Known, ...]

    def parts(self, codes: Sequence[str]) -> list[Quantity | None]:
        """Return the values of groups; None for a group that the table does not have."""
        return [self.cells[code].quantity if code in self.cells else None for code in codes]

    @property
    def coverage(self) -> Decimal | None:
        """Listed sum over the best known total; None without a total or with a gap."""
        quantities = [cell.quantity for cell in self.cells.values()]
        found = [quantity for quantity in quantities if quantity is not None]
        if not self.totals or len(found) != len(quantities):
            return None
        listed, whole = add_up(found).point, self.totals[0].quantity
        if listed is None or whole is None or not whole.point:
            return None
        return (listed / whole.point).quantize(_STEP)

    @property
    def held_against(self) -> tuple[Known, ...]:
        """The total that the coverage rests on, if any."""
        return self.totals[:1]


Tables = dict[SeriesKey, dict[Period, list[Table]]]


def tables_of(knowledge: Knowledge, keys: Iterable[SeriesKey]) -> Tables:
    """Join series of groups into tables, a table for every source."""
    cells: dict[tuple[SeriesKey, Period, str], dict[str, Known]] = {}
    for key in keys:
        if key.commodity == WHOLE:
            continue
        for period, values in knowledge.levels[key].items():
            for value in values:
                place = (key._replace(commodity=""), period, value.source)
                listed = cells.setdefault(place, {})
                other = listed.get(key.commodity)
                listed[key.commodity] = _either(other, value) if other else value
    tables: Tables = {}
    for (key, period, source), found in cells.items():
        ranks = _ranks(key.classification)
        ordered = dict(sorted(found.items(), key=lambda item: ranks.get(item[0], (1, item[0]))))
        totals = tuple(_totals(knowledge, key, period, source))
        table = Table(key, period, source, ordered, totals)
        tables.setdefault(key, {}).setdefault(period, []).append(table)
    return tables


def _either(one: Known, other: Known) -> Known:
    """Join two values of one cell of one source: nobody knows which holds, so only bounds do."""
    evidence, flags = joined((one, other))
    quantity = None
    if one.quantity is not None and other.quantity is not None:
        quantity = Quantity(None, hull(one.quantity.interval, other.quantity.interval))
    return replace(one, quantity=quantity, evidence=evidence, flags=flags)


def _totals(knowledge: Knowledge, key: SeriesKey, period: Period, source: str) -> list[Known]:
    """Return totals of all goods: the table's own first, then by width of their bounds."""
    found = [
        value
        for other in knowledge.levels
        if other.commodity == WHOLE
        and (other.ref_area, other.counterpart_area, other.flow, other.measure, other.unit)
        == (key.ref_area, key.counterpart_area, key.flow, key.measure, key.unit)
        for value in knowledge.at(other, period)
        if value.bounded
    ]

    def nearness(value: Known) -> tuple[bool, bool, Decimal, tuple[str, ...]]:
        assert value.quantity is not None
        own = value.source == source and value.key.dataflow == key.dataflow
        return not own, bool(value.rule), value.quantity.interval.width, value.evidence

    return sorted(found, key=nearness)


@cache
def _ranks(classification: str) -> Mapping[str, tuple[int, str]]:
    """Return the place of every code in its list, as a sorting key; unlisted codes go last."""
    try:
        codes = codelist(f"{classification.lower()}s")
    except UnknownCode:
        return {}
    return {code: (0, f"{place:04d}") for place, code in enumerate(codes)}


@cache
def grouping(name: str) -> Mapping[str, Any]:
    """Return definitions/groupings/NAME.yaml: id, title and groups of groups with members."""
    with (DEFINITIONS / "groupings" / f"{name}.yaml").open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return loaded


def positions(name: str, codes: Sequence[str]) -> dict[str, list[int]]:
    """Return group of groups → positions of its members among ``codes``; empty ones left out."""
    found = {
        group["id"]: [place for place, code in enumerate(codes) if code in group["members"]]
        for group in grouping(name)["groups"]
    }
    return {group: members for group, members in found.items() if members}
