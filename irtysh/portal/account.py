"""Pages of a person's own account: joining, signing in, profile, security, leaving.

For members and for people of the back office alike. Nothing here may be kept by a cache.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from irtysh.accounts import actions, second_factor
from irtysh.accounts.member_forms import (
    AskPasswordForm,
    ChangePasswordForm,
    CodeForm,
    FinishJoiningForm,
    JoinForm,
    NewPasswordForm,
    OwnPasswordForm,
    ProfileForm,
    SignInForm,
    refusal,
)
from irtysh.accounts.models import User
from irtysh.accounts.public_forms import TooManyRequests, limited_by_address, rate_limited
from irtysh.portal.reading import reading_of

_HOUR = 3600
_LETTERS_OF_AN_ADDRESS = 3
"""Letters in an hour to one address."""
_LETTERS_FROM_AN_ADDRESS = 20
"""Letters in an hour asked for from one address of a machine: a class-room may join at once."""
_SHOWN_SIGN_INS = 20

View = Callable[..., HttpResponse]


def _shown(request: HttpRequest, template: str, status: int = 200, **page: Any) -> HttpResponse:
    return render(
        request,
        f"account/{template}.html",
        {"reading": reading_of(request), "page": page},
        status=status,
    )


def _bound(form: forms.Form) -> int:
    """Return the status of a page whose form was sent and refused, or only shown."""
    return 422 if form.is_bound else 200


def own(view: View) -> View:
    """Give a view to people who are signed in; send others to sign in first."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if second_factor.awaits(request):
            return redirect(_with_next("portal:account-code", request.path))
        if not request.user.is_authenticated:
            return redirect(_with_next("portal:account-sign-in", request.path))
        return view(request, *args, **kwargs)

    return never_cache(sensitive_post_parameters()(wrapped))


