"""Files as publishers and the unlucky send them: found out, or refused by name."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from irtysh.sources.intake.layout import Head
from irtysh.sources.intake.limits import IntakeLimits
from irtysh.sources.intake.opened import open_file
from irtysh.sources.intake.rows import rows_of
from irtysh.vocabulary.errors import IrtyshError

TEXT = "год;регион;значение\n2021;Омская область;1,5\n2022;Омская область;-\n"


def opened(tmp_path: Path, data: bytes, name: str = "a.csv", **stated: object) -> Head:
    (tmp_path / "file").write_bytes(data)
    return open_file(tmp_path / "file", name, tmp_path, **stated)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1251", "cp1251"), ("cp866", "cp866"),
     ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)  # fmt: skip
def test_encodings_are_found(tmp_path: Path, encoding: str, found: str) -> None:
    text = TEXT + "2023;Новосибирская область;Всего по стране\n" * 20
    head = opened(tmp_path, text.encode(encoding))
    assert (head.encoding, head.delimiter) == (found, ";")
    assert head.header == ("год", "регион", "значение")
    assert next(row for _, row in rows_of(head)) == ("2021", "Омская область", "1,5")


def test_an_encoding_that_a_person_states_is_tried_and_refused_where_it_cannot_be(
    tmp_path: Path,
) -> None:
    with pytest.raises(IrtyshError, match="NotReadable"):
        opened(tmp_path, TEXT.encode("cp1251"), encoding="utf-8")


def test_stray_bytes_are_named_with_their_place(tmp_path: Path) -> None:
    data = ("a,имя\n" + "1,Казахстан\n" * 50).encode() + b"2,C\xf4te\n"
    head = opened(tmp_path, data)
    assert head.encoding == "utf-8"
    (remark,) = head.remarks
    assert (remark.code, remark.line) == ("StrayByte", 52)
    assert remark.params == {"byte": "0xF4", "offset": str(data.index(b"\xf4"))}
    latin = opened(tmp_path, b"code,name\nCI,C\xf4te\nCW,Cura\xe7ao\n")
    assert latin.encoding == "cp1252" and latin.remarks[0].code == "EncodingLatin"
    assert latin.rows[0] == ("CI", "Côte")


def test_titles_above_the_heading_are_passed_over(tmp_path: Path) -> None:
    head = opened(tmp_path, b"Exports of an invented land\n\nyear,value\n2021,1\n2022,2\n2023,3\n")
    assert (head.header, head.header_line) == (("year", "value"), 3)
    assert [line for line, _ in rows_of(head)] == [4, 5, 6]


def _dbf(encoding: str, cut: int = 0) -> bytes:
    fields = b"".join(
        name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([size]) + bytes(15)
        for name, size in ((b"NAPR", 2), (b"NAME", 20))
    )
    rows = [("ИМ", "Картофель"), ("ЭК", "Пшеница")]
    body = b"".join(
        b" " + a.encode(encoding).ljust(2) + b.encode(encoding).ljust(20) for a, b in rows
    )
    head = bytes([3, 124, 5, 6]) + struct.pack("<IHH", 2, 32 + len(fields) + 1, 23)
    mark = {"cp866": 0x65, "cp1251": 0xC9}.get(encoding, 0)
    data = head.ljust(29, b"\0") + bytes([mark, 0, 0]) + fields + b"\r" + body
    return data[: len(data) - cut]


@pytest.mark.parametrize("encoding", ["cp866", "cp1251"])
def test_dbase(tmp_path: Path, encoding: str) -> None:
    head = opened(tmp_path, _dbf(encoding), "a.dbf")
    assert (head.form, head.encoding, head.header) == ("dbf", encoding, ("NAPR", "NAME"))
    assert list(rows_of(head)) == [(1, ("ИМ", "Картофель")), (2, ("ЭК", "Пшеница"))]
    with pytest.raises(IrtyshError, match="TableTruncated"):
        opened(tmp_path, _dbf(encoding, cut=5), "a.dbf")


def _zip(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return made.getvalue()


def test_a_zip_with_one_table_beside_a_note(tmp_path: Path) -> None:
    data = _zip(**{"data/t.csv": b"a,b\n1,2\n", "readme.txt": b"words", "__MACOSX/x.csv": b"no"})
    head = opened(tmp_path, data, "t.zip")
    assert (head.name, head.header) == ("t.csv", ("a", "b"))


def _link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        info = zipfile.ZipInfo("t.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(info, "/etc/passwd")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_zip(**{"../t.csv": b"a,b\n1,2\n"}), "PackageUnsafe"),
        (_zip(**{"/etc/t.csv": b"a,b\n1,2\n"}), "PackageUnsafe"),
        (_link(), "PackageUnsafe"),
        (_zip(**{"a.csv": b"a,b\n", "b.csv": b"a,b\n"}), "PackageHoldsSeveral"),
        (_zip(), "NotReadable"),
        (_zip(**{"a.zip": _zip(**{"b.csv": b"a,b\n"})}), "PackageInPackage"),
        (_zip(**{"a.gz": gzip.compress(b"a,b\n")}), "PackageInPackage"),
        (_zip(**{"a.csv": bytes(64 * 2**20)}), "GrowsTooMuch"),
        (gzip.compress(b"a,b\n" * 100, mtime=0)[:-20], "NotReadable"),
        (b'a,b\n1,"never closed\n' + b"x\n" * 200_000, "TextCannotBeRead"),
        (b'a,note\n1,"never closed\n2,lost\n3,lost\n', "TextCannotBeRead"),
        (b"a" * 3_000_000, "LineTooLong"),
        (b"a,b\n1," + b"x" * 40_000 + b"\n", "TooLarge"),
        (b"a,b\n\x00\x01\x02\x03\x04", "NotReadable"),
        (b"PAR1 and no more", "NotReadable"),
        (b"PK\x03\x04 and no more", "NotReadable"),
        (b"\xd0\xcf\x11\xe0 and no more", "NotReadable"),
        (b"<a><b></a>", "NotReadable"),
        (b'<?xml version="1.0" encoding="UqN"?><a/>', "NotReadable"),
        (b'<?xml version="1.0" encoding="big5"?><a/>', "NotReadable"),
    ],
)
def test_what_is_refused_by_name(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(IrtyshError) as refused:
        head = opened(tmp_path, data, "f")
        list(rows_of(head))
    assert refused.value.code == code


def test_limits_are_those_that_are_given(tmp_path: Path) -> None:
    small = IntakeLimits(file_bytes=10)
    with pytest.raises(IrtyshError, match="TooLarge"):
        opened(tmp_path, b"a,b\n" * 10, limits=small)
