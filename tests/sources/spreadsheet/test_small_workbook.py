"""Every trait of the real tables, in a workbook made here."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from irtysh.sources.snapshot import Snapshot
from irtysh.sources.spreadsheet import Reading, RowFate, read_snapshot, read_spreadsheet
from irtysh.vocabulary.errors import Fault, MappingDoesNotFit
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.sources.spreadsheet.small import DESCRIPTION, ROWS, described, workbook


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_spreadsheet(workbook(), described(), file="small.xlsx")


def at(reading: Reading, locator: str) -> Observation:
    (found,) = [item for item in reading.observations if item.locator == locator]
    return found


def test_every_row_has_a_fate_and_nothing_is_refused(reading: Reading) -> None:
    assert reading.refused == []
    for fates in reading.rows.values():
        assert fates == {
            RowFate.ABOVE: 2,
            RowFate.HEADING: 2,
            RowFate.DATA: 6,
            RowFate.LEFT_OUT: 1,
            RowFate.BLANK: 1,
            RowFate.NOTE: 4,
        }
    assert reading.rows_read == 12
    assert len(reading.observations) == 2 * 6 * 16
    assert reading.titles["СНГ"] == ["Экспорт 1", "СНГ; тыс.долларов США"]


def test_merged_headings_give_cumulative_periods_and_full_years(reading: Reading) -> None:
    first_row = [item for item in reading.observations if item.locator.startswith("СНГ!")][:16]
    assert [item.period.code for item in first_row[:4]] == [
        "2009-01/2009-03",
        "2009-01/2009-06",
        "2009-01/2009-09",
        "2009",
    ]
    assert [item.freq for item in first_row[:4]] == ["C", "C", "C", "A"]
    assert first_row[-1].period.code == "2012"


def test_labels_are_mended_before_they_are_looked_up(reading: Reading) -> None:
    areas = {item.ref_area for item in reading.observations}
    assert areas == {"RU", "RU-OMS", "RU-YAN", "RU-MOW", "RU-SE", "RU-YEV"}


def test_the_unit_belongs_to_the_row(reading: Reading) -> None:
    mults = {(item.ref_area, item.unit_mult) for item in reading.observations}
    assert ("RU", 6) in mults
    assert {mult for area, mult in mults if area != "RU"} == {3}


def test_text_numbers_keep_their_numeral(reading: Reading) -> None:
    said = at(reading, "Всего !J6")
    assert (said.printed, said.value) == ("12,5", Decimal("12.5"))
    assert at(reading, "Всего !K6").value == Decimal("1097.25")
    assert at(reading, "Всего !L6").printed == "3,0"  # stored 3, printed with one decimal


def test_dash_dots_blank_and_zero_are_four_statements(reading: Reading) -> None:
    dash, dots, blank = (at(reading, f"СНГ!{cell}") for cell in ("B7", "F7", "J7"))
    assert [item.notes[0] for item in (dash, dots, blank)] == [
        "missing.nil",
        "missing.not-available",
        "missing.blank",
    ]
    for item in (dash, dots, blank):
        assert (item.value, item.printed, item.status) == (None, "", Status.MISSING)
    zero = at(reading, "СНГ!B8")
    assert (zero.value, zero.status) == (Decimal("0.0"), Status.OBSERVED)


def test_notes_bind_to_exactly_their_periods(reading: Reading) -> None:
    def periods(note: str) -> set[str]:
        return {item.period.code for item in reading.observations if f"small.{note}" in item.notes}

    assert periods("without-kazakhstan") == {
        "2010-01/2010-09",
        "2010",
        "2011-01/2011-03",
        "2011-01/2011-06",
        "2011-01/2011-09",
        "2011",
    }
    assert periods("with-eaeu") == {
        "2012-01/2012-03",
        "2012-01/2012-06",
        "2012-01/2012-09",
        "2012",
    }
    assert len(periods("registration")) == 16
    spared = {i.ref_area for i in reading.observations if "small.without-kazakhstan" in i.notes}
    assert "RU" not in spared
    assert spared


def test_a_note_of_a_label_binds_to_its_row_even_if_unknown(reading: Reading) -> None:
    areas = {item.ref_area for item in reading.observations if "small.cis.3" in item.notes}
    assert areas == {"RU-SE"}
    note = reading.notes["small.cis.3"]
    assert dict(note.text) == {"ru": "Примечание, которого описание не знает."}
    assert note.bound == 16
    assert [fault.code for fault in reading.remarks] == ["NoteWithoutWords"] * 2


def test_every_note_named_has_its_text(reading: Reading) -> None:
    named = {note for item in reading.observations for note in (*item.notes, item.definition)}
    assert named <= set(reading.notes)
    for name in named - {"small.total.3", "small.cis.3"}:
        assert not reading.notes[name].text.missing(LANGUAGES)
    printed = reading.notes["small.without-kazakhstan"].printed[0]
    assert printed.address == "Всего !A13"
    assert printed.text.endswith("с Республикой Казахстан.")


def test_an_unknown_label_names_its_cell_and_what_is_near() -> None:
    rows = (*ROWS[:1], ("Омксая область", *range(16)))
    reading = read_spreadsheet(workbook(rows), described(), file="small.xlsx")
    fault = next(fault for fault in reading.refused if fault.code == "UnknownLabel")
    assert (fault.file, fault.line, fault.column) == ("Всего ", 6, "Всего !A6")
    assert "RU-OMS" in fault.params["near"]
    assert reading.rows["Всего "][RowFate.REFUSED] == 1
    for language in LANGUAGES:
        assert "Омксая область" in explain(fault, language)


def test_a_strange_cell_a_repeated_row_and_a_loose_value_are_refused() -> None:
    rows = (
        ("Омская область", "12.3.4", *range(15), "вне таблицы"),
        ("Омская область", *range(16)),
    )
    reading = read_spreadsheet(workbook(rows), described(), file="small.xlsx")
    first = [fault for fault in reading.refused if fault.file == "Всего "]
    codes = {fault.code: fault.column for fault in reversed(first)}
    assert codes["CellNotANumber"] == "Всего !B5"
    assert codes["ValueWithoutHeading"] == "Всего !R5"
    assert codes["RepeatedCell"] == "Всего !C6"
    assert all(explain(fault, "kk") for fault in reading.refused)


def test_a_note_that_changes_the_meaning_must_be_there() -> None:
    changed = {**DESCRIPTION["notes"]}
    changed["known"] = [
        *changed["known"],
        {"id": "gone", "finds": "исчезло", "text": {"ru": "р", "kk": "қ", "en": "e"}},
    ]
    reading = read_spreadsheet(workbook(), described(notes=changed), file="small.xlsx")
    assert [fault.code for fault in reading.refused] == ["NoteNotFound"]


def test_a_changed_unit_stops_the_reading() -> None:
    with pytest.raises(MappingDoesNotFit) as caught:
        read_spreadsheet(workbook(unit="млн.рублей"), described(), file="small.xlsx")
    assert caught.value.params["place"] == "Всего !A2"


def test_a_sheet_nobody_described_is_named() -> None:
    mapping = described(ignore_sheets=[])
    reading = read_spreadsheet(workbook(), mapping, file="small.xlsx")
    assert reading.refused == [
        Fault("SheetNotDescribed", "Содержание", params={"sheet": "Содержание"})
    ]


def test_an_error_cell_is_not_a_blank_one() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Всего")
    sheet.write(1, 0, "тыс.долларов США")
    sheet.write(2, 1, "2009 год")
    sheet.write(3, 1, "I квартал")
    sheet.write(3, 2, "I полугодие")
    sheet.write(4, 0, "Омская область")
    sheet.write_formula(4, 1, "=NA()", None, "#N/A")
    book.close()
    mapping = described(notes={})
    reading = read_spreadsheet(stream.getvalue(), mapping, file="x.xlsx")
    assert [item.notes for item in reading.observations] == [
        ("missing.not-a-number",),
        ("missing.blank",),
    ]


def test_a_snapshot_lends_its_day() -> None:
    snapshot = Snapshot.of(workbook(), name="small.xlsx", fetched_on=date(2024, 5, 6))
    reading = read_snapshot(snapshot, described())
    assert {item.retrieved_on for item in reading.observations} == {date(2024, 5, 6)}
