"""The back office of registers: who may do what, nothing overwritten, the review, the faults."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import (
    ADMINISTRATOR,
    ANALYST,
    COORDINATOR,
    EDITOR,
    MEMBER,
    OFFICE_ROLES,
    TRANSLATOR,
)
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.actions import write
from irtysh.registries.records.choosing import suggestions
from irtysh.registries.records.documents import document_of
from irtysh.registries.records.models import Listing, Record, registers
from irtysh.vocabulary.codelists import codelist
from tests.registries.records.office import posted

pytestmark = pytest.mark.django_db

OF_A = {
    "id": "omsk-fair",
    "kind": "company",
    "name": {"ru": "Омская ярмарка", "en": "Omsk fair"},
    "side": "A",
    "former_names": [{"name": {"ru": "Старая ярмарка"}, "until": "2010"}],
}


def person(role: str, side: str = "", language: str = "en", name: str = "") -> User:
    return create_account(
        username=name or f"{role}-{side}".lower(),
        password="a long enough one",
        role=role,
        side=side,
        language=language,
    )


def office_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(record: Record, name: str = "edit", *more: Any) -> str:
    return reverse(record.snippet_viewset.get_url_name(name), args=(record.pk, *more))


def kept(**changed: Any) -> Record:
    return write(register="organisations", document={**OF_A, **changed}, by=None)


def newest(record: Record) -> Any:
    return type(record).objects.get(pk=record.pk).get_latest_revision_as_object()


# Who may


@pytest.mark.parametrize("role", OFFICE_ROLES)
def test_every_office_role_lists_and_reads_every_register(role: str) -> None:
    """On PostgreSQL the roles take turns: what a role may do does not come from the database."""
    client = office_of(person(role))
    models = list(registers().values())
    if connection.vendor == "postgresql":
        models = models[OFFICE_ROLES.index(role) :: len(OFFICE_ROLES)]
    for model in models:
        viewset = model.snippet_viewset
        assert client.get(reverse(viewset.get_url_name("list"))).status_code == 200, model
    record = kept()
    answer = client.get(address(record, "inspect"))
    assert answer.status_code == 200
    assert "Omsk fair" in answer.content.decode()


def test_the_public_has_no_screens() -> None:
    answer = office_of(person(MEMBER)).get(address(kept(), "inspect"))
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("role", "side", "status"),
    [
        (EDITOR, "A", 302),
        (EDITOR, "B", 403),
        (COORDINATOR, "B", 403),
        (ADMINISTRATOR, "", 302),
        (TRANSLATOR, "", 403),
    ],
)
def test_who_may_change_a_record_of_side_a(role: str, side: str, status: int) -> None:
    record = kept()
    client = office_of(person(role, side))
    answer = client.post(address(record), posted(record, name_ru="Другая"))
    assert answer.status_code == status
    assert newest(record).name_ru == ("Другая" if status == 302 else "Омская ярмарка")


def test_a_refusal_is_a_page_that_says_so() -> None:
    record = kept()
    answer = office_of(person(EDITOR, "B", "kk")).post(address(record), posted(record))
    assert answer.status_code == 403
    assert "Рұқсат жоқ" in answer.content.decode()


@pytest.mark.parametrize("name", ["delete", "unpublish"])
def test_what_publishes_or_deletes_is_refused_too(name: str) -> None:
    record = kept()
    assert office_of(person(EDITOR, "A")).post(address(record, name)).status_code == 403
    assert Organisation.objects.filter(pk=record.pk, live=True).exists()


def test_publishing_without_the_right_is_only_a_draft_or_refused() -> None:
    record = kept()
    office_of(person(EDITOR, "A")).post(
        address(record), {**posted(record, name_ru="Тайком"), "action-publish": "1"}
    )
    record.refresh_from_db()
    assert record.name_ru == "Омская ярмарка"
    assert Listing.objects.get(code=record.code).title_ru == "Омская ярмарка"


def test_a_record_cannot_be_given_to_the_other_side() -> None:
    record = kept()
    answer = office_of(person(EDITOR, "A")).post(address(record), posted(record, side="B"))
    assert answer.status_code == 200
    assert "your own side" in answer.content.decode()
    assert newest(record).side == "A"


def test_a_new_record_of_the_other_side_is_refused() -> None:
    client = office_of(person(EDITOR, "A"))
    form = {**posted(Organisation()), "code": "x", "kind": "company", "name_ru": "Икс", "side": "B"}
    answer = client.post(reverse(Organisation.snippet_viewset.get_url_name("add")), form)
    assert answer.status_code == 200
    assert not Organisation.objects.filter(code="x").exists()
    client.post(reverse(Organisation.snippet_viewset.get_url_name("add")), {**form, "side": "A"})
    assert Organisation.objects.filter(code="x", live=False).exists()


def test_drafts_of_the_other_side_are_not_shown() -> None:
    draft = Organisation.objects.create(code="secret", kind="company", name_ru="Тайна", side="A",
                                        live=False)  # fmt: skip
    list_address = reverse(Organisation.snippet_viewset.get_url_name("list"))
    for side, is_shown in (("A", True), ("B", False)):
        client = office_of(person(EDITOR, side))
        assert ("Тайна" in client.get(list_address).content.decode()) is is_shown
        chooser = Organisation.snippet_viewset.chooser_viewset
        window = client.get(reverse(chooser.get_url_name("choose_results"))).content.decode()
        assert ("Тайна" in window) is is_shown
        status = client.get(address(draft, "inspect")).status_code
        assert status == (200 if is_shown else 403)


def test_bulk_delete_is_refused() -> None:
    record = kept()
    url = reverse("wagtail_bulk_action", args=("organisations", "organisation", "delete"))
    office_of(person(ADMINISTRATOR)).post(f"{url}?id={record.pk}&next=/admin/")
    assert Organisation.objects.filter(pk=record.pk).exists()


def test_a_record_that_others_need_is_not_deleted() -> None:
    record = kept()
    write(
        register="guides",
        document={"id": "g", "kind": "work", "name": {"ru": "Гид"}, "owner": record.code},
        by=None,
    )
    client = office_of(person(ADMINISTRATOR))
    assert "guides/g" in client.get(address(record, "delete")).content.decode()
    answer = client.post(address(record, "delete"), follow=True)
    assert "Not deleted" in answer.content.decode()
    assert Organisation.objects.filter(pk=record.pk).exists()


# Translating


def test_a_translator_fills_what_is_missing() -> None:
    record = kept()
    client = office_of(person(TRANSLATOR))
    page = client.get(address(record)).content.decode()
    assert "disabled" in page
    answer = client.post(
        address(record),
        posted(record, only=("name_kk", "former_names-0-name_kk"), name_kk="Омбы жәрмеңкесі",
               **{"former_names-0-name_kk": "Ескі жәрмеңке"}),
    )  # fmt: skip
    assert answer.status_code == 302
    draft = newest(record)
    assert draft.name_kk == "Омбы жәрмеңкесі"
    assert draft.former_names.all()[0].name_kk == "Ескі жәрмеңке"
    assert (draft.name_ru, draft.side) == ("Омская ярмарка", "A")


@pytest.mark.parametrize(
    "tampered",
    [
        {"name_ru": "Подмена"},
        {"side": "B"},
        {"former_names-0-until": "1999"},
        {"former_names-0-DELETE": "1"},
        {"former_names-TOTAL_FORMS": "2", "former_names-1-name_ru": "Ещё"},
    ],
)
def test_a_translator_sends_nothing_else(tampered: dict[str, str]) -> None:
    record = kept()
    form = {**posted(record, only=("name_kk",), name_kk="Жәрмеңке"), **tampered}
    assert office_of(person(TRANSLATOR)).post(address(record), form).status_code == 403
    assert newest(record).name_kk == ""


def test_a_translator_may_correct_their_own_draft_and_no_published_text() -> None:
    record = kept()
    client = office_of(person(TRANSLATOR))
    client.post(address(record), posted(record, only=("name_kk",), name_kk="Жармеңке"))
    record = newest(record)
    client.post(address(record), posted(record, only=("name_kk",), name_kk="Жәрмеңке"))
    assert newest(record).name_kk == "Жәрмеңке"
    newest(record).get_latest_revision().publish(skip_permission_checks=True)
    record = newest(record)
    answer = client.post(address(record), posted(record, only=("name_kk",), name_kk="Басқа"))
    assert answer.status_code == 403


# Two at once


def test_the_second_of_two_editors_is_told_and_loses_nothing() -> None:
    record = kept()
    first = office_of(person(EDITOR, "A", name="anna"))
    second = office_of(person(COORDINATOR, "A", name="berik"))
    of_first, of_second = posted(record, name_ru="Имя Анны"), posted(record, name_en="Berik’s")

    assert first.post(address(record), of_first).status_code == 302
    before = Revision.objects.count()
    answer = second.post(address(record), of_second)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert Revision.objects.count() == before
    assert (newest(record).name_ru, newest(record).name_en) == ("Имя Анны", "Omsk fair")
    assert "Anna" in page  # who
    assert "Имя Анны" in page  # what
    assert "Berik’s" in page  # the second one's own text
    assert "/revisions/compare/" in page

    answer = second.post(address(record), posted(newest(record), name_en="Berik’s"))
    assert answer.status_code == 302
    assert (newest(record).name_ru, newest(record).name_en) == ("Имя Анны", "Berik’s")


def test_a_form_that_does_not_say_what_it_was_opened_from_is_not_saved() -> None:
    record = kept()
    form = posted(record, name_ru="Наугад")
    del form["loaded_revision_id"]
    answer = office_of(person(EDITOR, "A")).post(address(record), form)
    assert answer.status_code == 200
    assert newest(record).name_ru == "Омская ярмарка"


def test_no_revision_is_written_over() -> None:
    record = kept()
    client = office_of(person(EDITOR, "A"))
    form = posted(record, name_ru="Второе")
    client.post(address(record), {**form, "overwrite_revision_id": form["loaded_revision_id"]})
    texts = [one.content["name_ru"] for one in Revision.objects.for_instance(record).order_by("pk")]
    assert texts == ["Омская ярмарка", "Второе"]


def test_a_row_that_another_removed_comes_back_with_a_word_not_an_error() -> None:
    record = kept()
    stale = posted(record, name_ru="Позже")
    client = office_of(person(EDITOR, "A"))
    client.post(address(record), posted(record, **{"former_names-0-DELETE": "1"}))
    Organisation.objects.get(pk=record.pk).get_latest_revision().publish(
        skip_permission_checks=True
    )
    answer = client.post(address(record), stale)
    assert answer.status_code == 200
    assert "Not saved" in answer.content.decode()


# Drafts, review, history


def test_a_draft_is_not_for_readers() -> None:
    record = kept()
    office_of(person(EDITOR, "A")).post(address(record), posted(record, name_ru="Черновик"))
    assert Listing.objects.get(code=record.code).title_ru == "Омская ярмарка"
    assert Organisation.objects.get(pk=record.pk).name_ru == "Омская ярмарка"


def test_an_editor_submits_and_a_reviewer_publishes() -> None:
    record = kept()
    editor, analyst = office_of(person(EDITOR, "A")), office_of(person(ANALYST, "B"))
    editor.post(address(record), {**posted(record, name_ru="Проверить"), "action-submit": "1"})
    record.refresh_from_db()
    state = record.current_workflow_task_state
    assert state is not None
    assert analyst.get(address(record)).status_code == 200
    assert analyst.post(address(record), posted(newest(record))).status_code == 403
    analyst.post(address(record, "workflow_action", "approve", state.pk), {"comment": ""})
    record.refresh_from_db()
    assert record.name_ru == "Проверить"
    assert Listing.objects.get(code=record.code).title_ru == "Проверить"


def test_who_may_not_publish_a_register_does_not_approve_it() -> None:
    record = write(
        register="obstacles",
        document={"id": "o", "kind": "barrier", "name": {"ru": "Помеха"}, "status": "registered"},
        by=None,
    )
    administrator, analyst = person(ADMINISTRATOR), office_of(person(ANALYST, "A"))
    record.get_workflow().start(record, administrator)
    state = type(record).objects.get(pk=record.pk).current_workflow_task_state
    answer = analyst.post(address(record, "workflow_action", "approve", state.pk))
    assert answer.status_code == 403


def test_versions_are_compared_by_names_not_codes() -> None:
    record = kept(partner_capital=False)
    client = office_of(person(EDITOR, "A"))
    form = posted(record, kind="cultural", partner_capital="true",
                  **{"former_names-0-until": "2011"})  # fmt: skip
    client.post(address(record), form)
    page = client.get(address(record, "revisions_compare", "earliest", "latest")).content.decode()
    assert "cultural institution" in page
    for shown in ("Kind", "Former names", "2010", "2011", "yes"):
        assert shown in page


def test_history_and_going_back() -> None:
    record = kept()
    client = office_of(person(EDITOR, "A"))
    client.post(address(record), posted(record, name_ru="Второе"))
    first = Revision.objects.for_instance(record).order_by("pk").first()
    assert client.get(address(record, "history")).status_code == 200
    back = address(record, "revisions_revert", first.pk)
    assert client.get(back).status_code == 200
    assert client.post(back, posted(newest(record), name_ru="Омская ярмарка")).status_code == 302
    assert newest(record).name_ru == "Омская ярмарка"
    assert office_of(person(TRANSLATOR)).get(back).status_code == 403


# Faults


def test_a_link_that_leads_nowhere_is_said_where_it_stands() -> None:
    record = kept()
    client = office_of(person(EDITOR, "A", "ru"))
    row = {
        "links-TOTAL_FORMS": "1",
        "links-0-kind": _first("link_kinds"),
        "links-0-to": "acts/nowhere",
        "links-0-ORDER": "1",
    }
    answer = client.post(address(record), {**posted(record), **row})
    assert answer.status_code == 200
    assert "Записи «nowhere» нет в реестре" in answer.content.decode()
    write(register="acts", document={"id": "nowhere", "kind": "law", "title": {"ru": "Акт"},
                                     "status": "in_force"}, by=None)  # fmt: skip
    assert client.post(address(record), {**posted(record), **row}).status_code == 302


def test_an_end_before_the_start_is_refused_also_in_a_draft() -> None:
    record = write(
        register="projects",
        document={"id": "p", "kind": _first("project_kinds"), "name": {"ru": "Проект"}},
        by=None,
    )
    client = office_of(person(ADMINISTRATOR))
    answer = client.post(address(record), posted(record, start="2024-05", end="2023"))
    assert answer.status_code == 200
    assert "ends (2023) before it starts (2024-05)" in answer.content.decode()
    assert (
        client.post(address(record), posted(record, start="2024-05", end="2024")).status_code == 302
    )


def test_a_name_may_wait_in_a_draft_and_not_in_public() -> None:
    client = office_of(person(ADMINISTRATOR))
    add = reverse(Organisation.snippet_viewset.get_url_name("add"))
    form = {**posted(Organisation()), "code": "x", "kind": "company"}
    answer = client.post(add, {**form, "action-publish": "1"})
    assert answer.status_code == 200
    assert "required field" in answer.content.decode()
    assert client.post(add, form).status_code == 302
    assert Organisation.objects.filter(code="x", live=False).exists()


def test_the_same_faults_for_an_import() -> None:
    record = kept()
    record.former_names = [record.former_names.model(until="2010")]
    record.links = [record.links.model(kind=_first("link_kinds"), to="acts/none")]
    faults = [(one.code, one.column, one.line) for one in record.faults()]
    assert ("FieldMissing", "former_names.name", 1) in faults
    assert ("RecordUnknown", "links.to", 1) in faults
    found = [one.code for one in record.faults(lambda register, code: True)]
    assert "RecordUnknown" not in found


# Finding


def test_records_are_found_by_word_in_any_language_and_by_id() -> None:
    record = kept()
    client = office_of(person(EDITOR, "B"))
    list_address = reverse(record.snippet_viewset.get_url_name("list"))
    for words in ("ярмарки", "fairs", "omsk-f"):
        assert "omsk-fair" in client.get(list_address, {"q": words}).content.decode(), words
    assert "omsk-fair" not in client.get(list_address, {"q": "завод"}).content.decode()


def test_the_list_is_narrowed_by_facets_and_missing_languages() -> None:
    record = kept()
    client = office_of(person(EDITOR, "B"))
    list_address = reverse(record.snippet_viewset.get_url_name("list"))
    for query, is_there in (
        ({"kind": "company"}, True),
        ({"kind": "university"}, False),
        ({"untranslated": "kk"}, True),
        ({"untranslated": "ru"}, False),
        ({"standing": "changed"}, False),
        ({"standing": "published"}, True),
        ({"standing": "review"}, False),
    ):
        page = client.get(list_address, query).content.decode()
        assert ("omsk-fair" in page) is is_there, query


def test_links_are_suggested_by_id_and_by_title_to_the_office_only() -> None:
    kept()
    for words in ("organisations/omsk", "omsk-fair", "ярмарка", "organisations/ярмарк"):
        assert [one["link"] for one in suggestions(words, "ru")] == ["organisations/omsk-fair"]
    assert suggestions("завод", "ru") == []
    links = reverse("records_links")
    answer = office_of(person(EDITOR, "B")).get(links, {"q": "fair"})
    assert answer.json()["found"][0]["title"] == "Omsk fair"
    assert Client().get(links).status_code == 302


def test_the_window_that_chooses_a_record_searches_the_register() -> None:
    record = kept()
    chooser = Organisation.snippet_viewset.chooser_viewset
    client = office_of(person(EDITOR, "B", "kk"))
    page = client.get(reverse(chooser.get_url_name("choose_results")), {"q": "ярмарка"})
    assert record.code in page.content.decode()
    page = client.get(reverse(chooser.get_url_name("choose_results")), {"q": "завод"})
    assert record.code not in page.content.decode()


def test_every_form_of_every_register_opens() -> None:
    """In one language each, in turn: that no word is missing in any is tested over the words."""
    clients = {
        language: office_of(person(ADMINISTRATOR, "", language, f"admin-{language}"))
        for language in ("ru", "kk", "en")
    }
    for (register, model), language in zip(registers().items(), cycle(clients), strict=False):
        add = reverse(model.snippet_viewset.get_url_name("add"))
        page = clients[language].get(add)
        assert page.status_code == 200, (register, language)
        assert f'lang="{language}"' in page.content.decode()


def test_saving_a_form_unchanged_changes_nothing() -> None:
    record = kept(activities=list(codelist("activities"))[3:0:-1])
    before = document_of(record)
    office_of(person(EDITOR, "A")).post(address(record), posted(record))
    assert document_of(newest(record)) == before


def _first(codes: str) -> str:
    return next(iter(codelist(codes)))
