"""Series of one kind over time: printed totals, implied ones, partial sums, never mixed unsaid.

printed   totals that a source prints
implied   printed totals and those derived from growth rates, shares and identities
partial   sums of the groups that a table lists
joined    a partial sum as base, an implied total as end: growth is at most what it gives
computed  other indicators
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.outcome import sorted_evidence
from irtysh.indicators.catalogue import catalogue
from irtysh.indicators.results import Result
from irtysh.indicators.shapes import pace, paced
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.interval import Interval, hull
from irtysh.vocabulary.period import Period

PRINTED, IMPLIED, PARTIAL, JOINED, COMPUTED = (
    "printed",
    "implied",
    "partial",
    "joined",
    "computed",
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a series.

    Attributes
    ----------
    period : Period
    quantity : Quantity
        Bounded, in the unit of the series.
    evidence, flags : tuple of str
    coverage : Decimal or None
    is_derived : bool
    """

    period: Period
    quantity: Quantity
    evidence: tuple[str, ...]
    flags: tuple[str, ...] = ()
    coverage: Decimal | None = None
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """Values of one indicator of one pair at one pace, in time.

    Attributes
    ----------
    indicator, kind, area, counterpart, flow, group : str
        ``kind`` as in the module's head.
    unit, unit_mult : str, int
    values : tuple of Value
    """

    indicator: str
    kind: str
    area: str
    counterpart: str
    flow: str
    group: str
    unit: str
    unit_mult: int
    values: tuple[Value, ...]

    @property
    def last(self) -> Value:
        """The latest value."""
        return self.values[-1]

    @property
    def pace(self) -> tuple[str, int, int, int]:
        """What periods of the series share: kind and months."""
        return pace(self.last.period)


def series_of(ground: Ground, indicators: Iterable[str]) -> list[TimeSeries]:
    """Return every series of the pair for some indicators, in a fixed order."""
    wanted = set(indicators)
    partial = str(ground.parameters.value("partial_indicator"))
    groups: dict[tuple[str, ...], list[Result]] = {}
    for one in ground.results:
        if one.indicator not in wanted or _is_change(one) or not one.period.is_known:
            continue
        if not ground.is_pair(one.area, one.counterpart):
            continue
        if one.figure.interval is None or not one.figure.interval.is_bounded:
            continue
        key: tuple[str, ...] = (
            one.indicator,
            one.area,
            one.counterpart,
            one.flow,
            one.group,
            one.dataflow,
            one.figure.unit,
        )
        groups.setdefault(key, []).append(one)
    found = []
    for key, rows in sorted(groups.items()):
        for values in _by_pace(rows):
            found += _split(key, rows[0].unit_mult, values, partial)
    return found


def _is_change(one: Result) -> bool:
    """Return True if it compares two periods; the base of constant prices compares nothing."""
    if one.base_period is None:
        return False
    definition = catalogue().get(one.indicator)
    return definition is None or definition.inputs.get("shape") != "deflated"


def _by_pace(rows: Iterable[Result]) -> list[list[Value]]:
    """Return values by pace, in time; rivals of a period become one value."""
    by_period: dict[Period, list[Result]] = {}
    for row in rows:
        by_period.setdefault(row.period, []).append(row)
    return [[_merged(by_period[period]) for period in periods] for periods in paced(by_period)]


def _merged(rivals: list[Result]) -> Value:
    """Return one value for a period: bounds of all rivals, the point of the closest."""
    ordered = sorted(rivals, key=lambda one: (_width(one), one.source, str(one.figure.point)))
    first = ordered[0].figure
    assert first.interval is not None
    bounds: Interval = first.interval
    for one in ordered[1:]:
        if one.figure.interval is not None:
            bounds = hull(bounds, one.figure.interval)
    return Value(
        period=ordered[0].period,
        quantity=Quantity(first.point, bounds),
        evidence=sorted_evidence(*(one.figure.evidence for one in ordered)),
        flags=tuple(sorted({flag for one in ordered for flag in one.figure.flags})),
        coverage=min(
            (one.figure.coverage for one in ordered if one.figure.coverage is not None),
            default=None,
        ),
        is_derived=all("DERIVED" in one.figure.flags for one in ordered),
    )