def _with_next(name: str, target: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': target})}"


def _next(request: HttpRequest) -> str:
    """Return where to go after signing in: an address of this portal, else the account."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure()):
        return asked
    return reverse("portal:account")


@never_cache
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request, request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        if second_factor.awaits(request):
            return redirect(_with_next("portal:account-code", _next(request)))
        return redirect(_next(request))
    status = 429 if form.is_locked else _bound(form)
    return _shown(request, "sign_in", status, form=form, next=_next(request))


@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor."""
    if second_factor.awaited_person(request) is None:
        return redirect(_next(request))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            second_factor.give_code(request, form.cleaned_data["code"])
        except second_factor.WrongCode as wrong:
            form.add_error("code", refusal(wrong))
        else:
            return redirect(_next(request))
    return _shown(request, "code", _bound(form), form=form, next=_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("portal:account-sign-in")


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a link to it."""
    form = JoinForm(request.POST or None)
    if form.is_valid() and _letter_may_go(request, form):
        actions.ask_to_join(email=form.cleaned_data["email"], language=_language())
        return _shown(request, "letter_sent", address=form.cleaned_data["email"])
    return _shown(request, "join", _bound(form), form=form)


@never_cache
@sensitive_post_parameters()
def finish_joining(request: HttpRequest, token: str) -> HttpResponse:
    """Create the account that the link of a letter is for, and sign its person in."""
    try:
        email, _tongue = actions.address_of_link(token)
        form = FinishJoiningForm(User(username=email, email=email), request.POST or None)
        if form.is_valid():
            user = actions.join(
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["new_password1"],
            )
            login(request, user)
            messages.success(request, _("Your account is ready."))
            return redirect("portal:account")
    except actions.LinkNotValid:
        return _shown(request, "link_not_valid", 410, again="join")
    return _shown(request, "finish_joining", _bound(form), form=form, address=email)


@never_cache
def ask_password(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a link to choose another password."""
    form = AskPasswordForm(request.POST or None)
    if form.is_valid() and _letter_may_go(request, form):
        actions.ask_new_password(email=form.cleaned_data["email"])
        return _shown(request, "letter_sent", address=form.cleaned_data["email"], is_password=True)
    return _shown(request, "ask_password", _bound(form), form=form)


@never_cache
@sensitive_post_parameters()
def new_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set the password that a letter's link allows to change."""
    try:
        user = actions.person_of_link(uid, token)
    except actions.LinkNotValid:
        return _shown(request, "link_not_valid", 410, again="password")
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        actions.change_password(user=user, password=form.cleaned_data["new_password1"], by=user)
        messages.success(request, _("The new password is saved. Sign in with it."))
        return redirect("portal:account-sign-in")
    return _shown(request, "new_password", _bound(form), form=form)


def _letter_may_go(request: HttpRequest, form: JoinForm) -> bool:
    address = form.cleaned_data["email"].casefold()
    try:
        limited_by_address(request, "letter", _LETTERS_FROM_AN_ADDRESS, _HOUR)
        rate_limited(f"letter-to/{address}", _LETTERS_OF_AN_ADDRESS, _HOUR)
    except TooManyRequests as too_many:
        form.add_error(None, refusal(too_many))
        return False
    return True


@own
def profile(request: HttpRequest) -> HttpResponse:
    """Show the account and save what its person says of themselves."""
    user = request.user
    told = {"name": user.first_name, "language": user.language}
    form = ProfileForm(request.POST or None, initial=told)
    if form.is_valid():
        actions.save_profile(user=user, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(request, _("Saved."))
            return redirect("portal:account")
    return _shown(
        request,
        "profile",
        _bound(form),
        form=form,
        is_of_the_office=user.has_perm("wagtailadmin.access_admin"),
    )


@own
def security(request: HttpRequest) -> HttpResponse:
    """Show second factor, password, sessions and the last sign-ins."""
    user = request.user
    return _shown(
        request,
        "security",
        has_second_factor=second_factor.has_second_factor(user),
        codes_left=user.recovery_codes.count(),
        sign_ins=user.sign_ins.all()[:_SHOWN_SIGN_INS],
    )


@own
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password of somebody who is signed in."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if form.is_valid():
        user = request.user
        actions.change_password(user=user, password=form.cleaned_data["new_password1"], by=user)
        update_session_auth_hash(request, user)
        messages.success(request, _("The new password is saved. All other sessions are ended."))
        return redirect("portal:account-security")
    return _shown(request, "change_password", _bound(form), form=form)


@own
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the code to scan; with the right answer begin to use it and show recovery codes."""
    user = request.user
    if second_factor.has_second_factor(user):
        return redirect("portal:account-security")
    device = second_factor.device_to_set_up(user)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            codes = second_factor.set_up(user=user, code=form.cleaned_data["code"])
        except second_factor.WrongCode as wrong:
            form.add_error("code", refusal(wrong))
        else:
            update_session_auth_hash(request, user)
            return _shown(request, "recovery_codes", codes=codes)
    return _shown(
        request,
        "set_up",
        _bound(form),
        form=form,
        picture=second_factor.picture_of(device),
        key=second_factor.key_of(device),
    )


def _after_password(template: str, act: Callable[[HttpRequest], HttpResponse]) -> View:
    """Return a view that asks for the password once more before it acts."""

    @own
    def view(request: HttpRequest) -> HttpResponse:
        form = OwnPasswordForm(request.user, request.POST or None)
        try:
            if form.is_bound:
                rate_limited(f"own-password/{request.user.pk}", 10, _HOUR)
            if form.is_valid():
                return act(request)
        except (TooManyRequests, actions.OfficeAccountStays) as refused:
            form.full_clean()
            form.add_error(None, refusal(refused))
        return _shown(request, template, _bound(form), form=form)

    return view


def _remove_second_factor(request: HttpRequest) -> HttpResponse:
    second_factor.remove_second_factor(user=request.user, by=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The second factor is off."))
    return redirect("portal:account-security")


def _renew_codes(request: HttpRequest) -> HttpResponse:
    codes = second_factor.renew_recovery_codes(user=request.user)
    return _shown(request, "recovery_codes", codes=codes)


def _erase(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    actions.erase_account(user=user, by=user)
    request.session.flush()  # not logout: that would write down who left
    request.user = AnonymousUser()
    return _shown(request, "erased")


remove_second_factor = _after_password("remove_second_factor", _remove_second_factor)
renew_codes = _after_password("renew_codes", _renew_codes)
erase = _after_password("erase", _erase)


@own
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session, this one too."""
    actions.sign_out_everywhere(user=request.user, by=request.user)
    logout(request)
    messages.success(request, _("You are signed out on every machine."))
    return redirect("portal:account-sign-in")


def _language() -> str:
    return (get_language() or "ru")[:2]


urlpatterns = [
    path("", profile, name="account"),
    path("sign-in/", sign_in, name="account-sign-in"),
    path("code/", code, name="account-code"),
    path("sign-out/", sign_out, name="account-sign-out"),
    path("join/", join, name="account-join"),
    path("join/<str:token>/", finish_joining, name="account-finish-joining"),
    path("password/", ask_password, name="account-ask-password"),
    path("password/<str:uid>/<str:token>/", new_password, name="account-new-password"),
    path("security/", security, name="account-security"),
    path("security/password/", change_password, name="account-change-password"),
    path("security/second-factor/", set_up, name="account-set-up"),
    path("security/second-factor/off/", remove_second_factor, name="account-second-factor-off"),
    path("security/recovery-codes/", renew_codes, name="account-recovery-codes"),
    path("security/sign-out-everywhere/", sign_out_everywhere, name="account-sign-out-everywhere"),
    path("delete/", erase, name="account-erase"),
]
