"""The strategy revised: claims read and made, a sheet signed, a report approved, a figure changed.

Evaluations, verdicts and reports are public as soon as a person has done the step, so that every
journey has a reader who looks on.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Download, Page, expect
from pypdf import PdfReader

from irtysh.registries.evaluations.rules import CriterionSigned
from irtysh.reports.references import DigitTyped
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.places import CASES
from irtysh.vocabulary.wording import explain, say
from tests.browser import measures
from tests.browser.conftest import (
    Opener,
    Served,
    Watch,
    empty_portal,
    environment,
    run,
    serving,
)
from tests.browser.running.conftest import Office
from tests.browser.running.people import is_sound


def _verdict(code: str, language: str) -> str:
    """Return the words of a verdict as a page begins them."""
    name = codelist("claim_verdicts").label(code, language)
    return name[0].upper() + name[1:]


def _fits(page: Page) -> None:
    assert page.evaluate(measures.WIDER_THAN_THE_WINDOW) == [], page.url


def _press(page: Page, link: str) -> None:
    """Follow the first link of this kind and wait for its page."""
    found = page.locator(link).first
    path = found.get_attribute("href")
    assert path, link
    found.click()
    page.wait_for_url(f"**{path}")
    _fits(page)


def _path(page: Page) -> str:
    return "/" + page.url.split("/", 3)[3]


@pytest.mark.parametrize(
    ("language", "width", "scripts"), [("ru", 1440, True), ("kk", 375, True), ("en", 1440, False)]
)
def test_a_visitor_goes_from_a_claim_to_what_it_rests_on_and_to_the_evaluation(
    window: Opener, language: str, width: int, scripts: bool
) -> None:
    page = window(width=width, scripts=scripts)
    page.goto(f"/{language}/claims/")
    _fits(page)
    _press(page, ".verdicts__list a[href*='verdict=CONTRADICTED']")
    _press(page, "ul.claims h3 a")
    claim = _path(page)
    expect(page.locator(".ruling h2")).to_have_text(_verdict("CONTRADICTED", language))
    assert page.locator(".ruling__why").inner_text().strip()
    assert page.locator("ul.sums li").first.inner_text().strip()
    _press(page, "main a.figure-link")
    _press(page, f"main a[href='{claim}']")  # a figure names the claims that rest on it
    _press(page, ".opening a[href*='/documents/']")
    expect(page.locator(f"main a[href='{claim}']").first).to_be_visible()

    _press(page, f"footer a[href='/{language}/evaluation/']")
    assert page.locator("ol.steps-of > li").count() == 11
    _press(page, "ol.steps-of a[href$='/E2/']")
    line = page.locator("li.line").filter(has=page.locator("a[href*='/evidence/']")).first
    own = line.get_attribute("id")
    figure = line.locator("a[href*='/evidence/']").first.get_attribute("href")
    figure_page = page.request.get(figure)
    assert figure_page.status == 200 and "/figures/" in figure_page.url
    assert page.request.get(f"/{language}/evidence/{own}/").status == 200
    _press(page, ".opening .kicker a")
    kept = _path(page)
    _press(page, "a[href$='/evaluation/history/']")
    expect(page.locator(f"table.kept th a[href='{kept}']")).to_be_visible()


_WHY = "Шаралар елдің қажетіне сай, бірақ мерзімі көрсетілмеген."
_CHAPTERS = {"summary", "claims"}
_OWN = "Тауар айналымы тексерілді:"


def _signed(analyst: Page) -> tuple[str, str]:
    """Sign the first criterion that waits; return its name and what a second hand is told."""
    analyst.goto("/admin/")
    waiting = analyst.locator("#queue-sheet").locator("xpath=..").locator("li a").first
    name = waiting.inner_text().strip()
    path = waiting.get_attribute("href")
    analyst.goto(path)
    is_sound(analyst)
    late = analyst.context.new_page()  # the same form, open in a second window
    late.goto(path)
    for page in (analyst, late):
        page.locator("[name=rating][value='3']").check()
        page.locator("[name=text]").fill(_WHY)
        page.locator("[name=stands_by]").check()
        page.locator("main form[method=post] button.button").last.click()
        page.wait_for_load_state()
    expect(analyst.locator(".messages")).to_contain_text(name)
    expect(analyst.locator("main table")).to_contain_text(_WHY)
    is_sound(analyst)
    said = late.locator("main").inner_text()
    late.close()
    return name, said


def test_a_signed_criterion_is_public_with_its_name_and_stays(
    window: Opener, office: Office
) -> None:
    analyst = office("analyst", "kk", 375)
    name, said = _signed(analyst)
    reader = window()
    reader.goto("/kk/evaluation/")
    row = reader.locator("table.sheet tr").filter(has_text=_WHY)
    expect(row.locator("th")).to_have_text(name)
    expect(row).to_contain_text("Analyst Irtysh")
    expect(row).to_contain_text(codelist("evaluation_statuses").label("rated_3", "kk"))
    number = reader.locator("ol.steps-of a").first.get_attribute("href").split("/")[-3]
    assert explain(CriterionSigned(criterion=name, number=number), "kk") in said


def _begun(analyst: Page) -> Page:
    """Begin a report on the newest evaluation with two chapters."""
    analyst.goto("/admin/reports/strategy/")
    is_sound(analyst)
    analyst.locator("main form[method=post] button.button").click()
    analyst.wait_for_url("**/admin/reports/strategy/*/")
    for box in analyst.locator("input[name^=use-]").all():
        box.set_checked(box.get_attribute("name").removeprefix("use-") in _CHAPTERS)
    return analyst


def _reference(analyst: Page) -> tuple[str, str]:
    """Return a reference to a figure that the screen of references offers, and what it prints."""
    path = analyst.locator("a[href$='/references/']").get_attribute("href")
    choice = analyst.context.new_page()
    choice.goto(f"{path}?kind=figure")
    is_sound(choice)
    row = choice.locator("table.listing tbody tr").first
    reference, printed = row.locator("code").inner_text(), row.locator("td").nth(1).inner_text()
    choice.close()
    return reference, printed


def _downloaded(page: Page, form: str) -> bytes:
    with page.expect_download() as coming:
        page.locator(f".report-files a[href$='report.{form}']").click()
    download: Download = coming.value
    return Path(download.path()).read_bytes()


def _pages(data: bytes) -> list[str]:
    assert data.startswith(b"%PDF-")
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def _heads(data: bytes) -> list[str]:
    """Return the running heads of a DOCX with what is drawn in them."""
    return [one.header._element.xml for one in Document(io.BytesIO(data)).sections]


def _plain(text: str) -> str:
    return " ".join(text.split())


def test_a_report_is_a_draft_until_another_person_approves_it(
    window: Opener, office: Office, watch: Watch
) -> None:
    draft = say("report", "draft", "kk")
    analyst = _begun(office("analyst", "kk", 1440))
    own = analyst.url
    watch.expected.add(own.removeprefix(watch.home))  # mistakes are answered with 422
    reference, printed = _reference(analyst)
    analyst.locator("[name=text-summary]").fill(f"{_OWN} 402")
    analyst.locator("button[name=check]").click()
    refused = explain(DigitTyped(text="402", line="1", column=str(len(_OWN) + 2)), "kk")
    expect(analyst.locator("#wrong-summary")).to_have_text(refused)
    is_sound(analyst)
    analyst.locator("[name=text-summary]").fill(f"{_OWN} {reference}.")
    analyst.locator("button[name=check]").click()
    expect(analyst.locator("#wrong-summary")).to_have_count(0)
    expect(analyst.locator(".messages li.success")).to_be_visible()
    pages = _pages(_downloaded(analyst, "pdf"))
    assert all(draft in page for page in pages)
    assert f"{_OWN} {_plain(printed)}" in _plain(" ".join(pages))
    assert all(f'string="{draft}"' in head for head in _heads(_downloaded(analyst, "docx")))
    analyst.locator("button[name=submit]").click()
    expect(analyst.locator("[name=text-summary]")).to_have_count(0)
    assert analyst.locator("button[name=approve]").count() == 0  # an author approves nothing

    reader = window(width=375)
    reader.goto("/kk/evaluation/reports/")
    assert reader.locator("main a[href='/kk/evaluation/reports/1/']").count() == 0
    coordinator = office("coordinator-a", "ru", 375)
    coordinator.goto(own)
    expect(coordinator.locator("main")).to_contain_text(_OWN)
    is_sound(coordinator)
    coordinator.locator("button[name=approve]").click()
    expect(coordinator.locator(".messages li.success")).to_be_visible()

    reader.reload()
    is_sound(reader)
    _press(reader, "main a[href='/kk/evaluation/reports/1/']")
    expect(reader.locator("main")).to_contain_text(_plain(f"{_OWN} {printed}"))
    is_sound(reader)
    kept = reader.request.get("/kk/evaluation/reports/1/report.pdf").body()
    assert not any(draft in page for page in _pages(kept))
    kept = reader.request.get("/kk/evaluation/reports/1/report.docx").body()
    assert not any(draft in head for head in _heads(kept))


_SPEECH = (
    "In 2021 the trade turnover between Omsk region and Kazakhstan exceeded 402 million US"
    " dollars.\n\nExports from Omsk region to Kazakhstan made up 62.5 percent of this turnover.\n"
)
_PARAPHRASE = "2021 жылы екі тарап 402 млн доллардан астам сауда жасаған."


def test_a_sentence_of_a_document_becomes_a_claim_with_a_verdict(
    window: Opener, office: Office
) -> None:
    analyst = office("analyst", "kk", 1440)
    analyst.goto("/admin/claims/documents/")
    is_sound(analyst)
    text = {"name": "speech.txt", "mimeType": "text/plain", "buffer": _SPEECH.encode()}
    analyst.locator("#id_file").set_input_files(text)
    analyst.locator("[name=source]").select_option("pogrebtsova-2024")
    analyst.locator("form[enctype] button[type=submit]").click()
    analyst.wait_for_url("**/admin/claims/documents/*/")
    assert analyst.locator("mark").all_inner_texts() == ["402", "62.5"]
    is_sound(analyst)

    analyst.locator(".claim-proposals a.button").first.click()
    analyst.wait_for_url("**/admin/claims/proposals/*/")
    expect(analyst.locator("[name=value]")).to_have_value("402")
    analyst.locator("[name=text_kk]").fill(_PARAPHRASE)
    analyst.locator("[name=expression]").fill("turnovr[2021]")
    analyst.locator("button[name=accept]").click()
    expect(analyst.locator(".claim-checked mark")).to_have_text("turnovr")
    expect(analyst.locator("[name=text_kk]")).to_have_value(_PARAPHRASE)
    is_sound(analyst)
    analyst.locator("[name=expression]").fill("turnover[2021]")
    analyst.locator("button[name=accept]").click()
    analyst.wait_for_url("**/admin/registers/claims/edit/**")
    claim = analyst.locator("[name=code]").input_value()
    reader = window(width=375)
    public = f"/kk/claims/{claim}/"
    assert reader.request.get(public).status == 404  # a draft
    analyst.locator("footer .w-dropdown__toggle").click()
    analyst.locator("button[name=action-publish]").click()
    expect(analyst.locator(".messages li.success")).to_be_visible()

    reader.goto(public)
    expect(reader.locator("main h1")).to_have_text(_PARAPHRASE)
    expect(reader.locator(".ruling h2")).to_have_text(_verdict("VERIFIED", "kk"))
    assert _SPEECH.split("\n")[0] not in reader.content()  # the author's sentence is nobody's
    _fits(reader)
    badge = reader.request.get(f"{public}badge.svg")
    assert badge.headers["content-type"].startswith("image/svg+xml")
    assert codelist("claim_verdicts").label("VERIFIED", "kk").lower() in badge.text().lower()


_FALLS = "sb-turnover-over-109"
_PRINTED = '"109,4",USD'


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The invented border, as a folder of the test's own."""
    return Path(shutil.copytree(CASES / "sandbox", tmp_path / "sandbox"))


