"""Screens of the back office: offers to moderate, people to confirm, enquiries that wait.

They join Wagtail through its hooks; apps.py loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem

from irtysh.accounts.permissions import may
from irtysh.registries.offers import actions, queues, rules
from irtysh.registries.offers.models import Offer, OfferStepKind, OrganisationContact
from irtysh.registries.records.codes import code_name, language_now
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain


class ReasonForm(forms.Form):
    """Why an offer is sent back; its owner reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason; the owner reads it"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def moderation(request: HttpRequest) -> HttpResponse:
    """Show everything about offers that waits for this person."""
    _may_moderate(request.user)
    today = timezone.localdate()
    user: Any = request.user
    context = {
        "offers": [_row(one) for one in queues.offers_to_moderate(user)],
        "speakers": [
            {"contact": one, "organisation": one.organisation.title_in(language_now())}
            for one in queues.speakers_to_confirm(user)
        ],
        "expiring": [_row(one) for one in queues.offers_expiring(user, today)],
        "late": [
            {"interest": one, **_row(one.offer), "days": (today - one.asked_on).days}
            for one in queues.enquiries_unanswered(user, today)
        ],
        **_head(_("Offers to moderate")),
    }
    return render(request, "offers/moderation.html", context)


def offer(request: HttpRequest, code: str, step: str = "") -> HttpResponse:
    """Show one offer as its readers would see it, with its history; take a step."""
    one = get_object_or_404(Offer.objects.select_related("organisation"), code=code)
    if not may(request.user, "view_draft", "offers", one.sides()):
        raise PermissionDenied
    if not one.live:
        one = actions.as_written(one)
    form = ReasonForm(request.POST if step == "reject" and request.method == "POST" else None)
    allowed = rules.steps_from(one.status)
    error = ""
    if request.method == "POST" and step in ("publish", "reject", "renew", "withdraw"):
        is_filled = step != "reject" or form.is_valid()
        error = _taken(lambda: _take(one, step, form, request.user)) if is_filled else ""
        if is_filled and not error:
            messages.success(request, _("Done."))
            return redirect("irtysh_offer", one.code)
    language = language_now()
    context = {
        **_row(one),
        "allowed": [name for name in ("publish", "renew", "withdraw") if name in allowed],
        "can_reject": "reject" in allowed,
        "is_open": step == "reject",
        "form": form,
        "error": error,
        "steps": one.steps.select_related("by"),
        "products": [
            {"hs": row.hs, "chapter": code_name("hs_chapters", row.hs[:2]) if row.hs else "",
             "name": row.text_or_other("name", language)[0]}
            for row in one.products.all()
        ],
        "texts": [
            (label, tongue, one.text(column, tongue))
            for column, label in (("summary", _("Description")), ("terms", _("Terms")))
            for tongue in ("ru", "kk", "en")
            if one.text(column, tongue)
        ],
        "activities": [code_name("activities", code) for code in one.activities],
        "territories": [code_name("areas", code) for code in one.territories],
        "edit": AdminURLFinder(request.user).get_edit_url(one),
        "list": reverse("irtysh_moderation"),
        **_head(one.title_in(language)),
    }  # fmt: skip
    return render(request, "offers/offer.html", context)


@require_POST
def speaker(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Confirm or refuse that a person speaks for an organisation."""
    contact = get_object_or_404(OrganisationContact, pk=pk)
    take = actions.confirm_speaker if step == "confirm" else actions.refuse_speaker
    error = _taken(lambda: take(contact=contact, by=request.user))  # type: ignore[operator]
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("Done."))
    return redirect("irtysh_moderation")


def _take(one: Offer, step: str, form: ReasonForm, by: Any) -> None:
    match step:
        case "publish":
            actions.publish_offer(offer=one, by=by)
        case "reject":
            actions.reject_offer(offer=one, reason=form.cleaned_data["reason"], by=by)
        case "renew":
            actions.renew_offer(offer=one, by=by)
        case _:
            actions.withdraw_offer(offer=one, by=by)


def _taken(take: Callable[[], Any]) -> str:
    """Return what went wrong in words; empty if nothing did."""
    try:
        take()
    except IrtyshError as error:
        return explain(error, language_now())
    return ""


def _row(one: Offer) -> dict[str, Any]:
    language = language_now()
    return {
        "offer": one,
        "title": one.title_in(language),
        "kind": code_name("offer_kinds", one.kind),
        "state": code_name("offer_statuses", one.state_on(timezone.localdate())),
        "organisation": one.organisation.title_in(language) if one.organisation else "",
        "side": code_name("sides", one.side),
    }


def _may_moderate(user: Any) -> None:
    if not may(user, "view_draft", "offers"):
        raise PermissionDenied


def _head(title: str) -> dict[str, Any]:
    return {"page_title": title, "header_title": title, "header_icon": "tag"}


class _ModerationItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, "moderate", "offers")


@hooks.register("register_admin_urls")
def _urls() -> list[Any]:
    return [
        path("offers-to-moderate/", moderation, name="irtysh_moderation"),
        path("offers-to-moderate/people/<int:pk>/<slug:step>/", speaker, name="irtysh_speaker"),
        path("offers-to-moderate/<str:code>/", offer, name="irtysh_offer"),
        path("offers-to-moderate/<str:code>/<slug:step>/", offer, name="irtysh_offer_step"),
    ]


@hooks.register("register_admin_menu_item")
def _menu() -> MenuItem:
    return _ModerationItem(
        gettext_lazy("Offers to moderate"), reverse("irtysh_moderation"), icon_name="tag", order=215
    )


@hooks.register("register_log_actions")
def _log_actions(registry: Any) -> None:
    for kind in OfferStepKind:
        registry.register_action(f"irtysh.offer.{kind}", kind.label, kind.label)
    for name, words in {
        "ask_to_speak": gettext_lazy("Asked to speak for an organisation"),
        "confirm_speaker": gettext_lazy("Confirmed to speak for an organisation"),
        "refuse_speaker": gettext_lazy("Refused to speak for an organisation"),
        "interest": gettext_lazy("Enquiry sent on"),
        "interest_answered": gettext_lazy("Enquiry answered"),
    }.items():
        registry.register_action(f"irtysh.offer.{name}", words, words)
