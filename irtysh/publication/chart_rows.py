"""Marks of a chart: printed figures, derived levels, sums and residuals of tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from irtysh.indicators.charts import Caption, Coverage, Mark
from irtysh.indicators.charts.marks import Standing
from irtysh.indicators.known import Knowledge, Known, SeriesKey
from irtysh.indicators.results import Result
from irtysh.indicators.tables import Table, tables_of
from irtysh.sources.case import Case
from irtysh.sources.case.tables import COMMODITIES
from irtysh.stats.growth import relative_change
from irtysh.stats.quantity import Quantity, add_up
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.interval import INFINITY
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period, PeriodKind
from irtysh.vocabulary.text import Text
from irtysh.vocabulary.wording import say


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that charts are drawn from."""

    case: Case
    knowledge: Knowledge
    results: Sequence[Result]
    preferred: frozenset[str]
    disputed: frozenset[str]

    @property
    def pair(self) -> SeriesKey | None:
        """The series of the headline."""
        headline = self.case.about.get("headline")
        if not headline:
            return None
        return SeriesKey(*(str(headline[name]) for name in SeriesKey._fields))


def printed(figures: Figures, key: SeriesKey) -> Iterator[Mark]:
    """Yield the whole-year figures of a series as sources print them; rivals are marked."""
    for row in figures.case.rows:
        one = row.observation
        if SeriesKey(*(getattr(one, name) for name in SeriesKey._fields)) != key:
            continue
        if one.period.kind is PeriodKind.YEAR:
            rival = one.id in figures.disputed and one.id not in figures.preferred
            yield Mark.from_observation(one, group=key.flow, rival=rival)


def derived(figures: Figures, key: SeriesKey) -> Iterator[Mark]:
    """Yield the whole-year levels that follow from growth rates and shares."""
    for values in figures.knowledge.levels.get(key, {}).values():
        found = [
            value
            for value in values
            if value.rule and value.bounded and value.period.kind is PeriodKind.YEAR
        ]
        if not found:
            continue
        best = min(found, key=_width)
        yield replace(mark_of(best), group=key.flow)


def table_sums(figures: Figures, key: SeriesKey) -> Iterator[Mark]:
    """Yield the sums of tables of the same flow that list groups but no total."""
    for table in tables_beside(figures, key):
        listed = [cell.quantity for cell in table.cells.values()]
        if None not in listed:
            total = add_up([quantity for quantity in listed if quantity is not None])
            evidence = tuple(name for cell in table.cells.values() for name in cell.evidence)
            yield _mark(total, table.period, "partial", evidence, group=key.flow)


def residual(table: Table) -> Mark | None:
    """Return what the nearest total of a table holds beyond its groups; None without a total."""
    listed = [cell.quantity for cell in table.cells.values()]
    whole = table.totals[0].quantity if table.totals else None
    if whole is None or None in listed:
        return None
    parts = add_up([quantity for quantity in listed if quantity is not None])
    if whole.point is None or parts.point is None:
        return None
    rest = Quantity(whole.point - parts.point, whole.interval - parts.interval)
    return _mark(rest, table.period, "derived", table.totals[0].evidence)


def total_growth(before: Table, after: Table) -> Mark | None:
    """Return the growth of the nearest totals of two tables, per cent; None without totals."""
    if not before.totals or not after.totals:
        return None
    first, last = before.totals[0], after.totals[0]
    growth = relative_change(first.quantity, last.quantity)
    return _mark(growth, after.period, "derived", (*first.evidence, *last.evidence))


def tables_beside(figures: Figures, key: SeriesKey) -> list[Table]:
    """Return the tables of the headline's pair and flow by sections of goods, in time order."""
    keys = [
        one
        for one in figures.knowledge.levels
        if one.classification == "HS_SECTION"
        and (one.ref_area, one.counterpart_area, one.flow, one.measure, one.unit)
        == (key.ref_area, key.counterpart_area, key.flow, key.measure, key.unit)
    ]
    found = [
        table
        for periods in tables_of(figures.knowledge, keys).values()
        for tables in periods.values()
        for table in tables
        if table.period.kind is PeriodKind.YEAR and len(table.cells) > 2
    ]
    return sorted(found, key=lambda table: (table.period, table.source))


