"""The real tables, where the folder with them is at hand; CI has the small workbook instead."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.sources.spreadsheet import Reading, RowFate, mapping, read_spreadsheet
from irtysh.vocabulary.numbers import parse_printed
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES

DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the real data are not at hand")

EXPORTS = "rosstat-exports-by-region"
_SPAN = {
    "Iквартал": "{0}-01/{0}-03",
    "Iполугодие": "{0}-01/{0}-06",
    "январь-сентябрь": "{0}-01/{0}-09",
    "январь-декабрь": "{0}",
}


def read(path: str, name: str) -> Reading:
    file = DATA / path
    return read_spreadsheet(file.read_bytes(), mapping(name), file=file.name)


@pytest.fixture(scope="module")
def exports() -> Reading:
    return read("regional/rosstat_2016_01_export_by_region.xlsx", EXPORTS)


def tidy(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_exports_equal_the_long_form_value_by_value(exports: Reading) -> None:
    expected = tidy(DATA / "regional/rosstat_export_by_region_2009_2015_tidy.csv")
    found = [item for item in exports.observations if item.value is not None]
    assert len(found) == len(expected) == 7440
    sheets = {"W": "Всего", "NCIS": "Страны дальнего зарубежья", "CIS": "Государства-участники СНГ"}
    for observation, row in zip(found, expected, strict=True):
        assert sheets[observation.counterpart_area] == row["sheet"]
        assert observation.period.code == _SPAN[row["period_cumulative"]].format(row["year"])
        assert float(observation.value or 0) == float(row["value_musd"])


def test_exports_leave_no_row_behind(exports: Reading) -> None:
    assert exports.refused == []
    assert [sum(fates.values()) for fates in exports.rows.values()] == [108, 104, 105]
    assert exports.rows_read == 3 * 97
    assert len(exports.observations) == 3 * 97 * 27
    assert all(fates[RowFate.REFUSED] == 0 for fates in exports.rows.values())
    assert not any(note.text.missing(LANGUAGES) for note in exports.notes.values())


def test_known_figures_of_omsk(exports: Reading) -> None:
    totals = {
        item.period.code: item.value
        for item in exports.observations
        if item.ref_area == "RU-OMS" and item.counterpart_area == "W" and item.freq == "A"
    }
    assert totals["2009"] == Decimal("414.2")
    assert totals["2010"] == Decimal("6912.0")
    assert totals["2011"] == Decimal("514.7")


def test_coverage_notes_stand_where_the_coverage_changes(exports: Reading) -> None:
    def carriers(note: str) -> set[tuple[str, str]]:
        name = f"{EXPORTS}.{note}"
        return {
            (item.counterpart_area, item.period.code)
            for item in exports.observations
            if name in item.notes and item.ref_area != "RU"
        }

    out = {"2010-01/2010-09", "2010", "2011-01/2011-03", "2011-01/2011-06", "2011-01/2011-09"}
    assert carriers("without-kazakhstan") == {
        (area, period) for area in ("W", "CIS") for period in {*out, "2011"}
    }
    belarus = carriers("without-belarus")
    assert {area for area, _ in belarus} == {"W", "CIS"}
    assert {
        Period.parse("A" if len(code) == 4 else "C", code).first_year for _, code in belarus
    } == {
        2009,
        2010,
        2011,
    }
    assert len(belarus) == 2 * 12
    registered = f"{EXPORTS}.place-of-registration"
    assert all(registered in item.notes for item in exports.observations)
    with_eaeu = carriers("with-eaeu")
    assert {code[:4] for area, code in with_eaeu if area == "W"} == {"2012", "2013", "2014", "2015"}
    assert {code[:4] for area, code in with_eaeu if area == "CIS"} == {"2012", "2013", "2014"}


def test_the_case_says_of_omsk_what_the_reader_reads(exports: Reading) -> None:
    """The rows of the case were put in by hand: two ways to one result."""
    path = ROOT / "cases/omsk-kazakhstan/observations/region_exports.csv"
    if not path.exists():
        pytest.skip("the case has no such table")
    read_here = {item.locator: item for item in exports.observations}
    pairs = {
        "belarus-left-out": f"{EXPORTS}.without-belarus",
        "kazakhstan-left-out": f"{EXPORTS}.without-kazakhstan",
        "trader-registration": f"{EXPORTS}.place-of-registration",
        "eaeu-counted": f"{EXPORTS}.with-eaeu",
    }
    for row in tidy(path):
        item = read_here[row["locator"]]
        assert (item.ref_area, item.period.code) == (row["ref_area"], row["period"])
        assert item.value is not None
        assert parse_printed(row["printed"]) == item.value.quantize(parse_printed(row["printed"]))
        for in_case, in_mapping in pairs.items():
            assert (in_case in row["notes"].split(";")) == (in_mapping in item.notes)


def test_russia_as_a_whole_has_no_hole(exports: Reading) -> None:
    names = {note for item in exports.observations if item.ref_area == "RU" for note in item.notes}
    assert not {f"{EXPORTS}.without-kazakhstan", f"{EXPORTS}.without-belarus"} & names
    assert f"{EXPORTS}.revised-with-eaeu" in names


def test_foreign_investment_has_its_unit_in_the_row() -> None:
    reading = read(
        "regional/rosstat_2016_01_foreign_investment_by_region.xls",
        "rosstat-foreign-investment-by-region",
    )
    assert reading.refused == []
    assert [sum(fates.values()) for fates in reading.rows.values()] == [108, 104]
    values = [item for item in reading.observations if item.measure == "VALUE"]
    assert {item.unit_mult for item in values if item.ref_area == "RU"} == {6}
    assert {item.unit_mult for item in values if item.ref_area != "RU"} == {3}
    districts = [
        item.value
        for item in values
        if item.ref_area.endswith("-FD") and item.period.code == "2013" and item.value is not None
    ]
    assert len(districts) == 8
    whole = next(i for i in values if i.ref_area == "RU" and i.period.code == "2013").value
    assert whole is not None
    assert abs(sum(districts, Decimal(0)) / 1000 - whole) < Decimal("0.01") * whole
    omsk = next(i for i in values if i.ref_area == "RU-OMS" and i.period.code == "2013")
    assert omsk.value == Decimal(510724)
    moved = {
        (item.ref_area, item.period.code)
        for item in reading.observations
        if "rosstat-foreign-investment-by-region.moscow-boundary" in item.notes
    }
    assert moved == {
        (area, period)
        for area in ("RU-MOW", "RU-MOS")
        for period in ("2012", "2013", "2013-01/2013-03", "2013-01/2013-06", "2013-01/2013-09")
    }


def test_road_freight_is_an_index_on_the_year_before() -> None:
    reading = read(
        "regional/rosstat_2016_01_freight_by_region.xls", "rosstat-road-freight-by-region"
    )
    assert reading.refused == []
    assert [sum(fates.values()) for fates in reading.rows.values()] == [106, 106]
    assert sum(item.value is not None for item in reading.observations) == 5204
    omsk = [item for item in reading.observations if item.ref_area == "RU-OMS"]
    assert {(item.measure, item.unit) for item in omsk} == {
        ("FREIGHT_CARRIED", "PC"),
        ("FREIGHT_TURNOVER", "PC"),
    }
    latest = next(item for item in omsk if item.period.code == "2015-01/2015-09")
    assert (latest.value, latest.measure) == (Decimal("94.0"), "FREIGHT_CARRIED")
    assert latest.base_period is not None
    assert latest.base_period.code == "2014-01/2014-09"


def test_imf_years_in_columns_are_read_with_a_mapping() -> None:
    reading = read("trade/imf_imts_russia_by_partner_2016_2024.csv", "imf-imts-russia-by-partner")
    assert reading.encoding == "utf-8-sig"
    assert not reading.refused
    exports = {
        item.period.code: item.value
        for item in reading.observations
        if item.counterpart_area == "KZ" and item.flow == "X"
    }
    assert exports["2023"] == Decimal("16991.044297006")
    assert exports["2024"] is None
