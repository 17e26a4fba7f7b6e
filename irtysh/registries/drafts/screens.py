"""The analyst's pages of the back office: reports on the strategy, written, read and approved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from irtysh.accounts.permissions import may
from irtysh.registries.drafts import actions, rules
from irtysh.registries.drafts.forms import BeginForm, ReasonForm, Written, chapter_rows
from irtysh.registries.drafts.making import (
    approved_file,
    draft_contents,
    material_of,
    rendered,
)
from irtysh.registries.drafts.models import Draft
from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.screens import refusing
from irtysh.reports.choices import KINDS, choices
from irtysh.reports.rendering import FORMS, file_name, form_of
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

ALONE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
"""Policy of a report as one file: letters and styles are inside, nothing is run or loaded."""
_MOST = 100


def _look(user: Any) -> None:
    """Let in who may read drafts; raises PermissionDenied."""
    if not may(user, "view_draft", actions.OBJECT):
        raise PermissionDenied


def _head(title: str, **more: Any) -> dict[str, Any]:
    return {"page_title": title, "header_title": title, "header_icon": "doc-full", **more}


def _below() -> list[dict[str, str]]:
    return [{"url": reverse("drafts"), "label": _("Reports on the strategy")}]


@refusing
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports; begin one."""
    _look(request.user)
    form = BeginForm(request.POST or None, initial={"language": language_now()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(
                by=request.user,  # type: ignore[arg-type]
                language=form.cleaned_data["language"],
                number=form.cleaned_data["evaluation"],
            )
            return redirect("draft", pk=made.pk)
        except IrtyshError as refused:
            form.add_error(None, explain(refused, language_now()))
    listed = Draft.objects.listed()[:_MOST]
    context = {
        "rows": [
            {"one": one, "state": code_name("draft_states", one.state), "is_open": one.is_writable}
            for one in listed
        ],
        "form": form,
        "may_begin": may(request.user, "add", actions.OBJECT),
        "has_evaluations": bool(form.fields["evaluation"].choices),
        **_head(_("Reports on the strategy")),
    }
    return render(request, "drafts/reports.html", context)


@refusing
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a report: title, chapters and their order, own paragraphs; check and submit it."""
    _look(request.user)
    draft = get_object_or_404(Draft.objects.select_related("evaluation"), pk=pk)
    wrong: dict[str, list[IrtyshError]] = {}
    if request.method == "POST":
        draft, wrong, is_done = _written(request, draft)
        if is_done:
            return redirect("draft", pk=pk)
    return _page(request, draft, wrong)


def _written(
    request: HttpRequest, draft: Draft
) -> tuple[Draft, dict[str, list[IrtyshError]], bool]:
    """Keep what was sent, then check or submit; return the mistakes, and whether all is done."""
    user: Any = request.user
    sent = Written.read(request.POST)
    try:
        draft = actions.write(
            draft=draft, by=user, title=sent.title, chapters=sent.chapters,
            paragraphs=sent.paragraphs,
        )  # fmt: skip
    except IrtyshError as refused:
        messages.error(request, explain(refused, language_now()))
        return draft, {}, False
    asked = {"check", "submit"} & set(request.POST)
    wrong = actions.mistakes(draft) if asked else {}
    if wrong:
        messages.error(request, _("Some paragraphs cannot be printed yet: see below."))
    elif "submit" in asked:
        actions.submit(draft=draft, by=user)
        messages.success(request, _("The report awaits approval by another person."))
    elif "check" in asked:
        messages.success(request, _("Every number has its reference; every reference is known."))
    else:
        messages.success(request, _("Saved."))
    return draft, wrong, not wrong


def _page(request: HttpRequest, draft: Draft, wrong: dict[str, list[IrtyshError]]) -> HttpResponse:
    rows = chapter_rows(draft, language_now())
    for row in rows:
        row["mistakes"] = [explain(one, language_now()) for one in wrong.get(row["id"], ())]
    may_change = may(request.user, "change", actions.OBJECT)
    is_own = actions.wrote(draft, request.user)  # type: ignore[arg-type]
    context = {
        "draft": draft,
        "state": code_name("draft_states", draft.state),
        "rows": rows,
        "forms": list(FORMS),
        "may_write": draft.is_writable and may_change,
        "mark": actions.mark_of(draft),
        "may_decide": draft.state == rules.SUBMITTED and not is_own
        and may(request.user, "approve", actions.OBJECT),
        "waits_for_another": draft.state == rules.SUBMITTED and is_own,
        "may_discard": draft.state != rules.APPROVED
        and may(request.user, "delete", actions.OBJECT),
        "reason_form": ReasonForm(),
        "public": f"/{language_now()}/evaluation/reports/{draft.number}/",
        **_head(draft.title, breadcrumbs_items=_below()),
    }  # fmt: skip
    return render(request, "drafts/report.html", context, status=422 if wrong else 200)


@refusing
@require_GET
def references(request: HttpRequest, pk: int) -> HttpResponse:
    """List what paragraphs can refer to, to be searched and copied."""
    _look(request.user)
    draft = get_object_or_404(Draft.objects.select_related("evaluation"), pk=pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else KINDS[0]
    question = request.GET.get("q", "").strip()[:100]
    found, count = choices(material_of(draft.evaluation, draft.language), kind, question, _MOST)
    context = {
        "draft": draft,
        "kind": kind,
        "kinds": [(one, _kind_words(one)) for one in KINDS],
        "question": question,
        "found": found,
        "count": count,
        **_head(
            _("What paragraphs can refer to"),
            breadcrumbs_items=[
                *_below(), {"url": reverse("draft", args=(pk,)), "label": draft.title}
            ],
        ),
    }  # fmt: skip
    return render(request, "drafts/references.html", context)


def _kind_words(kind: str) -> str:
    return {
        "figure": _("Figures of the release"),
        "result": _("Results of indicators"),
        "evaluation": _("Lines of the evaluation"),
        "claim": _("Claims checked"),
        "finding": _("What does not add up"),
    }[kind]


@refusing
@require_GET
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send a report as it stands in a form; HTML is shown, the others are saved."""
    _look(request.user)
    draft = get_object_or_404(Draft.objects.select_related("evaluation"), pk=pk)
    try:
        made = draft_contents(draft)
    except IrtyshError as refused:
        messages.error(request, explain(refused, language_now()))
        return redirect("draft", pk=pk)
    is_kept = draft.state == rules.APPROVED
    body = approved_file(draft, form) if is_kept else rendered(made, form)
    return sent(body, form, file_name(made, form, draft.number))


def sent(body: bytes, form: str, name: str) -> HttpResponse:
    """Return a file of a report; HTML is shown under a policy of its own."""
    response = HttpResponse(body, content_type=form_of(form).media)
    if form == "html":
        response.headers["Content-Security-Policy"] = ALONE
    else:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@refusing
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a report, or return it with the reason."""
    draft = get_object_or_404(Draft, pk=pk)
    user: Any = request.user
    try:
        if "approve" in request.POST:
            actions.approve(draft=draft, by=user, seen=request.POST.get("seen", ""))
            messages.success(request, _("The report is approved and public."))
        else:
            actions.give_back(draft=draft, by=user, reason=request.POST.get("reason", ""))
            messages.success(request, _("The report went back to its author."))
    except IrtyshError as refused:
        messages.error(request, explain(refused, language_now()))
    return redirect("draft", pk=pk)


@refusing
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    draft = get_object_or_404(Draft, pk=pk)
    user: Any = request.user
    try:
        actions.discard(draft=draft, by=user)
    except IrtyshError as refused:
        messages.error(request, explain(refused, language_now()))
        return redirect("draft", pk=pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("drafts")
