"""An address that there is not: the answer names the one that was meant."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from irtysh.api.downloads import TYPES

pytestmark = pytest.mark.django_db  # what is not found is looked for among redirects


def told(address: str) -> tuple[str, list[str]]:
    answer = Client().get(f"/api/{address}")
    assert answer.status_code == 404
    params = json.loads(answer.content)["params"]
    return params["codelist"], params["near"].split(", ")


@pytest.mark.parametrize(
    ("address", "forms"),
    [
        ("latest/datasets/TRADE_PARTNER.tsv", list(TYPES)),
        ("latest/datasets/TRADE_PARTNER.CSV", list(TYPES)),
        ("2026-11-22-0123456789/datasets/TRADE_PARTNER.sdmx.xml", list(TYPES)),
        ("registers/organisations.parquet", ["csv", "xlsx", "json"]),
        ("latest/claims.xlsx", ["csv", "json"]),
        ("latest/charts/en/turnover.jpg", ["svg", "png"]),
    ],
)
def test_a_form_that_there_is_not_is_answered_with_those_that_there_are(address, forms):
    assert told(address) == ("form", forms)


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("latest/datasets/trade_partner.csv", "latest/datasets/TRADE_PARTNER.csv"),
        ("lates/datasets/TRADE_PARTNER.csv", "latest/datasets/TRADE_PARTNER.csv"),
        ("latest/dataset/TRADE_PARTNER.csv", "latest/datasets/TRADE_PARTNER.csv"),
        ("datasets", "datasets/"),
        ("Releases.json", "releases.json"),
        ("latest/documents/Findings.json", "latest/documents/findings.json"),
        ("evaluations/last.json", "evaluations/latest.json"),
    ],
)
def test_the_address_that_was_meant_is_named_first(address, meant):
    codelist, near = told(address)
    assert codelist == "/api/"
    assert near[0] == meant


@pytest.mark.parametrize("address", ["", "%D0%9E%D0%BC%D1%81%D0%BA", "a/" * 3000, "{form}"])
def test_what_is_like_nothing_is_shown_where_to_begin(address):
    assert told(address)[1][0] == "datasets/"
