"""The coordinator's pages of the back office: reports and the other side's answers.

They join Wagtail through its hooks; apps.py loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from irtysh.accounts.permissions import may
from irtysh.registries.programmes import actions, proofs, reporting, rules, sheets
from irtysh.registries.programmes.desk import awaiting_me, awaiting_them, my_measures, open_changes
from irtysh.registries.programmes.forms import ReasonForm, ReportForm, SheetForm
from irtysh.registries.programmes.models import Measure, Report
from irtysh.registries.programmes.wording import light_words, percent, period_in_words
from irtysh.registries.records.codes import code_name, language_now
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

Done = TypeVar("Done")


def head(title: str, **more: Any) -> dict[str, Any]:
    """Return what Wagtail's frame asks of a page."""
    return {"page_title": title, "header_title": title, "header_icon": "tasks", **more}


def tried(form: Form, take: Callable[[], Done]) -> Done | None:
    """Take a step; a mistake the person can mend becomes the form's error, and None."""
    try:
        return take()
    except IrtyshError as error:
        form.add_error(None, explain(error, language_now()))
        return None


def may_look(user: Any) -> None:
    """Let in whoever reads drafts of measures; raises PermissionDenied."""
    if not may(user, "view_draft", "measures", user.side):
        raise PermissionDenied


def desk(request: HttpRequest) -> HttpResponse:
    """Show what a coordinator owes, what was returned, what waits for whom."""
    may_look(request.user)
    today = timezone.localdate()
    language = language_now()
    lines = [
        {
            "line": one,
            "title": one.measure.title_in(language),
            "programme": one.measure.programme.title_in(language),
            "light": light_words(one.light, language),
            "is_late": one.days is not None and one.days < 0,
            "periods": [_period(one.measure, cycle, one.own.get(cycle.start), today)
                        for cycle in one.owed],
        }
        for one in my_measures(request.user, today)
    ]  # fmt: skip
    to_decide, proposed = open_changes(request.user)
    context = {
        "lines": lines,
        "to_confirm": [report_line(one) for one in awaiting_me(request.user)],
        "sent": [report_line(one) for one in awaiting_them(request.user)],
        "to_decide": len(to_decide),
        "proposed": len(proposed),
        "has_side": request.user.side in rules.SIDES,
        **head(_("My measures")),
    }
    return render(request, "programmes/desk.html", context)


def _period(
    measure: Measure, cycle: rules.Cycle, own: Report | None, today: date
) -> dict[str, Any]:
    return {
        "words": period_in_words(cycle.start, cycle.end),
        "due": cycle.due(),
        "is_late": cycle.due() < today,
        "state": code_name("report_states", own.state) if own else "",
        "returned": own.reason if own and own.state == rules.RETURNED else "",
        "address": reverse("programmes_report", args=(measure.code, cycle.start.isoformat())),
    }


def report_line(report: Report) -> dict[str, Any]:
    """Return a report as a list shows it."""
    return {
        "report": report,
        "title": report.measure.title_in(language_now()),
        "programme": report.measure.programme.title_in(language_now()),
        "period": period_in_words(report.period_start, report.period_end),
        "side": code_name("sides", report.side),
        "state": code_name("report_states", report.state),
        "address": reverse("programmes_read", args=(report.pk,)),
    }


