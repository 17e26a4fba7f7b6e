"""Pages that only one person sees: an account's own, and those whose address is the key."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser import measures
from tests.browser.conftest import Opener, Served
from tests.browser.running.people import send_as_a_person, sign_in

_LEAST_TEXT, _LEAST_DRAWN, _LEAST_TARGET = 14, 10, 24
_OF_A_MEMBER = (
    "account/",
    "account/security/",
    "account/security/password/",
    "account/security/second-factor/",
    "account/delete/",
    "offers/mine/",
    "subscribe/",
    "follow/events/interregional-forum-20/",
    "initiatives/e-commerce/support/",
)


def _problems(page: Page, path: str) -> list[str]:
    page.goto(path)
    page.evaluate(measures.OPEN_EVERYTHING)
    found = measures.violations(page)
    page.emulate_media(color_scheme="dark")
    found += [
        *measures.violations(page, "color-contrast"),
        *page.evaluate(measures.WIDER_THAN_THE_WINDOW),
        *page.evaluate(measures.SMALL_TEXT, [_LEAST_TEXT, _LEAST_DRAWN]),
        *page.evaluate(measures.SMALL_TARGETS, _LEAST_TARGET),
    ]
    page.emulate_media(color_scheme="light")
    return [f"{path}: {one}" for one in found]


def test_pages_of_an_account_are_accessible_in_every_language(
    window: Opener, served: Served
) -> None:
    page = sign_in(window, served, "member", "ru", 375)
    problems = [
        one
        for language in ("ru", "kk", "en")
        for path in _OF_A_MEMBER
        for one in _problems(page, f"/{language}/{path}")
    ]
    assert not problems, "\n".join(problems)


def test_the_page_of_a_question_is_accessible_in_every_language(window: Opener) -> None:
    page = window(width=375)
    page.goto("/en/ask/")
    page.locator("[name=text]").fill("Where is the office of the crossing?")
    send_as_a_person(page)
    page.wait_for_url("**/en/ask/*/")
    own = page.url.partition("/en/")[2]
    problems = [
        one for language in ("ru", "kk", "en") for one in _problems(page, f"/{language}/{own}")
    ]
    assert not problems, "\n".join(problems)
