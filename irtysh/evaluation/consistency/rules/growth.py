"""Growth rates against levels: one link, chains of links, and partial tables."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import (
    Quantity,
    Series,
    base_interval,
    printed_amount,
)
from irtysh.evaluation.consistency.level import Level, factor, is_whole_growth
from irtysh.evaluation.consistency.rules.sums import table_label
from irtysh.evaluation.consistency.tables import Table
from irtysh.evaluation.consistency.values import Listed, Phrase, Value, shown_percent
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

RULE = "growth"
HUNDRED = Decimal(100)
_GROWTH_STEPS = frozenset({"line.grown", "line.traced_back"})
"""Other steps lead through shares and T = X + M, which the rule on flows compares itself."""


def find(book: Book) -> Findings:
    """Yield links and chains that levels refute, rival implied levels, partial-table growth."""
    refuted: set[str] = set()
    for series in sorted(book.ledger.growths):
        for link in book.ledger.growths[series]:
            if is_whole_growth(link) and not link.share_of:
                for finding in _link(book, series, link):
                    refuted.add(link.id)
                    yield finding
    for series, quantities in sorted(book.ledger.levels.items()):
        for quantity in sorted(quantities, key=str):
            yield from _chains(book, series, quantity, refuted)
    for table in book.tables.all:
        yield from _partial(book, table)


def _link(book: Book, series: Series, link: Observation) -> Findings:
    """Compare one printed rate with the printed levels of both its periods."""
    assert link.base_period is not None
    said = factor(link)
    ratios: list[tuple[Interval, Observation, Observation]] = []
    for by_period in book.ledger.levels.get(series, {}).values():
        for later in by_period.get(link.period, ()):
            for earlier in by_period.get(link.base_period, ()):
                first, last = base_interval(earlier), base_interval(later)
                if first is not None and last is not None and first.low > 0:
                    ratios.append((last / first, earlier, later))
    same = [r for r in ratios if {r[1].source, r[2].source} == {link.source}] or ratios
    if not same or any(ratio.meets(said) for ratio, _, _ in same):
        return
    ratio, earlier, later = same[0]
    computed = shown_percent((_middle(ratio) - 1) * HUNDRED, signed=True)
    assert link.value is not None
    printed = shown_percent(link.value, signed=True)
    yield Finding(
        RULE,
        "growth_against_levels",
        Severity.CONTRADICTION,
        f"cell:{'/'.join(link.cell)}",
        {
            "what": book.ledger.described(link),
            "period": link.period,
            "base_period": link.base_period,
            "printed": printed,
            "computed": computed,
        },
        (
            Phrase(
                "line.growth_of_levels",
                {
                    "period": link.period,
                    "base_period": link.base_period,
                    "later": printed_amount(later),
                    "earlier": printed_amount(earlier),
                    "computed": computed,
                },
            ),
        ),
        (link.id, earlier.id, later.id),
    )


def _chains(book: Book, series: Series, quantity: Quantity, refuted: set[str]) -> Findings:
    """Compare the levels that printed figures imply for one period with each other."""
    for period, levels in book.levels.of(series, quantity).items():
        implied = [level for level in levels if not level.is_printed]
        implied = [level for level in implied if not refuted & set(level.observations)]
        printed = [level for level in levels if level.is_printed]
        for level in implied:
            clash = [known for known in printed if not known.interval.meets(level.interval)]
            by_growth = all(step.key in _GROWTH_STEPS for step in level.steps)
            if clash and len(clash) == len(printed) and len(level.steps) > 1 and by_growth:
                yield _implied_clash(book, level, clash[0])
                break
        if not printed:
            rivals = _distinct(implied)
            if len(rivals) > 1:
                yield _rival_levels(book, series, period, rivals)


def _distinct(levels: Iterable[Level]) -> list[Level]:
    """Keep one level of each group that is heard as the same number."""
    kept: list[Level] = []
    for level in sorted(levels, key=lambda level: (level.point is None, level.root.id)):
        if not any(level.heard.meets(other.heard) for other in kept):
            kept.append(level)
    return kept


def _implied_clash(book: Book, level: Level, printed: Level) -> Finding:
    return Finding(
        RULE,
        "chain_against_level",
        Severity.CONTRADICTION,
        f"{level.series.key}/{level.period.code}",
        {
            "what": book.ledger.described(printed.root),
            "period": level.period,
            "printed": printed.amount,
            "implied": level.amount,
        },
        (*level.steps, Phrase("line.differs", {"one": level.amount, "other": printed.amount})),
        (*level.observations, *printed.observations),
    )


def _rival_levels(book: Book, series: Series, period: Period, rivals: list[Level]) -> Finding:
    """Say that one period has several levels, according to where the chain starts."""
    lines = [step for level in rivals for step in level.steps]
    evidence = [id_ for level in rivals for id_ in level.observations]
    amounts: list[Value] = [level.amount for level in rivals]
    numbers: dict[str, Value] = {f"level_{i}": a for i, a in enumerate(amounts, start=1)}
    for table in book.tables.all:
        if table.series[1:4] == series[1:4] and period in table.cells and series.is_total:
            added = table.top(period)
            if len(added.parts) > 1:
                amounts.append(added.amount)
                numbers["table_sum"] = added.amount
                lines.append(added.line)
                evidence += added.observations
    apart = all(not a.interval.meets(rivals[0].interval) for a in rivals[1:])
    return Finding(
        RULE,
        "rival_implied_levels",
        Severity.CONTRADICTION if apart else Severity.NOTE,
        f"{series.key}/{period.code}",
        {
            "what": book.ledger.described(rivals[0].root),
            "period": period,
            "count": str(len(amounts)),
            "levels": Listed(tuple(amounts), "; "),
            **numbers,
        },
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
    )


def _partial(book: Book, table: Table) -> Findings:
    """Compare the growth of a partial table with the growth of its whole."""
    least = book.ledger.thresholds["growth_gap_pp"]
    worst: tuple[Decimal, Finding] | None = None
    for earlier, later in table.steps:
        codes = table.common(earlier, later)
        levels = book.tables.total(table, earlier), book.tables.total(table, later)
        first, last = table.sum(earlier, codes), table.sum(later, codes)
        if None in levels or len(codes) < 2 or not first.point or last.point is None:
            continue
        if first.interval.low <= 0:
            continue  # a sum that rounds away to nothing has no growth
        start, end = levels[0], levels[1]
        assert start is not None and end is not None
        if not start.point or not end.point or start.interval.low <= 0:
            continue
        whole = (end.point / start.point - 1) * HUNDRED
        part = (last.point / first.point - 1) * HUNDRED
        same = (last.interval / first.interval).meets(_ratio(start, end))
        if same or abs(whole - part) < least or not _is_partial(first.interval, start):
            continue
        numbers: dict[str, Value] = {
            "what": table_label(book, table),
            "from_period": earlier,
            "to_period": later,
            "whole": shown_percent(whole, signed=True),
            "part": shown_percent(part, signed=True),
        }
        lines = [*_once(start.steps, end.steps), first.line, last.line]
        for key, a, b, change in (
            ("whole", start.amount, end.amount, numbers["whole"]),
            ("part", first.amount, last.amount, numbers["part"]),
        ):
            blanks = {"later": b, "earlier": a, "computed": change}
            lines.append(Phrase(f"line.growth_of_{key}", blanks))
        evidence = (*first.observations, *last.observations)
        found = Finding(
            RULE,
            "table_against_whole",
            Severity.DOUBT,
            table.key,
            numbers,
            tuple(lines),
            tuple(dict.fromkeys((*evidence, *start.observations, *end.observations))),
            coverage=last.point / end.point,
        )
        if worst is None or abs(whole - part) > worst[0]:
            worst = abs(whole - part), found
    if worst:
        yield worst[1]


def _ratio(start: Level, end: Level) -> Interval:
    """Return the growth of the whole; links that join both levels are not counted twice."""
    shared = set(start.observations) & set(end.observations)
    if shared and start.root is end.root and start.point and end.point is not None:
        low = end.interval.low / start.interval.low
        high = end.interval.high / start.interval.high
        return Interval(min(low, high), max(low, high))
    return end.interval / start.interval


def _is_partial(listed: Interval, whole: Level) -> bool:
    return listed.high < whole.interval.low


def _once(*groups: tuple[Phrase, ...]) -> list[Phrase]:
    found: list[Phrase] = []
    for group in groups:
        found += [line for line in group if line not in found]
    return found


def _middle(interval: Interval) -> Decimal:
    return (interval.low + interval.high) / 2
