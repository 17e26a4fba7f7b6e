"""The page on which projects and initiatives move from stage to stage."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import ANALYST, COORDINATOR, EDITOR
from irtysh.registries.projects.rules import PATH
from irtysh.registries.records.actions import DraftInTheWay, write
from irtysh.registries.records.models import ListingFacet
from irtysh.registries.records.steps import set_stage

pytestmark = pytest.mark.django_db

NAMES = {"ru": "Имя", "kk": "Аты", "en": "Name"}
STARTS = {
    "projects": {"kind": "infrastructure", "stage": "proposed", "territories": ["RU-OMS"]},
    "initiatives": {"kind": "corridor", "stage": "idea", "territories": ["RU-OMS"]},
}
NEXT = {"projects": ("approved", "running"), "initiatives": ("studied", "decided")}
"""Register → a stage that may follow, one that may not."""


def person(role: str, side: str = "", language: str = "en") -> User:
    return create_account(
        username=f"{role}-{side}-{language}".lower(), password="a long enough one",
        role=role, side=side, language=language,
    )  # fmt: skip


def office_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def start(register: str = "projects", **more: Any) -> Any:
    document = {"id": "x", "name": NAMES, **STARTS[register], **more}
    return write(register=register, document=document, by=None)


def said(record: Any, stage: str, **more: str) -> dict[str, str]:
    return {
        "stage": stage, "on": timezone.localdate().isoformat(), "reason": "Agreed on both sides",
        "was": record.stage, **more,
    }  # fmt: skip


@pytest.mark.parametrize("register", STARTS)
def test_a_step_is_taken_and_shown(register: str) -> None:
    record = start(register)
    stage, _not = NEXT[register]
    client = office_of(person(COORDINATOR, "A"))
    page = reverse(f"{register}_stage", args=["x"])
    assert client.get(page).status_code == 200
    assert client.post(page, said(record, stage)).status_code == 302
    record = type(record).objects.get(pk=record.pk)
    step = record.steps.get()
    assert (record.stage, step.to_stage, step.side, step.language) == (stage, stage, "A", "en")
    listed = ListingFacet.objects.get(register=register, facet="stage", listing__code="x")
    assert listed.value == stage
    assert "Agreed on both sides" in client.get(page).content.decode()


@pytest.mark.parametrize("register", STARTS)
def test_only_stages_that_may_follow_are_offered(register: str) -> None:
    record = start(register)
    client = office_of(person(COORDINATOR, "A"))
    page = client.get(reverse(f"{register}_stage", args=["x"]))
    offered = {code for code, _name in page.context["form"].fields["stage"].widget.choices}
    _may, may_not = NEXT[register]
    assert may_not not in offered
    assert record.stage not in offered


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("stage", {"stage": "closed"}),
        ("stage", {"stage": "nonsense"}),
        ("on", {"on": (date.today() + timedelta(days=3)).isoformat()}),
        ("on", {"on": "yesterday"}),
        ("reason", {"reason": "  "}),
        ("__all__", {"was": "running"}),
    ],
)
def test_a_refusal_is_an_error_of_the_form_in_the_persons_language(
    language: str, field: str, changed: dict[str, str]
) -> None:
    record = start()
    client = office_of(person(COORDINATOR, "A", language))
    answer = client.post(
        reverse("projects_stage", args=["x"]), {**said(record, "approved"), **changed}
    )
    assert answer.status_code == 200
    errors = answer.context["form"].errors[field]
    assert errors
    for code in ("proposed", "approved", "cancelled"):
        assert code not in " ".join(errors) or language == "en"
    record.refresh_from_db()
    assert (record.stage, record.steps.count()) == ("proposed", 0)


def test_after_another_hand_the_second_try_goes_through() -> None:
    record = start(stage="approved")
    client = office_of(person(COORDINATOR, "A"))
    page = reverse("projects_stage", args=["x"])
    first = client.post(page, said(record, "running", was="proposed"))
    again = {**said(record, "running"), "was": first.context["form"]["was"].value()}
    assert client.post(page, again).status_code == 302


@pytest.mark.parametrize(("role", "side"), [(COORDINATOR, "B"), (ANALYST, "A"), (EDITOR, "A")])
def test_others_are_refused_by_the_server(role: str, side: str) -> None:
    record = start(partners=[{"name": NAMES, "side": "A"}])
    client = office_of(person(role, side))
    page = reverse("projects_stage", args=["x"])
    assert client.get(page).status_code == 403
    assert client.post(page, said(record, "approved")).status_code == 403
    record.refresh_from_db()
    assert record.stage == "proposed"
    listed = client.get(reverse(record.snippet_viewset.get_url_name("list"))).content.decode()
    assert page not in listed


def test_the_list_and_the_form_have_the_button_for_those_who_may() -> None:
    record = start()
    client = office_of(person(COORDINATOR, "A"))
    page = reverse("projects_stage", args=["x"])
    for name, args in (("list", ()), ("edit", (record.pk,)), ("inspect", (record.pk,))):
        address = reverse(record.snippet_viewset.get_url_name(name), args=args)
        assert page in client.get(address).content.decode(), name


def test_a_draft_is_neither_published_nor_lost_by_a_step() -> None:
    record = start()
    record.name_en = "Half written"
    record.save_revision()
    by = person(COORDINATOR, "A")
    today = timezone.localdate()
    with pytest.raises(DraftInTheWay):
        set_stage(record=record, path=PATH, stage="approved", by=by, on=today, today=today,
                  reason="because")  # fmt: skip
    answer = office_of(by).get(reverse("projects_stage", args=["x"]))
    assert answer.context["in_the_way"]
    record.refresh_from_db()
    assert record.get_latest_revision_as_object().name_en == "Half written"
