"""Ranks, shares of the others, and comparisons of two series."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import Quantity, Series, as_text
from irtysh.evaluation.consistency.level import Level, choose, periods_in_order
from irtysh.evaluation.consistency.statements import period_of, series_named
from irtysh.evaluation.consistency.values import (
    Amount,
    Listed,
    Phrase,
    Value,
    scale_of,
    shown_percent,
)
from irtysh.vocabulary.period import Period

RULE = "ranks"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield orders that figures refute, traditions of one year, small shares without a total."""
    for row in book.ledger.statements("rank"):
        yield from _rank(book, row)
    for row in book.ledger.statements("residual_below"):
        yield from _others(book, row)
    for row in book.ledger.statements("greater"):
        yield from _greater(book, row)
    yield from _lists(book)


def _partner(row: Mapping[str, Any], area: str) -> Series:
    dataflow = str(row.get("dataflow", "TRADE_PARTNER"))
    return Series(dataflow, str(row["ref_area"]), area, str(row.get("flow", "T")), "_Z", "_T")


def _partners(
    book: Book, row: Mapping[str, Any], areas: list[str], period: Period
) -> dict[str, Level]:
    quantity = Quantity(str(row.get("measure", "VALUE")), str(row.get("unit", "USD")))
    found = {area: book.levels.best(_partner(row, area), quantity, period) for area in areas}
    return {area: level for area, level in found.items() if level is not None}


def _rank(book: Book, row: Mapping[str, Any]) -> Findings:
    order = [str(area) for area in row.get("order", [])]
    period = period_of(row.get("period"))
    known = _partners(book, row, order, period)
    ranked = [known[area] for area in order if area in known]
    wrong = [(a, b) for a, b in pairwise(ranked) if a.interval.high < b.interval.low]
    listed = Listed(tuple(_named_amount(level) for level in ranked), " > ")
    evidence = tuple(id_ for level in ranked for id_ in level.observations)
    if wrong:
        lines = [
            Phrase("line.smaller", {"one": _named_amount(a), "other": _named_amount(b)})
            for a, b in wrong
        ]
        yield Finding(
            RULE,
            "rank_refuted",
            Severity.CONTRADICTION,
            f"statement:{row['id']}",
            {"claim": as_text(row.get("text", "")), "period": period, "order": listed},
            tuple(lines),
            evidence,
            (str(row["id"]),),
        )
    if row.get("wording") == "traditionally":
        yield from _tradition(book, row, order, listed)


def _tradition(book: Book, row: Mapping[str, Any], order: list[str], listed: Listed) -> Findings:
    """A tradition needs several years in which the order can be seen."""
    quantity = Quantity(str(row.get("measure", "VALUE")), str(row.get("unit", "USD")))
    years = {
        period
        for period in book.levels.of(_partner(row, order[0]), quantity)
        if all(level.is_printed for level in _partners(book, row, order, period).values())
        and len(_partners(book, row, order, period)) == len(order)
    }
    needed = book.ledger.thresholds["tradition_years"]
    if len(years) >= needed:
        return
    yield Finding(
        RULE,
        "tradition_unproven",
        Severity.DOUBT,
        f"statement:{row['id']}",
        {
            "claim": as_text(row.get("text", "")),
            "years": Listed(tuple(periods_in_order(years))),
            "count": str(len(years)),
            "needed": str(needed),
        },
        (Phrase("line.ranked", {"order": listed}),),
        tuple(
            id_
            for level in _partners(book, row, order, period_of(row.get("period"))).values()
            for id_ in level.observations
        ),
        (str(row["id"]),),
    )


