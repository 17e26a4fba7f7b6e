"""Everything that a mouse reaches, the keyboard reaches too, in order and in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from irtysh.store import Release
from tests.browser.conftest import Opener
from tests.browser.page_types import address

_MARK_WHAT_CAN_BE_REACHED = """() => {
  const all = [...document.querySelectorAll(
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(one => one.checkVisibility({visibilityProperty: true}));
  all.forEach((one, number) => one.dataset.number = number);
  return all.length;
}"""

_FOCUSED = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    number: one.dataset.number === undefined ? -1 : Number(one.dataset.number),
    name: `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`,
    isSeen: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none",
    isInWindow: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


def _walk(page: Page) -> None:
    count = page.evaluate(_MARK_WHAT_CAN_BE_REACHED)
    assert count > 20
    reached = []
    for _step in range(count + 1):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused["number"] < 0:
            break
        assert focused["isSeen"], f"no sign of focus on {focused['name']}"
        assert focused["isInWindow"], f"focus out of sight on {focused['name']}"
        reached.append(focused["number"])
    assert reached == list(range(count)), "order, or something out of reach"


@pytest.mark.parametrize("name", ["home", "turnover", "dataset", "figure", "text"])
@pytest.mark.parametrize("width", [1440, 375])
def test_tab_goes_through_everything_in_order_and_in_sight(
    window: Opener, release: Release, name: str, width: int
) -> None:
    page = window(width=width, scheme="dark" if width < 500 else "light")
    page.goto(address(name, "ru", release))
    _walk(page)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_first_press_offers_the_content(window: Opener, language: str) -> None:
    page = window()
    page.goto(f"/{language}/trade/turnover/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("one => one === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null")


def test_what_is_folded_opens_with_enter_and_space(window: Opener) -> None:
    page = window(width=375)
    page.goto("/ru/trade/turnover/")
    menu = page.locator(".nav--narrow > summary")
    menu.focus()
    for key, is_open in (("Enter", True), ("Space", False)):
        page.keyboard.press(key)
        assert menu.evaluate("one => one.parentElement.open") is is_open
    table = page.locator("main details summary").first
    table.focus()
    page.keyboard.press("Enter")
    assert table.evaluate("one => one.parentElement.open")


def test_a_journey_without_a_mouse(window: Opener) -> None:
    """From the first page to a filtered table by keys alone."""
    page = window()
    page.goto("/kk/")
    _press_link(page, "/kk/data/")
    _press_link(page, "/kk/data/TRADE_PARTNER/")
    _tab_to(page, "select[name=flow]")
    page.keyboard.press("ArrowDown")
    _tab_to(page, ".filters button")
    page.keyboard.press("Enter")
    page.wait_for_url("**?flow=*")


def _tab_to(page: Page, selector: str) -> None:
    for _step in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")


def _press_link(page: Page, path: str) -> None:
    _tab_to(page, f"a[href='{path}']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")
