"""Periods within periods: January–June cannot exceed January–September; groups of a partition."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import Quantity, Series
from irtysh.evaluation.consistency.level import Level, choose, periods_in_order, written_level
from irtysh.evaluation.consistency.values import Phrase, Value
from irtysh.vocabulary.interval import total
from irtysh.vocabulary.period import Period, PeriodKind

RULE = "nested"
SUMMED = frozenset(
    {PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.CUMULATIVE}
)
PARTITIONS = {"W": (("CIS", "NCIS"),)}
"""Groups of areas that make up another by definition."""


def find(book: Book) -> Findings:
    """Yield a period that holds less than a period inside it, and areas that miss their sum."""
    for series, quantities in sorted(book.ledger.levels.items()):
        for quantity in sorted(quantities, key=str):
            if quantity.measure in ("VALUE", "WEIGHT"):
                yield from _periods(book, series, quantity)
                yield from _areas(book, series, quantity)


def _periods(book: Book, series: Series, quantity: Quantity) -> Findings:
    levels = book.levels.of(series, quantity)
    by_year: dict[int, list[Period]] = defaultdict(list)
    for period in periods_in_order(levels):
        if period.kind in SUMMED:
            by_year[period.first_year].append(period)
    for periods in by_year.values():
        clashes = [
            (inner, outer)
            for outer in periods
            for inner in periods
            if _inside(inner, outer) and _clash(levels, inner, outer)
        ]
        if clashes:
            yield _finding(book, series, levels, clashes)


def _inside(inner: Period, outer: Period) -> bool:
    if inner == outer or not (inner.start and inner.end and outer.start and outer.end):
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def _clash(levels: dict[Period, list[Level]], inner: Period, outer: Period) -> bool:
    """True if every level of the inner period lies above every level of the outer one."""
    return all(
        small.interval.low > large.interval.high
        for small in levels[inner]
        for large in levels[outer]
    )


def _finding(
    book: Book,
    series: Series,
    levels: dict[Period, list[Level]],
    clashes: list[tuple[Period, Period]],
) -> Finding:
    lines: list[Phrase] = []
    evidence: list[str] = []
    worst: tuple[Decimal, Level, Level] | None = None
    for inner, outer in clashes:
        small, large = choose(levels[inner]), choose(levels[outer])
        assert small is not None and large is not None
        lines += [*small.steps, *large.steps]
        lines.append(
            Phrase(
                "line.inner_above_outer",
                {
                    "inner": inner,
                    "outer": outer,
                    "inner_amount": small.amount,
                    "outer_amount": large.amount,
                },
            )
        )
        evidence += [*small.observations, *large.observations]
        gap = small.interval.low - large.interval.high
        if worst is None or gap > worst[0]:
            worst = gap, small, large
    assert worst is not None
    _, small, large = worst
    return Finding(
        RULE,
        "part_period_above_whole",
        Severity.CONTRADICTION,
        f"{series.key}/{small.period.first_year}",
        {
            "what": book.ledger.described(small.root),
            "inner": small.period,
            "outer": large.period,
            "inner_amount": small.amount,
            "outer_amount": large.amount,
        },
        tuple(dict.fromkeys(lines)),
        tuple(dict.fromkeys(evidence)),
    )


def _areas(book: Book, series: Series, quantity: Quantity) -> Findings:
    """Compare a whole with the groups of areas that make it up by definition."""
    for groups in PARTITIONS.get(series.counterpart_area, ()):
        parts = [series._replace(counterpart_area=group) for group in groups]
        tables = [book.levels.of(part, quantity) for part in parts]
        lines: list[Phrase] = []
        evidence: list[str] = []
        wrong: list[tuple[Period, Level, list[Level]]] = []
        for period, wholes in book.levels.of(series, quantity).items():
            whole = choose(wholes)
            found = [choose(table.get(period, ())) for table in tables]
            known = [level for level in found if level is not None]
            if whole is None or len(known) < len(groups):
                continue
            added = total(level.interval for level in known)
            if added.meets(whole.interval):
                continue
            wrong.append((period, whole, known))
            evidence += whole.observations
            evidence += [id_ for level in known for id_ in level.observations]
            points = [level.point for level in known if level.point is not None]
            point = sum(points, Decimal(0)) if len(points) == len(known) else None
            sum_ = written_level(added, point, quantity.unit)
            blanks: dict[str, Value] = {
                "period": period,
                "sum": sum_,
                "whole": whole.amount,
            }
            lines.append(Phrase("line.areas_against_whole", blanks))
        if wrong:
            yield Finding(
                RULE,
                "areas_against_whole",
                Severity.CONTRADICTION,
                series.key,
                {
                    "what": book.ledger.described(wrong[0][1].root),
                    "count": str(len(wrong)),
                    "period": wrong[0][0],
                },
                tuple(lines),
                tuple(dict.fromkeys(evidence)),
            )
