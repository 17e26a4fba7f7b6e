"""Tables of goods as a source prints them, their sums, and the wholes they should add up to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.ledger import Ledger, Quantity, Series, base_interval, base_point
from irtysh.evaluation.consistency.level import Level, choose, periods_in_order
from irtysh.evaluation.consistency.links import Levels
from irtysh.evaluation.consistency.values import Amount, Listed, Phrase, scale_of
from irtysh.vocabulary.interval import Interval, total
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period


@dataclass(frozen=True, slots=True)
class PartSum:
    """The sum of the listed parts of a whole in one period, in the unit itself."""

    period: Period
    parts: tuple[Observation, ...]
    interval: Interval
    point: Decimal | None
    unit: str

    @property
    def observations(self) -> tuple[str, ...]:
        """Ids of the parts."""
        return tuple(part.id for part in self.parts)

    @property
    def amount(self) -> Amount:
        """The sum for a sentence."""
        value = self.interval.low if self.point is None else self.point
        return Amount(value, self.unit, scale_of([value]), 1)

    @property
    def line(self) -> Phrase:
        """The addition, term by term."""
        ordered = sorted(self.parts, key=lambda p: names.place(p.classification, p.commodity))
        points = [_point(part) for part in ordered]
        mult = scale_of(points)
        terms = Listed(tuple(Amount(point, "", mult) for point in points), " + ")
        return Phrase("line.sum", {"period": self.period, "terms": terms, "result": self.amount})


@dataclass(frozen=True)
class Table:
    """The cells of one source's table: one dataflow, pair of areas, flow, classification, unit."""

    series: Series
    quantity: Quantity
    source: str
    cells: dict[Period, dict[str, Observation]] = field(default_factory=dict)
    _sums: dict[tuple[Period, tuple[str, ...]], PartSum] = field(
        default_factory=dict, repr=False, compare=False
    )
    _above: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)
    _wholes: dict[Period, dict[str, tuple[str, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def key(self) -> str:
        """The table as the subject of a finding."""
        head = (*self.series[:5], self.quantity.measure, self.source)
        return "table:" + "/".join(head)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Periods in order; of overlapping kinds only the one with most cells is a table's."""
        return tuple(periods_in_order(self.cells))

    @cached_property
    def steps(self) -> tuple[tuple[Period, Period], ...]:
        """Neighbouring periods of one kind."""
        found = []
        kinds = sorted({period.kind for period in self.periods})
        for kind in kinds:
            same = [period for period in self.periods if period.kind is kind]
            found += list(pairwise(same))
        return tuple(found)

    def wholes(self, period: Period) -> dict[str, tuple[str, ...]]:
        """Return whole → its nearest listed parts; "_T" holds the groups that have no other."""
        if period not in self._wholes:
            listed = self.cells[period]
            found: dict[str, list[str]] = defaultdict(list)
            for code in listed:
                found[next((a for a in self._ancestors(code) if a in listed), "_T")].append(code)
            self._wholes[period] = {whole: tuple(parts) for whole, parts in found.items()}
        return self._wholes[period]

    def _ancestors(self, code: str) -> tuple[str, ...]:
        if code not in self._above:
            self._above[code] = names.ancestors(self.series.classification, code)
        return self._above[code]

    def sum(self, period: Period, codes: tuple[str, ...]) -> PartSum:
        """Add the cells of some groups in a period."""
        if (period, codes) not in self._sums:
            self._sums[period, codes] = self._added(period, codes)
        return self._sums[period, codes]

    def _added(self, period: Period, codes: tuple[str, ...]) -> PartSum:
        parts = tuple(self.cells[period][code] for code in codes)
        intervals = [base_interval(part) for part in parts]
        points = [base_point(part) for part in parts]
        known = [point for point in points if point is not None]
        return PartSum(
            period,
            parts,
            total(interval for interval in intervals if interval is not None),
            sum(known, Decimal(0)) if len(known) == len(points) else None,
            self.quantity.unit,
        )

    def top(self, period: Period) -> PartSum:
        """Add the groups that no other listed group contains."""
        return self.sum(period, self.wholes(period).get("_T", ()))

    def common(self, first: Period, second: Period) -> tuple[str, ...]:
        """Return the top groups listed in both periods."""
        tops = set(self.wholes(second).get("_T", ()))
        return tuple(code for code in self.wholes(first).get("_T", ()) if code in tops)


class Tables:
    """All tables of a ledger, and the totals to hold them against."""

    def __init__(self, ledger: Ledger, levels: Levels) -> None:
        self._ledger = ledger
        self._levels = levels
        self._totals: dict[tuple[str, str, str], list[Series]] = defaultdict(list)
        for series in sorted({*ledger.levels, *ledger.growths, *ledger.shares}):
            if series.is_total:
                self._totals[series[1:4]].append(series)
        self.all = _collected(ledger)

    def total(self, table: Table, period: Period, whole: str = "_T") -> Level | None:
        """Return the whole of a table in a period; None where nothing states or implies it.

        The table's own dataflow is asked first, then another dataflow with the same areas and
        flow: goods are often counted in one table and the turnover stated elsewhere.
        """
        if whole != "_T":
            series = table.series._replace(commodity=whole)
            return self._levels.best(series, table.quantity, period)
        own = table.series.whole
        found = self._levels.best(own, table.quantity, period)
        if found is not None:
            return found
        others = [series for series in self._totals[own[1:4]] if series != own]
        return choose(
            level
            for series in others
            for level in self._levels.of(series, table.quantity).get(period, ())
        )


def _collected(ledger: Ledger) -> list[Table]:
    tables: dict[tuple[Series, Quantity, str], Table] = {}
    for series, quantities in ledger.levels.items():
        if series.is_total:
            continue
        head = series._replace(commodity="")
        for quantity, by_period in quantities.items():
            for period, observations in by_period.items():
                for observation in observations:
                    key = (head, quantity, observation.source)
                    table = tables.setdefault(key, Table(head, quantity, observation.source))
                    table.cells.setdefault(period, {}).setdefault(series.commodity, observation)
    return [tables[key] for key in sorted(tables, key=str)]


def _point(observation: Observation) -> Decimal:
    assert observation.value is not None
    return observation.value.scaleb(observation.unit_mult)
