"""A measure of the road-map: one side reports, the other returns and confirms, all look on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from irtysh.registries.programmes.reporting import OwnSideCannotConfirm
from irtysh.vocabulary.wording import explain
from tests.browser.conftest import Opener, Served
from tests.browser.running.conftest import Office
from tests.browser.running.people import WIDE, is_sound

_MEASURE = "action-plan-of-concept"
_PROOF = "https://example.org/minutes-of-the-meeting"
_OTHER = {"ru": "kk", "kk": "ru"}
_FIRST = {
    "ru": ("Проект плана направлен.", "Согласование затянулось.", "Ответ ведомств."),
    "kk": ("Жоспар жобасы жіберілді.", "Келісу созылып кетті.", "Ведомстволардың жауабы."),
}
_BETTER = {
    "ru": "Проект плана направлен письмом от 5 марта.",
    "kk": "Жоспар жобасы 5 наурыздағы хатпен жіберілді.",
}
_REASON = {"ru": "Назовите, пожалуйста, день письма.", "kk": "Хаттың күнін көрсетіңіз."}


def _fill(page: Page, share: str, words: tuple[str, str, str]) -> None:
    page.locator("[name=share]").fill(share)
    for name, text in zip(("done", "problems", "ahead"), words, strict=True):
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=proof_address]").fill(_PROOF)


def _confirm_without_a_button(page: Page) -> str:
    """Send what the button would send; return the page that answers."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post(
        page.url,
        form={"csrfmiddlewaretoken": token, "confirm": "1"},
        headers={"Referer": page.url},
    )
    assert answer.status == 200
    return answer.text()


@pytest.mark.parametrize(("language", "width"), WIDE)
def test_a_report_is_returned_mended_confirmed_and_shown(
    window: Opener, served: Served, office: Office, language: str, width: int
) -> None:
    # The first journey mends the oldest silence, which leaves the measure grey; the second
    # speaks of the running period, so that the light has something to judge.
    position, light, share = (0, "no_report", "40") if language == "ru" else (-1, "late", "60")
    reader = window(width=width)
    reader.goto(f"/{language}/measures/{_MEASURE}/")
    expect(reader.locator(".verdict.light-edge--no_report")).to_be_visible()

    a = office("coordinator-a", language, width)
    link = a.locator(f"a[href*='/{_MEASURE}/report/']")
    queue = a.locator(".record-queue").filter(has=link)  # due or overdue, as the day has it
    expect(queue).to_be_visible()
    is_sound(a)
    queue.locator(".record-queue__all a").click()
    is_sound(a)
    a.locator(f"main a[href*='/{_MEASURE}/report/']").nth(position).click()
    _fill(a, share, _FIRST[language])
    is_sound(a)
    a.locator("button[name=submit]").click()
    expect(a.locator(".messages")).to_be_visible()
    a.goto("/admin/")
    waiting = a.locator("#queue-awaiting_them").locator("xpath=..").locator("li a")
    own = waiting.first.get_attribute("href")
    a.goto(own)
    expect(a.locator("main")).to_contain_text(_FIRST[language][0])
    is_sound(a)
    assert a.locator("button[name=confirm], button[name=return]").count() == 0
    assert explain(OwnSideCannotConfirm(), language) in _confirm_without_a_button(a)
    a.reload()
    assert a.locator("main table tbody tr").count() == 1  # submitted, and no more
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text(_FIRST[language][0])

    b = office("coordinator-b", _OTHER[language], width)
    asked = b.locator("#queue-awaiting_us").locator("xpath=..")
    expect(asked.locator(f"a[href='{own}']")).to_be_visible()
    asked.locator(f"a[href='{own}']").click()
    expect(b.locator("main")).to_contain_text(_PROOF)
    is_sound(b)
    b.locator("button[name=return]").click()
    expect(b.locator("button[name=return]")).to_be_visible()  # a reason is wanted
    b.locator("[name=reason]").fill(_REASON[_OTHER[language]])
    b.locator("button[name=return]").click()
    b.wait_for_url("**/admin/programmes/measures/")

    a.goto("/admin/")
    returned = a.locator("#queue-returned").locator("xpath=..")
    expect(returned).to_contain_text(_REASON[_OTHER[language]])
    returned.locator(f"a[href='{own}']").click()
    a.locator("main a.button[href*='/report/']").click()
    expect(a.locator("main")).to_contain_text(_REASON[_OTHER[language]])
    expect(a.locator("[name=problems]")).to_have_value(_FIRST[language][1])
    a.locator("[name=done]").fill(_BETTER[language])
    a.locator("button[name=submit]").click()
    a.wait_for_url("**/admin/programmes/measures/")

    b.goto(own)
    expect(b.locator("main")).to_contain_text(_BETTER[language])
    b.locator("button[name=confirm]").click()
    b.wait_for_url("**/admin/programmes/measures/")
    b.goto(own)
    assert b.locator("main table tbody tr").count() == 4  # submitted, returned, anew, confirmed

    reader.reload()
    report = reader.locator("article.report", has_text=_BETTER[language])
    expect(report.locator("h3")).to_contain_text(share)
    expect(report).to_contain_text(_FIRST[language][2])
    expect(report.locator(f"a[href='{_PROOF}']")).to_be_visible()
    expect(reader.locator(f".verdict.light-edge--{light}")).to_be_visible()
    expect(reader.locator(".verdict")).to_contain_text(share)
    expect(reader.locator("main")).not_to_contain_text(_REASON[_OTHER[language]])
    is_sound(reader)
