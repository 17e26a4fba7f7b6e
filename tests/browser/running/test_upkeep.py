"""What keeps the registers true: an act looked up, a project moved on, two entries made one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, Served
from tests.browser.running.conftest import Office
from tests.browser.running.people import NARROW, WIDE, is_sound

_NOTE = {"ru": "Сверено с официальным порталом.", "kk": "Ресми порталмен салыстырылды."}
_REASON = {
    "ru": "Стороны подписали график работ.",
    "kk": "Тараптар жұмыс кестесіне қол қойды.",
}
_PROJECTS = {
    "ru": ("irtysh-corridor", "coordinator-a"),
    "kk": ("border-logistics-centre", "coordinator-b"),
}
_FIRMS = {"ru": ("sibzavod", "saturn-agro"), "kk": ("tpk-irtysh", "ompo-irtysh")}


def _said(page: Page) -> None:
    expect(page.locator(".messages")).to_be_visible()


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_an_analyst_looks_an_act_up_and_readers_see_who_found_what(
    window: Opener, served: Served, office: Office, language: str, width: int
) -> None:
    analyst = office("analyst", language, width)
    first = analyst.locator(".record-queue").filter(has=analyst.locator("#queue-acts_to_check"))
    first.locator("li a").first.click()
    analyst.wait_for_url("**/admin/registers/acts/check/*/")
    act = analyst.url.rstrip("/").rsplit("/", 1)[1]
    reader = window(width=width)
    reader.goto(f"/{language}/law/{act}/")
    expect(reader.locator("main")).not_to_contain_text(_NOTE[language])

    is_sound(analyst)
    analyst.locator("[name=status]").select_option("in_force")
    expect(analyst.locator("[name=on]")).not_to_have_value("")
    analyst.locator("[name=address]").fill("https://example.org/act")
    analyst.locator(f"[name=note_{language}]").fill(_NOTE[language])
    facts = analyst.locator("dl.record-facts dt")
    known = facts.count()
    analyst.locator("button[name=preview]").click()
    expect(facts).to_have_count(known + 1)  # and how it would stand
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text(_NOTE[language])  # only shown, not saved
    is_sound(analyst)
    analyst.locator("button[name=save]").click()
    _said(analyst)
    expect(analyst.locator("main table tbody")).to_contain_text(_NOTE[language])
    is_sound(analyst)
    reader.reload()
    expect(reader.locator("main")).to_contain_text(_NOTE[language])
    is_sound(reader)


@pytest.mark.parametrize(("language", "width"), WIDE)
def test_a_project_moves_on_with_a_reason_and_only_by_who_may(
    window: Opener, served: Served, office: Office, language: str, width: int
) -> None:
    project, name = _PROJECTS[language]
    screen = f"/admin/registers/projects/stage/{project}/"
    coordinator = office(name, language, width)
    coordinator.goto(screen)
    is_sound(coordinator)
    coordinator.locator("[name=stage][value=approved]").check()
    coordinator.locator("form.record-deed button[type=submit]").click()
    expect(coordinator.locator("[aria-invalid=true][name=reason]")).to_be_visible()
    is_sound(coordinator)
    coordinator.locator("[name=stage][value=approved]").check()
    coordinator.locator("[name=reason]").fill(_REASON[language])
    coordinator.locator("form.record-deed button[type=submit]").click()
    _said(coordinator)
    expect(coordinator.locator("main table tbody")).to_contain_text(_REASON[language])

    reader = window(width=width)
    reader.goto(f"/{language}/projects/{project}/")
    expect(reader.locator("main")).to_contain_text(_REASON[language])
    is_sound(reader)

    editor = office("editor", language, width)
    answer = editor.request.get(screen, max_redirects=0)
    assert answer.status in (302, 403)


@pytest.mark.parametrize(("language", "width"), NARROW)
def test_two_entries_of_an_organisation_become_one_and_both_addresses_lead_to_it(
    window: Opener, served: Served, office: Office, language: str, width: int
) -> None:
    stays, goes = _FIRMS[language]
    administrator = office("administrator", language, width)
    administrator.goto("/admin/registers/organisations/duplicates/")
    is_sound(administrator)
    administrator.goto(f"/admin/registers/organisations/merge/{stays}/")
    is_sound(administrator)
    administrator.goto(f"/admin/registers/organisations/merge/{stays}/{goes}/")
    is_sound(administrator)
    reader = window(width=width)
    reader.goto(f"/{language}/organisations/{goes}/")
    gone = reader.locator("main h1").inner_text()
    administrator.locator("main form[method=post] button[type=submit]").click()
    administrator.wait_for_url("**/organisations/mergers/*/")
    expect(administrator.locator("main")).to_contain_text(goes)
    is_sound(administrator)

    reader.goto(f"/{language}/organisations/{goes}/?again")
    reader.wait_for_url(f"**/{language}/organisations/{stays}/**")
    expect(reader.locator("main")).to_contain_text(gone)
    is_sound(reader)
    reader.goto(f"/{language}/organisations/")
    assert reader.locator(f"main a[href='/{language}/organisations/{goes}/']").count() == 0
