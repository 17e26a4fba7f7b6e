"""Claims about a series – a record, no fall but one, no change – against what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.known import Fall, Known, falls, knowledge, value_of
from irtysh.evaluation.consistency.ledger import (
    Quantity,
    Series,
    as_text,
    base_point,
)
from irtysh.evaluation.consistency.statements import period_of, periods_of, series_named
from irtysh.evaluation.consistency.tables import PartSum
from irtysh.evaluation.consistency.values import (
    Amount,
    Listed,
    Phrase,
    Value,
    scale_of,
    shown_percent,
)
from irtysh.stats.quantity import Quantity as Quantified
from irtysh.stats.structure import ryabtsev
from irtysh.vocabulary.interval import INFINITY
from irtysh.vocabulary.numbers import Shown
from irtysh.vocabulary.period import Period

RULE = "claims"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield claims that printed, implied or partly known figures refute."""
    for row in book.ledger.statements("record"):
        yield from _record(book, row)
    for row in book.ledger.statements("only_fall"):
        yield from _falls(book, row, "only_fall_refuted", periods_of(row.get("periods")))
    for row in book.ledger.statements("no_change"):
        yield from _falls(book, row, "no_change_refuted", ())
    for row in book.ledger.statements("change"):
        yield from _change(book, row)


def _record(book: Book, row: Mapping[str, Any]) -> Findings:
    """Refute a record by any period whose least possible value is beyond the claimed one."""
    series, quantity = series_named(row["series"])
    known = knowledge(book, series, quantity)
    claimed = known.get(period_of(row.get("period")))
    if claimed is None:
        return
    sign = -1 if row.get("direction") == "min" else 1
    higher = [
        other
        for other in known.values()
        if other.period.kind is claimed.period.kind
        and _earlier(other.period, claimed.period)  # a later year may beat the record
        and (
            other.interval.low > claimed.interval.high
            if sign > 0
            else other.interval.high < claimed.interval.low
        )
    ]
    if not higher:
        return
    best = max(higher, key=lambda other: sign * value_of(other))
    gap, own = value_of(best) - value_of(claimed), value_of(claimed)
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "period": claimed.period,
        "claimed": claimed.value,
        "better_period": best.period,
        "better": best.value,
        "least": Amount(best.interval.low, quantity.unit, scale_of([best.interval.low]), 1),
        "gap": Amount(gap, quantity.unit, scale_of([gap]), 1, signed=True),
        "gap_share": shown_percent(
            gap / own * HUNDRED if own else INFINITY.copy_sign(gap), signed=True
        ),
    }
    keys = ("better_period", "better", "period", "claimed", "gap", "gap_share")
    lines = [*best.lines, *claimed.lines, Phrase("line.beyond", {k: numbers[k] for k in keys})]
    if best.is_bound:
        lines.append(Phrase("line.least_of_sum", {"least": numbers["least"]}))
    yield Finding(
        RULE,
        "record_refuted_by_parts" if best.is_bound else "record_refuted",
        Severity.CONTRADICTION,
        f"statement:{row['id']}",
        numbers,
        tuple(lines),
        (*claimed.observations, *best.observations),
        (str(row["id"]),),
    )


def _earlier(first: Period, second: Period) -> bool:
    return first.start is not None and second.start is not None and first.start < second.start


def _falls(book: Book, row: Mapping[str, Any], kind: str, allowed: tuple[Period, ...]) -> Findings:
    """Refute "fell only then" or "did not change" by decreases outside the allowed periods."""
    series, quantity = series_named(row["series"])
    against = [
        fall
        for fall in falls(book, series, quantity)
        if -fall.change >= book.ledger.thresholds["fall_percent"]
        and not any(_touches(fall, period) for period in allowed)
    ]
    if not against:
        return
    worst = min(against, key=lambda fall: (fall.is_partial, fall.change))
    lines: list[Phrase] = []
    evidence: list[str] = []
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "count": str(len(against)),
        "period": worst.period,
        "base_period": worst.base_period,
        "change": shown_percent(worst.change, signed=True),
        "falls": Listed(
            tuple(
                Phrase(
                    "line.fall",
                    {
                        "base_period": fall.base_period,
                        "period": fall.period,
                        "change": shown_percent(fall.change, signed=True),
                    },
                )
                for fall in against
            ),
            "; ",
        ),
    }
    for fall in against:
        key = f"change_{fall.base_period.code}_{fall.period.code}"
        numbers.setdefault(key, shown_percent(fall.change, signed=True))
        lines += [*fall.before, fall.line]
        evidence += fall.observations
    if kind == "only_fall_refuted":
        numbers["allowed"] = Listed(allowed)
    else:
        lines += _moves_of_structure(book, series, quantity, numbers)
    yield Finding(
        RULE,
        kind,
        Severity.CONTRADICTION,
        f"statement:{row['id']}",
        numbers,
        tuple(dict.fromkeys(lines)),
        tuple(dict.fromkeys(evidence)),
        (str(row["id"]),),
    )


