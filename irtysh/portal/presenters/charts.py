"""A chart of the release as a page shows it: drawing, words, table, downloads, citation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import mark_safe

from irtysh.portal.reading import Reading
from irtysh.vocabulary.errors import ReleaseNotFound


def charts_of(reading: Reading, page: str) -> list[dict[str, Any]]:
    """Return the charts that belong on a page, in the order of the release."""
    return [
        chart(reading, entry)
        for entry in reading.document("charts")
        if page in entry.get("pages", ())
    ]


def chart_of(reading: Reading, chart_id: str) -> dict[str, Any] | None:
    """Return one chart by its id, or None."""
    for entry in reading.document("charts"):
        if entry["id"] == chart_id:
            return chart(reading, entry)
    return None


def chart(reading: Reading, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart for the template; drawings are the release's own and hold no script."""
    chart_id = entry["id"]
    table = table_of(reading, chart_id)
    return {
        "id": chart_id,
        "title": reading.text(entry.get("title")),
        "subtitle": reading.text(entry.get("subtitle")),
        "description": reading.text(entry.get("description")),
        "source": reading.text(entry.get("source")),
        "notes": [reading.text(note) for note in entry.get("notes", ())],
        "dataset": entry.get("dataset", ""),
        "wide": _drawing(reading, f"{chart_id}.svg"),
        "narrow": _drawing(reading, f"{chart_id}-narrow.svg"),
        "header": table.get("header", ()),
        "rows": table.get("rows", ()),
        "release": reading.release.id,
        "language": reading.language,
        "has_pictures": reading.release.has_file(f"charts/{reading.language}/{chart_id}.svg"),
    }


def table_of(reading: Reading, chart_id: str) -> Mapping[str, Any]:
    """Return the figures of a chart as rows of text: {"header": […], "rows": [[…], …]}."""
    try:
        raw = reading.release.file(f"charts/{reading.language}/{chart_id}.json")
    except ReleaseNotFound:
        return {}
    table: Mapping[str, Any] = json.loads(raw)
    return table


def _drawing(reading: Reading, name: str) -> str:
    try:
        raw = reading.release.file(f"drawings/{reading.language}/{name}")
    except ReleaseNotFound:
        return ""
    return mark_safe(raw.decode())  # noqa: S308 (written by our own renderer, hash-checked)
