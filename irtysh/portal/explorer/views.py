"""Views of the explorer: each reads its address, asks one presenter once, and renders."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from irtysh.api.conditional import conditional
from irtysh.portal.explorer.choosers import options
from irtysh.portal.explorer.formulas import with_base
from irtysh.portal.explorer.history import history_page
from irtysh.portal.explorer.listing import list_page
from irtysh.portal.explorer.naming import Naming
from irtysh.portal.explorer.opening import Opened, about, opened
from irtysh.portal.explorer.page import explore_page
from irtysh.portal.explorer.pictures import picture_of
from irtysh.portal.reading import Reading, reading_of
from irtysh.publication.views import DIMENSIONS, View
from irtysh.registries.records.shelf import catalogue, naming, vintages
from irtysh.vocabulary.errors import IrtyshError, ReleaseNotFound, UnknownCode
from irtysh.vocabulary.wording import explain

_FIND = "find-"
"""Before the name of a dimension: words looked for in its list, where no script does that."""


def _reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the current release; only GET and HEAD, as nothing is written here."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        reading = reading_of(_Current(request))
        if reading is None:
            return render(request, "portal/unpublished.html", {"reading": None}, status=503)
        with naming(reading.release.id):  # a case may have territories of its own
            return view(request, reading, *args, **kwargs)

    return csrf_exempt(wrapped)


class _Current:
    """A request that asks for the newest release: the version of a view is not the page's."""

    def __init__(self, request: HttpRequest) -> None:
        self.GET: dict[str, str] = {}
        self.method = request.method


