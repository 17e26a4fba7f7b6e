"""The second factor: a code that a telephone shows (TOTP), and recovery codes beside it.

A person who has one is nobody until the code was given: between the password and the code the
session holds a mark, and ``request.user`` is anonymous for every view but the one that asks.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_request, override
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.log_actions import log

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import Outcome, RecoveryCode, User
from irtysh.accounts.permissions import require
from irtysh.accounts.sign_in import record
from irtysh.vocabulary.errors import IrtyshError

AWAITED = "irtysh.second_factor_awaited"
"""Mark of a session whose person has not given the code yet."""
RECOVERY_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without signs that look like another."""


class WrongCode(IrtyshError):
    """The code of the second factor is not the one that is shown now, or was used already."""


class SecondFactor:
    """Make nobody of a person whose second factor is awaited; send the back office to ask."""

    _LEAVING = "/admin/logout/"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = request.user
        request.user = SimpleLazyObject(  # type: ignore[assignment]
            lambda: AnonymousUser() if awaits(request) else signed_in
        )
        path = request.path
        is_office = path.startswith(settings.CONTENT_SECURITY_POLICY_ADMIN_PATHS)
        if is_office and path != self._LEAVING and awaits(request):
            return HttpResponseRedirect(_question(request))
        return self.get_response(request)


def awaits(request: HttpRequest) -> bool:
    """Return True if the code of this session's person is still to be given."""
    return AWAITED in request.session


def awaited_person(request: HttpRequest) -> User | None:
    """Return the person who gave the password and not yet the code."""
    person = get_user(request) if awaits(request) else None
    return person if isinstance(person, User) else None


def _question(request: HttpRequest) -> str:
    with override(get_language_from_request(request)):
        return reverse("portal:account-code") + "?" + urlencode({"next": request.path})


def note_sign_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Answer Django's signal of a right password: write it down, and await the code if any."""
    if has_second_factor(user):
        request.session[AWAITED] = True
        record(request, Outcome.PASSWORD, user.get_username(), user)
    else:
        record(request, Outcome.SIGNED_IN, user.get_username(), user)


def has_second_factor(user: User) -> bool:
    """Return True if the person gives a code after the password."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def give_code(request: HttpRequest, code: str) -> User:
    """Finish signing in with a code; return the person, who is signed in now.

    Raises WrongCode. After a wrong code the next one is looked at only after a pause, twice as
    long each time; a recovery code never waits.
    """
    user = awaited_person(request)
    if user is None:
        raise WrongCode()
    if not _is_right(user, code):
        record(request, Outcome.CODE_REFUSED, user.get_username(), user)
        raise WrongCode()
    del request.session[AWAITED]
    request.session.cycle_key()
    request.user = user
    record(request, Outcome.SIGNED_IN, user.get_username(), user)
    return user


def _is_right(user: User, code: str) -> bool:
    plain = _plain(code)
    if plain.isdecimal() and len(plain) == 6:
        with transaction.atomic():
            # Locked, so that one code given twice at once opens one session.
            devices = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
            return any(device.verify_token(plain) for device in devices)
    used, _kinds = RecoveryCode.objects.filter(user=user, digest=_digest(plain)).delete()
    return used > 0


def device_to_set_up(user: User) -> TOTPDevice:
    """Return the device whose code is to be scanned; the same until it is confirmed."""
    device, _made = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "TOTP"}
    )
    return device


@transaction.atomic
def set_up(*, user: User, code: str) -> list[str]:
    """Begin to use the device that was shown; return the recovery codes, shown this once.

    Every session ends but the one whose hash the caller renews. Raises WrongCode.
    """
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token(_plain(code)):
        raise WrongCode()
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save()
    end_sessions(user)
    log(user, "irtysh.second_factor_on", user=user)
    send_letter(to=user, template="second_factor_on", context={})
    return renew_recovery_codes(user=user)


@transaction.atomic
def renew_recovery_codes(*, user: User) -> list[str]:
    """Replace all recovery codes; return the new ones, of which only hashes are kept."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_digest(_plain(code))) for code in codes
    )
    return codes


@transaction.atomic
def remove_second_factor(*, user: User, by: User) -> None:
    """Let a person sign in with the password alone again: by themselves or an administrator.

    The person is told by letter, and every session of theirs ends. Raises NotAllowed.
    """
    if by.pk != user.pk:
        require(by, "change", "accounts")
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    end_sessions(user)
    log(user, "irtysh.second_factor_off", user=by)
    send_letter(to=user, template="second_factor_off", context={"by_self": by.pk == user.pk})


def end_sessions(user: User) -> None:
    """End every session of a person, here and on other machines."""
    user.session_generation += 1
    user.save(update_fields=["session_generation"])


def picture_of(device: TOTPDevice) -> SafeString:
    """Return the QR code of a device as SVG to stand in a page."""
    import segno  # needed on one page of all

    drawn = segno.make(device.config_url, micro=False, error="m")
    svg = drawn.svg_inline(
        scale=6, border=4, dark="#000", light="#fff", svgclass="qr", omitsize=True
    )
    return mark_safe(svg)  # noqa: S308 made of squares, not of texts


def key_of(device: TOTPDevice) -> str:
    """Return the secret to be typed where no camera is at hand, in groups of four."""
    key = b32encode(device.bin_key).decode("ascii").rstrip("=")
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


def _plain(code: str) -> str:
    return "".join(sign for sign in code.casefold() if sign.isalnum())


def _digest(plain: str) -> str:
    return salted_hmac("irtysh.accounts.recovery", plain, algorithm="sha256").hexdigest()


def _new_code() -> str:
    """Return 16 signs of 31, some 79 bits, in four groups."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(16))
    return "-".join(signs[place : place + 4] for place in range(0, 16, 4))