def _moves_of_structure(
    book: Book, series: Series, quantity: Quantity, numbers: dict[str, Value]
) -> list[Phrase]:
    """Say how far the composition moved meanwhile, by Ryabtsev's index of each table step."""
    lines = []
    for table in book.tables.all:
        if table.series[1:4] != series[1:4] or table.quantity != quantity:
            continue
        for earlier, later in table.steps:
            codes = table.common(earlier, later)
            if len(codes) < 2:
                continue
            moved = ryabtsev(*(_amounts(table.sum(period, codes)) for period in (earlier, later)))
            if moved.point is None:
                continue
            index = Shown(moved.point, 3)
            numbers[f"structure_{earlier.code}_{later.code}"] = index
            blanks: dict[str, Value] = {"base_period": earlier, "period": later, "index": index}
            lines.append(Phrase("line.structure_moved", blanks))
    return lines


def _amounts(added: PartSum) -> list[Quantified]:
    return [
        Quantified(base_point(part), part.base_interval)
        for part in added.parts
        if part.base_interval is not None
    ]


def _change(book: Book, row: Mapping[str, Any]) -> Findings:
    """Test "grew" or "fell": refuted by levels, or not checkable for want of a second point."""
    series, quantity = series_named(row["series"])
    start, end = period_of(row.get("from_period")), period_of(row.get("to_period"))
    known = knowledge(book, series, quantity)
    if not start.is_known and not end.is_known:
        return  # the undated rates behind such a claim are found by the rule on periods
    sign = -1 if row.get("change") == "down" else 1
    first, last = known.get(start), known.get(end)
    if first is not None and last is not None:
        apart = (
            last.interval.high < first.interval.low
            if sign > 0
            else last.interval.low > first.interval.high
        )
        if apart:
            yield _change_refuted(row, first, last)
        return
    points = [item for item in known.values() if not item.is_bound]
    shares = [share for share in book.ledger.shares.get(series, ()) if share.period.is_known]
    rates = book.ledger.growths.get(series, ())
    if not rates and len({*(i.period for i in points), *(s.period for s in shares)}) < 2:
        yield Finding(
            RULE,
            "change_without_points",
            Severity.DOUBT,
            f"statement:{row['id']}",
            {
                "claim": as_text(row.get("text", "")),
                "known": Listed(tuple(share.period for share in shares))
                if shares
                else Phrase("word.none", {}),
            },
            (),
            tuple(share.id for share in shares),
            (str(row["id"]),),
        )


def _change_refuted(row: Mapping[str, Any], first: Known, last: Known) -> Finding:
    change = (value_of(last) / value_of(first) - 1) * HUNDRED
    blanks: dict[str, Value] = {
        "base_period": first.period,
        "period": last.period,
        "earlier": first.value,
        "later": last.value,
        "change": shown_percent(change, signed=True),
    }
    return Finding(
        RULE,
        "change_refuted",
        Severity.CONTRADICTION,
        f"statement:{row['id']}",
        {"claim": as_text(row.get("text", "")), **blanks},
        (*first.lines, *last.lines, Phrase("line.change_between", blanks)),
        (*first.observations, *last.observations),
        (str(row["id"]),),
    )


def _touches(fall: Fall, period: Period) -> bool:
    """True if the allowed period is the year of the fall, or lies between its two years."""
    if period.start is None or fall.base_period.end is None or fall.period.end is None:
        return False
    return fall.base_period.end < period.start <= fall.period.end
