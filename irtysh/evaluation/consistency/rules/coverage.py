"""A table that covers less of its whole in one year than in another."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.level import Level
from irtysh.evaluation.consistency.rules.sums import table_label
from irtysh.evaluation.consistency.tables import PartSum, Table
from irtysh.evaluation.consistency.values import Phrase, Value, shown_percent

RULE = "coverage"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield tables whose coverage changes by more than the threshold between known years."""
    least = book.ledger.thresholds["coverage_shift_pp"]
    for table in book.tables.all:
        known = _coverages(book, table)
        shifts = [
            (abs(_share(*later) - _share(*earlier)), earlier, later)
            for earlier, later in pairwise(known)
        ]
        large = [shift for shift in shifts if shift[0] > least and not _may_equal(*shift[1:])]
        if large:
            worst = max(large, key=lambda shift: shift[0])
            yield _finding(book, table, worst[1], worst[2])


_Covered = tuple[PartSum, Level]


def _coverages(book: Book, table: Table) -> list[_Covered]:
    found = []
    for period in table.periods:
        level = book.tables.total(table, period)
        added = table.top(period)
        if level is None or not level.point or level.interval.low <= 0:
            continue  # a share of what may be nothing says nothing
        if len(added.parts) > 1 and added.point is not None:
            found.append((added, level))
    return found


def _share(added: PartSum, level: Level) -> Decimal:
    assert added.point is not None and level.point is not None
    return added.point / level.point * HUNDRED


def _may_equal(earlier: _Covered, later: _Covered) -> bool:
    first = earlier[0].interval / earlier[1].interval
    return first.meets(later[0].interval / later[1].interval)


def _finding(book: Book, table: Table, earlier: _Covered, later: _Covered) -> Finding:
    first, last = _share(*earlier), _share(*later)
    numbers: dict[str, Value] = {
        "what": table_label(book, table),
        "from_period": earlier[0].period,
        "to_period": later[0].period,
        "from_share": shown_percent(first),
        "to_share": shown_percent(last),
        "shift": shown_percent(last - first, signed=True),
    }
    lines: list[Phrase] = []
    for added, level in (earlier, later):
        lines += level.steps
        lines.append(added.line)
        lines.append(
            Phrase(
                "line.covered",
                {
                    "period": added.period,
                    "sum": added.amount,
                    "whole": level.amount,
                    "share": shown_percent(_share(added, level)),
                },
            )
        )
    numbers |= _unlisted_growth(earlier, later, lines)
    if earlier[1].assumes_partner or later[1].assumes_partner:
        lines.append(Phrase("line.assumes_partner", {}))
    evidence = [id_ for added, level in (earlier, later) for id_ in added.observations]
    evidence += [id_ for _, level in (earlier, later) for id_ in level.observations]
    return Finding(
        RULE,
        "coverage_shift",
        Severity.DOUBT,
        table.key,
        numbers,
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
        coverage=last / HUNDRED,
    )


def _unlisted_growth(earlier: _Covered, later: _Covered, lines: list[Phrase]) -> dict[str, Value]:
    """Return the part of the whole's change that no listed group explains."""
    growth = (later[1].point or Decimal(0)) - (earlier[1].point or Decimal(0))
    listed = (later[0].point or Decimal(0)) - (earlier[0].point or Decimal(0))
    if growth <= 0:
        return {}
    unlisted = shown_percent((growth - listed) / growth * HUNDRED)
    lines.append(Phrase("line.unlisted_growth", {"unlisted": unlisted}))
    return {"unlisted": unlisted}
