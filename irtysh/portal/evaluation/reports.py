"""Reports on the strategy that everybody may read and take away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from irtysh.portal.evaluation.paths import evaluation_path
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.drafts.making import approved_file, automatic_file
from irtysh.registries.drafts.models import Draft
from irtysh.registries.drafts.screens import sent
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.records.shelf import edition
from irtysh.reports.render_html import fragment
from irtysh.reports.rendering import FORMS
from irtysh.vocabulary.errors import ReleaseNotFound

_TAKEN = ("pdf", "docx", "xlsx", "html")


def reports_path(language: str) -> str:
    """Return where the approved reports are listed, below the host."""
    return f"/{language}/evaluation/reports/"


def _reports(request: HttpRequest, reading: Reading) -> HttpResponse:
    """List the approved reports, and the automatic one of the newest evaluation."""
    newest = Evaluation.objects.newest()
    page = {
        "rows": [
            {
                "number": one.number,
                "title": one.title,
                "language": one.language,
                "day": date_format(one.approved_on, "DATE_FORMAT") if one.approved_on else "",
                "by": one.approver_name,
                "evaluation": one.evaluation.number,
                "path": f"{reports_path(reading.language)}{one.number}/",
                "files": _files(f"{reports_path(reading.language)}{one.number}/report"),
            }
            for one in Draft.objects.listed().approved()
        ],
        "newest": newest.number if newest else None,
        "automatic": _files(f"{evaluation_path(newest.number, reading.language)}report")
        if newest
        else [],
    }
    return _shown(request, reading, "reports", page)


def _files(base: str) -> list[dict[str, str]]:
    return [{"form": form.upper(), "path": f"{base}.{form}"} for form in _TAKEN]


def _shown(
    request: HttpRequest, reading: Reading, template: str, page: dict[str, Any]
) -> HttpResponse:
    context = {"reading": reading, "page": page}
    return render(request, f"portal/evaluation/{template}.html", context)


def _approved(number: int) -> Draft:
    found = Draft.objects.approved().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _report(request: HttpRequest, reading: Reading, number: int) -> HttpResponse:
    """Show an approved report as it was approved."""
    draft = _approved(number)
    made = draft.contents
    assert made is not None
    body = fragment(made, edition(made.release, made.language))
    page = {
        "number": number,
        "title": made.title,
        "subtitle": made.subtitle,
        "language": made.language,
        "facts": made.facts,
        "invented": made.invented,
        "chapters": made.chapters,
        "digest": draft.digest,
        "body": mark_safe(body),  # noqa: S308 (our own renderer; every text is escaped in it)
        "files": _files(f"{reports_path(reading.language)}{number}/report"),
        "reports_path": reports_path(reading.language),
    }
    return _shown(request, reading, "report", page)


def _report_file(request: HttpRequest, reading: Reading, number: int, form: str) -> HttpResponse:
    """Send an approved report in a form."""
    if form not in FORMS:
        raise Http404
    draft = _approved(number)
    name = f"irtysh-report-{number}-{draft.language}.{form}"
    return sent(approved_file(draft, form), form, name)


def _automatic(request: HttpRequest, reading: Reading, number: int, form: str) -> HttpResponse:
    """Send the report that nobody edited or approved: it says so on every page."""
    evaluation = Evaluation.objects.listed().filter(number=number).first()
    if form not in FORMS or evaluation is None:
        raise Http404
    try:
        body = automatic_file(evaluation, reading.language, form)
    except ReleaseNotFound as gone:
        raise Http404 from gone
    name = f"irtysh-evaluation-{number}-{reading.language}.{form}"
    return sent(body, form, name)


reports = reads(_reports, stamp=registers_stamp)
report = reads(_report, stamp=registers_stamp)
report_file = reads(_report_file, stamp=registers_stamp)
automatic = reads(_automatic, stamp=registers_stamp)
