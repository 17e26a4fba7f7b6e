"""Answers that a cache may keep: the release is the tag, so nothing ever has to be purged."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from irtysh import __version__
from irtysh.publication.edition import Edition

FRESH_SECONDS = 60
"""How long a cache may show "latest" without asking whether a new release came out."""

_FOREVER_SECONDS = 31_536_000


def conditional(
    request: HttpRequest,
    edition: Edition,
    answer: Callable[[], HttpResponse],
    stamp: str = "",
    is_lasting: bool = True,
) -> HttpResponse:
    """Answer 304 if the reader's copy is of this release, language, program and ``stamp``.

    A release asked for by name never changes, so caches may keep it for a year, unless
    ``is_lasting`` says that there is more on the page: a record may be taken back tomorrow.
    """
    release = edition.release
    etag = f'W/"{release.id}.{edition.language}.{__version__}.{stamp}"'
    modified = int(release.created_at.timestamp()) if not stamp else None
    kept = None
    if not settings.DEBUG:
        kept = get_conditional_response(request, etag=etag, last_modified=modified)
    response = kept or answer()
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if modified is not None:
            response.headers["Last-Modified"] = http_date(modified)
        age = _FOREVER_SECONDS if edition.is_past and is_lasting else FRESH_SECONDS
        patch_cache_control(response, public=True, max_age=age)
        patch_vary_headers(response, ["Accept-Encoding"])
    return response
