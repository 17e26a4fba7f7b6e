"""What is known to be missing."""

from __future__ import annotations

from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading


def gaps(reading: Reading) -> list[dict[str, Any]]:
    """Return what is known to be missing."""
    return [
        {
            "id": item["id"],
            "title": reading.text(item["title"]),
            "missing": reading.text(item.get("what_is_missing")),
            "why": reading.text(item.get("why_it_matters")),
            "where": reading.text(item.get("where_to_look")),
            "cited": words.cited(reading, item),
        }
        for item in reading.document("gaps")
    ]
