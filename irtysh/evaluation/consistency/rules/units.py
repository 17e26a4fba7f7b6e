"""Units that do not fit the measure, and dimensions that the source leaves unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.consistency import names
from irtysh.evaluation.consistency.book import Book, Findings
from irtysh.evaluation.consistency.finding import Finding, Severity
from irtysh.evaluation.consistency.ledger import (
    Quantity,
    Series,
    as_text,
    printed_amount,
    series_of,
)
from irtysh.evaluation.consistency.level import is_whole_growth
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
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import Text

RULE = "units"
UNSAID = "_U"
HUNDRED = Decimal(100)

_KINDS: Mapping[str, frozenset[str]] = {
    "VALUE": frozenset({"money"}),
    "WEIGHT": frozenset({"mass"}),
    "COUNT": frozenset({"count"}),
    "GROWTH": frozenset({"relative"}),
    "SHARE": frozenset({"relative"}),
    "LENGTH": frozenset({"length"}),
    "AREA": frozenset({"area"}),
}
_DIMENSIONS = ("counterpart_area", "flow", "commodity", "share_of", "unit")


def find(book: Book) -> Findings:
    """Yield unit faults, unsaid dimensions, and tables whose flow the source names twice."""
    for observation in book.ledger.observations:
        if observation.value is None:
            continue
        yield from _unit(book, observation)
        yield from _unsaid(book, observation)
    for row in book.ledger.statements("flow_label"):
        yield from _flow_label(book, row)
    for row in book.ledger.statements("scope"):
        yield _scope(book, row)
    for row in book.ledger.statements("definition_differs"):
        yield from _definition(book, row)


def _unit(book: Book, observation: Observation) -> Findings:
    wanted = _KINDS.get(observation.measure)
    unit = names.code_of("units", observation.unit)
    if wanted is None or unit is None or unit.code == UNSAID:
        return
    if unit.extra.get("kind") in wanted:
        return
    yield Finding(
        RULE,
        "unit_fault",
        Severity.DEFECT,
        f"cell:{'/'.join(observation.cell)}",
        {
            "what": book.ledger.described(observation),
            "period": observation.period,
            "printed": printed_amount(observation),
            "measure": names.named("measures", observation.measure),
            "unit": unit.name,
        },
        (),
        (observation.id,),
    )


def _unsaid(book: Book, observation: Observation) -> Findings:
    """Say which dimension the source leaves open, and what hangs on it."""
    open_ = [name for name in _DIMENSIONS if getattr(observation, name) == UNSAID]
    if not open_:
        return
    lines: list[Phrase] = []
    evidence = [observation.id]
    for series, measure in _readings(book, observation):
        for level in book.levels.of(series, measure).get(observation.period, ()):
            if observation.id in level.observations and level.point is not None:
                lines.append(
                    Phrase(
                        "line.hangs_on",
                        {
                            "partner": names.named("areas", series.counterpart_area),
                            "level": level.amount,
                            "period": level.period,
                        },
                    )
                )
                evidence += level.observations
                break
    yield Finding(
        RULE,
        "unsaid",
        Severity.DEFECT,
        f"observation:{observation.id}",
        {
            "what": book.ledger.described(observation),
            "period": observation.period,
            "printed": printed_amount(observation),
            "missing": Listed(tuple(Phrase(f"dimension.{name}", {}) for name in open_)),
        },
        tuple(lines),
        tuple(dict.fromkeys(evidence)),
    )


def _readings(book: Book, observation: Observation) -> list[tuple[Series, Quantity]]:
    """Return the series a growth rate without a partner may speak of: those known in its base."""
    if observation.counterpart_area != UNSAID or not is_whole_growth(observation):
        return []
    own = series_of(observation)
    found = []
    for series, quantities in sorted(book.ledger.levels.items()):
        if series._replace(counterpart_area=UNSAID) != own:
            continue
        if book.ledger.sides and series.counterpart_area not in book.ledger.sides:
            continue  # the pair of the case is meant, if any
        found += [
            (series, quantity)
            for quantity, by_period in sorted(quantities.items(), key=str)
            if observation.base_period in by_period
        ]
    return found


def _flow_label(book: Book, row: Mapping[str, Any]) -> Findings:
    """Compare a table's sum with every flow that the source says it shows."""
    compared = row.get("compare_with") or {}
    period = period_of(compared.get("period"))
    for table in book.tables.all:
        if not _is_the_table(table, row) or period not in table.cells:
            continue
        added = table.top(period)
        assert isinstance(added.amount.value, Decimal)
        numbers: dict[str, Value] = {
            "claim": as_text(row.get("text", "")),
            "period": period,
            "sum": added.amount,
            "flows": Listed(
                tuple(names.named("flows", str(flow)) for flow in row.get("stated", [])), " / "
            ),
        }
        lines, evidence, fits = [added.line], list(added.observations), []
        for flow in row.get("stated", []):
            series = Series(
                str(compared.get("dataflow", table.series.dataflow)),
                table.series.ref_area,
                table.series.counterpart_area,
                str(flow),
                "_Z",
                "_T",
            )
            level = book.levels.best(series, table.quantity, period)
            if level is None or level.point is None:
                continue
            gap = added.amount.value - level.point
            numbers[f"gap_{flow}"] = Amount(
                gap, table.quantity.unit, scale_of([gap]), 1, signed=True
            )
            blanks: dict[str, Value] = {
                "flow": names.named("flows", str(flow)),
                "level": level.amount,
                "sum": added.amount,
                "gap": numbers[f"gap_{flow}"],
                "share": shown_percent(gap / level.point * HUNDRED, signed=True),
            }
            lines += [*level.steps, Phrase("line.flow_gap", blanks)]
            evidence += level.observations
            fits.append(added.interval.meets(level.interval))
        if sum(fits) == 1:
            return
        yield Finding(
            RULE,
            "flow_unclear",
            Severity.DEFECT,
            f"statement:{row['id']}",
            numbers,
            tuple(lines),
            tuple(dict.fromkeys(evidence)),
            (str(row["id"]),),
        )


