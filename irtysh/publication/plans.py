"""Which charts a case has figures for; each is planned once and drawn in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from irtysh.indicators.charts import (
    Chart,
    Mark,
    bars_chart,
    change_chart,
    composition_chart,
    contribution_chart,
    region_exports_chart,
    series_chart,
    sparkline,
)
from irtysh.indicators.known import SeriesKey
from irtysh.indicators.tables import Table
from irtysh.publication import chart_rows
from irtysh.publication.chart_rows import Figures, caption_of, evidence_of, in_languages
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period, PeriodKind
from irtysh.vocabulary.text import Text
from irtysh.vocabulary.wording import say

CONTRIBUTIONS = "commodity-contribution-total"
GROUP_GROWTH = "commodity-growth"
"""Indicators whose results charts show."""

_ENOUGH_CUMULATIVE = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart that can be drawn.

    Attributes
    ----------
    id : str
    pages : tuple of str
        Pages it belongs on: "home", "trade", "turnover", "partners", "goods", "data".
    dataset : str
        Data behind it.
    evidence : tuple of str
        Ids of observations.
    build : function of a language
    small : bool
        True for a drawing without axes that is not offered to take away.
    """

    id: str
    pages: tuple[str, ...]
    dataset: str
    evidence: tuple[str, ...]
    build: Callable[[str], Chart]
    small: bool = False


def plans(figures: Figures) -> Iterator[Plan]:
    """Yield the charts for which the case has figures, in the order of the pages."""
    key = figures.pair
    if key is not None:
        yield from _turnover(figures, key)
        yield from _flows(figures, key)
        yield from _partners(figures, key)
        tables = chart_rows.tables_beside(figures, key)
        if tables:
            yield _composition(figures, tables)
        if len(tables) > 1:
            yield _changes(figures, tables[-2], tables[-1])
            yield from _contributions(figures, tables[-2], tables[-1])
    yield from _cumulative(figures)


def _turnover(figures: Figures, key: SeriesKey) -> Iterator[Plan]:
    """Turnover by year: printed, derived from growth and shares, and sums of partial tables."""
    rows = [
        *chart_rows.printed(figures, key),
        *chart_rows.derived(figures, key),
        *chart_rows.table_sums(figures, key),
    ]
    if not rows:
        return
    what = _what("turnover", figures)
    caption = caption_of(figures, "turnover", key, rows, what)
    evidence = evidence_of(rows)
    yield Plan(
        "turnover",
        ("home", "trade", "turnover"),
        key.dataflow,
        evidence,
        lambda language: series_chart(rows, caption, language),
    )
    joined = [row for row in rows if row.status in ("printed", "derived") and not row.rival]
    if len(joined) > 1:
        small = replace(caption, id="turnover-small")
        yield Plan(
            "turnover-small",
            ("sparkline",),
            key.dataflow,
            evidence,
            lambda language: sparkline(joined, small, language),
            small=True,
        )


def _flows(figures: Figures, key: SeriesKey) -> Iterator[Plan]:
    """Goods sent from each side to the other, in the colours of the sides."""
    first, second = figures.case.about["sides"]
    seller = {"X": first, "M": second}
    if key.ref_area == second["area"]:
        seller = {"X": second, "M": first}
    rows = [
        mark
        for flow in seller
        for mark in (
            *chart_rows.printed(figures, key._replace(flow=flow)),
            *chart_rows.derived(figures, key._replace(flow=flow)),
        )
    ]
    if len({row.group for row in rows}) < 2:
        return
    caption = caption_of(figures, "flows", key, rows, _what("flows", figures))

    def build(language: str) -> Chart:
        names = {
            flow: say("chart_what", "sold_by", language, area=codelist("areas")[side["area"]])
            for flow, side in seller.items()
        }
        named = [replace(row, group=names[row.group], label=names[row.group]) for row in rows]
        colours = {names[flow]: f"side-{side['id'].lower()}" for flow, side in seller.items()}
        return series_chart(named, caption, language, colours=colours)

    yield Plan("flows", ("turnover",), key.dataflow, evidence_of(rows), build)


def _partners(figures: Figures, key: SeriesKey) -> Iterator[Plan]:
    """Partner countries of the region in the newest year for which there are several."""
    by_year: dict[Period, dict[str, Mark]] = {}
    for series, periods in figures.knowledge.levels.items():
        area = series.counterpart_area
        is_country = bool(codelist("areas")[area].extra.get("iso3"))
        if series._replace(counterpart_area=key.counterpart_area) != key or not is_country:
            continue
        for period, values in periods.items():
            bounded = [value for value in values if value.bounded]
            if period.kind is PeriodKind.YEAR and bounded:
                by_year.setdefault(period, {})[area] = chart_rows.mark_of(bounded[0])
    several = [period for period, marks in by_year.items() if len(marks) > 1]
    if not several:
        return
    period = max(several)
    ranked = sorted(by_year[period].items(), key=lambda item: -(item[1].value or 0))
    marks = [mark for _, mark in ranked]
    caption = caption_of(figures, "partners", key, marks, _what("partners", figures, period=period))

    def build(language: str) -> Chart:
        areas = codelist("areas")
        rows = [replace(mark, label=areas.label(area, language)) for area, mark in ranked]
        colours = {
            areas.label(side["area"], language): f"side-{side['id'].lower()}"
            for side in figures.case.about["sides"]
        }
        return bars_chart(rows, caption, language, colours=colours)

    yield Plan("partners", ("trade", "partners"), key.dataflow, evidence_of(marks), build)


