"""How an indicator walks over prices, quantities and the market: what it needs beside values.

Where a case lacks what a formula needs, one result says so for the series it would be about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise, product

from irtysh.indicators.known import Known, SeriesKey
from irtysh.indicators.results import Result
from irtysh.indicators.shapes import Scope, outcome, told
from irtysh.indicators.tables import WHOLE, Table, Tables, tables_of
from irtysh.stats.deflation import chained
from irtysh.stats.market_share import market_share
from irtysh.stats.price_volume import Item, split
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period, PeriodKind

QUANTITIES = ("WEIGHT", "COUNT")


@dataclass(frozen=True, slots=True)
class Index:
    """A price index by year, the observations it rests on, and the latest year it has."""

    numbers: dict[int, Quantity]
    evidence: tuple[str, ...]

    @property
    def base(self) -> int:
        """The year whose prices are taken: the latest, so that readers know them."""
        return max(self.numbers)


def deflated(scope: Scope) -> Iterator[Result]:
    """Give yearly values at the prices of one year: f(y, P, P_base)."""
    index = _price_index(scope)
    for key in scope.keys:
        values = [
            value
            for period in sorted(scope.knowledge.levels[key])
            if period.kind is PeriodKind.YEAR
            for value in scope.knowledge.at(key, period)
        ]
        if index is None:
            yield from _lacking(scope, values, "NO_PRICE_INDEX")
            continue
        for value in values:
            own = index.numbers.get(value.period.first_year)
            prices = Known(key, value.period, own, 0, index.evidence)
            yield outcome(
                scope,
                value,
                (value, prices),
                [value.quantity, own, index.numbers[index.base]],
                group=key.commodity,
                base_period=Period.year(index.base),
            )


def market(scope: Scope) -> Iterator[Result]:
    """Set exports by group beside all that the market buys: f([x0], [x1], [W0], [W1])."""
    tables = tables_of(scope.knowledge, scope.keys)
    anything = False
    for key, mine in tables.items():
        world = key._replace(
            ref_area=key.counterpart_area, counterpart_area="W", flow="M", dataflow=""
        )
        theirs = _like(tables, world)
        if key.flow != "X" or theirs is None:
            continue
        common = sorted(set(mine) & set(theirs))
        for first, last in pairwise(common):
            anything = True
            for ends in product(mine[first], mine[last], theirs[first], theirs[last]):
                yield _of_market(scope, ends)
    if not anything:
        for key in scope.keys:
            if key.flow == "X" and key.commodity == WHOLE and key.counterpart_area != "W":
                yield from _lacking(scope, _all(scope, key), "NO_MARKET_DATA")


def unit_values(scope: Scope) -> Iterator[Result]:
    """Set values beside quantities of the same goods in two periods: f([item])."""
    keys = [key for key in scope.keys if key.measure == "VALUE"]
    weighed = {_place(key): key for key in scope.keys if key.measure in QUANTITIES}
    for key, periods in tables_of(scope.knowledge, keys).items():
        if not any(_place(key) == (*place[:-1], "") for place in weighed):
            cells = [
                cell for tables in periods.values() for t in tables for cell in t.cells.values()
            ]
            yield from _lacking(scope, cells, "NO_QUANTITIES", group="")
            continue
        for first, last in pairwise(sorted(periods)):
            for before, after in product(periods[first], periods[last]):
                yield _of_items(scope, before, after, weighed)


def _of_market(scope: Scope, ends: tuple[Table, Table, Table, Table]) -> Result:
    codes = list(dict.fromkeys(code for table in ends for code in table.cells))
    after = ends[1]
    first = next(iter(after.cells.values()))
    subject = Known(after.key, after.period, None, first.unit_mult, (), valuation=first.valuation)
    cells = [cell for table in ends for cell in table.cells.values()]
    arguments = [table.parts(codes) for table in ends]
    flags: tuple[str, ...] = ()
    # where it has no result the outcome below says why
    with suppress(NothingToCompute, UnknownValue):
        flags = market_share(*arguments).flags
    return outcome(
        scope, subject, cells, arguments, group="", base_period=ends[0].period, flags=flags
    )


def _of_items(
    scope: Scope, before: Table, after: Table, weighed: dict[tuple[str, ...], SeriesKey]
) -> Result:
    items, used = [], []
    for code in dict.fromkeys((*before.cells, *after.cells)):
        key = weighed.get((*_place(before.key)[:-1], code))
        cells = [table.cells.get(code) for table in (before, after)]
        amounts = [_one(scope, key, table.period) for table in (before, after)]
        used += [cell for cell in (*cells, *amounts) if cell is not None]
        items.append(
            Item(
                code,
                (key.unit, key.unit) if key else ("", ""),
                (_quantity(cells[0]), _quantity(cells[1])),
                (_quantity(amounts[0]), _quantity(amounts[1])),
            )
        )
    totals = tuple(table.totals[0].quantity if table.totals else None for table in (before, after))
    coverage = None
    flags: tuple[str, ...] = ()
    with suppress(NothingToCompute):
        found = split(items, (totals[0], totals[1]))
        parts = [part for part in found.coverage if part is not None]
        coverage, flags = (min(parts) if len(parts) == 2 else None), found.flags
    first = next(iter(after.cells.values()))
    return outcome(
        scope,
        Known(after.key, after.period, None, first.unit_mult, (), valuation=first.valuation),
        used,
        [items],
        group="",
        base_period=before.period,
        coverage=coverage,
        held_against=(*before.held_against, *after.held_against),
        flags=flags,
    )


def _lacking(
    scope: Scope, values: Sequence[Known], flag: str, group: str | None = None
) -> Iterator[Result]:
    """Say once for a series what is missing; the evidence is what there is."""
    known = [value for value in values if value.period.is_known]
    if not known:
        return
    last = max(known, key=lambda value: value.period)
    first = min(known, key=lambda value: value.period)
    subject = Known(
        last.key if group is None else last.key._replace(commodity=""),
        last.period, None, last.unit_mult, (),
    )  # fmt: skip
    yield told(
        scope,
        subject,
        known,
        None,
        group=last.key.commodity if group is None else group,
        base_period=first.period if first.period != last.period else None,
        flags=(flag,),
    )


def _price_index(scope: Scope) -> Index | None:
    """Return the index that the definition names: of one base, or links of year to year.

    A rate of growth on the year before is a link too: 100 and the rate.
    """
    wanted = scope.definition.inputs["prices"]
    found = [
        link
        for link in scope.knowledge.links
        if link.measure in ("INDEX", "GROWTH")
        and link.period.kind is PeriodKind.YEAR
        and link.matches(wanted)
    ]
    if not found:
        return None
    numbers = {link.period.first_year: _of(link) for link in found}
    bases = {link.base_period.code if link.base_period else "" for link in found}
    evidence = tuple(link.id for link in found)
    if len(bases) == 1 and found[0].measure == "INDEX":
        return Index(numbers, evidence)
    if all(_is_link(link) for link in found):
        first = min(numbers) - 1
        return Index(chained(numbers, first), evidence)
    return None


def _is_link(link: Observation) -> bool:
    base = link.base_period
    return (
        base is not None
        and base.kind is PeriodKind.YEAR
        and link.period.first_year - base.first_year == 1
    )


def _of(link: Observation) -> Quantity:
    interval = link.interval
    assert interval is not None and link.value is not None
    start = 100 if link.measure == "GROWTH" else 0
    return Quantity(link.value + start, interval.shifted(start)).not_negative()


def _like(tables: Tables, wanted: SeriesKey) -> dict[Period, list[Table]] | None:
    """Return tables of a key whatever their dataset."""
    for key, periods in tables.items():
        if key._replace(dataflow="") == wanted:
            return periods
    return None


def _place(key: SeriesKey) -> tuple[str, ...]:
    """Return the dimensions that a value and its quantity share, the goods last."""
    return (key.dataflow, key.ref_area, key.counterpart_area, key.flow, key.classification,
            key.commodity)  # fmt: skip


def _one(scope: Scope, key: SeriesKey | None, period: Period) -> Known | None:
    found = scope.knowledge.at(key, period) if key else []
    return found[0] if len(found) == 1 else None


def _quantity(value: Known | None) -> Quantity | None:
    return None if value is None else value.quantity


def _all(scope: Scope, key: SeriesKey) -> list[Known]:
    return [value for values in scope.knowledge.levels[key].values() for value in values]
