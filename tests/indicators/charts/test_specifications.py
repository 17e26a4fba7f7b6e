"""Every chart is a valid Vega-Lite specification that says what its figures say."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.indicators.charts import Mark, series_chart
from irtysh.indicators.charts.palette import palette
from irtysh.indicators.charts.series import joined
from irtysh.vocabulary.period import Period
from tests.indicators.charts.figures import GAPS, LANGUAGES, SERIES, caption, charts, yearly

KINDS = tuple(charts("en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_both_sheets_are_valid_vega_lite(kind: str, language: str) -> None:
    chart = charts(language)[kind]
    for spec in (chart.spec, chart.narrow):
        altair.Chart.from_dict(spec)
        json.dumps(spec, allow_nan=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_has_its_words(kind: str, language: str) -> None:
    chart = charts(language)[kind]
    assert chart.title
    assert chart.description
    assert chart.source
    assert len(chart.table.rows) > 1
    assert {len(row) for row in chart.table.rows} == {len(chart.table.header)}
    for text in (chart.title, chart.subtitle, chart.description, *chart.notes):
        assert not re.search(r"[{}\n]|None|Decimal", text)


def test_only_the_palette_has_colours() -> None:
    known = {colour.light for colour in palette().values()}
    for chart in charts("en").values():
        used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", json.dumps([chart.spec, chart.narrow])))
        assert used <= known, chart.kind


def line_years(spec: dict[str, Any]) -> list[list[int]]:
    pairs: dict[int, list[int]] = {}
    for layer in spec["layer"]:
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "line":
            for row in layer["data"]["values"]:
                pairs.setdefault(row["pair"], []).append(int(row["year"]))
    return list(pairs.values())


def test_a_missing_year_stays_on_the_axis_and_is_never_joined() -> None:
    spec = charts("ru")["series"].spec
    domain = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert domain == [str(year) for year in range(2013, 2022)]
    assert line_years(spec) == [[2015, 2016], [2020, 2021]]


def test_partial_sums_and_bounds_are_not_joined() -> None:
    rows = [
        yearly(2019, "1"),
        yearly(2020, "2", status="partial"),
        yearly(2021, "3", "3", status="bound"),
        yearly(2022, "4"),
    ]
    assert joined(rows) == []


years = st.lists(st.integers(2000, 2020), min_size=1, max_size=12, unique=True)


@given(years)
def test_lines_join_exactly_the_consecutive_years(present: list[int]) -> None:
    marks = [yearly(year, "1") for year in present]
    found = {(a.period.first_year, b.period.first_year) for a, b in joined(marks)}
    assert found == {(year, year + 1) for year in present if year + 1 in present}


def test_the_preferred_figure_of_a_year_is_the_printed_one() -> None:
    chart = series_chart([yearly(2020, "9", status="partial"), yearly(2020, "5")],
                         caption("x"), "en")  # fmt: skip
    points = [
        row
        for layer in chart.spec["layer"]
        if "shape" in layer["encoding"]
        for row in layer["data"]["values"]
    ]
    sizes = {row["value"]: row["size"] for row in points}
    assert sizes[5.0] > sizes[9.0]


def test_standing_has_its_own_shape_and_a_legend() -> None:
    spec = charts("en")["series"].spec
    shape = next(la["encoding"]["shape"] for la in spec["layer"] if "shape" in la["encoding"])
    assert shape["scale"]["domain"] == [
        "as the source prints it",
        "computed",
        "sum of the listed groups only",
        "lower bound (“more than”)",
        "possible values",
    ]
    assert len(set(shape["scale"]["range"])) == 5


def test_the_text_alternative_is_computed() -> None:
    text = charts("ru")["series"].description
    for part in ("2013–2021", "362,6", "1 357,1", "239,3", "441,0 (2013)", "> 380 (2021)"):
        assert part.replace(" ", "\N{NO-BREAK SPACE}") in text.replace(" ", "\N{NO-BREAK SPACE}"), (
            part
        )
    assert ", ".join(map(str, GAPS)) in text


def test_a_gap_has_a_row_of_its_own_in_the_table() -> None:
    table = charts("kk")["series"].table
    empty = [row for row in table.rows if row[-1] == "дерек жоқ"]
    assert [row[0] for row in empty] == [str(year) for year in GAPS]
    assert all(cell == "" for row in empty for cell in row[1:-1])


def test_the_title_never_calls_a_partial_sum_the_highest() -> None:
    rows = [yearly(2013, "999", status="partial"), yearly(2014, "1"), yearly(2015, "2")]
    title = series_chart(rows, caption("x"), "en").title
    assert title == (
        "Trade: 2 million US dollars in 2015, the highest of the complete figures known"
    )


def test_own_words_win() -> None:
    from dataclasses import replace

    own = replace(caption("x"), title="Own", subtitle="Sub", notes=("A note",))
    chart = series_chart(SERIES, own, "en")
    assert (chart.title, chart.subtitle) == ("Own", "Sub")
    assert chart.notes[-1] == "A note"


def test_contributions_put_the_remainder_before_the_sum() -> None:
    chart = charts("en")["contribution"]
    lanes = chart.narrow["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert lanes[-2:] == ["–", "Σ"]
    assert "+20.8 pp are not itemised" in chart.title


def test_a_year_without_a_total_says_so() -> None:
    data = charts("en")["composition"].spec["data"]["values"]
    unknown = [row for row in data if row["text"] == "unknown"]
    assert [row["year"] for row in unknown] == ["2020"]
    assert "end" not in unknown[0]


def test_shading_covers_the_periods_that_the_note_touches() -> None:
    chart = charts("en")["regions"]
    band = chart.spec["layer"][0]["data"]["values"]
    assert [(row["from"], row["to"]) for row in band] == [("2010-01/2010-09", "2010-01/2010-12")]
    assert (
        chart.notes[0].startswith("*1 Different coverage (2010–2010)") or "2010" in chart.notes[0]
    )


def test_a_break_is_drawn_and_named() -> None:
    chart = series_chart(SERIES, caption("x"), "en", breaks={2020: "new method"})
    assert "new method" in json.dumps(chart.spec)


def test_an_unknown_year_is_not_drawn_as_zero() -> None:
    rows = [*SERIES, Mark.missing(Period.year(2022))]
    chart = series_chart(rows, caption("x"), "en")
    drawn = [
        row.get("year") for layer in chart.spec["layer"] for row in layer["data"]["values"]
        if "value" in row
    ]  # fmt: skip
    assert "2022" not in drawn
    assert Decimal(0) not in [row.value for row in rows]
