"""Screens of the back office: files taken in, recognised, read, checked, published.

They join Wagtail through its hooks; wagtail_hooks.py loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import ANY, NONE, NotAllowed, may, scopes_of
from irtysh.publication.import_job import remarks_of, source_of
from irtysh.registries.imports import actions, forms, presenting
from irtysh.registries.imports.models import DAYS_KEPT, OVER, Import, State
from irtysh.registries.imports.watching import look
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.screens import MENU, refusing
from irtysh.sources.intake.limits import LIMITS, MEBIBYTE
from irtysh.sources.intake.words import layout_name
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_ICON = "download"
_PAGE = 30


@require_GET
@refusing
def import_list(request: HttpRequest) -> HttpResponse:
    """List the imports that a person may see."""
    scope = scopes_of(request.user, "imports")["view_draft"]
    if scope == NONE:
        raise PermissionDenied
    user: Any = request.user
    found = Import.objects.select_related("by").defer("sheet")
    if scope != ANY:
        found = found.of_side(user.side)
    state = request.GET.get("state", "")
    wanted = request.GET.get("q", "").strip()
    counts = {one: found.filter(state=one).count() for one in State.values}
    if wanted:
        found = found.filter(file__icontains=wanted) | found.filter(dataset__icontains=wanted)
    page = Paginator(found.in_state(state), _PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "rows": [{"one": look(one), "layout": layout_name(one.layout, language_now())}
                 for one in page],
        "states": [(one, State(one).label, counts[one]) for one in State.values if counts[one]],
        "state": state, "q": wanted,
        "may_import": may(user, "import", "imports", user.side),
        **_head(_("Imports of data")),
    }  # fmt: skip
    return render(request, "imports/list.html", context)


@refusing
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a file in."""
    user: Any = request.user
    if not may(user, "import", "imports", user.side):
        raise PermissionDenied
    sent = request.method == "POST"
    form = forms.UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            one = actions.upload(
                name=file.name, chunks=file.chunks(), by=user,
                publisher=form.cleaned_data["publisher"].strip(), opening=form.opening(),
            )  # fmt: skip
            return redirect("imports_one", one.pk)
        except NotAllowed:
            raise
        except IrtyshError as refused:
            form.add_error("file", explain(refused, language_now()))
    context = {"form": form, "days": DAYS_KEPT, "megabytes": LIMITS.file_bytes // MEBIBYTE,
               **_head(_("A new file"), _LIST())}  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "imports/new.html", context, status=status)


@refusing
def import_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an import in whichever state it is."""
    one = _seen(request, pk)
    if request.method == "POST":
        return _mapped(request, one)
    match one.state:
        case State.TO_ANSWER | State.OPENED:
            return _recognised_page(request, one)
        case State.READING | State.PUBLISHING:
            return _progress_page(request, one)
        case State.CHECKED:
            return _sheet_page(request, one)
    return _ended_page(request, one)


@refusing
def import_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the recognition of an import again, whatever came of its reading."""
    one = _seen(request, pk)
    if one.is_at_work or one.state in OVER:
        return redirect("imports_one", pk)
    return _mapped(request, one) if request.method == "POST" else _recognised_page(request, one)


def _mapped(request: HttpRequest, one: Import) -> HttpResponse:
    """Take the mapping that was sent, and begin to read."""
    user: Any = request.user
    layout = request.POST.get("layout", "")
    form = forms.MappingForm(one, actions.recognised(one, layout), request.POST)
    if form.is_valid():
        try:
            kept = actions.answer(
                one=one, layout=layout, settings=form.settings(),
                dataset=form.cleaned_data["dataset_id"].strip(), by=user,
            )  # fmt: skip
            actions.settle(actions.start(one=kept, by=user))
            return redirect("imports_one", one.pk)
        except NotAllowed:
            raise
        except IrtyshError as refused:
            form.add_error(None, explain(refused, language_now()))
    return _recognised_page(request, one, form, layout)


