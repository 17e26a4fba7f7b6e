"""Pages of an account's security: password, second factor, sessions; and its end."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from irtysh.accounts import actions, second_factor
from irtysh.accounts.member_forms import ChangePasswordForm, CodeForm, OwnPasswordForm, refusal
from irtysh.accounts.models import User
from irtysh.accounts.public_forms import TooManyRequests, rate_limited
from irtysh.portal.account_frame import View, own, shown, status_of

_SHOWN_SIGN_INS = 20
_HOUR = 3600


@own
def security(request: HttpRequest) -> HttpResponse:
    """Show second factor, password, sessions and the last sign-ins."""
    user = request.user
    return shown(
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
    return shown(request, "change_password", status_of(form), form=form)


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
            return shown(request, "recovery_codes", codes=codes)
    return shown(
        request,
        "set_up",
        status_of(form),
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
        return shown(request, template, status_of(form), form=form)

    return view


def _remove_second_factor(request: HttpRequest) -> HttpResponse:
    second_factor.remove_second_factor(user=request.user, by=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("The second factor is off."))
    return redirect("portal:account-security")


def _renew_codes(request: HttpRequest) -> HttpResponse:
    codes = second_factor.renew_recovery_codes(user=request.user)
    return shown(request, "recovery_codes", codes=codes)


def _erase(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    actions.erase_account(user=user, by=user)
    request.session.flush()  # not logout: that would write down who left
    request.user = AnonymousUser()
    return shown(request, "erased")


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
