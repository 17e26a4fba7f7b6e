"""Indicators without a figure say what they lack; refusals are no results."""

from __future__ import annotations

import html
import re

import pytest

from irtysh.portal.presenters.indicators import has_figure, indicators_page, missing_of
from irtysh.portal.reading import Reading
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.text import LANGUAGES

LACKING = {
    "market-demand": "NO_MARKET_DATA",
    "volume-index": "NO_QUANTITIES",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("indicator", "flag"), LACKING.items())
def test_a_page_without_a_figure_opens_with_what_is_missing(
    portal, client, language, indicator, flag
):
    page = html.unescape(client.get(f"/{language}/indicators/{indicator}/").content.decode())
    words = codelist("flags").label(flag, language)
    notice = re.search(r'<div class="empty">(.*?)</div>', page, re.DOTALL)
    assert notice
    assert words in notice[1]
    assert missing_of(Reading(portal, language), indicator) == [words]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forecast_and_a_refusal_stand_side_by_side(portal, client, language):
    page = html.unescape(client.get(f"/{language}/indicators/forecast-80/").content.decode())
    flags = codelist("flags")
    assert 'class="empty"' not in page
    for flag in ("FORECAST", "TOO_FEW_POINTS", "SCENARIO"):
        assert flags.label(flag, language) in page


def test_refusals_are_not_counted_as_results(portal):
    page = indicators_page(Reading(portal, "en"))
    counts = {
        one["id"]: one["results"] for family in page["families"] for one in family["indicators"]
    }
    assert all(counts[indicator] == 0 for indicator in LACKING)
    rows = [row for row in portal.document("results") if row["indicator"] == "forecast-80"]
    assert counts["forecast-80"] == sum(map(has_figure, rows)) > 0
