"""Screens of the back office: a register in and out of files, what was imported, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin.widgets.button import Button

from irtysh.accounts.models import User
from irtysh.accounts.permissions import ANY, NONE, NotAllowed, may, require, scopes_of
from irtysh.registries.records import bulk_actions
from irtysh.registries.records.bulk import Outcome, Preview, PreviewRow, read_and_preview
from irtysh.registries.records.bulk_export import TYPES, as_csv, as_xlsx, documents_of
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.imports import HOURS_KEPT, ImportBatch
from irtysh.registries.records.models import register_title, registers, title_of
from irtysh.registries.records.policy import edit_address, object_of
from irtysh.sources.registers.columns import TRANSLATED, Kind
from irtysh.sources.registers.reading import LIMITS
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_ROWS_A_PAGE = 50
_FAULTS_OF_FILE = 200
_MEBIBYTE = 2**20
_OUTCOMES = [one.value for one in Outcome]


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(max_length=200)


def refusals_said(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Turn a person's mistake into a message on the page that they came from."""

    @wraps(view)
    def said(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            raise PermissionDenied(explain(error, language_now())) from error
        except IrtyshError as error:
            messages.error(request, explain(error, language_now()))
            return redirect(_way_back(request, **kwargs))

    return said


def _way_back(request: HttpRequest, register: str = "", pk: int = 0, **_rest: Any) -> str:
    if register:
        return reverse("records_import", kwargs={"register": register})
    return reverse("records_imported", kwargs={"pk": pk}) if pk else reverse("records_imports")


def may_import(user: User, register: str) -> bool:
    """Return True if a person may import some records of a register."""
    return scopes_of(user, object_of(register))["import"] != NONE


def may_export(user: User, register: str) -> bool:
    """Return True if a person may take some records of a register out."""
    return scopes_of(user, object_of(register))["export"] != NONE


def bulk_buttons(user: User, register: str) -> list[Button]:
    """Return the button that stands over the list of a register."""
    if not (may_import(user, register) or may_export(user, register)):
        return []
    url = reverse("records_import", kwargs={"register": register})
    return [Button(_("Imports and exports"), url=url, icon_name="upload", priority=90)]


def _known(register: str) -> str:
    if register not in registers():
        raise Http404(register)
    return register


@require_GET
def import_list(request: HttpRequest) -> HttpResponse:
    """List the imports that a person may see, and the registers they may import into."""
    if scopes_of(request.user, "imports")["view_draft"] == NONE:
        raise PermissionDenied
    seen = [
        batch
        for batch in ImportBatch.objects.select_related("by", "undone_by")[:500]
        if may(request.user, "view_draft", "imports", batch.side)
    ]
    page = Paginator(seen, _ROWS_A_PAGE).get_page(request.GET.get("p"))
    places = [
        {"name": name, "title": register_title(name)}
        for name in registers()
        if may_import(request.user, name) or may_export(request.user, name)
    ]
    context = {
        **_heading(_("Imports and exports"), "table"),
        "page": page,
        "batches": [_batch(batch) for batch in page],
        "registers": places,
    }
    return render(request, "records/imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_said
def import_upload(request: HttpRequest, register: str) -> HttpResponseBase:
    """Take a file in, keep it, go on to its preview."""
    _known(register)
    imports, exports = may_import(request.user, register), may_export(request.user, register)
    if not (imports or exports):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not imports:
            raise PermissionDenied
        if form.is_valid():
            sent = form.cleaned_data["file"]
            bulk_actions.refuse_large(sent.size)
            kept, _found = bulk_actions.upload(
                register=register, file=sent.name, data=sent.read(), by=request.user
            )
            return redirect("records_import_preview", register=register, pk=kept.pk)
    context = {
        **_heading(register_title(register), "upload", _crumb()),
        "register": register,
        "form": form,
        "may_import": imports,
        "may_export": exports,
        "languages": _languages(),
        "language": language_now(),
        "megabytes": LIMITS.file_bytes // _MEBIBYTE,
        "most_rows": LIMITS.rows - 1,
        "hours": HOURS_KEPT,
    }
    return render(request, "records/imports/upload.html", context)


@require_GET
@refusals_said
def import_preview(request: HttpRequest, register: str, pk: int) -> HttpResponseBase:
    """Show what would become of each row."""
    kept = bulk_actions.uploaded(pk, request.user)
    found = read_and_preview(
        register=_known(register), data=bytes(kept.content), file=kept.file, by=request.user
    )
    only = request.GET.get("only", "")
    rows = [row for row in found.rows if not only or row.outcome.value == only]
    page = Paginator(rows, _ROWS_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **_heading(kept.file, "view", _crumb(), _crumb(register)),
        "register": register,
        "pk": pk,
        "counts": [
            {"code": one, "label": _outcome(one), "count": found.counts[one]} for one in _OUTCOMES
        ],
        "only": only if only in _OUTCOMES else "",
        "total": len(found.rows),
        "errors": found.errors,
        "errors_said": _errors_said(found.errors),
        "file_faults": [_fault(fault) for fault in found.faults[:_FAULTS_OF_FILE]],
        "page": page,
        "rows": [_row(row, register) for row in page],
        "drafts": sum(1 for row in found.rows if not row.publishes and row.changes),
        "is_idle": not _to_write(found),
    }
    return render(request, "records/imports/preview.html", context)


@require_POST
@refusals_said
def import_apply(request: HttpRequest, register: str, pk: int) -> HttpResponseBase:
    """Save the file whole."""
    _known(register)
    batch = bulk_actions.apply_upload(pk=pk, by=request.user)
    messages.success(request, _("Imported. The import can be undone as a whole."))
    return redirect("records_imported", pk=batch.pk)


@require_GET
def imported(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one import."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if not may(request.user, "view_draft", "imports", batch.side):
        raise PermissionDenied
    page = Paginator(batch.rows.all(), _ROWS_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **_heading(batch.file, "tick", _crumb()),
        "batch": _batch(batch),
        "page": page,
        "rows": [_imported_row(request.user, row) for row in page],
        "may_undo": batch.undone_at is None and may(request.user, "delete", "imports", batch.side),
    }
    return render(request, "records/imports/imported.html", context)


@require_POST
@refusals_said
def import_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one import back whole."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    bulk_actions.undo(batch=batch, by=request.user)
    messages.success(request, _("The import was undone: every record holds what it held before."))
    return redirect("records_imported", pk=pk)


@require_GET
def export(request: HttpRequest, register: str, form: str) -> HttpResponseBase:
    """Give a register as a file, its published records only, of the person's side if so ruled."""
    _known(register)
    scope = scopes_of(request.user, object_of(register))["export"]
    if scope == NONE:
        raise PermissionDenied
    language = request.GET.get("lang", "")
    language = language if language in LANGUAGES else language_now()
    records = registers()[register].objects.filter(live=True)
    if scope != ANY:
        own = [
            record.pk
            for record in records.iterator(chunk_size=500)
            if may(request.user, "export", object_of(register), record.sides())
        ]
        records = records.filter(pk__in=own)
    require(request.user, "export", object_of(register))
    name = f'attachment; filename="irtysh_{register}_{language}.{form}"'
    documents = documents_of(records)
    headers = {"Content-Disposition": name}
    if form == "csv":
        return StreamingHttpResponse(
            as_csv(register, documents, language), content_type=TYPES[form], headers=headers
        )
    address = request.build_absolute_uri("/")
    stream = as_xlsx(register, documents, language, address)
    return FileResponse(stream, content_type=TYPES[form], headers=headers)


# What the pages show


def _heading(title: str, icon: str, *crumbs: dict[str, str]) -> dict[str, Any]:
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [home, *crumbs, {"url": "", "label": title}],
    }


def _crumb(register: str = "") -> dict[str, str]:
    if register:
        url = reverse("records_import", kwargs={"register": register})
        return {"url": url, "label": register_title(register)}
    return {"url": reverse("records_imports"), "label": _("Imports and exports")}


def _languages() -> list[tuple[str, str]]:
    return list(zip(LANGUAGES, (_("Russian"), _("Kazakh"), _("English")), strict=True))


def _outcome(code: str) -> str:
    return {
        Outcome.NEW: pgettext("rows", "new"),
        Outcome.CHANGED: pgettext("rows", "changed"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.FAULTY: _("with faults"),
    }[Outcome(code)]


def _outcome_of_one(code: str) -> str:
    return {
        Outcome.NEW: pgettext("one row", "new"),
        Outcome.CHANGED: pgettext("one row", "changed"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.FAULTY: pgettext("one row", "faults"),
    }[Outcome(code)]


def _errors_said(count: int) -> str:
    return ngettext(
        "%(count)s fault: correct the file and upload it again. Nothing was saved.",
        "%(count)s faults: correct the file and upload it again. Nothing was saved.",
        count,
    ) % {"count": count}


def _to_write(found: Preview) -> int:
    return found.counts["new"] + found.counts["changed"]


def _fault(fault: Any) -> dict[str, str]:
    return {
        "cell": fault.column,
        "row": str(fault.line or ""),
        "severity": fault.severity,
        "text": explain(fault, language_now()),
    }


def _row(row: PreviewRow, register: str) -> dict[str, Any]:
    return {
        "code": row.code,
        "row": row.row,
        "outcome": row.outcome.value,
        "outcome_label": _outcome_of_one(row.outcome),
        "is_draft": not row.publishes,
        "faults": [_fault(fault) for fault in row.faults],
        "changes": [
            {"label": _label(register, one.column), "before": one.before, "after": one.after}
            for one in row.changes
            if one.column != "id"
        ],
    }


def _label(register: str, name: str) -> str:
    """Return what people call a column of the file."""
    table = registers()[register].table
    for column in table.columns:
        if column.name == name or (column.kind is Kind.ROWS and column.name == name):
            return column_label(register, name, language_now())
        if column.kind in TRANSLATED and name.startswith(f"{column.name}_"):
            language = name.removeprefix(f"{column.name}_")
            if language in LANGUAGES:
                return f"{column_label(register, column.name, language_now())} ({language})"
    return name


def _batch(batch: ImportBatch) -> dict[str, Any]:
    return {
        "pk": batch.pk,
        "file": batch.file,
        "register": register_title(batch.register) if batch.register else "",
        "at": batch.at,
        "by": batch.by,
        "created": batch.created,
        "changed": batch.changed,
        "unchanged": batch.unchanged,
        "undone_at": batch.undone_at,
        "undone_by": batch.undone_by,
    }


def _imported_row(user: User, row: Any) -> dict[str, Any]:
    record = registers()[row.register].objects.filter(code=row.code).first()
    return {
        "code": row.code,
        "register": register_title(row.register),
        "title": record.title_in(language_now()) if record else title_of(row.register, row.code),
        "outcome": _outcome_of_one("new" if row.before is None else "changed"),
        "url": edit_address(user, record) if record else None,
        "is_gone": record is None,
        "is_draft": bool(record and (not record.live or record.has_unpublished_changes)),
    }
