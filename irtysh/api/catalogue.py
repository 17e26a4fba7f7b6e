"""What datasets there are: a list with the addresses of all forms, and the catalogue as RDF."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from irtysh import __version__
from irtysh.api.asked_for import LATEST, asked_language, for_machines, in_words, json_answer
from irtysh.api.conditional import conditional_on
from irtysh.api.downloads import TYPES
from irtysh.publication.catalogue import Offered
from irtysh.publication.catalogue_graph import FORMS, Entry, graph_of
from irtysh.publication.catalogue_rdf import TYPES as GRAPHS
from irtysh.publication.catalogue_rdf import written
from irtysh.publication.catalogue_words import Described
from irtysh.registries.records.shelf import catalogue
from irtysh.vocabulary.text import LANGUAGES


@for_machines
def dataset_list(request: HttpRequest) -> HttpResponseBase:
    """List the datasets with their versions and the addresses of every form."""
    language = asked_language(request)
    found = catalogue().all()

    def answer() -> HttpResponse:
        listed = [_listed(request, in_words(offered, language)) for offered in found.values()]
        return json_answer({"language": language, "datasets": listed})

    mark = f"datasets.{language}.{state_of(found)}"
    return conditional_on(request, mark, answer)


@for_machines
def graph(request: HttpRequest, form: str) -> HttpResponseBase:
    """Return the catalogue in the words of DCAT-AP as JSON-LD, Turtle or RDF/XML."""
    found = catalogue().all()
    base = request.build_absolute_uri("/").rstrip("/")

    def answer() -> HttpResponse:
        entries = [entry_of(offered) for offered in found.values()]
        return HttpResponse(written(graph_of(base, entries), form), content_type=GRAPHS[form])

    return conditional_on(request, f"catalog.{form}.{base}.{state_of(found)}", answer)


def state_of(found: Mapping[str, Offered]) -> str:
    """Return a hash of what is offered: datasets with their versions, and the program."""
    text = ",".join(f"{name}={offered.version}" for name, offered in found.items())
    return hashlib.sha256(f"{__version__}/{text}".encode()).hexdigest()[:16]


def entry_of(offered: Offered) -> Entry:
    """Return what the catalogue says of a dataset; what takes a query is asked once a version."""
    _count, areas, span = _facts(offered.id, offered.version)
    return Entry(offered, catalogue().versions(offered.id), list(areas), span)


def addresses(request: HttpRequest, dataset: str, version: str = LATEST) -> dict[str, str]:
    """Return form → address of a dataset as of a version."""
    return {
        form: request.build_absolute_uri(reverse("api:dataset", args=[version, dataset, form]))
        for form in TYPES
    }


def json_ld(request: HttpRequest, told: Described) -> dict[str, Any]:
    """Return a dataset in the words of schema.org, as search engines of data read them."""
    offered = told.offered
    entry = entry_of(offered)
    base = request.build_absolute_uri("/").rstrip("/")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{base}/api/datasets/#{offered.id}",
        "url": request.build_absolute_uri(),
        "name": told.title,
        "description": told.description or told.title,
        "identifier": offered.id,
        "version": offered.version,
        "dateModified": offered.dataset.created_at.isoformat(),
        "datePublished": entry.versions[-1][1].isoformat(),
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "license": told.licence,
        "creator": {"@type": "Organization", "name": "Irtysh", "url": f"{base}/"},
        "includedInDataCatalog": {"@type": "DataCatalog", "url": f"{base}/catalog.jsonld"},
        "spatialCoverage": [told.label("ref_area", code) for code in entry.areas[:20]],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": FORMS[form][1],
                "contentUrl": addresses(request, offered.id)[form],
            }
            for form in FORMS
        ],
    }
    if entry.span:
        found["temporalCoverage"] = "/".join(day.isoformat() for day in entry.span)
    return found


@lru_cache(maxsize=256)
def _facts(dataset: str, version: str) -> tuple[int, tuple[str, ...], tuple[date, date] | None]:
    """Return how many figures, which areas and what span; a version never changes."""
    found = catalogue().get(dataset, version).dataset
    return found.count(), tuple(found.codes("ref_area")), found.span()


def _listed(request: HttpRequest, told: Described) -> dict[str, Any]:
    offered = told.offered
    count, _areas, span = _facts(offered.id, offered.version)
    titles = offered.about.get("title")
    return {
        "id": offered.id,
        "title": told.title,
        "titles": titles if isinstance(titles, Mapping) else {},
        "description": told.description,
        "structure": offered.dataset.structure,
        "kind": offered.kind,
        "invented": told.invented,
        "licence": told.licence,
        "observations": count,
        "first_day": span[0].isoformat() if span else None,
        "last_day": span[1].isoformat() if span else None,
        "version": offered.version,
        "versions": [
            {"id": version, "created_at": created_at.isoformat()}
            for version, created_at in catalogue().versions(offered.id)
        ],
        "latest": addresses(request, offered.id),
        "this_version": addresses(request, offered.id, offered.version),
    }
