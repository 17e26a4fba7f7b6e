"""Offers of firms: publishing one's own, writing to another's owner, answering."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from irtysh.accounts.permissions import may
from irtysh.accounts.public_forms import TooManyRequests, limited_by_address, rate_limited
from irtysh.portal.account import own
from irtysh.portal.offer_forms import EnquiryForm, OfferForm, ReplyForm, SpeakerForm
from irtysh.portal.presenters import words
from irtysh.portal.reading import reading_of
from irtysh.portal.registers.offers import matches_of
from irtysh.portal.registers.views import register_list, register_record
from irtysh.registries.offers import actions, relay, rules
from irtysh.registries.offers.models import Interest, Offer, OrganisationContact
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.codes import code_name, language_now
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_HOUR = 3600
_ENQUIRIES_OF_AN_ADDRESS = 10
"""Enquiries in an hour from one address."""
_ENQUIRIES_OF_AN_OFFER = 30
"""Enquiries in an hour about one offer: its owner is not to be flooded."""


def offers(request: HttpRequest) -> HttpResponse:
    """Show the list, from which what is past its last day is gone whoever forgot the daily run."""
    today = timezone.localdate()
    if cache.add(f"offers-expired/{today}", 1, timeout=_HOUR):
        actions.expire_due(today)
    return register_list(request, register="offers")


def offer(request: HttpRequest, code: str) -> HttpResponse:
    """Show one offer; of one that has ended, that it has, and since when."""
    ended = (rules.EXPIRED, rules.WITHDRAWN)
    gone = Offer.objects.filter(code=code, live=False, status__in=ended).first()
    if gone is None:
        return register_record(request, register="offers", code=code)
    page = {
        "state": code_name("offer_statuses", gone.status),
        "day": words.day_words(gone.expires_on) if gone.status == rules.EXPIRED else "",
    }
    return _shown(request, "offer_gone", page, 410)


@own
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person's offers, what they may do with each, and what was written to them."""
    user: Any = request.user
    today = timezone.localdate()
    contacts = OrganisationContact.objects.filter(user=user).select_related("organisation")
    confirmed = [one.organisation_id for one in contacts if one.confirmed_on]
    found = Offer.objects.filter(organisation__in=confirmed) | Offer.objects.filter(
        contact__user=user
    )
    offers = list(found.distinct().order_by("-changed_at").select_related("organisation"))
    enquiries = Interest.objects.of(offers).select_related("offer", "enquirer")
    page = {
        "offers": [_own_row(one, today) for one in offers],
        "enquiries": [
            {
                "interest": one,
                "title": one.offer.title_in(language_now()),
                "day": words.day_words(one.asked_on),
                "answered": words.day_words(one.answered_on),
                "is_late": one.is_late(today),
                "is_readable": one.forgotten_on is None,
            }
            for one in enquiries[:50]
        ],
        "organisations": [
            {"title": one.organisation.title_in(language_now()), "is_confirmed": one.confirmed_on}
            for one in contacts
        ],
        "form": SpeakerForm(),
        "may_offer": bool(confirmed) or may(user, "add", "offers"),
    }
    return _shown(request, "offers_mine", page)


def _own_row(one: Offer, today: Any) -> dict[str, Any]:
    state = one.state_on(today)
    steps = rules.steps_from(one.status)
    return {
        "offer": one,
        "title": one.title_in(language_now()),
        "kind": code_name("offer_kinds", one.kind),
        "state": code_name("offer_statuses", state),
        "is_current": one.is_current(today),
        "expires": words.day_words(one.expires_on),
        "reason": one.last_words() if one.status == rules.REJECTED else "",
        "may_renew": "renew" in steps and one.renewals() < rules.RENEWALS,
        "may_change": "submit" in steps,
        "may_withdraw": "withdraw" in steps,
        "matches": matches_of(one, language_now()) if one.is_current(today) else [],
    }


