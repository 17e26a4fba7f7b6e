"""A register goes out as a workbook and comes back: a fault, a change, the whole taken back."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served
from tests.browser.running.conftest import Office
from tests.browser.running.people import NARROW, is_sound

_EVENT = "interregional-forum-20"
_NAME = {
    "ru": "Форум регионов, имя по протоколу",
    "kk": "Өңірлер форумы, хаттама бойынша атауы",
}
_WRONG = "forumm"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _export(page: Page, language: str) -> bytes:
    with page.expect_download() as coming:
        page.locator(f"main a[href*='events.xlsx?lang={language}']").click()
    return coming.value.path().read_bytes()


def _changed(data: bytes, change: Callable[..., None]) -> bytes:
    """Return a workbook after a change of its sheet of events and the row of the event."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["events"]
    (row,) = [cells[0].row for cells in sheet.iter_rows() if cells[0].value == _EVENT]
    columns = {str(cell.value).partition(" ")[0]: cell.column for cell in sheet[1]}
    change(lambda name: sheet.cell(row, columns[name]))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _upload(page: Page, data: bytes) -> None:
    page.locator("#id_file").set_input_files(
        {"name": "events.xlsx", "mimeType": _XLSX, "buffer": data}
    )
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_url("**/admin/registers/import/events/*/")


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_a_faulty_workbook_is_mended_imported_and_taken_back(
    window: Opener, served: Served, office: Office, language: str, width: int
) -> None:
    public = f"/{language}/events/{_EVENT}/"
    reader = window(width=width)
    reader.goto(public)
    before = reader.locator("main h1").inner_text()

    editor = office("editor", language, width)
    editor.goto("/admin/registers/imports/")
    is_sound(editor)
    editor.locator("main a[href$='/registers/import/events/']").click()
    is_sound(editor)
    original = _export(editor, language)

    cells = []

    def break_it(cell: Callable[[str], openpyxl.cell.Cell]) -> None:
        cell("kind").value = _WRONG
        cells.append(cell("kind").coordinate)

    _upload(editor, _changed(original, break_it))
    faults = editor.locator("main .imports-rows li", has_text=_WRONG)
    expect(faults.locator("strong")).to_have_text(f"events!{cells[0]}")
    expect(editor.get_by_role("alert")).to_be_visible()
    assert editor.locator("form[action$='/apply/']").count() == 0
    is_sound(editor)
    editor.locator("main a.button[href$='/registers/import/events/']").click()

    def rename(cell: Callable[[str], openpyxl.cell.Cell]) -> None:
        cell(f"name_{language}").value = _NAME[language]

    _upload(editor, _changed(original, rename))
    rows = editor.locator("main .imports-rows")
    changed = rows.locator("ins", has_text=_NAME[language])
    expect(changed).to_have_count(1)
    is_sound(editor)
    reader.reload()
    expect(reader.locator("main h1")).to_have_text(before)  # a preview saves nothing
    editor.locator("form[action$='/apply/'] button").click()
    editor.wait_for_url("**/admin/registers/imports/*/")
    expect(editor.locator(".messages")).to_be_visible()
    assert rows.locator("tbody tr").count() == 1
    is_sound(editor)
    reader.reload()
    expect(reader.locator("main h1")).to_have_text(_NAME[language])
    is_sound(reader)

    editor.locator("form[action$='/undo/'] button").click()
    expect(editor.locator(".messages")).to_be_visible()
    assert editor.locator("form[action$='/undo/']").count() == 0
    reader.reload()
    expect(reader.locator("main h1")).to_have_text(before)

    editor.goto("/admin/registers/import/events/")
    _upload(editor, original)
    assert editor.locator("form[action$='/apply/']").count() == 0  # the register holds all of it
    expect(rows.locator("ins, del")).to_have_count(0)