@pytest.fixture
def own_page(browser: Browser, served: Served, case: Path) -> Iterator[tuple[Page, Path]]:
    """A window on a portal of the invented border alone, and its data folder."""
    with empty_portal() as data, serving(data, "--case", case) as (home, _said):
        watching = Watch(home)
        context = browser.new_context(base_url=home, viewport={"width": 1440, "height": 900})
        context.set_default_timeout(20_000)
        page = context.new_page()
        watching.look_at(page)
        yield page, data
        context.close()
        assert watching.problems == []


def _load(case: Path, data: Path) -> None:
    """Publish a case into a data folder whose portal goes on serving."""
    secret = (data / "secret-key").read_text(encoding="ascii")
    settings = {"IRTYSH_PROFILE": "demo", "IRTYSH_DATA": str(data), "IRTYSH_SECRET_KEY": secret}
    words = [sys.executable, "-m", "irtysh.console", "case", "load", str(case)]
    run(words, environment(**settings))


def test_a_changed_figure_turns_a_verdict_and_asks_for_a_review(
    own_page: tuple[Page, Path], case: Path
) -> None:
    page, data = own_page
    page.goto(f"/en/claims/{_FALLS}/")
    expect(page.locator(".ruling h2")).to_have_text(_verdict("VERIFIED", "en"))
    page.goto("/en/evaluation/tasks/")
    task = page.locator(f"[id='task-E10.claim_contradicted.{_FALLS}']")
    expect(task).to_have_count(0)

    figures = case / "observations" / "trade_partner.csv"
    printed = figures.read_text(encoding="utf-8")
    assert printed.count(_PRINTED) == 1
    figures.write_text(printed.replace(_PRINTED, '"105,4",USD'), encoding="utf-8")
    _load(case, data)

    page.goto(f"/en/claims/{_FALLS}/")
    page.reload()
    expect(page.locator(".ruling h2")).to_have_text(_verdict("CONTRADICTED", "en"))
    history = page.locator("section").filter(has=page.locator("h2", has_text="History")).last
    said = history.locator("tbody .verdict").all_inner_texts()
    assert said == [_verdict("CONTRADICTED", "en"), _verdict("VERIFIED", "en")]
    page.goto("/en/evaluation/tasks/")
    page.reload()
    expect(task).to_be_visible()
    task.locator("a[href*='/compare/']").click()
    page.wait_for_url("**/evaluation/compare/**")
    reason = codelist("evaluation_changes").label("data", "en")
    group = page.locator("section").filter(has=page.locator("h2", has_text=reason))
    assert group.locator("li.change del").count() > 0
    _fits(page)
