"""Which charts a case has, and their drawings in every language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from irtysh.indicators.charts import Chart, download_svg, page_svg, pixels
from irtysh.publication.chart_rows import Figures
from irtysh.publication.maps import draw_map
from irtysh.publication.plans import Plan, plans


@dataclass(frozen=True, slots=True)
class Drawn:
    """The charts of a release.

    Attributes
    ----------
    index : list of dict
        One entry a chart: id, pages it belongs on, words in every language, evidence.
    files : dict
        drawings/LANG/ID.svg and ID-narrow.svg for pages; charts/LANG/ID.svg, .png and .json
        (the table) to take away.
    """

    index: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)


def draw_all(
    figures: Figures, progress: Callable[[int, int], None] = lambda done, of: None
) -> Drawn:
    """Draw every chart that the case has figures for, in every language."""
    drawn = Drawn()
    planned = list(plans(figures))
    for number, plan in enumerate(planned):
        told = {language: plan.build(language) for language in figures.case.languages}
        drawn.index.append(_entry(plan, told))
        for language, chart in told.items():
            drawn.files.update(_files(chart, language, plan))
        progress(number + 1, len(planned))
    entries, files = draw_map(figures.case)
    drawn.index.extend(entries)
    drawn.files.update(files)
    return drawn


def _entry(plan: Plan, told: Mapping[str, Chart]) -> dict[str, Any]:
    def in_all(part: Callable[[Chart], Any]) -> dict[str, Any]:
        return {language: part(chart) for language, chart in told.items()}

    first = next(iter(told.values()))
    return {
        "id": plan.id,
        "pages": list(plan.pages),
        "dataset": plan.dataset,
        "evidence": list(plan.evidence),
        "title": in_all(lambda chart: chart.title),
        "subtitle": in_all(lambda chart: chart.subtitle),
        "description": in_all(lambda chart: chart.description),
        "source": in_all(lambda chart: chart.source),
        "notes": [
            {language: chart.notes[number] for language, chart in told.items()}
            for number in range(len(first.notes))
        ],
    }


def _files(chart: Chart, language: str, plan: Plan) -> Iterator[tuple[str, bytes]]:
    table = {"header": chart.table.header, "rows": chart.table.rows}
    yield f"charts/{language}/{plan.id}.json", json.dumps(table, ensure_ascii=False).encode()
    yield f"drawings/{language}/{plan.id}.svg", page_svg(chart).encode()
    if plan.small:
        return
    yield f"drawings/{language}/{plan.id}-narrow.svg", page_svg(chart, "narrow").encode()
    alone = download_svg(chart)
    yield f"charts/{language}/{plan.id}.svg", alone.encode()
    yield f"charts/{language}/{plan.id}.png", pixels(alone)
