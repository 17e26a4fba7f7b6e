"""Merging in the back office: what is alike, side by side, what moves, what is remembered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import ANALYST, COORDINATOR, EDITOR, MEMBER
from irtysh.registries.offers.models import OrganisationContact
from irtysh.registries.organisations.models import Merger, Organisation
from irtysh.registries.records.actions import write

pytestmark = pytest.mark.django_db

LIST = "/admin/registers/organisations/duplicates/"
PAIR = "/admin/registers/organisations/merge/plough/plough-2/"


def text(words: str) -> dict[str, str]:
    return {"ru": words, "kk": words, "en": words}


def organisation(code: str, name: str, **more: Any) -> Any:
    document = {"id": code, "kind": "company", "name": text(name), "side": "A", **more}
    return write(register="organisations", document=document, by=None)


@pytest.fixture
def pair() -> tuple[Any, Any]:
    kept = organisation("plough", "ООО «Плуг»", inn="7707083893")
    gone = organisation("plough-2", "Плуг", website="https://example.org/")
    write(
        register="projects", by=None,
        document={"id": "field", "kind": "investment", "name": text("Поле"),
                  "partners": [{"organisation": "plough-2", "side": "A"}]},
    )  # fmt: skip
    return kept, gone


def person(role: str = EDITOR, side: str = "A", language: str = "en") -> User:
    return create_account(
        username=f"{role}-{side}-{language}".lower(), password="a long enough one", role=role,
        side=side, language=language,
    )  # fmt: skip


def office_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_what_is_alike_is_listed_with_the_way_to_compare(pair) -> None:
    organisation("mill", "Мельница")
    page = office_of(person()).get(LIST)
    assert [(one["one"]["code"], one["other"]["code"]) for one in page.context["pairs"]] == [
        ("plough", "plough-2")
    ]
    assert PAIR in page.content.decode()


def test_the_comparison_says_what_becomes_of_each_column_and_what_moves(pair) -> None:
    page = office_of(person()).get(PAIR)
    fates = {line.label.lower(): line.note for line in page.context["lines"]}
    assert fates["website"] == "taken over"
    assert "former" not in fates["name"]  # only the form differs
    assert [one["title"] for one in page.context["moves"]] == ["Поле"]
    assert Organisation.objects.count() == 2


def test_merging_moves_and_remembers(pair) -> None:
    client = office_of(person())
    answer = client.post(PAIR, follow=True)
    merger = Merger.objects.get()
    assert (merger.from_code, merger.kept.code, merger.changed) == (
        "plough-2", "plough", ["projects/field"],
    )  # fmt: skip
    page = answer.content.decode()
    assert "Поле" in page
    assert "https://example.org/" in page  # the entry that went, as it was
    assert (
        reverse("organisations_merged", args=[merger.pk])
        in client.get(reverse("organisations_mergers")).content.decode()
    )
    assert Organisation.objects.get().website == "https://example.org/"


def test_people_who_speak_for_the_entry_that_goes_speak_for_the_other(pair) -> None:
    kept, gone = pair
    today = timezone.localdate()
    both, one = person(MEMBER, "", "en"), person(MEMBER, "", "kk")
    for organisation_, who in ((kept, both), (gone, both), (gone, one)):
        OrganisationContact.objects.create(user=who, organisation=organisation_, confirmed_on=today)
    office_of(person()).post(PAIR)
    found = OrganisationContact.objects.values_list("organisation__code", "user_id")
    assert sorted(found) == sorted([("plough", both.pk), ("plough", one.pk)])


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_what_cannot_be_merged_is_said_before_and_after(language: str) -> None:
    organisation("plough", "Плуг", inn="7707083893")
    organisation("plough-2", "Плуг", inn="7710140679")
    client = office_of(person(language=language))
    for answer in (client.get(PAIR), client.post(PAIR)):
        assert answer.status_code == 200
        assert "7710140679" in answer.context["problem"]
    assert Organisation.objects.count() == 2


def test_an_entry_is_not_merged_with_itself(pair) -> None:
    page = PAIR.replace("plough-2", "plough")
    assert office_of(person()).post(page).context["problem"]
    assert Organisation.objects.count() == 2


def test_a_draft_in_the_way_stops_all_of_it(pair) -> None:
    kept, _gone = pair
    kept.name_en = "Half written"
    kept.save_revision()
    answer = office_of(person()).post(PAIR)
    assert "plough" in answer.context["problem"]
    assert Organisation.objects.get(code="plough").get_latest_revision_as_object().name_en == (
        "Half written"
    )
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(("role", "side"), [(COORDINATOR, "A"), (EDITOR, "B")])
def test_others_are_refused_by_the_server(pair, role: str, side: str) -> None:
    client = office_of(person(role, side))
    assert client.get(PAIR).status_code == 403
    assert client.post(PAIR).status_code == 403
    assert client.get("/admin/registers/organisations/merge/plough/").status_code == 403
    assert Organisation.objects.count() == 2
    if role == COORDINATOR:
        assert client.get(LIST).status_code == 403
        assert client.get(reverse("organisations_mergers")).status_code == 403


def test_the_other_entry_is_chosen_and_namesakes_are_offered(pair) -> None:
    client = office_of(person(ANALYST))
    address = "/admin/registers/organisations/merge/plough/"
    page = client.get(address)
    assert [one["code"] for one in page.context["namesakes"]] == ["plough-2"]
    answer = client.post(address, {"other": pair[1].pk})
    assert answer["Location"] == PAIR
    assert client.post(address, {"other": ""}).context["form"].errors
