"""Pages for what went wrong, in the reader's language, with a way on."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, override

from irtysh.portal.reading import Reading, reading_of


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page, and offer search and the list of pages."""
    with override(_language(request)):
        return render(request, "404.html", {"reading": _reading(request)}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the page is not for this visitor."""
    with override(_language(request)):
        return render(request, "403.html", {"reading": _reading(request)}, status=403)


def refused_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old or came from elsewhere, and that nothing was saved."""
    with override(_language(request)):
        return render(request, "403_csrf.html", {"reading": _reading(request)}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; asks nothing of database or release, which may be the cause."""
    with override(_language(request)):
        return HttpResponse(render_to_string("500.html", {"reading": None}), status=500)


def _language(request: HttpRequest) -> str:
    first = request.path.strip("/").split("/")[0]
    if first in dict(settings.LANGUAGES):
        return first
    return get_language_from_request(request)[:2]


def _reading(request: HttpRequest) -> Reading | None:
    asked = request.GET.copy()
    asked.pop("release", None)
    request.GET = asked
    return reading_of(request)
