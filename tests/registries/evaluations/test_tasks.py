"""A changed figure flips a verdict, opens a task of review, and a person answers it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core import mail
from django.urls import reverse

from irtysh.accounts.permissions import NotAllowed
from irtysh.registries.claims.judged import Judged
from irtysh.registries.evaluations import rules
from irtysh.registries.evaluations.actions import answer_task, evaluate_now, take_task
from irtysh.registries.evaluations.models import Evaluation, ReviewTask
from irtysh.registries.records.shelf import releases
from irtysh.vocabulary.text import LANGUAGES
from tests.registries.evaluations.made import folder_of_a_case, publish, shown, with_figure
from tests.registries.programmes.made import person, programme

pytestmark = pytest.mark.django_db

FLIP = "E10.claim_contradicted.over-400"


def _now() -> Evaluation:
    return evaluate_now(by=None, reason=rules.SHELL)


def _verdict() -> str:
    found = Judged.objects.standing().filter(claim="over-400", release=releases().current().id)
    return str(found.get().verdict)


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A shelf, the case as it was, and the case with another number."""
    folder = tmp_path_factory.mktemp("flip")
    before, after = folder_of_a_case(folder / "before"), folder_of_a_case(folder / "after")
    with_figure(after, '"402,1"', '"352,1"')
    with_figure(after, "GT,380", "GT,340")
    return folder / "releases", before, after


@pytest.fixture
def flipped(two_releases, django_capture_on_commit_callbacks):
    """Two evaluations: the claim held in the first and is contradicted in the second."""
    shelf, before, after = two_releases
    person("ann", "A", "Analyst", language="ru")
    person("asel", "B", "Analyst", language="kk")
    with shown(shelf):
        publish(before, shelf)
        first = _now()
        held = _verdict()
        publish(after, shelf)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            second = _now()
        assert (held, _verdict()) == ("VERIFIED", "CONTRADICTED")
        yield first, second


def test_a_changed_figure_flips_a_verdict_and_opens_a_task(
    flipped, client, django_capture_on_commit_callbacks
) -> None:
    first, second = flipped
    assert (first.number, second.number) == (1, 2)
    assert FLIP not in {line.id for line in first.outcome.triggers}
    assert FLIP in {line.id for line in second.outcome.triggers}
    task = ReviewTask.objects.get(line_id=FLIP)
    assert (task.state, task.opened_in, task.before) == ("open", second, first)
    # Whoever may answer got one letter each, in their own language.
    told = {letter.to[0]: letter for letter in mail.outbox}
    assert set(told) == {"ann@example.org", "asel@example.org"} and len(mail.outbox) == 2
    for address, language in (("ann@example.org", "ru"), ("asel@example.org", "kk")):
        assert second.words(language)[FLIP]["title"] in told[address].body
    # Asked again it is the same evaluation: no second task, no second letter.
    with django_capture_on_commit_callbacks(execute=True):
        assert _now() == second
    assert ReviewTask.objects.filter(line_id=FLIP).count() == 1 and len(mail.outbox) == 2
    # Anybody sees it, with the way to what changed.
    for language in LANGUAGES:
        title = second.words(language)[FLIP]["title"]
        for page in ("evaluation/", "evaluation/tasks/", "evaluation/2/E10/"):
            assert title in client.get(f"/{language}/{page}").content.decode(), (language, page)
        tasks = client.get(f"/{language}/evaluation/tasks/").content.decode()
        assert f"/{language}/evaluation/compare/?a=1&amp;b=2" in tasks
        compared = client.get(f"/{language}/evaluation/compare/?a=1&b=2")
        assert title in compared.content.decode()


def test_a_task_is_answered_once_and_the_answer_stands(flipped) -> None:
    _first, _second = flipped
    analyst = person("kim", "A", "Analyst")
    task = ReviewTask.objects.get(line_id=FLIP)
    with pytest.raises(NotAllowed):
        take_task(task=task, by=person("eve", "A", "Editor"))
    task = take_task(task=task, by=analyst)
    assert (task.state, task.person) == ("taken", analyst)
    with pytest.raises(rules.AnswerNeeded):
        answer_task(task=task, answer=" ", by=analyst)
    task = answer_task(task=task, answer="Источник исправил число.", by=analyst)
    assert (task.state, task.is_open) == ("done", False)
    with pytest.raises(rules.TaskNotOpen):
        answer_task(task=task, answer="Ещё раз", by=analyst, is_declined=True)
    programme("other")  # something else changes; the claim is still contradicted
    _now()
    assert ReviewTask.objects.filter(line_id=FLIP).count() == 1


def test_an_analyst_answers_and_signs_by_hand(flipped, client) -> None:
    from tests.registries.programmes.test_office import _client

    _first, second = flipped
    analyst = _client("lena", "A", "Analyst")
    task = ReviewTask.objects.get(line_id=FLIP)
    desk = analyst.get("/admin/").content.decode()
    assert reverse("evaluation_task", args=(task.pk,)) in desk
    address = reverse("evaluation_task", args=(task.pk,))
    assert second.words("ru")[FLIP]["title"] in analyst.get(address).content.decode()
    assert analyst.post(address, {"take": "1"}).status_code == 302
    empty = analyst.post(address, {"done": "1", "answer": ""})
    assert empty.status_code == 200 and "Напишите, что решено" in empty.content.decode()
    assert analyst.post(address, {"decline": "1", "answer": "Опечатка."}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.answer) == ("declined", "Опечатка.")
    assert "Опечатка." in client.get("/ru/evaluation/tasks/").content.decode()
    # The sheet: signals beside the criterion, then a signature that readers see.
    sheet = analyst.get(reverse("evaluation_sheet", args=(2,))).content.decode()
    sign = reverse("evaluation_sign", args=(2, "relevance"))
    assert sign in sheet
    words = {"rating": "3", "text": "Мер мало."}
    refused = analyst.post(sign, words)
    assert refused.status_code == 200 and not second.ratings.exists()
    assert analyst.post(sign, {**words, "stands_by": "on"}).status_code == 302
    again = analyst.post(sign, {**words, "stands_by": "on"})
    assert again.status_code == 200 and second.ratings.count() == 1
    page = client.get("/ru/evaluation/2/").content.decode()
    assert "Мер мало." in page and "lena" in page
    # Another evaluation at the press of a button; who may not has no button.
    made = analyst.post(reverse("evaluations"))
    assert made.status_code == 302 and Evaluation.objects.count() == 3
    editor = _client("eva", "A", "Editor")
    assert 'class="button">Оценить' not in editor.get(reverse("evaluations")).content.decode()
    editor.post(reverse("evaluations"))
    assert Evaluation.objects.count() == 3
    assert editor.get(sign).status_code == 403
    assert _client("mo", "A", "Moderator").get(reverse("evaluations")).status_code == 403
