"""The start page of the back office: each sees the work that waits for them, and no other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import (
    ADMINISTRATOR,
    ANALYST,
    COORDINATOR,
    EDITOR,
    MODERATOR,
    OFFICE_ROLES,
    TRANSLATOR,
)
from irtysh.portal.desk import desk
from irtysh.registries.acts.models import Act
from irtysh.registries.acts.queues import to_check
from irtysh.registries.guides.models import Guide
from irtysh.registries.guides.queues import to_check as guides_to_check
from irtysh.registries.obstacles.models import Question
from irtysh.registries.records.actions import write
from irtysh.registries.records.models import Record

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 1)


def person(role: str, side: str = "", language: str = "en") -> User:
    return create_account(
        username=f"{role}-{side}-{language}".lower(),
        password="a long enough one",
        role=role,
        side=side,
        language=language,
    )


def waiting(user: User) -> dict[str, Any]:
    with translation.override("en"):
        return {one.name: one for one in desk(user)}


def act(code: str, **more: Any) -> Record:
    document = {"id": code, "kind": "law", "title": {"ru": code}, "status": "in_force", **more}
    return write(register="acts", document=document, by=None)


def guide(code: str, **more: Any) -> Record:
    document = {"id": code, "kind": "work", "name": {"ru": code, "kk": code, "en": code}, **more}
    return write(register="guides", document=document, by=None)


def obstacle(code: str, side: str, due_on: str) -> Record:
    body = write(
        register="organisations",
        document={"id": f"body-{due_on}", "kind": "authority", "name": {"ru": "Орган"}},
        by=None,
    )
    document = {
        "id": code, "kind": "barrier", "name": {"ru": code, "kk": code, "en": code},
        "status": "sent_to_body", "side": side, "body": body.code, "due_on": due_on,
    }  # fmt: skip
    return write(register="obstacles", document=document, by=None)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_everybody_has_a_start_page(role: str, language: str) -> None:
    client = Client()
    client.force_login(person(role, "A", language))
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert {"ru": "Вас ничего не ждёт", "kk": "күтіп тұрған іс жоқ", "en": "Nothing waits"}[
        language
    ] in page


def test_acts_are_checked_every_half_year_unless_they_ended() -> None:
    recent = (TODAY - timedelta(days=30)).isoformat()
    old = (TODAY - timedelta(days=200)).isoformat()
    act("never")
    act("old", checks=[{"on": old, "status": "in_force"}])
    act("recent", checks=[{"on": old, "status": "in_force"}, {"on": recent, "status": "in_force"}])
    act("void", status="repealed")
    act("ended", valid_to="2016")
    act("ends-this-year", valid_to="2026")
    act("replaced")
    act(
        "newer",
        checks=[{"on": recent, "status": "in_force"}],
        relations=[{"kind": "repeals", "act": "replaced", "from": "2020"}],
    )
    found = [one.code for one in to_check(Act.objects.all(), TODAY)]
    assert found == ["ends-this-year", "never", "old"]
    assert {one.code for one in Act.objects.all() if one.needs_check(TODAY)} == set(found)


def test_who_checks_acts_has_them_in_the_queue() -> None:
    act("never")
    for role, is_shown in ((ANALYST, True), (EDITOR, True), (TRANSLATOR, False)):
        found = waiting(person(role, "A"))
        assert ("acts_to_check" in found) is is_shown
        if is_shown:
            assert found["acts_to_check"].count == 1
            assert found["acts_to_check"].rows[0].note == "never checked"


def test_guides_are_checked_when_their_day_has_passed() -> None:
    guide("passed", expires_on="2026-06-30", checked_on="2026-06-01")
    guide("current", expires_on="2027-01-01", checked_on="2020-01-01")
    guide("stale", checked_on="2025-12-01")
    guide("fresh", checked_on="2026-06-01")
    guide("never")
    found = guides_to_check(Guide.objects.all(), TODAY)
    assert [one.code for one in found] == ["never", "stale", "passed"]


def test_missing_translations_are_counted_and_lead_to_the_list() -> None:
    act("half")
    user = person(TRANSLATOR)
    queue = waiting(user)["untranslated"]
    assert queue.count == 1
    assert [row.note for row in queue.rows] == ["1", "1"]
    client = Client()
    client.force_login(user)
    for row in queue.rows:
        assert "half" in client.get(row.address).content.decode()
    assert "untranslated" not in waiting(person(EDITOR, "A"))


def test_a_draft_in_review_waits_for_those_who_may_publish_it() -> None:
    record = guide("g", checked_on=timezone.localdate().isoformat())
    record.get_workflow().start(record, person(EDITOR, "A"))
    for role, count in ((ANALYST, 1), (ADMINISTRATOR, 1)):
        assert waiting(person(role, "B"))["in_review"].count == count
    assert waiting(person(COORDINATOR, "A"))["in_review"].count == 0


def test_obstacles_without_an_answer_wait_for_their_own_side() -> None:
    obstacle("late-a", "A", "2026-01-01")
    obstacle("late-b", "B", "2026-01-02")
    obstacle("in-time", "A", (timezone.localdate() + timedelta(days=9)).isoformat())
    for role in (COORDINATOR, MODERATOR):
        for side in "AB":
            queue = waiting(person(role, side))["obstacles"]
            assert [row.title for row in queue.rows] == [f"late-{side.lower()}"]
            assert queue.is_late
    client = Client()
    client.force_login(person(ADMINISTRATOR))
    page = client.get(queue.address).content.decode()
    assert "late-a" in page
    assert "in-time" not in page


def test_a_question_waits_for_a_moderator_of_its_side() -> None:
    Question.objects.create(language="ru", side="A", text="Почему закрыт мост?")
    assert waiting(person(MODERATOR, "A"))["questions"].rows[0].title == "Почему закрыт мост?"
    assert waiting(person(MODERATOR, "B"))["questions"].count == 0
    assert "questions" not in waiting(person(EDITOR, "A"))


def test_the_page_shows_the_count_the_first_rows_and_the_rest_behind_a_link() -> None:
    for number in range(7):
        act(f"act-{number}")
    client = Client()
    client.force_login(person(ANALYST, "A", "kk"))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    card = page.split('id="queue-acts_to_check"')[1].split("</section>")[0]
    assert ">7<" in card
    assert card.count("<li>") == 5
    assert "waiting=check" in card
    assert "Барлығын көрсету" in card
