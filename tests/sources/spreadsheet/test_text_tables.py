"""CSV: encodings found with reasons, delimiters, decimal marks, one value a row."""

from __future__ import annotations

import codecs
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from irtysh.sources.spreadsheet import Mapping, Reading, make_mapping, read_spreadsheet
from irtysh.sources.spreadsheet.encodings import EIGHT_BIT, decode
from irtysh.sources.spreadsheet.workbook import sniff_delimiter
from irtysh.vocabulary.errors import EncodingUnclear, NotReadable
from irtysh.vocabulary.wording import explain

_THREE = {"ru": "р", "kk": "қ", "en": "e"}
_LONG: dict[str, Any] = {
    "id": "long",
    "title": _THREE,
    "source": "long-source",
    "words": "ru",
    "constants": {"dataflow": "GRP", "measure": "VALUE", "unit": "KZT", "unit_mult": 6},
    "sheets": [{"name": "."}],
    "names_row": 1,
    "labels": [
        {"column": "Регион", "gives": "ref_area", "aliases": {"Ерцисская область": "KZ-55"}},
        {"column": "Год", "gives": "year"},
    ],
    "value_column": "Значение",
    "rows": {"first": 2},
}
_TABLE = (
    "Регион;Год;Значение\n"
    "Павлодарская область;2021;3 402 100,5\n"
    "Омская область;2021;…\n"
    "Ерцисская область;2022;-0,4\n"
)


def long_mapping(**changes: Any) -> Mapping:
    return make_mapping({**_LONG, **changes}, "long.yaml")


def read(text: bytes, **changes: Any) -> Reading:
    return read_spreadsheet(text, long_mapping(**changes), file="t.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r"])
def test_one_table_in_every_encoding_reads_the_same(encoding: str) -> None:
    text = _TABLE.replace("…", "-")
    reading = read(text.encode(encoding))
    assert reading.refused == []
    values = [(item.ref_area, item.period.code, item.value) for item in reading.observations]
    assert values == [
        ("KZ-55", "2021", Decimal("3402100.5")),
        ("RU-OMS", "2021", None),
        ("KZ-55", "2022", Decimal("-0.4")),
    ]
    assert reading.encoding == encoding
    guessed = [fault.code for fault in reading.remarks]
    assert guessed == (["EncodingGuessed"] if encoding in EIGHT_BIT else [])


def test_a_stated_encoding_overrides_the_finding() -> None:
    reading = read(_TABLE.encode("cp1251"), csv={"encoding": "cp1251"})
    assert (reading.encoding, reading.remarks) == ("cp1251", [])
    with pytest.raises(NotReadable):
        read(_TABLE.encode("cp1251"), csv={"encoding": "utf-8"})


_WORDS = st.lists(
    st.text(alphabet="абвгдежзийклмнопрстуфхцчшщыьэюя", min_size=4, max_size=12),
    min_size=12,
    max_size=40,
).map(lambda words: " ".join(word.capitalize() for word in words))


@given(_WORDS, st.sampled_from(EIGHT_BIT))
def test_russian_words_are_read_in_the_right_code_page_or_not_at_all(text: str, page: str) -> None:
    data = text.encode(page)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        assume(False)
    try:
        decoded = decode(data, "t.csv")
    except EncodingUnclear:
        return
    assert (decoded.encoding, decoded.text) == (page, text)


def test_a_draw_between_code_pages_is_an_error() -> None:
    with pytest.raises(EncodingUnclear):
        decode(b"\x80\x81;1\n", "t.csv")  # ЂЃ in CP1251, АБ in CP866


def test_damaged_utf8_is_read_with_a_remark_on_its_line() -> None:
    data = _TABLE.encode() + b"\xd0\xcc\xee\n"
    decoded = decode(data, "t.csv")
    assert decoded.encoding == "utf-8"
    assert [(fault.code, fault.line) for fault in decoded.remarks] == [("BrokenCharacter", 5)]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotReadable):
        decode(b"\x00\x01\x02", "t.csv")
    with pytest.raises(NotReadable):
        decode(codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "t.csv")


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_mark_that_splits_evenly(mark: str) -> None:
    lines = [mark.join(("Омск", "2021", '"1,5"' if mark == "," else "1,5")) for _ in range(5)]
    assert sniff_delimiter("\n".join(lines)) == mark


def test_an_english_comma_groups_thousands() -> None:
    table = b'Region,Year,Value\nPavlodar Region,2021,"3,402,100.5"\nPavlodar Region,2022,"1,5"\n'
    labels = [
        {"column": "Region", "gives": "ref_area"},
        {"column": "Year", "gives": "year"},
    ]
    reading = read(table, words="en", labels=labels, value_column="Value")
    assert [item.value for item in reading.observations] == [Decimal("3402100.5")]
    assert [(fault.code, fault.column) for fault in reading.refused] == [("CellNotANumber", "t!C3")]


def test_a_short_line_has_a_blank_not_nothing() -> None:
    reading = read("Регион;Год;Значение\nОмская область;2021\n".encode())
    assert [item.notes for item in reading.observations] == [("missing.blank",)]


def test_a_code_before_its_day_is_remarked() -> None:
    reading = read("Регион;Год;Значение\nобласть Абай;2021;5\n".encode())
    assert [fault.code for fault in reading.remarks] == ["CodeNotInForce"]
    assert "datetime" not in explain(reading.remarks[0], "en")


def test_the_same_thing_twice_is_refused_once() -> None:
    reading = read((_TABLE + "Омская область;2021;7\n").encode())
    assert [(fault.code, fault.params["first"]) for fault in reading.refused] == [
        ("RepeatedCell", "t!C3")
    ]
