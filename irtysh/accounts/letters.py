"""Letters: written in the reader's language, sent after the commit, remembered without their text.

A letter ``letters/NAME`` has two templates: ``letters/NAME.subject.txt``, one line, and
``letters/NAME.txt``, plain text; ``letters/NAME.html`` may stand beside them. In them
``base_url`` is the portal's address without a slash at its end, ``language`` the reader's
language, ``reader`` the name of the person ("" where unknown).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from irtysh.accounts.models import Letter, LetterState, User

_REMEMBERED = timedelta(days=365)
_log = logging.getLogger(__name__)

Reader = User | tuple[str, str]
"""Somebody with an account, or an address and a language."""


def send_letter(
    *,
    to: Reader,
    template: str,
    context: Mapping[str, Any],
    reply_to: str | None = None,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Letter | None:
    """Send a letter once the transaction is committed; return what is remembered of it.

    ``key`` names an occasion: a second letter of the same key is not sent, and None is returned,
    unless the first one failed. A person who may not sign in any more, or has no address, gets
    none: None too. ``headers`` are added to the letter's own. Nothing that goes wrong with a
    letter reaches the caller: it is written to the log, and its state becomes "failed".
    """
    address, language = (to.email, to.language) if isinstance(to, User) else to
    if not address or (isinstance(to, User) and not to.is_active):
        _log.warning("letter %s has no reader", template)
        return None
    letter = _remembered(to, template, language, key)
    if letter is None:
        return None

    def send() -> None:
        known = dict(context) | {"reader": _name(to)}
        _send(letter, address, known, reply_to, dict(headers or {}))

    transaction.on_commit(send, robust=True)
    return letter


def address_hash(address: str) -> str:
    """Return what stands for an address where the address itself must not be kept."""
    return salted_hmac(
        "irtysh.accounts.letters", address.strip().casefold(), algorithm="sha256"
    ).hexdigest()


def written(
    template: str, language: str, context: Mapping[str, Any]
) -> tuple[str, str, str | None]:
    """Return subject, text and, where there is a template for it, HTML, in a language.

    Raises what templates raise.
    """
    known = {
        "base_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        "language": language,
        "reader": "",
        **context,
    }
    with override(language):
        subject = " ".join(_plain(f"letters/{template}.subject.txt", known).split())
        text = _plain(f"letters/{template}.txt", known).strip() + "\n"
        try:
            html = get_template(f"letters/{template}.html").render(dict(known))
        except TemplateDoesNotExist as missing:
            if str(missing) != f"letters/{template}.html":
                raise
            html = None
    return subject, text, html


def forget_old_letters() -> int:
    """Delete what is remembered of letters after a year; return how many. To be called daily."""
    deleted, _kinds = Letter.objects.filter(created_at__lt=timezone.now() - _REMEMBERED).delete()
    return deleted


def _plain(name: str, context: Mapping[str, Any]) -> str:
    """Render without escaping: in a plain text &amp; would be read as it stands."""
    return str(get_template(name).template.render(Context(dict(context), autoescape=False)))


def _remembered(to: Reader, template: str, language: str, key: str | None) -> Letter | None:
    values = {
        "user": to if isinstance(to, User) else None,
        "address_hash": "" if isinstance(to, User) else address_hash(to[0]),
        "template": template,
        "language": language,
    }
    if key is None:
        return Letter.objects.create(**values)
    letter, is_new = Letter.objects.get_or_create(key=key, defaults=values)
    if is_new:
        return letter
    again = Letter.objects.filter(pk=letter.pk, state=LetterState.FAILED)
    # One of two who try again at once wins.
    if not again.update(state=LetterState.WAITING, **values):
        return None
    letter.refresh_from_db()
    return letter


def _send(
    letter: Letter,
    address: str,
    context: Mapping[str, Any],
    reply_to: str | None,
    headers: Mapping[str, str],
) -> None:
    own = Letter.objects.filter(pk=letter.pk)
    try:
        subject, text, html = written(letter.template, letter.language, context)
        message = EmailMultiAlternatives(
            subject=subject,
            body=text,
            to=[address],
            reply_to=[reply_to] if reply_to else None,
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": letter.language,
                **headers,
            },
        )
        if html:
            message.attach_alternative(html, "text/html")
        message.send()
    except Exception:  # noqa: BLE001 a letter is never worth more than what it tells of
        _log.exception("letter %s (%s) was not sent", letter.pk, letter.template)
        own.update(state=LetterState.FAILED)
        return
    own.update(state=LetterState.SENT, sent_at=timezone.now())


def _name(to: Reader) -> str:
    return to.get_full_name() if isinstance(to, User) else ""
