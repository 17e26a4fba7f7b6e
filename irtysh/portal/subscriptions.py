"""Pages of what a reader follows: subscribing with or without an account, and stopping.

Nothing here may be kept by a cache. A record's own page is the same for everybody; the link on it
leads here, where a person is known.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from irtysh.accounts.public_forms import (
    HumanForm,
    TooManyRequests,
    limited_by_address,
    rate_limited,
)
from irtysh.portal.account import own
from irtysh.portal.reading import reading_of
from irtysh.portal.registers.paths import record_path
from irtysh.registries.following import actions
from irtysh.registries.following.changes import Topic, territories, themes
from irtysh.registries.following.models import Follow
from irtysh.registries.records.models import Listing, register_title, registers
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.wording import explain

_HOUR = 3600
_LETTERS_TO_AN_ADDRESS = 3
_LETTERS_FROM_AN_ADDRESS = 20


def _language() -> str:
    return (get_language() or "ru")[:2]


class TopicForm(forms.Form):
    """What to hear of; every field may stay open."""

    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    territory = forms.ChoiceField(label=gettext_lazy("Territory"), required=False)
    register = forms.ChoiceField(label=pgettext_lazy("records", "Register"), required=False)
    series = forms.ChoiceField(label=gettext_lazy("Series of events"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = _language()
        series = Listing.objects.filter(register="series").order_by(f"sort_{language}")
        listed = {
            "theme": themes(language),
            "territory": territories(language),
            "register": [(one, register_title(one, language)) for one in registers()],
            "series": [(one.code, one.title(language)) for one in series],
        }
        for name, pairs in listed.items():
            self.fields[name].choices = [("", _("all")), *pairs]

    @property
    def topic(self) -> Topic:
        """What was chosen."""
        return Topic(**{name: self.cleaned_data[name] for name in Topic.__slots__})


class AddressForm(HumanForm, TopicForm):
    """The same for somebody without an account."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=150,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def _shown(request: HttpRequest, template: str, status: int = 200, **page: Any) -> HttpResponse:
    context = {"reading": reading_of(request), "page": page}
    return render(request, f"portal/{template}.html", context, status=status)


def _not_valid(request: HttpRequest, refused: IrtyshError) -> HttpResponse:
    return _shown(request, "subscribe_refused", 410, said=explain(refused, _language()))


@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask what to hear of, and where to send it."""
    known = request.user.is_authenticated
    asked = {name: request.GET.get(name, "") for name in Topic.__slots__}
    form = (TopicForm if known else AddressForm)(request.POST or None, initial=asked)
    if form.is_valid():
        if known:
            actions.subscribe(user=request.user, topic=form.topic)
            messages.success(request, _("You are subscribed. The letter comes once a week."))
            return redirect("portal:subscribe")
        if _letter_may_go(request, form):
            email = form.cleaned_data["email"]
            actions.ask_to_subscribe(email=email, language=_language(), topic=form.topic)
            return _shown(request, "subscribe_sent", address=email)
    return _shown(
        request,
        "subscribe",
        422 if form.is_bound else 200,
        form=form,
        is_known=known,
        subscriptions=_subscriptions(request) if known else [],
        follows=_follows(request) if known else [],
    )


def _letter_may_go(request: HttpRequest, form: forms.Form) -> bool:
    try:
        limited_by_address(request, "subscription", _LETTERS_FROM_AN_ADDRESS, _HOUR)
        address = form.cleaned_data["email"].casefold()
        rate_limited(f"subscription-to/{address}", _LETTERS_TO_AN_ADDRESS, _HOUR)
    except TooManyRequests as too_many:
        form.add_error(None, explain(too_many, _language()))
        return False
    return True


def _subscriptions(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"id": one.pk, "words": ", ".join(one.topic.words(_language()))}
        for one in request.user.subscriptions.all()
    ]


def _follows(request: HttpRequest) -> list[dict[str, Any]]:
    found = []
    for one in Follow.objects.filter(user=request.user):
        listing = Listing.objects.filter(register=one.register, code=one.code).first()
        found.append(
            {
                "register": one.register,
                "code": one.code,
                "title": listing.title(_language()) if listing else one.code,
                "path": record_path(one.register, one.code, _language()) if listing else "",
                "by_mail": one.by_mail,
            }
        )
    return found


@require_POST
@own
def stop_own(request: HttpRequest, subscription: int) -> HttpResponse:
    """End one subscription of the person who is signed in."""
    token = actions.stop_token(user=request.user)
    actions.stop_one(token=token, subscription=subscription)
    messages.success(request, _("The subscription has ended."))
    return redirect("portal:subscribe")


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a link confirms, and keep it once the button is pressed.

    Programs that look into letters open links but press no buttons.
    """
    try:
        _email, _tongue, topic = actions.asked_by_link(token)
        if request.method == "POST":
            kept = actions.confirm(token=token)
            stop = reverse("portal:unsubscribe", args=[actions.stop_token(kept)])
            return _shown(request, "subscribe_done", stop=stop)
    except actions.SubscriptionLinkNotValid as refused:
        return _not_valid(request, refused)
    return _shown(request, "subscribe_confirm", topic=topic.words(_language()))


@csrf_exempt
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a reader subscribed to, and end it once a button is pressed.

    A program of letters may press for the reader (RFC 8058): it comes without a cookie, hence
    no proof against forgery but the signed token itself.
    """
    try:
        if request.method == "POST":
            return _stopped(request, token)
        found = actions.subscriptions_of_link(token)
    except actions.SubscriptionLinkNotValid as refused:
        return _not_valid(request, refused)
    listed = [{"id": one.pk, "words": ", ".join(one.topic.words(_language()))} for one in found]
    return _shown(request, "subscribe_stop", subscriptions=listed)


def _stopped(request: HttpRequest, token: str) -> HttpResponse:
    one = request.POST.get("subscription", "")
    if one.isdecimal() and len(one) < 18:
        actions.stop_one(token=token, subscription=int(one))
        return redirect("portal:unsubscribe", token)
    actions.stop_all(token=token)
    return _shown(request, "subscribe_stopped")


@own
def follow(request: HttpRequest, register: str, code: str) -> HttpResponse:
    """Let the person who is signed in follow a record, or follow it no more."""
    listing = Listing.objects.filter(register=register, code=code).first()
    if listing is None:
        raise Http404
    if request.method == "POST":
        if request.POST.get("stop"):
            actions.unfollow(request.user, register, code)
            messages.success(request, _("You follow this record no more."))
        else:
            actions.follow(request.user, register, code)
            messages.success(request, _("You follow this record now."))
        return redirect("portal:follow", register, code)
    return _shown(
        request,
        "subscribe_follow",
        title=listing.title(_language()),
        path=record_path(register, code, _language()),
        is_followed=actions.follows(request.user, register, code),
    )


urlpatterns = [
    path("subscribe/", subscribe, name="subscribe"),
    path("subscribe/stop/<int:subscription>/", stop_own, name="subscription-stop"),
    path("subscribe/confirm/<str:token>/", confirm, name="subscription-confirm"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("follow/<slug:register>/<str:code>/", follow, name="follow"),
]
