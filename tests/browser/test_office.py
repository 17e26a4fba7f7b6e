"""The back office: an editor writes, an analyst or an administrator approves, readers see it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served


def _enter(window: Opener, served: Served, name: str) -> Page:
    page = window()
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=password]").fill(served.accounts[name])
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto("/en/account/")  # the words below are English, whatever the account's own language
    page.locator("[name=language]").select_option("en")
    page.locator("form.account__form button").first.click()
    expect(page.locator(".account__said")).to_be_visible()
    page.goto("/admin/")
    return page


def _submitted(editor: Page, lead: str) -> str:
    """Change the lead of the English About page, send it for review; return where it is edited."""
    editor.goto("/admin/pages/search/?q=About")
    path = editor.locator("main a[href$='/edit/']").first.get_attribute("href")
    editor.goto(path)
    expect(editor.locator("[name=title]")).to_have_value("About this portal")
    editor.locator("[name=lead]").fill(lead)
    editor.get_by_role("button", name="More actions").click()
    assert editor.get_by_role("button", name="Publish", exact=True).count() == 0
    editor.get_by_role("button", name="Submit to Review").click()
    expect(editor.locator(".messages")).to_contain_text("submitted for moderation")
    return path


def _approve(reviewer: Page, path: str) -> None:
    waiting = reviewer.locator("#queue-in_review").locator("xpath=..")
    expect(waiting).to_contain_text("About this portal")
    reviewer.goto(path)
    reviewer.locator("footer").get_by_role("button", name="More actions").click()
    reviewer.get_by_role("button", name="Approve and Publish", exact=True).click()
    expect(reviewer.locator(".messages")).to_contain_text("has been updated")


@pytest.mark.parametrize("reviewer", ["analyst", "administrator"])
def test_a_text_goes_from_editor_through_review_to_readers(
    window: Opener, served: Served, reviewer: str
) -> None:
    lead = f"Read, compare and argue, says the {reviewer}."
    path = _submitted(_enter(window, served, "editor"), lead)
    reader = window()
    reader.goto("/en/about/")
    expect(reader.locator("main")).not_to_contain_text(lead)

    desk = _enter(window, served, reviewer)
    _approve(desk, path)

    reader.reload()
    expect(reader.locator("main .lead")).to_have_text(lead)
    desk.goto(path.replace("/edit/", "/history/"))
    history = desk.locator("main")
    expect(history).to_contain_text("Editor")
    expect(history).to_contain_text(reviewer.capitalize())


def test_the_back_office_is_closed_to_readers(window: Opener) -> None:
    page = window()
    page.goto("/admin/pages/")
    assert "/admin/login/" in page.url
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill("not the password")
    page.locator("form button[type=submit]").click()
    expect(page.locator("[name=password]")).to_be_visible()
