"""Pages of the back office: making one organisation of two entries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import may
from irtysh.registries.organisations import desk
from irtysh.registries.organisations.actions import check_mergeable, merge
from irtysh.registries.organisations.models import Merger, Organisation
from irtysh.registries.records.choosing import RecordChooser
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.deeds import heading
from irtysh.registries.records.models import register_title
from irtysh.registries.records.queues import list_address, may_somewhere
from irtysh.registries.records.screens import MENU, refusing
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_A_PAGE = 50


class OtherForm(forms.Form):
    """The entry with which one is merged."""

    other = forms.ModelChoiceField(
        label=gettext_lazy("The other entry"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Organisation.objects.all()  # type: ignore[attr-defined]
        # The field's words follow the language of whoever opens the page.
        self.fields["other"].widget = RecordChooser(model=Organisation)


@refusing
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """List pairs of entries whose names mean the same."""
    _refuse_strangers(request.user)
    context = {"pairs": desk.pairs(request.user), **_heading(_("Possible duplicates"))}
    return render(request, "organisations/duplicates.html", context)


@refusing
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Let the person choose with which entry one is merged."""
    one = get_object_or_404(Organisation, code=code)
    _refuse(request.user, one)
    form = OtherForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("organisations_merge_pair", one.code, form.cleaned_data["other"].code)
    context = {
        "one": one,
        "form": form,
        "namesakes": desk.namesakes(request.user, one),
        **heading(request.user, one, str(desk.MERGE.label), desk.MERGE.icon),
    }
    return render(request, "organisations/choose.html", context)


@refusing
def pair(request: HttpRequest, kept: str, gone: str) -> HttpResponse:
    """Show two entries side by side and what would move; merge them."""
    stays, goes = (get_object_or_404(Organisation, code=code) for code in (kept, gone))
    _refuse(request.user, stays, goes)
    user: Any = request.user
    problem = ""
    try:
        check_mergeable(stays, goes)
        if request.method == "POST":
            merger = merge(kept=stays, gone=goes, by=user)
            messages.success(request, _("The two entries are one now."))
            return redirect("organisations_merged", merger.pk)
    except IrtyshError as refused:
        problem = explain(refused, language_now())
        # What the action had begun to write into the entries is not in the database.
        stays, goes = (Organisation.objects.get(code=code) for code in (kept, gone))
    is_one = stays == goes
    context = {
        "stays": stays,
        "goes": goes,
        "problem": problem,
        "lines": [] if is_one else desk.side_by_side(stays, goes),
        "moves": [] if is_one else desk.moves(user, goes),
        "most": desk.MOST_MOVES,
        "choose_url": desk.MERGE.address(stays),
        **heading(user, stays, _("Merge two entries"), desk.MERGE.icon),
    }
    return render(request, "organisations/pair.html", context)


@refusing
@require_GET
def mergers(request: HttpRequest) -> HttpResponse:
    """List the mergers, the newest first."""
    _refuse_strangers(request.user)
    found = Merger.objects.select_related("kept", "by").order_by("-at", "-pk")
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, **_heading(_("History of mergers"))}
    return render(request, "organisations/mergers.html", context)


@refusing
@require_GET
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one merger: what went, what stayed, what moved."""
    _refuse_strangers(request.user)
    merger = get_object_or_404(Merger.objects.select_related("kept", "by"), pk=pk)
    context = {
        "merger": merger,
        "kept": desk.record_words(request.user, merger.kept),
        "changed": list(desk.changed_records(request.user, merger.changed)),
        "facts": desk.as_it_was(merger),
        **_heading(
            f"{merger.from_code} → {merger.kept.code}",
            {"url": reverse("organisations_mergers"), "label": _("History of mergers")},
        ),
    }
    return render(request, "organisations/merged.html", context)


def _refuse(user: Any, *entries: Organisation) -> None:
    sides = set().union(*(one.sides() for one in entries))
    if not may(user, "merge", "organisations", sides):
        raise PermissionDenied


def _refuse_strangers(user: Any) -> None:
    if not may_somewhere(user, "merge", "organisations"):
        raise PermissionDenied


def _heading(title: str, *crumbs: dict[str, str]) -> dict[str, Any]:
    listed = {"url": list_address("organisations"), "label": register_title("organisations")}
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": desk.MERGE.icon,
        "breadcrumbs_items": [listed, *crumbs, {"url": "", "label": title}],
    }


class _DuplicatesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_somewhere(request.user, "merge", "organisations")


@hooks.register(MENU)
def duplicates_menu_item() -> MenuItem:
    """Return the entry in the menu of the registers."""
    return _DuplicatesItem(
        gettext_lazy("Possible duplicates"), reverse("organisations_duplicates"),
        name="register-duplicates", icon_name="resubmit", order=850,
    )  # fmt: skip


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Return the addresses of the pages."""
    start = "registers/organisations"
    return [
        path(f"{start}/duplicates/", duplicates, name="organisations_duplicates"),
        path(f"{start}/mergers/", mergers, name="organisations_mergers"),
        path(f"{start}/mergers/<int:pk>/", merged, name="organisations_merged"),
        path(f"{start}/merge/<str:code>/", choose, name=desk.MERGE.url),
        path(f"{start}/merge/<str:kept>/<str:gone>/", pair, name="organisations_merge_pair"),
    ]
