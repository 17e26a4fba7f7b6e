"""What somebody who looks for help finds: a contact, a day for the calendar, a letter a week."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served, Watch
from tests.browser.running.people import RUNS, is_sound, letter_to, send_as_a_person, sign_in

_INITIATIVE = "e-commerce"


def _press(page: Page, path: str) -> None:
    """Follow a link of the content to an address, as one click."""
    page.locator(f"main a[href='{path}']").first.click()
    page.wait_for_function("path => location.href.endsWith(path)", arg=path)


@pytest.mark.parametrize("journey", ["business", "investors"])
@pytest.mark.parametrize(("language", "width"), RUNS)
def test_from_the_first_page_to_somebody_to_ask_in_three_clicks(
    window: Opener, language: str, width: int, journey: str
) -> None:
    page = window(width=width)
    page.goto(f"/{language}/")
    _press(page, f"/{language}/{journey}/")
    is_sound(page)
    for number, side in enumerate(("A", "B")):
        bodies = page.locator("#contacts .cells > div").nth(number)
        expect(bodies.locator(f".side--{side}")).to_be_visible()
        contact = bodies.locator("ul.rows a[href*='/organisations/']").first
        path = contact.get_attribute("href")
        name = contact.inner_text()
        _press(page, path)
        expect(page.locator("main h1")).to_have_text(name)
        is_sound(page)
        page.goto(f"/{language}/{journey}/")
    _press(page, f"/{language}/ask/")  # the portal itself can be asked as well


def _unfolded(content: bytes) -> list[str]:
    """Return the lines of a calendar as RFC 5545 wants them written."""
    assert content.endswith(b"\r\n")
    lines = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    return content[:-2].replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize(("language", "width"), RUNS)
def test_the_calendar_comes_as_a_file_that_calendars_read(
    window: Opener, language: str, width: int
) -> None:
    page = window(width=width)
    page.goto(f"/{language}/events/calendar/")
    is_sound(page)
    feed = page.locator("main a[href*='.ics']").first.get_attribute("href")
    answer = page.request.get(feed)
    assert answer.headers["content-type"].startswith("text/calendar")
    lines = _unfolded(answer.body())
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0"} <= set(lines) and any(one.startswith("PRODID:") for one in lines)
    opened: list[str] = []
    events: list[dict[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        assert colon, line
        if name == "BEGIN":
            opened.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert opened.pop() == value
        elif opened[-1] == "VEVENT":
            events[-1][name.partition(";")[0]] = value
    assert opened == []
    assert len(events) >= 10
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL"} <= set(one) for one in events)
    assert len({one["UID"] for one in events}) == len(events)
    newest = max(events, key=lambda one: one["DTSTART"])
    _press(
        page, page.locator(f".years a[href*='year={newest['DTSTART'][:4]}']").get_attribute("href")
    )
    title = newest["SUMMARY"].replace("\\,", ",").replace("\\;", ";")
    expect(page.locator("main ul.rows", has_text=title).first).to_be_visible()
    is_sound(page)


@pytest.mark.parametrize(("language", "width"), RUNS)
def test_a_letter_a_week_comes_only_to_who_confirmed_and_stops_at_once(
    window: Opener, served: Served, watch: Watch, language: str, width: int
) -> None:
    address = f"reader-{language}@example.net"
    page = window(width=width)
    page.goto(f"/{language}/subscribe/?theme=transport")
    expect(page.locator("[name=theme]")).to_have_value("transport")
    is_sound(page)
    page.locator("[name=email]").fill(address)
    send_as_a_person(page)
    expect(page.locator("main .lead")).to_contain_text(address)
    is_sound(page)
    letter, path = letter_to(served, address, "/subscribe/confirm/")
    assert letter["Content-Language"] == language
    assert path.startswith(f"/{language}/")

    page.goto(path)
    is_sound(page)
    page.locator("main form button").click()
    stop = page.locator("main a[href*='/unsubscribe/']")
    stop.wait_for()
    is_sound(page)
    own = stop.get_attribute("href")
    page.goto(own)
    assert page.locator(".subscribe__list li").count() == 1
    is_sound(page)
    page.locator("main form button").last.click()
    expect(page.locator("main form")).to_have_count(0)
    page.goto(own)
    assert page.locator(".subscribe__list li").count() == 0


@pytest.mark.parametrize(("language", "width"), RUNS)
def test_a_member_stands_behind_an_initiative_and_only_the_number_is_public(
    window: Opener, served: Served, language: str, width: int
) -> None:
    public = f"/{language}/initiatives/{_INITIATIVE}/"
    stranger = window(width=width)
    stranger.goto(public)
    is_sound(stranger)
    words = stranger.locator("main a.button[href$='/support/'] + span")
    before = words.inner_text()
    stranger.locator("main a.button[href$='/support/']").click()
    expect(stranger.locator("[name=password]")).to_be_visible()

    member = sign_in(window, served, "member", language, width)
    member.goto(public)
    member.locator("main a.button[href$='/support/']").click()
    is_sound(member)
    member.locator("button[name=do][value=support]").click()
    back = member.locator("button[name=do][value=back]")
    back.wait_for()
    is_sound(member)
    stranger.goto(public)
    stranger.reload()
    after = words.inner_text()
    assert after != before and "1" in after
    assert "member" not in stranger.content().casefold()
    back.click()
    member.locator("button[name=do][value=support]").wait_for()
    stranger.reload()
    assert words.inner_text() == before
