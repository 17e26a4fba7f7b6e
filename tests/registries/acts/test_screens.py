"""The page on which somebody writes down that they looked whether an act still stands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import ANALYST, COORDINATOR, TRANSLATOR
from irtysh.registries.acts.actions import check_status
from irtysh.registries.acts.desk import standing_after
from irtysh.registries.acts.models import Act
from irtysh.registries.acts.queues import queues
from irtysh.registries.records.actions import DraftInTheWay, write
from irtysh.registries.records.models import ListingFacet

pytestmark = pytest.mark.django_db

TEXT = {"ru": "Закон", "kk": "Заң", "en": "Law"}
PAGE = "/admin/registers/acts/check/law/"


def act(code: str = "law", **more: Any) -> Any:
    document = {"id": code, "kind": "law", "title": TEXT, "status": "in_force", **more}
    return write(register="acts", document=document, by=None)


def person(role: str, language: str = "en") -> User:
    return create_account(
        username=f"{role}-{language}".lower(), password="a long enough one", role=role,
        language=language,
    )  # fmt: skip


def office_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(status: str = "in_force", **more: str) -> dict[str, str]:
    return {
        "status": status, "on": timezone.localdate().isoformat(),
        "address": "https://example.org/law", "note_kk": "Қаралды", **more,
    }  # fmt: skip


def test_a_check_is_written_down_and_decides() -> None:
    one = act()
    client = office_of(person(ANALYST))
    assert one.standing().status == "unchecked"
    assert client.post(PAGE, {**said(), "save": "1"}).status_code == 302
    one = Act.objects.get(code="law")
    row = one.checks.get()
    assert (row.status, row.address, row.note_kk, row.note_ru) == (
        "in_force", "https://example.org/law", "Қаралды", "",
    )  # fmt: skip
    assert one.standing().status == "in_force"
    facet = ListingFacet.objects.get(register="acts", facet="standing", listing__code="law")
    assert facet.value == "in_force"
    page = client.get(PAGE).content.decode()
    assert "Қаралды" in page
    assert row.by in page


def test_the_preview_shows_before_and_after_and_saves_nothing() -> None:
    act()
    answer = office_of(person(ANALYST)).post(PAGE, {**said("repealed"), "preview": "1"})
    before, after = answer.context["before"], answer.context["after"]
    assert (before.status, after.status) == ("status not checked", "repealed")
    assert Act.objects.get(code="law").checks.count() == 0


def test_a_check_does_not_raise_what_another_act_has_ended() -> None:
    old = act()
    act("newer", date="2020-01-01", relations=[{"kind": "repeals", "act": "law"}])
    today = timezone.localdate()
    assert standing_after(old, today, "in_force", today).status == "repealed"


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_a_day_to_come_is_an_error_of_its_field(language: str) -> None:
    act()
    later = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = office_of(person(ANALYST, language)).post(PAGE, {**said(on=later), "save": "1"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["on"]
    assert Act.objects.get(code="law").checks.count() == 0


@pytest.mark.parametrize("role", [COORDINATOR, TRANSLATOR])
def test_others_are_refused_by_the_server(role: str) -> None:
    act()
    client = office_of(person(role))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {**said(), "save": "1"}).status_code == 403
    assert Act.objects.get(code="law").checks.count() == 0


def test_a_draft_is_neither_published_nor_lost_by_a_check() -> None:
    one = act()
    one.title_en = "Half written"
    one.save_revision()
    by = person(ANALYST)
    today = timezone.localdate()
    with pytest.raises(DraftInTheWay):
        check_status(act=one, by=by, on=today, today=today, status="in_force")
    answer = office_of(by).post(PAGE, {**said(), "save": "1"})
    assert answer.context["form"].non_field_errors()
    assert Act.objects.get(code="law").get_latest_revision_as_object().title_en == "Half written"


def test_the_queue_leads_to_the_page() -> None:
    act()
    with translation.override("en"):
        (found,) = queues(person(ANALYST))
    assert [row.address for row in found.rows] == [reverse("acts_check", args=["law"])] == [PAGE]
