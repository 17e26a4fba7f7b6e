"""Asking the interface and reading what it says."""

from __future__ import annotations

import json
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from lxml import etree

ML_21 = "application/vnd.sdmx.structure+xml;version=2.1"
ML_30 = "application/vnd.sdmx.structure+xml;version=3.0.0"
JSON_1 = "application/vnd.sdmx.structure+json;version=1.0.0"
JSON_2 = "application/vnd.sdmx.structure+json;version=2.0.0"


def ask(path: str, accept: str = "", **headers: str) -> HttpResponseBase:
    """Ask for an address below /sdmx/; ``body`` of the answer holds what was said."""
    if accept:
        headers["Accept"] = accept
    answer = Client().get(f"/sdmx/{path}", headers=headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer


def ids(answer: Any, tag: str) -> list[str]:
    """Return the ids of the elements of a name in an XML message."""
    return [
        element.get("id")
        for element in etree.fromstring(answer.body).iter()
        if etree.QName(element).localname == tag
    ]


def said(answer: Any) -> Any:
    """Return a JSON message."""
    return json.loads(answer.body)
