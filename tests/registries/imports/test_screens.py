"""The screens of an import: states, refusals in words, three languages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from irtysh.accounts.models import User
from irtysh.registries.imports import actions
from irtysh.registries.imports.models import Import, State
from irtysh.registries.records.shelf import vintages
from irtysh.sources.intake.words import codelist_name
from tests.registries.imports.conftest import ABOUT, ANSWERS, ROWS, person, table

pytestmark = pytest.mark.django_db
ABOUT_FORM = {
    **{f"{name}_{one}": "Trial" for name in ("title", "description", "publisher", "unit_note")
       for one in ("ru", "kk", "en")},
    "licence": "CC0",
}  # fmt: skip


def office(user: User, language: str = "en") -> Client:
    from wagtail.users.models import UserProfile

    user.language = language
    user.save()
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    client = Client()
    client.force_login(user)
    return client


def uploaded(client: Client, data: bytes, name: str = "trade.csv", **more: str) -> Import:
    answer = client.post(reverse("imports_new"), {"file": SimpleUploadedFile(name, data), **more})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Import.objects.latest("pk")


def test_from_upload_to_publication_by_forms(analyst: User) -> None:
    client = office(analyst)
    assert "Nothing was imported yet" in client.get(reverse("imports_list")).content.decode()
    one = uploaded(client, table())
    page = client.get(reverse("imports_one", args=[one.pk])).content.decode()
    assert "What each column is" in page and "What the file does not say" in page
    form = {**ANSWERS, "layout": "generic-flows"}
    refused = client.post(reverse("imports_mapping", args=[one.pk]), form)
    assert refused.status_code == 422 and Import.objects.get(pk=one.pk).state == State.TO_ANSWER
    client.post(reverse("imports_mapping", args=[one.pk]), {**form, "dataset_id": "TRIAL"})
    actions.settle(Import.objects.get(pk=one.pk), 60)
    page = client.get(reverse("imports_one", args=[one.pk])).content.decode()
    assert "Check sheet" in page and "100.5" in page and "Sums by year" in page
    publish = reverse("imports_publish", args=[one.pk])
    assert client.post(publish, {**ABOUT_FORM, "title_kk": ""}).status_code == 422
    assert vintages().ids() == []
    client.post(publish, ABOUT_FORM)
    one = actions.settle(Import.objects.get(pk=one.pk), 60)
    assert one.state == State.PUBLISHED, one.fault
    page = client.get(reverse("imports_one", args=[one.pk])).content.decode()
    assert one.vintage in page and "/en/explore/TRIAL/" in page
    assert (
        "published"
        in client.get(reverse("imports_list") + "?state=published").content.decode().lower()
    )


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_every_state_is_shown_in_each_language(analyst: User, language: str) -> None:
    client = office(analyst, language)
    one = uploaded(client, table())
    for state in State.values:
        Import.objects.filter(pk=one.pk).update(
            state=state, vintage="2026-01-01-0123456789", published_at=one.at, dataset="TRIAL",
            fault={"code": "ReadingStopped", "params": {"line": "7"}},
            sheet={"file": "trade.csv", "layout": "generic-flows", "produces": "flows"},
        )  # fmt: skip
        answer = client.get(reverse("imports_one", args=[one.pk]))
        assert answer.status_code == 200, state
        assert client.get(reverse("imports_list") + f"?state={state}").status_code == 200
    page = client.get(reverse("imports_new")).content.decode()
    assert {"ru": "Перетащите", "kk": "сүйреңіз", "en": "Drop the file"}[language] in page


def test_a_refused_file_is_said_on_the_form(analyst: User) -> None:
    client = office(analyst)
    answer = client.post(reverse("imports_new"), {"file": SimpleUploadedFile("a.pdf", b"%PDF-1")})
    assert answer.status_code == 422
    assert "is no table but a document" in answer.content.decode()
    assert not Import.objects.exists()


def test_those_who_may_not_are_told_so(analyst: User, editor: User) -> None:
    one = uploaded(office(analyst), table())
    client = office(editor)
    assert client.get(reverse("imports_list")).status_code == 200
    for name in ("mapping", "publish", "cancel", "resume", "throw_away", "reopen"):
        sent = {**ANSWERS, **ABOUT_FORM, "layout": "generic-flows", "dataset_id": "T1"}
        answer = client.post(reverse(f"imports_{name}", args=[one.pk]), sent)
        assert answer.status_code in ((302, 403) if name == "publish" else (403,)), name
    assert client.get(reverse("imports_new")).status_code == 403
    other = office(person("bota", "Analyst", "B"))
    assert other.get(reverse("imports_one", args=[one.pk])).status_code == 403
    assert ABOUT["licence"] and Import.objects.get(pk=one.pk).state == State.TO_ANSWER


def test_refusals_stand_in_one_table_and_their_codes_in_words(analyst: User) -> None:
    client = office(analyst)
    strange = "2021,Nowhereland,Russian Federation,Export,271019,1,1"
    wrong = "2021,Kazakhstan,China,Export,271019,many,1"
    unlisted = "2021,Kazakhstan,China,Export,271077,1,1"
    one = uploaded(client, table(*ROWS, strange, wrong, unlisted))
    form = {**ANSWERS, "layout": "generic-flows", "dataset_id": "TRIAL"}
    client.post(reverse("imports_mapping", args=[one.pk]), form)
    actions.settle(Import.objects.get(pk=one.pk), 60)
    page = client.get(reverse("imports_one", args=[one.pk])).content.decode()
    assert page.count("import-refused") == 1
    refused = page.partition("import-refused")[2].partition("</table>")[0]
    assert "Nowhereland" in refused and "many" in refused
    unknown = page.partition("Codes that the lists do not have")[2].partition("</table>")[0]
    assert "271077" in unknown and "<td>H6</td>" not in unknown
    assert codelist_name("areas", "kk") == "Аумақтар"