def mark_of(value: Known) -> Mark:
    """Return the mark of a known value, printed or derived."""
    assert value.quantity is not None
    status: Standing = "derived" if value.rule else "printed"
    return _mark(value.quantity, value.period, status, value.evidence)


def by_size(tables: Sequence[Table]) -> list[str]:
    """Return the groups of tables, the largest in the newest first."""
    last = tables[-1]
    codes = list(dict.fromkeys(code for table in reversed(tables) for code in table.cells))

    def size(code: str) -> tuple[bool, float]:
        cell = last.cells.get(code)
        point = cell.quantity.point if cell and cell.quantity else None
        return point is None, -float(point or 0)

    return sorted(codes, key=size)


def between(figures: Figures, indicator: str, before: Table, after: Table) -> Mapping[str, Result]:
    """Return group → result of an indicator that compares two tables; nearest totals first."""
    found: dict[str, Result] = {}
    for result in figures.results:
        if (
            result.indicator == indicator
            and result.period == after.period
            and result.base_period == before.period
            and result.dataflow == after.key.dataflow
            and result.figure.point is not None
        ):
            found.setdefault(result.group, result)
    return found


def coverage_notes(case: Case) -> frozenset[str]:
    """Return the notes that say what is counted, as the case's datasets name them."""
    return frozenset(
        note
        for dataset in case.documents["datasets"]
        for note in dataset.get("coverage_notes") or ()
    )


def coverage_of(case: Case, rows: Sequence[Observation]) -> Iterator[Coverage]:
    """Yield the stretches in which a note on coverage stands on figures of a dataset."""
    named = coverage_notes(case)
    for note in dict.fromkeys(name for row in rows for name in row.notes if name in named):
        noted = [row.period for row in rows if note in row.notes]
        starts = [period.start for period in noted if period.start]
        ends = [period.end for period in noted if period.end]
        if starts and ends:
            yield Coverage(min(starts), max(ends), Text(case.documents["notes"][note]))


def goods_name(table: Table, code: str, language: str) -> str:
    """Return the name of a group of a table."""
    return codelist(COMMODITIES[table.key.classification]).label(code, language)


def caption_of(
    figures: Figures, name: str, key: SeriesKey, marks: Iterable[Mark], what: Text, unit: str = ""
) -> Caption:
    """Return the words around a chart; its sources are those of its figures."""
    by_id = {row.observation.id: row.observation for row in figures.case.rows}
    evidence = [by_id[one] for mark in marks for one in mark.evidence]
    names = dict.fromkeys(one.source for one in evidence)
    titles = {source["id"]: source["title"] for source in figures.case.documents["sources"]}
    definitions = dict.fromkeys(one.definition for one in evidence if one.definition)
    notes = figures.case.documents["notes"]
    mult = evidence[0].unit_mult if evidence and not unit else 0
    return Caption(
        id=name,
        what=what,
        unit=in_languages(
            lambda language: unit_words(unit or key.unit, mult, language), figures.case.languages
        ),
        source=in_languages(
            lambda language: "; ".join(titles[source][language] for source in names),
            figures.case.languages,
        ),
        notes=tuple(Text(notes[note]) for note in definitions),
    )


def unit_words(unit: str, mult: int, language: str) -> str:
    """Return a unit with its multiplier: "млн долл. США"."""
    code = codelist("units")[unit]
    symbol = code.extra.get(f"symbol_{language}") or code.name[language]
    return say("units", str(mult), language, unit=symbol)


def in_languages(tell: Callable[[str], str], languages: Iterable[str]) -> Text:
    """Return what a function says in every language."""
    return Text({language: tell(language) for language in languages})


def evidence_of(marks: Iterable[Mark]) -> tuple[str, ...]:
    """Return the ids behind marks, each once, in order."""
    return tuple(dict.fromkeys(name for mark in marks for name in mark.evidence))


def _mark(
    quantity: Quantity,
    period: Period,
    status: Standing,
    evidence: tuple[str, ...],
    group: str = "",
) -> Mark:
    interval = quantity.interval
    return Mark(
        period=period,
        value=quantity.point,
        low=interval.low if interval.low.is_finite() else None,
        high=interval.high if interval.high.is_finite() else None,
        status=status,
        group=group,
        evidence=evidence,
        digits=None if status == "printed" else 1,
    )


def _width(value: Known) -> Decimal:
    return value.quantity.interval.width if value.quantity else INFINITY
