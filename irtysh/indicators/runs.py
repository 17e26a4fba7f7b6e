"""Series cut to what a statistical method may use: even steps, no gap, one thing counted.

Quarters and months that no source prints are taken from running sums of the year (flag
DERIVED, rule "decumulated"). A run is the latest stretch in which every period follows the
one before it, has a single bounded value, and is counted as the others are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from irtysh.indicators.known import Knowledge, Known, Series, SeriesKey, joined
from irtysh.stats.decumulate import step
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.interval import hull
from irtysh.vocabulary.period import Period, PeriodKind

PER_YEAR = {
    PeriodKind.YEAR: 1,
    PeriodKind.HALF: 2,
    PeriodKind.QUARTER: 4,
    PeriodKind.MONTH: 12,
}
_OF_LENGTH = {12 // number: kind for kind, number in PER_YEAR.items()}
DECUMULATED = "decumulated"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a year between two running sums.

    Attributes
    ----------
    period : Period
        The quarter, month or half.
    before : Known or None
        The running sum up to its start; None where it starts the year.
    after : Known
        The running sum up to its end.
    """

    period: Period
    before: Known | None
    after: Known

    @property
    def operands(self) -> tuple[Known, ...]:
        """The sums it rests on."""
        return (self.after,) if self.before is None else (self.before, self.after)

    @property
    def arguments(self) -> tuple[Quantity | None, Quantity | None, bool]:
        """What ``decumulate.step`` is given."""
        before = None if self.before is None else self.before.quantity
        return before, self.after.quantity, self.before is None

    @property
    def subject(self) -> Known:
        """A value that stands for the stretch: what is known of it, before it is computed."""
        _, flags = joined(self.operands)
        counted = [operand.coverage for operand in self.operands]
        return replace(
            self.after,
            period=self.period,
            quantity=None,
            evidence=tuple(name for operand in self.operands for name in operand.evidence),
            flags=tuple(dict.fromkeys((*flags, "DERIVED"))),
            source="",
            rule=DECUMULATED,
            coverage=frozenset().union(*counted),
        )

    @property
    def falls(self) -> bool:
        """True if the running sum fell, so that there is no value."""
        try:
            step(*self.arguments)
        except NothingToCompute as nothing:
            return bool(nothing.params["reason"] == "CUMULATIVE_FALLS")
        except UnknownValue:
            return False
        return False

    def known(self) -> Known:
        """Return the stretch as a value; without a quantity where it has none."""
        try:
            return replace(self.subject, quantity=step(*self.arguments))
        except (NothingToCompute, UnknownValue):
            return self.subject


@dataclass(frozen=True, slots=True)
class Run:
    """Values of even steps without a gap.

    Attributes
    ----------
    per_year : int
        1, 2, 4 or 12.
    values : tuple of Known
        Each with a point and both bounds.
    is_cut : bool
        True if earlier values of the series were left out.
    """

    per_year: int
    values: tuple[Known, ...]
    is_cut: bool

    @property
    def quantities(self) -> list[Quantity | None]:
        """The values, for a function of irtysh.stats."""
        return [value.quantity for value in self.values]

    @property
    def first(self) -> Known:
        """The earliest value."""
        return self.values[0]

    @property
    def last(self) -> Known:
        """The latest value."""
        return self.values[-1]

    @property
    def derived(self) -> list[int]:
        """Places of values derived from rates or shares; a difference of sums is no such."""
        return [
            place for place, value in enumerate(self.values) if value.rule not in ("", DECUMULATED)
        ]

    def after(self, horizon: int) -> Period:
        """Return the period so many steps after the last."""
        return _period(self.per_year, ordinal(self.last.period) + horizon)


def stretches(series: Series) -> list[Stretch]:
    """Return the parts of every year between its running sums, in time.

    The whole year closes the running sums where there are any; a part that a source prints
    itself is not computed.
    """
    years: dict[int, dict[int, Known]] = {}
    for period, values in series.items():
        end = _end_of_sum(period)
        if end is not None:
            years.setdefault(period.first_year, {})[end] = single(values)
    found = []
    for year, ends in sorted(years.items()):
        if set(ends) == {12}:
            continue
        start = 0
        for end in sorted(ends):
            kind = _OF_LENGTH.get(end - start)
            aligned = kind is not None and start % (end - start) == 0
            if kind is not None and aligned and kind is not PeriodKind.YEAR:
                number = start // (end - start)
                period = _period(PER_YEAR[kind], year * PER_YEAR[kind] + number)
                if period not in series:
                    found.append(Stretch(period, ends.get(start), ends[end]))
            start = end
    return found


def runs(knowledge: Knowledge, key: SeriesKey) -> Iterator[Run]:
    """Yield the latest run of every pace of a series: years first, then its finer parts.

    A year in which a running sum fell does not continue the years before it: from some month
    of it on something else is counted. One value alone is no run.
    """
    series = knowledge.levels[key]
    known = {period: single(knowledge.at(key, period)) for period in series}
    parts = stretches(series)
    known |= {stretch.period: stretch.known() for stretch in parts}
    fallen = {stretch.period.first_year for stretch in parts if stretch.falls}
    for kind, per_year in PER_YEAR.items():
        values = [value for period, value in sorted(known.items()) if period.kind is kind]
        run = _latest(values, fallen if per_year == 1 else set())
        if len(run) > 1:
            yield Run(per_year, tuple(run), len(run) < len(values))


def single(values: Sequence[Known]) -> Known:
    """Return the one value of a period; of rivals only the bounds that hold them all."""
    first, *others = values
    if not others:
        return first
    evidence, flags = joined(values)
    quantity = first.quantity
    for other in others:
        if quantity is None or other.quantity is None:
            quantity = None
            break
        quantity = Quantity(None, hull(quantity.interval, other.quantity.interval))
    return replace(first, quantity=quantity, evidence=evidence, flags=flags)


def ordinal(period: Period) -> int:
    """Return the place of a year, half, quarter or month among all of its kind."""
    assert period.start is not None
    per_year = PER_YEAR[period.kind]
    return period.start.year * per_year + (period.start.month - 1) * per_year // 12


def _latest(values: Sequence[Known], fresh_starts: Set[int]) -> list[Known]:
    """Walk back from the latest usable value; years in ``fresh_starts`` have none before."""
    run: list[Known] = []
    for value in reversed(values):
        if not _usable(value) or (run and not _follow(value, run[-1])):
            if run:
                break
            continue
        run.append(value)
        if value.period.first_year in fresh_starts:
            break
    return run[::-1]


def _usable(value: Known) -> bool:
    has_point = value.quantity is not None and value.quantity.point is not None
    return has_point and value.bounded and "COVERAGE_DIFFERS" not in value.flags


def _follow(before: Known, after: Known) -> bool:
    together = ordinal(after.period) - ordinal(before.period) == 1
    return together and before.coverage == after.coverage


def _end_of_sum(period: Period) -> int | None:
    """Return the last month of a sum that starts in January; None for any other period."""
    if period.start is None or period.end is None or period.start.month != 1:
        return None
    if period.kind not in (PeriodKind.CUMULATIVE, PeriodKind.YEAR):
        return None
    return period.end.month if period.end.year == period.start.year else None


def _period(per_year: int, place: int) -> Period:
    year, number = divmod(place, per_year)
    if per_year == 1:
        return Period.year(year)
    if per_year == 12:
        return Period.parse("M", f"{year:04d}-{number + 1:02d}")
    letter = {2: "S", 4: "Q"}[per_year]
    return Period.parse(letter, f"{year:04d}-{letter}{number + 1}")
