"""Which language an answer is in."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

_WITHOUT_LANGUAGE = ("/api/", "/sdmx/")


class PageLanguage(LocaleMiddleware):
    """Django's own, save that addresses for machines are never sent on to a page.

    Django sends every unknown address without a language to the same one with a language, where
    the editors' tree of pages takes any; a program would get a page instead of an error.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave answers to machines as they are."""
        if request.path.startswith(_WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
