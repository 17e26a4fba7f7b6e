"""Addresses of trade profiles and mirror pages, the same words in every language."""

from __future__ import annotations

from django.urls import path

from irtysh.portal.trade_profiles import views

urlpatterns = [
    path("trade/profiles/", views.choose, name="profiles"),
    path("trade/profiles/<str:area>/", views.profile_page, name="profile"),
    path("trade/profiles/<str:area>/<str:partner>/", views.profile_page, name="profile-pair"),
    path("trade/mirror/", views.choose_mirror, name="mirrors"),
    path("trade/mirror/<str:exporter>/<str:importer>/", views.mirror_page, name="mirror"),
    path(
        "trade/mirror/<str:exporter>/<str:importer>/records.csv", views.mirror_csv,
        name="mirror-csv",
    ),
]  # fmt: skip
