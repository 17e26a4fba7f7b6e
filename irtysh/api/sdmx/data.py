"""Data queries of SDMX REST 1.5 and 2.2, answered as a stream without a cap on observations."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from irtysh import __version__
from irtysh.api.conditional import bare, conditional_on
from irtysh.api.limits import spend
from irtysh.api.sdmx.data_parameters import Wanted, wanted
from irtysh.api.sdmx.data_versions import Answer, answer_for, sampled, selection_of
from irtysh.api.sdmx.faults import MeaninglessSdmxQuery, NoResults
from irtysh.api.sdmx.flows import dataset_of_v1, dataset_of_v2
from irtysh.api.sdmx.names import names_for
from irtysh.api.sdmx.negotiation import DATA, Chosen, chosen, reader_language
from irtysh.api.sdmx.parameters import DATA_PARAMETERS, refuse_others
from irtysh.registries.records.shelf import catalogue
from irtysh.sdmx.data_messages.forms import Form, write
from irtysh.sdmx.data_messages.message import TIME, DataSet, Message, Note
from irtysh.sdmx.structure import AGENCY, DataStructure, structure_of
from irtysh.store.dataset import Dataset
from irtysh.vocabulary.text import LANGUAGES, Text
from irtysh.vocabulary.wording import say

_NOTE_CODES = {"no_period": 2001, "same_key": 2002}
_SENDER = Text(dict.fromkeys(LANGUAGES, "Irtysh"))
_PIECE = 16 * 1024


def data_v1(
    request: HttpRequest, flow: str, key: str = "all", provider: str = "all"
) -> HttpResponseBase:
    """Answer ``/data/{flow}/{key}/{provider}``."""
    return _answered(request, dataset_of_v1(flow, provider), key, 1)


def data_v2(
    request: HttpRequest,
    context: str = "*",
    agency: str = "*",
    resource: str = "*",
    version: str = "*",
    key: str = "*",
) -> HttpResponseBase:
    """Answer ``/data/{context}/{agency}/{resource}/{version}/{key}``."""
    return _answered(request, dataset_of_v2(context, agency, resource, version), key, 2)


def _answered(request: HttpRequest, dataset_id: str, key: str, generation: int) -> HttpResponseBase:
    picked = chosen(request, DATA[generation])
    form = form_of(picked)
    refuse_others(request, DATA_PARAMETERS[generation])
    offered = catalogue().get(dataset_id)
    structure = structure_of(offered.dataset.structure)
    asked = wanted(request, structure, key, generation, is_ranged=True)
    if form.is_time_series and asked.observed_by != TIME:
        raise MeaninglessSdmxQuery(
            part="dimensionAtObservation", found=asked.observed_by, expected=TIME
        )
    language = reader_language(request)

    def made() -> HttpResponseBase:
        return _made(request, dataset_id, asked, picked, form, language)

    response = conditional_on(request, f"{offered.version}.{_stamp(request, form, language)}", made)
    response.headers["Accept-Ranges"] = "values"
    patch_vary_headers(response, ["X-Range"])
    return bare(request, response)


def _stamp(request: HttpRequest, form: Form, language: str) -> str:
    """Return a hash of everything beside the release that an answer depends on."""
    ranged = request.headers.get("X-Range") or request.headers.get("Range") or ""
    said = repr((request.get_full_path(), form, language, ranged, __version__))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def form_of(picked: Chosen) -> Form:
    """Return the form of an offer; parameters that it does not have are passed over."""
    offer, params = picked.offer, picked.params
    if offer.syntax != "csv":
        return Form(
            offer.syntax,
            offer.version,
            is_generic=offer.kind.startswith("generic"),
            is_time_series="timeseries" in offer.kind,
        )

    def one_of(name: str, *known: str) -> str:
        return params[name] if params.get(name) in known else known[0]

    return Form(
        "csv",
        offer.version,
        labels=one_of("labels", "id", "name", "both"),
        time_format=one_of("timeformat", "original", "normalized"),
        keys=one_of("keys", "none", "obs", "series", "both"),
    )


def _made(
    request: HttpRequest,
    dataset_id: str,
    asked: Wanted,
    picked: Chosen,
    form: Form,
    language: str,
) -> HttpResponseBase:
    spend(request)
    answer = answer_for(catalogue(), dataset_id, asked)
    data_sets = _with_something(answer.data_sets, request.get_full_path())
    message = _message(request, answer, asked, language)
    pieces = _gathered(write(message, data_sets, form, with_changes=asked.has_changes))
    response = StreamingHttpResponse(pieces)
    response.headers["Content-Type"] = _content_type(picked, form)
    response.headers["Content-Language"] = language
    if form.syntax == "csv" or "format" in request.GET:
        name = f"irtysh_{dataset_id}_{answer.offered.version}.{form.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if asked.is_range:
        _mark_range(response, answer.offered.dataset, asked)
    return response


def _content_type(picked: Chosen, form: Form) -> str:
    kind = picked.offer.media_type
    if form.syntax != "csv":
        return kind
    if form.labels != "id":
        kind += f";labels={form.labels}"
    if form.time_format != "original":
        kind += f";timeFormat={form.time_format}"
    if form.keys != "none":
        kind += f";keys={form.keys}"
    return f"{kind};charset=utf-8"


def _mark_range(response: HttpResponseBase, dataset: Dataset, asked: Wanted) -> None:
    """Say which part this is; the whole is what the store counts, filters of points aside."""
    query = asked.query
    total = dataset.count(selection_of(asked))
    last = min(query.offset + (query.limit or 0), total) - 1
    response.status_code = 206
    response.headers["Content-Range"] = f"values {query.offset}-{max(last, query.offset)}/{total}"


def _with_something(data_sets: Iterable[DataSet], asked: str) -> Iterable[DataSet]:
    """Return the data sets that hold points, read as far as the first; raises NoResults.

    An answer begins only when it is known not to be empty, and the rest is read as it is sent.
    """
    rest = _filled(data_sets)
    first = next(rest, None)
    if first is None:
        raise NoResults(asked=asked[:200])
    return chain([first], rest)


def _filled(data_sets: Iterable[DataSet]) -> Iterator[DataSet]:
    for one in data_sets:
        points, has_any = sampled(one.points)
        if has_any:
            yield DataSet(points, one.action, one.valid_from, one.valid_to)


def _message(request: HttpRequest, answer: Answer, asked: Wanted, language: str) -> Message:
    offered = answer.offered
    structure: DataStructure = asked.query.structure
    span = offered.dataset.span(selection_of(asked))

    def notes() -> Iterator[Note]:
        for reason, count in sorted(answer.unsent.items()):
            words = {one: say("sdmx", f"unsent-{reason}", one, count=count) for one in LANGUAGES}
            yield Note(_NOTE_CODES[reason], Text(words))

    return Message(
        structure,
        offered.id,
        Text(offered.about["title"]),
        f"{AGENCY}-{uuid.uuid4().hex}",
        timezone.now(),
        release=offered.version,
        is_test=offered.invented or bool(offered.about.get("invented")),
        observed_by=asked.observed_by,
        attributes=asked.attributes,
        has_values=asked.has_values,
        has_observations=asked.has_observations,
        begin=span[0].isoformat() if span and span[0] else "",
        end=span[1].isoformat() if span and span[1] else "",
        language=language,
        names=cache(names_for(offered)),
        notes=notes,
        base=request.build_absolute_uri(request.path),
        sender_name=_SENDER,
    )


def _gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    """Join small pieces: a write to the network for each would cost more than the pieces."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
