"""A small release, claims that it judges, and people, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.test import Client

from irtysh.accounts.actions import create_account
from irtysh.accounts.models import User
from irtysh.accounts.roles import ANALYST
from irtysh.publication.definitions import definitions
from irtysh.registries.claims.models import Claim
from irtysh.registries.records.actions import write
from irtysh.store import Publication, Release, Releases
from tests.observations import observe

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
TITLE = {"ru": "Отчёт", "kk": "Есеп", "en": "A report"}
DOCUMENTS: dict[str, Any] = {
    "case": {
        "id": "small", "title": TITLE, "sides": [],
        "headline": {"dataflow": "TRADE_PARTNER", "ref_area": "RU-OMS", "counterpart_area": "KZ",
                     "flow": "T", "classification": "HS_SECTION", "commodity": "_T"},
    },
    "sources": [{"id": "report", "title": TITLE}, {"id": "paper", "title": TITLE}],
    "datasets": [], "preferred": [], "own_codelists": {}, "results": [], "findings": [],
    "charts": [], "usage": {}, "notes": {}, "codes": {}, "definitions": definitions(),
}  # fmt: skip


def release(folder: Path, value: str = "402.1", day: int = 0) -> Release:
    """Publish a release that says what turnover was in 2021."""
    rows = [observe(value, "2021", source="customs", locator="table 1"),
            observe("357,1", "2020", source="customs", locator="table 1")]  # fmt: skip
    publication = Publication(rows, DOCUMENTS, fingerprint=f"{value}-{day}")
    return Releases(folder).publish(publication, NOON + timedelta(days=day))


def document(code: str = "over-402", **more: Any) -> dict[str, Any]:
    """Return a claim that turnover exceeded 402 million in 2021."""
    return {
        "id": code, "kind": "level", "operator": "gt", "hedge": "over", "value": "402",
        "unit": "USD", "unit_mult": 6, "period": "2021", "areas": ["RU-OMS", "KZ"], "flow": "T",
        "source": "report", "locator": "L.7", "text": {
            "ru": f"Оборот превысил 402 млн ({code}).", "kk": f"Айналым 402 млн-нан асты ({code}).",
            "en": f"Turnover exceeded 402 million ({code})."},
        "bindings": [{"expression": "turnover[2021]"}], **more,
    }  # fmt: skip


def claim(code: str = "over-402", **more: Any) -> Claim:
    made = write(register="claims", document=document(code, **more), by=None)
    assert isinstance(made, Claim)
    return made


def person(role: str = ANALYST, language: str = "en") -> User:
    return create_account(
        username=f"{role}-{language}".lower(), password="a long enough one", role=role,
        language=language,
    )  # fmt: skip


def office_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
