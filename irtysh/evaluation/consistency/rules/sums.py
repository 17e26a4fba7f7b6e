"""Sums of parts against their whole: too much, too little, or not what a share says."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import Series, base_interval, series_of
from irtysh.evaluation.consistency.level import Level
from irtysh.evaluation.consistency.tables import PartSum, Table
from irtysh.evaluation.consistency.values import Amount, Phrase, Value, scale_of, shown_percent
from irtysh.vocabulary.interval import Interval, total
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import Text

RULE = "sums"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield parts above the whole, unlisted residuals, and shares that the parts do not back."""
    for table in book.tables.all:
        yield from _against_wholes(book, table)
    for shares in book.ledger.shares.values():
        for share in shares:
            yield from _share_of_group(book, share)


def _against_wholes(book: Book, table: Table) -> Findings:
    short: dict[str, list[tuple[PartSum, Level]]] = defaultdict(list)
    for period in table.periods:
        for whole, parts in table.wholes(period).items():
            level = book.tables.total(table, period, whole)
            if level is None:
                continue
            added = table.sum(period, parts)
            if added.interval.low > level.interval.high:
                yield _above(book, table, added, level, whole)
            elif not added.interval.meets(level.interval) and len(parts) > 1 and _of(level) > 0:
                short[whole].append((added, level))
    for whole, pairs in sorted(short.items()):
        yield _residuals(book, table, whole, pairs)


def _above(book: Book, table: Table, added: PartSum, level: Level, whole: str) -> Finding:
    over = added.amount.value
    assert isinstance(over, Decimal)
    excess = over - (level.point if level.point is not None else level.interval.high)
    return Finding(
        RULE,
        "parts_above_whole",
        Severity.CONTRADICTION,
        f"{table.key}/{whole}/{added.period.code}",
        {
            "what": table_label(book, table),
            "period": added.period,
            "sum": added.amount,
            "whole": level.amount,
            "excess": Amount(excess, added.unit, scale_of([excess]), 1),
        },
        (added.line, *level.steps, _compared(added, level)),
        (*added.observations, *level.observations),
    )


def _residuals(book: Book, table: Table, code: str, short: list[tuple[PartSum, Level]]) -> Finding:
    """Say how much of the whole no listed group covers, period by period."""
    lines: list[Phrase] = []
    shares: dict[Period, Decimal] = {}
    residuals: dict[Period, Decimal] = {}
    evidence: list[str] = []
    for added, level in short:
        whole, sum_ = _of(level), added.amount.value
        assert isinstance(sum_, Decimal)
        rest = whole - sum_
        shares[added.period] = rest / whole * HUNDRED
        residuals[added.period] = rest
        evidence += [*added.observations, *level.observations]
        lines += [*level.steps, added.line]
        lines.append(
            Phrase(
                "line.residual",
                {
                    "period": added.period,
                    "whole": level.amount,
                    "sum": added.amount,
                    "rest": Amount(rest, added.unit, scale_of([rest]), 1),
                    "share": shown_percent(shares[added.period]),
                },
            )
        )
    worst = max(shares, key=lambda period: shares[period])
    by_year = {f"residual_{p.code}": _amount(residuals[p], table) for p in residuals}
    return Finding(
        RULE,
        "unlisted_residual",
        Severity.NOTE,
        f"{table.key}/{code}",
        {
            "what": table_label(book, table),
            "period": worst,
            "rest": _amount(residuals[worst], table),
            "share": shown_percent(shares[worst]),
            **by_year,
            **{f"share_{p.code}": shown_percent(shares[p]) for p in shares},
        },
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
        coverage=1 - shares[worst] / HUNDRED,
    )


def _share_of_group(book: Book, share: Observation) -> Findings:
    """Hold a printed share of a group against what the listed parts admit.

    Parts inside the group give the least the share can be; parts outside it give the most.
    """
    if not share.share_of.startswith("COMMODITY:") or not share.period.is_known:
        return
    whole_code = share.share_of.removeprefix("COMMODITY:")
    series = series_of(share)
    whole_series = series.whole
    if whole_code not in ("_T", "_Z"):
        whole_series = series._replace(commodity=whole_code)
    for quantity in book.ledger.levels.get(whole_series, {}):
        level = book.levels.best(whole_series, quantity, share.period)
        table = _table_of(book, share, quantity.measure)
        if level is None or table is None or share.period not in table.cells:
            continue
        yield from _judged(book, share, (series, whole_code), level, table)


