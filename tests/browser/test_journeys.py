"""What readers do, from the first page to the file, in each language."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from irtysh.store import Release
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.observation import Observation
from tests.browser.conftest import Opener

_LANGUAGES = ("ru", "kk", "en")
_OTHERS = {"ru": "Русский", "kk": "Қазақша", "en": "English"}
_WORDS = {
    "ru": ("Торговля", "Товарооборот по годам"),
    "kk": ("Сауда", "Жылдар бойынша"),
    "en": ("Trade", "Turnover by year"),
}


def _shown(page: Page) -> dict[str, str]:
    """Return figure → text of every figure that the tables of the page link."""
    links = page.locator("main table a.figure-link")
    found = links.evaluate_all(
        "links => links.map(link => [link.pathname, "
        "link.querySelector('.printed, .derived').lastChild.textContent.trim()])"
    )
    return {path.strip("/").rsplit("/", 1)[1]: text for path, text in found}


def _rows(page: Page) -> list[dict[str, str]]:
    """Press CSV and return the rows of the file."""
    with page.expect_download() as coming:
        page.locator("main").get_by_role("link", name="CSV", exact=True).first.click()
    content = coming.value.path().read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _compare(rows: list[dict[str, str]], stored: list[Observation]) -> None:
    """Every figure of the release is in the file with the same value and bounds, and no other."""
    by_id = {row["id"]: row for row in rows}
    assert set(by_id) == {one.id for one in stored}
    for one in stored:
        row = by_id[one.id]
        assert _decimal(row["value"]) == one.value
        assert row["printed"].lstrip("'") == one.printed
        assert (row["source"], row["locator"]) == (one.source, one.locator)
        if one.interval is not None:
            bounds = [one.interval.low, one.interval.high]
            assert [_decimal(row["low"]), _decimal(row["high"])] == [
                end if end.is_finite() else None for end in bounds
            ]


def _press(page: Page, path: str) -> None:
    """Follow the first visible link of the page that leads to an address."""
    page.locator(f"a[href='{path}']:visible").first.click()
    page.wait_for_url(f"**{path}")


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_first_page_to_the_file(
    window: Opener, release: Release, language: str, scripts: bool
) -> None:
    page = window(scripts=scripts)
    page.goto(f"/{language}/")
    _press(page, f"/{language}/trade/")
    _press(page, f"/{language}/trade/turnover/")
    shown = _shown(page)
    assert len(shown) >= 10
    for figure, text in shown.items():
        value = release.observation(figure).value
        assert text.removeprefix("+") == format_number(value, language), figure

    _press(page, f"/{language}/data/TRADE_PARTNER/")
    stored = release.observations(dataflow="TRADE_PARTNER")
    table = _shown(page)
    assert set(table) | {one.id for one in stored if one.value is None} == {
        one.id for one in stored
    }
    assert shown.items() <= table.items()
    _compare(_rows(page), stored)

    page.locator("select[name=flow]").select_option("X")
    page.locator(".filters button").click()
    page.wait_for_url("**flow=X**")
    exports = release.observations(dataflow="TRADE_PARTNER", flow="X")
    assert set(_shown(page)) == {one.id for one in exports if one.value is not None}
    _compare(_rows(page), exports)


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "json"])
def test_every_kind_of_file_comes(window: Opener, kind: str) -> None:
    page = window()
    page.goto("/kk/data/REGION_EXPORTS/")
    with page.expect_download() as coming:
        page.locator("main").get_by_role("link", name=kind, exact=False).first.click()
    assert coming.value.suggested_filename.endswith(f".{kind}")
    start = coming.value.path().read_bytes()[:4]
    assert start.startswith({"xlsx": b"PK", "parquet": b"PAR1", "json": b"{"}[kind])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize(
    "path", ["", "trade/turnover/", "data/TRADE_PARTNER/?flow=X&page=1", "about/", "search/?q=2021"]
)
def test_switching_the_language_stays_on_the_page(window: Opener, path: str, scripts: bool) -> None:
    page = window(scripts=scripts)
    page.goto(f"/ru/{path}")
    for language in ("kk", "en", "ru"):
        page.get_by_role("link", name=_OTHERS[language], exact=True).click()
        page.wait_for_url(f"**/{language}/{path}")
        assert page.locator("html").get_attribute("lang") == language
        if "flow=X" in path:
            expect(page.locator("select[name=flow]")).to_have_value("X")


@pytest.mark.parametrize(
    "path",
    ["", "trade/turnover/", "trade/goods/", "data/TRADE_GOODS/", "findings/", "territories/"],
)
def test_nothing_is_missing_without_scripts(window: Opener, path: str) -> None:
    with_scripts, without = window(), window(scripts=False)
    texts, links = [], []
    for page in (with_scripts, without):
        page.goto(f"/kk/{path}")
        page.evaluate("() => document.querySelectorAll('.copier').forEach(one => one.remove())")
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)")
        texts.append(page.locator("main").inner_text())
        links.append(page.locator("a").evaluate_all("all => all.map(one => one.href)"))
    assert texts[0] == texts[1]
    assert links[0] == links[1]


@pytest.mark.parametrize(
    ("language", "question", "leads_to"),
    [
        ("ru", "приграничного сотрудничества", "/ru/law/law-179-fz/"),
        ("kk", "шекара маңы ынтымақтастығы", "/kk/law/law-179-fz/"),
        ("en", "cross-border cooperation", "/en/law/law-179-fz/"),
    ],
)
@pytest.mark.parametrize("width", [1440, 375])
def test_search_finds_a_law_by_its_words(
    window: Opener, language: str, question: str, leads_to: str, width: int
) -> None:
    page = window(width=width)
    page.goto(f"/{language}/sources/")
    if width < 500:
        page.locator(".nav--narrow > summary").click()
    box = page.locator("input[name=q]:visible").first
    box.fill(question)
    box.press("Enter")
    page.wait_for_url(f"**/{language}/search/?q=*")
    expect(page.locator(".seek--page input[name=q]")).to_have_value(question)
    page.locator(f"main a[href='{leads_to}']").first.click()
    page.wait_for_url(f"**{leads_to}")


def test_a_table_is_sorted_by_the_press_of_a_heading(window: Opener) -> None:
    page = window()
    page.goto("/en/data/TRADE_GOODS/")
    head = page.locator("main table thead th").nth(2)
    values = "rows => rows.map(row => row.cells[2].dataset.sort).filter(text => text).map(Number)"
    for direction, sign in (("ascending", 1), ("descending", -1)):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == direction
        found = page.locator("main table tbody tr").evaluate_all(values)
        assert found == sorted(found, key=lambda value: sign * value)


def test_the_address_of_a_figure_is_what_it_is_cited_by(window: Opener, release: Release) -> None:
    page = window()
    page.goto("/en/")
    page.locator(".hero__figure a").click()
    figure = page.url.rstrip("/").rsplit("/", 1)[1]
    observation = release.observation(figure)
    assert (
        page.locator(".figure__value--page")
        .inner_text()
        .endswith(format_number(observation.value, "en"))
    )
    cited = page.locator("[data-copy]").text_content()
    assert "  " not in cited
    assert cited.endswith(f"/en/figures/{figure}/?release={release.id}")
    page.goto(cited[cited.index("http") :])
    assert release.id in page.locator(".banner").inner_text()
    page.locator(".banner a").click()
    page.wait_for_url(f"**/en/figures/{figure}/")
    assert page.locator(".banner").count() == 0
