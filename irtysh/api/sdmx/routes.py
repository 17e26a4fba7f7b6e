"""Parts of an address to the views of data, and addresses that are not served."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from irtysh.api.sdmx import data
from irtysh.api.sdmx.errors import for_sdmx
from irtysh.api.sdmx.faults import BadSdmxQuery, NotServed


@for_sdmx
def data_v1(request: HttpRequest, rest: str | None = None) -> HttpResponseBase:
    """Answer ``/data/{flow}/{key}/{provider}``, with or without a slash at the end."""
    flow, key, provider = _parts(rest, ("", "all", "all"), "flow/key/provider")
    if not flow:
        raise BadSdmxQuery(part="flow", found="", expected="ID, AGENCY,ID, AGENCY,ID,VERSION")
    return data.data_v1(request, flow, key, provider)


@for_sdmx
def data_v2(request: HttpRequest, rest: str | None = None) -> HttpResponseBase:
    """Answer ``/data/{context}/{agency}/{id}/{version}/{key}``; what is left out is ``*``."""
    parts = _parts(rest, ("*",) * 5, "context/agency/id/version/key")
    return data.data_v2(request, *parts)


@for_sdmx
def not_served(request: HttpRequest, what: str) -> HttpResponseBase:
    """Answer for what the standard has and this portal does not."""
    raise NotServed(what=what)


def no_address(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer an address that SDMX REST does not have."""
    expected = "v1/dataflow, v1/data/…, v2/structure/dataflow, v2/data/…"
    raise BadSdmxQuery(part="/sdmx/", found=rest[:120], expected=expected)


def _parts(rest: str | None, default: tuple[str, ...], expected: str) -> tuple[str, ...]:
    given = (rest or "").rstrip("/").split("/")
    if len(given) > len(default):
        raise BadSdmxQuery(part="/", found=(rest or "")[:120], expected=expected)
    filled = (*given, *default[len(given) :])
    return tuple(part or fallback for part, fallback in zip(filled, default, strict=True))
