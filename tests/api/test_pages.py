"""What the portal's pages say to programs: schema.org, the page of addresses, tables of charts."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.test import Client

from irtysh.api.openapi import ALL
from irtysh.store import Publication, Releases
from tests.api.shelf import DOCUMENTS, ROWS


def said(page: bytes) -> dict:
    found = re.search(rb'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return json.loads(found[1])


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_a_dataset_and_their_list_are_said_for_search_engines(open_shelf, language):
    title = {"ru": "Торговля", "kk": "Сауда", "en": "Trade"}[language]
    dataset = said(Client().get(f"/{language}/data/TRADE_PARTNER/").content)
    assert (dataset["@type"], dataset["name"], dataset["identifier"]) == (
        "Dataset", title, "TRADE_PARTNER",
    )  # fmt: skip
    # what the search engine of datasets demands, and what it recommends
    assert all(dataset[key] for key in ("description", "license", "creator", "temporalCoverage"))
    for one in dataset["distribution"]:
        path = one["contentUrl"].removeprefix("http://testserver")
        assert Client().head(path).status_code == 200
    listed = said(Client().get(f"/{language}/data/").content)
    assert {one["name"] for one in listed["dataset"]} >= {title}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_page_for_programs_names_every_address(open_shelf, language):
    page = Client().get(f"/{language}/developers/").content.decode()
    for endpoint in ALL:
        assert f"GET {endpoint.path}" in page
    assert "<script src" not in page.replace('<script src="/static', "")


@pytest.mark.django_db
def test_a_table_of_a_chart_is_never_run_as_a_formula(settings, tmp_path):
    settings.IRTYSH_RELEASES = tmp_path / "releases"
    table = {"header": ["=HYPERLINK(1)", "b"], "rows": [["@x", "−5,3"], ["-2", "=1+1"]]}
    files = {"charts/ru/turnover.json": json.dumps(table).encode()}
    Releases(settings.IRTYSH_RELEASES).publish(Publication(ROWS, DOCUMENTS, files))
    answer = Client().get("/ru/charts/turnover.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["'=HYPERLINK(1)", "b"], ["'@x", "−5,3"], ["-2", "'=1+1"]]
