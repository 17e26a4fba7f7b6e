"""The page for those who read the portal by program, and datasets said for search engines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from irtysh.api.asked_for import in_words
from irtysh.api.catalogue import json_ld
from irtysh.api.openapi import description
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.views import as_script
from irtysh.registries.records.shelf import catalogue
from irtysh.vocabulary.errors import ReleaseNotFound, UnknownCode


@reads
def developers(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show every address for machines with what it takes and answers."""
    server = request.build_absolute_uri("/").rstrip("/")
    found = description(reading.language, server)
    operations = [
        {**operation["get"], "path": path, "statuses": list(operation["get"]["responses"])}
        for path, operation in found["paths"].items()
    ]
    page = {
        "about": found["info"]["description"],
        "server": server,
        "tries": _tries(server, reading.language),
        "limit": settings.IRTYSH_FILES_A_MINUTE,
        "groups": [
            {
                "id": group["name"],
                "title": group["description"],
                "operations": [one for one in operations if group["name"] in one["tags"]],
            }
            for group in found["tags"]
        ],
    }
    return render(request, "portal/developers.html", {"reading": reading, "page": page})


def _tries(server: str, language: str) -> list[dict[str, str]]:
    """Return commands that answer as they stand: of the first dataset that there is."""
    listed = {"said": _("All datasets"), "text": f"curl '{server}/api/datasets/?lang={language}'"}
    offered = next(iter(catalogue().all().values()), None)
    if offered is None:
        return [listed]
    dataset_id = offered.id
    span = offered.dataset.span()
    since = f"&start={span[1]:%Y}" if span else ""
    file = f"{server}/api/latest/datasets/{dataset_id}.csv?lang={language}{since}"
    sdmx = f"{server}/sdmx/v1/data/IRTYSH,{dataset_id},1.0/all"
    accept = "application/vnd.sdmx.data+csv;version=1.0.0;labels=both"
    return [
        listed,
        {"said": _("A part of a dataset as a file"), "text": f"curl -O '{file}'"},
        {
            "said": _("The same dataset through SDMX"),
            "text": f"curl -H 'Accept: {accept}' '{sdmx}' -o {dataset_id}.csv",
        },
    ]


def dataset_json_ld(request: HttpRequest, reading: Reading, dataset_id: str) -> str:
    """Return a dataset in the words of schema.org for a page; empty where there is none."""
    version = reading.release.id if reading.is_past else "latest"
    try:
        told = in_words(catalogue().get(dataset_id, version), reading.language)
    except (UnknownCode, ReleaseNotFound):
        return ""
    return as_script(json_ld(request, told))


def catalogue_json_ld(request: HttpRequest, reading: Reading) -> str:
    """Return the list of datasets in the words of schema.org."""
    base = request.build_absolute_uri("/").rstrip("/")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": f"{base}/catalog",
        "url": request.build_absolute_uri(),
        "inLanguage": reading.language,
        "dataset": [
            {
                "@type": "Dataset",
                "@id": f"{base}/api/datasets/#{told.offered.id}",
                "name": told.title,
                "description": told.description or told.title,
                "license": told.licence,
                "url": f"{base}/{reading.language}/explore/{told.offered.id}/",
            }
            for told in (in_words(one, reading.language) for one in catalogue().all().values())
        ],
    }
    return as_script(found)
