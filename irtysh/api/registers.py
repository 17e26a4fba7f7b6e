"""Registers for machines: what is published, as CSV, XLSX or JSON, whole or narrowed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from irtysh import __version__
from irtysh.api.asked_for import asked_language, for_machines
from irtysh.api.conditional import FRESH_SECONDS
from irtysh.api.limits import spend
from irtysh.registries.records.bulk_export import TYPES, as_csv, as_json, as_xlsx, public_records
from irtysh.registries.records.codes import release_now
from irtysh.registries.records.finding import Asked, ordered
from irtysh.registries.records.listing import stamp
from irtysh.registries.records.models import Listing, registers
from irtysh.sources.registers.words import register_words
from irtysh.vocabulary.errors import UnknownCode


@for_machines
def register_list(request: HttpRequest) -> HttpResponseBase:
    """List the registers: how many records are published, where the files are."""
    language = asked_language(request)
    counted = dict(Listing.objects.values_list("register").annotate(n=Count("pk")))

    def answer() -> HttpResponse:
        listed = [
            {
                "register": name,
                "title": register_words(name, "title", language),
                "records": counted.get(name, 0),
                **{
                    form: request.build_absolute_uri(f"/api/registers/{name}.{form}")
                    for form in TYPES
                },
            }
            for name in registers()
        ]
        return JsonResponse(
            {"state": stamp(), "language": language, "registers": listed},
            json_dumps_params={"ensure_ascii": False},
        )

    return _conditional(request, language, "index", answer)


@for_machines
def register_file(request: HttpRequest, register: str, form: str) -> HttpResponseBase:
    """Return a register, narrowed by ``q`` and by its facets as its list for readers is."""
    if register not in registers():
        near = ", ".join(get_close_matches(register, registers(), n=3)) or "—"
        raise UnknownCode(code=register, codelist="registers", near=near)
    language = asked_language(request)
    asked = Asked.from_query(register, language, request.GET)

    def answer() -> HttpResponseBase:
        codes = ordered(asked).values_list("code", flat=True) if asked.is_narrowed else None
        documents = public_records(register, None if codes is None else list(codes))
        name = f"irtysh_{register}_{stamp()}_{language}.{form}"
        spend(request)
        return _file(request, register, documents, form, language, name)

    return _conditional(request, language, f"{register}.{form}.{asked.query(page=1)}", answer)


def _file(
    request: HttpRequest, register: str, documents: Iterator[dict[str, Any]], form: str,
    language: str, name: str,
) -> HttpResponseBase:  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    address = request.build_absolute_uri()
    if form == "xlsx":
        stream = as_xlsx(register, documents, language, address)
        return FileResponse(stream, content_type=TYPES[form], headers=headers)
    pieces = (
        as_csv(register, documents, language)
        if form == "csv"
        else as_json(register, documents, language, address)
    )
    return StreamingHttpResponse(pieces, content_type=TYPES[form], headers=headers)


def _conditional(request: HttpRequest, language: str, what: str, answer: Any) -> HttpResponseBase:
    """Answer 304 if the reader's copy is of this state of the registers, language and program."""
    digest = hashlib.sha256(what.encode()).hexdigest()[:16]
    etag = f'W/"registers.{stamp()}.{release_now()}.{language}.{__version__}.{digest}"'
    kept = None if settings.DEBUG else get_conditional_response(request, etag=etag)
    response: HttpResponseBase = kept or answer()
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    patch_vary_headers(response, ["Accept-Encoding", "Accept-Language"])
    return response
