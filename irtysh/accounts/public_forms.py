"""Forms that anybody may send: a trap for programs, and limits of frequency.

Nothing here asks another server, sets a cookie or needs a script. A form takes ``HumanForm``
first among its parents and shows ``{{ form.human_fields }}`` once; its view calls
``rate_limited`` before it writes.
"""

from __future__ import annotations

import time
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from irtysh.accounts.address import client_address, neighbourhood
from irtysh.vocabulary.errors import IrtyshError

SHORTEST = 3
"""Seconds that a person needs at least to fill a form in."""
LONGEST = 24 * 3600
"""Seconds after which a form left open must be sent again."""
_SALT = "irtysh.accounts.public_forms"


class TooManyRequests(IrtyshError):
    """Somebody sends too often; ``minutes`` says how long to wait."""


def signed_now(seconds_ago: int = 0) -> str:
    """Return the signed time that a form carries; for tests also one of earlier."""
    return signing.dumps(int(time.time()) - seconds_ago, salt=_SALT)


class HumanForm(forms.Form):
    """A form that programs fill in too fast, or in fields that no person sees.

    Two fields: ``homepage``, out of sight, to be left empty; ``opened_at``, the signed time at
    which the form was shown. What a person typed is never lost: a form sent too fast, too late
    or with the hidden field filled comes back with a sentence, and may be sent again.
    """

    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty: it is a trap for programs that send spam"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened_at = forms.CharField(required=False, widget=forms.HiddenInput, initial=signed_now)

    def human_fields(self) -> SafeString:
        """Return both fields as HTML, the trap out of sight."""
        return render_to_string("accounts/human_fields.html", {"form": self})

    def visible_fields(self) -> list[forms.BoundField]:
        """Return the fields to show to people: all but the trap."""
        return [field for field in super().visible_fields() if field.name != "homepage"]

    def clean(self) -> dict[str, Any] | None:
        """Refuse what no person sends."""
        cleaned = super().clean()
        if self.cleaned_data.get("homepage"):
            self.add_error(
                None,
                forms.ValidationError(
                    _("A hidden field was filled in. Empty it and send the form again."),
                    code="trap",
                ),
            )
        self._check_time(self.cleaned_data.get("opened_at", ""))
        return cleaned

    def _check_time(self, written: str) -> None:
        try:
            opened = signing.loads(written, salt=_SALT)
            waited = time.time() - opened
        except (signing.BadSignature, TypeError):
            waited = LONGEST + 1.0
        if waited < SHORTEST:
            self.add_error(
                None,
                forms.ValidationError(
                    _("The form was sent too quickly. Check it and send it again."), code="fast"
                ),
            )
        elif waited > LONGEST:
            # The form comes back with a new time, or it could never be sent.
            self.data = self.data.copy()
            self.data[self.add_prefix("opened_at")] = signed_now()
            self.add_error(
                None,
                forms.ValidationError(
                    _("The form was open for too long. Check it and send it again."), code="slow"
                ),
            )


def rate_limited(key: str, limit: int, seconds: int) -> None:
    """Count one more of ``key``; raises TooManyRequests past ``limit`` within ``seconds``.

    Windows are fixed, so that at worst twice the limit passes within one length of a window.
    The key (an address, a name) is kept as a keyed hash only. Without Redis each process counts
    for itself.
    """
    window, since = divmod(int(time.time()), seconds)
    hidden = salted_hmac(_SALT, f"{key}/{window}", algorithm="sha256").hexdigest()
    name = f"rate:{hidden}"
    cache.add(name, 0, timeout=seconds)
    try:
        count = cache.incr(name)
    except ValueError:  # forgotten between the two lines
        count = 1
    if count > limit:
        raise TooManyRequests(minutes=-(-(seconds - since) // 60))


def limited_by_address(request: HttpRequest, purpose: str, limit: int, seconds: int) -> None:
    """Count one more request for a purpose from the visitor's address, as ``rate_limited`` does.

    Many people of an office may share an address: the limit must leave them room.
    """
    rate_limited(f"{purpose}/{neighbourhood(client_address(request))}", limit, seconds)
