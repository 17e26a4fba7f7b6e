"""What people and programs do to a file between export and import."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.sources.registers import TABLES
from irtysh.sources.registers.names import Names
from irtysh.sources.registers.reading import (
    EmptySheet,
    ReadFile,
    SheetColumnMissing,
    merged,
    read_sheet,
)
from irtysh.sources.registers.sheets import write_csv, write_xlsx
from irtysh.vocabulary.errors import EncodingUnclear, IrtyshError, NotReadable, TooLarge
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.sources.registers.any_document import codes_of

NAMES = Names("ru", codes_of)
FIRMS = TABLES["organisations"]


def read(data: bytes, register: str = "organisations") -> ReadFile:
    return read_sheet(data, "firms.csv", TABLES[register], NAMES)


def found(text: str, register: str = "organisations") -> list[dict[str, Any]]:
    file = read(text.encode(), register)
    assert faults(file) == []
    return [merged(TABLES[register], {}, row) for row in file.rows]


def faults(file: ReadFile) -> list[tuple[str, str]]:
    every = [*file.faults, *(fault for row in file.rows for fault in row.faults)]
    for fault in every:
        for language in LANGUAGES:
            assert explain(fault, language)
    return [(fault.code, fault.column) for fault in every]


def workbook(**sheets: list[list[Any]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize("word", ["да", "Иә", "TRUE", "1", "yes", "Истина"])
def test_yes_in_any_language(word: str) -> None:
    assert found(f"id,partner_capital\na,{word}\n") == [{"id": "a", "partner_capital": True}]


@pytest.mark.parametrize("word", ["нет", "ЖОҚ", "false", "0", "no"])
def test_no_in_any_language(word: str) -> None:
    assert found(f"id,partner_capital\na,{word}\n") == [{"id": "a", "partner_capital": False}]


@pytest.mark.parametrize("kind", ["bank", "Банк", "банк", "university", "вуз", "жоғары оқу орны"])
def test_a_code_may_be_written_by_its_name(kind: str) -> None:
    assert found(f"id,kind,kind_label\na,{kind},чушь\n")[0]["kind"] in ("bank", "university")


@pytest.mark.parametrize(
    ("mark", "encoding"), [(";", "cp1251"), ("\t", "utf-8-sig"), (",", "utf-8"), (";", "utf-16")]
)
def test_marks_and_encodings_of_spreadsheets(mark: str, encoding: str) -> None:
    lines = [["id", "name_ru", "kind"], ["a", "Общество «Восход», завод машин", "предприятие"]]
    text = "\r\n".join(mark.join(f'"{cell}"' for cell in line) for line in lines)
    file = read(text.encode(encoding))
    assert file.rows[0].given["name"] == {"ru": "Общество «Восход», завод машин"}
    assert file.rows[0].given["kind"] == "company"


@pytest.mark.parametrize(
    ("written", "day"),
    [("31.05.2024", "2024-05-31"), ("2024-05", "2024-05"), ("2024", "2024"), ("1.2.2024",
                                                                          "2024-02-01")],
)  # fmt: skip
def test_days_as_people_write_them(written: str, day: str) -> None:
    assert found(f"id,checked_on\na,{written}\n", "guides") == [{"id": "a", "checked_on": day}]


def test_numbers_as_people_write_them() -> None:
    rows = found('id,target\na,"1 234,5"\nb,-7\nc,\u22127\nd,0\n', "targets")
    assert [row["target"] for row in rows] == [1234.5, -7, -7, 0]


def test_a_workbook_turns_digits_into_numbers_and_days_into_moments() -> None:
    data = workbook(organisations=[["id", "inn", "partner_capital"], ["a", 7701, True]])
    assert read(data).rows[0].given == {"inn": "7701", "partner_capital": True}


def test_every_mistake_has_its_cell() -> None:
    text = (
        "id,kind,partner_capital,website,place,accessed_on,products,themes,colour,,kind\n"
        'a,bnk,maybe,example.org,Not An Id,31.02.2024,"[{""hs"":1}]",trade; nothing,red,x,bank\n'
    )
    assert faults(read(text.encode())) == [
        ("SheetColumnUnknown", "I1"), ("ColumnNameless", "J1"), ("SheetColumnTwice", "K1"),
        ("CellUnknownCode", "B2"), ("CellNotYesNo", "C2"), ("CellNotAnAddress", "D2"),
        ("CellNotAnId", "E2"), ("CellNotADay", "F2"), ("CellRowIncomplete", "G2"),
        ("CellUnknownCode", "H2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("lat", "91", "CellOutOfRange"), ("lat", "north", "SheetCellNotANumber"),
        ("lat", "1.0000000001", "CellTooPrecise"), ("lat", "1e400", "CellOutOfRange"),
        ("lat", "NaN", "SheetCellNotANumber"), ("name_ru", "я" * 501, "SheetCellTooLong"),
        ("links", "{}", "CellNotJson"), ("links", "[" * 100_000, "CellNotJson"),
        ("links", '[{"kind":"part_of","to":"nothing"}]', "CellNotALink"),
        ("links", '[{"kind":"part_of","to":"acts/a","colour":1}]', "CellRowUnknownField"),
        ("extra", "[]", "CellNotJson"), ("season_from", "я" * 501, "SheetCellTooLong"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(column: str, cell: str, code: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["id", column], ["a", cell]])
    assert faults(read(stream.getvalue().encode(), "places")) == [(code, "B2")]


def test_rows_on_their_own_sheet_have_their_own_places() -> None:
    data = workbook(
        organisations=[["id", "kind"], ["a", "bank"], ["b", "bank"]],
        products=[["id", "direction", "hs"], ["a", "exports", "0101"], ["c", "exports", ""],
                  ["a", "", "02"], ["a", "sells?", ""]],
        Черновик=[["что-то"]],
    )  # fmt: skip
    file = read(data)
    assert faults(file) == [
        ("RowWithoutRecord", "products!A3"), ("CellMissing", "products!B4"),
        ("CellUnknownCode", "products!B5"), ("SheetIgnored", ""),
    ]  # fmt: skip
    assert file.rows[1].given["products"] == []


def test_a_file_speaks_only_of_the_columns_it_has() -> None:
    before = {"id": "a", "name": {"ru": "Имя", "en": "Name"}, "inn": "1", "noted": [1]}
    row = read(b"id,name_kk,name_en,kind\na,\xd0\x90\xd1\x82,,bank\n").rows[0]
    assert merged(FIRMS, before, row) == {
        "id": "a", "name": {"ru": "Имя", "kk": "Ат"}, "inn": "1", "noted": [1], "kind": "bank",
    }  # fmt: skip


def test_formulas_in_a_workbook_are_read_as_what_they_show_or_refused() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("organisations")
    sheet.write_row(0, 0, ["id", "name_ru", "inn"])
    sheet.write_string(1, 0, "a")
    sheet.write_formula(1, 1, '="Имя"', None, "Имя")
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    file = read(stream.getvalue())
    assert file.rows[0].given["name"] == {"ru": "Имя"}
    assert faults(file) == [("CellIsError", "organisations!C2")]


def _bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 2**20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptySheet),
        (b" \r\n", EmptySheet),
        (b"id,kind\n", EmptySheet),
        (b"id,kind\n,\n", EmptySheet),
        (b"name,kind\na,b\n", SheetColumnMissing),
        (workbook(organisations=[["id"], ["a"]])[:-200], NotReadable),
        (b"PK\x03\x04nothing", NotReadable),
        (b"id,name_ru\na,\xff\xfe\x00", NotReadable),
        (b"id" + b",x" * 1_000_000 + b"\n", TooLarge),
        (b"id\n" + b"a\n" * 60_000, TooLarge),
        (b"x" * (10 * 2**20 + 1), TooLarge),
        (workbook(organisations=[["id"] + ["x"] * 600, ["a"]]), TooLarge),
        (_bomb(), TooLarge),
        ("id,name_ru\na,ы\n".encode("cp1251"), EncodingUnclear),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "data",
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, error: type[IrtyshError]) -> None:
    with pytest.raises(error) as refusal:
        read(data)
    assert all(explain(refusal.value, language) for language in LANGUAGES)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    try:
        file = read(b"id,kind,products\n" + data)
    except IrtyshError as refusal:
        assert explain(refusal, "kk")
    else:
        faults(file)


def test_a_damaged_workbook_is_read_or_refused_by_name() -> None:
    stream = io.BytesIO()
    firms = [{"id": f"a{n}", "kind": "bank", "name": {"ru": "Имя"}} for n in range(5)]
    write_xlsx(FIRMS, firms, NAMES, [], stream)
    chance = random.Random(7)
    for _attempt in range(12):
        damaged = bytearray(stream.getvalue())
        for _byte in range(chance.choice((1, 5, 40))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            faults(read(bytes(damaged)))
        except IrtyshError as refusal:
            assert explain(refusal, "ru")


def test_a_csv_opened_and_saved_by_a_spreadsheet_is_the_same_file() -> None:
    firms = [{"id": "a", "kind": "bank", "name": {"ru": "Имя; ещё"}, "inn": "007"}]
    rows = list(csv.reader(io.StringIO(write_csv(FIRMS, firms, NAMES).decode("utf-8-sig"))))
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    assert found(stream.getvalue()) == firms