def _recognised_page(
    request: HttpRequest, one: Import, form: Any = None, layout: str = ""
) -> HttpResponse:
    layout = layout or request.GET.get("layout") or one.layout
    found = [actions.recognised(one, row["layout"]) for row in one.head.get("recognised") or ()]
    known = [row for row in found if row is not None]
    chosen = next((row for row in known if row.layout == layout), known[0] if known else None)
    if chosen is not None and chosen.layout != one.layout and form is None:
        one.settings = dict(chosen.settings)  # only for this page: another layout was looked at
    memory = actions.remembered(one)
    context = {
        "one": one,
        "import_pk": one.pk,
        "head": one.head,
        "remarks": [explain(fault, language_now()) for fault in remarks_of(one.head)],
        "found": [presenting.recognition(row) for row in known],
        "chosen": presenting.recognition(chosen) if chosen else None,
        "form": form or forms.MappingForm(one, chosen),
        "opening": forms.OpeningForm(initial=one.folder.read("job") or {}),
        "memory": memory if memory and chosen and memory.layout == chosen.layout else None,
        **_head(one.file, _LIST()),
    }
    status = 422 if form is not None else 200
    return render(request, "imports/recognised.html", context, status=status)


def _progress_page(request: HttpRequest, one: Import) -> HttpResponse:
    context = {
        "one": one, "percent": one.percent, "rows": presenting.number(one.rows),
        "expected": presenting.number(one.expected) if one.expected else "",
        **_head(one.file, _LIST()),
    }  # fmt: skip
    return render(request, "imports/progress.html", context)


def _sheet_page(request: HttpRequest, one: Import, form: Any = None) -> HttpResponse:
    sheet = one.checked
    assert sheet is not None
    now = actions.about_now(one.dataset)
    context = {
        "one": one, "import_pk": one.pk, "sheet": presenting.sheet_said(sheet),
        "settings": presenting.settings_said(one),
        "fault": presenting.fault_words(one.fault),
        "form": form or forms.AboutForm(initial=forms.AboutForm.filled(now or one.about)),
        "is_new": not now, "obstacles": sheet.obstacles,
        "may_publish": may(request.user, "publish", "imports", one.side),
        "has_refusals": one.folder.refusals.exists() and sheet.refusals,
        **_head(one.file, _LIST()),
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "imports/sheet.html", context, status=status)


def _ended_page(request: HttpRequest, one: Import) -> HttpResponse:
    sheet = one.checked
    context = {
        "one": one,
        "import_pk": one.pk,
        "fault": presenting.fault_words(one.fault),
        "sheet": presenting.sheet_said(sheet) if sheet else None,
        "address": f"/{language_now()}/explore/{one.dataset}/" if one.vintage else "",
        "rows": presenting.number(one.rows),
        "may_import": may(request.user, "import", "imports", one.side),
        **_head(one.file, _LIST()),
    }
    return render(request, "imports/ended.html", context)


@require_GET
@refusing
def import_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how far a reading is, for the page that watches it."""
    one = _seen(request, pk)
    return JsonResponse(
        {"state": one.state, "rows": presenting.number(one.rows), "percent": one.percent,
         "is_at_work": one.is_at_work}
    )  # fmt: skip


@require_GET
@refusing
def import_refusals(request: HttpRequest, pk: int) -> Any:
    """Give every refused row as CSV."""
    one = _seen(request, pk)
    if not one.folder.refusals.exists():
        raise Http404
    return FileResponse(
        one.folder.refusals.open("rb"), content_type="text/csv; charset=utf-8",
        as_attachment=True, filename=f"irtysh_import_{one.pk}_refused.csv",
    )  # fmt: skip


@require_POST
@refusing
def import_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what was checked."""
    one = _seen(request, pk)
    user: Any = request.user
    if not may(user, "publish", "imports", one.side):
        raise PermissionDenied
    if one.state != State.CHECKED:
        return redirect("imports_one", pk)
    form = forms.AboutForm(request.POST)
    if form.is_valid():
        try:
            about = form.about(source_of(one.dataset))
            actions.settle(actions.publish(one=one, about=about, by=user))
            return redirect("imports_one", pk)
        except NotAllowed:
            raise
        except IrtyshError as refused:
            form.add_error(None, explain(refused, language_now()))
    return _sheet_page(request, one, form)


