"""Screens of the back office: documents to read, proposals to decide, claims to bind.

They join Wagtail through its hooks; wagtail_hooks.py loads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import may
from irtysh.registries.claims import actions, engine, forms, proposal_actions, reading
from irtysh.registries.claims.judged import Judged, since
from irtysh.registries.claims.models import VERDICTS, Claim, document_title
from irtysh.registries.claims.proposals import DAYS_KEPT, Extraction, Proposal, State
from irtysh.registries.records.codes import code_name, language_now, release_now
from irtysh.registries.records.deeds import Deed, heading, register_deed
from irtysh.registries.records.policy import may_with, office_address
from irtysh.registries.records.screens import MENU, refusing
from irtysh.vocabulary.errors import IrtyshError

CHECK = Deed("claims", gettext_lazy("Bind and check"), "triage", "claims_check", "link")
register_deed(CHECK)
_ICON = "openquote"
_PAGE = 30


@refusing
def documents(request: HttpRequest) -> HttpResponse:
    """List the documents that were read; read one more."""
    _may_triage(request.user)
    user: Any = request.user
    sent = request.method == "POST"
    form = forms.DocumentForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        made = _read(form, user)
        if made is not None:
            messages.success(
                request, _("Read. Proposals found: %(n)s.") % {"n": made.proposals.count()}
            )
            return redirect("claims_document", made.pk)
    found = Extraction.objects.select_related("by").annotate(
        total=Count("proposals"), waiting=Count("proposals", filter=Q(proposals__state="proposed"))
    )
    found = found.order_by("-at", "-pk")
    page = Paginator(found, _PAGE).get_page(request.GET.get("p"))
    rows = [
        {"one": one, "title": document_title(one.source, language_now()) if one.source else ""}
        for one in page
    ]
    context = {"form": form, "rows": rows, "page": page, "days": DAYS_KEPT,
               **_head(_("Documents read for claims"))}  # fmt: skip
    return render(request, "claims/documents.html", context)


def _read(form: forms.DocumentForm, user: Any) -> Extraction | None:
    """Read the file; a refusal becomes an error of the form."""
    sent = form.cleaned_data["file"]
    try:
        reading.refuse_large(sent.name, sent.size)
        return proposal_actions.read_document(
            file=sent.name, data=sent.read(), source=form.cleaned_data["source"], by=user
        )
    except IrtyshError as refused:
        form.add_error("file", forms.said_of(refused))
        return None


@refusing
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the proposals of a document beside its text."""
    _may_triage(request.user)
    one = get_object_or_404(Extraction, pk=pk)
    proposals = list(one.proposals.all())
    shown = request.GET.get("state", State.PROPOSED)
    counts = {state: sum(item.state == state for item in proposals) for state in State.values}
    if shown not in counts:
        shown = State.PROPOSED
    listed = [item for item in proposals if item.state == shown]
    context = {
        "one": one,
        "title": document_title(one.source, language_now()) if one.source else one.file,
        "proposals": [_row(item, one.text) for item in listed],
        "language": forms.IN_LANGUAGE.get(one.language, one.language),
        "states": [(state, State(state).label, counts[state]) for state in State.values],
        "shown": shown,
        "pieces": list(pieces(one.text, proposals)),
        "days": DAYS_KEPT,
        **_head(one.file, (_("Documents read for claims"), reverse("claims_documents"))),
    }
    return render(request, "claims/document.html", context)


def pieces(text: str, proposals: list[Proposal]) -> Iterator[tuple[str, Proposal | None]]:
    """Yield a text in pieces, each with the proposal whose words it is; the first of two."""
    place = 0
    for one in sorted(proposals, key=lambda item: (item.start, -item.end)):
        if one.start < place or one.end > len(text):
            continue
        if one.start > place:
            yield text[place : one.start], None
        yield text[one.start : one.end], one
        place = one.end
    if place < len(text):
        yield text[place:], None


def _row(one: Proposal, text: str) -> dict[str, Any]:
    fields = one.fields
    parts = [
        code_name("claim_kinds", fields.get("kind") or ""),
        code_name("claim_hedges", fields.get("hedge") or "")
        if fields.get("hedge") not in (None, "", "none") else "",
        str(fields.get("value") or ""),
        code_name("units", fields.get("unit") or ""),
        str(fields.get("period") or ""),
    ]  # fmt: skip
    about = " · ".join(part for part in parts if part)
    return {"one": one, "words": text[one.start : one.end], "about": about}


