from __future__ import annotations

import json
from pathlib import Path

import pytest

from irtysh.sources.intake.layout import Tally
from irtysh.sources.trade.icio import TwoIndustries
from irtysh.vocabulary.errors import MappingDoesNotFit
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import say
from tests.sources.trade.opened import accounted, head_of, layout_of, read, recognised, remarks

_WIDE = (
    '"DATASET","COUNTRY.ID","COUNTRY","INDICATOR.ID","COUNTERPART_COUNTRY.ID","FREQUENCY.ID",'
    '"SCALE.ID","2022","2023","2024"\n'
)


def _wide(folder: Path, *lines: str):
    text = (
        "\ufeff"
        + _WIDE
        + "\n".join(f'"IMF.STA:IMTS(1.0.0)","RUS","Russia",{line}' for line in lines)
    )
    return read(head_of(folder, "imts.csv", text), "imf-imts-wide")


def test_imf_years_in_columns_with_an_empty_last_one(tmp_path: Path) -> None:
    rows, tally = _wide(
        tmp_path,
        '"XG_FOB_USD","KAZ","A","6","18198.5","16991",""',
        '"MG_CIF_USD","KAZ","A","6","0.00001","",""',
        '"MG_FOB_USD","KAZ","A","6","8","8",""',
        '"XG_FOB_USD","G001","A","6","1","",""',
        '"XG_FOB_USD","KGZ","A","3","1","",""',
    )
    assert [(row[1:5], row.period, row.value) for row in rows] == [
        (("RU", "KZ", "X", "_Z"), "2022", "18198.5"),
        (("RU", "KZ", "X", "_Z"), "2023", "16991"),
        (("RU", "KZ", "M", "_Z"), "2022", "0.00001"),
        (("RU", "W", "X", "_Z"), "2022", "1"),
    ]
    assert tally.left_out == {"trade-blank-cell": 8, "trade-second-valuation": 2}
    assert tally.refused == {"UnitsDiffer": 1}
    assert remarks(tally)["ColumnWithoutValues"]["column"] == "2024"


def test_imf_as_sdmx_csv_with_months_quarters_and_years(tmp_path: Path) -> None:
    text = (
        "DATAFLOW,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,TIME_PERIOD,OBS_VALUE,SCALE\n"
        "IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,KAZ,M,2021-M04,1500.5,6\n"
        "IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,KAZ,Q,2021-Q2,4500,6\n"
        "IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,KAZ,A,2021,18474,6\n"
        "IMF.STA:IMTS(1.0.0),RUS,XG_FOB_USD,KAZ,A,2022,NaN,6\n"
    )
    rows, tally = read(head_of(tmp_path, "long.csv", text), "imf-imts-sdmx-csv")
    assert [(row.freq, row.period, row.value, row.status) for row in rows] == [
        ("M", "2021-04", "1500.5", "OBSERVED"),
        ("Q", "2021-Q2", "4500", "OBSERVED"),
        ("A", "2021", "18474", "OBSERVED"),
        ("A", "2022", "", "MISSING"),
    ]
    assert remarks(tally)["GapInValues"]["sign"] == "NaN"


def test_icio_is_not_customs_and_leaves_out_what_stays_at_home(tmp_path: Path) -> None:
    text = (
        "exporter,sector,importer,value_musd\nRUS,B05,KAZ,14.5\nRUS,B05,RUS,900\nRUS,C24A,KAZ,2\n"
    )
    head = head_of(tmp_path, "icio2022_intermediate.csv", text)
    (question,) = recognised(head)["oecd-icio"].questions
    assert (question.setting, question.suggested) == ("year", "2022")
    rows, tally = read(head, "oecd-icio", year="2022")
    assert [(row[1:7], row.value) for row in rows] == [
        (("RU", "KZ", "X", "ICIO", "B05", "2022"), "14.5"),
        (("RU", "KZ", "X", "ICIO", "C24A", "2022"), "2"),
    ]
    assert tally.left_out == {"trade-domestic": 1}
    with pytest.raises(MappingDoesNotFit):
        read(head, "oecd-icio")


def test_industry_by_industry_is_refused_by_name(tmp_path: Path) -> None:
    text = "seller_country,seller_sector,buyer_country,buyer_sector,value_musd\nRUS,A01,KAZ,A02,1\n"
    head = head_of(tmp_path, "blocks.csv", text)
    with pytest.raises(TwoIndustries):
        read(head, "oecd-icio-blocks")


def test_missing_zero_dash_and_dots_are_four_statements(tmp_path: Path) -> None:
    signs = ("NaN", "0", "-", "…", "", "5")
    text = "year,exporter,hs4,export_value_usd\n" + "".join(
        f"2017,KAZ,{2701 + n},{sign}\n" for n, sign in enumerate(signs)
    )
    rows, tally = read(head_of(tmp_path, "ots.csv", text), "ots-exports", classification="H5")
    assert [(row.value, row.status) for row in rows] == [
        ("", "MISSING"), ("0", "OBSERVED"), ("", "MISSING"), ("", "MISSING"), ("", "MISSING"),
        ("5", "OBSERVED"),
    ]  # fmt: skip
    said = [fault.params for fault in tally.remarks if fault.code == "GapInValues"]
    assert {(one["sign"], one["reason"]) for one in said} == {
        ("NaN", "NOT_A_NUMBER"), ("-", "NIL"), ("…", "NOT_AVAILABLE"), ("", "BLANK"),
    }  # fmt: skip
    assert {row.counterpart_area for row in rows} == {"W"}


