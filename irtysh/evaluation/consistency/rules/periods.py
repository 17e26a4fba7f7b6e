"""Figures without a period or a base: which of the known years could be meant, if any."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import Series, base_interval, printed_amount, series_of
from irtysh.evaluation.consistency.level import digits, percent
from irtysh.evaluation.consistency.tables import Table
from irtysh.evaluation.consistency.values import Listed, Phrase, Value, shown_percent
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

RULE = "periods"
HUNDRED = Decimal(100)
NO_FLOW = "_Z"
"""What is no flow (a price level) may have no amount that a rate could be turned into."""


def find(book: Book) -> Findings:
    """Yield undated shares and rates, each tested against every year of the fitting tables."""
    yield from _shares(book)
    for series in sorted(book.ledger.growths):
        for rate in book.ledger.growths[series]:
            based = rate.base_period is not None and rate.base_period.is_known
            if rate.status.value == "TARGET":
                continue
            if not rate.period.is_known:
                yield _undated_rate(book, series, rate)
            elif not based:
                yield _rate(book, rate, "rate_without_base", Severity.DEFECT, {}, ())
            elif rate.flow != NO_FLOW and not _levels_near(book, series, rate):
                yield _rate(book, rate, "rate_without_level", Severity.DOUBT, {}, ())


def _rate(
    book: Book,
    rate: Observation,
    kind: str,
    severity: Severity,
    numbers: dict[str, Value],
    lines: tuple[Phrase, ...],
    evidence: tuple[str, ...] = (),
) -> Finding:
    known: dict[str, Value] = {
        "what": book.ledger.described(rate),
        "period": rate.period,
        "printed": shown_percent(percent(rate), signed=True, digits=digits(rate)),
        "source": book.ledger.source(rate),
        "locator": rate.locator,
    }
    subject = f"observation:{rate.id}"
    ids = (rate.id, *evidence)
    return Finding(RULE, kind, severity, subject, known | numbers, lines, ids)


def _levels_near(book: Book, series: Series, rate: Observation) -> bool:
    """True if an amount is known, for this series, in either of the rate's periods."""
    candidates = [series]
    if series.counterpart_area == "_U":
        candidates = [
            other for other in book.ledger.levels if other._replace(counterpart_area="_U") == series
        ]
    return any(
        period in book.levels.of(candidate, quantity)
        for candidate in candidates
        for quantity in book.ledger.levels.get(candidate, {})
        for period in (rate.period, rate.base_period)
        if period is not None
    )


def _shares(book: Book) -> Findings:
    """Test undated shares of one source together: a year must fit every one of them."""
    groups: dict[tuple[Series, str, str], list[Observation]] = defaultdict(list)
    for series, shares in book.ledger.shares.items():
        for share in shares:
            if not share.period.is_known and share.status.value != "TARGET":
                head = series._replace(commodity="" if not series.is_total else series.commodity)
                groups[head, share.share_of, share.source].append(share)
    for (head, share_of, _), shares in sorted(groups.items(), key=str):
        yield _undated_shares(book, head, share_of, shares)


def _undated_shares(book: Book, head: Series, share_of: str, shares: list[Observation]) -> Finding:
    lines: list[Phrase] = []
    evidence: list[str] = []
    fitting: list[Period] = []
    tested: list[Period] = []
    numbers: dict[str, Value] = {}
    if share_of == "COMMODITY:_T":
        for table in book.tables.all:
            if table.series[1:4] != head[1:4]:
                continue
            for period in table.periods:
                row = _shares_in(book, table, period, shares)
                if row is None:
                    continue
                tested.append(period)
                fits, values, line, used = row
                lines += line
                evidence += used
                numbers |= values
                if fits:
                    fitting.append(period)
    printed = [printed_amount(share) for share in shares]
    kind = "undated_share"
    if tested:
        kind = "undated_shares_fit" if fitting else "undated_shares_fit_no_year"
        numbers["tested"] = Listed(tuple(tested))
        numbers["fitting"] = Listed(tuple(fitting))
    said = sorted(share.value for share in shares if share.value)
    if len(said) == 2 and said[0] > 0:
        ratio = said[1] / said[0]
        numbers["ratio"] = shown_percent(ratio, digits=2)
    return Finding(
        RULE,
        kind,
        Severity.DEFECT,
        f"undated:{'/'.join((*head, share_of))}/{shares[0].source}",
        {
            "what": names.whole_of(shares[0], book.ledger.datasets),
            "printed": Listed(
                tuple(
                    Phrase("word.named_amount", {"name": _goods(share), "amount": amount})
                    for share, amount in zip(shares, printed, strict=True)
                )
            ),
            **numbers,
        },
        tuple(dict.fromkeys(lines)),
        tuple(dict.fromkeys([*(share.id for share in shares), *evidence])),
    )


_Row = tuple[bool, dict[str, Value], list[Phrase], list[str]]


