"""Vintages: published whole, never edited, the same content the same id."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.store.schema import from_row
from irtysh.store.selection import Selection
from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintages
from irtysh.vocabulary.errors import (
    DatasetIdWrong,
    KeysRepeat,
    NothingStaged,
    ReleaseDamaged,
    ReleaseNotFound,
)
from tests.flows import ABOUT, CONSTANTS, NOON, flow_row, flow_rows, published_flows
from tests.observations import observe


def test_published_is_what_readers_see(tmp_path):
    made = published_flows(tmp_path)
    vintages = Vintages(tmp_path)
    assert vintages.ids() == ["TEST_TRADE"]
    found = vintages.current("TEST_TRADE")
    assert found.id == made.id == found.dataset.version
    assert found.about["invented"] is True
    assert found.manifest["rows"] == len(list(flow_rows()))
    assert found.manifest["checks"] == {"rows": "passed"}
    assert found.created_at == NOON
    found.verify()


def test_the_order_of_lines_changes_nothing(tmp_path):
    rows = list(flow_rows())
    random.Random(7).shuffle(rows)
    first = published_flows(tmp_path / "a")
    second = published_flows(tmp_path / "b", rows)
    assert first.id == second.id
    assert first.parquet.read_bytes() == second.parquet.read_bytes()


def test_parts_change_nothing(tmp_path, monkeypatch):
    first = published_flows(tmp_path / "a")
    monkeypatch.setattr("irtysh.store.staging.PART_ROWS", 37)
    second = published_flows(tmp_path / "b")
    assert first.parquet.read_bytes() == second.parquet.read_bytes()


def test_equal_content_is_the_same_vintage(tmp_path):
    first = published_flows(tmp_path)
    again = published_flows(tmp_path, created_at=NOON + timedelta(hours=1))
    assert again.id == first.id
    assert len(Vintages(tmp_path).list("TEST_TRADE")) == 1


def test_another_unit_is_another_vintage(tmp_path):
    first = published_flows(tmp_path)
    second = published_flows(tmp_path, constants={**CONSTANTS, "unit_mult": 3})
    assert second.id != first.id
    assert second.manifest["previous"] == first.id


def test_going_back_is_a_vintage_of_its_own(tmp_path):
    first = published_flows(tmp_path)
    rows = [*flow_rows(), flow_row(period="2031", line=9999)]
    second = published_flows(tmp_path, rows, created_at=NOON + timedelta(hours=1))
    vintages = Vintages(tmp_path)
    third = vintages.go_back("TEST_TRADE", first.id, NOON + timedelta(hours=2))
    assert len({first.id, second.id, third.id}) == 3
    assert vintages.current("TEST_TRADE").id == third.id
    assert third.dataset.count() == first.dataset.count()
    assert third.about == first.about
    assert [one.id for one in vintages.list("TEST_TRADE")] == [third.id, second.id, first.id]
    assert vintages.as_of("TEST_TRADE", NOON + timedelta(minutes=90)).id == second.id


def test_repeated_keys_are_not_published(tmp_path):
    with pytest.raises(KeysRepeat) as caught:
        published_flows(tmp_path, [flow_row(line=5), flow_row(line=9)])
    assert caught.value.params == {"dataset": "TEST_TRADE", "count": 1, "first": "5", "second": "9"}
    assert Vintages(tmp_path).ids() == []


def test_nothing_is_not_published(tmp_path):
    with pytest.raises(NothingStaged):
        published_flows(tmp_path, [])
    with pytest.raises(ReleaseNotFound):
        Vintages(tmp_path).current("TEST_TRADE")


def test_odd_names_are_no_vintages(tmp_path):
    made = published_flows(tmp_path)
    for odd in ("..", "current", f"../TEST_TRADE/{made.id}", "2020-01-01-0000000000"):
        with pytest.raises(ReleaseNotFound):
            Vintages(tmp_path).get("TEST_TRADE", odd)
    with pytest.raises(ReleaseNotFound):
        Vintages(tmp_path).current("OTHER")


def test_damage_is_found(tmp_path):
    made = published_flows(tmp_path)
    content = bytearray(made.parquet.read_bytes())
    content[100] ^= 1
    made.parquet.unlink()
    made.parquet.write_bytes(content)
    with pytest.raises(ReleaseDamaged):
        made.verify()


def test_the_query_file_can_be_deleted(tmp_path):
    made = published_flows(tmp_path)
    for path in (tmp_path / "TEST_TRADE" / ".cache").glob("*.duckdb"):
        path.unlink()
    assert Vintages(tmp_path).get("TEST_TRADE", made.id).dataset.count() == made.dataset.count()


def test_old_query_files_are_swept(tmp_path):
    for number in range(6):
        published_flows(
            tmp_path, [flow_row(value=str(number))], created_at=NOON + timedelta(hours=number)
        )
    assert len(list((tmp_path / "TEST_TRADE" / ".cache").glob("*.duckdb"))) <= 4
    counts = [one.dataset.count() for one in Vintages(tmp_path).list("TEST_TRADE")]
    assert counts == [2] * 6


def test_figures_are_published_with_everything_printed(tmp_path):
    rows = [observe("402,1", dataflow="MACRO", notes=("a",)), observe("", "2020", dataflow="MACRO")]
    staging = Staging(tmp_path / "staging", "figures")
    staging.add(rows)
    made = Vintages(tmp_path / "sets").publish("MACRO", staging, ABOUT, structure="figures")
    assert set(made.dataset.observations()) == set(rows)
    assert made.dataset.structure == "figures"
    assert made.dataset.codes("level") == {"0": 2}


def test_figures_of_another_dataflow_are_a_mistake_of_the_program(tmp_path):
    staging = Staging(tmp_path / "staging", "figures")
    staging.add([observe()])
    with pytest.raises(ValueError, match="TRADE_PARTNER"):
        Vintages(tmp_path / "sets").publish("MACRO", staging, ABOUT, structure="figures")


AMOUNT = st.one_of(
    st.just(""),
    st.decimals(-(10**12), 10**12, places=3).map(lambda number: f"{number:f}"),
    st.integers(0, 10**15).map(str),
)
CODE = st.sampled_from(["RU", "KZ", "W", "RU-OMS", "_U"])
ROW = st.builds(
    flow_row,
    ref_area=CODE,
    counterpart_area=CODE,
    flow=st.sampled_from("XM"),
    commodity=st.sampled_from(["_T", "27", "2710", "271019", "100199", "2710190000"]),
    period=st.sampled_from(["2019", "2020", "2021"]),
    value=AMOUNT,
    weight=AMOUNT,
    quantity=AMOUNT,
    quantity_unit=st.sampled_from(["", "NUM", "KM2"]),
    status=st.sampled_from(["OBSERVED", "SUPPRESSED", "ESTIMATED"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=30, unique_by=lambda row: row[:7]), st.randoms())
def test_every_row_comes_back_exactly(tmp_path_factory, rows, shuffler):
    rows = [row._replace(line=number) for number, row in enumerate(rows, 2)]
    folder = tmp_path_factory.mktemp("datasets")
    made = published_flows(folder / "a", rows)
    shuffler.shuffle(rows)
    assert published_flows(folder / "b", rows).id == made.id
    stated = {
        (row.line, measure): (Decimal(text) if text else None)
        for row in rows
        for measure, text, is_there in (
            ("VALUE", row.value, True),
            ("WEIGHT", row.weight, any(one.weight for one in rows)),
            ("QUANTITY", row.quantity, _counts(rows) and (row.quantity or row.quantity_unit)),
        )
        if is_there
    }
    found = {}
    for row in made.dataset.stream():
        one = from_row(row)
        assert one.id == row["id"]
        assert (one.period.start, one.period.end) == (row["period_start"], row["period_end"])
        assert (one.value is None) == (one.status.value in ("MISSING", "SUPPRESSED"))
        found[int(one.locator.removeprefix("line ")), one.measure] = one.value
    assert found == stated
    assert made.dataset.count() == len(stated)


def _counts(rows):
    return any(row.quantity for row in rows)


SUMMED_BY = (
    ["ref_area"],
    ["counterpart_area"],
    ["commodity"],
    ["level"],
    ["ref_area", "commodity"],
    ["period", "flow"],
    ["status"],
    ["counterpart_area", "valuation"],
    ["locator"],
)
"""One or more for each table that answers."""


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=30, unique_by=lambda row: row[:7]))
def test_parts_make_the_whole(tmp_path_factory, rows):
    """Whatever is summed by, and from whichever table, the sums add up to the same."""
    rows = [row._replace(line=number) for number, row in enumerate(rows, 2)]
    dataset = published_flows(tmp_path_factory.mktemp("datasets"), rows).dataset
    everything = Selection.of({"measure": "VALUE"})
    whole = [
        (one.value or 0, one.observations, one.missing) for one in dataset.totals(everything, ())
    ]
    for by in SUMMED_BY:
        parts = dataset.totals(everything, by)
        added = [
            sum((one.value or 0) for one in parts),
            sum(one.observations for one in parts),
            sum(one.missing for one in parts),
        ]
        assert [tuple(added)] == (whole or [(0, 0, 0)])
        counts = dataset.codes(by[0], everything)
        assert sum(counts.values()) == added[1] == dataset.count(everything)
    for area, count in dataset.codes("counterpart_area").items():
        assert dataset.count(Selection.of({"counterpart_area": area})) == count
        assert len(dataset.observations(Selection.of({"counterpart_area": area}))) == count


@pytest.mark.parametrize("name", ["../OUTSIDE", "lower", "A", "..", "TRADE/../X", "TRADE_X\n", ""])
def test_an_id_that_is_none_names_no_folder(tmp_path, name):
    staging = Staging(tmp_path / "rows")
    staging.add(flow_rows())
    vintages = Vintages(tmp_path / "datasets")
    with pytest.raises(DatasetIdWrong):
        vintages.publish(name, staging, ABOUT, structure="trade", constants=CONSTANTS)
    with pytest.raises(ReleaseNotFound):
        vintages.current(name)
    with pytest.raises(ReleaseNotFound):
        vintages.get(name, "2026-11-22-0a1b2c3d4e")
    assert [path.name for path in tmp_path.iterdir()] == ["rows"]
