"""Which release a page is read from, in which language; and answers that a cache may keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from irtysh.api.conditional import conditional
from irtysh.publication.edition import Edition
from irtysh.registries.records.shelf import releases
from irtysh.store import Release
from irtysh.vocabulary.errors import ReleaseNotFound


@dataclass(frozen=True)
class Reading(Edition):
    """A release in one language, with what only pages ask of it."""

    @property
    def sides(self) -> list[dict[str, str]]:
        """Both sides of the border, in the order of the case."""
        return [
            {"id": side["id"], "area": side["area"], "name": self.code("areas", side["area"])}
            for side in self.case.get("sides", ())
        ]


_MOVING = ("latest", "current")
"""Names of whatever is current: never a past release, never kept for a year."""


def reading_of(request: HttpRequest) -> Reading | None:
    """Return what the request reads; None while nothing was published.

    Raises Http404 if ``?release=`` names a release that does not exist.
    """
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    asked = request.GET.get("release", "")
    try:
        if asked and asked not in _MOVING:
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


def reads(
    view: Callable[..., HttpResponse], stamp: Callable[[], str] = str
) -> Callable[..., HttpResponse]:
    """Give a view its Reading, and its answer the tag of the release.

    ``stamp`` names what else the page depends on: the editors' texts that a search looks in.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        reading = reading_of(request)
        if reading is None:
            return render(request, "portal/unpublished.html", {"reading": None}, status=503)
        return conditional(
            request,
            reading,
            lambda: view(request, reading, *args, **kwargs),
            stamp(),
            is_lasting=stamp is str,
        )

    return csrf_exempt(wrapped)  # nothing is written here
