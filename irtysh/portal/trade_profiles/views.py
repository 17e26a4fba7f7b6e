"""Views of trade profiles and mirrors: each reads its address, asks one presenter, renders."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from irtysh.api.formats import as_csv
from irtysh.portal.explorer.opening import opened
from irtysh.portal.reading import Reading, reads
from irtysh.portal.trade_profiles import choosing, mirrors
from irtysh.portal.trade_profiles.absent import absent_page, unknown_page
from irtysh.portal.trade_profiles.page import profile_page as presented
from irtysh.portal.trade_profiles.subject import Subject
from irtysh.publication.catalogue import Offered
from irtysh.publication.profiles import profile
from irtysh.publication.trade_datasets import datasets_for
from irtysh.publication.views import LATEST, UnknownChoice
from irtysh.registries.records.shelf import catalogue, naming, vintages
from irtysh.vocabulary.errors import IrtyshError, ReleaseNotFound, UnknownCode
from irtysh.vocabulary.wording import explain

_LEVELS = ("", "0", "2", "4", "6", "8", "10")
_LONGEST = 80


def _reads(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the release around it, and its answer a tag of all datasets."""

    @wraps(view)
    def named(request: HttpRequest, reading: Reading, *args: Any, **kwargs: Any) -> HttpResponse:
        with naming(reading.release.id):  # a case may have territories of its own
            return view(request, reading, *args, **kwargs)

    return reads(named, _editions)


def _editions() -> str:
    now = ".".join(vintages().current(one).id for one in vintages().ids())
    return hashlib.sha256(now.encode()).hexdigest()[:16]


