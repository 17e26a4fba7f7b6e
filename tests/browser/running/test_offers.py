"""A firm's offer: written, moderated, asked about and answered, and no address shown to anybody."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served
from tests.browser.running.conftest import Office
from tests.browser.running.people import (
    NARROW,
    is_sound,
    letter_to,
    send_as_a_person,
    sign_in,
)

_OWNER = "member@example.org"
_FIRMS = {"ru": ("sibzavod", "moderator"), "kk": ("kaznu", "moderator-b")}
_NAME = {"ru": "Семенная пшеница, 500 т", "kk": "Тұқымдық бидай, 500 т"}
_SUMMARY = {"ru": "Яровая, урожай этого года.", "kk": "Жаздық, биылғы түсім."}
_ASKED = {"ru": "Какая цена на границе?", "kk": "Шекарадағы бағасы қандай?"}
_ANSWER = {"ru": "Цену пришлём завтра.", "kk": "Бағасын ертең жібереміз."}


def _speak_for(member: Page, language: str, firm: str) -> None:
    member.goto(f"/{language}/offers/mine/")
    is_sound(member)
    title = _title_of(member, language, firm)
    member.locator("[name=organisation]").select_option(label=title)
    member.locator("form[action$='/speak/'] button").click()
    expect(member.locator("main [role=status]").first).to_be_visible()


def _title_of(member: Page, language: str, firm: str) -> str:
    text = member.request.get(f"/{language}/organisations/{firm}/").text()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    return html.unescape(heading[1]).strip()


def _write(member: Page, language: str) -> None:
    member.goto(f"/{language}/offers/new/")
    is_sound(member)
    member.locator("[name=kind]").first.check()
    member.locator("[name=organisation]").select_option(index=1)
    member.locator("[name=name]").fill(_NAME[language])
    member.locator("[name=summary]").fill(_SUMMARY[language])
    member.locator("[name=goods_1]").fill(_NAME[language])
    member.locator("[name=hs_1]").fill("1001 11")
    member.locator("main form button").last.click()
    member.wait_for_url(f"**/{language}/offers/mine/")


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_an_offer_is_moderated_asked_about_and_answered(
    window: Opener, served: Served, office: Office, language: str, width: int
) -> None:
    firm, name = _FIRMS[language]
    address = f"buyer-{language}@example.net"
    member = sign_in(window, served, "member", language, width)
    _speak_for(member, language, firm)

    moderator = office(name, language, width)
    moderator.goto("/admin/offers-to-moderate/")
    is_sound(moderator)
    moderator.locator("button[formaction$='/confirm/']").first.click()
    expect(moderator.locator(".messages")).to_be_visible()

    _write(member, language)
    visitor = window(width=width)
    visitor.goto(f"/{language}/offers/")
    expect(visitor.locator("main")).not_to_contain_text(_NAME[language])
    is_sound(visitor)

    moderator.goto("/admin/")
    queue = moderator.locator("#queue-offers_to_moderate").locator("xpath=..")
    queue.get_by_role("link", name=_NAME[language]).click()
    expect(moderator.locator("main")).to_contain_text(_SUMMARY[language])
    is_sound(moderator)
    moderator.locator("button[formaction$='/publish/']").click()
    expect(moderator.locator(".messages")).to_be_visible()

    visitor.reload()
    visitor.locator("main").get_by_role("link", name=_NAME[language]).first.click()
    visitor.wait_for_url(f"**/{language}/offers/*/")
    offer = visitor.url
    before = visitor.locator("dl.truth dd").last.inner_text()
    is_sound(visitor)
    visitor.locator("a[href$='/write/']").click()
    is_sound(visitor)
    visitor.locator("[name=name]").fill("Visitor")
    visitor.locator("[name=email]").fill(address)
    visitor.locator("[name=text]").fill(_ASKED[language])
    send_as_a_person(visitor)
    expect(visitor.locator("main [role=status]")).to_be_visible()
    assert _OWNER not in visitor.content()
    visitor.goto(offer)
    visitor.reload()  # a browser may keep the page for a minute
    waiting = visitor.locator("dl.truth dd").last.inner_text()
    assert waiting != before

    letter, path = letter_to(served, _OWNER, "/offers/reply/")
    assert _ASKED[language] in letter.get_content()
    assert address not in str(letter)
    owner = window(width=width)
    owner.goto(path.replace("/en/", f"/{language}/"))
    expect(owner.locator("main")).to_contain_text(_ASKED[language])
    assert address not in owner.content()
    is_sound(owner)
    owner.locator("[name=text]").fill(_ANSWER[language])
    owner.locator("[name=share]").uncheck()
    owner.locator("main form button").last.click()
    expect(owner.locator("main form")).to_have_count(0)
    assert address not in owner.content()
    answer, _path = letter_to(served, address, "/offers/")
    assert _ANSWER[language] in answer.get_content()
    assert _OWNER not in str(answer)

    visitor.reload()
    answered = visitor.locator("dl.truth dd").last.inner_text()
    assert answered not in (before, waiting)
    assert "1" in answered
    organisation = visitor.locator("dl.truth dd a").first.get_attribute("href")
    for public in (offer, f"/{language}/offers/", f"{offer}write/", organisation):
        visitor.goto(public)
        assert _OWNER not in visitor.content()
        assert address not in visitor.content()