@refusing
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one proposal with the form of a claim; accept, reject or check the expression."""
    _may_triage(request.user)
    user: Any = request.user
    one = get_object_or_404(Proposal.objects.select_related("extraction"), pk=pk)
    is_reject = "reject" in request.POST
    is_sent = request.method == "POST" and not is_reject
    form = forms.AcceptForm(request.POST if is_sent else None, initial=_initial(one))
    refusal = forms.RejectForm(request.POST if is_reject else None, prefix="reject")
    checked = engine.checked(request.POST.get("expression", ""), language_now()) if is_sent else {}
    if "accept" in request.POST and form.is_valid():
        claim = _accepted(form, one, user)
        if claim is not None:
            words = _("A draft of the claim is made. Complete it and publish it.")
            messages.success(request, words)
            return redirect(office_address(user, claim))
    if is_reject and refusal.is_valid():
        try:
            proposal_actions.reject(proposal=one, reason=refusal.cleaned_data["reason"], by=user)
            messages.success(request, _("Set aside."))
            return redirect(_next(one))
        except IrtyshError as refused:
            refusal.add_error(None, forms.said_of(refused))
    if "check" in request.POST:
        form = forms.AcceptForm(initial=_initial(one) | _typed(request))
    held = Claim.objects.filter(code=one.claim).first() if one.claim else None
    extraction = one.extraction
    context = {
        "one": one,
        "form": form,
        "refusal": refusal,
        "checked": checked,
        "is_open": one.state == State.PROPOSED,
        "claim": held,
        "claim_address": office_address(user, held) if held else "",
        "before": extraction.text[max(one.start - 300, 0) : one.start],
        "after": extraction.text[one.end : one.end + 300],
        **_head(
            _("A claim proposed"),
            (_("Documents read for claims"), reverse("claims_documents")),
            (extraction.file, reverse("claims_document", args=(extraction.pk,))),
        ),
    }
    return render(request, "claims/proposal.html", context)


def _initial(one: Proposal) -> dict[str, Any]:
    stem = one.extraction.source or "claim"
    found = {name: value for name, value in one.fields.items() if value not in (None, "", [])}
    found.setdefault("hedge", "none")
    return {
        **found,
        "source": one.extraction.source,
        "code": forms.suggested_code(Claim, stem[:70]),
    }


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Return what was typed, so that checking an expression loses none of it."""
    known = forms.AcceptForm().fields
    found: dict[str, Any] = {name: request.POST.get(name, "") for name in known if name != "areas"}
    return {**found, "areas": request.POST.getlist("areas")}


def _accepted(form: forms.AcceptForm, one: Proposal, user: Any) -> Claim | None:
    try:
        return proposal_actions.accept(proposal=one, document=form.document(), by=user)
    except proposal_actions.ClaimIdTaken as refused:
        form.add_error("code", forms.said_of(refused))
    except (proposal_actions.ParaphraseMissing, proposal_actions.ParaphraseIsQuote) as refused:
        form.add_error(f"text_{language_now()}", forms.said_of(refused))
    except IrtyshError as refused:
        form.add_error(None, forms.said_of(refused))
    return None


def _next(one: Proposal) -> str:
    """Return the address of the next proposal of the document, else of the document."""
    waiting = Proposal.objects.filter(extraction=one.extraction_id, state=State.PROPOSED)
    following = waiting.filter(start__gte=one.start).exclude(pk=one.pk).first() or waiting.first()
    if following is None:
        return reverse("claims_document", args=(one.extraction_id,))
    return reverse("claims_proposal", args=(following.pk,))


@refusing
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Show how a claim was judged; try an expression, bind it, note a change of verdict."""
    user: Any = request.user
    claim = get_object_or_404(Claim, code=code)
    if not may_with(user, "triage", claim):
        raise PermissionDenied
    form = forms.BindForm(request.POST if "expression" in request.POST else None)
    checked = {}
    if form.is_bound:
        checked = engine.checked(request.POST.get("expression", ""), language_now())
        if "save" in request.POST and form.is_valid() and _bound(form, claim, user):
            messages.success(request, _("Bound. The verdict was computed anew."))
            return redirect(CHECK.address(claim))
    changed = Judged.objects.changed(release_now()).filter(claim=code).first()
    if "notice" in request.POST and changed is not None:
        actions.notice(judged=changed, by=user)
        messages.success(request, _("Noted."))
        return redirect(CHECK.address(claim))
    rows = list(Judged.objects.history(code))
    began = since(rows)
    context = {
        "claim": claim,
        "form": form,
        "checked": checked,
        "bindings": [(row.expression, row.text_or_other("reading", language_now())[0])
                     for row in claim.bindings.all()],
        "unbound": claim.text_or_other("unbound", language_now())[0],
        "verdict": code_name(VERDICTS, rows[0].verdict) if rows else "",
        "said": rows[0].result.get("said", {}).get(language_now(), {}) if rows else {},
        "since": began.release if began else "",
        "before": code_name(VERDICTS, changed.before) if changed else "",
        "public": f"/{language_now()}/claims/{claim.code}/" if claim.live else "",
        **heading(user, claim, str(CHECK.label), CHECK.icon),
    }  # fmt: skip
    return render(request, "claims/check.html", context)


def _bound(form: forms.BindForm, claim: Claim, user: Any) -> bool:
    try:
        proposal_actions.bind(
            claim=claim, expression=form.cleaned_data["expression"], readings=form.readings(),
            by=user,
        )  # fmt: skip
    except IrtyshError as refused:
        form.add_error(None, forms.said_of(refused))
        return False
    return True


def _may_triage(user: Any) -> None:
    if not may(user, "triage", "claims"):
        raise PermissionDenied


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


class _DocumentsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "triage", "claims")


@hooks.register("register_admin_urls")
def _urls() -> list[URLPattern]:
    return [
        path("claims/documents/", documents, name="claims_documents"),
        path("claims/documents/<int:pk>/", document, name="claims_document"),
        path("claims/proposals/<int:pk>/", proposal, name="claims_proposal"),
        path("registers/claims/check/<str:code>/", check, name=CHECK.url),
    ]


@hooks.register(MENU)
def _menu() -> MenuItem:
    return _DocumentsItem(
        gettext_lazy("Documents for claims"), reverse("claims_documents"), icon_name=_ICON,
        order=900,
    )  # fmt: skip
