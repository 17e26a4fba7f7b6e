"""A record as a list shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import record_path
from irtysh.registries.records.models import Listing, Record, registers


def cards(
    register: str, listings: list[Listing], reading: Reading, day: date | None = None
) -> list[dict[str, Any]]:
    """Return listed records as a list shows them: tags, title, one sentence."""
    model = registers()[register]
    records = {
        one.code: one for one in model.objects.filter(code__in=[item.code for item in listings])
    }
    return [card(records[item.code], reading, day) for item in listings if item.code in records]


def card(record: Record, reading: Reading, day: date | None = None) -> dict[str, Any]:
    """Return one record as a list shows it."""
    title, title_language = (
        record.text_or_other(record.title_column(), reading.language)
        if record.title_column()
        else (record.code, "")
    )
    return {
        "path": record_path(record.table.name, record.code, reading.language),
        "title": title,
        "title_language": title_language if title_language != reading.language else "",
        "summary": record.summary_in(reading.language),
        "day": words.day_words(record.day()),
        "tags": record.tags(reading.language, day) if day else record.tags(reading.language),
        "sides": sorted(record.sides()),
    }
