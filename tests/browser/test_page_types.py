"""Every type of page in a real browser, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from irtysh.store import Release
from tests.browser import measures
from tests.browser.conftest import Opener, Served, Watch, windows
from tests.browser.page_types import ADDRESSES, MISSING, address

_LEAST_TEXT = 14
# Axes and labels of charts: the same figures stand in a table below each.
_LEAST_DRAWN = 10
_LEAST_TARGET = 24
_WIDE = {"width": 1440, "height": 900}
_NARROW = {"width": 375, "height": 800}


def _open(page: Page, watch: Watch, name: str, language: str, release: Release) -> None:
    path = address(name, language, release)
    if name in MISSING:
        watch.expected.add(path)
    page.goto(path)
    page.evaluate(measures.OPEN_EVERYTHING)


@pytest.fixture(scope="module")
def one_window(served: Served, browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """A window that goes from page to page: a new one would compile every script again."""
    watch = Watch(served.address)
    with windows(served, browser, watch) as opener:
        yield opener(), watch


@pytest.mark.parametrize("name", ADDRESSES)
def test_accessible_and_in_its_place(
    one_window: tuple[Page, Watch], release: Release, name: str
) -> None:
    page, watch = one_window
    watch.problems.clear()
    page.set_viewport_size(_WIDE)
    _open(page, watch, name, "ru", release)
    problems = {"wide, light": measures.violations(page)}
    page.set_viewport_size(_NARROW)
    if list(ADDRESSES).index(name) % 3 == 0:
        # Structure and names are those of the wide page; colours are those of every third.
        page.emulate_media(color_scheme="dark")
        problems["narrow, dark"] = measures.violations(
            page, "color-contrast", "link-in-text-block", "scrollable-region-focusable"
        )
    page.emulate_media(color_scheme="light")
    problems["scrolls sideways"] = page.evaluate(measures.WIDER_THAN_THE_WINDOW)
    problems["small text"] = page.evaluate(measures.SMALL_TEXT, [_LEAST_TEXT, _LEAST_DRAWN])
    problems["small targets"] = page.evaluate(measures.SMALL_TARGETS, _LEAST_TARGET)

    problems["said by the browser"] = list(watch.problems)

    found = {where: what for where, what in problems.items() if what}
    assert not found, "\n".join(f"{where}: {one}" for where, what in found.items() for one in what)


@pytest.mark.parametrize("language", ["kk", "en"])
def test_accessible_in_the_other_languages(
    window: Opener, watch: Watch, release: Release, language: str
) -> None:
    """Longer words and other letters: headings, names of controls, sideways scrolling.

    Kazakh has the longest words: every other page; English every fifth.
    """
    page = window(width=375, scheme="dark")
    problems = []
    for name in list(ADDRESSES)[:: 2 if language == "kk" else 5]:
        _open(page, watch, name, language, release)
        found = [
            *measures.violations(page, "html-lang-valid", "valid-lang", "label", "link-name"),
            *page.evaluate(measures.WIDER_THAN_THE_WINDOW),
            *page.evaluate(measures.SMALL_TARGETS, _LEAST_TARGET),
        ]
        problems += [f"{name}: {one}" for one in found]
    assert not problems, "\n".join(problems)


def test_on_paper_there_is_the_content_and_nothing_to_press(
    window: Opener, release: Release
) -> None:
    page = window()
    for name in ("home", "turnover", "dataset", "figure"):
        page.goto(address(name, "en", release))
        page.emulate_media(media="print", color_scheme="dark")
        assert page.locator("main h1").is_visible()
        # A heading of a table is a button on the screen and its words on paper.
        pressed = page.locator("nav, form, button:not(th button), .skip, .head__tools")
        assert [one for one in pressed.all() if one.is_visible()] == [], name
        paper = "getComputedStyle(document.body).backgroundColor"
        assert page.evaluate(paper) in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"), name
        page.emulate_media(media="screen")
