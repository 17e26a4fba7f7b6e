"""A file of a publisher becomes a dataset: asked about, refused, mended, published, explored."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Watch
from tests.browser.running.conftest import Office
from tests.browser.running.people import RUNS, is_sound
from tests.registries.imports.conftest import ANSWERS, ROWS, table

_REPEATED = ROWS[0].replace("100.5", "7")
_LATER = (ROWS[0].replace("100.5", "110.5"), *ROWS[1:], "2022,Kazakhstan,Nowhere,Export,100199,1,")
_ABOUT = ("title", "description", "publisher", "unit_note")
_READ = re.compile(r"/admin/data/imports/\d+/$")


def _drop(page: Page, data: bytes) -> None:
    page.goto("/admin/data/imports/new/")
    is_sound(page)
    page.locator("#id_file").set_input_files(
        {"name": "customs.csv", "mimeType": "text/csv", "buffer": data}
    )
    page.locator("form[enctype] button[type=submit]").click()
    expect(page).to_have_url(_READ)


def _answer(page: Page, dataset: str) -> None:
    for name, value in ANSWERS.items():
        field = page.locator(f"[name='{name}']")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("[name=dataset_id]").fill(dataset)


def _read(page: Page) -> None:
    page.locator("form[action$='/mapping/'] button[type=submit]").first.click()
    expect(page.locator(".import-sheet")).to_be_visible(timeout=60_000)
    is_sound(page)


def _count(page: Page, row: int) -> str:
    return page.locator(".import-sheet table").first.locator("td").nth(row).inner_text()


@pytest.mark.parametrize(("language", "width"), RUNS)
def test_a_customs_extract_is_mapped_checked_published_and_revised(
    window: Opener, office: Office, watch: Watch, language: str, width: int
) -> None:
    dataset = f"TRIAL_{language.upper()}"
    analyst = office("analyst", language, width)
    analyst.goto("/admin/data/imports/")
    is_sound(analyst)

    # a row that says the same thing otherwise: nothing can be published
    _drop(analyst, table(*ROWS, _REPEATED))
    is_sound(analyst)
    _answer(analyst, dataset)
    _read(analyst)
    assert (_count(analyst, 0), _count(analyst, 1)) == ("5", "5")
    expect(analyst.locator(".import-verdict--bad")).to_be_visible()
    assert analyst.locator("form[action$='/publish/']").count() == 0
    analyst.locator("form[action$='/throw-away/'] button").click()
    expect(analyst.locator(".import-verdict")).to_be_visible()
    is_sound(analyst)

    # the mended file
    _drop(analyst, table())
    _answer(analyst, dataset)
    _read(analyst)
    assert (_count(analyst, 0), _count(analyst, 1)) == ("4", "4")
    form = analyst.locator("form[action$='/publish/']")
    for name in _ABOUT:
        for one in ("ru", "kk", "en"):
            form.locator(f"[name={name}_{one}]").fill(f"{name} {one}")
    form.locator("[name=title_kk]").fill("")
    form.locator("[name=licence]").fill("CC0")
    watch.expected.add(f"{form.get_attribute('action')}")
    form.locator("button").click()
    expect(analyst.locator(".w-field--error, .error-message").first).to_be_visible()
    reader = window(width=width)
    answer = reader.request.get(f"/{language}/explore/{dataset}/")
    assert answer.status == 404  # nothing is seen before it is published
    analyst.locator("form[action$='/publish/'] [name=title_kk]").fill("Сынақ")
    analyst.locator("form[action$='/publish/'] button").click()
    opened = analyst.locator(f"a[href$='/explore/{dataset}/']")
    expect(opened).to_be_visible(timeout=60_000)
    is_sound(analyst)
    edition = analyst.locator("p > span.import-code").inner_text()

    reader.goto(f"/{language}/explore/{dataset}/?measure=VALUE&rows=flow&cols=period")
    expect(reader.locator("table.pivot")).to_be_visible()
    expect(reader.locator("table.pivot tbody")).to_contain_text("100,5")
    is_sound(reader)

    # the next file of the publisher: what it is, is remembered; what differs, is shown
    _drop(analyst, table(*_LATER))
    assert analyst.locator("[name=column-6]").input_value() == ANSWERS["column-6"]
    assert analyst.locator("[name=unit_mult]").input_value() == ANSWERS["unit_mult"]
    analyst.locator("[name=dataset_id]").fill(dataset)
    _read(analyst)
    refused = analyst.locator(".import-refused")
    expect(refused).to_contain_text("Nowhere")
    differences = analyst.locator(".import-sheet table", has_text=edition)
    assert differences.locator("td").all_inner_texts() == ["3", "0", "1", "0"]
    analyst.locator("form[action$='/publish/'] button").click()
    expect(opened).to_be_visible(timeout=60_000)
    reader.reload()
    expect(reader.locator("table.pivot tbody")).to_contain_text("110,5")
    expect(reader.locator("table.pivot tbody")).not_to_contain_text("100,5")
