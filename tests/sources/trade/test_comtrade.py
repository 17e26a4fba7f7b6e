from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from irtysh.store.selection import EVERYTHING
from irtysh.vocabulary.errors import NotReadable
from tests.flows import published_flows
from tests.sources.trade.opened import head_of, read, recognised, remarks

_LEGACY = (
    "Classification,Year,Period,Period Desc.,Aggregate Level,Is Leaf Code,Trade Flow Code,"
    "Trade Flow,Reporter Code,Reporter,Reporter ISO,Partner Code,Partner,Partner ISO,"
    "2nd Partner Code,2nd Partner,2nd Partner ISO,Customs Proc. Code,Customs,"
    "Mode of Transport Code,Mode of Transport,Commodity Code,Commodity,Qty Unit Code,Qty Unit,"
    "Qty,Alt Qty Unit Code,Alt Qty Unit,Alt Qty,Netweight (kg),Gross weight (kg),"
    "Trade Value (US$),CIF Trade Value (US$),FOB Trade Value (US$),Flag"
)


def _legacy(**cells: str) -> str:
    usual = {
        "Classification": "H5", "Period": "2018", "Trade Flow Code": "2", "Reporter Code": "398",
        "Partner Code": "643", "Commodity Code": "010392", "Qty Unit Code": "5", "Qty": "330",
        "Netweight (kg)": "27862", "Trade Value (US$)": "55930", "Flag": "0",
    }  # fmt: skip
    return ",".join({**usual, **cells}.get(name, "") for name in _LEGACY.split(","))


def _read_legacy(folder: Path, *lines: str):
    return read(head_of(folder, "bulk.csv", "\n".join([_LEGACY, *lines])), "comtrade-legacy")


def test_a_legacy_row_is_a_flow(tmp_path: Path) -> None:
    (row,), tally = _read_legacy(tmp_path, _legacy())
    assert row[:7] == ("A", "KZ", "RU", "X", "H5", "010392", "2018")
    assert row[7:] == ("55930", "27862", "330", "NUM", "OBSERVED", 2)
    assert not tally.remarks


@pytest.mark.parametrize(
    ("sign", "weight", "status"),
    [
        ("c", "27862", "SUPPRESSED/OBSERVED/OBSERVED"),
        ("…", "27862", "MISSING/OBSERVED/OBSERVED"),
        ("c", "", "SUPPRESSED"),
    ],
)
def test_a_hidden_value_hides_no_weight(
    tmp_path: Path, sign: str, weight: str, status: str
) -> None:
    cells = {"Trade Value (US$)": sign, "Netweight (kg)": weight, "Qty": "", "Qty Unit Code": "1"}
    (row,), _tally = _read_legacy(tmp_path, _legacy(**cells))
    assert (row.value, row.weight, row.status) == ("", weight, status)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("Mode of Transport Code", "1", "trade-transport-mode"),
        ("Customs Proc. Code", "C04", "trade-customs-procedure"),
        ("2nd Partner Code", "156", "trade-second-partner"),
        ("Trade Flow Code", "3", "trade-other-flow"),
    ],
)
def test_a_breakdown_is_not_counted_twice(
    tmp_path: Path, column: str, value: str, reason: str
) -> None:
    rows, tally = _read_legacy(tmp_path, _legacy(), _legacy(**{column: value}))
    assert len(rows) == 1
    assert tally.left_out == {reason: 1}


def test_levels_and_totals_of_one_file_are_kept_apart_by_their_code(tmp_path: Path) -> None:
    codes = ("TOTAL", "01", "0103", "010392")
    rows, tally = _read_legacy(
        tmp_path, *(_legacy(**{"Commodity Code": code, "Partner Code": "0"}) for code in codes)
    )
    assert [row.commodity for row in rows] == ["_T", "01", "0103", "010392"]
    assert {row.counterpart_area for row in rows} == {"W"}
    assert {name: str(total) for name, total in tally.printed.items()} == {
        "KZ W X _T 2018": "55930"
    }


