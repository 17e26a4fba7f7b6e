"""Staging: what is added is there, parts are whole or absent, the check sheet counts truly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.store import staging as staging_module
from irtysh.store.check_sheet import differences, repeated_keys, sums
from irtysh.store.parquet import read_parquet
from irtysh.store.staging import Staging
from irtysh.vocabulary.errors import AmountUnreadable, CodeEmpty, NotAPeriod
from irtysh.vocabulary.flow_row import FlowRow
from tests.flows import flow_row, flow_rows, published_flows
from tests.observations import observe


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    return Staging(tmp_path / "staging")


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging_module, "PART_ROWS", 100)


class Cancelled(Exception):
    """The user does not want it any more."""


def cancelled_after(count: int) -> Iterator[FlowRow]:
    for number, row in enumerate(flow_rows()):
        if number == count:
            raise Cancelled
        yield row


def test_rows_are_sorted_and_typed(staging):
    rows = list(flow_rows())
    random.Random(1).shuffle(rows)
    assert staging.add(rows) == staging.rows == len(rows)
    found = read_parquet(staging.seal())
    keys = [
        (row["ref_area"], row["counterpart_area"], row["period"], row["commodity"]) for row in found
    ]
    assert keys == sorted(keys)
    by_line = {row["line"]: row for row in found}
    for row in rows:
        kept = by_line[row.line]
        assert kept["value"] == (Decimal(row.value) if row.value else None)
        assert kept["quantity_unit"] == (row.quantity_unit or None)
        assert kept["status"] == row.status


def test_zero_is_not_missing_and_texts_survive(staging):
    staging.add(
        [
            flow_row(value="0", weight="", line=2),
            flow_row(period="2022", commodity='a "quoted", one', value="-1.5E+3", line=3),
        ]
    )
    first, second = read_parquet(staging.seal())
    assert (first["value"], first["weight"]) == (0, None)
    assert (second["commodity"], second["value"]) == ('a "quoted", one', -1500)


def test_the_narrowest_decimal_is_taken(staging):
    long = "12345678901234567890"
    staging.add([flow_row(value="12.25", weight=long, quantity="3")])
    row = read_parquet(staging.seal())[0]
    assert [str(row[name]) for name in ("value", "weight", "quantity")] == ["12.25", long, "3"]


def test_rounding_is_counted(staging):
    staging.add([flow_row(value="8293.599999999999"), flow_row(period="2022", value="1.500000000")])
    assert staging.rounded == 1
    assert read_parquet(staging.seal())[0]["value"] == Decimal("8293.6")


@pytest.mark.parametrize(
    ("value", "rounded"), [("1.5e-12", 1), ("1.5E3", 0), ("2e-8", 0), ("1.23456789123e-1", 1)]
)
def test_rounding_of_scientific_numerals_is_counted(staging, value, rounded):
    staging.add([flow_row(value=value)])
    assert staging.rounded == rounded


@pytest.mark.parametrize(
    ("fields", "error", "column"),
    [
        ({"counterpart_area": ""}, CodeEmpty, "counterpart_area"),
        ({"status": ""}, CodeEmpty, "status"),
        ({"value": "n/a"}, AmountUnreadable, "value"),
        ({"weight": "1" * 40}, AmountUnreadable, "weight"),
    ],
)
def test_a_row_that_cannot_be_kept_is_named(staging, fields, error, column):
    with pytest.raises(error) as caught:
        staging.add([flow_row(), flow_row(**fields, period="2022", line=7)])
    assert (caught.value.params["line"], caught.value.params["column"]) == ("7", column)
    assert staging.rows == 0


def test_a_period_of_no_form_is_refused(staging):
    with pytest.raises(NotAPeriod):
        staging.add([flow_row(freq="M", period="2021-13")])


@pytest.mark.usefixtures("small_parts")
def test_a_cancelled_import_keeps_whole_parts_and_goes_on(staging):
    with pytest.raises(Cancelled):
        staging.add(cancelled_after(250))
    again = Staging(staging.folder)
    assert again.rows == 200
    assert not list(again.folder.glob("*building*"))
    rest = list(flow_rows())[again.rows :]
    again.add(rest)
    assert again.rows == len(list(flow_rows()))
    assert {row["line"] for row in read_parquet(again.seal())} == {r.line for r in flow_rows()}


@pytest.mark.usefixtures("small_parts")
def test_what_was_added_after_sealing_is_sealed_too(staging):
    staging.add(flow_rows(years=["2019"], months=False))
    staging.seal()
    staging.add(flow_rows(years=["2020"], months=False))
    assert len(read_parquet(staging.seal())) == staging.rows


def test_thrown_away_is_gone(staging):
    staging.add(flow_rows())
    staging.discard()
    assert not staging.folder.exists()
    assert Staging(staging.folder).rows == 0


def test_parts_make_the_totals(staging):
    """The matrix states its totals itself: sums of six digits must give them back."""
    staging.add(flow_rows(months=False))
    found = {
        (one.codes["flow"], one.codes["period"], one.codes["level"]): one
        for one in sums(staging)
        if not one.codes["partner"]
    }
    assert {key[2] for key in found} == {"0", "6"}
    for flow in "XM":
        whole, parts = found[flow, "2021", "0"], found[flow, "2021", "6"]
        assert whole.value == parts.value
        assert parts.rows == whole.rows * 5
        hidden = found[flow, "2020", "6"]
        assert hidden.missing == 3
        assert hidden.value < found[flow, "2020", "0"].value


def test_repeated_keys_name_both_lines_and_are_kept(staging):
    staging.add([flow_row(line=5), flow_row(period="2022", line=6), flow_row(value="7", line=9)])
    count, faults = repeated_keys(staging)
    assert count == 1
    assert (faults[0].params["first"], faults[0].params["second"]) == ("5", "9")
    assert "KZ" in faults[0].params["key"]
    assert staging.rows == 3


def test_many_repeats_are_counted_and_the_first_listed(staging):
    staging.add(
        flow_row(period=str(1900 + n), line=m * 1000 + n) for n in range(50) for m in (1, 2, 3)
    )
    count, faults = repeated_keys(staging, limit=10)
    assert (count, len(faults)) == (100, 10)


def test_differences_from_what_is_published(tmp_path, staging):
    rows = list(flow_rows())
    vintage = published_flows(tmp_path / "datasets", rows)
    changed = [row._replace(value="999999999") if row.line == 2 else row for row in rows[:-3]]
    staging.add([*changed, flow_row(period="2031", line=5000)])
    found = differences(staging, vintage.parquet)
    assert (found.added, found.changed, found.withdrawn) == (1, 1, 3)
    assert found.same == len(rows) - 4
    assert found.largest[0].kind == "changed"
    assert found.largest[0].after["value"] == 999999999
    assert found.largest[0].before["value"] == Decimal(rows[0].value)
    assert sorted(change.kind for change in found.largest[1:]) == ["added", *["withdrawn"] * 3]
    assert differences(staging, None).added == staging.rows


def test_lines_that_moved_are_no_difference(tmp_path, staging):
    vintage = published_flows(tmp_path / "datasets")
    staging.add(row._replace(line=row.line + 100) for row in flow_rows())
    found = differences(staging, vintage.parquet)
    assert (found.added, found.changed, found.withdrawn) == (0, 0, 0)


def test_figures_are_staged_too(tmp_path):
    staging = Staging(tmp_path / "figures", "figures")
    rows = [observe("402,1", locator="a"), observe("402,1", "2020"), observe("", "2019")]
    assert staging.add(rows) == 3
    assert repeated_keys(staging) == (0, [])
    assert [row["value"] for row in read_parquet(staging.seal())] == [None, *[Decimal("402.1")] * 2]
    assert {one.codes["measure"]: one.rows for one in sums(staging)} == {"VALUE": 1}
    staging.add([observe("7", locator="a")])
    count, faults = repeated_keys(staging)
    assert (count, faults[0].params["first"]) == (1, "a")


def test_an_empty_staging_seals_to_nothing(staging):
    assert staging.add([]) == 0
    assert read_parquet(staging.seal()) == []
    assert repeated_keys(staging) == (0, [])


def test_what_another_engine_made_is_taken_beside_what_was_read(tmp_path):
    """Parts of unlike decimals must not cost a digit after the point."""
    rows = list(flow_rows())
    made = published_flows(tmp_path / "a", [row for row in rows if row.flow == "X"])
    staging = Staging(tmp_path / "staging")
    staging.add([flow_row(period="1990", value="0.12345678", line=7000)])
    assert staging.take(made.parquet) == made.manifest["rows"]
    staging.add(row for row in rows if row.flow == "M")
    found = {row["line"]: row["value"] for row in read_parquet(staging.seal())}
    assert found.pop(7000) == Decimal("0.12345678")
    assert found == {row.line: Decimal(row.value) if row.value else None for row in rows}
