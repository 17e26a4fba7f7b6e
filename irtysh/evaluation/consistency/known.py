"""What is known of a series from year to year, and where it certainly fell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from irtysh.evaluation.consistency.book import Book
from irtysh.evaluation.consistency.ledger import Quantity, Series
from irtysh.evaluation.consistency.level import choose, is_whole_growth, periods_in_order
from irtysh.evaluation.consistency.values import Amount, Phrase, Value, shown_percent
from irtysh.vocabulary.interval import INFINITY, Interval
from irtysh.vocabulary.period import Period

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a series in a period: bounds, and a value where there is one.

    The sum of a partial table bounds its whole from below: ``is_bound`` is then True.
    """

    period: Period
    interval: Interval
    value: Amount
    lines: tuple[Phrase, ...]
    observations: tuple[str, ...]
    is_bound: bool = False


@dataclass(frozen=True, slots=True)
class Fall:
    """A decrease from one period to another."""

    base_period: Period
    period: Period
    change: Decimal
    line: Phrase
    before: tuple[Phrase, ...]
    observations: tuple[str, ...]
    is_partial: bool = False


def knowledge(book: Book, series: Series, quantity: Quantity) -> dict[Period, Known]:
    """Return what is known of a series by year: its levels, else the sums of partial tables."""
    known: dict[Period, Known] = {}
    for period, levels in book.levels.of(series, quantity).items():
        level = choose(levels)
        if level is not None:
            evidence = level.observations
            known[period] = Known(period, level.interval, level.amount, level.steps, evidence)
    for table in book.tables.all:
        if table.series[1:4] != series[1:4] or not series.is_total or table.quantity != quantity:
            continue
        for period in table.periods:
            added = table.top(period)
            if period in known or len(added.parts) < 2:
                continue
            bound = Interval(added.interval.low, INFINITY, added.interval.low_open, True)
            evidence = added.observations
            known[period] = Known(period, bound, added.amount, (added.line,), evidence, True)
    return {period: known[period] for period in periods_in_order(known)}


def falls(book: Book, series: Series, quantity: Quantity) -> list[Fall]:
    """Return every certain decrease: printed rates, neighbouring levels, a table's own sums."""
    found: list[Fall] = []
    for rate in book.ledger.growths.get(series, ()):
        interval = rate.interval
        if is_whole_growth(rate) and not rate.share_of and interval and interval.high < 0:
            assert rate.base_period is not None and rate.value is not None
            change = rate.value.scaleb(rate.unit_mult)
            blanks: dict[str, Value] = {
                "period": rate.period,
                "base_period": rate.base_period,
                "change": shown_percent(change, signed=True),
                "source": book.ledger.source(rate),
                "locator": rate.locator,
            }
            line = Phrase("line.printed_change", blanks)
            found.append(Fall(rate.base_period, rate.period, change, line, (), (rate.id,)))
    printed = {(fall.base_period, fall.period) for fall in found}
    found += [
        fall
        for fall in _level_falls(book, series, quantity)
        if (fall.base_period, fall.period) not in printed
    ]
    return [*found, *_table_falls(book, series, quantity)]


def _level_falls(book: Book, series: Series, quantity: Quantity) -> list[Fall]:
    """Compare neighbouring known years; an earlier partial sum is a lower bound, so it counts."""
    found = []
    known = knowledge(book, series, quantity)
    for kind in sorted({period.kind for period in known}):
        same = [item for period, item in known.items() if period.kind is kind]
        for earlier, later in pairwise(same):
            if later.is_bound or later.interval.high >= earlier.interval.low:
                continue
            change = (value_of(later) / value_of(earlier) - 1) * HUNDRED
            line = Phrase(
                "line.change_between",
                {
                    "base_period": earlier.period,
                    "period": later.period,
                    "earlier": earlier.value,
                    "later": later.value,
                    "change": shown_percent(change, signed=True),
                },
            )
            evidence = (*earlier.observations, *later.observations)
            before = (*earlier.lines, *later.lines)
            found.append(Fall(earlier.period, later.period, change, line, before, evidence))
    return found


def _table_falls(book: Book, series: Series, quantity: Quantity) -> list[Fall]:
    found = []
    for table in book.tables.all:
        if table.series[1:4] != series[1:4] or not series.is_total or table.quantity != quantity:
            continue
        for earlier, later in table.steps:
            codes = table.common(earlier, later)
            first, last = table.sum(earlier, codes), table.sum(later, codes)
            if len(codes) < 2 or not first.point or last.point is None:
                continue
            if last.interval.high >= first.interval.low:
                continue
            change = (last.point / first.point - 1) * HUNDRED
            line = Phrase(
                "line.table_change",
                {
                    "base_period": earlier,
                    "period": later,
                    "earlier": first.amount,
                    "later": last.amount,
                    "change": shown_percent(change, signed=True),
                },
            )
            evidence = (*first.observations, *last.observations)
            before = (first.line, last.line)
            found.append(Fall(earlier, later, change, line, before, evidence, True))
    return found


def value_of(known: Known) -> Decimal:
    """Return the value to compute with: the point, or the bound where only that is known."""
    if isinstance(known.value.value, Decimal):
        return known.value.value
    low = known.interval.low
    return low if low.is_finite() else known.interval.high
