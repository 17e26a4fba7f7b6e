"""The map of a case, drawn in every language, where there is geometry for it."""

from __future__ import annotations

import json
from typing import Any

from irtysh.indicators.charts import pixels
from irtysh.indicators.charts.geometry import Geometry
from irtysh.indicators.charts.map import Map, map_svg
from irtysh.sources.case import Case
from irtysh.vocabulary.wording import say

MAP = "map"
_PNG_SCALE = 2


def draw_map(case: Case) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """Return the map as an entry of the index of charts, and its files; none without geometry."""
    territories = case.documents["territories"]
    if not case.geometry or not territories:
        return [], {}
    shapes = Geometry(case.geometry)
    told: dict[str, Map] = {}
    files: dict[str, bytes] = {}
    for language in case.languages:
        wide = map_svg(case.id, shapes, language, territories)
        narrow = map_svg(case.id, shapes, language, territories, width="narrow")
        alone = map_svg(case.id, shapes, language, territories, standalone=True)
        told[language] = wide
        files |= {
            f"drawings/{language}/{MAP}.svg": wide.svg.encode(),
            f"drawings/{language}/{MAP}-narrow.svg": narrow.svg.encode(),
            f"charts/{language}/{MAP}.svg": alone.svg.encode(),
            f"charts/{language}/{MAP}.png": pixels(alone.svg, _PNG_SCALE),
            f"charts/{language}/{MAP}.json": _table(wide, language),
        }
    entry = {
        "id": MAP,
        "pages": ["territories"],
        "dataset": "",
        "evidence": [],
        "title": {language: one.title for language, one in told.items()},
        "subtitle": dict.fromkeys(told, ""),
        "description": {language: one.description for language, one in told.items()},
        "source": {language: one.attribution for language, one in told.items()},
        "notes": [{language: one.note for language, one in told.items()}],
    }
    return [entry], files


def _table(drawn: Map, language: str) -> bytes:
    header = [say("chart_what", "place", language)]
    table = {"header": header, "rows": [[place] for place in drawn.places]}
    return json.dumps(table, ensure_ascii=False).encode()
