"""sitemap.xml with every language of every page, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from irtysh.portal.presenters.catalogued import catalogued
from irtysh.portal.reading import reading_of
from irtysh.portal.registers.claims import documents_with_claims
from irtysh.portal.registers.paths import SEGMENTS
from irtysh.portal.registers.urls import OWN_LISTS
from irtysh.portal.sections import SECTIONS
from irtysh.registries.evaluations.models import Evaluation
from irtysh.registries.records.models import Listing
from irtysh.registries.records.shelf import catalogue

_PLAIN = (
    "trade", "turnover", "partners", "goods", "indicators", "explore", "data", "sources",
    "findings", "territories", "map", "glossary", "factors", "research", "releases",
    "benefits", "number", "business", "investors", "event-calendar", "subscribe",
    "evaluation", "evaluation-history", "evaluation-tasks", "evaluation-compare",
    *(section.name for section in SECTIONS),
)  # fmt: skip


def sitemap(request: HttpRequest) -> HttpResponse:
    """List every page with its address in each language."""
    codes = [code for code, _name in settings.LANGUAGES]
    entries = [
        {code: request.build_absolute_uri(f"/{code}/{rest}") for code in codes}
        for rest in _addresses(request)
    ]
    return render(request, "portal/sitemap.xml", {"entries": entries}, "application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody in, save to the back office and to past releases of the same pages."""
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?release=",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _addresses(request: HttpRequest) -> Iterator[str]:
    """Yield the part of each address behind the language."""
    default = settings.LANGUAGE_CODE
    with override(default):
        pages = Page.objects.live().public().filter(locale__language_code=default, depth__gt=1)
        for page in pages:
            yield (page.get_url() or f"/{default}/").split("/", 2)[2]
        for name in _PLAIN:
            yield reverse(f"portal:{name}").split("/", 2)[2]
        for register, segment in SEGMENTS.items():
            if register not in OWN_LISTS:
                yield f"{segment}/"
        for register, code in Listing.objects.values_list("register", "code").iterator():
            yield f"{SEGMENTS[register]}/{code}/"
        yield "documents/"
        for source in documents_with_claims():
            yield f"documents/{source}/"
        yield from _evaluations()
        reading = reading_of(request)
        if reading is not None:
            for benefit in reading.document("benefits"):
                yield f"benefits/{benefit['id']}/"
            for name, key in catalogued(reading):
                yield reverse(f"portal:{name}", args=[key]).split("/", 2)[2]
            for dataset in catalogue().ids():
                yield f"explore/{dataset}/"


def _evaluations() -> Iterator[str]:
    """Yield every kept evaluation, and the steps of the newest."""
    listed = Evaluation.objects.listed().values_list("number", "steps")
    for place, (number, steps) in enumerate(listed):
        yield f"evaluation/{number}/"
        if place == 0:
            yield from (f"evaluation/{number}/{step}/" for step in steps)
