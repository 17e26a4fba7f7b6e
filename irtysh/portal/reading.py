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
from irtysh.store import Release, Releases
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import ReleaseNotFound, UnknownCode

_FRESH = 60
"""Seconds for which a cache may show a page without asking whether a release came out."""


@dataclass(frozen=True)
class Reading:
    """One release read in one language.

    Attributes
    ----------
    release : Release
    language : str
    is_past : bool
        True where the reader asked for a release by name.
    """

    release: Release
    language: str
    is_past: bool = False

    def document(self, name: str, default: Any = None) -> Any:
        """Return a document of the release, or ``default`` where it has none."""
        try:
            return self.release.document(name)
        except ReleaseNotFound:
            return [] if default is None else default

    def text(self, texts: Mapping[str, str] | str | None) -> str:
        """Return a text in the reader's language; empty for a missing one."""
        if not texts:
            return ""
        return texts if isinstance(texts, str) else str(texts.get(self.language, ""))

    def code(self, name: str, code: str) -> str:
        """Return the name of a code: as the release has it, else as the code lists do."""
        entry = self.codes.get(name, {}).get(code)
        if entry:
            return self.text(entry["name"])
        try:
            return codelist(name).label(code, self.language)
        except (UnknownCode, KeyError):
            return code

    def symbol(self, unit: str) -> str:
        """Return how a unit is written beside a number."""
        entry = self.codes.get("units", {}).get(unit)
        if entry:
            return str(entry.get(f"symbol_{self.language}") or self.text(entry["name"]))
        try:
            return codelist("units")[unit].extra[f"symbol_{self.language}"]
        except (UnknownCode, KeyError):
            return unit

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, Any]]:
        """Code lists as of the release."""
        return self.document("codes", {})

    @cached_property
    def case(self) -> Mapping[str, Any]:
        """What the case says of itself."""
        return self.document("case", {})

    @cached_property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """Sources by id."""
        return {source["id"]: source for source in self.document("sources")}

    @cached_property
    def notes(self) -> Mapping[str, Mapping[str, str]]:
        """Notes by id."""
        return self.document("notes", {})

    @cached_property
    def standing(self) -> Mapping[str, Mapping[str, Any]]:
        """Return observation id → its standing among rivals: preferred or not, why, by whom."""
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
