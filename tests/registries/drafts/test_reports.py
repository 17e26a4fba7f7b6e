"""Reports in the back office and on the portal: written, checked, approved, kept, found by id."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import ModelLogEntry

from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.drafts import actions, rules
from irtysh.registries.drafts.forms import Written
from irtysh.registries.drafts.making import automatic, draft_contents
from irtysh.registries.drafts.models import Draft
from irtysh.registries.evaluations.actions import evaluate_now
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.evaluations.rules import SHELL, EvaluationNotFound
from irtysh.reports.chapters import CHAPTERS, ChapterUnknown
from irtysh.reports.references import DigitTyped
from irtysh.store import Releases
from irtysh.vocabulary.text import LANGUAGES
from tests.registries.evaluations.made import folder_of_a_case, publish, shown
from tests.registries.programmes.made import person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a case, and beside it the releases."""
    return folder_of_a_case(tmp_path_factory.mktemp("case") / "small")


@pytest.fixture
def evaluation(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Evaluation]:
    """The portal showing the small case, evaluated once."""
    monkeypatch.setenv("IRTYSH_DATA", str(tmp_path))
    folder = small.parent / "releases"
    with shown(folder):
        publish(small, folder)
        yield evaluate_now(by=None, reason=SHELL)


@pytest.fixture
def ivan():
    return person("ivan", "A", role="Analyst")


@pytest.fixture
def asel():
    return person("asel", "B", role="Analyst")


@pytest.fixture
def draft(evaluation: Evaluation, ivan) -> Draft:
    return actions.begin(by=ivan, language="ru")


def _figure(evaluation: Evaluation, small: Path) -> str:
    release = Releases(small.parent / "releases").get(evaluation.release)
    return next(iter(release.observations())).id


def _write(draft: Draft, by, **more) -> Draft:
    given = {"title": draft.title, "chapters": draft.chapters, "paragraphs": draft.paragraphs}
    return actions.write(draft=draft, by=by, **{**given, **more})


def _approved(draft: Draft, ivan, asel) -> Draft:
    actions.submit(draft=draft, by=ivan)
    return actions.approve(draft=draft, by=asel)


