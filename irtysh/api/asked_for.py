"""Which dataset, in which language, an address asks for; and errors that a program can read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from irtysh.api.conditional import METHODS, bare, opened, preflight
from irtysh.api.sdmx.faults import MethodNotServed, SdmxBroken
from irtysh.publication.catalogue import Offered
from irtysh.publication.catalogue_words import Described
from irtysh.registries.records.shelf import catalogue, edition
from irtysh.vocabulary.errors import (
    AskedTooOften,
    IrtyshError,
    ReleaseNotFound,
    TooManyCells,
    TooManyRows,
    UnknownCode,
    UnknownQueryParameter,
    WrongParameter,
)
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_LOG = logging.getLogger(__name__)

STATUSES: dict[type[IrtyshError], int] = {
    ReleaseNotFound: 404,
    UnknownCode: 404,
    UnknownQueryParameter: 400,
    WrongParameter: 400,
    TooManyCells: 400,
    TooManyRows: 400,
    AskedTooOften: 429,
}
"""Error → status of the answer. Others are mistakes of ours and are answered with 500."""
LATEST = "latest"


def for_machines(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer GET, HEAD and OPTIONS for pages of any site; errors are JSON in the reader's words."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return preflight()
        if request.method not in ("GET", "HEAD"):
            return opened(_refused(request))
        try:
            response = view(request, *args, **kwargs)
        except tuple(STATUSES) as error:
            response = error_answer(request, error)
        except (Http404, PermissionDenied, SuspiciousOperation, BadRequest):
            raise
        except Exception:
            if settings.DEBUG:
                raise
            _LOG.exception("API: %s", request.path)
            response = _broken(request)
        if request.GET.get("lang") not in LANGUAGES:  # then the reader's own chooses the words
            patch_vary_headers(response, ["Accept-Language"])
        return bare(request, opened(response))

    return csrf_exempt(answered)  # nothing is written here, whoever asks


def error_answer(request: HttpRequest, error: IrtyshError) -> JsonResponse:
    """Return the error as JSON: its name, what fills its blanks, and the sentence."""
    body = {
        "error": error.code,
        "params": error.params,
        "message": explain(error, _said_in(request)),
    }
    status = next(number for kind, number in STATUSES.items() if isinstance(error, kind))
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    if isinstance(error, AskedTooOften):
        response.headers["Retry-After"] = str(error.params["seconds"])
    return response


def _refused(request: HttpRequest) -> JsonResponse:
    method = str(request.method)[:20]
    message = explain(MethodNotServed(method=method), _said_in(request))
    body = {"error": "MethodNotAllowed", "params": {"method": method}, "message": message}
    response = JsonResponse(body, status=405, json_dumps_params={"ensure_ascii": False})
    response.headers["Allow"] = METHODS
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _broken(request: HttpRequest) -> JsonResponse:
    """Return our own mistake, told without its details: a damaged release, say."""
    message = explain(SdmxBroken(), _said_in(request))
    body = {"error": "ServerError", "params": {}, "message": message}
    return JsonResponse(body, status=500, json_dumps_params={"ensure_ascii": False})


def asked_language(request: HttpRequest) -> str:
    """Return the language asked for by name, else the reader's; raises WrongParameter."""
    asked = request.GET.get("lang")
    if asked and asked not in LANGUAGES:
        raise WrongParameter(name="lang", value=asked[:80], expected=", ".join(LANGUAGES))
    return asked or preferred(request)


def _said_in(request: HttpRequest) -> str:
    """Return the language of an error, which may be that the language asked for is none."""
    asked = request.GET.get("lang")
    return asked if asked in LANGUAGES else preferred(request)


def preferred(request: HttpRequest) -> str:
    """Return the first language of the header Accept-Language that we have.

    Nothing else is looked at (no cookie): caches tell answers apart by this header.
    """
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if tag[:2] in LANGUAGES:
            return str(tag[:2])
    return LANGUAGES[0]


def described(dataset: str, version: str, language: str) -> Described:
    """Return a dataset as of a version in a language; raises UnknownCode, ReleaseNotFound."""
    return in_words(catalogue().get(dataset, version), language)


def in_words(offered: Offered, language: str) -> Described:
    """Return an offered dataset with its texts in a language.

    An imported dataset is named beside the case that is shown now, whose own codes it may use.
    """
    if offered.kind == "case":
        return Described(offered, language, edition(offered.version, language))
    try:
        home = edition(LATEST, language)
    except ReleaseNotFound:  # datasets can be there before any case is
        home = None
    return Described(offered, language, home=home)


def unknown(code: str, codelist: str, known: Iterable[str]) -> UnknownCode:
    """Return the error that names the nearest of what there is."""
    near = ", ".join(get_close_matches(code, list(known), n=3)) or "—"
    return UnknownCode(code=code[:80], codelist=codelist, near=near)


def json_answer(data: Any, media_type: str = "application/json") -> HttpResponse:
    """Return data as JSON with its letters as they are."""
    return JsonResponse(
        data, safe=False, content_type=media_type, json_dumps_params={"ensure_ascii": False}
    )
