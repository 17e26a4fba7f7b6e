"""Who acts in a journey: how they come in, what they see is measured, which letters they get."""

from __future__ import annotations

import email
import re
import time
from email.message import EmailMessage
from email.policy import default

from playwright.sync_api import Page

from tests.browser import measures
from tests.browser.conftest import Opener, Served

RUNS = [("ru", 1440), ("kk", 375)]
"""Language and width of the window in which a reader's journey is made."""
WIDE, NARROW = RUNS[:1], RUNS[1:]
"""Journeys of the office are long, and are made in one of the two, in turn."""
_BETWEEN_LETTERS = "-" * 79
_PATIENCE = 5.0
_HUMAN = 3.2
"""Seconds that a public form wants to be looked at before it believes in a person."""


def sign_in(window: Opener, served: Served, name: str, language: str, width: int) -> Page:
    """Sign an account in and return the page of the account."""
    page = window(width=width)
    page.goto(f"/{language}/account/sign-in/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(served.accounts[name])
    page.locator("form.account__form button").click()
    page.wait_for_url(f"**/{language}/account/")
    return page


def is_sound(page: Page) -> None:
    """Fail unless axe finds nothing and nothing sticks out of the window."""
    page.wait_for_load_state()
    found = _found(page)
    if found:  # messages of the back office fade in, and are pale until they have
        page.wait_for_timeout(1000)
        found = _found(page)
    assert not found, "\n".join([page.url, *found])


def _found(page: Page) -> list[str]:
    return [*measures.violations(page), *page.evaluate(measures.WIDER_THAN_THE_WINDOW)]


def send_as_a_person(page: Page) -> None:
    """Press the button of a public form, not sooner than a person could have filled it in."""
    page.wait_for_timeout(_HUMAN * 1000)
    page.locator("main form[method=post] button").last.click()


def letters(served: Served) -> list[EmailMessage]:
    """Return every letter that the portal has written, oldest first."""
    found = []
    for piece in served.said.read_text(encoding="utf-8").split(_BETWEEN_LETTERS):
        start = piece.find("Content-Type:")
        if start >= 0:
            text = piece[start:].strip("\n")
            found.append(email.message_from_bytes(text.encode(), policy=default))
    return found


def letter_to(served: Served, address: str, with_link: str) -> tuple[EmailMessage, str]:
    """Return the last letter to an address with a link below this path, and the link's path."""
    pattern = re.compile(re.escape(served.address) + rf"(\S*{with_link}\S*)")
    until = time.monotonic() + _PATIENCE
    while True:
        for letter in reversed(letters(served)):
            link = pattern.search(letter.get_content())
            if letter["To"] == address and link:
                return letter, link[1]
        assert time.monotonic() < until, f"no letter to {address} with {with_link}"
        time.sleep(0.1)
