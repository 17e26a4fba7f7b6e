"""Addresses of the explorer, the same words in every language."""

from __future__ import annotations

from django.urls import path

from irtysh.portal.explorer import views

urlpatterns = [
    path("explore/", views.dataset_list, name="explore"),
    path("explore/<str:dataset_id>/", views.explore, name="explore-dataset"),
    path("explore/<str:dataset_id>/cell/", views.cell, name="explore-cell"),
    path("explore/<str:dataset_id>/codes/", views.codes, name="explore-codes"),
    path("explore/<str:dataset_id>/chart.svg", views.chart_svg, name="explore-svg"),
    path("explore/<str:dataset_id>/chart.png", views.chart_png, name="explore-png"),
]
