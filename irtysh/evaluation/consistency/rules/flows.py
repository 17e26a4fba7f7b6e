"""Flows against turnover: T = X + M, shares that make a hundred, and a "share" in money."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import (
    Ledger,
    Quantity,
    Series,
    base_interval,
    printed_amount,
    series_of,
)
from irtysh.evaluation.consistency.level import Level, choose, point_factor, written_level
from irtysh.evaluation.consistency.links import FLOWS
from irtysh.evaluation.consistency.values import Amount, Phrase, Value, scale_of, shown_percent
from irtysh.vocabulary.interval import Interval, total
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

RULE = "flows"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield flows that do not make the turnover, shares that do not make a hundred, readings."""
    for series, quantities in sorted(book.ledger.levels.items()):
        if series.flow == "T":
            for quantity in sorted(quantities, key=str):
                yield from _turnover(book, series, quantity)
    yield from _hundred(book)
    for series, shares in sorted(book.ledger.shares.items()):
        for share in shares:
            if share.share_of == "FLOW:T" and share.unit == "PC":
                yield from _share_of_turnover(book, series, share)
    for share in in_money(book.ledger):
        yield from _readings(book, share)


def in_money(ledger: Ledger) -> list[Observation]:
    """Return the shares that are printed in something else than per cent."""
    relative = ("PC", "RATIO", "PP", "_U")
    return [
        share for shares in ledger.shares.values() for share in shares if share.unit not in relative
    ]


def _turnover(book: Book, series: Series, quantity: Quantity) -> Findings:
    """Compare X + M with T where sources print all three."""
    if not all(book.ledger.levels.get(series._replace(flow=flow)) for flow in "XM"):
        return
    levels = {flow: book.levels.of(series._replace(flow=flow), quantity) for flow in FLOWS}
    for period in book.ledger.levels[series][quantity]:
        turnover, exports, imports = (
            choose(level for level in levels[flow].get(period, ()) if level.is_printed)
            for flow in FLOWS
        )
        if not (exports and imports and turnover):
            continue
        added = exports.interval + imports.interval
        if added.meets(turnover.interval):
            continue
        point = None
        if exports.point is not None and imports.point is not None:
            point = exports.point + imports.point
        sum_ = written_level(added, point, quantity.unit)
        evidence = (*exports.observations, *imports.observations, *turnover.observations)
        yield Finding(
            RULE,
            "flows_against_turnover",
            Severity.CONTRADICTION,
            f"{series.key}/{period.code}",
            {
                "what": book.ledger.described(turnover.root),
                "period": period,
                "sum": sum_,
                "turnover": turnover.amount,
            },
            (
                Phrase(
                    "line.flows_added",
                    {
                        "period": period,
                        "first": exports.amount,
                        "second": imports.amount,
                        "result": sum_,
                    },
                ),
                Phrase("line.differs", {"one": sum_, "other": turnover.amount}),
            ),
            evidence,
        )


def _hundred(book: Book) -> Findings:
    """Check that the shares of exports and imports of one source make a hundred per cent."""
    groups: dict[tuple[Series, Period, str], dict[str, Observation]] = defaultdict(dict)
    for series, shares in book.ledger.shares.items():
        for share in shares:
            if share.share_of == "FLOW:T" and share.unit == "PC" and share.period.is_known:
                key = (series._replace(flow="T"), share.period, share.source)
                groups[key].setdefault(series.flow, share)
    for (series, period, _), by_flow in sorted(groups.items(), key=str):
        if set(by_flow) != {"X", "M"}:
            continue
        parts = [by_flow["X"], by_flow["M"]]
        added = total(share.base_interval for share in parts if share.base_interval is not None)
        if HUNDRED in added:
            continue
        values = [share.value or Decimal(0) for share in parts]
        numbers: dict[str, Value] = {
            "period": period,
            "first": Amount(values[0], "PC"),
            "second": Amount(values[1], "PC"),
            "result": Amount(sum(values, Decimal(0)), "PC"),
        }
        yield Finding(
            RULE,
            "shares_not_hundred",
            Severity.CONTRADICTION,
            f"{series.key}/{period.code}",
            {"what": book.ledger.described(parts[0]), **numbers},
            (Phrase("line.flows_added", numbers),),
            tuple(share.id for share in parts),
        )