def _composition(figures: Figures, tables: list[Table]) -> Plan:
    """Groups of goods by year, with what the totals hold beyond them."""
    rows = [
        (code, chart_rows.mark_of(table.cells[code]))
        for code in chart_rows.by_size(tables)
        for table in tables
        if code in table.cells
    ]
    rest = [mark for table in tables for mark in [chart_rows.residual(table)] if mark]
    marks = [*(mark for _, mark in rows), *rest]
    caption = caption_of(figures, "goods", tables[0].key, marks, _what("goods", figures))

    def build(language: str) -> Chart:
        named = [
            replace(mark, label=chart_rows.goods_name(tables[0], code, language))
            for code, mark in rows
        ]
        return composition_chart(named, caption, language, remainder=rest)

    return Plan("goods", ("trade", "goods"), tables[0].key.dataflow, evidence_of(marks), build)


def _changes(figures: Figures, before: Table, after: Table) -> Plan:
    """Every group in two tables."""
    rates = chart_rows.between(figures, GROUP_GROWTH, before, after)
    codes = [code for code in chart_rows.by_size([after]) if code in before.cells]
    pairs = [
        (code, chart_rows.mark_of(before.cells[code]), chart_rows.mark_of(after.cells[code]))
        for code in codes
    ]
    marks = [mark for _, first, last in pairs for mark in (first, last)]
    caption = caption_of(figures, "goods-change", after.key, marks, _what("goods", figures))

    def build(language: str) -> Chart:
        names = {code: chart_rows.goods_name(after, code, language) for code in codes}
        named = [
            (replace(first, label=names[code]), replace(last, label=names[code]))
            for code, first, last in pairs
        ]
        changes = {
            names[group]: Mark.from_figure(result.figure, after.period)
            for group, result in rates.items()
            if group in names
        }
        return change_chart(named, caption, language, changes=changes)

    return Plan("goods-change", ("goods",), after.key.dataflow, evidence_of(marks), build)


def _contributions(figures: Figures, before: Table, after: Table) -> Iterator[Plan]:
    """What each group, and what no table lists, gave to the growth of the total."""
    found = chart_rows.between(figures, CONTRIBUTIONS, before, after)
    whole = chart_rows.total_growth(before, after)
    if not found or whole is None:
        return
    marks = {
        group: Mark.from_figure(result.figure, after.period) for group, result in found.items()
    }
    rest = marks.pop("_R", None)
    what = _what("contribution", figures, start=before.period, end=after.period)
    caption = caption_of(
        figures, "goods-contribution", after.key, [*marks.values(), whole], what, unit="PP"
    )

    def build(language: str) -> Chart:
        named = [
            replace(mark, label=chart_rows.goods_name(after, code, language))
            for code, mark in marks.items()
        ]
        total = replace(whole, label=say("chart_what", "total_growth", language))
        unlisted = replace(rest, label=say("charts", "unlisted", language)) if rest else None
        return contribution_chart(named, total, caption, language, remainder=unlisted)

    evidence = evidence_of([*marks.values(), whole])
    yield Plan("goods-contribution", ("goods",), after.key.dataflow, evidence, build)


def _cumulative(figures: Figures) -> Iterator[Plan]:
    """Figures summed up from January on, one chart a dataset that has them."""
    for dataset in figures.case.documents["datasets"]:
        rows = [
            row.observation
            for row in figures.case.rows
            if row.observation.dataflow == dataset["id"] and row.observation.measure == "VALUE"
        ]
        if sum(row.period.kind is PeriodKind.CUMULATIVE for row in rows) < _ENOUGH_CUMULATIVE:
            continue
        yield _cumulative_plan(figures, dataset["id"], rows)


def _cumulative_plan(figures: Figures, dataset: str, rows: list[Observation]) -> Plan:
    key = SeriesKey(*(getattr(rows[0], name) for name in SeriesKey._fields))
    marks = [
        replace(Mark.from_observation(row, group=row.counterpart_area), digits=1) for row in rows
    ]
    name = dataset.lower().replace("_", "-")
    what = _what("cumulative", figures, flow=codelist("flows")[key.flow],
                 area=codelist("areas")[key.ref_area])  # fmt: skip
    caption = caption_of(figures, name, key, marks, what)
    coverage = list(chart_rows.coverage_of(figures.case, rows))

    def build(language: str) -> Chart:
        areas = codelist("areas")
        named = [
            replace(mark, group=label, label=label)
            for mark in marks
            for label in [areas.label(mark.group, language)]
        ]
        return region_exports_chart(named, caption, language, coverage=coverage)

    return Plan(name, (f"data:{dataset}",), dataset, evidence_of(marks), build)


def _what(key: str, figures: Figures, **blanks: Any) -> Text:
    first, second = (codelist("areas")[side["area"]] for side in figures.case.about["sides"])
    return in_languages(
        lambda language: say("chart_what", key, language, first=first, second=second, **blanks),
        figures.case.languages,
    )
