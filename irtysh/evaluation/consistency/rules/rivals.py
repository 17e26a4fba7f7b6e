"""The same cell with several values: compatible by rounding and words, or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import Ledger, base_interval, printed_amount, understood
from irtysh.evaluation.consistency.values import Amount, Phrase, Value, shown_percent
from irtysh.vocabulary.observation import Observation

RULE = "rivals"
HUNDRED = Decimal(100)


def find(book: Book) -> Findings:
    """Yield cells whose values are heard as different numbers, dated and same-named alike.

    Two values that no single number satisfies are a contradiction.  Two that one number can
    satisfy, but that a reader hears as different ("more than 380" beside 402.1), are a note.
    Values that differ only by rounding are silent.
    """
    cells: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in book.ledger.observations:
        if observation.value is not None and observation.period.is_known:
            cells[observation.cell].append(observation)
    for cell, rivals in cells.items():
        if len(rivals) > 1:
            yield from _cell(book.ledger, cell, rivals)
    yield from _same_number(book.ledger)


def _cell(ledger: Ledger, cell: tuple[str, ...], rivals: Sequence[Observation]) -> Findings:
    apart = _heard_apart(rivals)
    if apart is None:
        return
    low, high = apart
    first, second = base_interval(low), base_interval(high)
    assert first is not None and second is not None
    disjoint = not all_meet(rivals)
    a, b = _number(low), _number(high)
    gap = abs(b - a)
    numbers: dict[str, Value] = {
        "what": ledger.described(low),
        "period": low.period,
        "low": printed_amount(low),
        "high": printed_amount(high),
        "low_source": ledger.source(low),
        "high_source": ledger.source(high),
        "gap": Amount(gap, low.unit, max(low.unit_mult, high.unit_mult), 1),
    }
    if b:
        numbers["gap_share"] = shown_percent(gap / abs(b) * HUNDRED)
    lines = [
        Phrase(
            "line.stated",
            {
                "amount": printed_amount(rival),
                "source": ledger.source(rival),
                "locator": rival.locator,
            },
        )
        for rival in rivals
    ]
    if b and low.unit != "PC":
        keys = ("high", "low", "gap", "gap_share")
        lines.append(Phrase("line.gap", {key: numbers[key] for key in keys}))
    severity = Severity.CONTRADICTION if disjoint else Severity.NOTE
    if disjoint and len({rival.definition for rival in (low, high)}) > 1:
        severity = Severity.DOUBT
    yield Finding(
        RULE,
        "rivals_apart" if disjoint else "rivals_compatible",
        severity,
        f"cell:{'/'.join(cell)}",
        numbers,
        tuple(lines),
        tuple(dict.fromkeys(rival.id for rival in rivals)),
    )


def all_meet(rivals: Iterable[Observation]) -> bool:
    """Return True if one number satisfies all of them (intervals on a line: pairwise is enough)."""
    intervals = [base_interval(rival) for rival in rivals]
    known = [interval for interval in intervals if interval is not None]
    if not known:
        return True
    highest = max(known, key=lambda interval: (interval.low, interval.low_open))
    lowest = min(known, key=lambda interval: (interval.high, not interval.high_open))
    return highest.meets(lowest)


def _heard_apart(rivals: Sequence[Observation]) -> tuple[Observation, Observation] | None:
    """Return the lowest and the highest of the values that are heard as different numbers."""
    ordered = sorted(rivals, key=lambda rival: (_number(rival), rival.id))
    low, high = ordered[0], ordered[-1]
    first, second = understood(low), understood(high)
    if first is None or second is None or first.meets(second):
        return None
    return low, high


def _number(observation: Observation) -> Decimal:
    """Return the printed number in the unit itself, its words of comparison left out."""
    assert observation.value is not None
    return observation.value.scaleb(observation.unit_mult)


def _same_number(ledger: Ledger) -> Findings:
    """Yield a number that two sources give to different periods of one series."""
    groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for observation in ledger.observations:
        if observation.value is None or observation.measure not in ("VALUE", "WEIGHT", "GROWTH"):
            continue
        if len(observation.value.as_tuple().digits) < 3:
            continue  # a short number meets itself by chance
        key = (*observation.series[:7], _number(observation), observation.qualifier)
        groups[key].append(observation)
    for found in groups.values():
        periods = {observation.period for observation in found}
        sources = {observation.source for observation in found}
        if len(periods) < 2 or len(sources) < 2:
            continue
        by_source = {observation.source: observation for observation in found}
        lines = [
            Phrase(
                "line.stated_for",
                {
                    "amount": printed_amount(rival),
                    "period": rival.period,
                    "source": ledger.source(rival),
                    "locator": rival.locator,
                },
            )
            for rival in by_source.values()
        ]
        yield Finding(
            RULE,
            "same_number_two_periods",
            Severity.DOUBT,
            f"number:{'/'.join(found[0].series[:7])}/{_number(found[0]).normalize():f}",
            {
                "what": ledger.described(found[0]),
                "number": printed_amount(found[0]),
                "count": str(len(periods)),
            },
            tuple(lines),
            tuple(dict.fromkeys(observation.id for observation in found)),
        )
