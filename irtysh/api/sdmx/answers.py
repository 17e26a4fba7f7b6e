"""Artefacts of the portal as they are now, and messages with some of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from irtysh import __version__
from irtysh.api.conditional import conditional_on
from irtysh.api.sdmx.described import portal, stamp
from irtysh.api.sdmx.faults import NoResults
from irtysh.api.sdmx.negotiation import Offer, reader_language
from irtysh.registries.records.shelf import catalogue, naming, releases
from irtysh.sdmx.artefacts.build import all_artefacts
from irtysh.sdmx.artefacts.finding import Artefacts
from irtysh.sdmx.artefacts.model import Artefact
from irtysh.sdmx.structure_messages.head import Head
from irtysh.sdmx.structure_messages.writing import Form, structure_message
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.text import LANGUAGES, Text

_FORMS: dict[tuple[str, str], Form] = {
    ("xml", "2.1"): "ml21",
    ("xml", "3.0"): "ml30",
    ("json", "1.0"): "json1",
    ("json", "2.0"): "json2",
}
SENDER = Text(dict.fromkeys(LANGUAGES, "Irtysh"))


def artefacts() -> Artefacts:
    """Return all artefacts of the portal as it is now; made once for each state of it."""
    return _made(_release_id(), stamp(catalogue().all()))


def kept(
    request: HttpRequest, offer: Offer, answer: Callable[[], HttpResponseBase], *more: str
) -> HttpResponseBase:
    """Answer 304 if the reader has this already: same data, address, form, language, program."""
    parts = (
        _release_id(),
        stamp(catalogue().all()),
        request.get_full_path(),
        offer.media_type,
        reader_language(request),
        __version__,
        *more,
    )
    mark = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
    return conditional_on(request, f"{_release_id() or 'none'}.{mark}", answer)


def message(request: HttpRequest, offer: Offer, found: Sequence[Artefact]) -> HttpResponseBase:
    """Return a message with some artefacts; raises NoResults if there is none to be told."""
    if not found:
        raise NoResults(asked=request.get_full_path()[:200])
    language = reader_language(request)
    now = timezone.now()
    head = Head(f"IRTYSH-{now:%Y%m%d%H%M%S%f}", now, SENDER, language, _is_invented())
    pieces: Iterable[bytes] = structure_message(found, head, _FORMS[offer.syntax, offer.version])
    response = HttpResponse(b"".join(pieces), content_type=offer.media_type)
    response.headers["Content-Language"] = ", ".join(LANGUAGES)
    return response


@lru_cache(maxsize=2)
def _made(release_id: str, state: str) -> Artefacts:
    with naming(release_id):
        return Artefacts(all_artefacts(portal()))


def _release_id() -> str:
    try:
        return releases().current().id
    except ReleaseNotFound:
        return ""


def _is_invented() -> bool:
    try:
        return bool(releases().current().document("case").get("invented"))
    except ReleaseNotFound:
        return False
