"""A view laid out: the same cells as a walk through every observation, and nothing added up
that must not be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.publication.catalogue import Offered
from irtysh.publication.computed import compared_period
from irtysh.publication.pivot import READ, Table, pivot
from irtysh.publication.selecting import (
    available,
    codes_of_level,
    emptied_by,
    first_view,
    selection_of,
)
from irtysh.publication.view_queries import as_download, as_sdmx, snippets
from irtysh.publication.views import DIMENSIONS, View
from irtysh.store import Release
from tests.flows import flow_row, flow_rows, published_flows


@pytest.fixture(scope="module")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offered]:
    vintage = published_flows(tmp_path_factory.mktemp("datasets"))
    yield Offered(vintage.dataset, vintage.about, "imported", invented=True)


@pytest.fixture(scope="module")
def figures(release: Release) -> Offered:
    return Offered(release.dataset("TRADE_PARTNER"), {}, "case")


def _walk(offered: Offered) -> list[dict[str, Any]]:
    """Every observation of a dataset, whatever a view asks."""
    return [{name: row[name] or "" for name in DIMENSIONS} | {"value": row["value"], "start":
            row["period_start"], "end": row["period_end"], "status": row["status"]}
            for row in offered.dataset.stream(columns=READ)]  # fmt: skip


CHOICES = {
    "ref_area": ["KZ", "RU", "RU-OMS", "CN", "XX"],
    "counterpart_area": ["RU", "KZ", "W"],
    "flow": ["X", "M"],
    "commodity": ["_T", "271019", "870323"],
    "measure": ["VALUE", "WEIGHT", "QUANTITY"],
    "freq": ["A", "M"],
}


@st.composite
def choices(draw: st.DrawFn) -> View:
    codes = {
        name: tuple(draw(st.lists(st.sampled_from(there), min_size=1, max_size=3, unique=True)))
        for name, there in CHOICES.items()
        if draw(st.booleans())
    }
    laid = draw(st.permutations(["ref_area", "counterpart_area", "flow", "commodity", "period"]))
    rows, columns = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    return View(
        codes=codes,
        level=draw(st.sampled_from(["", "6"])),
        start=draw(st.sampled_from(["", "2020", "2023-04"])),
        end=draw(st.sampled_from(["", "2022", "2023-09"])),
        rows=tuple(laid[:rows]),
        columns=tuple(laid[rows : rows + columns]),
    )


@settings(max_examples=25)
@given(choices())
def test_every_observation_that_is_asked_for_is_in_one_cell_and_no_other(
    trade: Offered, view: View
) -> None:
    table = pivot(view, trade)
    low, high = _span(view)
    wanted = [
        row
        for row in _walk(trade)
        if all(row[name] in codes for name, codes in view.codes.items())
        and (not view.level or len(row["commodity"]) == int(view.level))
        and (low is None or row["start"] >= low)
        and (high is None or row["end"] <= high)
    ]
    assert table.observations == len(wanted)
    there = {
        (
            tuple(row[name] for name in table.row_dimensions),
            tuple(row[name] for name in table.column_dimensions),
        ): row["value"]
        for row in wanted
    }
    assert {place: cell.value for place, cell in table.all_cells.items()} == there
    assert len(there) == len(wanted)  # one value a cell: what differs is told apart


def _span(view: View) -> tuple[Any, Any]:
    from irtysh.publication.views import bounds

    first, last = bounds(view.start), bounds(view.end)
    return first and first.start, last and last.end


@pytest.mark.parametrize("query", ["", "rows=period", "cols=measure", "rows=flow", "cols=flow"])
def test_a_table_always_has_headings_down_and_across(trade: Offered, query: str) -> None:
    table = pivot(View.parse(f"ref_area=KZ&counterpart_area=RU&commodity=_T&{query}"), trade)
    assert table.row_dimensions
    assert table.column_dimensions
    assert not set(table.row_dimensions) & set(table.column_dimensions)


def test_a_missing_value_is_an_empty_cell_and_never_zero(trade: Offered) -> None:
    view = View.parse(
        "ref_area=CN&counterpart_area=KZ&flow=X&commodity=840734&measure=VALUE"
        "&rows=commodity&cols=period"
    )
    table = pivot(view, trade)
    cell = table.all_cells[("840734",), ("2020",)]
    assert cell.value is None
    assert cell.status == "SUPPRESSED"
    assert len(pivot(View.parse(view.query() + "&empty=hide"), trade).all_columns) == 4


def test_growth_is_what_the_two_values_give(trade: Offered) -> None:
    query = (
        "ref_area=KZ&counterpart_area=RU&flow=X&commodity=_T&measure=VALUE&rows=flow&cols=period"
    )
    plain = pivot(View.parse(query), trade).all_cells
    grown = pivot(View.parse(query + "&calc=previous&start=2020"), trade).all_cells
    assert len(grown) == 4
    for (row, (year,)), cell in grown.items():
        before = plain[row, (str(int(year) - 1),)].value
        now = plain[row, (year,)].value
        assert before is not None
        assert now is not None
        assert cell.value is not None
        assert abs(cell.value - 100 * (now / before - 1)) < Decimal("1E-9")
        assert (cell.unit, cell.formula) == ("PC", "growth-previous")
        assert len(cell.evidence) == 2
    first = pivot(View.parse(query + "&calc=previous"), trade).all_cells[("X",), ("2019",)]
    assert (first.value, first.flags) == (None, ("MISSING_INPUT",))


def test_an_index_is_a_hundred_in_its_base(trade: Offered) -> None:
    query = "ref_area=KZ&counterpart_area=RU&commodity=_T&measure=VALUE&rows=flow&cols=period"
    table = pivot(View.parse(query + "&calc=index&base=2021&start=2022"), trade)
    base = pivot(View.parse(query + "&calc=index&base=2021"), trade)
    assert {base.all_cells[row, ("2021",)].value for row in (("X",), ("M",))} == {100}
    assert len(table.all_columns) == 2
    assert all(cell.value is not None for cell in table.all_cells.values())


def test_shares_of_the_parts_make_the_whole(trade: Offered) -> None:
    query = (
        "ref_area=KZ&counterpart_area=RU&flow=X&measure=VALUE&start=2022&end=2022"
        "&rows=commodity&cols=period&calc=share&whole=commodity"
    )
    cells = pivot(View.parse(query), trade).all_cells
    parts = [cell.value for (row, _column), cell in cells.items() if row != ("_T",)]
    assert len(parts) == 5
    assert abs(sum(part for part in parts if part is not None) - 100) < Decimal("1E-9")
    assert cells[("_T",), ("2022",)].value == 100


def test_a_growth_rate_is_not_grown_again(figures: Offered) -> None:
    table = pivot(View.parse("measure=GROWTH&calc=previous"), figures)
    assert table.all_cells
    assert {cell.flags[0] for cell in table.all_cells.values()} == {"NOT_A_LEVEL"}


def test_rivals_are_counted_and_the_decided_one_is_shown(
    figures: Offered, release: Release
) -> None:
    decided = {row["observation"] for row in release.document("preferred")}
    view = View.parse("freq=A&flow=T&measure=VALUE&counterpart_area=KZ&cols=period&rows=flow")
    table = pivot(view, figures, preferred=decided)
    cell = table.all_cells[("T",), ("2021",)]
    assert cell.rivals >= 1
    assert "RIVALS" in cell.flags
    assert cell.evidence[0] in decided
    assert cell.low is not None
    assert cell.value is not None
    assert cell.low < cell.value


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("counterpart_area=RU&ref_area=KZ&flow=X&measure=VALUE&level=6&rows=commodity", ""),
        ("counterpart_area=RU&ref_area=KZ&flow=X&measure=VALUE&rows=commodity", "overlap"),
        ("ref_area=KZ&flow=X&commodity=_T&measure=VALUE&rows=counterpart_area", "overlap"),
        ("counterpart_area=CN&commodity=_T&flow=X&measure=VALUE&rows=ref_area", "overlap"),
        ("counterpart_area=RU&ref_area=KZ&commodity=_T&measure=VALUE&rows=flow", "dimension"),
        (
            "counterpart_area=RU&ref_area=KZ&flow=X&level=6&rows=commodity&cols=measure,period",
            "measure",
        ),
        (
            "counterpart_area=RU&ref_area=KZ&flow=X&measure=VALUE&level=6&rows=commodity"
            "&calc=previous",
            "computed",
        ),
    ],
)
def test_sums_stand_only_where_rows_do_not_overlap(trade: Offered, query: str, why: str) -> None:
    asked = query if "cols=" in query else f"{query}&cols=period"
    table = pivot(View.parse(asked), trade)
    assert table.no_sums == why
    assert (table.sums is None) is bool(why)


def test_a_sum_is_the_total_and_says_what_is_missing(trade: Offered) -> None:
    parts = "counterpart_area=KZ&ref_area=CN&flow=X&measure=VALUE&rows=commodity&cols=period"
    table = pivot(View.parse(parts + "&level=6"), trade)
    whole = pivot(View.parse(parts + "&commodity=_T"), trade).all_cells
    assert table.sums is not None
    for head, found in zip(table.columns, table.sums, strict=True):
        assert found is not None
        if head.key == ("2020",):
            assert found.missing == 1
        else:
            assert found.value == whole[("_T",), head.key].value


def test_rows_can_be_sorted_by_a_column_and_missing_ones_stay_last(trade: Offered) -> None:
    query = (
        "counterpart_area=KZ&ref_area=CN&flow=X&measure=VALUE&level=6&rows=commodity&cols=period"
    )
    for sort in ("-2020", "2020"):
        table = pivot(View.parse(f"{query}&sort={sort}"), trade)
        values = [table.all_cells[head.key, ("2020",)].value for head in table.all_rows]
        known = [value for value in values if value is not None]
        assert values[-1] is None
        assert known == sorted(known, reverse=sort.startswith("-"))


def test_regions_stand_below_what_they_are_part_of(trade: Offered) -> None:
    query = "counterpart_area=CN&commodity=_T&flow=X&measure=VALUE&rows=ref_area&cols=period"
    heads = pivot(View.parse(query), trade).all_rows
    assert [(head.key[0], head.depth) for head in heads] == [("KZ", 0), ("RU", 0), ("RU-OMS", 1)]


def test_more_than_a_page_reads_asks_to_narrow(trade: Offered) -> None:
    table = pivot(View(), trade, most=100)
    assert table.too_many
    assert table.observations > 100
    assert not table.all_cells


def test_long_tables_have_pages_and_the_last_columns_first(tmp_path: Path) -> None:
    many = [
        flow_row(commodity=f"{code:06d}", period=str(year), line=code * 100 + year)
        for code in range(1, 251)
        for year in range(1975, 2024)
    ]
    vintage = published_flows(tmp_path, many, "LONG")
    offered = Offered(vintage.dataset, vintage.about, "imported")
    view = View.parse("measure=VALUE&rows=commodity&cols=period")
    first = pivot(view, offered)
    assert (first.pages, first.pages_across, len(first.rows)) == (3, 2, 100)
    assert first.columns[-1].key == ("2023",)
    seen = set()
    for page in (1, 2, 3):
        for across in (1, 2):
            table = pivot(View.parse(f"{view.query()}&page={page}&across={across}"), offered)
            places = {(row.key, column.key) for row in table.rows for column in table.columns}
            assert not places & seen
            seen |= places
    assert len(seen) == 250 * 49


def test_an_empty_view_names_the_choice_that_emptied_it(trade: Offered) -> None:
    view = View.parse("ref_area=KZ&flow=X&start=1990&end=1991")
    assert pivot(view, trade).observations == 0
    assert [one.name for one in emptied_by(view, trade.dataset)] == ["end"]
    both = View.parse("ref_area=XX&start=2030")  # either alone would empty it
    assert emptied_by(both, trade.dataset) == []
    late = View.parse("ref_area=KZ&flow=X&start=2030")
    assert [one.name for one in emptied_by(late, trade.dataset)] == ["start"]


def test_what_is_available_counts_under_the_other_choices(trade: Offered) -> None:
    view = View.parse("ref_area=RU-OMS&freq=M&flow=X")
    assert available(view, trade.dataset, "ref_area") == {"RU-OMS": 24}
    assert available(view, trade.dataset, "flow") == {"M": 24, "X": 24}


@pytest.mark.parametrize("name", ["trade", "figures"])
def test_a_dataset_opens_with_a_small_table_of_one_unit(
    name: str, request: pytest.FixtureRequest
) -> None:
    offered: Offered = request.getfixturevalue(name)
    view = first_view(offered.dataset)
    table: Table = pivot(view, offered)
    assert table.unit is not None
    assert table.column_dimensions == ("period",)
    assert len(table.row_dimensions) == 1
    assert 2 <= table.total_rows <= 100


@pytest.mark.parametrize(
    ("kind", "code", "calculation", "found"),
    [
        ("A", "2021", "previous", "2020"),
        ("M", "2021-01", "previous", "2020-12"),
        ("M", "2021-03", "year", "2020-03"),
        ("Q", "2021-Q1", "previous", "2020-Q4"),
        ("S", "2021-S2", "previous", "2021-S1"),
        ("C", "2021-01/2021-07", "year", "2020-01/2020-07"),
        ("C", "2021-01/2021-07", "previous", ""),
        ("P", "2021-04-19", "previous", ""),
        ("U", "", "previous", ""),
    ],
)
def test_only_periods_of_one_kind_are_compared(
    kind: str, code: str, calculation: str, found: str
) -> None:
    assert compared_period(View(calculation=calculation), kind, code) == found


def test_the_sdmx_key_says_the_choice(trade: Offered, figures: Offered) -> None:
    view = View.parse("freq=A&ref_area=KZ,RU&flow=X&commodity=271019,_T&start=2020")
    asked = as_sdmx(view, trade)
    assert asked.key == "A.KZ+RU.X.H5_271019+_T.."
    assert asked.path == (
        "/sdmx/v1/data/IRTYSH,TEST_TRADE,1.0/A.KZ+RU.X.H5_271019+_T..?startPeriod=2020"
    )
    assert as_sdmx(View(), trade).key == "all"
    assert as_sdmx(View.parse("unit=USD"), trade).loose == ("unit",)
    assert "SHARE" in as_sdmx(View.parse("measure=SHARE"), figures).key
    said = snippets(asked, trade, "https://example.org")
    assert all(asked.key in text for text in said.values())
    assert '"startPeriod": "2020"' in said["python"].replace("'", '"')


def test_a_download_carries_the_choice_and_not_the_layout(trade: Offered) -> None:
    view = View.parse("flow=X&start=2020&rows=commodity&calc=previous&page=3")
    assert as_download(view, trade, "kk", "csv") == (
        "/api/latest/datasets/TEST_TRADE.csv?lang=kk&flow=X&start=2020"
    )


def test_a_level_selects_the_codes_of_its_length(trade: Offered) -> None:
    codes = codes_of_level(View.parse("level=6"), trade.dataset)
    assert "level" in selection_of(View.parse("level=6"), trade.dataset).codes
    assert set(codes) == {row.commodity for row in flow_rows() if row.commodity != "_T"}


def test_a_union_is_not_added_to_its_members(tmp_path: Path) -> None:
    rows = [flow_row(counterpart_area=area, value="5") for area in ("RU", "BY", "EAEU")]
    vintage = published_flows(tmp_path, rows)
    offered = Offered(vintage.dataset, vintage.about, "imported", invented=True)
    shown = "measure=VALUE&rows=counterpart_area&cols=period"
    assert pivot(View.parse(shown), offered).no_sums == "overlap"
    table = pivot(View.parse(f"{shown}&counterpart_area=RU,BY"), offered)
    assert table.sums is not None
    assert [one.value for one in table.sums if one is not None] == [Decimal(10)]