def _others(book: Book, row: Mapping[str, Any]) -> Findings:
    """ "All others below c": if the smallest named partner has at least c, the total is bounded."""
    period = period_of(row.get("period"))
    quantity = Quantity(str(row.get("measure", "VALUE")), str(row.get("unit", "USD")))
    whole = book.levels.best(_partner(row, "W"), quantity, period)
    named = _partners(book, row, [str(area) for area in row.get("named", [])], period)
    levels = sorted(
        (level for level in named.values() if level.point), key=lambda level: level.point or 0
    )
    if whole is not None or len(levels) < 2:
        return
    share = Decimal(str(row["share"]))
    if share <= 0:
        return
    smallest, largest = levels[0], levels[-1]
    assert smallest.point is not None and largest.point is not None
    most = smallest.point / share * HUNDRED
    least = sum((level.point or Decimal(0) for level in levels), Decimal(0))
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "period": period,
        "limit": Amount(share, "PC"),
        "smallest": _named_amount(smallest),
        "largest": _named_amount(largest),
        "most": Amount(most, quantity.unit, scale_of([most]), 0),
        "sum": Amount(least, quantity.unit, scale_of([least]), 1),
        "largest_least": shown_percent(largest.point / most * HUNDRED),
        "largest_most": shown_percent(largest.point / least * HUNDRED),
    }
    keys = ("smallest", "limit", "most")
    more = ("largest", "most", "largest_least", "sum", "largest_most")
    yield Finding(
        RULE,
        "total_missing",
        Severity.NOTE,
        f"statement:{row['id']}",
        numbers,
        (
            Phrase("line.total_at_most", {key: numbers[key] for key in keys}),
            Phrase("line.largest_share", {key: numbers[key] for key in more}),
        ),
        tuple(id_ for level in levels for id_ in level.observations),
        (str(row["id"]),),
    )


def _greater(book: Book, row: Mapping[str, Any]) -> Findings:
    """Refute "A outweighs B" in every period where both are known and B is larger."""
    (left, quantity), (right, _) = series_named(row["left"]), series_named(row["right"])
    ours, theirs = book.levels.of(left, quantity), book.levels.of(right, quantity)
    stated = period_of(row.get("period"))
    for period in periods_in_order(ours):
        if stated.is_known and period != stated:
            continue
        a, b = choose(ours[period]), choose(theirs.get(period, ()))
        if a is None or b is None or a.interval.high >= b.interval.low:
            continue
        yield Finding(
            RULE,
            "comparison_refuted",
            Severity.CONTRADICTION,
            f"statement:{row['id']}/{period.code}",
            {
                "claim": as_text(row.get("text", "")),
                "period": period,
                "left": a.amount,
                "right": b.amount,
            },
            (*a.steps, *b.steps, Phrase("line.smaller", {"one": a.amount, "other": b.amount})),
            (*a.observations, *b.observations),
            (str(row["id"]),),
        )


def _lists(book: Book) -> Findings:
    """Find one list of areas that two statements give for different scopes."""
    rows = list(book.ledger.statements("list_of"))
    for index, one in enumerate(rows):
        for other in rows[index + 1 :]:
            same = one.get("areas") == other.get("areas") and one.get("flow") == other.get("flow")
            if not same or one.get("scope") == other.get("scope"):
                continue
            areas = tuple(names.named("areas", str(area)) for area in one.get("areas", []))
            left_out = _left_out(book, one)
            yield Finding(
                RULE,
                "list_scope",
                Severity.DOUBT,
                f"statement:{one['id']}",
                {
                    "claim": as_text(one.get("text", "")),
                    "other_claim": as_text(other.get("text", "")),
                    "areas": Listed(areas),
                    "left_out": Listed(left_out) if left_out else Phrase("word.none", {}),
                },
                (),
                (),
                (str(one["id"]), str(other["id"])),
            )


def _left_out(book: Book, row: Mapping[str, Any]) -> tuple[Value, ...]:
    """Return partners that a rank names and the list does not."""
    listed = set(row.get("areas", []))
    ranked = [
        str(area)
        for rank in book.ledger.statements("rank")
        if rank.get("ref_area") == row.get("ref_area")
        for area in rank.get("order", [])
    ]
    missing = [area for area in dict.fromkeys(ranked) if area not in listed]
    return tuple(names.named("areas", area) for area in missing)


def _named_amount(level: Level) -> Phrase:
    area = names.named("areas", level.series.counterpart_area)
    return Phrase("word.named_amount", {"name": area, "amount": level.amount})
