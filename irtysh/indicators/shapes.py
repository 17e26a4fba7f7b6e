"""How an indicator walks over what is known: which values go together into its function.

A definition names its shape; adding an indicator of an existing shape needs no code here.
Pairs are made only of periods of one pace (years with years, January–March with
January–March), and a gap between them is said, never filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise, product
from typing import Any

from irtysh.indicators.catalogue import SAME_UNIT, Definition
from irtysh.indicators.known import Knowledge, Known, Series, SeriesKey, joined
from irtysh.indicators.results import Result
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.figure import Figure
from irtysh.vocabulary.period import Period, PeriodKind

Pair = tuple[Known, Known]


@dataclass(frozen=True, slots=True)
class Scope:
    """What an indicator is computed over.

    Attributes
    ----------
    definition : Definition
    knowledge : Knowledge
        Printed and derived levels.
    keys : series that the definition selects
    thresholds : name → number of definitions/thresholds/indicators.yaml
    """

    definition: Definition
    knowledge: Knowledge
    keys: Sequence[SeriesKey]
    thresholds: Mapping[str, Decimal]


def values(scope: Scope) -> Iterator[Result]:
    """Give every known value of every series: f(y)."""
    for key in scope.keys:
        for known in _in_time(scope.knowledge.levels[key]):
            yield outcome(scope, known, [known], [known.quantity], group=key.commodity)


def changes(scope: Scope) -> Iterator[Result]:
    """Compare every period with the previous known one: f(y0, y1)."""
    for key in scope.keys:
        for before, after in neighbours(scope.knowledge, key):
            yield _pair(scope, before, after, [before.quantity, after.quantity])


def changes_by_year(scope: Scope) -> Iterator[Result]:
    """Compare with the previous known period, span given: f(y0, y1, years)."""
    for key in scope.keys:
        for before, after in neighbours(scope.knowledge, key):
            yield _pair(
                scope, before, after, [before.quantity, after.quantity, years(before, after)]
            )


def from_first(scope: Scope) -> Iterator[Result]:
    """Compare every later period with the first known one: f(y_first, y)."""
    for key in scope.keys:
        for periods in _by_pace(scope.knowledge.levels[key]):
            first = periods[0]
            for later in periods[1:]:
                for before, after in rivals_of(scope.knowledge, key, first, later):
                    yield _pair(scope, before, after, [before.quantity, after.quantity])


def every_base(scope: Scope) -> Iterator[Result]:
    """Compare every two years, so that no base year is chosen: f(y0, y1, years)."""
    for key in scope.keys:
        for periods in _by_pace(scope.knowledge.levels[key]):
            if periods[0].kind is not PeriodKind.YEAR:
                continue
            for first, last in combinations(periods, 2):
                for before, after in rivals_of(scope.knowledge, key, first, last):
                    arguments = [before.quantity, after.quantity, years(before, after)]
                    yield _pair(scope, before, after, arguments)


def both_flows(scope: Scope) -> Iterator[Result]:
    """Set exports against imports of one period: f(X, M)."""
    for key in scope.keys:
        if key.flow != "X":
            continue
        for period in _order(scope.knowledge.levels[key]):
            for pair in _both_flows(scope.knowledge, key, period):
                quantities = [known.quantity for known in pair]
                yield outcome(scope, pair[0], pair, quantities, group=key.commodity, flow="_Z")


def partner_share(scope: Scope) -> Iterator[Result]:
    """Hold a partner's value against that of the whole world: f(y, Y)."""
    for key in scope.keys:
        world = key._replace(counterpart_area="W")
        if key.counterpart_area in ("W", "_O", "_U"):
            continue
        for period in _order(scope.knowledge.levels[key]):
            part = scope.knowledge.at(key, period)
            for pair in product(part, scope.knowledge.at(world, period)):
                quantities = [known.quantity for known in pair]
                yield outcome(scope, pair[0], pair, quantities, group=key.commodity)


def outcome(
    scope: Scope,
    subject: Known,
    operands: Iterable[Known],
    arguments: Sequence[Any],
    *,
    group: str,
    flow: str = "",
    base_period: Period | None = None,
    coverage: Decimal | None = None,
    held_against: Iterable[Known] = (),
    flags: Iterable[str] = (),
) -> Result:
    """Run an indicator's function on arguments and tell the result about ``subject``.

    A formula without a result gives a figure without a point, its flags saying why.
    """
    quantity: Quantity | None = None
    reasons: tuple[str, ...] = ()
    try:
        quantity = scope.definition.compute(*arguments)
    except UnknownValue:
        reasons = ("MISSING_INPUT",)
    except NothingToCompute as nothing:
        reasons = (str(nothing.params["reason"]),)
    return told(
        scope,
        subject,
        operands,
        quantity,
        group=group,
        flow=flow,
        base_period=base_period,
        coverage=coverage,
        held_against=held_against,
        flags=(*flags, *reasons),
    )