def _office(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# Writing


def test_a_report_begins_with_all_chapters_of_the_newest_evaluation(draft, ivan) -> None:
    assert (draft.state, draft.chapters) == (rules.DRAFT, list(CHAPTERS))
    assert draft.evaluation == Evaluation.objects.newest()
    assert draft.title == "Оценка стратегии сотрудничества"
    with pytest.raises(EvaluationNotFound):
        actions.begin(by=ivan, language="ru", number=99)


def test_without_an_evaluation_there_is_nothing_to_report_on(ivan, db) -> None:
    with pytest.raises(rules.NothingEvaluated):
        actions.begin(by=ivan, language="ru")


def test_chapters_and_paragraphs_are_kept(draft, ivan, evaluation, small) -> None:
    name = _figure(evaluation, small)
    kept = _write(draft, ivan, chapters=["risks", "summary"],
                  paragraphs={"summary": f"Оборот: {{figure:{name}}}.", "x": "y"})  # fmt: skip
    made = draft_contents(kept)
    assert [one.id for one in made.chapters] == ["risks", "summary"]
    assert made.chapters[1].blocks[0].runs[1].evidence == name
    assert actions.mistakes(kept) == {}
    with pytest.raises(ChapterUnknown):
        _write(draft, ivan, chapters=["nothing"])
    with pytest.raises(rules.NoChapters):
        _write(draft, ivan, chapters=[])


def test_a_typed_number_stays_in_the_draft_and_keeps_it_from_approval(draft, ivan) -> None:
    kept = _write(draft, ivan, paragraphs={"summary": "Рост 9 %."})
    assert [type(one) for one in actions.mistakes(kept)["summary"]] == [DigitTyped]
    with pytest.raises(DigitTyped):
        actions.submit(draft=kept, by=ivan)
    assert Draft.objects.get(pk=kept.pk).state == rules.DRAFT


def test_the_form_reads_places_and_arrows() -> None:
    sent = {"title": "T", "use-summary": "1", "place-summary": "2", "use-risks": "1",
            "place-risks": "1", "use-method": "1", "text-risks": "слово"}  # fmt: skip
    assert Written.read(sent).chapters == ["risks", "summary", "method"]
    assert Written.read({**sent, "down-risks": "1"}).chapters == ["summary", "risks", "method"]
    assert Written.read({**sent, "up-method": "1"}).chapters == ["risks", "method", "summary"]
    assert Written.read({**sent, "up-risks": "1"}).chapters == ["risks", "summary", "method"]


# Approval


def test_another_person_approves(draft, ivan, asel) -> None:
    with pytest.raises(rules.NotSubmitted):
        actions.approve(draft=draft, by=asel)
    actions.submit(draft=draft, by=ivan)
    with pytest.raises(rules.OwnReport):
        actions.approve(draft=draft, by=ivan)
    with pytest.raises(rules.NotWritable):
        _write(draft, ivan, title="x")
    kept = actions.approve(draft=draft, by=asel)
    assert (kept.state, kept.number, kept.approver) == (rules.APPROVED, 1, asel)
    made = kept.contents
    assert made is not None and made.digest == kept.digest and made.draft == ""
    assert "asel" in dict(made.facts)["Состояние"]
    assert ModelLogEntry.objects.filter(action="drafts.approve").count() == 1


def test_who_wrote_a_word_of_it_does_not_approve_it(draft, ivan, asel) -> None:
    _write(draft, asel)
    assert not actions.wrote(draft, asel)  # nothing was changed
    kept = _write(draft, asel, title="Иначе")
    actions.submit(draft=kept, by=ivan)
    with pytest.raises(rules.OwnReport):
        actions.approve(draft=kept, by=asel)
    assert actions.approve(draft=kept, by=person("olga", "A", role="Analyst")).number == 1


def test_an_approved_report_is_frozen(draft, ivan, asel) -> None:
    kept = _approved(draft, ivan, asel)
    for change in (
        lambda: _write(draft, ivan, title="x"),
        kept.save,
        kept.delete,
        lambda: actions.discard(draft=kept, by=ivan),
    ):
        with pytest.raises(rules.ReportFrozen):
            change()
    with pytest.raises(rules.NotSubmitted):
        actions.give_back(draft=kept, by=asel, reason="x")


def test_what_was_approved_outlives_the_draft_of_its_words(draft, ivan, asel) -> None:
    kept = _approved(draft, ivan, asel)
    Draft.objects.filter(pk=kept.pk).update(title="other", chapters=["risks"])
    again = Draft.objects.get(pk=kept.pk)
    assert draft_contents(again).digest == kept.digest


def test_a_report_goes_back_with_a_reason(draft, ivan, asel) -> None:
    actions.submit(draft=draft, by=ivan)
    with pytest.raises(rules.ReturnReasonNeeded):
        actions.give_back(draft=draft, by=asel, reason=" ")
    kept = actions.give_back(draft=draft, by=asel, reason="Добавьте риски")
    assert (kept.state, kept.reason) == (rules.RETURNED, "Добавьте риски")
    assert _write(kept, ivan, title="Новый").title == "Новый"
    actions.discard(draft=kept, by=ivan)
    assert not Draft.objects.exists()


def test_the_matrix_decides(draft, ivan) -> None:
    writer = person("oleg", "A", role="Translator")
    for step in (
        lambda: actions.begin(by=writer, language="ru"),
        lambda: _write(draft, writer, title="x"),
        lambda: actions.submit(draft=draft, by=writer),
        lambda: actions.approve(draft=draft, by=writer),
        lambda: actions.discard(draft=draft, by=writer),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_the_database_holds_the_rules(draft, ivan) -> None:
    for change in ({"state": "approved"}, {"state": "returned"}, {"approver": ivan}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.filter(pk=draft.pk).update(**change)


# Pages


def test_the_back_office_from_the_first_word_to_the_approval(evaluation, ivan, asel, small) -> None:
    office = _office(ivan)
    answer = office.post("/admin/reports/strategy/", {"evaluation": 1, "language": "kk"})
    draft = Draft.objects.get()
    assert answer.headers["Location"].endswith(f"/reports/strategy/{draft.pk}/")
    address = f"/admin/reports/strategy/{draft.pk}/"
    sent = {"title": "Есеп", "use-summary": "1", "place-summary": "1", "text-summary": "9 %"}
    refused = office.post(address, {**sent, "check": "1"})
    assert refused.status_code == 422 and "{text:…}" in refused.content.decode()
    name = _figure(evaluation, small)
    picked = office.get(f"{address}references/?kind=figure").content.decode()
    assert f"{{figure:{name}}}" in picked
    sent["text-summary"] = f"Айналым: {{figure:{name}}}."
    assert office.post(address, {**sent, "check": "1"}).status_code == 302
    read = office.get(f"{address}report.html")
    assert "ЖОБА" in read.content.decode()
    assert "style-src 'unsafe-inline'" in read.headers["Content-Security-Policy"]
    assert office.post(address, {**sent, "submit": "1"}).status_code == 302
    assert "report-decide" not in office.get(address).content.decode()
    other = _office(asel)
    assert "report-decide" in other.get(address).content.decode()
    other.post(f"{address}decide/", {"approve": "1", "seen": "2026-01-01T00:00:00+00:00"})
    draft.refresh_from_db()
    assert draft.state == rules.SUBMITTED  # what was read is not what would be approved
    other.post(f"{address}decide/", {"approve": "1", "seen": actions.mark_of(draft)})
    draft.refresh_from_db()
    assert draft.state == rules.APPROVED
    assert other.get("/admin/reports/strategy/").status_code == 200


def test_an_approved_report_is_public_in_every_language_of_the_portal(
    draft, ivan, asel, client
) -> None:
    assert client.get("/ru/evaluation/reports/1/").status_code == 404
    _approved(draft, ivan, asel)
    for language in LANGUAGES:
        assert client.get(f"/{language}/evaluation/reports/").status_code == 200
    page = client.get("/en/evaluation/reports/1/").content.decode()
    assert 'lang="ru"' in page and "ПРОЕКТ" not in page and "chapter-summary" in page
    book = client.get("/en/evaluation/reports/1/report.xlsx")
    assert book.content[:2] == b"PK" and "attachment" in book.headers["Content-Disposition"]
    assert client.get("/en/evaluation/reports/1/report.odt").status_code == 404
    assert client.get("/en/evaluation/reports/2/report.pdf").status_code == 404


def test_anybody_may_take_the_automatic_report_with_its_mark(evaluation, client) -> None:
    from pypdf import PdfReader

    answer = client.get("/en/evaluation/1/report.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert all("DRAFT" in re.sub(r"\s", "", page.extract_text()) for page in pages)
    assert client.get("/en/evaluation/1/report.pdf").content == answer.content
    assert client.get("/en/evaluation/7/report.pdf").status_code == 404
    assert client.get("/en/evaluation/1/report.doc").status_code == 404


def test_every_id_of_a_report_resolves(evaluation, client) -> None:
    made = automatic(evaluation, "kk")
    assert made.evidence
    for one in made.evidence:
        path = one.address.partition("://")[2].partition("/")[2]
        answer = client.get(f"/{path}")
        assert answer.status_code == 302, one.id
    seen = {re.sub(r"[.#?].*", "", client.get(f"/kk/evidence/{one.id}/").headers["Location"])
            for one in made.evidence}  # fmt: skip
    for path in sorted(seen)[:6]:
        assert client.get(path).status_code == 200, path


def test_what_the_evaluation_rests_on_resolves(evaluation, client) -> None:
    found = {one for line in evaluation.outcome.lines.values()
             for figure in line.figures.values() for one in figure["evidence"]}  # fmt: skip
    for name in sorted(found):
        answer = client.get(f"/en/evidence/{name}/")
        assert answer.status_code in (200, 302), name
    shown = client.get("/ru/evidence/thresholds/coverage_gate/").content.decode()
    assert "0,6" in shown


@pytest.mark.parametrize(
    "name", ["000000000000", "r-000000000000", "E2.nothing", "claims/nothing", "x", "registers/x"]
)
def test_an_unknown_id_gets_help(evaluation, client, name: str) -> None:
    for language in LANGUAGES:
        answer = client.get(f"/{language}/evidence/{name}/")
        assert answer.status_code == 404 and name in answer.content.decode()


def test_the_command_writes_a_file(evaluation, tmp_path, irtysh, monkeypatch) -> None:
    monkeypatch.setenv("IRTYSH_DATA", str(tmp_path))
    target = tmp_path / "r.html"
    code, out, _err = irtysh("report", "--lang", "kk", "--format", "html",
                             "--chapters", "risks,summary", "--out", target)  # fmt: skip
    assert code == 0 and str(target) in out
    text = target.read_text(encoding="utf-8")
    assert 'lang="kk"' in text and text.index("chapter-risks") < text.index("chapter-summary")
    assert irtysh("report", "--chapters", "nothing")[0] == 3
    assert irtysh("report", "--evaluation", "9")[0] == 3
    assert irtysh("report", "--number", "9")[0] == 3
