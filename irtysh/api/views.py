"""Endpoints: each parses, asks once, writes."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from irtysh import __version__
from irtysh.api.asked_for import asked_language, described, for_machines, unknown
from irtysh.api.conditional import conditional, conditional_on
from irtysh.api.formats import as_json
from irtysh.api.tables import header, rows
from irtysh.publication.edition import Edition
from irtysh.registries.records.shelf import edition, releases
from irtysh.store.selection import Selection

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@for_machines
def release_list(request: HttpRequest) -> HttpResponseBase:
    """List all releases, newest first."""
    found = releases().list()

    def answer() -> HttpResponse:
        listed = [
            {
                "id": release.id,
                "created_at": release.manifest["created_at"],
                "rows": release.manifest["rows"],
                "previous": release.manifest["previous"],
            }
            for release in found
        ]
        return JsonResponse({"releases": listed})

    ids = ",".join(release.id for release in found)
    mark = hashlib.sha256(f"{__version__}/{ids}".encode()).hexdigest()[:16]
    return conditional_on(request, f"releases.{mark}", answer)


@for_machines
def release_manifest(request: HttpRequest, release: str) -> HttpResponse:
    """Return the manifest of a release: sources, files with their hashes, checks."""
    read = _edition(request, release)
    return conditional(request, read, lambda: JsonResponse(dict(read.release.manifest)), "manifest")


@for_machines
def document(request: HttpRequest, release: str, name: str) -> HttpResponse:
    """Return a document of a release as JSON: findings, results, acts, sources, …"""
    read = _edition(request, release)
    if not read.release.has_document(name):
        names = [file.split("/")[1] for file in read.release.manifest["files"] if "/" in file]
        raise unknown(name, "documents", [known.removesuffix(".json") for known in names])

    def answer() -> HttpResponse:
        return JsonResponse(
            {
                "release": read.release.id,
                "case": read.case["id"],
                "invented": bool(read.case.get("invented")),
                name: read.document(name),
            },
            json_dumps_params={"ensure_ascii": False},
        )

    return conditional(request, read, answer, f"document.{name}")


@for_machines
def figure(request: HttpRequest, release: str, figure: str) -> HttpResponse:
    """Return one observation as JSON, with its history."""
    read = _edition(request, release)
    observation = read.release.observation(figure)
    if observation is None:
        raise unknown(figure, "figures", ())

    def answer() -> HttpResponse:
        told = described(observation.dataflow, read.release.id, read.language)
        found = told.offered.dataset.stream(Selection.of({"id": figure}))
        about = {
            "release": read.release.id,
            "revisions": [
                {
                    "release": revision.release,
                    "kind": revision.kind,
                    "before": revision.before,
                    "after": revision.after,
                }
                for revision in read.release.revisions(figure)
            ],
        }
        content = b"".join(as_json(about, header(), rows(told, found)))
        return HttpResponse(content, content_type="application/json")

    return conditional(request, read, answer, f"figure.{figure}")


@for_machines
def chart(request: HttpRequest, release: str, language: str, chart: str, form: str) -> HttpResponse:
    """Return a chart as a file to take away, title and source inside."""
    read = _edition(request, release)
    content = read.release.file(f"charts/{language}/{chart}.{form}")
    return conditional(
        request,
        read,
        lambda: _file(content, form, f"irtysh_{chart}_{language}_{read.release.id}"),
        f"chart.{language}.{chart}.{form}",
    )


def _edition(request: HttpRequest, release: str) -> Edition:
    return edition(release, asked_language(request))


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
