"""Signing in: lock-out after repeated failures, and a record of every attempt.

The lock is on a name *at* an address: five wrong passwords within fifteen minutes close that
name for that address only, so neither a colleague behind the same address nor the person
elsewhere is shut out. The record of attempts is what it counts.
"""

from __future__ import annotations

import logging
import unicodedata
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from irtysh.accounts.address import client_address
from irtysh.accounts.models import Outcome, SignIn, User
from irtysh.accounts.public_forms import TooManyRequests, limited_by_address
from irtysh.vocabulary.errors import IrtyshError

FAILURES = 5
"""Wrong passwords after which a name is locked at an address."""
LOCK = timedelta(minutes=15)
"""How long the oldest of them counts."""
ATTEMPTS_OF_AN_ADDRESS = 300
"""Attempts in ten minutes, with any names: more than an office of people makes."""
SHORTEN_AFTER = timedelta(days=90)
DELETE_AFTER = timedelta(days=365)
_IPV4_KEPT, _IPV6_KEPT = 16, 32

_log = logging.getLogger(__name__)


class SignInLocked(IrtyshError):
    """Too many wrong passwords for one name from one address; ``minutes`` says how long."""


class LockingBackend(ModelBackend):
    """Django's own check of name and password, which a locked name does not reach.

    What refused is left at the request as ``sign_in_refused`` for the form to say.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """Return the person, or None; raises PermissionDenied, which ends Django's search."""
        name = kwargs.get(User.USERNAME_FIELD) if username is None else username
        if request is not None and name:
            try:
                limited_by_address(request, "sign-in", ATTEMPTS_OF_AN_ADDRESS, 600)
                refuse_locked(name, client_address(request))
            except (SignInLocked, TooManyRequests) as refused:
                request.sign_in_refused = refused  # type: ignore[attr-defined]
                raise PermissionDenied from refused
        found: User | None = super().authenticate(request, username, password, **kwargs)
        return found


def refuse_locked(name: str, address: str) -> None:
    """Raise SignInLocked if a name is locked at an address now."""
    since = timezone.now() - LOCK
    failures = SignIn.objects.failures(name_hash(name), address, since)
    latest = list(failures.order_by("-at").values_list("at", flat=True)[:FAILURES])
    if len(latest) == FAILURES:
        left = latest[-1] + LOCK - timezone.now()
        raise SignInLocked(minutes=max(1, -(-int(left.total_seconds()) // 60)))


def name_hash(name: str) -> str:
    """Return what stands for a name that was typed; spellings that mean the same give the same."""
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return salted_hmac("irtysh.accounts.sign_in", plain, algorithm="sha256").hexdigest()


def record(request: HttpRequest | None, outcome: Outcome, name: str, user: User | None) -> None:
    """Write one attempt down; a locked name is written once a lock, however often it is tried."""
    address = client_address(request) if request is not None else ""
    own = SignIn.objects.filter(name_hash=name_hash(name), address=address)
    if outcome == Outcome.LOCKED:
        last = own.order_by("-at", "-pk").first()
        if last is not None and last.outcome == Outcome.LOCKED:
            return
    SignIn.objects.create(user=user, name_hash=name_hash(name), outcome=outcome, address=address)


def record_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Answer Django's signal of a failure."""
    name = str(credentials.get(User.USERNAME_FIELD) or credentials.get("username") or "")
    refused = getattr(request, "sign_in_refused", None)
    if isinstance(refused, TooManyRequests):
        return  # the limit would be of no use if each attempt past it were written
    user = User.objects.filter(**{User.USERNAME_FIELD: name}).first()
    record(request, Outcome.LOCKED if refused else Outcome.REFUSED, name, user)


def record_sign_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Answer Django's signal of signing out."""
    if user is not None:
        record(request, Outcome.SIGNED_OUT, user.get_username(), user)


@transaction.atomic
def forget_old_signins(by: User | None = None) -> dict[str, int]:
    """Shorten addresses after 90 days, delete records after a year; return how many of each.

    To be called once a day. ``{"shortened": …, "deleted": …}``
    """
    now = timezone.now()
    deleted, _kinds = SignIn.objects.filter(at__lt=now - DELETE_AFTER).delete()
    old = SignIn.objects.filter(at__lt=now - SHORTEN_AFTER)
    in_full = old.exclude(address="").exclude(address__contains="/")
    shortened = 0
    for address in list(in_full.order_by("address").values_list("address", flat=True).distinct()):
        shortened += in_full.filter(address=address).update(address=shortened_address(address))
    _log.info("sign-ins forgotten by %s: %d shortened, %d deleted", by or "-", shortened, deleted)
    return {"shortened": shortened, "deleted": deleted}


def shortened_address(address: str) -> str:
    """Return the network that an address lies in: 16 bits of IPv4, 32 of IPv6."""
    known = ip_address(address)
    bits = _IPV4_KEPT if known.version == 4 else _IPV6_KEPT
    return str(ip_network(f"{known}/{bits}", strict=False))