def _width(one: Result) -> Decimal:
    interval = one.figure.interval
    return interval.width if interval is not None else Decimal("Infinity")


def _split(
    key: tuple[str, ...], unit_mult: int, values: list[Value], partial: str
) -> list[TimeSeries]:
    indicator, area, counterpart, flow, group, _, unit = key
    whole = TimeSeries(
        indicator, COMPUTED, area, counterpart, flow, group, unit, unit_mult, tuple(values)
    )
    if indicator == partial:
        return [replace(whole, kind=PARTIAL)]
    if not _is_printable(indicator):
        return [whole]
    if not any(one.is_derived for one in values):
        return [replace(whole, kind=PRINTED)]
    printed = tuple(one for one in values if not one.is_derived)
    found = [replace(whole, kind=IMPLIED)]
    if printed:
        found.insert(0, replace(whole, kind=PRINTED, values=printed))
    return found


def _is_printable(indicator: str) -> bool:
    """Return True for an indicator that a source can print: its values are taken as they are."""
    known = catalogue().get(indicator)
    return known is not None and known.inputs["shape"] == "values"


def joined(ground: Ground, found: Iterable[TimeSeries]) -> list[TimeSeries]:
    """Return the implied totals with partial sums put before them as bases.

    Only periods that no total covers are taken from the partial sums, and only before the last.
    """
    rows = list(found)
    wanted = str(ground.parameters.value("implied_indicator"))
    partial = str(ground.parameters.value("partial_indicator"))
    result = []
    for one in rows:
        if one.indicator != wanted or one.kind not in (IMPLIED, PRINTED):
            continue
        if one.kind == PRINTED and _has_implied(rows, one):
            continue
        known = {value.period for value in one.values}
        for other in rows:
            same = (
                other.area,
                other.counterpart,
                other.flow,
                other.unit,
                other.unit_mult,
                other.pace,
            ) == (
                one.area,
                one.counterpart,
                one.flow,
                one.unit,
                one.unit_mult,
                one.pace,
            )
            if other.indicator != partial or not same:
                continue
            bases = [
                value
                for value in other.values
                if value.period not in known and value.period < one.last.period
            ]
            if bases:
                result.append(replace(one, kind=JOINED, values=(*bases, one.last)))
    return result


def _has_implied(rows: Iterable[TimeSeries], one: TimeSeries) -> bool:
    return any(
        other.kind == IMPLIED
        and (other.indicator, other.area, other.counterpart, other.flow, other.group)
        == (one.indicator, one.area, one.counterpart, one.flow, one.group)
        and other.pace == one.pace
        for other in rows
    )


def breaks(ground: Ground, before: Value, after: Value) -> tuple[str, ...]:
    """Return why two values cannot be joined by a rate: notes on coverage differ, or a break.

    A dataset names notes that say what is counted (``coverage_notes``) and years from which it
    counts anew (``breaks``).
    """
    datasets = ground.records("datasets")
    notes = {note for one in datasets for note in one.get("coverage_notes") or ()}
    reasons = set(_notes(ground, before) & notes) ^ set(_notes(ground, after) & notes)
    flows = {
        ground.by_id[one].dataflow
        for one in (*before.evidence, *after.evidence)
        if one in ground.by_id
    }
    for one in datasets:
        if one.get("id") in flows:
            for stop in one.get("breaks") or ():
                year = int(str(stop.get("period", stop) if isinstance(stop, Mapping) else stop)[:4])
                if before.period.first_year < year <= after.period.first_year:
                    reasons.add(f"break-{year}")
    return tuple(sorted(reasons))


def _notes(ground: Ground, value: Value) -> set[str]:
    return {
        note for one in value.evidence if one in ground.by_id for note in ground.by_id[one].notes
    }