def test_a_table_of_exports_asks_for_what_it_does_not_say(tmp_path: Path) -> None:
    head = head_of(tmp_path, "g.csv", "exporter_iso2,hs4,export_value_usd\nKZ,2709,10.5\n")
    assert [q.setting for q in recognised(head)["globe-exports"].questions] == [
        "year", "classification",
    ]  # fmt: skip
    rows, _ = read(head, "globe-exports", year="2012", classification="H4")
    assert rows[0][1:8] == ("KZ", "W", "X", "H4", "2709", "2012", "10.5")
    mean = head_of(tmp_path, "sitc_avg_1998_2000.csv", "exporter,sitc4,value\nROM,0011,7\n")
    questions = recognised(mean)["sitc-exports"].questions
    assert [(q.setting, q.suggested) for q in questions] == [("year", ""), ("unit_mult", "")]
    rows, _ = read(mean, "sitc-exports", year="1999", unit_mult="0")
    assert rows[0][1:6] == ("RO", "W", "X", "S2", "0011")  # four digits of SITC keep their zeros
    assert rows[0].status == "DERIVED"


def test_first_partners(tmp_path: Path) -> None:
    text = "exporter_iso2,rank,partner_iso2,export_musd\nKZ,1,CN,16484\n"
    rows, _ = read(head_of(tmp_path, "top10_2012.csv", text), "globe-partners", year="2012")
    assert rows[0][1:8] == ("KZ", "CN", "X", "_Z", "_T", "2012", "16484")


@pytest.mark.parametrize(("chosen", "value"), [("origin", "30"), ("consignment", "20")])
def test_armenian_imports_have_one_partner(tmp_path: Path, chosen: str, value: str) -> None:
    text = (
        "country,year,month,export,import_origin,import_consignment,date\n"
        "Kazakhstan,2024,2,10,30,20,2024-02-01\n"
        "Russian Federation,2024,3,,5,5,2024-03-01\n"
        "Nowhereland,2024,3,1,5,5,2024-03-01\n"
    )
    head = head_of(tmp_path, "am.csv", text)
    with pytest.raises(MappingDoesNotFit):
        read(head, "armstat-monthly")
    rows, tally = read(head, "armstat-monthly", import_partner=chosen)
    assert [row[:8] for row in rows][:2] == [
        ("M", "AM", "KZ", "X", "_Z", "_T", "2024-02", "10"),
        ("M", "AM", "KZ", "M", "_Z", "_T", "2024-02", value),
    ]
    assert tally.left_out == {"trade-other-concept": 3, "trade-blank-cell": 1}
    assert tally.unknown == {("areas", "Nowhereland"): 2}
    note = layout_of("armstat-monthly").constants(head, {"import_partner": chosen}).definition
    assert all(say("definitions", note, language) for language in LANGUAGES)


def _world_bank(folder: Path, name: str, text: str, layout: str, **settings: str):
    head = head_of(folder, name, text)
    why = recognised(head)[layout]
    tally = Tally()
    found = layout_of(layout).read(head, {**why.settings, **settings}, tally)
    accounted(tally, len(found))
    return found, tally


def test_world_bank_as_json(tmp_path: Path) -> None:
    record = {
        "indicator": {"id": "NY.GDP.MKTP.CD", "value": "GDP (current US$)"},
        "country": {"id": "KZ", "value": "Kazakhstan"}, "countryiso3code": "KAZ",
        "date": "2023", "value": 261421121325.5, "unit": "", "obs_status": "", "decimal": 0,
    }  # fmt: skip
    arab = {**record, "country": {"id": "1A", "value": "Arab World"}, "countryiso3code": "ARB"}
    text = json.dumps(
        [{"page": 1, "total": 3}, [record, {**record, "date": "2024", "value": None}, arab]]
    )
    found, tally = _world_bank(tmp_path, "gdp.json", text, "world-bank-json")
    assert [(o.ref_area, o.period.code, o.printed, o.status.value) for o in found[:2]] == [
        ("KZ", "2023", "261421121325.5", "OBSERVED"),
        ("KZ", "2024", "", "MISSING"),
    ]
    assert (found[0].dataflow, found[0].unit, found[0].measure) == (
        "WB_NY_GDP_MKTP_CD",
        "USD",
        "VALUE",
    )
    assert remarks(tally)["AreaAggregate"]["text"] == "ARB"


def test_world_bank_as_the_table_of_the_zip(tmp_path: Path) -> None:
    text = (
        '\ufeff"Data Source","World Development Indicators",\n\n'
        '"Last Updated Date","2024-06-28",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2021","2022",\n'
        '"Kazakhstan","KAZ","Population, total","SP.POP.TOTL","19000988","",\n'
        '"World","WLD","Population, total","SP.POP.TOTL","7888305693","7950946801",\n'
        '"Atlantis","ATL","Population, total","SP.POP.TOTL","1","2",\n'
    )
    found, tally = _world_bank(tmp_path, "API_SP.POP.TOTL.csv", text, "world-bank-csv")
    assert [(o.ref_area, o.period.code, o.printed) for o in found] == [
        ("KZ", "2021", "19000988"), ("KZ", "2022", ""), ("W", "2021", "7888305693"),
        ("W", "2022", "7950946801"),
    ]  # fmt: skip
    assert tally.unknown == {("areas", "ATL"): 2}
    assert found[0].unit == "PERS"


def test_an_indicator_without_a_known_unit_is_asked_about(tmp_path: Path) -> None:
    text = (
        '"Country Name","Country Code","Indicator Name","Indicator Code","2021",\n'
        '"Kazakhstan","KAZ","Forest area","AG.LND.FRST.K2","34549",\n'
    )
    head = head_of(tmp_path, "forest.csv", text)
    asked = [q.setting for q in recognised(head)["world-bank-csv"].questions]
    assert asked == ["measure", "unit", "unit_mult"]
    with pytest.raises(MappingDoesNotFit):
        layout_of("world-bank-csv").read(head, {}, Tally())
