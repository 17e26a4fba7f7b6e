"""The first screen: what both sides do, the number that matters most, and its honesty."""

from __future__ import annotations

from typing import Any

from irtysh.portal.presenters.charts import charts_of
from irtysh.portal.presenters.findings import about_figure, card, found
from irtysh.portal.presenters.gaps import gaps
from irtysh.portal.presenters.number import number_of_month
from irtysh.portal.presenters.releases import release_log
from irtysh.portal.presenters.trade import headline, headline_figure
from irtysh.portal.reading import Reading


def home_page(reading: Reading | None) -> dict[str, Any]:
    """Return what the home page shows from the release; empty while there is none."""
    if reading is None:
        return {}
    findings = found(reading)
    known_gaps = gaps(reading)
    shown = headline(reading)
    return {
        "title": reading.text(reading.case.get("title")),
        "sentence": reading.text(reading.case.get("sentence")),
        "headline": headline_figure(reading),
        "charts": charts_of(reading, "home")[:1] or charts_of(reading, "turnover")[:1],
        "findings_total": len(findings),
        "headline_findings": len(about_figure(reading, shown.id)) if shown else 0,
        "findings": [card(reading, finding) for finding in findings[:3]],
        "gaps_total": len(known_gaps),
        "gaps": known_gaps[:3],
        "releases": release_log(reading)[:3],
        "month": number_of_month(reading),
    }
