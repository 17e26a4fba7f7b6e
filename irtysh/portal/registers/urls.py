"""Addresses of the registers: the same words in every language."""

from __future__ import annotations

from django.urls import URLPattern, path

from irtysh.portal.registers import claim_pages, initiatives, roadmap, views
from irtysh.portal.registers.paths import SEGMENTS

OWN_LISTS = ("factors", "glossary")
"""Registers whose list is a page of its own shape at the same address."""

urlpatterns: list[URLPattern] = [
    path("initiatives/<str:code>/support/", initiatives.support_page, name="initiative-support"),
]
for _register, _segment in SEGMENTS.items():
    if _register not in OWN_LISTS:
        urlpatterns.append(
            path(f"{_segment}/", views.register_list, {"register": _register}, name=_register)
        )
    urlpatterns.append(
        path(
            f"{_segment}/<str:code>/",
            views.register_record,
            {"register": _register},
            name=f"{_register}-record",
        )
    )

urlpatterns += [
    path("claims/<str:code>/badge.svg", claim_pages.badge, name="claim-badge"),
    path("documents/", claim_pages.documents, name="documents"),
    path("documents/<str:source>/", claim_pages.document, name="document"),
    path("programmes/<str:code>/roadmap/", roadmap.roadmap, name="roadmap"),
    path("programmes/<str:code>/changes/", roadmap.changes, name="programme-changes"),
    path("programmes/<str:code>/deadlines.ics", roadmap.calendar, name="programme-deadlines"),
    path("measures/<str:code>/proof/<int:report_id>/", roadmap.proof, name="measure-proof"),
]
