from __future__ import annotations

import csv
import io

import pytest

from irtysh.registries.programmes import rules, sheets
from irtysh.registries.programmes.models import Report
from tests.registries.programmes.made import TODAY, measure, person, programme, reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    programme()
    return person("anna", "A")


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def _filled(data: bytes, **by_column: str) -> bytes:
    rows = _rows(data)
    codes = [cell.split()[0] for cell in rows[0]]
    for row in rows[1:]:
        for column, value in by_column.items():
            row[codes.index(column)] = value
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def test_a_sheet_goes_out_is_filled_and_comes_back(anna) -> None:
    measure("m1"), measure("m2")
    measure("done-by-a"), measure("of-b", bodies=[{"name": {"ru": "Б"}, "side": "B"}])
    reported(measure("done-by-a"), 100)
    sheet = sheets.sheet_for(anna, TODAY)
    assert {row[0] for row in _rows(sheet)[1:]} == {"m1", "m2"}
    assert sheets.read_sheet(sheet, anna, TODAY) == []
    lines = sheets.read_sheet(_filled(sheet, share="40", done="=Сделано"), anna, TODAY)
    assert len(lines) == 4 and not any(line.faults for line in lines)
    assert sheets.submit_sheet(lines=lines, by=anna, today=TODAY) == 4
    assert set(Report.objects.exclude(measure__code="done-by-a").values_list("state", "share")) == {
        (rules.SUBMITTED, 40)
    }
    assert len(_rows(sheets.sheet_for(anna, TODAY))) == 1


def test_every_fault_has_its_line_and_nothing_is_written(anna) -> None:
    measure("m1"), measure("of-b", bodies=[{"name": {"ru": "Б"}, "side": "B"}])
    text = (
        "measure,period_start,share,done\n"
        "m1,2026-01-01,40,Готово\n"
        "m1,2026-01-01,50,Ещё раз\n"
        "of-b,2026-01-01,50,Чужая\n"
        "m1,01.07.2026,150,\n"
        "m1,вчера,5,x\n"
        ",,,\n"
    )
    lines = sheets.read_sheet(text.encode(), anna, TODAY)
    assert [(line.line, [fault.code for fault in line.faults]) for line in lines] == [
        (2, []),
        (3, ["ReportRowTwice"]),
        (4, ["ReportRowUnknownMeasure"]),
        (5, ["ShareNotAShare", "ReportSaysNothing"]),
        (6, ["ReportRowNotADay"]),
    ]
    assert not Report.objects.exists()


def test_all_or_nothing(anna) -> None:
    measure("m1"), measure("m2")
    data = _filled(sheets.sheet_for(anna, TODAY), share="40", done="Да")
    lines = sheets.read_sheet(data, anna, TODAY)
    reported(lines[-1].measure, 10, start=lines[-1].cycle.start, end=lines[-1].cycle.end)
    with pytest.raises(Exception, match="NotInThisState"):
        sheets.submit_sheet(lines=lines, by=anna, today=TODAY)
    assert Report.objects.count() == 1


def test_a_report_that_was_sent_cannot_be_overwritten(anna) -> None:
    reported(measure("m1"), 30, state="submitted")
    text = "measure;period_start;share;done\nm1;2026-01-01;40;Готово\n"
    [line] = sheets.read_sheet(text.encode("cp1251"), anna, TODAY)
    assert [fault.code for fault in line.faults] == ["ReportRowDecided"]


@pytest.mark.parametrize("data", [b"", b"a;b\n1;2\n", b"\xff\xfe\x00x", b"PK\x03\x04"])
def test_what_is_no_sheet_is_refused(anna, data) -> None:
    with pytest.raises(sheets.ReportSheetBroken):
        sheets.read_sheet(data, anna, TODAY)
