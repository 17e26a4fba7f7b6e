"""The content policy in a real browser: it stops what it should, and nothing of our own."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opener, Served, Watch

_INJECTED = """() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'ran'";
    document.body.append(script);
    const text = document.createElement("p");
    text.setAttribute("style", "color: rgb(1, 2, 3)");
    document.body.append(text);
    return [document.title, getComputedStyle(text).color];
}"""


def test_what_is_slipped_into_a_page_neither_runs_nor_dresses_it(
    window: Opener, watch: Watch
) -> None:
    page = window()
    page.goto("/ru/trade/")
    title, colour = page.evaluate(_INJECTED)
    assert title != "ran"
    assert colour != "rgb(1, 2, 3)"
    refused = [line for line in watch.problems if "Content Security Policy" in line]
    assert len(refused) == len(watch.problems) == 2
    watch.problems.clear()


@pytest.mark.parametrize(
    "address", ["/admin/pages/", "/admin/users/", "/admin/images/add/", "/admin/account/"]
)
def test_the_back_office_works_under_its_policy(
    window: Opener, served: Served, address: str
) -> None:
    page = window()
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("administrator")
    page.locator("[name=password]").fill(served.accounts["administrator"])
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto(address)
    page.wait_for_load_state("networkidle")
