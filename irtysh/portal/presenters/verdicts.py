"""A verdict as pages show it: a drawing and its word, never colour alone."""

from __future__ import annotations

from typing import Any

from irtysh.portal.reading import Reading
from irtysh.registries.claims.models import VERDICTS
from irtysh.registries.claims.rules import ORDER, sign_of
from irtysh.registries.records.codes import code_name

DRAWINGS = {
    "true": "M3 8.6l3.4 3.4L13 4.8",
    "near": "M2.5 6.4c1.8-1.9 3.6-1.9 5.5-.4s3.7 1.5 5.5-.4M2.5 11c1.8-1.9 3.6-1.9 5.5-.4"
    "s3.7 1.5 5.5-.4",
    "under": "M8 2.5v11M3.8 9.4L8 13.5l4.2-4.1",
    "clash": "M2.8 6h10.4M2.8 10h10.4M11 2.6L5 13.4",
    "false": "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4",
    "either": "M8 13.5V8.6L3.6 3.2M8 8.6l4.4-5.4",
    "open": "M3.2 8h.1M8 8h.1M12.8 8h.1",
    "none": "M13.2 8A5.2 5.2 0 1 1 2.8 8a5.2 5.2 0 0 1 10.4 0M4.4 11.6l7.2-7.2",
    "faulty": "M8 3v6.4M8 12.8v.1",
}
"""Name of a drawing → its lines in a square of 16, drawn with round ends."""


def verdict_words(verdict: str, language: str) -> dict[str, Any]:
    """Return word, drawing and mood of a verdict; of a claim not judged yet where it is empty."""
    sign = sign_of(verdict)
    return {
        "code": verdict,
        "name": code_name(VERDICTS, verdict, language) if verdict else "",
        "drawing": DRAWINGS[sign.icon],
        "mood": sign.mood,
    }


def counted(counts: dict[str, int], reading: Reading) -> list[dict[str, Any]]:
    """Return the verdicts that occur and how many claims have each.

    ``x`` and ``width`` are the place of each in a bar of width 1000.
    """
    total = sum(counts.values())
    found, place = [], 0.0
    for verdict in ORDER:
        number = counts.get(verdict, 0)
        if number:
            width = 1000 * number / total
            shown = {"x": f"{place:.1f}", "width": f"{width:.1f}", "count": number}
            found.append({**verdict_words(verdict, reading.language), **shown})
            place += width
    return found
