"""Addresses of the pages that are made from the release; the same words in every language."""

from __future__ import annotations

from django.urls import include, path

from irtysh.portal import account, asking, offering, views
from irtysh.portal.registers.map import map_ground, map_page, map_points
from irtysh.portal.registers.urls import urlpatterns as registers

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
    path("search/", views.find, name="search"),
    path("account/", include(account.urlpatterns)),
    *asking.urlpatterns,
    *offering.urlpatterns,
    *registers,
]
