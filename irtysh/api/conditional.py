"""Answers that a cache may keep: the release is the tag, so nothing ever has to be purged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from irtysh import __version__
from irtysh.publication.edition import Edition

FRESH_SECONDS = 60
"""How long a cache may show "latest" without asking whether a new release came out."""
METHODS = "GET, HEAD, OPTIONS"

_FOREVER_SECONDS = 31_536_000
_READABLE = "ETag, Last-Modified, Content-Disposition, Content-Language, Retry-After, Link"
_SENT = (
    "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match, Range, "
    "X-Requested-With"
)


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
    response = conditional_on(
        request,
        f"{release.id}.{edition.language}.{__version__}.{stamp}",
        answer,
        is_past=edition.is_past and is_lasting,
        modified=release.created_at if not stamp else None,
    )
    return cast(HttpResponse, response)


def conditional_on(
    request: HttpRequest,
    mark: str,
    answer: Callable[[], HttpResponseBase],
    *,
    is_past: bool = False,
    modified: datetime | None = None,
) -> HttpResponseBase:
    """Answer 304 if the reader's copy has the mark, else make the answer and put the mark on it.

    ``mark`` names everything that the answer depends on; ``is_past`` lets caches keep it for a
    year, because what it says will never change.
    """
    etag = f'W/"{mark}"'
    seconds = int(modified.timestamp()) if modified else None
    kept = None
    if not settings.DEBUG:
        kept = get_conditional_response(request, etag=etag, last_modified=seconds)
    response: HttpResponseBase = kept or answer()
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if seconds is not None:
            response.headers["Last-Modified"] = http_date(seconds)
        age = _FOREVER_SECONDS if is_past else FRESH_SECONDS
        patch_cache_control(response, public=True, max_age=age)
        patch_vary_headers(response, ["Accept-Encoding"])
    return response


def opened(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of any other site read the answer: public facts, read without a session."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _READABLE
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def preflight() -> HttpResponse:
    """Answer a browser that asks whether a page of another site may ask."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = _SENT
    response.headers["Access-Control-Max-Age"] = "86400"
    opened(response)
    return response


def bare(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Take the body from the answer to HEAD, so that a stream is not made to be thrown away."""
    if request.method == "HEAD" and response.streaming:
        response.streaming_content = iter(())  # type: ignore[attr-defined]
    return response
