"""Addresses of the pages that are made from the release; the same words in every language."""

from __future__ import annotations

from django.urls import include, path

from irtysh.portal import account, asking, benefits, feeds, journeys, offering, subscriptions, views
from irtysh.portal.developers import developers
from irtysh.portal.evaluation.urls import urlpatterns as evaluation
from irtysh.portal.explorer.urls import urlpatterns as explorer
from irtysh.portal.registers.event_calendar import event_calendar
from irtysh.portal.registers.map import map_ground, map_page, map_points
from irtysh.portal.registers.urls import urlpatterns as registers
from irtysh.portal.sections import SECTIONS, section_page
from irtysh.portal.trade_profiles.urls import urlpatterns as trade_profiles

app_name = "portal"

urlpatterns = [
    path("trade/", views.trade, name="trade"),
    path("trade/turnover/", views.turnover, name="turnover"),
    path("trade/partners/", views.partners, name="partners"),
    path("trade/goods/", views.goods, name="goods"),
    path("figures/<str:figure_id>/", views.figure, name="figure"),
    path("indicators/", views.indicators, name="indicators"),
    path("indicators/<slug:indicator_id>/", views.indicator, name="indicator"),
    path("data/", views.data, name="data"),
    path("data/<str:dataset_id>/", views.dataset, name="dataset"),
    path("charts/<slug:chart_id>/", views.chart, name="chart"),
    path("charts/<slug:chart_id>.csv", views.chart_figures, name="chart-figures"),
    path("sources/", views.sources, name="sources"),
    path("sources/<str:source_id>/", views.source, name="source"),
    path("findings/", views.findings, name="findings"),
    path("findings/<str:finding_id>/", views.finding, name="finding"),
    path("territories/", views.territories, name="territories"),
    path("map/", map_page, name="map"),
    path("map/points.json", map_points, name="map-points"),
    path("map/ground.json", map_ground, name="map-ground"),
    path("glossary/", views.glossary, name="glossary"),
    path("factors/", views.factors, name="factors"),
    path("research/", views.research, name="research"),
    path("releases/", views.release_list, name="releases"),
    path("developers/", developers, name="developers"),
    path("search/", views.find, name="search"),
    path("account/", include(account.urlpatterns)),
    *asking.urlpatterns,
    *offering.urlpatterns,
    path("benefits/", benefits.benefits, name="benefits"),
    path("benefits/<slug:benefit>/", benefits.benefit, name="benefit"),
    path("number/", benefits.number, name="number"),
    path("business/", journeys.business, name="business"),
    path("investors/", journeys.investors, name="investors"),
    path("events/calendar/", event_calendar, name="event-calendar"),
    path("events.ics", feeds.events_calendar, name="events-ics"),
    path("release-calendar.ics", feeds.release_calendar, name="release-calendar-ics"),
    path("news.atom", feeds.news, name="news-atom"),
    *subscriptions.urlpatterns,
    *evaluation,
    *explorer,
    *trade_profiles,
    *(path(f"{one.id}/", section_page, {"section": one.id}, name=one.name) for one in SECTIONS),
    *registers,
]
