"""Slips of the hand in a table: cells that repeat, changes unlike all others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from statistics import median

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import base_interval, printed_amount
from irtysh.evaluation.consistency.rules.sums import table_label
from irtysh.evaluation.consistency.tables import Table
from irtysh.evaluation.consistency.values import Listed, Phrase, Value, shown_percent
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

RULE = "repeats"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield tables with more equal cells than chance gives, and outlying changes of groups."""
    for table in book.tables.all:
        yield from _repeated(book, table)
        for step in table.steps:
            yield from _outliers(book, table, step)


def _repeated(book: Book, table: Table) -> Findings:
    """Compare equal cells – of one year, or of one group in neighbouring years – with chance.

    Two numbers printed to a step s near v, spread evenly on a logarithmic scale from a to b, are
    equal with a chance of about s / (v · ln(b/a)); the expected count is the sum of that over
    the pairs looked at.  Neighbouring years of one group are close anyway: b/a is taken as e.
    """
    pairs: list[tuple[Observation, Observation]] = []
    expected = Decimal(0)
    for period in table.periods:
        cells = [table.cells[period][code] for code in table.cells[period]]
        pairs += _equal(cells)
        expected += sum(map(_chance, cells), Decimal(0)) * (len(cells) - 1) / 2 / _spread(cells)
    for earlier, later in table.steps:
        for code in table.cells[earlier]:
            if code in table.cells[later]:
                pair = table.cells[earlier][code], table.cells[later][code]
                pairs += _equal(pair)
                expected += _chance(pair[0])
    ratio = book.ledger.thresholds["repeated_ratio"]
    if len(pairs) < 2 or len(pairs) < ratio * expected:
        return
    lines = [
        Phrase(
            "line.same_cell",
            {
                "amount": printed_amount(a),
                "first": _place(a),
                "second": _place(b),
            },
        )
        for a, b in pairs
    ]
    repeated = Listed(tuple(dict.fromkeys(printed_amount(a) for a, _ in pairs)), "; ")
    yield Finding(
        RULE,
        "cells_repeated",
        Severity.DOUBT,
        table.key,
        {
            "what": table_label(book, table),
            "count": str(len(pairs)),
            "expected": shown_percent(expected),
            "repeated": repeated,
        },
        tuple(lines),
        tuple(dict.fromkeys(item.id for pair in pairs for item in pair)),
    )


def _equal(cells: Iterable[Observation]) -> list[tuple[Observation, Observation]]:
    """Return neighbouring pairs among cells with one printed number, zeros left out."""
    groups: dict[Decimal, list[Observation]] = defaultdict(list)
    for cell in cells:
        if cell.value:
            groups[cell.value.scaleb(cell.unit_mult)].append(cell)
    return [pair for group in groups.values() for pair in pairwise(group)]


def _spread(cells: list[Observation]) -> Decimal:
    """Return ln(b/a) of the cells' range; at least 1, so that a flat column is not all alike."""
    sizes = [abs(cell.value.scaleb(cell.unit_mult)) for cell in cells if cell.value]
    return max(Decimal(1), (max(sizes) / min(sizes)).ln()) if sizes else Decimal(1)


def _chance(cell: Observation) -> Decimal:
    interval = base_interval(cell)
    if interval is None or not cell.value or not interval.is_bounded:
        return Decimal(0)
    return min(Decimal(1), interval.width / abs(cell.value.scaleb(cell.unit_mult)))


def _place(cell: Observation) -> Phrase:
    goods = names.commodity(cell.classification, cell.commodity)
    return Phrase("word.cell", {"name": goods, "period": cell.period})


def _outliers(book: Book, table: Table, step: tuple[Period, Period]) -> Findings:
    """Find groups whose change lies far from the others' by the median absolute deviation.

    The modified z-score of Iglewicz & Hoaglin (1993): 0.6745 · (x − median) / MAD, on the
    logarithm of the growth factor.
    """
    earlier, later = step
    logs: dict[str, float] = {}
    for code in table.common(earlier, later):
        first, last = table.cells[earlier][code].value, table.cells[later][code].value
        if first and last and first > 0 and last > 0:
            a, b = table.cells[earlier][code], table.cells[later][code]
            ratio = float(last.scaleb(b.unit_mult)) / float(first.scaleb(a.unit_mult))
            logs[code] = math.log(ratio)
    if len(logs) < book.ledger.thresholds["outlier_least_groups"]:
        return
    middle = median(logs.values())
    spread = median(abs(value - middle) for value in logs.values())
    if spread == 0:
        return
    limit = float(book.ledger.thresholds["outlier_z"])
    for code, value in logs.items():
        if abs(0.6745 * (value - middle) / spread) > limit:
            yield _outlier(book, table, code, step, Decimal(str(middle)).exp())


def _outlier(
    book: Book, table: Table, code: str, step: tuple[Period, Period], middle: Decimal
) -> Finding:
    change, line = _changed(table, code, step)
    numbers: dict[str, Value] = {
        "what": table_label(book, table),
        "group": names.commodity(table.series.classification, code),
        "base_period": step[0],
        "period": step[1],
        "change": change,
        "middle": shown_percent((middle - 1) * HUNDRED, signed=True),
    }
    lines = [line, Phrase("line.middle_change", {"middle": numbers["middle"]})]
    evidence = [table.cells[period][code].id for period in step]
    kind = "change_outlies"
    following = [pair for pair in table.steps if pair[0] == step[1]]
    if following and code in table.cells[following[0][1]]:
        numbers["next_change"], line = _changed(table, code, following[0])
        numbers["next_period"] = following[0][1]
        lines.append(line)
        evidence.append(table.cells[following[0][1]][code].id)
        kind = "change_outlies_and_returns"
    return Finding(
        RULE,
        kind,
        Severity.DOUBT,
        f"{table.key}/{code}/{step[1].code}",
        numbers,
        tuple(lines),
        tuple(evidence),
    )


def _changed(table: Table, code: str, step: tuple[Period, Period]) -> tuple[Value, Phrase]:
    first, last = (table.cells[period][code] for period in step)
    assert first.value is not None and last.value is not None
    ratio = last.value.scaleb(last.unit_mult) / first.value.scaleb(first.unit_mult)
    change = shown_percent((ratio - 1) * HUNDRED, signed=True)
    blanks: dict[str, Value] = {
        "base_period": step[0],
        "period": step[1],
        "earlier": printed_amount(first),
        "later": printed_amount(last),
        "change": change,
    }
    return change, Phrase("line.group_change", blanks)
