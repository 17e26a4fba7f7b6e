"""The published records of a register as documents, for pages that show a whole register."""

from __future__ import annotations

from typing import Any

from irtysh.portal.reading import Reading
from irtysh.registries.records.documents import document_of
from irtysh.registries.records.models import registers
from irtysh.sources.registers import TABLES


def published(reading: Reading, register: str) -> list[dict[str, Any]]:
    """Return the records as they are now; of a past release, as the release holds them."""
    if reading.is_past:
        return list(reading.document(TABLES[register].document))
    records = registers()[register].objects.filter(live=True).order_by("pk")
    return [document_of(record) for record in records]
