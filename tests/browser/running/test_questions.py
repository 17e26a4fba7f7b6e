"""A visitor asks without an account; the question becomes an obstacle with a body to answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served
from tests.browser.running.conftest import Office
from tests.browser.running.people import WIDE, is_sound, letter_to, send_as_a_person

_ASKED = {
    "ru": "На переходе закрыто окно для грузовых машин, ждём вторые сутки.",
    "kk": "Өткелде жүк көліктеріне арналған терезе жабық, екінші тәулік күтіп тұрмыз.",
}
_ANSWER = {"ru": "Мы передали это на переход.", "kk": "Мұны өткелге жеткіздік."}
_NAME = {
    "ru": "Окно для грузовых машин закрыто",
    "kk": "Жүк көліктеріне арналған терезе жабық",
}
_SUMMARY = {
    "ru": "Грузовые машины ждут больше суток.",
    "kk": "Жүк көліктері бір тәуліктен артық күтеді.",
}
_SIDES = {"ru": ("A", "moderator"), "kk": ("B", "moderator-b")}


def _step(page: Page, name: str) -> None:
    """Open the form of a step, if it is folded."""
    panel = page.locator(f"#step-{name}-section")
    page.wait_for_load_state()
    form = panel.locator("form")
    if not form.is_visible():
        panel.locator("[data-panel-toggle]").click()
    expect(form).to_be_visible()


def _take(page: Page, name: str) -> None:
    page.locator(f"#step-{name}-section form button.button").last.click()
    expect(page.locator(".messages")).to_be_visible()


def _ask(page: Page, language: str, side: str, address: str) -> str:
    """Ask; return the address of the question's own page."""
    page.goto(f"/{language}/ask/")
    is_sound(page)
    page.locator("[name=side]").select_option(side)
    page.locator("[name=email]").fill(address)
    page.locator("main form button").last.click()  # nothing was written, and at once
    errors = page.locator(".form__errors")
    expect(errors).to_be_visible()
    is_sound(page)
    page.locator("[name=text]").fill(_ASKED[language])
    send_as_a_person(page)
    page.wait_for_url(f"**/{language}/ask/*/")
    return page.url


@pytest.mark.parametrize(("language", "width"), WIDE)
def test_a_question_becomes_an_obstacle_that_a_body_has_to_answer(
    window: Opener, served: Served, office: Office, watch, language: str, width: int
) -> None:
    side, name = _SIDES[language]
    address = f"driver-{language}@example.net"
    watch.expected.add(f"/{language}/ask/")  # the empty form is answered with 422
    visitor = window(width=width)
    own = _ask(visitor, language, side, address)
    expect(visitor.locator("main")).to_contain_text(_ASKED[language])
    expect(visitor.locator(".keep__address")).to_have_text(own)
    is_sound(visitor)
    letter, path = letter_to(served, address, "/ask/")
    assert own.endswith(path)
    assert letter["Content-Language"] == language
    assert _ASKED[language] not in letter.get_content()

    moderator = office(name, language, width)
    queue = moderator.locator("#queue-questions").locator("xpath=..")
    queue.get_by_role("link", name=_ASKED[language][:40]).first.click()
    expect(moderator.locator("blockquote")).to_contain_text(_ASKED[language])
    assert address not in moderator.content()
    is_sound(moderator)
    _step(moderator, "answer")
    moderator.locator("[name=answerform-text]").fill(_ANSWER[language])
    _take(moderator, "answer")

    visitor.reload()
    expect(visitor.locator(".timeline")).to_contain_text(_ANSWER[language])

    _step(moderator, "register")
    summary = moderator.locator(f"[name=registerform-summary_{language}]")
    expect(summary).to_have_value(_ASKED[language])
    moderator.locator(f"[name=registerform-name_{language}]").fill(_NAME[language])
    summary.fill(_SUMMARY[language])
    _take(moderator, "register")
    moderator.wait_for_url("**/admin/obstacle-steps/*/")
    is_sound(moderator)
    _step(moderator, "send")
    moderator.locator("[name=sendform-body]").select_option(index=1)
    body = moderator.locator("[name=sendform-body] option:checked").inner_text()
    due = date.today() + timedelta(days=30)
    moderator.locator("[name=sendform-due_on]").fill(due.isoformat())
    _take(moderator, "send")
    expect(moderator.locator("main")).to_contain_text(body)

    visitor.reload()
    is_sound(visitor)
    visitor.locator(".timeline a").click()
    visitor.wait_for_url(f"**/{language}/obstacles/*/")
    main = visitor.locator("main")
    expect(main).to_contain_text(_NAME[language])
    expect(main).to_contain_text(_SUMMARY[language])
    expect(main.locator("dl.truth").first).to_contain_text(body.rstrip("…"))
    expect(main.locator("dl.truth").first).to_contain_text(str(due.day))
    assert _ASKED[language] not in visitor.content()
    assert address not in visitor.content()
    is_sound(visitor)
    visitor.goto(f"/{language}/obstacles/")
    expect(visitor.locator("main")).to_contain_text(_NAME[language])
    assert address not in visitor.content()


def test_a_form_sent_too_fast_comes_back_with_what_was_written(window: Opener, watch) -> None:
    watch.expected.add("/ru/ask/")
    page = window(width=375)
    page.goto("/ru/ask/")
    page.locator("[name=text]").fill(_ASKED["ru"])
    page.locator("main form button").last.click()
    expect(page.locator(".form__errors")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(_ASKED["ru"])
