"""One address of every type of page, below the language."""

from __future__ import annotations

from urllib.parse import quote

from irtysh.store import Release

ADDRESSES = {
    "home": "",
    "trade": "trade/",
    "turnover": "trade/turnover/",
    "partners": "trade/partners/",
    "goods": "trade/goods/",
    "figure": "figures/{figure}/",
    "indicators": "indicators/",
    "indicator": "indicators/{indicator}/",
    "data": "data/",
    "dataset": "data/TRADE_PARTNER/",
    "dataset, nothing fits": "data/TRADE_PARTNER/?flow=X&period=1990",
    "chart": "charts/{chart}/",
    "sources": "sources/",
    "source": "sources/{source}/",
    "findings": "findings/",
    "finding": "findings/{finding}/",
    "territories": "territories/",
    "law": "law/",
    "act": "law/{act}/",
    "glossary": "glossary/",
    "factors": "factors/",
    "research": "research/",
    "releases": "releases/",
    "past release": "trade/turnover/?release={release}",
    "search": "search/",
    "search, found": "search/?q={word}",
    "search, nothing found": "search/?q=zzzz",
    "text": "about/",
    "method": "method/",
    "accessibility": "accessibility/",
    "section": "cooperation/",
    "calendar": "events/calendar/",
    "calendar, month": "events/calendar/?year=2025&month=11",
    "calendar, near": "events/calendar/?near=omsk",
    "event": "events/interregional-forum-20/",
    "series": "event-series/interregional-forum/",
    "guides": "guides/",
    "guide": "guides/goods-to-kazakhstan/",
    "benefits": "benefits/",
    "benefit": "benefits/travel/",
    "number of the month": "number/",
    "business": "business/",
    "investors": "investors/",
    "subscribe": "subscribe/",
    "no such page": "no-such-page/",
}
"""Name of a type → its address; what stands in braces is filled from the release."""

MISSING = ("no such page",)
"""Types that answer 404."""


def address(name: str, language: str, release: Release) -> str:
    """Return the path of a page of this type."""
    disputed = max(release.document("preferred"), key=lambda one: len(one["rivals"]))
    longest = max(release.document("findings"), key=lambda one: len(str(one["said"])))
    asked = {"ru": "оборот", "kk": "айналымы", "en": "turnover"}
    below = ADDRESSES[name].format(
        figure=disputed["rivals"][0],
        indicator="commodity-contribution",
        chart=release.document("charts")[0]["id"],
        source="pogrebtsova-2024",
        finding=longest["id"],
        act="law-179-fz",
        release=release.id,
        word=quote(asked[language]),
    )
    return f"/{language}/{below}"
