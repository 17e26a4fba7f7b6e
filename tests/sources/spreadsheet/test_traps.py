"""Traps of the workbooks of Rosstat and of Kazakhstan's bureau, each on a small book of our own."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from irtysh.sources.spreadsheet import Reading, make_mapping, read_spreadsheet
from irtysh.sources.spreadsheet.words import one_script, words_of
from irtysh.vocabulary.errors import BadMapping

_THREE = {"ru": "р", "kk": "қ", "en": "e"}
_BASE: dict[str, Any] = {
    "id": "traps",
    "title": _THREE,
    "source": "traps-source",
    "words": "ru",
    "constants": {"dataflow": "GRP", "measure": "GRP", "unit": "KZT", "unit_mult": 3},
    "sheets": [{"name": "."}],
    "headings": [{"row": 1, "gives": "stretch"}],
    "labels": [{"column": "A", "gives": "ref_area", "by": "alias"}],
    "rows": {"first": 2},
}


def read(grids: dict[str, list[list[Any]]], **changes: Any) -> Reading:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in grids.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
    book.close()
    mapping = make_mapping(_BASE | changes, "traps.yaml")
    return read_spreadsheet(stream.getvalue(), mapping, file="traps.xlsx")


def values(reading: Reading) -> dict[tuple[str, str], Decimal | None]:
    return {(one.ref_area, one.period.code): one.value for one in reading.observations}


def test_year_and_stretch_in_one_heading_with_a_footnote_glued_to_it() -> None:
    reading = read(
        {"тенге ": [
            [None, "I квартал         2022 года", "I полугодие         2022 года4) ",
             "9 месяцев 2021года", "2022 год"],
            ["г.Астана", 1, 2, 3, 4],
            ["4) Пересчитано."],
        ]},
        notes={"start": r"^4\)", "known": [{"id": "x", "finds": "Пересчитано", "text": _THREE}]},
    )  # fmt: skip
    assert [one.period.code for one in reading.observations] == [
        "2022-01/2022-03", "2022-01/2022-06", "2021-01/2021-09", "2022",
    ]  # fmt: skip
    marked = [one.period.code for one in reading.observations if one.notes]
    # a note's number is known by its sequence; one that begins at 4 is found by its text
    assert marked in ([], ["2022-01/2022-06"])
    assert reading.refused == []


@pytest.mark.parametrize("heading", ["полугодие", "I квартал", "квартал 2022", "1822 год"])
def test_a_heading_that_is_no_stretch_is_refused(heading: str) -> None:
    reading = read({"a": [[None, heading], ["г.Астана", 1]]})
    assert [fault.code for fault in reading.refused] == [
        "HeaderNotUnderstood",
        "ValueWithoutHeading",
    ]


def test_a_number_as_a_year_and_a_latin_letter_in_a_russian_name() -> None:
    reading = read(
        {"a": [[None, 2016, "2017"], ["Hенецкий авт.округ", 1.5, 2],
               ["Калинингpадская область", 3, 4]]},
        headings=[{"row": 1, "gives": "year"}],
    )  # fmt: skip
    assert values(reading)[("RU-NEN", "2016")] == Decimal("1.5")
    assert values(reading)[("RU-KGD", "2017")] == 4
    assert one_script("Hижегородская Hungary") == "Нижегородская Hungary"


def test_dots_with_a_mark_are_a_gap_that_has_the_note() -> None:
    reading = read(
        {"1": [[None, 2016], ["Костромская область", "… 1"], ["Омская область", "-"],
               ["Томская область", 0], ["Курская область", None], ["1 Скрыто."]]},
        headings=[{"row": 1, "gives": "year"}],
        notes={"start": r"^1\s", "known": [{"id": "secret", "finds": "Скрыто", "text": _THREE}]},
    )  # fmt: skip
    notes = {one.ref_area: (one.value, one.notes) for one in reading.observations}
    assert notes["RU-KOS"] == (None, ("missing.not-available", "traps.secret"))
    assert notes["RU-OMS"] == (None, ("missing.nil",))
    assert notes["RU-TOM"] == (Decimal(0), ())
    assert notes["RU-KRS"] == (None, ("missing.blank",))


def test_blocks_set_what_holds_below_them_and_a_row_may_be_its_predecessor() -> None:
    reading = read(
        {"Мужчины ": [
            ["Численность мужчин"], [None, 2016, 2017], ["Мужчины"], ["Туркестанская 1", 10, 7],
            ["Городское население"], ["Туркестанская 1", 4, 3], ["1) Данные по 2016 год."],
        ]},
        headings=[{"row": 1, "gives": "year"}],
        sheets=[{"name": "^Мужчины$", "shift": 1}],
        constants=_BASE["constants"] | {"unit": "PERS", "period_kind": "P", "day": "01-01"},
        rows={"first": 2, "special": [
            {"label": "^Мужчины$", "block": True, "set": {"measure": "POPULATION_M"}},
            {"label": "^Городское", "sheet": "^Мужчины$", "block": True,
             "set": {"measure": "POPULATION_M_URBAN"}},
            {"label": "^Городское", "sheet": "^Женщины$", "block": True,
             "set": {"measure": "POPULATION_F_URBAN"}},
            {"label": "^Туркестанская", "until_year": 2016, "set": {"ref_area": "KZ-YUZ"}},
        ]},
        notes={"start": r"^1\)", "known": [{"id": "south", "finds": "2016", "text": _THREE,
               "binds": {"by_mark": True}}]},
    )  # fmt: skip
    found = {(o.measure, o.ref_area, o.period.code): o.value for o in reading.observations}
    assert found == {
        ("POPULATION_M", "KZ-YUZ", "2016-01-01"): 10,
        ("POPULATION_M", "KZ-61", "2017-01-01"): 7,
        ("POPULATION_M_URBAN", "KZ-YUZ", "2016-01-01"): 4,
        ("POPULATION_M_URBAN", "KZ-61", "2017-01-01"): 3,
    }
    assert "CodeNotInForce" in {fault.code for fault in reading.remarks}
    assert all("traps.south" in one.notes for one in reading.observations)


def test_of_which_stands_alone_and_a_whole_stands_beside_its_parts() -> None:
    reading = read(
        {"a": [[None, 2016], ["Тюменская область", 10], ["в том числе:"],
               ["   Ханты-Мансийский   автономный округ – Югра", 6], ["Ямало-Ненецкий АО", 3],
               ["Тюменская область без     автономных округов", 1]]},
        headings=[{"row": 1, "gives": "year"}],
        rows={"first": 2, "special": [{"label": "^в том числе:?$", "leave_out": True}]},
    )  # fmt: skip
    assert reading.refused == []
    assert [one.ref_area for one in reading.observations] == [
        "RU-TYU", "RU-KHM", "RU-YAN", "RU-TYU-X",
    ]  # fmt: skip


def test_a_district_that_no_list_has_is_refused_with_its_cell() -> None:
    reading = read(
        {"a": [[None, 2016], ["Верхнеиртышский федеральный округ", 5],
               ["Крымский федеральный округ", 7]]},
        headings=[{"row": 1, "gives": "year"}],
    )  # fmt: skip
    (fault,) = reading.refused
    assert (fault.code, fault.column) == ("UnknownLabel", "a!A2")
    assert [one.ref_area for one in reading.observations] == ["RU-CRI-FD"]


def test_a_region_named_twice_is_refused_the_second_time() -> None:
    reading = read(
        {"a": [[None, 2016], ["Алматы", "1\u00a0250,5"], ["г. Алматы", 2]]},
        headings=[{"row": 1, "gives": "year"}],
    )  # fmt: skip
    assert [fault.code for fault in reading.refused] == ["RepeatedCell"]
    assert values(reading) == {("KZ-75", "2016"): Decimal("1250.5")}


@pytest.mark.parametrize(
    "rows",
    [
        {"first": 2, "special": [{"label": "x", "block": True, "set": {"measure": "NO_SUCH"}}]},
        {"first": 2, "special": [{"label": "x", "set": {}, "until": 2016}]},
    ],
)
def test_a_wrong_rule_is_a_bad_mapping(rows: dict[str, Any]) -> None:
    with pytest.raises(BadMapping):
        make_mapping(_BASE | {"rows": rows}, "traps.yaml")


def test_a_day_has_a_month() -> None:
    with pytest.raises(BadMapping, match="day"):
        make_mapping(_BASE | {"constants": _BASE["constants"] | {"day": "1"}}, "traps.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023", "2023"),
        ("2022 года", "2022"),
        ("I полугодие 2023 года", "2023:1-6"),
        ("года", None),
    ],
)
def test_stretches(text: str, said: str | None) -> None:
    assert words_of("ru").stretch_of(text) == said