def told(
    scope: Scope,
    subject: Known,
    operands: Iterable[Known],
    quantity: Quantity | None,
    *,
    group: str,
    flow: str = "",
    base_period: Period | None = None,
    coverage: Decimal | None = None,
    held_against: Iterable[Known] = (),
    flags: Iterable[str] = (),
) -> Result:
    """Make the result row of a computed quantity (None: no result).

    ``held_against`` are totals that only the coverage rests on: they are evidence, but what is
    doubtful about them is not doubtful about the figure.
    """
    definition, key = scope.definition, subject.key
    same_unit = definition.unit == SAME_UNIT
    evidence, operand_flags = joined(operands)
    totals = tuple(held_against)
    evidence = tuple(dict.fromkeys((*evidence, *joined(totals)[0])))
    all_flags = dict.fromkeys((*operand_flags, *flags))
    if any(total.rule for total in totals):
        all_flags["COVERAGE_DERIVED"] = None
    if quantity is not None and not quantity.interval.is_bounded:
        all_flags["OPEN_BOUND"] = None
    figure = Figure(
        point=quantity.point if quantity else None,
        low=quantity.low if quantity else None,
        high=quantity.high if quantity else None,
        unit=key.unit if same_unit else definition.unit,
        coverage=coverage,
        flags=tuple(all_flags),
        evidence=evidence,
        formula=subject.rule if same_unit and subject.rule else definition.id,
    )
    return Result(
        indicator=definition.id,
        dataflow=key.dataflow,
        area=key.ref_area,
        counterpart=key.counterpart_area,
        flow=flow or key.flow,
        classification=key.classification,
        measure=key.measure,
        group=group,
        period=subject.period,
        base_period=base_period,
        figure=figure,
        unit_mult=subject.unit_mult if same_unit else 0,
        scale=definition.classes(quantity.low, quantity.high) if quantity else (),
        source=subject.source if definition.inputs["shape"] == "values" else "",
    )


def neighbours(knowledge: Knowledge, key: SeriesKey) -> Iterator[Pair]:
    """Yield values of each known period with those of the previous one of the same pace."""
    for periods in _by_pace(knowledge.levels[key]):
        for first, last in pairwise(periods):
            yield from rivals_of(knowledge, key, first, last)


def rivals_of(knowledge: Knowledge, key: SeriesKey, first: Period, last: Period) -> Iterator[Pair]:
    """Yield every combination of the values of two periods."""
    yield from product(knowledge.at(key, first), knowledge.at(key, last))


def years(before: Known, after: Known) -> int:
    """Return the span between two periods in years."""
    return after.period.first_year - before.period.first_year


def span_flags(first: Period, last: Period) -> tuple[str, ...]:
    """Say that years between two periods are unknown."""
    return ("GAP",) if last.first_year - first.first_year > 1 else ()


def pace(period: Period) -> tuple[str, int, int, int]:
    """Return what two periods must share to be comparable: kind and months."""
    assert period.start is not None and period.end is not None
    length = period.end.year - period.start.year
    return period.kind.value, period.start.month, period.end.month, length


def paced(periods: Iterable[Period]) -> list[list[Period]]:
    """Return known periods by pace, each list in time; points in time have no pace."""
    found: dict[tuple[str, int, int, int], list[Period]] = {}
    for period in _order(periods):
        if period.is_known and period.kind is not PeriodKind.POINT:
            found.setdefault(pace(period), []).append(period)
    return list(found.values())


def _by_pace(series: Series) -> list[list[Period]]:
    return paced(series)


def _pair(scope: Scope, before: Known, after: Known, arguments: Sequence[Any]) -> Result:
    return outcome(
        scope,
        after,
        (before, after),
        arguments,
        group=after.key.commodity,
        base_period=before.period,
        flags=span_flags(before.period, after.period),
    )


def _both_flows(knowledge: Knowledge, key: SeriesKey, period: Period) -> Iterator[Pair]:
    imports = knowledge.at(key._replace(flow="M"), period)
    yield from product(knowledge.at(key, period), imports)


def _in_time(series: Series) -> Iterator[Known]:
    for period in _order(series):
        yield from series[period]


def _order(periods: Iterable[Period]) -> list[Period]:
    """Sort by time; unknown periods come last."""
    return sorted(periods, key=lambda p: (p.start is None, str(p.start), str(p.end), p.kind))
