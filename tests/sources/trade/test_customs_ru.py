from __future__ import annotations

import struct
from decimal import Decimal
from pathlib import Path

import pytest

from irtysh.sources.intake.layout import Head
from irtysh.vocabulary.errors import MappingDoesNotFit, NotReadable
from tests.sources.trade.opened import head_of, layout_of, read, recognised, remarks

_COLUMNS = (
    "NAPR",
    "PERIOD",
    "NASTRANAPR",
    "TNVED",
    "EDIZM",
    "STOIM",
    "NETTO",
    "KOL",
    "REGION",
    "REGION_S",
)
_ROW = (
    "ЭК", "01/2019", "KZ", "2710194210", "?", "1234,5", "1000", "0",
    "52000 - ОМСКАЯ ОБЛАСТЬ", "06 - СИБИРСКИЙ ФЕДЕРАЛЬНЫЙ ОКРУГ",
)  # fmt: skip


def _row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, usual) for name, usual in zip(_COLUMNS, _ROW, strict=True))


def _tsv(*rows: tuple[str, ...]) -> str:
    return "\r\n".join("\t".join(row) for row in (_COLUMNS, *rows)) + "\r\n"


def _dbf(*rows: tuple[str, ...]) -> bytes:
    """A dBase III table in code page 866, numbers as N, periods as dates."""
    kinds = {"STOIM": b"N", "NETTO": b"N", "KOL": b"F"}
    fields = [(name, kinds.get(name, b"C"), 40) for name in _COLUMNS]
    head = struct.pack(
        "<B3BLHH20x", 3, 119, 3, 1, len(rows), 32 + 32 * len(fields) + 1, 1 + 40 * len(fields)
    )
    body = b"".join(
        name.encode().ljust(11, b"\0") + kind + b"\0" * 4 + bytes([width, 2]) + b"\0" * 14
        for name, kind, width in fields
    )
    records = b"".join(
        b" " + b"".join(cell.replace(",", ".").encode("cp866").ljust(40) for cell in row)
        for row in rows
    )
    return head + body + b"\r" + records + b"\x1a"


def _read(head: Head, **settings: str):
    return read(head, "customs-ru", **{"unit_mult": "3", "status": "OBSERVED", **settings})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "cp866"])
def test_a_row_in_any_encoding_is_the_same_flow(tmp_path: Path, encoding: str) -> None:
    head = head_of(tmp_path, "DATTSVT.csv", _tsv(*[_row()] * 20, _row(PERIOD="02/2019")), encoding)
    rows, _ = _read(head)
    assert rows[-1][:11] == (
        "M", "RU-OMS", "KZ", "X", "TNVED", "2710194210", "2019-02", "1234.5", "1000", "", "",
    )  # fmt: skip


def test_the_dbf_says_the_same_as_the_tsv(tmp_path: Path) -> None:
    lines = [_row(), _row(NAPR="ИМ", NASTRANAPR="CN", EDIZM="ШТ", KOL="17", PERIOD="12/2019")]
    from_dbf, _ = _read(head_of(tmp_path, "DATTSVT.DBF", _dbf(*lines)))
    from_tsv, _ = _read(head_of(tmp_path, "DATTSVT.csv", _tsv(*lines)))
    assert [row[:12] for row in from_dbf] == [row[:12] for row in from_tsv]
    assert from_dbf[1][3:11:6] == ("M", "17")


def test_a_dbf_cut_short_is_an_error(tmp_path: Path) -> None:
    whole = _dbf(*[_row()] * 5)
    head = head_of(tmp_path, "DATTSVT.DBF", whole)
    head.path.write_bytes(whole[:-600])
    with pytest.raises(Exception) as refusal:
        _read(head)
    assert refusal.type.__name__ in ("TableTruncated", NotReadable.__name__)


def test_the_unit_of_stoim_is_asked_and_never_taken(tmp_path: Path) -> None:
    head = head_of(tmp_path, "d.csv", _tsv(_row()))
    why = recognised(head)["customs-ru"]
    (question,) = why.questions
    assert (question.setting, question.options) == ("unit_mult", ("0", "3"))
    layout = layout_of("customs-ru")
    for given in ({}, {"unit_mult": ""}, {"unit_mult": "6"}, {"unit_mult": "thousand"}):
        with pytest.raises(MappingDoesNotFit):
            layout.constants(head, given)
    assert layout.constants(head, {"unit_mult": "3"}).unit_mult == 3


