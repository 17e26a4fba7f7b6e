"""Sources: who said it, and what of it."""

from __future__ import annotations

from typing import Any

from irtysh.portal.presenters import figures, words
from irtysh.portal.reading import Reading

_SHOWN_OF_SOURCE = 60


def sources_page(reading: Reading) -> dict[str, Any]:
    """Return all sources by kind, with how many figures each gives."""
    counts = _figure_counts(reading)
    groups: dict[str, list[dict[str, Any]]] = {}
    for source in reading.sources.values():
        line = words.source_line(reading, source["id"])
        groups.setdefault(line["kind"], []).append({**line, "figures": counts.get(source["id"], 0)})
    return {
        "groups": [{"title": kind, "sources": found} for kind, found in groups.items()],
        "total": len(reading.sources),
    }


def _figure_counts(reading: Reading) -> dict[str, int]:
    return {
        source: reading.release.count(source=source)
        for source in reading.release.manifest.get("sources", ())
    }


def source_page(reading: Reading, source_id: str) -> dict[str, Any] | None:
    """Return one source: what it is, what it cites, who cites it, its figures."""
    source = reading.sources.get(source_id)
    if source is None:
        return None
    found = reading.release.observations(source=source_id, limit=_SHOWN_OF_SOURCE)
    return {
        "source": words.source_line(reading, source_id),
        "licence": source.get("licence") or "",
        "accessed": words.day_words(source.get("accessed_on")),
        "note": reading.text(source.get("note")),
        "cites": [words.source_line(reading, one) for one in source.get("cites") or ()],
        "cited_by": [
            words.source_line(reading, other["id"])
            for other in reading.sources.values()
            if source_id in (other.get("cites") or ())
        ],
        "figures": [figures.figure(reading, one) for one in found],
        "total": reading.release.count(source=source_id),
    }
