"""An organisation on one card: numbers, products, roles in what both sides do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.registries.organisations.models import Merger, Organisation, hs_chapter
from irtysh.registries.records.codes import code_name
from irtysh.sources.registers.words import column_label


def present_organisation(one: Organisation, reading: Reading) -> Mapping[str, Any]:
    """Return what the card shows in its own way."""
    language = reading.language
    return {
        "numbers": [
            {"name": column_label("organisations", column, language), "value": value}
            for column in ("inn", "ogrn", "bin")
            if (value := getattr(one, column))
        ],
        "activities": [
            {"code": code, "name": code_name("activities", code, language)}
            for code in one.activities
        ],
        "products": _products(one, language),
        "former": [
            {
                "name": row.text_or_other("name", language)[0],
                "until": words.day_words(row.until),
                "cited": words.source_line(reading, row.source, row.locator)
                if row.source
                else None,
            }
            for row in one.former_names.all()
        ],
        "merged": [merger.from_code for merger in one.mergers.order_by("from_code")],
    }


def _products(one: Organisation, language: str) -> list[dict[str, Any]]:
    """Return products by what is done with them: made, exported, imported, sought."""
    groups: dict[str, list[dict[str, str]]] = {}
    for row in one.products.all():
        name = row.text_or_other("name", language)[0]
        groups.setdefault(row.direction, []).append(
            {"hs": row.hs, "name": name or hs_chapter(row.hs[:2], language)}
        )
    return [
        {"title": code_name("product_directions", direction, language), "rows": rows}
        for direction, rows in groups.items()
    ]


def kept_instead(register: str, code: str) -> str:
    """Return the id of the entry that took over a merged one; empty where none did."""
    if register != "organisations":
        return ""
    merger = Merger.objects.filter(from_code=code).select_related("kept").first()
    return merger.kept.code if merger else ""
