"""Every page of the real release, read once for a whole module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pytest
from django.db import connection
from django.test import Client

from irtysh.registries.evaluations.actions import evaluate_now
from irtysh.registries.evaluations.rules import SHELL
from irtysh.store import Release
from tests.pages.addresses import every_address, in_turn
from tests.pages.document import Document


@dataclass(frozen=True)
class Answer:
    """A page as it was sent."""

    path: str
    status: int
    headers: Mapping[str, str]
    html: str

    @property
    def language(self) -> str:
        return self.path[1:3]

    @cached_property
    def document(self) -> Document:
        return Document(self.html)


@pytest.fixture(scope="module")
def pages(portal: Release) -> list[Answer]:
    """Every page: in every language where it is one of its kind, else in turn.

    On PostgreSQL every tenth, for its answers are the same.
    """
    evaluate_now(by=None, reason=SHELL)
    client = Client()
    addresses = every_address(client, portal)
    if connection.vendor == "postgresql":
        addresses = addresses[::10]
    answers = []
    for language, address in in_turn(addresses):
        response = client.get(f"/{language}/{address}")
        answers.append(
            Answer(
                response.wsgi_request.path,
                response.status_code,
                dict(response.headers),
                response.content.decode(),
            )
        )
    return answers