def _judged(
    book: Book, share: Observation, place: tuple[Series, str], level: Level, table: Table
) -> Findings:
    series, whole_code = place
    listed = table.cells[share.period]
    if series.commodity in listed:
        yield from _direct(book, share, level, listed[series.commodity])
        return
    inside: list[str] = []
    outside: list[str] = []
    for code in listed:
        above = names.ancestors(series.classification, code)
        if code == whole_code or any(other in listed and other != whole_code for other in above):
            continue
        (inside if series.commodity in above else outside).append(code)
    if not inside or level.interval.low <= 0:
        return
    part, rest = table.sum(share.period, tuple(inside)), table.sum(share.period, tuple(outside))
    least = (part.interval / level.interval).scaled(HUNDRED)
    most = HUNDRED - (rest.interval / level.interval).scaled(HUNDRED).low
    said = base_interval(share)
    assert said is not None
    admitted = Interval(least.low, max(most, least.high))
    if least.high >= said.low and said.meets(admitted):
        return
    severity = Severity.DOUBT if said.meets(admitted) else Severity.CONTRADICTION
    whole, both = _of(level), _of_sum(part) + _of_sum(rest)
    numbers: dict[str, Value] = {
        "what": book.ledger.described(share),
        "period": share.period,
        "said": share_said(share),
        "part": part.amount,
        "whole": level.amount,
        "least": shown_percent(_of_sum(part) / whole * HUNDRED),
        "named": shown_percent(both / whole * HUNDRED),
        "most": shown_percent(most),
        "rest": _amount(whole - both, table),
        "rest_share": shown_percent((whole - both) / whole * HUNDRED),
    }
    keys: tuple[str, ...] = ("period", "part", "whole", "least")
    lines = [Phrase("line.part_of_whole", {key: numbers[key] for key in keys})]
    if outside:
        lines.append(rest.line)
        keys = ("period", "named", "rest", "rest_share", "most")
        lines.append(Phrase("line.all_named", {key: numbers[key] for key in keys}))
    yield Finding(
        RULE,
        "share_not_backed",
        severity,
        f"cell:{'/'.join(share.cell)}",
        numbers,
        tuple(lines),
        (share.id, *part.observations, *rest.observations, *level.observations),
        coverage=both / whole,
    )


def _direct(book: Book, share: Observation, level: Level, part: Observation) -> Findings:
    """Compare a printed share with part ÷ whole where both are printed."""
    interval, said = base_interval(part), base_interval(share)
    if interval is None or said is None or level.interval.low <= 0:
        return
    ratio = (interval / level.interval).scaled(HUNDRED)
    if said.meets(ratio):
        return
    own = total([interval])
    point = (own.low + own.high) / 2 / _of(level) * HUNDRED
    yield Finding(
        RULE,
        "share_against_levels",
        Severity.CONTRADICTION,
        f"cell:{'/'.join(share.cell)}",
        {
            "what": book.ledger.described(share),
            "period": share.period,
            "said": share_said(share),
            "computed": shown_percent(point),
        },
        (
            Phrase(
                "line.part_of_whole",
                {
                    "period": share.period,
                    "part": Amount((own.low + own.high) / 2, part.unit, part.unit_mult, 1),
                    "whole": level.amount,
                    "least": shown_percent(point),
                },
            ),
        ),
        (share.id, part.id, *level.observations),
    )


def table_label(book: Book, table: Table) -> Text:
    """Return what a table counts: the pair of areas and the flow, without a group of goods."""
    first = next(iter(next(iter(table.cells.values())).values()))
    return names.whole_of(first, book.ledger.datasets)


def share_said(share: Observation) -> Amount:
    """Return a share as printed, with its "more than"."""
    interval = share.interval
    assert interval is not None and share.value is not None
    bounded = share.qualifier not in (Qualifier.EQ, Qualifier.APPROX)
    return Amount(interval if bounded else share.value, share.unit, 0)


def _table_of(book: Book, share: Observation, measure: str) -> Table | None:
    """Return the table that a share speaks of: the same source's before another's."""
    series = series_of(share)._replace(commodity="")
    found = [
        table
        for table in book.tables.all
        if table.series == series and table.quantity.measure == measure
    ]
    return min(found, key=lambda table: (table.source != share.source, table.key), default=None)


def _compared(added: PartSum, level: Level) -> Phrase:
    return Phrase("line.above", {"sum": added.amount, "whole": level.amount})


def _amount(value: Decimal, table: Table) -> Amount:
    return Amount(value, table.quantity.unit, scale_of([value]), 1)


def _of(level: Level) -> Decimal:
    """Return the value to compute with: the point, or the bound where only that is known."""
    if level.point is not None:
        return level.point
    return level.interval.low if level.interval.low.is_finite() else level.interval.high


def _of_sum(part: PartSum) -> Decimal:
    value = part.amount.value
    assert isinstance(value, Decimal)
    return value