def _is_the_table(table: Table, row: Mapping[str, Any]) -> bool:
    return (
        table.series.dataflow == row.get("dataset")
        and table.source == row.get("source", table.source)
        and table.series.classification == row.get("classification", table.series.classification)
    )


def _scope(book: Book, row: Mapping[str, Any]) -> Finding:
    """Show a figure that the source words for one scope and uses for another."""
    stated, context = row.get("stated") or {}, row.get("context") or {}
    named = dict(row.get("observation") or {})
    found = [
        observation.id for observation in book.ledger.observations if observation.matches(named)
    ]
    return Finding(
        RULE,
        "scope_unclear",
        Severity.DEFECT,
        f"statement:{row['id']}",
        {
            "claim": as_text(row.get("text", "")),
            "stated": _scope_words(stated),
            "context": _scope_words(context),
        },
        (),
        tuple(found),
        (str(row["id"]),),
    )


def _scope_words(scope: Mapping[str, Any]) -> Text:
    named = [str(scope.get(name) or UNSAID) for name in ("ref_area", "counterpart_area")]
    areas = [area for area in named if area != UNSAID]
    pair = names.joined([names.named("areas", area) for area in areas], " – ")
    return names.joined([pair, names.named("flows", str(scope.get("flow", "_U")))], ": ")


def _definition(book: Book, row: Mapping[str, Any]) -> Findings:
    """Find one number that two sources give to differently defined groups."""
    one = _observed(book, row.get("observation") or {})
    other = _observed(book, row.get("other") or {})
    pairs = [
        (a, b)
        for a in one
        for b in other
        if a.base_interval and b.base_interval and a.base_interval.meets(b.base_interval)
    ]
    if not pairs:
        return
    a, b = pairs[0]
    yield Finding(
        RULE,
        "definitions_differ",
        Severity.DOUBT,
        f"statement:{row['id']}",
        {
            "claim": as_text(row.get("text", "")),
            "number": printed_amount(a),
            "one": names.commodity(a.classification, a.commodity),
            "other": names.commodity(b.classification, b.commodity),
        },
        tuple(
            Phrase(
                "line.stated",
                {
                    "amount": printed_amount(item),
                    "source": book.ledger.source(item),
                    "locator": item.locator,
                },
            )
            for item in (a, b)
        ),
        (a.id, b.id),
        (str(row["id"]),),
    )


def _observed(book: Book, fields: Mapping[str, Any]) -> list[Observation]:
    return [
        observation
        for observation in book.ledger.observations
        if fields
        and all(
            (observation.period.code if name == "period" else getattr(observation, name, None))
            == str(value)
            for name, value in fields.items()
        )
    ]
