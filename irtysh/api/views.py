"""Endpoints: each parses, asks once, writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt

from irtysh.api.conditional import FRESH_SECONDS, conditional
from irtysh.api.formats import as_csv, as_json, as_xlsx
from irtysh.api.tables import header, rows
from irtysh.publication.edition import Edition
from irtysh.registries.records.shelf import edition, releases
from irtysh.vocabulary.errors import IrtyshError, ReleaseNotFound, UnknownCode
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain, say

FILTERS = ("ref_area", "counterpart_area", "flow", "commodity", "measure", "period", "source")
"""Columns by which a dataset can be narrowed: ``?flow=T&period=2021&period=2022``."""

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def for_machines(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer what is not there with a 404 that a program can read, in the reader's words."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return JsonResponse({"error": "MethodNotAllowed"}, status=405, headers={"Allow": "GET"})
        try:
            response = view(request, *args, **kwargs)
        except (ReleaseNotFound, UnknownCode) as error:
            response = not_there(request, error)
        if "lang" not in request.GET:  # then the reader's own language chooses the words
            patch_vary_headers(response, ["Accept-Language"])
        return response

    return csrf_exempt(answered)  # nothing is written here, whoever asks


def not_there(request: HttpRequest, error: IrtyshError) -> JsonResponse:
    """Return the error as JSON: its name, what fills its blanks, and the sentence."""
    body = {
        "error": error.code,
        "params": error.params,
        "message": explain(error, _preferred(request)),
    }
    return JsonResponse(body, status=404, json_dumps_params={"ensure_ascii": False})


@for_machines
def no_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer an address that the interface does not have."""
    raise UnknownCode(code=rest, codelist="/api/", near="releases.json")


@for_machines
def release_list(request: HttpRequest) -> JsonResponse:
    """List all releases, newest first."""
    listed = [
        {
            "id": release.id,
            "created_at": release.manifest["created_at"],
            "rows": release.manifest["rows"],
            "previous": release.manifest["previous"],
        }
        for release in releases().list()
    ]
    response = JsonResponse({"releases": listed})
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


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
        raise _unknown(name, "documents", [known.removesuffix(".json") for known in names])

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
def dataset(request: HttpRequest, release: str, dataset: str, form: str) -> HttpResponse:
    """Return a dataset, whole or narrowed by FILTERS, as csv, xlsx, json or parquet."""
    read = _edition(request, release)
    if dataset not in read.datasets:
        raise _unknown(dataset, "datasets", read.datasets)
    filters: dict[str, Any] = {
        name: request.GET.getlist(name) for name in FILTERS if request.GET.getlist(name)
    }
    filters["dataflow"] = dataset
    stamp = f"{dataset}.{form}.{sorted(filters.items())!r}"
    address = request.build_absolute_uri()

    def answer() -> HttpResponse:
        content = _WRITERS[form](read, dataset, filters, address)
        name = f"irtysh_{read.case['id']}_{dataset}_{read.release.id}_{read.language}"
        return _file(content, form, name)

    digest = hashlib.sha256(stamp.encode()).hexdigest()[:16]
    return conditional(request, read, answer, digest)


@for_machines
def figure(request: HttpRequest, release: str, figure: str) -> HttpResponse:
    """Return one observation as JSON, with its history."""
    read = _edition(request, release)
    observation = read.release.observation(figure)
    if observation is None:
        raise _unknown(figure, "figures", ())

    def answer() -> HttpResponse:
        record = as_json(
            {
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
            },
            header(),
            rows(read, [observation]),
        )
        return HttpResponse(record, content_type=_TYPES["json"])

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


def asked_language(request: HttpRequest) -> str:
    """Return the language asked for by name, else the reader's; raises UnknownCode."""
    asked = request.GET.get("lang")
    if asked and asked not in LANGUAGES:
        raise _unknown(asked, "lang", LANGUAGES)
    return asked or _preferred(request)


def _preferred(request: HttpRequest) -> str:
    language = get_language_from_request(request)[:2]
    return language if language in LANGUAGES else LANGUAGES[0]


def _unknown(code: str, codelist: str, known: Iterable[str]) -> UnknownCode:
    near = ", ".join(get_close_matches(code, list(known), n=3)) or "—"
    return UnknownCode(code=code, codelist=codelist, near=near)


def _selected(read: Edition, filters: dict[str, Any]) -> list[Observation]:
    return read.release.observations(**filters)


def _csv(read: Edition, dataset: str, filters: dict[str, Any], address: str) -> bytes:
    return as_csv(header(), rows(read, _selected(read, filters)))


def _json(read: Edition, dataset: str, filters: dict[str, Any], address: str) -> bytes:
    selected = _selected(read, filters)
    about = dict(_about(read, dataset, selected, address))
    return as_json({"about": about}, header(), rows(read, selected))


def _xlsx(read: Edition, dataset: str, filters: dict[str, Any], address: str) -> bytes:
    selected = _selected(read, filters)
    about = [
        (say("downloads", key, read.language), text)
        for key, text in _about(read, dataset, selected, address)
    ]
    return as_xlsx(read, about, header(), rows(read, selected))


def _parquet(read: Edition, dataset: str, filters: dict[str, Any], address: str) -> bytes:
    return read.release.parquet(**filters)


_WRITERS: dict[str, Callable[[Edition, str, dict[str, Any], str], bytes]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}


def _about(
    read: Edition, dataset: str, selected: list[Observation], address: str
) -> list[tuple[str, str]]:
    """Return key and text of everything a file must say about itself."""
    language = read.language
    title = read.text(read.datasets[dataset]["title"])
    case = read.text(read.case["title"])
    used = dict.fromkeys(row.source for row in selected)
    notes = dict.fromkeys(note for row in selected for note in (row.definition, *row.notes) if note)
    citation = say("downloads", "citation", language, case=case, title=title,
                   release=read.release.id, address=address)  # fmt: skip
    lines = [
        ("title", title),
        ("case", case),
        ("description", read.text(read.datasets[dataset]["description"])),
        ("release", read.release.id),
        ("published", read.release.created_at.date().isoformat()),
        ("rows", str(len(selected))),
        ("reading", say("downloads", "reading_text", language)),
        ("sources", "\n".join(_source(read, name) for name in used)),
        ("notes", "\n".join(read.text(read.notes.get(note)) for note in notes)),
        ("cite", citation),
    ]
    if read.case.get("invented"):
        lines.insert(0, ("warning", say("downloads", "invented", language)))
    return lines


def _source(read: Edition, name: str) -> str:
    source = read.sources.get(name, {})
    parts = (read.text(source.get("title")), source.get("address") or "")
    return ". ".join(part for part in parts if part)


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    patch_vary_headers(response, ["Accept-Language"])
    return response
