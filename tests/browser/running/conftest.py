"""People of the office, who work in the language of a journey and get their own back after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served
from tests.browser.running.people import sign_in

Office = Callable[[str, str, int], Page]
"""Account, language and width of the window → the start page of the back office."""


@pytest.fixture
def office(window: Opener, served: Served) -> Iterator[Office]:
    """Sign people of the office in; afterwards their screens speak as they did before."""
    entered: list[tuple[Page, str, str]] = []

    def come_in(name: str, language: str, width: int) -> Page:
        page = sign_in(window, served, name, language, width)
        before = page.locator("[name=language]").input_value()
        if before != language:
            entered.append((page, language, before))
            _speak(page, language)
        page.goto("/admin/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        return page

    yield come_in
    for page, language, before in entered:
        page.goto(f"/{language}/account/")
        _speak(page, before)


def _speak(page: Page, language: str) -> None:
    page.locator("[name=language]").select_option(language)
    page.locator("form.account__form button").first.click()
    expect(page.locator(".account__said")).to_be_visible()