def _deed(action: Callable[..., Any]) -> Callable[[HttpRequest, int], HttpResponse]:
    """Return the view of a button: the action, its refusal as a message, back to the page."""

    @require_POST
    @refusing
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        one = _seen(request, pk)
        try:
            action(one, request)
        except NotAllowed:
            raise
        except IrtyshError as refused:
            messages.error(request, explain(refused, language_now()))
        return redirect("imports_one", pk)

    return view


def _reopen(one: Import, request: HttpRequest) -> None:
    form = forms.OpeningForm(request.POST)
    if form.is_valid():
        actions.reopen(one=one, opening=form.opening(), by=request.user)


import_cancel = _deed(lambda one, request: (
    actions.settle(actions.cancel(one=one, by=request.user))
))  # fmt: skip
import_resume = _deed(lambda one, request: (
    actions.settle(actions.resume(one=one, by=request.user))
))  # fmt: skip
import_throw_away = _deed(lambda one, request: actions.throw_away(one=one, by=request.user))
import_reopen = _deed(_reopen)


def _seen(request: HttpRequest, pk: int) -> Import:
    """Return an import as it stands now; raises PermissionDenied for those who may not see it."""
    one = get_object_or_404(Import, pk=pk)
    if not may(request.user, "view_draft", "imports", one.side):
        raise PermissionDenied
    return look(one)


def _LIST() -> tuple[str, str]:
    return _("Imports of data"), reverse("imports_list")


def _head(title: str, *above: tuple[str, str]) -> dict[str, Any]:
    crumbs = [{"url": address, "label": label} for label, address in above]
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": _ICON,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            *crumbs,
            {"url": "", "label": title},
        ],
    }


class _ImportsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return scopes_of(request.user, "imports")["view_draft"] != NONE


@hooks.register("register_admin_urls")
def _urls() -> list[URLPattern]:
    deeds = {
        "publish": import_publish, "cancel": import_cancel, "resume": import_resume,
        "throw-away": import_throw_away, "reopen": import_reopen, "state": import_state,
        "refused.csv": import_refusals, "mapping": import_mapping,
    }  # fmt: skip
    return [
        path("data/imports/", import_list, name="imports_list"),
        path("data/imports/new/", import_new, name="imports_new"),
        path("data/imports/<int:pk>/", import_one, name="imports_one"),
        *(
            path(f"data/imports/<int:pk>/{name}{'' if '.' in name else '/'}", view,
                 name=f"imports_{name.replace('-', '_').split('.')[0]}")
            for name, view in deeds.items()
        ),
    ]  # fmt: skip


@hooks.register(MENU)
def _menu() -> MenuItem:
    return _ImportsItem(
        gettext_lazy("Imports of data"), reverse("imports_list"), name="data-imports",
        icon_name=_ICON, order=895,
    )  # fmt: skip


@hooks.register("register_log_actions")
def _log_actions(known: Any) -> None:
    """Name what imports write to the log."""
    for name, doing, done in (
        ("uploaded", gettext_lazy("Upload a data file"), gettext_lazy("Data file uploaded")),
        (
            "answered",
            gettext_lazy("Say how a file is read"),
            gettext_lazy("Said how the file is read"),
        ),
        ("reading", gettext_lazy("Read a data file"), gettext_lazy("Reading begun")),
        ("resumed", gettext_lazy("Go on reading"), gettext_lazy("Reading resumed")),
        ("cancelled", gettext_lazy("Stop a reading"), gettext_lazy("Reading stopped")),
        ("publishing", gettext_lazy("Publish a dataset"), gettext_lazy("Publishing begun")),
        ("published", gettext_lazy("Publish a dataset"), gettext_lazy("Dataset published")),
        ("thrown_away", gettext_lazy("Throw a file away"), gettext_lazy("File thrown away")),
    ):
        known.register_action(f"irtysh.data_{name}", doing, done)
