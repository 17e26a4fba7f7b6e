"""Every trap of described tables on small inputs of our own making."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sources.intake.layout import Head, Tally
from irtysh.sources.spreadsheet.statements import Gap
from irtysh.sources.spreadsheet.words import words_of
from irtysh.sources.table import LAYOUTS, note_text
from irtysh.sources.table.description import FOLDER, make_table, tables
from irtysh.sources.table.reading import TableReader, number_of
from irtysh.vocabulary.errors import (
    BadMapping,
    FileHoldsNoFigures,
    MappingDoesNotFit,
    NotANumber,
)
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue, explain
from tests.sources.table.read import read

Reading = tuple[str, list[Observation], Tally]


@pytest.fixture
def given_file(tmp_path: Path) -> Callable[..., Reading]:
    def make(name: str, *lines: str) -> Reading:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return read(path, tmp_path)

    return make


def by_area(figures: list[Observation]) -> dict[tuple[str, str], Decimal | None]:
    return {(one.ref_area, one.period.code): one.value for one in figures}


def test_an_old_region_beside_its_successors_is_noted_and_the_total_checked(
    given_file: Callable[..., Reading],
) -> None:
    name, figures, tally = given_file(
        "grp.csv", "bns_region,year,grp_million_kzt",
        "national,2010,100", "PVL,2010,60", "YKO,2010,40",
        "national,2012,100", "PVL,2012,60", "YKO,2012,40", "TRK,2012,25", "SHM,2012,15",
        "national,2019,100", "PVL,2019,60", "TRK,2019,30", "SHM,2019,7",
    )  # fmt: skip
    assert name == "kz-bns-grp"
    assert len(figures) == 12
    note = "kz-bns-grp.counted-twice"
    noted = {(one.ref_area, one.period.code) for one in figures if note in one.notes}
    assert noted == {("KZ-YUZ", "2012"), ("KZ-61", "2012"), ("KZ-79", "2012")}
    differing = [one for one in tally.remarks if one.code == "PrintedTotalDiffers"]
    # 2010 has the old region among the parts, 2012 has it beside them: both agree
    assert [one.params["period"] for one in differing] == ["2019"]
    assert "AreaNotInForce" in {one.code for one in tally.remarks}


def test_macro_series_carry_their_units_and_the_warning_on_trade(
    given_file: Callable[..., Reading],
) -> None:
    name, figures, _ = given_file(
        "macro.csv", "quarter,usdkzt,eurkzt,rurkzt,poil,exp,imp,cpi",
        "2020Q1,391.7,431.4,5.9,50.3,13000.5,8000,200", "2020Q2,,450,6,NaN,1,2,201",
    )  # fmt: skip
    assert name == "kz-macro-quarterly"
    dollars = [one for one in figures if one.unit == "KZT_USD"]
    assert [(one.period.code, one.value) for one in dollars] == [
        ("2020-Q1", Decimal("391.7")),
        ("2020-Q2", None),
    ]
    assert dollars[1].notes == ("missing.blank",)
    oil = [one for one in figures if one.unit == "USD_BBL"]
    assert oil[1].notes == ("missing.not-a-number",)
    trade = [one for one in figures if one.measure == "VALUE"]
    assert {one.definition for one in trade} == {"kz-macro-quarterly.not-customs"}
    assert all(one.definition == "" for one in dollars)


def test_a_mean_over_one_day_is_noted(given_file: Callable[..., Reading]) -> None:
    currencies = "usd rub cny try gbp jpy chf pln krw inr".split()
    header = ",".join(["month", *(f"eur_{one}" for one in currencies), "days", "rub_days"])
    ones = ",".join(["1.5"] * 9)
    _, figures, _ = given_file(
        "fx.csv", header, f"2022-02,1.1,{ones},20,20", f"2022-03,1.1,{ones},23,1",
        f"2022-04,1.1,,{','.join(['1.5'] * 8)},20,0",
    )  # fmt: skip
    roubles = {one.period.code: one for one in figures if one.unit == "RUB_EUR"}
    assert roubles["2022-02"].notes == ()
    assert roubles["2022-03"].notes == ("ecb-eur-fx-monthly.few-days",)
    assert roubles["2022-04"].value is None
    assert all(one.notes == () for one in figures if one.unit == "USD_EUR")


def test_groups_of_countries_are_read_and_flagged(given_file: Callable[..., Reading]) -> None:
    _, figures, tally = given_file(
        "cpi.csv", "Country Name,Country Code,Year,inflation_percent",
        "Kazakhstan,KAZ,2020,6.7", "Arab World,ARB,2020,1.9", "Romania,ROM,2001,34.5",
        "Nowhere,QQQ,2020,1", "Kazakhstan,KAZ,2020,6.8", "Kazakhstan,KAZ,20O1,6.8",
        "Kazakhstan,KAZ,2021,many", "Kazakhstan,KAZ,2022,1,2",
    )  # fmt: skip
    assert by_area(figures) == {
        ("KZ", "2020"): Decimal("6.7"),
        ("WB-ARB", "2020"): Decimal("1.9"),
        ("RO", "2001"): Decimal("34.5"),
    }
    assert figures[0].base_period is not None
    assert figures[0].base_period.code == "2019"
    assert {one.code for one in tally.remarks} == {"AreaAggregate", "AreaRenamed"}
    assert tally.refused == {
        "UnknownCode": 1, "RepeatedCell": 1, "NotAPeriod": 1, "CellNotANumber": 1, "RowTooLong": 1,
    }  # fmt: skip
    assert tally.lines == 8
    assert tally.unknown == {("areas", "QQQ"): 1}
    lines = {one.code: (one.line, one.column) for one in tally.examples}
    assert lines["CellNotANumber"] == (8, "inflation_percent")
    for fault in (*tally.examples, *tally.remarks):
        for language in LANGUAGES:
            assert explain(fault, language)


def test_a_nowcast_is_an_estimate_and_a_mirror_value_is_none(
    given_file: Callable[..., Reading],
) -> None:
    _, figures, _ = given_file(
        "headline.csv",
        "NAPR,PERIOD,stoim_bn,stoim_bn_fact,netto_mt,netto_mt_fact,nowcast_share,fo_yoy",
        "ИМ,2019-01-01,16.9,16.9,10.2,10.2,0.0,", "ЭК,2026-05-01,30.5,20.1,60,40,0.34,-0.05",
    )  # fmt: skip
    values = {one.period.code: one for one in figures if one.measure == "VALUE"}
    assert values["2019-01"].status is Status.MIRROR
    assert values["2026-05"].status is Status.ESTIMATED
    assert values["2026-05"].flow == "X"
    growth = [one for one in figures if one.measure == "VOLUME_GROWTH"]
    assert [one.status for one in growth] == [Status.MISSING, Status.DERIVED]


def test_goods_are_checked_against_their_edition(given_file: Callable[..., Reading]) -> None:
    _, figures, tally = given_file(
        "atlas.csv", "product_code,year,world_export_value,ubiquity,pci_final",
        "0101,2020,1018155630,21,0.0086", "101,2021,5,1,1e-05", "XXXX,2020,9,9,9",
        "0188,2020,1,1,1",
    )  # fmt: skip
    assert {one.commodity for one in figures} == {"0101"}
    assert {one.classification for one in figures} == {"H0"}
    tiny = [one for one in figures if one.measure == "PCI" and one.period.code == "2021"]
    assert tiny[0].printed == "0.00001"
    assert tally.left_out == {"no-product": 1}
    assert tally.refused == {"UnknownCode": 3}


def test_cumulative_quarters_of_the_long_form(given_file: Callable[..., Reading]) -> None:
    _, figures, _ = given_file(
        "tidy.csv", "sheet,region_as_printed,year,period_cumulative,value_musd",
        "Всего,Российская Федерация 3,2009,Iквартал,56834.1",
        "Всего,Омская область,2009,Iполугодие,1.5",
        "Государства-участники СНГ,Омская область,2009,январь-декабрь,218.0",
    )  # fmt: skip
    assert [(one.ref_area, one.counterpart_area, one.period.code) for one in figures] == [
        ("RU", "W", "2009-01/2009-03"),
        ("RU-OMS", "W", "2009-01/2009-06"),
        ("RU-OMS", "CIS", "2009"),
    ]
    assert figures[2].printed == "218.0"


def test_a_list_of_codes_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "countries.csv"
    path.write_text("code,name\nRUS,Russia\nKAZ,Kazakhstan\n", encoding="utf-8")
    with pytest.raises(FileHoldsNoFigures) as caught:
        read(path, tmp_path)
    assert "countries.csv" in explain(caught.value, "kk")


def test_a_column_that_is_gone_is_named() -> None:
    table = next(one for one in tables() if one.id == "world-bank-cpi")
    head = Head("cpi.csv", Path("cpi.csv"), "csv", header=("Country Code", "Year"))
    with pytest.raises(MappingDoesNotFit, match="inflation_percent"):
        TableReader(table, head, Tally())


def test_no_two_layouts_share_an_id_and_all_speak_three_languages() -> None:
    assert len({one.id for one in LAYOUTS}) == len(LAYOUTS)
    words = catalogue("intake")
    for one in LAYOUTS:
        assert set(words[f"layout-{one.id}"]) == set(LANGUAGES)
        assert set(words[f"publisher-{one.publisher}"]) == set(LANGUAGES)
    for table in tables():
        for left in table.left_out:
            key = f"reason-table-left-out-{left.why}" if left.columns else f"left-out-{left.why}"
            assert key in words, (table.id, key)
        for note in table.notes:
            assert note_text(note.id) == note.text
    assert note_text("missing.nil") is not None
    assert note_text("nothing") is None


def described() -> dict[str, Any]:
    text = (FOLDER / "world-bank-cpi.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"needs": []}, "needs"),
        ({"series": []}, "series"),
        ({"period": {}}, "period"),
        ({"period": {"form": "week", "column": "Year"}}, "period.form"),
        ({"colour": "red"}, "colour"),
        ({"fields": [{"gives": "colour", "column": "x"}]}, "fields[1].gives"),
        ({"title": {"ru": "а"}}, "title.kk"),
    ],
)
def test_a_wrong_description_names_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadMapping) as caught:
        make_table(described() | change, "x.yaml")
    assert caught.value.params["field"] == field


@given(st.text(max_size=30))
def test_any_cell_is_a_number_a_gap_or_an_error(text: str) -> None:
    try:
        said = number_of(text, words_of("en"))
    except NotANumber:
        return
    assert isinstance(said, Gap) or said.value.is_finite()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "BLANK"),
        ("NaN", "NOT_A_NUMBER"),
        ("..", "NOT_AVAILABLE"),
        ("-", "NIL"),
        ("n/a", "NOT_AVAILABLE"),
    ],
)
def test_gaps_are_different_statements(text: str, reason: str) -> None:
    said = number_of(text, words_of("en"))
    assert isinstance(said, Gap)
    assert said.reason == reason
    zero = number_of("0", words_of("en"))
    assert not isinstance(zero, Gap)