@_reads
def choose(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Choose an area or a pair; words that name one exactly lead to its profile."""
    words = [request.GET.get(name, "").strip()[:_LONGEST] for name in ("area", "partner")]
    exact = [_exact(one) for one in words]
    if exact[0] and (exact[1] or not words[1]):
        return HttpResponseRedirect(choosing.profile_path(exact[0], exact[1]))
    page = choosing.choosing_page(reading, words[0], words[1])
    return render(request, "portal/profiles/choose.html", {"reading": reading, "page": page})


@_reads
def choose_mirror(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Choose a pair of countries; the case's own is one click away."""
    words = [request.GET.get(name, "").strip()[:_LONGEST] for name in ("area", "partner")]
    exact = [_exact(one) for one in words]
    if exact[0] and exact[1]:
        return HttpResponseRedirect(reverse("portal:mirror", args=exact))
    page = choosing.choosing_page(reading, words[0], words[1]) | {"is_mirror": True}
    return render(request, "portal/profiles/choose.html", {"reading": reading, "page": page})


def _exact(words: str) -> str:
    """Return the only area that words mean: by code, or by its whole name."""
    found = choosing.found_areas(words)
    return found[0] if found and (len(found) == 1 or choosing.is_exact(words, found[0])) else ""


@_reads
def profile_page(
    request: HttpRequest, reading: Reading, area: str, partner: str = ""
) -> HttpResponse:
    """Show the trade of an area, or of a pair."""
    moved = _known(request, reading, "portal:profile", area, partner)
    if moved is not None:
        return moved
    choices = datasets_for(catalogue(), area, partner)
    asked = {name: request.GET.get(name, "").strip() for name in ("dataset", "period", "level",
                                                                 "edition", "version")}  # fmt: skip
    if not choices and not asked["dataset"]:
        page = absent_page(reading, area, partner)
        return render(request, "portal/profiles/absent.html", {"reading": reading, "page": page})
    try:
        subject = _subject(reading, area, partner, asked, _best(choices, area, partner, asked))
    except IrtyshError as error:
        return _refused(request, reading, (area, partner), error)
    origin = request.build_absolute_uri("/").rstrip("/")
    page = presented(subject, choices, asked["level"], origin)
    return render(request, "portal/profiles/profile.html", {"reading": reading, "page": page})


def _best(choices: list[Offered], area: str, partner: str, asked: dict[str, str]) -> str:
    """Return the first dataset that has the period asked for; the first where none has."""
    for one in choices if asked["period"] else ():
        try:
            profile(one.dataset, area, partner or None, period=asked["period"])
        except UnknownChoice:
            continue
        return one.id
    return choices[0].id if choices else ""


def _subject(
    reading: Reading, area: str, partner: str, asked: dict[str, str], best: str
) -> Subject:
    """Open the dataset asked for, or the best; raises what the address asks wrongly."""
    if asked["level"] not in _LEVELS:
        possible = ", ".join(_LEVELS[1:])
        raise UnknownChoice(name="level", value=asked["level"], possible=possible)
    version = asked["version"] or LATEST
    found = opened(reading, asked["dataset"] or best, version)
    dataset = found.offered.dataset
    if dataset.structure != "trade":
        raise UnknownChoice(name="dataset", value=dataset.id, possible=best or "—")
    if asked["edition"] and asked["edition"] not in dataset.editions:
        raise UnknownChoice(
            name="edition", value=asked["edition"], possible=", ".join(dataset.editions)
        )
    made = profile(
        dataset, area, partner or None, period=asked["period"] or None,
        level=asked["level"] or None, edition=asked["edition"] or None,
    )  # fmt: skip
    return Subject(found, made, version, asked["edition"])


@_reads
def mirror_page(
    request: HttpRequest, reading: Reading, exporter: str, importer: str
) -> HttpResponse:
    """Show both sides' records of both directions of a pair."""
    moved = _known(request, reading, "portal:mirror", exporter, importer)
    if moved is not None:
        return moved
    try:
        found = mirrors.found_mirror(reading, exporter, importer, request.GET)
    except IrtyshError as error:
        return _refused(request, reading, (exporter, importer), error)
    if found is None:
        page = absent_page(reading, exporter, importer) | mirrors.region_words(
            reading, exporter, importer
        )
        return render(request, "portal/profiles/absent.html", {"reading": reading, "page": page})
    origin = request.build_absolute_uri("/").rstrip("/")
    page = mirrors.mirror_page(found, origin)
    return render(request, "portal/profiles/mirror.html", {"reading": reading, "page": page})


@_reads
def mirror_csv(
    request: HttpRequest, reading: Reading, exporter: str, importer: str
) -> HttpResponse:
    """Send the records of both directions as a table, values as they stand in the dataset."""
    try:
        found = mirrors.found_mirror(reading, exporter, importer, request.GET)
    except IrtyshError as error:
        return HttpResponse(
            explain(error, reading.language), status=_status(error), content_type="text/plain"
        )
    if found is None:
        return HttpResponse(status=404)
    content = b"".join(as_csv(*mirrors.records_table(found)))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"irtysh_mirror_{exporter}_{importer}_{found.opened.offered.version}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _known(
    request: HttpRequest, reading: Reading, name: str, area: str, partner: str
) -> HttpResponse | None:
    """Return an answer for codes that are no areas, or are written in another way; else None."""
    codes = [one for one in (area, partner) if one]
    known = choosing.known_areas()
    proper = [one if one in known else one.upper() for one in codes]
    unknown = [one for one, code in zip(codes, proper, strict=True) if code not in known]
    if unknown or (len(proper) == 2 and proper[0] == proper[1]):
        page = unknown_page(reading, unknown)
        given = {"reading": reading, "page": page}
        return render(request, "portal/profiles/unknown.html", given, status=404)
    if proper == codes:
        return None
    more = f"?{urlencode(request.GET, doseq=True)}" if request.GET else ""
    full = f"{name}-pair" if name == "portal:profile" and partner else name
    return HttpResponseRedirect(reverse(full, args=proper) + more)


def _status(error: IrtyshError) -> int:
    return 404 if isinstance(error, UnknownCode | ReleaseNotFound) else 400


def _refused(
    request: HttpRequest, reading: Reading, areas: tuple[str, str], error: IrtyshError
) -> HttpResponse:
    """Say in words what an address asks wrongly, and where to begin anew."""
    page = unknown_page(reading, []) | {
        "said": explain(error, reading.language),
        "again": choosing.profile_path(*areas),
        "name": " – ".join(choosing.area_name(reading, one) for one in areas if one),
    }
    given = {"reading": reading, "page": page}
    return render(request, "portal/profiles/unknown.html", given, status=_status(error))