@own
@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Ask to speak for an organisation."""
    form = SpeakerForm(request.POST)
    if form.is_valid():
        user: Any = request.user
        actions.ask_to_speak(by=user, **form.cleaned_data)
        messages.success(request, _("A moderator will look at it, and you will get a letter."))
    else:
        messages.error(request, _("Choose an organisation."))
    return redirect("portal:offers-mine")


@own
def write_offer(request: HttpRequest, code: str = "") -> HttpResponse:
    """Fill in an offer, new or sent back, and send it to the moderator."""
    user: Any = request.user
    one = get_object_or_404(Offer, code=code) if code else None
    organisations = _own_organisations(user)
    if one is not None and not actions.owns(user, one):
        raise Http404
    if not organisations.exists():
        return redirect("portal:offers-mine")
    form = OfferForm(request.POST or None, organisations=organisations, offer=one)
    if form.is_bound and form.is_valid():
        try:
            actions.submit_offer(drafted=form.drafted(), by=user, offer=one)
            messages.success(request, _("Sent to the moderator. You will get a letter."))
            return redirect("portal:offers-mine")
        except IrtyshError as error:
            form.add_error(None, explain(error, language_now()))
    page = {"form": form, "is_new": one is None, "reason": one.last_words() if one else ""}
    return _shown(request, "offer_write", page, 422 if form.is_bound else 200)


def _own_organisations(user: Any) -> Any:
    """Return the organisations that a person may write offers for."""
    found = Organisation.objects.filter(live=True)
    if may(user, "add", "offers", user.side or None) and user.side:
        return found.filter(side=user.side).order_by("code")
    contacts = OrganisationContact.objects.filter(user=user, confirmed_on__isnull=False)
    return found.filter(pk__in=contacts.values("organisation")).order_by("code")


@own
@require_POST
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Renew or withdraw one's own offer."""
    one = get_object_or_404(Offer, code=code)
    user: Any = request.user
    if not actions.owns(user, one):
        raise Http404
    take = {"renew": actions.renew_offer, "withdraw": actions.withdraw_offer}.get(step)
    if take is None:
        raise Http404
    try:
        take(offer=one, by=user)
        messages.success(request, _("Done."))
    except IrtyshError as error:
        messages.error(request, explain(error, language_now()))
    return redirect("portal:offers-mine")


@never_cache
@sensitive_post_parameters("name", "email", "organisation", "text")
def enquire(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the owner of an offer."""
    one = get_object_or_404(Offer, code=code, live=True)
    if not one.is_current(timezone.localdate()) or not hasattr(one, "contact"):
        return redirect("portal:offers-record", code)
    form = EnquiryForm(request.POST or None)
    status, is_sent = 200, False
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                limited_by_address(request, "enquire", _ENQUIRIES_OF_AN_ADDRESS, _HOUR)
                rate_limited(f"enquire/{one.pk}", _ENQUIRIES_OF_AN_OFFER, _HOUR)
                said = form.cleaned_data
                relay.express_interest(
                    offer=one,
                    enquiry=relay.Enquiry(
                        name=said["name"], email=said["email"], text=said["text"],
                        organisation=said["organisation"],
                        language=(get_language() or "ru")[:2],
                    ),
                )  # fmt: skip
                status, is_sent = 200, True
            except IrtyshError as error:
                form.add_error(None, explain(error, language_now()))
                status = 429 if isinstance(error, TooManyRequests) else 422
    page = {
        "form": form,
        "offer": one,
        "title": one.title_in(language_now()),
        "is_sent": is_sent,
        "answering": one.answering(timezone.localdate()),
    }
    return _shown(request, "offer_enquire", page, status)


@never_cache
@sensitive_post_parameters("text")
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of an offer read an enquiry and answer it; the address is the key."""
    interest = get_object_or_404(Interest.objects.select_related("offer", "enquirer"), token=token)
    enquirer = getattr(interest, "enquirer", None)
    form = ReplyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            relay.answer_interest(interest=interest, **form.cleaned_data)
            return redirect("portal:offers-reply", token)
        except IrtyshError as error:
            form.add_error(None, explain(error, language_now()))
    page = {
        "form": form,
        "interest": interest,
        "enquirer": enquirer,
        "title": interest.offer.title_in(language_now()),
        "asked_on": words.day_words(interest.asked_on),
        "answered_on": words.day_words(interest.answered_on),
        "email": enquirer.email if enquirer and interest.addresses_shared else "",
    }
    response = _shown(request, "offer_reply", page, 422 if form.is_bound else 200)
    # The policy of all pages keeps the address from other sites; "no-referrer" would take from
    # the form the origin by which it is known to be ours.
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _shown(
    request: HttpRequest, template: str, page: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"reading": reading_of(request), "page": page}
    return render(request, f"portal/{template}.html", context, status=status)


urlpatterns = [
    path("offers/", offers, name="offers"),
    path("offers/new/", write_offer, name="offers-new"),
    path("offers/mine/", mine, name="offers-mine"),
    path("offers/speak/", speak, name="offers-speak"),
    path("offers/reply/<str:token>/", reply, name="offers-reply"),
    path("offers/<str:code>/", offer, name="offers-record"),
    path("offers/<str:code>/write/", enquire, name="offers-enquire"),
    path("offers/<str:code>/change/", write_offer, name="offers-change"),
    path("offers/<str:code>/<slug:step>/", step, name="offers-step"),
]