@pytest.mark.parametrize("code", ["9999", "999999", "XXXXXX"])
def test_a_pseudo_code_stays_in_the_totals_and_is_marked(tmp_path: Path, code: str) -> None:
    (row,), tally = _read_legacy(tmp_path, _legacy(**{"Commodity Code": code}))
    assert (row.commodity, row.status, row.value) == (code, "SUPPRESSED", "55930")
    assert remarks(tally)["PseudoCommodity"]["code"] == code


def test_months_and_years_of_one_file_are_kept_apart(tmp_path: Path) -> None:
    rows, _ = _read_legacy(tmp_path, _legacy(), _legacy(Period="201804"))
    assert [(row.freq, row.period) for row in rows] == [("A", "2018"), ("M", "2018-04")]


def test_an_estimated_weight_does_not_make_the_value_an_estimate(tmp_path: Path) -> None:
    rows, _ = _read_legacy(tmp_path, *(_legacy(Flag=flag) for flag in "0246"))
    assert [row.status for row in rows] == [
        "OBSERVED",
        "OBSERVED/OBSERVED/ESTIMATED",
        "OBSERVED/ESTIMATED/OBSERVED",
        "OBSERVED/ESTIMATED/ESTIMATED",
    ]


def test_no_quantity_is_no_zero(tmp_path: Path) -> None:
    no_unit = {"Qty Unit Code": "1", "Qty": "0"}
    (row,), _ = _read_legacy(tmp_path, _legacy(**no_unit, **{"Netweight (kg)": ""}))
    assert (row.quantity, row.quantity_unit, row.weight) == ("", "", "")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("Reporter Code", "9876", "UnknownLabel"),
        ("Classification", "Q9", "UnknownLabel"),
        ("Commodity Code", "12AB", "NotAnHsCode"),
        ("Period", "20181", "MomentUnreadable"),
        ("Trade Value (US$)", "12;5", "CellNotANumber"),
        ("Trade Flow Code", "9", "UnknownLabel"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_place(
    tmp_path: Path, column: str, value: str, code: str
) -> None:
    rows, tally = _read_legacy(tmp_path, _legacy(), _legacy(**{column: value}), _legacy())
    assert len(rows) == 2
    (fault,) = tally.examples
    assert (fault.code, fault.file, fault.line, fault.column) == (code, "bulk.csv", 3, column)


def test_an_unknown_country_is_counted_and_the_row_that_repeats_it_too(tmp_path: Path) -> None:
    _, tally = _read_legacy(tmp_path, *[_legacy(**{"Partner Code": "9876"})] * 3)
    assert tally.unknown == {("areas", "9876"): 3}
    assert tally.refused == {"UnknownLabel": 3}


def test_a_row_of_another_width_is_refused(tmp_path: Path) -> None:
    rows, tally = _read_legacy(tmp_path, _legacy(), _legacy() + ",1", _legacy() + ",", "H5,2018")
    assert len(rows) == 2  # blank cells beyond the header are no surplus
    assert tally.refused == {"WrongFieldCount": 2}


_BULK = {
    "typeCode": "C", "freqCode": "A", "refPeriodId": 20220101, "period": "2022",
    "reporterCode": 398, "flowCode": "M", "partnerCode": 156, "partner2Code": 0,
    "classificationCode": "H6", "isOriginalClassification": True, "cmdCode": "8517",
    "customsCode": "C00", "mosCode": "0", "motCode": 0, "qtyUnitCode": 5, "qty": 12,
    "isQtyEstimated": False, "netWgt": 340.5, "isNetWgtEstimated": True,
    "cifvalue": 1500.25, "fobvalue": None, "primaryValue": 1500.25, "legacyEstimationFlag": 4,
    "isReported": True, "isAggregate": False,
}  # fmt: skip


def _bulk(folder: Path, *changes: dict[str, object]):
    lines = ["\t".join(_BULK)]
    for change in changes:
        cells = {**_BULK, **change}.values()
        lines.append("\t".join("" if cell is None else str(cell) for cell in cells))
    content = gzip.compress("\n".join(lines).encode())
    return read(head_of(folder, "COMTRADE-FINAL-CA398202200HS.txt.gz", content), "comtrade-bulk")


def _answer(folder: Path, *changes: dict[str, object]):
    answer = {"elapsedTime": "0.1 secs", "count": 1, "data": [{**_BULK, **c} for c in changes]}
    text = json.dumps({**answer, "error": ""})
    return read(head_of(folder, "answer.json", text), "comtrade-api")


@pytest.mark.parametrize("reader", [_bulk, _answer])
def test_bulk_table_and_answer_say_the_same(tmp_path: Path, reader) -> None:
    changes = [
        {},
        {"motCode": 1000},
        {"customsCode": "C01"},
        {"partner2Code": 643},
        {"mosCode": "3"},
        {"flowCode": "RM"},
        {"typeCode": "S"},
        {"cmdCode": "TOTAL", "isReported": False, "isAggregate": True, "isNetWgtEstimated": False},
        {"freqCode": "M", "period": "202203"},
    ]
    rows, tally = reader(tmp_path, *changes)
    assert rows[0][:11] == (
        "A", "KZ", "CN", "M", "H6", "8517", "2022", "1500.25", "340.5", "12", "NUM",
    )  # fmt: skip
    assert rows[0].status == "OBSERVED/ESTIMATED/OBSERVED"
    assert (rows[1].commodity, rows[1].status) == ("_T", "DERIVED")
    assert (rows[2].freq, rows[2].period) == ("M", "2022-03")
    assert len(rows) == 3
    assert tally.left_out == {
        "trade-transport-mode": 1,
        "trade-customs-procedure": 1,
        "trade-second-partner": 1,
        "trade-mode-of-supply": 1,
        "trade-other-flow": 1,
        "trade-services": 1,
    }


def test_imports_at_fob_are_remarked(tmp_path: Path) -> None:
    _, tally = _answer(tmp_path, {"cifvalue": None, "fobvalue": 1500.25}, {})
    assert remarks(tally)["ImportAtFob"]["count"] == "1"


def test_an_answer_cut_short_is_an_error_and_not_a_short_answer(tmp_path: Path) -> None:
    text = json.dumps({"data": [_BULK, _BULK]})
    head = head_of(tmp_path, "answer.json", text)
    head.path.write_text(text[:-40], encoding="utf-8")
    with pytest.raises(NotReadable):
        read(head, "comtrade-api")


def test_a_long_answer_is_read_in_pieces(tmp_path: Path) -> None:
    many = [{"period": str(1990 + n % 30), "remark": "ы" * 50} for n in range(3000)]
    rows, _ = _answer(tmp_path, *many)
    assert len(rows) == 3000
    assert rows[-1].line == 3000


def test_another_json_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    for text in ('{"data": 5}', "[1, [2]]", '{"rows": []}', '{"data": [{"period": 1}]}', "[]"):
        assert recognised(head_of(tmp_path, "other.json", text)) == {}


def test_each_measure_has_its_own_status_once_published(tmp_path: Path) -> None:
    rows, _ = _read_legacy(tmp_path, *(_legacy(Flag=flag, Period=f"201{flag}") for flag in "0246"))
    dataset = published_flows(tmp_path / "datasets", rows).dataset
    said = {(row["period"], row["measure"]): row["status"] for row in dataset.stream(EVERYTHING)}
    assert [said[year, "VALUE"] for year in ("2010", "2012", "2014", "2016")] == ["OBSERVED"] * 4
    estimated = {key for key, status in said.items() if status == "ESTIMATED"}
    assert estimated == {
        ("2012", "QUANTITY"), ("2014", "WEIGHT"), ("2016", "WEIGHT"), ("2016", "QUANTITY"),
    }  # fmt: skip
