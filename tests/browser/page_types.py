"""One address of every type of page that anybody may open, below the language.

Pages that only one person sees (an account, one's own question) are in running/test_own_pages.py,
the map in test_map.py.
"""

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
    "explorer": "explore/",
    "explorer, dataset": "explore/TRADE_PARTNER/",
    "explorer, growth by bars": "explore/TRADE_GOODS/?measure=VALUE&rows=commodity&cols=period"
    "&calc=share&chart=bars",
    "explorer, nothing fits": "explore/TRADE_PARTNER/?flow=X&start=2050",
    "explorer, cell": "explore/TRADE_PARTNER/cell/?k=A~RU-OMS~T~KZ~_Z~_T~VALUE~USD~~~*~2021",
    "trade profiles": "trade/profiles/",
    "trade profile, nothing known": "trade/profiles/RU-OMS/KZ/",
    "mirror, nothing known": "trade/mirror/RU-OMS/KZ/",
    "chart": "charts/{chart}/",
    "sources": "sources/",
    "source": "sources/{source}/",
    "claims": "claims/",
    "claims, narrowed": "claims/?verdict=AMBIGUOUS&kind=level",
    "claim": "claims/turnover-2021-over-380/",
    "claim, several readings": "claims/record-2021/",
    "claim, nothing to check it by": "claims/many-successful-projects/",
    "documents": "documents/",
    "document": "documents/pogrebtsova-2024/",
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
    "section of residents": "people/",
    "places": "places/",
    "place": "places/crossing-olkhovka/",
    "organisations": "organisations/",
    "organisations, narrowed": "organisations/?kind=company&q={word}",
    "organisation": "organisations/sibzavod/",
    "harmonisation": "harmonisation/",
    "difference of laws": "harmonisation/cooperation-law-a/",
    "programmes": "programmes/",
    "programme": "programmes/crossings-2030/",
    "road-map": "programmes/crossings-2030/roadmap/",
    "programme, changes": "programmes/crossings-2030/changes/",
    "objectives": "objectives/",
    "objective": "objectives/single-space/",
    "measures": "measures/",
    "measure": "measures/action-plan-of-concept/",
    "targets": "targets/",
    "target": "targets/seed-wheat-17-kt/",
    "evaluation": "evaluation/",
    "evaluation, kept": "evaluation/1/",
    "evaluation, step": "evaluation/1/E2/",
    "evaluation, triggers": "evaluation/1/E10/",
    "evaluations": "evaluation/history/",
    "evaluations compared": "evaluation/compare/?a=1&b=1",
    "tasks of review": "evaluation/tasks/",
    "reports": "evaluation/reports/",
    "parameter of the method": "evidence/thresholds/moving_away_periods/",
    "evidence of nothing": "evidence/nothing/",
    "risks": "risks/",
    "risk": "risks/legal-gaps/",
    "projects": "projects/",
    "project": "projects/irtysh-corridor/",
    "initiatives": "initiatives/",
    "initiative": "initiatives/logistics-hub/",
    "events": "events/",
    "event": "events/interregional-forum-20/",
    "series of events": "event-series/",
    "series": "event-series/interregional-forum/",
    "calendar": "events/calendar/",
    "calendar, month": "events/calendar/?year=2025&month=11",
    "calendar, near": "events/calendar/?near=omsk",
    "obstacles": "obstacles/",
    "obstacle": "obstacles/lorry-queues-2025/",
    "ask": "ask/",
    "offers": "offers/",
    "factor": "factors/natural-human-investment-resources/",
    "word": "glossary/border-region-zotova/",
    "publications": "publications/",
    "publication": "publications/paper-pogrebtsova-2024/",
    "guides": "guides/",
    "guide": "guides/goods-to-kazakhstan/",
    "benefits": "benefits/",
    "benefit": "benefits/travel/",
    "number of the month": "number/",
    "business": "business/",
    "investors": "investors/",
    "subscribe": "subscribe/",
    "sign-in": "account/sign-in/",
    "join": "account/join/",
    "forgotten password": "account/password/",
    "no such page": "no-such-page/",
}
"""Name of a type → its address; what stands in braces is filled from the release."""

MISSING = ("no such page", "evidence of nothing")
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
