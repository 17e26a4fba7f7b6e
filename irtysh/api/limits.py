"""Fair use: how many files one address may have made for it in a minute."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest

from irtysh.accounts.public_forms import TooManyRequests, limited_by_address
from irtysh.vocabulary.errors import AskedTooOften

_MINUTE = 60


def spend(request: HttpRequest) -> None:
    """Count one file made for the reader's address; raises AskedTooOften past the limit.

    Call it where the body is about to be made: an answer 304 and a HEAD cost nothing. The limit
    is ``IRTYSH_FILES_A_MINUTE``; 0 switches it off.
    """
    limit = settings.IRTYSH_FILES_A_MINUTE
    if not limit or request.method == "HEAD":
        return
    try:
        limited_by_address(request, "files", limit, _MINUTE)
    except TooManyRequests:
        left = _MINUTE - int(time.time()) % _MINUTE
        raise AskedTooOften(limit=limit, seconds=left) from None
