"""Somebody explores: choose, lay out, sort, search, take along; with scripts and without."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import measures
from tests.browser.conftest import Opener, Served, Watch
from tests.flows import flow_row, flow_rows, published_flows

_LANGUAGES = ("ru", "kk", "en")
_SHOW = {"ru": "Показать", "kk": "Көрсету", "en": "Show"}
_DROP = {"ru": "Снять", "kk": "алып тастау", "en": "Drop"}
_INVENTED = {"ru": "Вымышленные данные", "kk": "Ойдан шығарылған", "en": "Invented data"}
_START = "ref_area=KZ&flow=X&commodity=_T&measure=VALUE&freq=A&rows=counterpart_area&cols=period"


@pytest.fixture(scope="module", autouse=True)
def imported(served: Served) -> Iterator[None]:
    """Datasets beside the case: a small one, and one with many codes of goods."""
    folder: Path = served.said.parent / "data" / "datasets"
    published_flows(folder)
    codes = [f"{chapter:02d}{heading:04d}" for chapter in (1, 2, 27) for heading in range(90)]
    many = [flow_row(commodity=code, line=number + 2) for number, code in enumerate(codes)]
    published_flows(folder, [*flow_rows(), *many], "TEST_LONG")
    yield


def _open(page: Page, language: str, query: str = _START, dataset: str = "TEST_TRADE") -> None:
    page.goto(f"/{language}/explore/{dataset}/?{query}")


def _tree(page: Page, name: str) -> Locator:
    return page.locator(f"[data-chooser='{name}']")


def _choose(page: Page, name: str, *codes: str) -> None:
    """Open the tree of a dimension and tick codes."""
    tree = _tree(page, name)
    if tree.get_attribute("open") is None:
        tree.locator("summary").click()
    for code in codes:
        tree.locator(f"input[value='{code}']").check()


def _rows(page: Page) -> list[str]:
    texts = page.locator("table.pivot tbody tr > th:first-child").all_inner_texts()
    return [text.strip() for text in texts]


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_list_to_a_table_of_ones_own(window: Opener, language: str, scripts: bool) -> None:
    page = window(scripts=scripts)
    page.goto(f"/{language}/data/")
    page.locator("nav.nav--wide a[href$='/explore/']").click()
    page.locator(f"a[href='/{language}/explore/TEST_TRADE/']").first.click()
    expect(page.locator("table.pivot")).to_be_visible()
    expect(page.locator("main")).to_contain_text(_INVENTED[language])

    _open(page, language)
    assert len(_rows(page)) == 4
    _choose(page, "flow", "M")
    if not scripts:
        page.get_by_role("button", name=_SHOW[language], exact=True).last.click()
    expect(page.locator("table.pivot tbody tr")).to_have_count(8)
    assert re.search(r"flow=X,M&", page.url)
    assert "&&" not in page.url
    assert "start=" not in page.url

    page.locator("#choose-rows-2").select_option("")
    page.locator("#choose-cols-1").select_option("flow")
    page.locator("#choose-cols-2").select_option("period")
    if not scripts:
        page.get_by_role("button", name=_SHOW[language], exact=True).last.click()
    expect(page.locator("table.pivot thead tr")).to_have_count(2)
    expect(page.locator("table.pivot thead tr").first.locator("th[colspan='5']")).to_have_count(2)
    assert len(_rows(page)) == 4


@pytest.mark.parametrize("language", _LANGUAGES)
def test_sorting_and_going_back(window: Opener, language: str) -> None:
    page = window()
    _open(page, language)
    before = _rows(page)
    page.locator("table.pivot thead th a").last.click()
    expect(page.locator("th[aria-sort='descending']")).to_have_count(1)
    numbers = page.locator("table.pivot tbody tr td:last-child a").all_inner_texts()
    values = [float(re.sub(r"[^\d,.]", "", text).replace(",", ".")) if language != "en"
              else float(text.replace(",", "")) for text in numbers]  # fmt: skip
    assert values == sorted(values, reverse=True)
    page.go_back()
    expect(page.locator("th[aria-sort]")).to_have_count(0)
    assert _rows(page) == before


def test_what_changed_is_said_and_the_focus_stays(window: Opener) -> None:
    page = window()
    _open(page, "en")
    status = page.locator("[data-status]")
    expect(status).to_have_attribute("aria-live", "polite")
    _tree(page, "counterpart_area").locator("summary").click()
    box = _tree(page, "counterpart_area").locator("input[value='CN']")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator("table.pivot tbody tr")).to_have_count(1)
    expect(status).to_have_text("The table has 1 rows and 5 columns.")
    focused = page.evaluate("document.activeElement.value")
    assert focused == "CN"
    assert _tree(page, "counterpart_area").get_attribute("open") is not None
    assert all("counterpart_area=CN" in link for link in page.locator(
        "a[data-language]").evaluate_all("links => links.map(one => one.search)"))  # fmt: skip


def test_the_keyboard_alone_is_enough(window: Opener) -> None:
    page = window(scripts=False)
    _open(page, "ru")
    page.locator("[data-chooser='flow'] summary").focus()
    page.keyboard.press("Enter")
    expect(_tree(page, "flow")).to_have_attribute("open", "")
    for _step in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "M"
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("table.pivot tbody tr")).to_have_count(8)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_long_list_is_searched_by_name_and_code(window: Opener, scripts: bool) -> None:
    page = window(scripts=scripts)
    _open(page, "en", "ref_area=KZ&flow=X&freq=A&measure=VALUE&rows=commodity", "TEST_LONG")
    tree = _tree(page, "commodity")
    tree.locator("summary").click()
    assert tree.locator(".tree input").count() <= 120
    field = tree.locator("input[type=search]")
    if scripts:
        field.press_sequentially("8703")
    else:
        field.fill("8703")
        field.press("Enter")
    expect(tree.locator(".tree input")).to_have_count(1)
    tree.locator("input[value='870323']").check()
    if not scripts:
        page.get_by_role("button", name="Show", exact=True).last.click()
    expect(page).to_have_url(re.compile("commodity=870323"))


def test_a_short_list_is_narrowed_while_typing(window: Opener) -> None:
    page = window()
    _open(page, "kk", "rows=counterpart_area&cols=period", "TRADE_GOODS")
    tree = _tree(page, "commodity")
    tree.locator("summary").click()
    all_of = tree.locator(".tree input:visible").count()
    tree.locator("input[type=search]").press_sequentially("хим")
    expect(tree.locator(".tree input:visible")).not_to_have_count(all_of)
    assert tree.locator(".tree input:visible").count() >= 1


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_empty_view_is_mended_with_one_press(
    window: Opener, language: str, scripts: bool
) -> None:
    page = window(scripts=scripts, width=375)
    _open(page, language, "flow=X&start=2050&rows=counterpart_area&cols=period", "TRADE_PARTNER")
    page.get_by_role("link", name=re.compile(_DROP[language])).click()
    expect(page.locator("table.pivot")).to_be_visible()
    assert "start" not in page.url


def test_the_file_holds_what_the_table_shows(window: Opener) -> None:
    page = window(scripts=False)
    _open(page, "en", _START + "&start=2022&end=2023")
    shown = page.locator("table.pivot td.number a.figure-link").all_inner_texts()
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV", exact=True).click()
    content = coming.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert sorted(float(row["value"]) for row in rows) == sorted(
        float(text.replace(",", "")) for text in shown
    )


def test_a_cell_leads_to_its_history_and_the_picture_to_a_file(window: Opener) -> None:
    page = window(scripts=False)
    _open(page, "en")
    address = page.get_by_role("link", name="SVG", exact=True).get_attribute("href")
    answer = page.request.get(str(address))
    assert answer.headers["content-type"] == "image/svg+xml"
    page.locator("table.pivot td a.figure-link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One cell through the versions")
    expect(page.locator("main table")).to_have_count(2)


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize(
    "query",
    [_START, "ref_area=KZ&counterpart_area=RU&flow=X&measure=VALUE,WEIGHT&rows=commodity"
     "&cols=measure,period", _START + "&calc=year&show=both"],
    ids=["amounts", "two units", "growth"],
)  # fmt: skip
def test_accessible_on_a_telephone(window: Opener, watch: Watch, language: str, query: str) -> None:
    page = window(width=375, scheme="dark")
    _open(page, language, query)
    page.evaluate(measures.OPEN_EVERYTHING)
    assert measures.violations(page) == []
    assert page.evaluate(measures.WIDER_THAN_THE_WINDOW) == []
    assert page.evaluate(measures.SMALL_TEXT, [14, 10]) == []
    assert page.evaluate(measures.SMALL_TARGETS, 24) == []
    page.locator(".said__more a").click()
    expect(page.locator("#choose-title")).to_be_in_viewport()


def test_on_paper_there_is_the_table_and_no_form(window: Opener) -> None:
    page = window()
    _open(page, "ru")
    page.emulate_media(media="print")
    expect(page.locator("table.pivot")).to_be_visible()
    expect(page.locator("form.panel")).to_be_hidden()
    expect(page.locator(".taking")).to_be_hidden()
