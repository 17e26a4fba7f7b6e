"""SDMX errors as messages, and what every SDMX endpoint has in common."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from irtysh.api.sdmx.faults import (
    BadSdmxQuery,
    MethodNotServed,
    NoResults,
    SdmxBroken,
    SdmxError,
    TooOften,
)
from irtysh.api.sdmx.negotiation import prefers_json, reader_language
from irtysh.sdmx.structure import AGENCY
from irtysh.vocabulary.errors import (
    AskedTooOften,
    IrtyshError,
    ReleaseDamaged,
    ReleaseNotFound,
    UnknownCode,
)
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

_LOG = logging.getLogger(__name__)
_SCHEMAS = "http://www.sdmx.org/resources/sdmxml/schemas"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Last-Modified, Content-Language, Content-Disposition, Content-Range, "
        "Accept-Ranges, Retry-After, Location, Link"
    ),
}
_PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Accept-Encoding, Content-Type, If-None-Match, "
        "If-Modified-Since, Range, X-Range, X-Requested-With"
    ),
    "Access-Control-Max-Age": "86400",
}

View = Callable[..., HttpResponseBase]


def for_sdmx(view: View) -> View:
    """Let a view only read, tell errors as SDMX does, and be read from any web page."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=_PREFLIGHT)
        else:
            try:
                if request.method not in ("GET", "HEAD"):
                    raise MethodNotServed(method=str(request.method)[:20])
                response = view(request, *args, **kwargs)
            except IrtyshError as error:
                response = error_response(request, error)
            except Exception:
                if settings.DEBUG:
                    raise
                _LOG.exception("SDMX: %s", request.path)
                response = error_response(request, SdmxBroken())
        for name, value in _CORS.items():
            response.headers[name] = value
        patch_vary_headers(response, ["Accept", "Accept-Language", "Accept-Encoding"])
        return response

    return csrf_exempt(answered)  # nothing is written here, whoever asks


def error_response(request: HttpRequest, error: IrtyshError) -> HttpResponse:
    """Return an error as an SDMX message: JSON if that is what is asked for, else XML."""
    known = as_sdmx(error)
    language = reader_language(request)
    texts = {one: explain(known, one) for one in (language, *LANGUAGES)}
    generation = 2 if "/v2/" in request.path else 1
    if prefers_json(request):
        response = HttpResponse(_json(known, texts, language), content_type="application/json")
    else:
        response = HttpResponse(
            _xml(known, texts, generation), content_type="application/xml; charset=utf-8"
        )
    response.status_code = known.status
    response.headers["Content-Language"] = language
    if known.status == 405:
        response.headers["Allow"] = _PREFLIGHT["Allow"]
    if isinstance(known, TooOften):
        response.headers["Retry-After"] = str(known.params["seconds"])
    return response


def as_sdmx(error: IrtyshError) -> SdmxError:
    """Return the SDMX error that another error of ours amounts to."""
    match error:
        case SdmxError():
            return error
        case AskedTooOften():
            return TooOften(**error.params)
        case UnknownCode() | ReleaseNotFound():
            asked = error.params.get("code") or error.params.get("release") or ""
            return NoResults(asked=str(asked)[:200])
        case ReleaseDamaged():
            _LOG.error("SDMX: %s", error.params)
            return SdmxBroken()
    found = ", ".join(str(value) for value in error.params.values())[:200]
    return BadSdmxQuery(part=error.code, found=found, expected="SDMX REST")


def _xml(error: SdmxError, texts: dict[str, str], generation: int) -> bytes:
    version = "v2_1" if generation == 1 else "v3_0"
    message, common = f"{_SCHEMAS}/{version}/message", f"{_SCHEMAS}/{version}/common"
    root = etree.Element(f"{{{message}}}Error", nsmap={"mes": message, "com": common})
    coded = etree.SubElement(root, f"{{{message}}}ErrorMessage", code=str(error.sdmx_code))
    for language, text in texts.items():
        written = etree.SubElement(coded, f"{{{common}}}Text")
        written.set("{http://www.w3.org/XML/1998/namespace}lang", language)
        written.text = _writable(text)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _json(error: SdmxError, texts: dict[str, str], language: str) -> bytes:
    now = datetime.now(UTC).replace(microsecond=0)
    message = {
        "meta": {
            "id": f"ERROR-{now:%Y%m%d%H%M%S}",
            "prepared": now.isoformat(),
            "test": False,
            "sender": {"id": AGENCY},
            "contentLanguages": list(texts),
        },
        "errors": [{"code": error.sdmx_code, "title": texts[language], "titles": texts}],
    }
    return json.dumps(message, ensure_ascii=False).encode()


def _writable(text: str) -> str:
    """Return a text without the characters that XML cannot hold: they come from the address."""
    return "".join(
        one if one in "\t\n" or " " <= one < "\ud800" or "\ue000" <= one < "\ufffe" else "�"
        for one in text
    )
