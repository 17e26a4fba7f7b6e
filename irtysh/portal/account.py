"""Pages of a person's own account: joining, signing in, profile; and the addresses of all.

For members and for people of the back office alike. Nothing here may be kept by a cache.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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
    CodeForm,
    FinishJoiningForm,
    JoinForm,
    NewPasswordForm,
    ProfileForm,
    SignInForm,
    refusal,
)
from irtysh.accounts.models import User
from irtysh.accounts.public_forms import TooManyRequests, limited_by_address, rate_limited
from irtysh.portal import account_security
from irtysh.portal.account_frame import own, shown, status_of, with_next

_HOUR = 3600
_LETTERS_OF_AN_ADDRESS = 3
"""Letters in an hour to one address."""
_LETTERS_FROM_AN_ADDRESS = 20
"""Letters in an hour asked for from one address of a machine: a class-room may join at once."""


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
            return redirect(with_next("portal:account-code", _next(request)))
        return redirect(_next(request))
    status = 429 if form.is_locked else status_of(form)
    return shown(request, "sign_in", status, form=form, next=_next(request))


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
    return shown(request, "code", status_of(form), form=form, next=_next(request))


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
        return shown(request, "letter_sent", address=form.cleaned_data["email"])
    return shown(request, "join", status_of(form), form=form)


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
        return shown(request, "link_not_valid", 410, again="join")
    return shown(request, "finish_joining", status_of(form), form=form, address=email)


@never_cache
def ask_password(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a link to choose another password."""
    form = AskPasswordForm(request.POST or None)
    if form.is_valid() and _letter_may_go(request, form):
        actions.ask_new_password(email=form.cleaned_data["email"])
        return shown(request, "letter_sent", address=form.cleaned_data["email"], is_password=True)
    return shown(request, "ask_password", status_of(form), form=form)


@never_cache
@sensitive_post_parameters()
def new_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set the password that a letter's link allows to change."""
    try:
        user = actions.person_of_link(uid, token)
    except actions.LinkNotValid:
        return shown(request, "link_not_valid", 410, again="password")
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        actions.change_password(user=user, password=form.cleaned_data["new_password1"], by=user)
        messages.success(request, _("The new password is saved. Sign in with it."))
        return redirect("portal:account-sign-in")
    return shown(request, "new_password", status_of(form), form=form)


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
    return shown(
        request,
        "profile",
        status_of(form),
        form=form,
        is_of_the_office=user.has_perm("wagtailadmin.access_admin"),
    )


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
    path("security/", account_security.security, name="account-security"),
    path("security/password/", account_security.change_password, name="account-change-password"),
    path("security/second-factor/", account_security.set_up, name="account-set-up"),
    path(
        "security/second-factor/off/",
        account_security.remove_second_factor,
        name="account-second-factor-off",
    ),
    path("security/recovery-codes/", account_security.renew_codes, name="account-recovery-codes"),
    path(
        "security/sign-out-everywhere/",
        account_security.sign_out_everywhere,
        name="account-sign-out-everywhere",
    ),
    path("delete/", account_security.erase, name="account-erase"),
]
