"""A question from the form to a solved obstacle, as visitors and moderators see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from irtysh.accounts.models import User
from irtysh.registries.obstacles import actions, obstacle_actions
from irtysh.registries.obstacles.models import Obstacle, Question
from tests.accounts.human import human
from tests.registries.obstacles import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(portal) -> Client:
    cache.clear()  # limits of frequency
    return Client()


def _office(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_whole_way_in_each_language(
    reader, language, django_capture_on_commit_callbacks
) -> None:
    person, body = made.moderator("A", language), made.body()
    assert reader.get(f"/{language}/ask/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        sent = reader.post(
            f"/{language}/ask/",
            human(text="Мост закрыт ночью, я Иван Тайный.", side="A", audience="worker",
                  email="ivan@example.org"),
        )  # fmt: skip
    one = Question.objects.get()
    assert (sent.status_code, sent.url) == (302, f"/{language}/ask/{one.token}/")
    page = reader.get(sent.url)
    assert "Мост закрыт" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"] and "no-store" in page.headers["Cache-Control"]
    assert "ivan@example.org" not in page.content.decode()
    assert str(one) not in page.content.decode(), "the form of the search shows no question"

    office = _office(person)
    listed = office.get("/admin/questions/").content.decode()
    assert f"/admin/questions/{one.pk}/" in listed
    opened = office.get(f"/admin/questions/{one.pk}/").content.decode()
    assert "ivan@example.org" not in opened, "the portal writes, people need no address"
    done = office.post(
        f"/admin/questions/{one.pk}/register/",
        {"registerform-kind": "restriction", f"registerform-name_{language}": "Bridge shut",
         f"registerform-summary_{language}": "At night."},
    )  # fmt: skip
    obstacle = Obstacle.objects.get(questions=one)
    assert done.url == f"/admin/obstacle-steps/{obstacle.code}/"
    day = timezone.localdate().isoformat()
    for step, data in (
        ("send", {"sendform-body": body.pk}),
        ("answer", {"bodyanswerform-on": day, f"bodyanswerform-text_{language}": "Opened now"}),
        ("solve", {"solveform-on": day}),
    ):
        answer = office.post(f"/admin/obstacle-steps/{obstacle.code}/{step}/", data)
        assert answer.status_code == 302, answer.content.decode()

    public = reader.get(f"/{language}/obstacles/{obstacle.code}/").content.decode()
    assert "Opened now" in public and "Office of roads" in public and "Тайный" not in public
    listing = reader.get(f"/{language}/obstacles/").content.decode()
    assert "Bridge shut" in listing and f'href="/{language}/ask/"' in listing
    assert str(timezone.localdate().year) in listing
    followed = reader.get(sent.url).content.decode()
    assert f"/{language}/obstacles/{obstacle.code}/" in followed


def test_programs_and_floods_are_kept_out_and_words_are_not_lost(reader) -> None:
    for trap in ({"homepage": "spam"}, {"opened_at": "forged"}):
        sent = reader.post("/en/ask/", human(text="My words") | trap)
        assert sent.status_code == 422 and "My words" in sent.content.decode()
    empty = reader.post("/en/ask/", human(text=" "))
    assert empty.status_code == 422
    assert not Question.objects.exists()
    for _time in range(10):
        assert reader.post("/en/ask/", human(text="Again")).status_code == 302
    refused = reader.post("/en/ask/", human(text="Once more"))
    assert refused.status_code == 429 and "Once more" in refused.content.decode()
    assert Question.objects.count() == 10


def test_no_address_leads_to_a_question_but_its_own(reader) -> None:
    one = made.question()
    for wrong in (str(one.pk), one.token[:-1], one.token.swapcase()):
        assert reader.get(f"/ru/ask/{wrong}/").status_code == 404


def test_public_pages_tell_counts_and_never_words(reader) -> None:
    made.question(text="Secretive words", theme="")
    for path in ("/en/ask/", "/en/obstacles/"):
        page = reader.get(path).content.decode()
        assert "Secretive" not in page
    assert "Waiting" in reader.get("/en/ask/").content.decode()


def test_the_reason_of_a_forwarding_is_for_colleagues(reader) -> None:
    person, one = made.moderator("A"), made.question()
    actions.forward_question(question=one, to_side="B", reason="Colleagues only", by=person)
    assert "Colleagues only" not in reader.get(f"/en/ask/{one.token}/").content.decode()


def test_the_screens_refuse_the_other_side_and_say_what_is_wrong(reader) -> None:
    one = made.question(side="A")
    theirs = _office(made.moderator("B"))
    assert theirs.get(f"/admin/questions/{one.pk}/", follow=True).status_code == 404
    ours = _office(made.moderator("A", "en"))
    empty = ours.post(f"/admin/questions/{one.pk}/answer/", {"answerform-text": ""})
    assert empty.status_code == 200 and Question.objects.get().status == "new"
    obstacle = _registered(one)
    before = (timezone.localdate() - timedelta(days=3)).isoformat()
    said = ours.post(
        f"/admin/obstacle-steps/{obstacle.code}/send/",
        {"sendform-body": made.body().pk, "sendform-due_on": before},
    )
    assert said.status_code == 200 and "earlier than it can be" in said.content.decode()


def _registered(one: Question) -> Obstacle:
    person = User.objects.get(username="moderator-a")
    return actions.register_obstacle(
        question=one, texts={"name_en": "Shut"}, kind="unknown", by=person
    )


def test_an_obstacle_says_what_is_not_known(reader) -> None:
    one = made.question()
    person = made.moderator("A", "en")
    obstacle = _registered(one)
    page = reader.get(f"/en/obstacles/{obstacle.code}/").content.decode()
    assert "nobody is named yet" in page and "No body has answered yet" in page
    obstacle_actions.reject(obstacle=obstacle, reasons={"en": "By design"}, by=person)
    assert "By design" in reader.get(f"/en/obstacles/{obstacle.code}/").content.decode()


def test_from_the_list_to_the_form_in_one_click(reader) -> None:
    for language in ("ru", "kk", "en"):
        page = reader.get(f"/{language}/obstacles/").content.decode()
        assert f'href="/{language}/ask/"' in page
