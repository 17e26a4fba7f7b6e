"""Registers as files for everybody."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from irtysh.registries.records.actions import write
from irtysh.registries.records.bulk import names_now
from irtysh.registries.records.documents import digest, document_of
from irtysh.registries.records.models import registers
from irtysh.sources.registers import TABLES
from irtysh.sources.registers.reading import merged, read_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms() -> list[dict[str, Any]]:
    found = [
        {"id": "b-bank", "kind": "bank", "name": {"ru": "Банк", "kk": "Банк"}},
        {"id": "a-mill", "kind": "company", "name": {"ru": "Мельница «Иртыш»"},
         "products": [{"direction": "exports", "hs": "1101"}]},
    ]  # fmt: skip
    for one in found:
        write(register="organisations", document=one, by=None)
    draft = registers()["organisations"](code="draft", kind="bank", name_ru="Черновик", live=False)
    draft.save()
    return found


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_download_reads_back_as_what_is_published(
    client: Client, firms: list[dict[str, Any]], form: str
) -> None:
    response = client.get(f"/api/registers/organisations.{form}?lang=kk")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    read = read_sheet(_body(response), "x", TABLES["organisations"], names_now("kk"))
    found = [merged(TABLES["organisations"], {}, row) for row in read.rows]
    assert [digest(one) for one in found] == [digest(firms[1]), digest(firms[0])]


def test_json_names_the_codes_it_uses(client: Client, firms: list[dict[str, Any]]) -> None:
    found = json.loads(_body(client.get("/api/registers/organisations.json?lang=en")))
    assert [one["id"] for one in found["rows"]] == ["a-mill", "b-bank"]
    assert found["names"]["organisation_kinds"]["bank"] == "bank"


@pytest.mark.parametrize(
    ("query", "ids"),
    [("kind=bank", ["b-bank"]), ("q=мельниц", ["a-mill"]), ("q=Иртыш&kind=bank", [])],
)
def test_a_download_narrows_as_the_list_does(
    client: Client, firms: list[dict[str, Any]], query: str, ids: list[str]
) -> None:
    text = _body(client.get(f"/api/registers/organisations.csv?lang=ru&{query}")).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == ids


def test_a_copy_is_good_until_a_record_changes(client: Client, firms: list[Any]) -> None:
    address = "/api/registers/organisations.csv?lang=ru"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    others = client.get("/api/registers/organisations.csv?lang=kk", headers={"If-None-Match": tag})
    assert others.status_code == 200
    record = registers()["organisations"].objects.get(code="b-bank")
    write(register="organisations", document={**document_of(record), "locator": "с. 5"}, by=None)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_index_counts_and_a_misspelt_register_is_named(
    client: Client, firms: list[dict[str, Any]]
) -> None:
    listed = client.get("/api/registers/?lang=kk").json()
    one = {item["register"]: item for item in listed["registers"]}["organisations"]
    assert (one["records"], one["title"]) == (2, "Ұйымдар")
    refused = client.get("/api/registers/organisation.csv?lang=en")
    assert refused.status_code == 404
    assert "organisations" in refused.json()["params"]["near"]
