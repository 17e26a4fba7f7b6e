"""Import and export in the back office: upload, look, apply, undo."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from irtysh.accounts.actions import create_account
from irtysh.accounts.roles import ADMINISTRATOR, EDITOR, TRANSLATOR
from irtysh.registries.records.actions import write
from irtysh.registries.records.imports import ImportBatch, UploadedSheet
from irtysh.registries.records.models import registers

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/registers/import/organisations/"


def signed_in(role: str, side: str = "", language: str = "ru") -> Client:
    user = create_account(
        username=f"{role}{side}".lower(), password="a long enough one", role=role, side=side,
        language=language,
    )  # fmt: skip
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, text: str, name: str = "firms.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode("utf-8-sig"))
    return client.post(UPLOAD, {"file": file}, follow=True)


def plain(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "Исправьте файл"), ("kk", "Ештеңе сақталған жоқ"), ("en", "Nothing was saved")],
)
def test_a_faulty_file_is_shown_mended_applied_and_taken_back(language: str, words: str) -> None:
    client = signed_in(ADMINISTRATOR, language=language)
    write(register="organisations", by=None,
          document={"id": "a", "kind": "bank", "name": {"ru": "Банк"}})  # fmt: skip
    faulty = sent(client, "id,kind,name_ru\na,bank,Банк <новый>\nb,bnk,Второй\n")
    assert "B3" in plain(faulty)
    assert words.casefold() in plain(faulty).casefold()
    assert "/apply/" not in faulty.content.decode()
    only = client.get(f"{faulty.request['PATH_INFO']}?only=faulty")
    assert "&lt;новый&gt;" not in only.content.decode()
    assert "B3" in plain(only)
    refused = client.post(f"{faulty.request['PATH_INFO']}apply/", follow=True)
    assert refused.redirect_chain[-1][0] == UPLOAD
    assert not ImportBatch.objects.exists()

    mended = sent(client, "id,kind,name_ru\na,bank,Банк <новый>\nb,bank,Второй\n")
    assert "&lt;новый&gt;" in mended.content.decode()
    done = client.post(f"{mended.request['PATH_INFO']}apply/", follow=True)
    batch = ImportBatch.objects.get()
    assert done.redirect_chain[-1][0] == f"/admin/registers/imports/{batch.pk}/"
    assert registers()["organisations"].objects.get(code="a").name_ru == "Банк <новый>"
    assert "firms.csv" in plain(client.get("/admin/registers/imports/"))

    undone = client.post(f"/admin/registers/imports/{batch.pk}/undo/", follow=True)
    assert "/undo/" not in undone.content.decode()
    assert registers()["organisations"].objects.get(code="a").name_ru == "Банк"
    assert not registers()["organisations"].objects.filter(code="b").exists()


def test_a_file_that_cannot_be_read_is_a_message_and_is_not_kept() -> None:
    client = signed_in(ADMINISTRATOR)
    response = sent(client, "", "empty.xlsx")
    assert response.status_code == 200
    response = sent(client, "name\nx\n")
    assert "«id»" in plain(response)
    assert not UploadedSheet.objects.exists()
    assert client.get(f"{UPLOAD}99/", follow=True).redirect_chain[-1][0] == UPLOAD


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_gives_what_the_person_may_take(form: str) -> None:
    for one, side in (("ours", "A"), ("theirs", "B"), ("nobodys", "")):
        write(register="organisations", by=None,
              document={"id": one, "kind": "bank", "name": {"ru": one}, "side": side})  # fmt: skip
    response = signed_in(EDITOR, "A").get(f"/admin/registers/export/organisations.{form}?lang=kk")
    body = b"".join(response.streaming_content)
    if form == "csv":
        lines = body.decode().splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ["nobodys", "ours"]
        assert ",банк," in lines[1]
    else:
        assert body.startswith(b"PK")


def test_who_may_not_import_sees_no_form_and_is_refused() -> None:
    translator = signed_in(TRANSLATOR)
    address = "/admin/registers/import/organisations/"
    assert translator.get(address).status_code in (302, 403)
    sent(translator, "id\na\n")
    assert not UploadedSheet.objects.exists()
    editor = signed_in(EDITOR, "A")
    acts = editor.get("/admin/registers/import/acts/")  # may export, may not import
    assert 'type="file"' not in acts.content.decode()
    assert "acts.xlsx" in acts.content.decode()
    assert Client().get(address).status_code == 302
