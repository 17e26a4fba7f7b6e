"""Addresses for machines: the same in every language, ``latest`` or a release by name."""

from __future__ import annotations

from django.urls import path, re_path

from irtysh.api import claims, evaluations, registers, views

app_name = "api"

_RELEASE = r"(?P<release>latest|\d{4}-\d{2}-\d{2}-[0-9a-f]{10})"

urlpatterns = [
    path("releases.json", views.release_list, name="releases"),
    re_path(rf"^{_RELEASE}/manifest\.json$", views.release_manifest, name="manifest"),
    re_path(rf"^{_RELEASE}/documents/(?P<name>[a-z_]+)\.json$", views.document, name="document"),
    re_path(
        rf"^{_RELEASE}/datasets/(?P<dataset>[A-Z0-9_]+)\.(?P<form>csv|json|xlsx|parquet)$",
        views.dataset,
        name="dataset",
    ),
    re_path(rf"^{_RELEASE}/figures/(?P<figure>[0-9a-f]{{12}})\.json$", views.figure, name="figure"),
    re_path(
        rf"^{_RELEASE}/charts/(?P<language>[a-z]{{2}})/(?P<chart>[a-z0-9-]+)\.(?P<form>svg|png)$",
        views.chart,
        name="chart",
    ),
    re_path(rf"^{_RELEASE}/claims\.(?P<form>csv|json)$", claims.claims, name="claims"),
    re_path(rf"^{_RELEASE}/expressions\.json$", claims.expression, name="expressions"),
    path("registers/", registers.register_list, name="registers"),
    re_path(
        r"^registers/(?P<register>[a-z_]+)\.(?P<form>csv|xlsx|json)$",
        registers.register_file,
        name="register",
    ),
    path("evaluations/", evaluations.evaluation_list, name="evaluations"),
    re_path(
        r"^evaluations/(?P<number>latest|[0-9]{1,9})\.json$",
        evaluations.evaluation,
        name="evaluation",
    ),
    re_path(r"^(?P<rest>.*)$", views.no_address),
]
