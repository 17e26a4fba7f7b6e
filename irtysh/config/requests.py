"""What no view needs to look at: addresses that nobody writes and no database can be asked."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from irtysh.api.asked_for import error_answer
from irtysh.vocabulary.errors import WrongParameter

_FOR_MACHINES = ("/api/", "/catalog.", "/sdmx/")


class NulInAddress(SuspiciousOperation):
    """An address holds the character NUL; Django answers it with 400."""


class NoNul:
    """Refuse addresses with the character NUL, which PostgreSQL does not take in a text.

    Every search, facet and id would else be an error of the server. Forms refuse it themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            if request.path.startswith(_FOR_MACHINES):
                wrong = WrongParameter(name="", value="\\x00", expected="[^\\x00]")
                return error_answer(request, wrong)
            raise NulInAddress(request.path[:80].replace("\x00", "�"))
        return self.get_response(request)