def _share_of_turnover(book: Book, series: Series, share: Observation) -> Findings:
    """Compare a printed share of a flow with printed flow ÷ printed turnover."""
    for quantity in book.ledger.levels.get(series, {}):
        parts = book.ledger.levels[series][quantity].get(share.period, ())
        whole_series = series._replace(flow="T")
        wholes = book.ledger.levels.get(whole_series, {}).get(quantity, {}).get(share.period, ())
        said = base_interval(share)
        if not parts or not wholes or said is None:
            continue
        ratios: list[Interval] = [
            (part.base_interval / whole.base_interval).scaled(HUNDRED)
            for part in parts
            for whole in wholes
            if part.base_interval and whole.base_interval and whole.base_interval.low > 0
        ]
        if ratios and not any(ratio.meets(said) for ratio in ratios):
            computed = shown_percent((ratios[0].low + ratios[0].high) / 2)
            blanks: dict[str, Value] = {
                "period": share.period,
                "part": printed_amount(parts[0]),
                "whole": printed_amount(wholes[0]),
                "least": computed,
            }
            yield Finding(
                RULE,
                "share_against_levels",
                Severity.CONTRADICTION,
                f"cell:{'/'.join(share.cell)}",
                {
                    "what": book.ledger.described(share),
                    "period": share.period,
                    "said": printed_amount(share),
                    "computed": computed,
                },
                (Phrase("line.part_of_whole", blanks),),
                (share.id, parts[0].id, wholes[0].id),
            )


def _readings(book: Book, share: Observation) -> Findings:
    """Work out both readings of "the share grew by g, to so much money".

    A: the value grew by g.  B: the share grew by g.  Each implies exports and imports a period
    earlier, and so what the other flow did meanwhile.
    """
    series = series_of(share)
    rates = [
        rate
        for rate in book.ledger.growths.get(series, ())
        if rate.period == share.period
        and rate.base_period is not None
        and rate.source == share.source
        and rate.value is not None
    ]
    if not rates or share.value is None or series.flow not in ("X", "M"):
        return
    rate = rates[0]
    assert rate.base_period is not None
    quantity = Quantity("VALUE", share.unit)
    turnover = series._replace(flow="T")
    before = book.levels.best(turnover, quantity, rate.base_period)
    after = book.levels.best(turnover, quantity, share.period)
    if before is None or after is None or not before.point or not after.point:
        return
    value = share.value.scaleb(share.unit_mult)
    ratio = point_factor(rate)
    if ratio <= 0:
        return
    other_now = after.point - value
    share_now = value / after.point * HUNDRED
    reading_a = value / ratio
    reading_b = share_now / ratio / HUNDRED * before.point
    if not value or before.point in (reading_a, reading_b):
        return  # one flow is nothing, and nothing has no growth
    numbers = _reading_numbers(share, rate, (before, after), (reading_a, reading_b, other_now))
    keys_a = ("value", "growth", "export_a", "import_a", "import_change_a", "share_a")
    keys_b = ("share_now", "growth", "share_b", "export_b", "import_b", "import_change_b")
    lines = [
        *_merged(before, after),
        Phrase("line.flow_now", {k: numbers[k] for k in ("value", "turnover", "import_now")}),
        Phrase("line.reading_a", {k: numbers[k] for k in keys_a}),
        Phrase("line.reading_b", {k: numbers[k] for k in keys_b}),
    ]
    if before.assumes_partner or after.assumes_partner:
        lines.append(Phrase("line.assumes_partner", {}))
    evidence = (share.id, rate.id, *before.observations, *after.observations)
    yield Finding(
        RULE,
        "share_readings",
        Severity.DOUBT,
        f"cell:{'/'.join(share.cell)}",
        {"what": book.ledger.described(share), **numbers},
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
    )


def _reading_numbers(
    share: Observation,
    rate: Observation,
    turnover: tuple[Level, Level],
    values: tuple[Decimal, Decimal, Decimal],
) -> dict[str, Value]:
    before, after = turnover[0].point, turnover[1].point
    assert before is not None and after is not None and share.value is not None
    assert rate.value is not None and rate.base_period is not None
    flow_a, flow_b, other_now = values
    other_a, other_b = before - flow_a, before - flow_b
    unit, value = share.unit, share.value.scaleb(share.unit_mult)

    def amount(number: Decimal) -> Amount:
        return Amount(number, unit, scale_of([number]), 1)

    def change(now: Decimal, then: Decimal) -> Value:
        return shown_percent((now / then - 1) * HUNDRED, signed=True)

    return {
        "period": share.period,
        "base_period": rate.base_period,
        "value": printed_amount(share),
        "growth": shown_percent(rate.value.scaleb(rate.unit_mult), signed=True),
        "turnover": amount(after),
        "share_now": shown_percent(value / after * HUNDRED),
        "export_a": amount(flow_a),
        "share_a": shown_percent(flow_a / before * HUNDRED),
        "import_a": amount(other_a),
        "import_now": amount(other_now),
        "import_change_a": change(other_now, other_a),
        "share_b": shown_percent(flow_b / before * HUNDRED),
        "export_b": amount(flow_b),
        "export_change_b": change(value, flow_b),
        "import_b": amount(other_b),
        "import_change_b": change(other_now, other_b),
    }


def _merged(*levels: Level) -> list[Phrase]:
    lines: list[Phrase] = []
    for level in levels:
        lines += [line for line in level.steps if line not in lines]
    return lines
