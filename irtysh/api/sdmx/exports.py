"""Trade in the United Nations' structure: ``/sdmx/imts/{dataset}``."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from irtysh.api.conditional import bare
from irtysh.api.limits import spend
from irtysh.api.sdmx.answers import SENDER, kept
from irtysh.api.sdmx.data import form_of
from irtysh.api.sdmx.data_parameters import wanted
from irtysh.api.sdmx.data_versions import check_passed_over, selection_of
from irtysh.api.sdmx.errors import for_sdmx
from irtysh.api.sdmx.faults import MeaninglessSdmxQuery, NoResults
from irtysh.api.sdmx.negotiation import DATA, DATA_CSV_2, DATA_ML_30, Chosen, chosen
from irtysh.api.sdmx.parameters import IMTS_PARAMETERS, refuse_others
from irtysh.publication.catalogue import Offered
from irtysh.registries.records.shelf import catalogue
from irtysh.sdmx.artefacts.codes import complete
from irtysh.sdmx.artefacts.imts import imts, to_imts
from irtysh.sdmx.data_messages.forms import write
from irtysh.sdmx.data_messages.message import DataSet, Message
from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import TRADE, Point

_OFFERS = (DATA_CSV_2, DATA_ML_30, *(one for one in DATA[2] if one not in (DATA_CSV_2, DATA_ML_30)))


@for_sdmx
def as_imts(request: HttpRequest, dataset_id: str) -> HttpResponseBase:
    """Answer with a dataset of trade, or the part that ``key`` and times name, as UNSD:IMTS.

    The key has the dimensions of our own structure, as in ``/sdmx/v1/data``.
    """
    offered = catalogue().get(dataset_id)
    if offered.dataset.structure != "trade":
        trade = [
            name for name, one in catalogue().all().items() if one.dataset.structure == "trade"
        ]
        raise MeaninglessSdmxQuery(part="imts", found=dataset_id, expected=", ".join(trade) or "—")
    picked = chosen(request, _OFFERS)
    refuse_others(request, IMTS_PARAMETERS)
    response = kept(request, picked.offer, lambda: _made(request, offered, picked), offered.version)
    return bare(request, response)


def _made(request: HttpRequest, offered: Offered, picked: Chosen) -> HttpResponseBase:
    asked = wanted(request, TRADE, request.GET.get("key", "all"), 1)
    check_passed_over(offered.dataset, asked)
    spend(request)
    rows = offered.dataset.stream(selection_of(asked), by_series=True)
    points = _some(to_imts(asked.query.chosen(Points(TRADE, rows))), offered.id)
    message = Message(
        imts(),
        "",
        complete(dict(offered.about.get("title") or {}), offered.id),
        f"IRTYSH-{uuid.uuid4().hex}",
        timezone.now(),
        release=offered.version,
        is_test=offered.invented,
        sender_name=SENDER,
    )
    form = form_of(picked)
    pieces = (piece.encode() for piece in write(message, [DataSet(points)], form))
    response = StreamingHttpResponse(pieces, content_type=picked.offer.media_type)
    name = f"irtysh_{offered.id}_{offered.version}_IMTS.{form.ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _some(points: Iterator[Point], asked: str) -> Iterable[Point]:
    """Return points of which there is at least one: an answer begins when it is not empty."""
    first = next(points, None)
    if first is None:
        raise NoResults(asked=asked)
    return chain([first], points)