def _shares_in(book: Book, table: Table, period: Period, shares: list[Observation]) -> _Row | None:
    """Return whether the shares fit a year, either of the table's sum or of the known total."""
    cells = [_cell_for(table, period, share) for share in shares]
    if not all(cells):
        return None
    added = table.top(period)
    if added.interval.low <= 0:
        return None
    total = book.tables.total(table, period)
    wholes = [("table", added.interval, added.amount.value, added.amount)]
    if total is not None and total.point is not None and total.interval.low > 0:
        wholes.append(("total", total.interval, total.point, total.amount))
    numbers: dict[str, Value] = {}
    lines: list[Phrase] = []
    fits = False
    for kind, interval, point, amount in wholes:
        assert isinstance(point, Decimal)
        ratios: list[Value] = []
        inside = []
        for cell, share in zip(cells, shares, strict=True):
            assert cell is not None and cell.value is not None
            own, said = base_interval(cell), base_interval(share)
            assert own is not None and said is not None
            inside.append((own / interval).scaled(HUNDRED).meets(said))
            ratio = cell.value.scaleb(cell.unit_mult) / point * HUNDRED
            ratios.append(shown_percent(ratio))
            numbers[f"{kind}_{period.code}_{share.commodity}"] = shown_percent(ratio)
        fits = fits or all(inside)
        blanks: dict[str, Value] = {
            "period": period,
            "whole": amount,
            "shares": Listed(tuple(ratios), " / "),
        }
        lines.append(Phrase(f"line.shares_of_{kind}", blanks))
    return fits, numbers, lines, list(added.observations)


def _undated_rate(book: Book, series: Series, rate: Observation) -> Finding:
    """Put an undated rate beside the table's own changes of the group it speaks of."""
    changes = _table_changes(book, series, rate)
    if not changes:
        return _rate(book, rate, "undated_rate", Severity.DEFECT, {}, ())
    printed = percent(rate)
    near = book.ledger.thresholds["near_fit_pp"]
    adjacent = [change for change in changes if change.adjacent]
    falling = printed < 0
    extreme = (min if falling else max)(adjacent, key=lambda change: change.percent)
    closest = min(changes, key=lambda change: abs(change.percent - printed))
    gap = abs(closest.percent - printed)
    numbers: dict[str, Value] = {
        "group": names.commodity(closest.table.series.classification, closest.group),
        "extreme": shown_percent(extreme.percent, signed=True),
        "extreme_from": extreme.base_period,
        "extreme_to": extreme.period,
        "closest": shown_percent(closest.percent, signed=True),
        "closest_from": closest.base_period,
        "closest_to": closest.period,
        "gap": shown_percent(gap),
    }
    lines = [change.line for change in changes if change.adjacent]
    lines += [change.line for change in (extreme, closest) if not change.adjacent]
    kind = "undated_rate_near" if gap <= near else "undated_rate_fits_nothing"
    evidence = tuple(dict.fromkeys(id_ for change in changes for id_ in change.observations))
    return _rate(book, rate, kind, Severity.DEFECT, numbers, tuple(lines), evidence)


class _Change:
    """The change of one group between two periods of a table."""

    def __init__(
        self, table: Table, group: str, pair: tuple[Period, Period], *, adjacent: bool
    ) -> None:
        self.table, self.group, self.adjacent = table, group, adjacent
        self.base_period, self.period = pair
        first, last = (table.cells[period][group] for period in pair)
        assert first.value is not None and last.value is not None
        start = first.value.scaleb(first.unit_mult)
        self.percent = (last.value.scaleb(last.unit_mult) / start - 1) * HUNDRED
        self.observations = (first.id, last.id)
        self.line = Phrase(
            "line.group_change",
            {
                "base_period": self.base_period,
                "period": self.period,
                "earlier": printed_amount(first),
                "later": printed_amount(last),
                "change": shown_percent(self.percent, signed=True),
            },
        )


def _table_changes(book: Book, series: Series, rate: Observation) -> list[_Change]:
    """Return the changes of the rate's group, of any flow: the table may be of turnover."""
    found = []
    for table in book.tables.all:
        if table.series[1:3] != series[1:3]:
            continue
        for index, earlier in enumerate(table.periods):
            for later in table.periods[index + 1 :]:
                if earlier.kind is not later.kind:
                    continue
                group = _group_for(table, (earlier, later), rate)
                if group:
                    adjacent = (earlier, later) in table.steps
                    found.append(_Change(table, group, (earlier, later), adjacent=adjacent))
    return found


def _group_for(table: Table, pair: tuple[Period, Period], rate: Observation) -> str | None:
    codes = [rate.commodity, *names.ancestors(rate.classification, rate.commodity)]
    for code in codes:
        if all(code in table.cells[period] for period in pair) and table.cells[pair[0]][code].value:
            return code
    return None


def _cell_for(table: Table, period: Period, share: Observation) -> Observation | None:
    codes = [share.commodity, *names.ancestors(share.classification, share.commodity)]
    return next((table.cells[period][c] for c in codes if c in table.cells[period]), None)


def _goods(share: Observation) -> Value:
    if series_of(share).is_total:
        return names.named("areas", share.counterpart_area)
    return names.commodity(share.classification, share.commodity)
