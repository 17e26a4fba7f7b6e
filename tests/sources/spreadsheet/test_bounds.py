"""Files made to exhaust the machine end in a named error, quickly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from irtysh.sources.spreadsheet import Limits, read_spreadsheet
from irtysh.sources.spreadsheet.packages import column_letters, column_number, look_into
from irtysh.sources.spreadsheet.workbook import open_workbook
from irtysh.vocabulary.errors import NotReadable, TooLarge
from tests.sources.spreadsheet.small import described, workbook

SMALL = Limits(unpacked_bytes=2**20, cells=10_000, rows=5_000, columns=200, parts=50)


def repacked(change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(lambda _, data: data, {"xl/media/zeros.bin": b"\x00" * 2**22})
    assert len(bomb) < 2**17
    with pytest.raises(TooLarge) as caught:
        open_workbook(bomb, file="b.xlsx", limits=SMALL)
    assert caught.value.params["what"] == "unpacked_bytes"


@pytest.mark.parametrize(
    ("place", "what"),
    [(b"XFD1", "columns"), (b"A1048576", "rows"), (b"GP4999", "cells")],
)
def test_two_cells_far_apart_are_refused(place: bytes, what: str) -> None:
    def far(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        return data.replace(
            b"</sheetData>", b"<row><c r='%s'><v>1</v></c></row></sheetData>" % place
        )

    with pytest.raises(TooLarge) as caught:
        open_workbook(repacked(far), file="b.xlsx", limits=SMALL)
    assert caught.value.params["what"] == what


def test_cells_without_places_are_counted_one_after_another() -> None:
    def many(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        return data.replace(b"</sheetData>", b"<row>" + b"<c/>" * 300 + b"</row></sheetData>")

    with pytest.raises(TooLarge):
        look_into(repacked(many), SMALL)


def test_too_many_parts_bytes_and_sheets() -> None:
    crowd = repacked(lambda _, data: data, {f"x/{number}": b"" for number in range(60)})
    with pytest.raises(TooLarge):
        open_workbook(crowd, file="b.xlsx", limits=SMALL)
    with pytest.raises(TooLarge):
        open_workbook(b"a" * 11, file="b.csv", limits=Limits(file_bytes=10))
    with pytest.raises(TooLarge) as caught:
        open_workbook(workbook(), file="b.xlsx", limits=Limits(sheets=1))
    assert caught.value.params["what"] == "sheets"


def test_a_csv_is_bounded_in_rows_columns_and_cells() -> None:
    for text, limits in (
        ("a\n" * 11, Limits(rows=10)),
        ("a;" * 11, Limits(columns=10)),
        ("a;b\n" * 11, Limits(cells=20)),
    ):
        with pytest.raises(TooLarge):
            open_workbook(text.encode(), file="b.csv", delimiter=";", limits=limits)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\x00" * 100,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
        workbook()[:2000],
    ],
)
def test_broken_workbooks_have_a_name(data: bytes) -> None:
    with pytest.raises(NotReadable):
        read_spreadsheet(data, described(), file="x.xlsx")


def test_another_kind_of_package_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("content.xml", "<office:document-content/>")
    with pytest.raises(NotReadable):
        open_workbook(stream.getvalue(), file="x.ods")


def test_a_sheet_in_another_encoding_cannot_hide_its_cells() -> None:
    def hidden(name: str, data: bytes) -> bytes:
        return data.decode().encode("utf-16") if "worksheets/sheet1" in name else data

    with pytest.raises(NotReadable):
        look_into(repacked(hidden), Limits())


def test_a_parser_that_needs_too_much_memory_ends_alone() -> None:
    with pytest.raises(NotReadable):
        open_workbook(workbook(), file="x.xlsx", limits=Limits(memory=2**24))


def test_letters_of_columns() -> None:
    for number, letters in ((0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")):
        assert column_letters(number) == letters
        assert column_number(letters) == number
