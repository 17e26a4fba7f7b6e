"""Releases and imports for tests of the open data: small, invented, known to the last cell."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client

from irtysh.store import Publication, Releases
from irtysh.vocabulary.numbers import Qualifier
from tests.flows import published_flows
from tests.observations import observe

TEXT = {"ru": "Торговля", "kk": "Сауда", "en": "Trade"}
ROWS = [
    observe("402,1", notes=("coverage",), definition="def"),
    observe("380", source="press", qualifier=Qualifier.GT),
    observe("", "2018"),
    observe("0", "2019"),
    observe("17,50", "2020", commodity="XVI"),
    observe("3", "2020-Q3", period_kind="Q", freq="Q"),
    observe("12", measure="GROWTH", unit="PC", unit_mult=0, base_period="2020"),
]
DOCUMENTS: dict[str, Any] = {
    "case": {"id": "small", "title": TEXT, "invented": True, "languages": ["ru", "kk", "en"]},
    "datasets": [{"id": "TRADE_PARTNER", "title": TEXT, "description": TEXT, "order": 1}],
    "sources": [
        {"id": "paper", "title": TEXT, "address": "https://example.org"},
        {"id": "press", "title": TEXT},
    ],
    "notes": {"coverage": TEXT, "def": TEXT},
    "preferred": [{"observation": ROWS[0].id, "rivals": [ROWS[0].id, ROWS[1].id], "reason": TEXT}],
    "codes": {},
    "findings": [],
}


def publish(folder: Path) -> None:
    """Publish the case's dataset TRADE_PARTNER and the imported TEST_TRADE."""
    Releases(folder / "releases").publish(Publication(ROWS, DOCUMENTS))
    published_flows(folder / "datasets")


def get(path: str, **headers: str) -> HttpResponse:
    """Ask the portal; the body of a stream is read into ``content``."""
    answer = Client().get(path, headers=headers)
    if answer.streaming:
        answer.body = b"".join(answer.streaming_content)
    else:
        answer.body = answer.content
    return answer


def data(dataset: str, form: str, query: str = "", version: str = "latest") -> bytes:
    """Return a file of a dataset."""
    answer = get(f"/api/{version}/datasets/{dataset}.{form}{query}")
    assert answer.status_code == 200, answer.body[:300]
    return answer.body


def records(dataset: str, query: str = "") -> list[dict[str, str]]:
    """Return the rows of the CSV."""
    text = data(dataset, "csv", query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def parsed(dataset: str, form: str, query: str = "") -> Any:
    """Return a form that is JSON."""
    return json.loads(data(dataset, form, query))
