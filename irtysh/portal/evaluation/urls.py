"""Addresses of the evaluation."""

from __future__ import annotations

from django.urls import URLPattern, path

from irtysh.portal.evaluation import evidence_page, reports, views

urlpatterns: list[URLPattern] = [
    path("evidence/<path:evidence_id>/", evidence_page.evidence, name="evidence"),
    path("evaluation/reports/", reports.reports, name="reports"),
    path("evaluation/reports/<int:number>/", reports.report, name="report"),
    path(
        "evaluation/reports/<int:number>/report.<str:form>",
        reports.report_file,
        name="report-file",
    ),
    path("evaluation/<int:number>/report.<str:form>", reports.automatic, name="report-automatic"),
    path("evaluation/", views.newest, name="evaluation"),
    path("evaluation/history/", views.history, name="evaluation-history"),
    path("evaluation/compare/", views.compare, name="evaluation-compare"),
    path("evaluation/tasks/", views.tasks, name="evaluation-tasks"),
    path("evaluation/<int:number>/", views.evaluation, name="evaluation-kept"),
    path("evaluation/<int:number>/<str:step>/", views.step, name="evaluation-step"),
]