def report(request: HttpRequest, code: str, start: str) -> HttpResponse:
    """Write the report of a person's side on a measure for one period."""
    measure = get_object_or_404(Measure, code=code, live=True)
    if not reporting.may_report(request.user, measure):
        raise PermissionDenied
    today = timezone.localdate()
    try:
        cycle = reporting.period_of(measure, date.fromisoformat(start), today)
    except (ValueError, reporting.NotAReportingPeriod) as wrong:
        raise Http404(str(wrong)) from wrong
    own = measure.reports.filter(period_start=cycle.start, side=request.user.side).first()
    if own is not None and own.state in (rules.SUBMITTED, rules.CONFIRMED):
        return redirect("programmes_read", own.pk)
    form = ReportForm(
        request.POST or None, request.FILES or None, measure=measure, report=own
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        write = actions.submit_report if "submit" in request.POST else actions.save_report
        done = tried(
            form,
            lambda: write(
                measure=measure, period_start=cycle.start, words=form.words(), by=request.user
            ),
        )
        if done is not None:
            sent = done.state == rules.SUBMITTED
            said = _("Submitted: the other side is to confirm it.") if sent else _("Draft kept.")
            messages.success(request, said)
            return redirect("programmes_desk")
    others = measure.reports.filter(period_start=cycle.start).exclude(side=request.user.side)
    earlier = measure.reports.filter(side=request.user.side, period_start__lt=cycle.start)
    context = {
        "form": form,
        "own": own,
        "title": measure.title_in(language_now()),
        "period": period_in_words(cycle.start, cycle.end),
        "due": cycle.due(),
        "planned": percent(rules.planned_share(measure.term, cycle.end), language_now()),
        "others": [report_line(one) for one in others.exclude(state=rules.DRAFT)],
        "before": earlier.first(),
        **head(_("Report"), header_title=measure.title_in(language_now())),
    }  # fmt: skip
    return render(request, "programmes/report.html", context)


def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report with its history; confirm or return it."""
    may_look(request.user)
    one = get_object_or_404(Report.objects.select_related("measure__programme"), pk=pk)
    if one.state == rules.DRAFT and one.side != request.user.side:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        if "confirm" in request.POST:
            done = tried(
                form, lambda: actions.confirm_report(report=one, by=request.user, seen=seen)
            )
            said = _("Confirmed: the light of the measure counts it now.")
        else:
            reason = form.cleaned_data["reason"]
            done = tried(
                form,
                lambda: actions.return_report(
                    report=one, reason=reason, by=request.user, seen=seen
                ),
            )
            said = _("Returned with your reason.")
        if done is not None:
            messages.success(request, said)
            return redirect("programmes_desk")
        one.refresh_from_db()
    log = ModelLogEntry.objects.for_instance(one).select_related("user").order_by("timestamp")
    context = {
        **report_line(one),
        "form": form,
        "seen": reporting.mark_of(one),
        "may_answer": reporting.may_answer(request.user, one),
        "may_change": one.state == rules.RETURNED and reporting.may_report(
            request.user, one.measure) and one.side == request.user.side,
        "edit": reverse("programmes_report",
                        args=(one.measure.code, one.period_start.isoformat())),
        "log": [{"entry": each, "what": each.formatter.label, "data": each.data} for each in log],
        **head(_("Report"), header_title=one.measure.title_in(language_now())),
    }  # fmt: skip
    return render(request, "programmes/read.html", context)


def proof(request: HttpRequest, pk: int) -> FileResponse:
    """Send the proof of a report to whoever may read it in the back office."""
    may_look(request.user)
    one = get_object_or_404(Report, pk=pk)
    if not one.proof_file or (one.state == rules.DRAFT and one.side != request.user.side):
        raise Http404
    response = FileResponse(
        one.proof_file.open("rb"), as_attachment=True, filename=one.proof_name,
        content_type=proofs.media_type(one.proof_name),
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


# Many reports at once


def sheet_out(request: HttpRequest) -> HttpResponse:
    """Send the reports that a person's side owes as a sheet to fill in."""
    may_look(request.user)
    today = timezone.localdate()
    response = HttpResponse(
        sheets.sheet_for(request.user, today), content_type="text/csv; charset=utf-8"
    )
    name = f"reports-{request.user.side or 'none'}-{today}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def sheet_in(request: HttpRequest) -> HttpResponse:
    """Read a filled sheet, show every row with its faults, and submit all or none."""
    may_look(request.user)
    today = timezone.localdate()
    form = SheetForm(request.POST or None, request.FILES or None)
    lines: list[sheets.Line] = []
    text = request.POST.get("text", "")
    if request.method == "POST" and (text or form.is_valid()):
        data = text.encode() if text else form.cleaned_data["file"].read()
        lines = tried(form, lambda: sheets.read_sheet(data, request.user, today)) or []
        text = "" if not lines else sheets.as_text(data)
        if "submit" in request.POST and lines and not any(line.faults for line in lines):
            count = tried(
                form, lambda: sheets.submit_sheet(lines=lines, by=request.user, today=today)
            )
            if count is not None:
                messages.success(request, _("Reports submitted: %(count)s.") % {"count": count})
                return redirect("programmes_desk")
        elif not lines and not form.errors:
            form.add_error(None, _("No row of the sheet is filled in."))
    context = {
        "form": form if not text else SheetForm(),
        "errors": form.non_field_errors() if form.is_bound else [],
        "lines": [_sheet_line(line) for line in lines],
        "has_faults": any(line.faults for line in lines),
        "text": text,
        **head(_("Many reports at once")),
    }
    return render(request, "programmes/sheet.html", context)


def _sheet_line(line: sheets.Line) -> dict[str, Any]:
    return {
        "line": line,
        "period": period_in_words(line.cycle.start, line.cycle.end) if line.cycle else "",
        "faults": [explain(fault, language_now()) for fault in line.faults],
    }