@_reads
def dataset_list(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show all datasets, narrowed as the query asks."""
    now = ".".join(vintages().current(one).id for one in vintages().ids())

    def answer() -> HttpResponse:
        page = list_page(reading, request.GET)
        return render(request, "portal/explorer/list.html", {"reading": reading, "page": page})

    return conditional(request, reading, answer, f"{now}.{request.GET.urlencode()}", False)


@_reads
def explore(request: HttpRequest, reading: Reading, dataset_id: str) -> HttpResponse:
    """Show a view of a dataset; an address that is not its shortest form leads to that."""
    pairs, searches = _pairs(request)
    try:
        view = View.parse(pairs)
        found = opened(reading, dataset_id, view.version)
    except IrtyshError as error:
        return _refused(request, reading, dataset_id, error)
    based = with_base(view, found.offered.dataset)
    if not pairs and not searches:
        view = found.first_view
    elif based != view or _is_roundabout(request, view):
        view = based
        return HttpResponseRedirect(_address(request, view, searches))

    def answer() -> HttpResponse:
        page = explore_page(found, view, searches, request.build_absolute_uri("/").rstrip("/"))
        given = {"reading": found.reading, "page": page}
        return render(request, "portal/explorer/explore.html", given)

    stamp = f"{found.offered.version}.{request.META.get('QUERY_STRING', '')}"
    return conditional(request, found.reading, answer, _short(stamp), False)


@_reads
def cell(request: HttpRequest, reading: Reading, dataset_id: str) -> HttpResponse:
    """Show one cell through all versions."""
    try:
        version = View.parse([("version", request.GET.get("version", ""))]).version
        found = opened(reading, dataset_id, version)
    except IrtyshError as error:
        return _refused(request, reading, dataset_id, error)
    place = request.GET.get("k", "")

    def answer() -> HttpResponse:
        page = history_page(found, place)
        if page is None:
            raise Http404
        given = {"reading": found.reading, "page": page}
        return render(request, "portal/explorer/cell.html", given)

    newest = catalogue().versions(dataset_id)[0][0]
    stamp = _short(f"{found.offered.version}.{newest}.{place}")
    return conditional(request, found.reading, answer, stamp, False)


@_reads
def codes(request: HttpRequest, reading: Reading, dataset_id: str) -> HttpResponse:
    """Send the options of one dimension that fit some words: what the script puts in the tree."""
    pairs, searches = _pairs(request)
    name = request.GET.get("in", "")
    try:
        view = View.parse([pair for pair in pairs if pair[0] != "in"])
        found = opened(reading, dataset_id, view.version)
    except IrtyshError as error:
        return HttpResponse(explain(error, reading.language), status=400, content_type="text/plain")
    if name not in DIMENSIONS:
        raise Http404
    named = Naming(found.words, view)
    shown, total = options(view, found.offered.dataset, name, named, searches.get(name, ""))
    tree = {"name": name, "options": shown, "hidden": total - len(shown)}
    answer = render(request, "portal/explorer/options.html", {"tree": tree})
    patch_cache_control(answer, public=True, max_age=60)
    return answer


@_reads
def chart_svg(request: HttpRequest, reading: Reading, dataset_id: str) -> HttpResponse:
    """Send the chart of a view as SVG with title and source inside."""
    drawn = _drawn(request, reading, dataset_id)
    return _file(request, drawn.encode(), dataset_id, "svg", "image/svg+xml")


@_reads
def chart_png(request: HttpRequest, reading: Reading, dataset_id: str) -> HttpResponse:
    """Send the chart of a view as PNG."""
    drawn = picture_of(_drawn(request, reading, dataset_id))
    if drawn is None:
        text = _("The picture is not ready: too many are being drawn. Take the SVG or try again.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8")
    return _file(request, drawn, dataset_id, "png", "image/png")


def _drawn(request: HttpRequest, reading: Reading, dataset_id: str) -> str:
    pairs, _searches = _pairs(request)
    try:
        view = View.parse(pairs)
        found = opened(reading, dataset_id, view.version)
        view = view if pairs else found.first_view
        page = explore_page(found, view, {}, request.build_absolute_uri("/").rstrip("/"))
    except IrtyshError as error:
        raise Http404(explain(error, reading.language)) from error
    drawing = page.get("chart") or {}
    if not drawing.get("alone"):
        raise Http404
    return str(drawing["alone"])


def _file(request: HttpRequest, raw: bytes, name: str, form: str, kind: str) -> HttpResponse:
    response = HttpResponse(raw, content_type=kind)
    if "download" in request.META.get("HTTP_SEC_FETCH_DEST", ""):
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    patch_cache_control(response, public=True, max_age=60)
    return response


def _pairs(request: HttpRequest) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Return the pairs of a view, and the words looked for by dimension; blanks are left out.

    ``release``, which other pages of the portal carry along, is the version of a view.
    """
    said = [(name, text) for name, texts in request.GET.lists() for text in texts if text.strip()]
    searches = {
        name.removeprefix(_FIND): text.strip()[:80] for name, text in said if name.startswith(_FIND)
    }
    pairs = [
        ("version" if name == "release" else name, text)
        for name, text in said
        if not name.startswith(_FIND)
    ]
    return pairs, {name: text for name, text in searches.items() if name in DIMENSIONS}


def _is_roundabout(request: HttpRequest, view: View) -> bool:
    """Return True if an address says its view in another way than the shortest."""
    said = [
        f"{name}={text}" for name, text in request.GET.items() if not name.startswith(_FIND)
    ]  # fmt: skip
    plain = {part.partition("=")[0] for part in view.query().split("&")}
    repeated = any(len(texts) > 1 for _name, texts in request.GET.lists())
    blank = any(not text.strip() for _name, texts in request.GET.lists() for text in texts)
    return repeated or blank or len(said) > len(plain)


def _address(request: HttpRequest, view: View, searches: dict[str, str]) -> str:
    more = urlencode({f"{_FIND}{name}": text for name, text in searches.items()})
    query = "&".join(part for part in (view.query() or "show=labels", more) if part)
    return f"{request.path}?{query}"


def _refused(
    request: HttpRequest, reading: Reading, dataset_id: str, error: IrtyshError
) -> HttpResponse:
    """Say in words what an address asks wrongly: 404 for what is not there, else 400."""
    is_absent = isinstance(error, UnknownCode | ReleaseNotFound)
    known = catalogue().all()
    page: dict[str, Any] = {
        "title": dataset_id,
        "said": explain(error, reading.language),
        "is_dataset": dataset_id in known,
        "id": dataset_id,
        "near": [] if dataset_id in known else _near(reading, dataset_id),
    }
    given = {"reading": reading, "page": page}
    status = 404 if is_absent else 400
    return render(request, "portal/explorer/refused.html", given, status=status)


def _near(reading: Reading, dataset_id: str) -> list[dict[str, Any]]:
    """Return the datasets whose ids look like the one asked for; all where none does."""
    from difflib import get_close_matches

    known = catalogue().all()
    near = get_close_matches(dataset_id.upper(), list(known), n=4, cutoff=0.4) or list(known)[:6]
    return [about(Opened(reading, known[one])) for one in near]


def _short(stamp: str) -> str:
    import hashlib

    return hashlib.sha256(stamp.encode()).hexdigest()[:16]
