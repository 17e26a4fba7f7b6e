from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.vocabulary.errors import MappingDoesNotFit
from tests.sources.trade.opened import head_of, layout_of, read, recognised, remarks

_BACI = "t,i,j,k,v,q\n"


def _baci(folder: Path, *lines: str, name: str = "BACI_HS17_Y2021_V202401.csv"):
    return read(head_of(folder, name, _BACI + "\n".join(lines)), "baci")


def test_baci_in_our_units_and_codes(tmp_path: Path) -> None:
    (row,), _ = _baci(tmp_path, "2021,643,398,271019,1234.567,8.9")
    assert row[:7] == ("A", "RU", "KZ", "X", "H5", "271019", "2021")
    assert (row.value, row.weight, row.status) == ("1234.567", "8900", "DERIVED")


def test_baci_numbers_of_countries_are_those_of_comtrade(tmp_path: Path) -> None:
    pairs = {
        "251": "FR",
        "757": "CH",
        "842": "US",
        "699": "IN",
        "490": "TW",
        "579": "NO",
        "4": "AF",
    }
    rows, _ = _baci(tmp_path, *(f"2021,{number},398,271019,1,1" for number in pairs))
    assert [row.ref_area for row in rows] == list(pairs.values())


def test_a_lost_zero_is_put_back_and_said(tmp_path: Path) -> None:
    rows, tally = _baci(tmp_path, "2021,643,398,10121,1,1", "2021,643,398,20110,1,1")
    assert [row.commodity for row in rows] == ["010121", "020110"]
    said = remarks(tally)["ZerosRestored"]
    assert (said["text"], said["code"], said["count"]) == ("10121", "010121", "2")


@pytest.mark.parametrize(
    ("tonnes", "kilograms"),
    [("NA", ""), ("", ""), ("0", "0"), ("0.001", "1"), ("1.2345", "1234.5"), ("  12", "12000")],
)
def test_tonnes_become_kilograms_exactly(tmp_path: Path, tonnes: str, kilograms: str) -> None:
    (row,), _ = _baci(tmp_path, f"2021,643,398,271019,1,{tonnes}")
    assert row.weight == kilograms


def test_without_an_edition_in_its_name_the_file_asks(tmp_path: Path) -> None:
    head = head_of(tmp_path, "export.csv", _BACI + "2021,643,398,271019,1,1")
    (question,) = recognised(head)["baci"].questions
    assert (question.setting, question.suggested) == ("classification", "")
    with pytest.raises(MappingDoesNotFit):
        list(layout_of("baci").read(head, {}, None))
    rows, _ = read(head, "baci", classification="H2")
    assert rows[0].classification == "H2"


def test_a_known_form_of_an_unknown_code_is_counted_not_refused(tmp_path: Path) -> None:
    rows, tally = _baci(tmp_path, "2021,643,398,270099,1,1")
    assert len(rows) == 1
    assert tally.unknown == {("H5", "270099"): 1}


_WITS = (
    "nomenclature,reporteriso3,productcode,reportername,partneriso3,partnername,year,"
    "tradeflowname,tradevaluein1000usd\n"
)


def test_wits_by_product(tmp_path: Path) -> None:
    lines = (
        "H3,KAZ,10110,Kazakhstan,RUS,Russia,2012,Export,5.374",
        "H3,KAZ,Total,Kazakhstan,WLD,World,2012,Import,1e3",
        "H3,ROM,0101,Romania,SUD,Sudan,2008,Gross Imp.,2",
        "H3,KAZ,84-85_MachElec,Kazakhstan,RUS,Russia,2012,Export,9",
        "H3,KAZ,271019,Kazakhstan,RUS,Russia,2012,Re-Export,9",
    )
    rows, tally = read(head_of(tmp_path, "w.csv", _WITS + "\n".join(lines)), "wits-bulk")
    assert [row[1:8] for row in rows] == [
        ("KZ", "RU", "X", "H3", "010110", "2012", "5.374"),
        ("KZ", "W", "M", "H3", "_T", "2012", "1000"),
        ("RO", "SD", "M", "H3", "0101", "2008", "2"),
    ]
    assert tally.left_out == {"trade-product-group": 1, "trade-other-flow": 1}
    assert tally.printed == {"KZ W M _T 2012": Decimal(1000)}
    assert {"AreaRenamed", "AreaAggregate", "ZerosRestored"} <= remarks(tally).keys()


_PANEL = "reporter,partner,year,export_kusd,import_kusd\n"


def _panel(folder: Path, *lines: str):
    return read(head_of(folder, "panel.csv", _PANEL + "\n".join(lines)), "wits-panel")


def test_the_panel_gives_a_flow_for_each_column_that_is_filled(tmp_path: Path) -> None:
    rows, tally = _panel(
        tmp_path, "KAZ,RUS,2009,3550000,8900000", "KAZ,UZB,2009,,5", "KAZ,KGZ,2009,0,"
    )
    assert [(row.counterpart_area, row.flow, row.value) for row in rows] == [
        ("RU", "X", "3550000"),
        ("RU", "M", "8900000"),
        ("UZ", "M", "5"),
        ("KG", "X", "0"),
    ]
    assert {(row.classification, row.commodity) for row in rows} == {("_Z", "_T")}
    assert tally.left_out == {"trade-blank-cell": 2}


def test_what_was_written_over_a_dissolved_state_is_refused(tmp_path: Path) -> None:
    rows, tally = _panel(
        tmp_path, "RUS,DEU,1990,1,", "DEU,FRA,1985,1,", "FRA,CZE,1992,1,", "FRA,CZE,1993,1,"
    )
    assert [row.period for row in rows] == ["1993"]
    assert tally.refused == {"AreaOverwritten": 3}
    assert tally.examples[0].params["old"] == "SVU"


def test_special_partners_unions_and_oneself_are_read_and_remarked(tmp_path: Path) -> None:
    rows, tally = _panel(
        tmp_path, "EUN,RUS,2010,1,", "RUS,UNS,2010,2,", "RUS,SPE,2010,3,", "RUS,BUN,2010,4,",
        "RUS,FRE,2010,5,", "CHN,CHN,2010,6,",
    )  # fmt: skip
    assert len(rows) == 6
    assert rows[0].ref_area == "EU"
    assert len({row.counterpart_area for row in rows}) == 6  # each special partner has its code
    assert {"AreaSpecial", "AreaAggregate", "ReporterIsPartner"} <= remarks(tally).keys()


def test_a_short_row_of_the_panel_is_refused_with_its_line(tmp_path: Path) -> None:
    rows, tally = _panel(tmp_path, "KAZ,RUS,2009,1,2", "KAZ,RUS,2009")
    assert len(rows) == 2
    assert [(fault.code, fault.line) for fault in tally.examples] == [("WrongFieldCount", 3)]
