"""Datasets as files: each form is made from the same stream of rows."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from irtysh import __version__
from irtysh.api import csvw, json_stat
from irtysh.api.asked_for import LATEST, asked_language, described, for_machines
from irtysh.api.conditional import conditional_on
from irtysh.api.formats import as_csv, as_json, as_xlsx
from irtysh.api.limits import spend
from irtysh.api.narrowing import Asked
from irtysh.api.packages import package
from irtysh.api.parts import Part
from irtysh.api.possible import refuse_impossible
from irtysh.api.tables import bounds, header
from irtysh.publication.catalogue_words import Described
from irtysh.store.parquet import write_parquet
from irtysh.store.schema import COLUMNS
from irtysh.vocabulary.errors import TooManyRows, WrongParameter
from irtysh.vocabulary.wording import say

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "csv-metadata.json": "application/csvm+json",
    "json": "application/json",
    "jsonstat": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
}
"""Form → media type."""
XLSX_ROWS = 50_000
"""A sheet holds 1 048 576 rows, but making such a book takes minutes, which no reader waits for:
this many take some fifteen seconds."""
PARQUET_ROWS = 5_000_000
"""The file is made whole before its first byte is sent, so it has a limit, too."""
PARQUET_TYPES = {
    # as many digits as a source prints, and one more for the bounds of the last of them
    "value": "DECIMAL(38,18)",
    "low": "DECIMAL(38,18)",
    "high": "DECIMAL(38,18)",
    "preferred": "BOOLEAN",
    "invented": "BOOLEAN",
}
"""Column of the Parquet file → type, where it is not that of the store or the store has none."""


@for_machines
def dataset(request: HttpRequest, release: str, dataset: str, form: str) -> HttpResponseBase:
    """Return a dataset, whole or narrowed, in one of the forms of TYPES."""
    language = asked_language(request)
    told = described(dataset, release, language)
    asked = Asked.from_query(request.GET, ("bom",) if form == "csv" else ())
    marked = _has_mark(request.GET.get("bom", "1"))

    def answer() -> HttpResponseBase:
        for column, wanted in asked.codes.items():
            refuse_impossible(told, column, wanted)
        selection = asked.selection(told.offered.dataset)
        part = Part(told, selection, request.build_absolute_uri())
        name = f"irtysh_{dataset}_{told.offered.version}_{language}.{form}"
        limit = {"xlsx": XLSX_ROWS, "parquet": PARQUET_ROWS}.get(form)
        if limit is not None and part.count > limit:
            raise TooManyRows(form=form.upper(), count=part.count, limit=limit, instead="CSV")
        if request.method == "HEAD":
            # a stream, because an empty body would be announced as a length of zero
            return _headed(StreamingHttpResponse((), TYPES[form]), name, told, request)
        spend(request)
        response = _WRITERS[form](part, marked)
        return _headed(response, name, told, request)

    stamp = hashlib.sha256(f"{dataset}.{form}.{marked}.{asked.stamp}".encode()).hexdigest()[:16]
    home = told.home.release.id if told.home else ""  # names of the case's own codes are from there
    mark = f"{told.offered.version}.{home}.{language}.{__version__}.{stamp}"
    return conditional_on(request, mark, answer, is_past=release != LATEST)


def _has_mark(text: str) -> bool:
    if text not in ("0", "1"):
        raise WrongParameter(name="bom", value=text[:80], expected="0, 1")
    return text == "1"


def _headed(
    response: HttpResponseBase, name: str, told: Described, request: HttpRequest
) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Language"] = told.language
    if name.endswith(".csv"):
        # where CSVW looks for what the columns are
        query = request.GET.copy()
        query.pop("bom", None)
        described_at = f"{request.path}-metadata.json?{query.urlencode()}".rstrip("?")
        response.headers["Link"] = (
            f'<{described_at}>; rel="describedby"; type="application/csvm+json"'
        )
    return response


def _begun(pieces: Iterator[bytes], form: str) -> HttpResponseBase:
    """Return a stream whose first piece is made: what cannot be read at all is no answer of 200."""
    first = next(pieces, b"")
    return StreamingHttpResponse(chain([first], pieces), content_type=TYPES[form])


def _csv(part: Part, marked: bool) -> HttpResponseBase:
    pieces = as_csv(header(), part.rows(), mark=marked)
    return _begun(pieces, "csv")


def _json(part: Part, _marked: bool) -> HttpResponseBase:
    pieces = as_json({"about": dict(part.about())}, header(), part.rows())
    return _begun(pieces, "json")


def _xlsx(part: Part, _marked: bool) -> HttpResponseBase:
    language = part.told.language
    about = [(say("downloads", key, language), text) for key, text in part.about()]
    book = as_xlsx(language, about, header(), part.rows())
    return FileResponse(book, content_type=TYPES["xlsx"])


def _parquet(part: Part, _marked: bool) -> HttpResponseBase:
    with tempfile.TemporaryDirectory(prefix="irtysh-") as folder:
        path = Path(folder) / "dataset.parquet"
        write_parquet(parquet_rows(part), {**COLUMNS, **PARQUET_TYPES}, path)
        # begun while the folder stands: the open file outlives its name, and closes at its end
        response = _begun(_pieces(path), "parquet")
        response.headers["Content-Length"] = str(path.stat().st_size)
    return response


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(65_536):
            yield piece


def parquet_rows(part: Part) -> Iterator[Mapping[str, str]]:
    """Yield rows as text cells: codes, exact values, what they admit, and which is preferred."""
    invented = "true" if part.told.invented else "false"
    for row in part.stream():
        cells = {column: "" if cell is None else str(cell) for column, cell in row.items()}
        for column, number in zip(("value", "low", "high"), bounds(row), strict=True):
            cells[column] = "" if number is None else f"{number:f}"
        cells["invented"] = invented
        cells["preferred"] = "true" if part.told.is_preferred(row["id"]) else "false"
        yield cells


def _json_stat(part: Part, _marked: bool) -> HttpResponseBase:
    cube = json_stat.Cube(part.told, part.selection, part.count)
    pieces = cube.pieces(dict(part.about()))
    return _begun(pieces, "jsonstat")


def _csvw(part: Part, _marked: bool) -> HttpResponseBase:
    address = csvw.without_mark(part.address.replace(".csv-metadata.json", ".csv"))
    return HttpResponse(
        csvw.metadata(part.told, address, dict(part.about())),
        content_type=TYPES["csv-metadata.json"],
    )


def _zip(part: Part, _marked: bool) -> HttpResponseBase:
    return _begun(package(part), "zip")


_WRITERS: dict[str, Callable[[Part, bool], HttpResponseBase]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "jsonstat": _json_stat,
    "csv-metadata.json": _csvw,
    "zip": _zip,
}