@pytest.mark.parametrize(("stoim", "likely"), [("4,5", "0"), ("0,0045", "3"), ("900000", "")])
def test_what_a_kilogram_costs_makes_a_unit_likely(tmp_path: Path, stoim: str, likely: str) -> None:
    head = head_of(tmp_path, "d.csv", _tsv(*[_row(STOIM=stoim, NETTO="1")] * 3))
    assert recognised(head)["customs-ru"].questions[0].suggested == likely


def test_a_known_total_speaks_for_a_unit(tmp_path: Path) -> None:
    head = head_of(tmp_path, "d.csv", _tsv(_row(), _row(STOIM="765,5"), _row(NAPR="ИМ")))
    layout = layout_of("customs-ru")
    found = layout.evidence(head, Decimal(2_000_000), "X", "2019")
    assert found.params["unit_mult"] == "3"
    assert layout.evidence(head, Decimal(2_000), "X", "2019").params["unit_mult"] == "0"
    assert layout.evidence(head, Decimal(55_000), "X", "2019") is None
    assert layout.evidence(head, Decimal(2_000), "X", "2018") is None


def test_a_quantity_of_zero_without_a_unit_is_not_given(tmp_path: Path) -> None:
    given = [
        _row(),
        _row(EDIZM="ШТ", KOL="0"),
        _row(EDIZM="ШТ", KOL="5"),
        _row(EDIZM="ВЕДРО", KOL="5"),
    ]
    rows, tally = _read(head_of(tmp_path, "d.csv", _tsv(*given)))
    assert [(row.quantity, row.quantity_unit) for row in rows] == [
        ("", ""), ("0", "NUM"), ("5", "NUM"), ("", ""),
    ]  # fmt: skip
    assert remarks(tally)["QuantityUnitUnknown"]["text"] == "ВЕДРО"


def test_codes_of_the_row_have_to_agree(tmp_path: Path) -> None:
    text = "NAPR,PERIOD,STRANA,TNVED,EDIZM,STOIM,NETTO,KOL,TNVED4,TNVED6\n" + "\n".join(
        (
            "ЭК,2019-01-01,KZ,27101942,?,1,1,0,2710,271019",
            "ЭК,2019-01-01,KZ,27101942,?,1,1,0,2711,271019",
        )
    )
    rows, tally = _read(head_of(tmp_path, "d.csv", text))
    assert [(row.ref_area, row.period) for row in rows] == [("RU", "2019-01")]
    assert tally.refused == {"PrefixDiffers": 1}


def test_partners_after_january_2022_are_asked_about(tmp_path: Path) -> None:
    head = head_of(tmp_path, "d.csv", _tsv(_row(PERIOD="03/2023")))
    assert [q.setting for q in recognised(head)["customs-ru"].questions] == ["unit_mult", "status"]
    rows, _ = _read(head, status="MIRROR")
    assert rows[0].status == "MIRROR"


def test_lines_of_one_key_under_a_group_code_are_joined(tmp_path: Path) -> None:
    group = {"TNVED": "9000000000"}
    given = [_row(**group, KOL="3", EDIZM="ШТ"), _row(**group, KOL="8", EDIZM="КГ"), _row()]
    rows, tally = _read(head_of(tmp_path, "d.csv", _tsv(*given)))
    joined = next(row for row in rows if row.commodity == "9000000000")
    assert (joined.value, joined.weight, joined.quantity) == ("2469.0", "2000", "")
    assert tally.left_out == {"trade-joined-line": 1}


@pytest.mark.parametrize("code", ["271019421", "27101942100", "X710194210", ""])
def test_a_ten_digit_code_is_mended_or_refused(tmp_path: Path, code: str) -> None:
    rows, tally = _read(head_of(tmp_path, "d.csv", _tsv(_row(), _row(TNVED=code))))
    if len(code) == 9:
        assert rows[1].commodity == "0271019421"
        assert "ZerosRestored" in remarks(tally)
    else:
        assert tally.refused == {"NotAnHsCode": 1}


def test_a_stray_byte_is_named_with_its_offset(tmp_path: Path) -> None:
    good = _tsv(*[_row()] * 20).encode()
    head = head_of(
        tmp_path, "d.csv", good + "\t".join(_row(REGION="52000 - OMSK")).encode() + b"\xe9\r\n"
    )
    (stray,) = [fault for fault in head.remarks if fault.code == "StrayByte"]
    assert stray.params["offset"] == str(
        len(good) + len("\t".join(_row(REGION="52000 - OMSK")).encode())
    )
    assert stray.line == 22
