"""What only an action changes: closed in the form, refused in a file, and always with a deed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import ADMINISTRATOR, ANALYST, COORDINATOR
from irtysh.registries.projects.models import Project
from irtysh.registries.records.actions import write
from irtysh.registries.records.bulk import read_and_preview
from irtysh.registries.records.bulk_actions import apply
from irtysh.registries.records.deeds import deed_for
from irtysh.registries.records.models import registers
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.registries.records.office import posted

pytestmark = pytest.mark.django_db

BRIDGE = {
    "id": "bridge", "kind": "infrastructure", "stage": "proposed", "territories": ["RU-OMS"],
    "name": {"ru": "Мост", "kk": "Көпір", "en": "Bridge"},
}  # fmt: skip


@pytest.fixture
def bridge() -> Any:
    return write(register="projects", document=BRIDGE, by=None)


def person(role: str, side: str = "", language: str = "en") -> User:
    return create_account(
        username=f"{role}-{side}-{language}".lower(), password="a long enough one",
        role=role, side=side, language=language,
    )  # fmt: skip


def office_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of(record: Any) -> str:
    return reverse(record.snippet_viewset.get_url_name("edit"), args=(record.pk,))


def stage() -> str:
    return str(Project.objects.get(code="bridge").stage)


def test_every_managed_column_is_there_and_has_a_deed_that_changes_it() -> None:
    managed = [(name, one) for name, model in registers().items() for one in model.managed]
    assert {"projects", "initiatives", "obstacles", "offers"} <= {name for name, _one in managed}
    for register, column in managed:
        assert registers()[register].table.column(column)
        deed = deed_for(register, column)
        assert deed is not None, register
        for language in ("ru", "kk"):
            with translation.override(language):
                assert str(deed.label) != deed.label._args[0], (language, register)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_shows_the_column_closed_with_the_way_to_its_deed(bridge, language) -> None:
    client = office_of(person(COORDINATOR, "A", language))
    page = client.get(form_of(bridge)).content.decode()
    select = page[page.index('name="stage"') :].partition(">")[0]
    assert "disabled" in select
    assert page.count(reverse("projects_stage", args=["bridge"])) >= 2  # header and field


def test_who_may_not_act_sees_the_column_closed_without_a_way(bridge) -> None:
    client = office_of(person(ANALYST, "A"))
    answer = client.get(reverse(bridge.snippet_viewset.get_url_name("inspect"), args=(bridge.pk,)))
    assert answer.status_code == 200
    assert reverse("projects_stage", args=["bridge"]) not in answer.content.decode()


def test_a_value_sent_all_the_same_is_refused_and_changes_nothing(bridge) -> None:
    client = office_of(person(COORDINATOR, "A"))
    sent = posted(bridge, stage="closed", name_en="Another bridge")
    assert client.post(form_of(bridge), {**sent, "action-publish": "1"}).status_code == 403
    assert stage() == "proposed"
    assert Project.objects.get(code="bridge").get_latest_revision_as_object().stage == "proposed"


def test_the_rest_of_the_form_is_saved_and_the_column_stays(bridge) -> None:
    client = office_of(person(COORDINATOR, "A"))
    sent = posted(bridge, name_en="Another bridge", **{"action-publish": "1"})
    sent.pop("stage")  # as a browser leaves out what is closed
    assert client.post(form_of(bridge), sent).status_code == 302
    bridge.refresh_from_db()
    assert (bridge.name_en, bridge.stage) == ("Another bridge", "proposed")


def test_a_new_record_starts_where_the_form_says() -> None:
    client = office_of(person(COORDINATOR, "A"))
    new = Project(
        code="road", kind="infrastructure", name_en="Road", stage="approved",
        territories=["RU-OMS"],
    )  # fmt: skip
    address = reverse(Project.snippet_viewset.get_url_name("add"))
    assert client.post(address, posted(new)).status_code == 302
    assert Project.objects.get(code="road").stage == "approved"


def test_going_back_to_an_older_version_does_not_go_back_a_stage(bridge) -> None:
    old = bridge.latest_revision
    write(register="projects", document={**BRIDGE, "stage": "approved"}, by=None)
    client = office_of(person(ADMINISTRATOR))
    address = reverse(
        bridge.snippet_viewset.get_url_name("revisions_revert"), args=(bridge.pk, old.pk)
    )
    page = client.get(address)
    assert page.context["form"]["stage"].value() == "approved"
    sent = posted(Project.objects.get(code="bridge"), **{"action-publish": "1"})
    sent.pop("stage")
    client.post(form_of(bridge), sent)
    assert stage() == "approved"


def preview(text: str, by: User) -> Any:
    return read_and_preview(register="projects", data=text.encode(), file="p.csv", by=by)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_may_not_change_the_column_and_says_where_to(bridge, language) -> None:
    found = preview("id,stage\nbridge,closed\n", person(ADMINISTRATOR))
    (fault,) = found.rows[0].faults
    assert fault.code == "ManagedColumn"
    said = explain(fault, language)
    with translation.override(language):
        assert str(deed_for("projects", "stage").label) in said  # type: ignore[union-attr]


def test_a_file_may_keep_the_column_and_start_a_record_anywhere(bridge) -> None:
    by = person(ADMINISTRATOR)
    found = preview(
        "id,kind,stage,name_ru\nbridge,infrastructure,proposed,Мост через реку\n"
        "ferry,infrastructure,running,Паром\n",
        by,
    )
    assert found.counts == {"new": 1, "changed": 1, "unchanged": 0, "faulty": 0}
    apply(preview=found, by=by)
    assert (stage(), Project.objects.get(code="ferry").stage) == ("proposed", "running")


def test_an_obstacle_in_a_file_hears_of_the_deed_once() -> None:
    document = {
        "id": "queue", "kind": "barrier", "status": "registered", "side": "A",
        "name": {"ru": "Очередь", "kk": "Кезек", "en": "Queue"},
    }  # fmt: skip
    write(register="obstacles", document=document, by=None)
    found = read_and_preview(
        register="obstacles", data=b"id,status\nqueue,in_work\n", file="o.csv",
        by=person(ADMINISTRATOR),
    )  # fmt: skip
    cells = [(one.code, one.column) for one in found.rows[0].faults]
    assert [code for code, cell in cells if "status" in cell or cell.startswith("B")] == [
        "ManagedColumn"
    ], cells
