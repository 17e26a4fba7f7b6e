"""Which release a page is read from, in which language; and answers that a cache may keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import get_language

from irtysh import __version__
from irtysh.publication.edition import Edition
from irtysh.store import Release, Releases
from irtysh.vocabulary.errors import ReleaseNotFound

_FRESH = 60
"""Seconds for which a cache may show a page without asking whether a release came out."""


@dataclass(frozen=True)
class Reading(Edition):
    """A release in one language, with what only pages ask of it."""

    @cached_property
    def standing(self) -> Mapping[str, Mapping[str, Any]]:
        """Observation id → its standing among rivals: preferred or not, why, by whom."""
        return {
            rival: {**decision, "preferred": rival == decision["observation"]}
            for decision in self.document("preferred")
            for rival in decision["rivals"]
        }

    @property
    def sides(self) -> list[dict[str, str]]:
        """Both sides of the border, in the order of the case."""
        return [
            {"id": side["id"], "area": side["area"], "name": self.code("areas", side["area"])}
            for side in self.case.get("sides", ())
        ]


@cache
def _shelf(folder: Path) -> Releases:
    return Releases(folder)


def releases() -> Releases:
    """Return the shelf of releases that this portal shows."""
    return _shelf(Path(settings.IRTYSH_RELEASES))


def reading_of(request: HttpRequest) -> Reading | None:
    """Return what the request reads; None while nothing was published.

    Raises Http404 if ``?release=`` names a release that does not exist.
    """
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    asked = request.GET.get("release", "")
    try:
        if asked:
            return _read(releases().get(asked), language, is_past=True)
        return _read(releases().current(), language)
    except ReleaseNotFound as error:
        if asked:
            raise Http404(f"release {asked}") from error
        return None


@lru_cache(maxsize=64)
def _reading(release: Release, language: str, is_past: bool) -> Reading:
    return Reading(release, language, is_past)


def _read(release: Release, language: str, is_past: bool = False) -> Reading:
    return _reading(release, language, is_past)


def reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view its Reading, and its answer the tag of the release."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reading = reading_of(request)
        if reading is None:
            return render(request, "portal/unpublished.html", {"reading": None}, status=503)
        return conditional(request, lambda: view(request, reading, *args, **kwargs), "")

    return wrapped


def conditional(
    request: HttpRequest, answer: Callable[[], HttpResponse], stamp: str
) -> HttpResponse:
    """Answer 304 if the reader's copy is of this release, language, program and ``stamp``."""
    reading = reading_of(request)
    if reading is None or settings.DEBUG:
        return answer()
    release = reading.release
    etag = f'W/"{release.id}.{reading.language}.{__version__}.{stamp}"'
    modified = int(release.created_at.timestamp()) if not stamp else None
    not_modified = get_conditional_response(request, etag=etag, last_modified=modified)
    response = not_modified or answer()
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        if modified is not None:
            response.headers["Last-Modified"] = http_date(modified)
        patch_cache_control(response, public=True, max_age=_FRESH)
        patch_vary_headers(response, ["Accept-Encoding"])
    return response
