"""Levels without a date, and targets without a year, beside what is known of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import (
    Ledger,
    Series,
    as_text,
    base_interval,
    base_point,
    printed_amount,
    series_of,
)
from irtysh.evaluation.consistency.level import factor, point_factor, written_level
from irtysh.evaluation.consistency.rules.rivals import all_meet
from irtysh.evaluation.consistency.statements import series_named
from irtysh.evaluation.consistency.values import (
    Amount,
    Phrase,
    Value,
    scale_of,
    shown_percent,
)
from irtysh.vocabulary.observation import Observation, Status

RULE = "undated"
HUNDRED = Decimal(100)
TIMELESS = frozenset({"LENGTH", "AREA"})


def find(book: Book) -> Findings:
    """Yield series with undated levels, undated parts of undated wholes, and undated targets."""
    ledger = book.ledger
    groups: dict[tuple[Series, str, str], list[Observation]] = defaultdict(list)
    for observation in ledger.undated:
        if observation.measure not in TIMELESS:
            key = (series_of(observation), observation.measure, observation.unit)
            groups[key].append(observation)
    for (series, measure, unit), undated in sorted(groups.items(), key=lambda item: item[0]):
        yield _levels(book, series, (measure, unit), undated)
    for row in ledger.statements("part_of_count"):
        yield from _part(book, row)
    yield from _targets(ledger, groups)


def _levels(
    book: Book, series: Series, quantity: tuple[str, str], undated: list[Observation]
) -> Finding:
    """List what is said of the thing without a date beside what is said with one."""
    ledger = book.ledger
    dated = [
        observation
        for known, by_period in ledger.levels.get(series, {}).items()
        if (known.measure, known.unit) == quantity
        for observations in by_period.values()
        for observation in observations
        if observation.period.kind.value in ("A", "P")
    ]
    said = [*undated, *dated]
    lines = [_stated(ledger, observation) for observation in said]
    implied = [line for line in (_implied_base(ledger, t) for t in _goals(ledger, series)) if line]
    lines += [line for line, _ in implied]
    evidence = [observation.id for observation in said]
    evidence += [id_ for _, ids in implied for id_ in ids]
    rivals = len(said) + len(implied)
    alike = all_meet(said) and not implied
    kind = "undated_level" if rivals == 1 else "undated_agree" if alike else "undated_rivals"
    numbers: dict[str, Value] = {
        "what": ledger.described(undated[0]),
        "printed": printed_amount(undated[0]),
        "source": ledger.source(undated[0]),
        "count": str(rivals),
    }
    points = [point for point in map(base_point, said) if point is not None]
    if len(points) > 1:
        unit = quantity[1]
        numbers["low"] = Amount(min(points), unit, scale_of([min(points)]))
        numbers["high"] = Amount(max(points), unit, scale_of([max(points)]))
    elif kind == "undated_rivals":
        kind = "undated_agree"
    return Finding(
        RULE,
        kind,
        Severity.DEFECT,
        f"{series.key}/{quantity[0]}/{quantity[1]}",
        numbers,
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
    )


def _stated(ledger: Ledger, observation: Observation) -> Phrase:
    return Phrase(
        "line.stated_for",
        {
            "amount": printed_amount(observation),
            "period": observation.period,
            "source": ledger.source(observation),
            "locator": observation.locator,
        },
    )


def _goals(ledger: Ledger, series: Series) -> list[tuple[Observation, Observation]]:
    """Return targets of a series with the planned growth that leads to them."""
    targets = {
        observation.period: observation
        for observation in ledger.targets
        if series_of(observation) == series and observation.period.is_known
    }
    return [
        (targets[rate.period], rate)
        for rate in ledger.growths.get(series, ())
        if rate.status is Status.TARGET and rate.period in targets
    ]


def _implied_base(
    ledger: Ledger, goal: tuple[Observation, Observation]
) -> tuple[Phrase, tuple[str, ...]] | None:
    """Return the present level that "fourfold to a million" implies."""
    target, rate = goal
    interval, ratio = base_interval(target), factor(rate)
    if interval is None or target.value is None or ratio.low <= 0:
        return None
    times = point_factor(rate)
    level = written_level(
        interval / ratio, target.value.scaleb(target.unit_mult) / times, target.unit
    )
    line = Phrase(
        "line.implied_base",
        {
            "target": printed_amount(target),
            "period": target.period,
            "times": shown_percent(times, digits=1),
            "result": level,
            "source": ledger.source(target),
        },
    )
    return line, (target.id, rate.id)


def _part(book: Book, row: Mapping[str, Any]) -> Findings:
    """Bound the share of an undated part in an undated whole, and compare with a dated pair."""
    (part, _), (whole, _) = series_named(row["part"]), series_named(row["whole"])
    ledger = book.ledger
    part, whole = _found(ledger, part), _found(ledger, whole)
    parts = [item for item in ledger.undated if series_of(item) == part]
    wholes = [item for item in ledger.undated if series_of(item) == whole]
    if not parts or not wholes:
        return
    one, all_ = parts[0], wholes[0]
    if one.value is None or not all_.value:
        return
    at_most = one.value / all_.value * HUNDRED
    numbers: dict[str, Value] = {
        "claim": as_text(row.get("text", "")),
        "part": printed_amount(one),
        "whole": printed_amount(all_),
        "share": shown_percent(at_most),
    }
    lines = [Phrase("line.count_share", dict(numbers) | {"period": one.period})]
    evidence = [one.id, all_.id]
    for known, by_period in ledger.levels.get(part, {}).items():
        for period, observations in by_period.items():
            others = ledger.levels.get(whole, {}).get(known, {}).get(period, [])
            if others and observations[0].value is not None and others[0].value:
                share = observations[0].value / others[0].value * HUNDRED
                numbers["dated_share"] = shown_percent(share)
                blanks: dict[str, Value] = {
                    "part": printed_amount(observations[0]),
                    "whole": printed_amount(others[0]),
                    "period": period,
                    "share": numbers["dated_share"],
                }
                lines.append(Phrase("line.count_share", blanks))
                evidence += [observations[0].id, others[0].id]
    yield Finding(
        RULE,
        "undated_part",
        Severity.DEFECT,
        f"statement:{row['id']}",
        numbers,
        tuple(lines),
        tuple(evidence),
        (str(row["id"]),),
    )


def _found(ledger: Ledger, series: Series) -> Series:
    """Return the series as filed: a statement need not name the classification."""
    for observation in ledger.undated:
        filed = series_of(observation)
        if filed._replace(classification=series.classification) == series:
            return filed
    return series


def _targets(
    ledger: Ledger, groups: Mapping[tuple[Series, str, str], list[Observation]]
) -> Findings:
    """Find plans without a year, and say how far they are from the present level."""
    for target in ledger.targets:
        if target.period.is_known:
            continue
        key = (series_of(target), target.measure, target.unit)
        numbers: dict[str, Value] = {
            "what": ledger.described(target),
            "target": printed_amount(target),
            "source": ledger.source(target),
        }
        lines: list[Phrase] = []
        evidence = [target.id]
        present = groups.get(key, [])
        if present and present[0].value and target.value is not None:
            now = present[0]
            assert now.value is not None
            times = target.value.scaleb(target.unit_mult) / now.value.scaleb(now.unit_mult)
            numbers["times"] = shown_percent(times, digits=1)
            numbers["growth"] = shown_percent((times - 1) * HUNDRED, signed=True, digits=0)
            blanks = {
                "target": printed_amount(target),
                "now": printed_amount(now),
                "times": numbers["times"],
                "growth": numbers["growth"],
            }
            lines.append(Phrase("line.target_times", blanks))
            evidence.append(now.id)
        statements = _whole_of_target(ledger, target, numbers, lines, evidence)
        yield Finding(
            RULE,
            "target_without_year",
            Severity.DEFECT,
            f"observation:{target.id}",
            numbers,
            tuple(lines),
            tuple(dict.fromkeys(evidence)),
            statements,
        )


def _whole_of_target(
    ledger: Ledger,
    target: Observation,
    numbers: dict[str, Value],
    lines: list[Phrase],
    evidence: list[str],
) -> tuple[str, ...]:
    """Put a target beside the whole that a statement names for it."""
    for row in ledger.statements("target_without_period"):
        series, _ = series_named(row["series"])
        if series != series_of(target):
            continue
        whole, quantity = series_named(row.get("whole") or {})
        for observations in ledger.levels.get(whole, {}).get(quantity, {}).values():
            known = observations[0]
            if known.value is None or target.value is None:
                continue
            numbers["whole"] = printed_amount(known)
            blanks: dict[str, Value] = {
                "target": printed_amount(target),
                "whole": printed_amount(known),
                "period": known.period,
                "what": ledger.described(known),
            }
            lines.append(Phrase("line.target_whole", blanks))
            evidence.append(known.id)
        return (str(row["id"]),)
    return ()
