"""A dataset of flows answers like its rows, whichever table it asks; the questions add once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.store.questions import (
    composition,
    pair_by_year,
    partners,
    share_of_region,
    top_products,
    without_overlap,
)
from irtysh.store.schema import COLUMNS
from irtysh.store.selection import Selection
from irtysh.vocabulary.errors import EditionsOverlap
from tests.flows import flow_row, published_flows


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return published_flows(tmp_path_factory.mktemp("datasets")).dataset


class Rows(list):
    """Rows that do not fill the screen when a test fails."""

    def __repr__(self):
        return f"{len(self)} rows"


@pytest.fixture(scope="module")
def rows(dataset):
    return Rows({**row, "level": level_of(row)} for row in dataset.stream())


def level_of(row):
    return "0" if row["commodity"] == "_T" else str(len(row["commodity"]))


CHOICES = {
    "ref_area": ["RU", "KZ", "CN", "RU-OMS", "XX"],
    "counterpart_area": ["RU", "KZ", "W", "XX"],
    "flow": ["X", "M", "T"],
    "commodity": ["_T", "271019", "870323", "99"],
    "level": ["0", "6", "2"],
    "measure": ["VALUE", "WEIGHT", "QUANTITY", "COUNT"],
    "freq": ["A", "M"],
    "period": ["2019", "2021", "2023-04"],
    "status": ["OBSERVED", "MISSING", "SUPPRESSED", "ESTIMATED"],
    "unit": ["USD", "KG", "NUM", "T", "_U"],
    "valuation": ["FOB", "CIF", "_Z"],
    "dataflow": ["TEST_TRADE", "OTHER"],
    "classification": ["H5", "H4"],
    "period_kind": ["A"],
    "chapter": ["27", "87"],
}
SELECTIONS = st.builds(
    lambda codes, start, end: Selection.of(codes, start=start, end=end),
    st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.sampled_from(many), max_size=3, unique=True)
            for name, many in CHOICES.items()
        },
    ),
    st.sampled_from([None, date(2020, 1, 1), date(2023, 3, 1)]),
    st.sampled_from([None, date(2022, 12, 31), date(2023, 6, 30)]),
)


def selected(rows, selection):
    """The same in plain Python."""
    return [
        row
        for row in rows
        if all(
            (row["commodity"][:2] if column == "chapter" else str(row[column])) in codes
            for column, codes in selection.codes.items()
        )
        and (selection.start is None or row["period_start"] >= selection.start)
        and (selection.end is None or row["period_end"] <= selection.end)
    ]


@settings(max_examples=150, deadline=None)
@given(SELECTIONS, st.sampled_from(["status", *(name for name in CHOICES if name != "chapter")]))
def test_answers_like_its_rows(dataset, rows, selection, column):
    wanted = selected(rows, selection)
    assert dataset.count(selection) == len(wanted)
    assert dataset.codes(column, selection) == Counter(str(row[column]) for row in wanted)
    days = [day for row in wanted for day in (row["period_start"], row["period_end"])]
    assert dataset.span(selection) == ((min(days), max(days)) if days else None)
    found = list(dataset.stream(selection, ("id",)))
    assert sorted(row["id"] for row in found) == sorted(row["id"] for row in wanted)
    sums = {}
    for row in wanted:
        sums.setdefault((str(row[column]), row["measure"], row["unit"]), []).append(row)
    for one in dataset.totals(selection, [column]):
        added = sums.pop((one.codes[column], one.codes["measure"], one.codes["unit"]))
        values = [row["value"] for row in added if row["value"] is not None]
        assert one.value == (sum(values) if values else None)
        assert (one.observations, one.missing) == (len(added), len(added) - len(values))
        assert one.suppressed == sum(row["status"] == "SUPPRESSED" for row in added)
    assert not sums


def test_the_order_is_that_of_the_file_or_of_series(dataset):
    place = ("ref_area", "counterpart_area", "period", "commodity")
    lying = [
        tuple(row[one] for one in place)
        for row in dataset.stream(Selection.of({"measure": "VALUE"}))
    ]
    assert lying == sorted(lying)
    series = ("ref_area", "counterpart_area", "flow", "commodity", "measure", "period")
    ordered = [tuple(row[one] for one in series) for row in dataset.stream(by_series=True)]
    assert ordered == sorted(ordered)
    assert next(dataset.stream(columns=["value"], by_series=True)).keys() == {"value"}


def test_pages_make_the_whole(dataset):
    selection = Selection.of({"counterpart_area": "KZ"})
    pages = [one for n in range(0, 700, 100) for one in dataset.observations(selection, 100, n)]
    assert pages == dataset.observations(selection)
    assert len({one.id for one in pages}) == dataset.count(selection)


def test_several_selections_are_added(dataset):
    apart = [Selection.of({"ref_area": area, "level": "6"}) for area in ("KZ", "RU")]
    together = Selection.of({"ref_area": ["KZ", "RU"], "level": "6"})
    assert dataset.totals(apart, ["period"]) == dataset.totals(together, ["period"])
    assert dataset.totals([], ["period"]) == []


def test_a_column_that_there_is_not_is_a_mistake_of_the_program(dataset):
    for wrong in (
        lambda: dataset.codes("colour"),
        lambda: dataset.totals(Selection(), ["colour"]),
        lambda: dataset.count(Selection.of({"1=1; --": "x"})),
        lambda: list(dataset.stream(columns=["colour"])),
    ):
        with pytest.raises(KeyError):
            wrong()


def test_the_view_has_the_columns_for_those_who_open_the_file(dataset):
    described = dataset._query.rows("DESCRIBE observations")
    assert [row["column_name"] for row in described] == [*COLUMNS, "level"]


def test_a_pair_is_not_counted_with_its_total(dataset, rows):
    answer = pair_by_year(dataset, "KZ", "RU")
    assert (answer.level, answer.is_complete, answer.levels) == ("6", True, ("0", "6"))
    assert len(answer.figures) == 2 * 2 * 5
    printed = pair_by_year(dataset, "KZ", "RU", level="0")
    assert [one.value for one in printed.figures] == [one.value for one in answer.figures]


def test_a_level_with_hidden_values_is_left_for_a_complete_one(dataset):
    answer = pair_by_year(dataset, "CN", "KZ")
    assert (answer.level, answer.is_complete) == ("0", True)
    asked = pair_by_year(dataset, "CN", "KZ", level="6")
    assert not asked.is_complete
    assert sum(one.suppressed for one in asked.figures) == 2


def test_top_products(dataset):
    answer = top_products(dataset, 2, ref_area="KZ", counterpart_area="RU", flow="X", period="2021")
    assert [one.codes["commodity"] for one in answer.figures] == ["870323", "840734"]
    assert answer.level == "6"
    assert answer.whole[0].observations == 5


def test_partners_leave_out_the_world_and_what_lies_within_another(dataset):
    answer = partners(dataset, "KZ", flow="X", period="2021")
    assert [one.codes["counterpart_area"] for one in answer.figures] == ["RU", "CN"]
    assert answer.whole[0].codes["counterpart_area"] == "W"
    mirror = partners(dataset, "KZ", side="counterpart_area", flow="X", period="2022", level="0")
    assert {one.codes["ref_area"] for one in mirror.figures} == {"RU", "CN"}
    assert mirror.whole[0].value == sum(one.value for one in mirror.figures)


def test_areas_that_do_not_overlap():
    assert without_overlap(["W", "RU", "RU-OMS", "KZ", "EAEU", "_U", "XX"]) == {"RU", "KZ", "XX"}
    rest = {"X-UNS", "X-BUN", "NES-899"}
    assert without_overlap(["RU", "CIS", "WB-ECS", *rest]) == {"RU", *rest}
    assert without_overlap(["RU-OMS", "KZ"]) == {"RU-OMS", "KZ"}


def test_composition_by_section(dataset):
    found = composition(dataset, ref_area="KZ", counterpart_area="RU", flow="X", period="2021")
    assert list(found) == ["II", "V", "XVI", "XVII"]
    assert sum(one.figures[0].value for one in found.values()) == found["V"].whole[0].value


def test_share_of_a_region(dataset):
    found = share_of_region(dataset, ["RU-OMS"], ["RU"], flow="X", counterpart_area="KZ")
    assert list(found) == ["2019", "2020", "2021", "2022", "2023"]
    share, part, whole = found["2021"]
    assert share == part.value / whole.value
    everybody = share_of_region(dataset, ["RU", "KZ", "CN"], flow="X")
    assert {share for share, _, _ in everybody.values()} == {Decimal(1)}


def test_several_levels_are_never_added(tmp_path):
    rows = [
        flow_row(commodity=code, value=value, line=line)
        for line, (code, value) in enumerate(
            [
                ("_T", "100"),
                ("27", "60"),
                ("2710", "60"),
                ("271019", "35"),
                ("271012", "20"),
                ("87", "40"),
            ],
            2,
        )
    ]
    dataset = published_flows(tmp_path, rows).dataset
    answer = pair_by_year(dataset, "KZ", "RU")
    assert answer.levels == ("0", "2", "4", "6")
    assert (answer.level, answer.figures[0].value) == ("2", 100)
    top = top_products(dataset, 5, ref_area="KZ", flow="X", period="2021")
    assert [(one.codes["commodity"], one.value) for one in top.figures] == [("27", 60), ("87", 40)]
    lines = pair_by_year(dataset, "KZ", "RU", level="6")
    assert (lines.figures[0].value, lines.is_complete) == (55, False)


def test_two_editions_of_one_trade_are_refused(tmp_path):
    rows = [flow_row(), flow_row(classification="H6", line=3)]
    dataset = published_flows(tmp_path, rows).dataset
    with pytest.raises(EditionsOverlap) as caught:
        pair_by_year(dataset, "KZ", "RU")
    assert caught.value.params["editions"] == "H5, H6"
    assert pair_by_year(dataset, "KZ", "RU", classification="H6").figures[0].observations == 1
    mixed = [flow_row(), flow_row(classification="H6", period="2022", line=3)]
    apart = published_flows(tmp_path / "other", mixed).dataset
    assert len(pair_by_year(apart, "KZ", "RU").figures) == 2


def test_nothing_selected_is_no_answer_and_no_error(dataset):
    assert pair_by_year(dataset, "XX", "KZ").figures == ()
    assert top_products(dataset, 5, ref_area="XX").figures == ()
    assert composition(dataset, ref_area="XX") == {}
    assert share_of_region(dataset, ["XX"]) == {}


def test_sum_over_partners_is_the_printed_world(dataset):
    """The matrix states the world itself; the sum of partners must give it back."""
    selection = Selection.of({"level": "0", "measure": "VALUE", "freq": "A"})
    world = dataset.totals(
        selection.with_codes(counterpart_area="W"), ["ref_area", "flow", "period"]
    )
    apart = dataset.totals(
        selection.with_codes(counterpart_area=["RU", "KZ", "CN", "RU-OMS"]),
        ["ref_area", "flow", "period"],
    )
    assert [(one.codes, one.value) for one in world] == [(one.codes, one.value) for one in apart]
    assert len(world) == 4 * 2 * 5


def test_a_status_of_three_parts_is_told_part_by_part(tmp_path):
    flows = [
        flow_row(commodity="271019", value="5", weight="3", status="OBSERVED/ESTIMATED/OBSERVED"),
        flow_row(commodity="870323", value="7", weight="2"),
    ]
    dataset = published_flows(tmp_path, flows).dataset
    for measure in ("VALUE", "WEIGHT"):
        selection = Selection.of({"measure": measure})
        said = Counter(row["status"] for row in dataset.stream(selection))
        assert dataset.codes("status", selection) == dict(said)
    assert dataset.codes("status", Selection.of({"measure": "WEIGHT"})) == {
        "ESTIMATED": 1, "OBSERVED": 1,
    }  # fmt: skip


def test_a_status_and_a_unit_are_chosen_as_they_are_told(tmp_path, monkeypatch):
    """What is asked of each amount: also of statuses of three parts, of none, of no unit."""
    stated = ["OBSERVED", "ESTIMATED", "OBSERVED/SUPPRESSED/ESTIMATED", "SUPPRESSED",
              "MISSING/OBSERVED", "TARGET//MISSING"]  # fmt: skip
    amounts = [("5", "3", "2", "NUM"), ("", "3", "", "NUM"), ("5", "", "4", ""), ("", "", "", "")]
    flows = [
        flow_row(commodity=f"{271000 + 10 * place + number:06d}", status=status, value=value,
                 weight=weight, quantity=quantity, quantity_unit=unit)
        for place, status in enumerate(stated)
        for number, (value, weight, quantity, unit) in enumerate(amounts)
    ]  # fmt: skip
    dataset = published_flows(tmp_path, flows).dataset
    rows = list(dataset.stream())
    asked = []
    run = dataset._query.run
    monkeypatch.setattr(dataset._query, "run", lambda sql, *a: asked.append(sql) or run(sql, *a))
    for column in ("status", "unit"):
        for code in ("OBSERVED", "ESTIMATED", "SUPPRESSED", "MISSING", "TARGET", "NUM", "_U", "KG"):
            wanted = [row["id"] for row in rows if row[column] == code]
            assert dataset.count(Selection.of({column: code})) == len(wanted), (column, code)
            found = dataset.stream(Selection.of({column: code}), ("id",))
            assert sorted(row["id"] for row in found) == sorted(wanted), (column, code)
    # the text of a status is not cut on every row of a table
    assert asked
    assert not any("split_part" in sql.partition("WHERE")[2] for sql in asked)


def test_large_selections_come_in_the_same_order_part_by_part(dataset, monkeypatch):
    selection = Selection.of({"measure": ["VALUE", "WEIGHT"]}, start=date(2020, 1, 1))
    at_once = Rows(dataset.stream(selection, by_series=True))
    monkeypatch.setattr("irtysh.store.trade.SORTED_AT_ONCE", 3)
    assert Rows(dataset.stream(selection, by_series=True)) == at_once
    assert len(at_once) > 3 * len({row["ref_area"] for row in at_once})


def test_digits_of_other_scripts_are_no_level(dataset):
    assert dataset.count(Selection.of({"level": "٢"})) == 0


def test_the_gap_of_a_pair_is_of_whole_sums_whatever_their_status(tmp_path):
    flows = [
        flow_row(ref_area="RU", counterpart_area="KZ", flow="X", commodity="271019", value="60",
                 period="2023"),
        flow_row(ref_area="RU", counterpart_area="KZ", flow="X", commodity="870323", value="40",
                 period="2023", status="ESTIMATED"),
        flow_row(ref_area="KZ", counterpart_area="RU", flow="M", commodity="271019", value="100",
                 period="2023"),
    ]  # fmt: skip
    dataset = published_flows(tmp_path, flows).dataset
    assert dataset.pair_gaps(["2023"], least=1, carriage=0) == [("RU", "KZ", 0.0)]


def test_goods_of_another_classification_have_no_section(tmp_path):
    flows = [flow_row(classification="S3", commodity="27", value="5")]
    dataset = published_flows(tmp_path, flows).dataset
    assert composition(dataset, ref_area=flows[0].ref_area, period=flows[0].period) == {}


def test_a_pair_with_itself_is_counted_once(tmp_path):
    flow = flow_row(ref_area="CN", counterpart_area="CN", value="5", commodity="_T")
    found = pair_by_year(published_flows(tmp_path, [flow]).dataset, "CN", "CN")
    assert [one.value for one in found.figures] == [Decimal(5)]


def test_a_neighbour_with_decimals_gives_no_zeros_to_a_number(tmp_path):
    flows = [
        flow_row(commodity="271019", value="100", weight="", period="2021"),
        flow_row(commodity="271019", value="0.125", weight="30", period="2022"),
    ]
    rows = published_flows(tmp_path, flows).dataset.stream()
    said = {(row["measure"], row["period"]): row["printed"] for row in rows}
    assert said == {
        ("VALUE", "2021"): "100", ("VALUE", "2022"): "0.125",
        ("WEIGHT", "2021"): None, ("WEIGHT", "2022"): "30",
    }  # fmt: skip
