"""What a table leaves out, and what "explains" a change."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import as_text, printed_amount
from irtysh.evaluation.consistency.rules.sums import table_label
from irtysh.evaluation.consistency.statements import period_of
from irtysh.evaluation.consistency.tables import Table
from irtysh.evaluation.consistency.values import (
    Amount,
    Listed,
    Phrase,
    Value,
    scale_of,
    shown_percent,
)
from irtysh.vocabulary.period import Period

RULE = "composition"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield tables without some sections, and explanations that contributions do not bear out."""
    for table in book.tables.all:
        if table.series.classification == "HS_SECTION":
            yield from _sections(book, table)
    for row in book.ledger.statements("explained_by"):
        yield from _explained(book, row)


def _sections(book: Book, table: Table) -> Findings:
    """Name the sections that no period lists, unless the listed ones make up the whole."""
    listed = {code for cells in table.cells.values() for code in cells}
    missing = [code for code in names.sections() if code not in listed]
    if not missing or len(listed) < 2:
        return
    for period in table.periods:
        total = book.tables.total(table, period)
        if total is not None and table.top(period).interval.meets(total.interval):
            return
    goods = tuple(names.commodity("HS_SECTION", code) for code in missing)
    yield Finding(
        RULE,
        "sections_missing",
        Severity.NOTE,
        table.key,
        {
            "what": table_label(book, table),
            "listed": str(len(listed)),
            "all": str(len(names.sections())),
            "missing": str(len(missing)),
            "names": Listed(goods, "; "),
        },
        (),
        tuple(cell.id for cells in table.cells.values() for cell in cells.values()),
    )


def _explained(book: Book, row: Mapping[str, Any]) -> Findings:
    """Work out what the named groups contributed to the change they are said to explain."""
    stated = [period_of(code) for code in row.get("table_periods") or ()]
    wanted = (
        stated if len(stated) == 2 else [period_of(row.get(k)) for k in ("base_period", "period")]
    )
    for table in book.tables.all:
        if table.series.dataflow != row.get("dataset"):
            continue
        pair = _nearest(table, wanted[0], wanted[1])
        groups = [str(code) for code in row.get("groups", [])]
        if pair is None or not set(groups) <= set(table.common(*pair)):
            continue
        yield from _contribution(book, row, table, pair, groups)


def _nearest(table: Table, base: Period, end: Period) -> tuple[Period, Period] | None:
    """Return the last listed period not after the base and the first not before the end."""
    if base.start is None or end.start is None:
        return None
    before = [p for p in table.periods if p.start is not None and p.start <= base.start]
    after = [p for p in table.periods if p.start is not None and p.start >= end.start]
    return (before[-1], after[0]) if before and after else None


def _contribution(
    book: Book,
    row: Mapping[str, Any],
    table: Table,
    pair: tuple[Period, Period],
    groups: list[str],
) -> Findings:
    first, last = pair
    before, after = (table.sum(period, tuple(groups)) for period in pair)
    all_before, all_after = (table.sum(period, table.common(*pair)) for period in pair)
    points = (before.point, after.point, all_before.point, all_after.point)
    if any(point is None for point in points):
        return
    change = (after.point or Decimal(0)) - (before.point or Decimal(0))
    table_change = (all_after.point or Decimal(0)) - (all_before.point or Decimal(0))
    if table_change <= 0:
        return
    share = change / table_change * HUNDRED
    lines, opposite = _group_lines(table, pair, groups)
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "base_period": first,
        "period": last,
        "groups": Listed(
            tuple(names.commodity(table.series.classification, code) for code in groups), "; "
        ),
        "change": _signed(change, table),
        "table_change": _signed(table_change, table),
        "share": shown_percent(share),
        "opposite": Phrase("part.opposite", {"names": Listed(opposite, "; ")}) if opposite else "",
    }
    keys = ("change", "table_change", "share")
    lines.append(Phrase("line.contribution", {key: numbers[key] for key in keys}))
    evidence = [*before.observations, *after.observations]
    whole = _whole_change(book, table, pair, change)
    least_share = share
    if whole is not None:
        whole_change, whole_share, steps, used = whole
        numbers["whole_change"], numbers["whole_share"] = whole_change, shown_percent(whole_share)
        keys = ("change", "whole_change", "whole_share")
        lines += [*steps, Phrase("line.contribution_whole", {key: numbers[key] for key in keys})]
        evidence += used
        least_share = min(share, whole_share)
    if least_share >= book.ledger.thresholds["explains_percent"]:
        return
    yield Finding(
        RULE,
        "explanation_weak" if whole is None else "explanation_weak_of_whole",
        Severity.DOUBT,
        f"statement:{row['id']}",
        numbers,
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
        (str(row["id"]),),
    )


def _group_lines(
    table: Table, pair: tuple[Period, Period], groups: list[str]
) -> tuple[list[Phrase], tuple[Value, ...]]:
    """Return each group's change, and the groups that fell although they are to explain growth."""
    lines: list[Phrase] = []
    opposite: list[Value] = []
    for code in groups:
        a, b = (table.cells[period][code] for period in pair)
        if not a.value or b.value is None:
            continue
        percent = (b.value.scaleb(b.unit_mult) / a.value.scaleb(a.unit_mult) - 1) * HUNDRED
        name = names.commodity(table.series.classification, code)
        change = shown_percent(percent, signed=True)
        blanks: dict[str, Value] = {
            "name": name,
            "earlier": printed_amount(a),
            "later": printed_amount(b),
            "change": change,
        }
        lines.append(Phrase("line.named_group_change", blanks))
        if percent < 0:
            opposite.append(Phrase("word.named_change", {"name": name, "change": change}))
    return lines, tuple(opposite)


def _whole_change(
    book: Book, table: Table, pair: tuple[Period, Period], change: Decimal
) -> tuple[Amount, Decimal, tuple[Phrase, ...], tuple[str, ...]] | None:
    start, end = (book.tables.total(table, period) for period in pair)
    if start is None or end is None or start.point is None or end.point is None:
        return None
    whole = end.point - start.point
    if whole <= 0:
        return None
    steps = tuple(dict.fromkeys((*start.steps, *end.steps)))
    evidence = (*start.observations, *end.observations)
    return _signed(whole, table), change / whole * HUNDRED, steps, evidence


def _signed(value: Decimal, table: Table) -> Amount:
    return Amount(value, table.quantity.unit, scale_of([value]), 1, signed=True)
