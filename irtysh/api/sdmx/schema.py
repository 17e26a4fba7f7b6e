"""What is valid to send: ``/schema/{context}/{agency}/{id}/{version}``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from irtysh.api.sdmx.answers import artefacts, kept, message
from irtysh.api.sdmx.errors import for_sdmx
from irtysh.api.sdmx.faults import BadSdmxQuery, MeaninglessSdmxQuery, NoResults, NotServed
from irtysh.api.sdmx.negotiation import SCHEMAS, Offer, chosen
from irtysh.api.sdmx.parameters import SCHEMA_PARAMETERS, refuse_others
from irtysh.api.sdmx.structures import wanted_of
from irtysh.sdmx.artefacts.finding import Artefacts
from irtysh.sdmx.artefacts.model import (
    Agreement,
    Artefact,
    Constraint,
    Detail,
    Flow,
    Scheme,
    Structure,
)
from irtysh.sdmx.structure_messages.xsd import ALL_DIMENSIONS, schema

_CONTEXTS = ("datastructure", "dataflow", "provisionagreement")
_OF_METADATA = ("metadatastructure", "metadataflow", "metadataprovisionagreement")
_TOLD = ("datastructure", "codelist", "conceptscheme")


@for_sdmx
def schema_v1(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer with a schema for data of a dataflow, structure or provision agreement."""
    return _answered(request, rest, 1)


@for_sdmx
def schema_v2(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer with a schema for data of a dataflow, structure or provision agreement."""
    return _answered(request, rest, 2)


def _answered(request: HttpRequest, rest: str, generation: int) -> HttpResponseBase:
    picked = chosen(request, SCHEMAS[generation])
    refuse_others(request, SCHEMA_PARAMETERS)
    context, _, address = rest.strip("/").partition("/")
    if context in _OF_METADATA:
        raise NotServed(what=f"schema/{context}")
    if context not in _CONTEXTS or not address or address.count("/") > 2:
        raise BadSdmxQuery(part="schema/", found=rest[:120], expected="dataflow/IRTYSH/ID/1.0")
    wanted = wanted_of(context, address, generation)

    def made() -> HttpResponseBase:
        known = artefacts()
        found = known.find(wanted)
        if len(found) != 1:
            raise NoResults(asked=rest[:120])
        if picked.offer.kind == "structure":
            return message(request, picked.offer, _told(known, found[0]))
        return _schema(request, picked.offer, known, found[0])

    return kept(request, picked.offer, made)


def _told(known: Artefacts, one: Artefact) -> list[Artefact]:
    """Return structure, concepts and codes, no more of them than the context admits."""
    detail: Detail = "referencepartial"
    if isinstance(one, Agreement):
        one = known[one.flow]
    everything = known.around(one, ("descendants",), detail)
    return [found for found in everything if found.kind in _TOLD]


def _schema(
    request: HttpRequest, offer: Offer, known: Artefacts, one: Artefact
) -> HttpResponseBase:
    flow = known[one.flow] if isinstance(one, Agreement) else one
    structure = known[flow.structure] if isinstance(flow, Flow) else flow
    assert isinstance(structure, Structure)
    at = request.GET.get("dimensionAtObservation", structure.structure.time.id)
    possible = (structure.structure.time.id, ALL_DIMENSIONS, *structure.structure.key)
    if at not in possible:
        raise MeaninglessSdmxQuery(
            part="dimensionAtObservation", found=at[:60], expected=", ".join(possible)
        )
    codes = {}
    for component, ref in structure.codelists.items():
        listed = known[ref]
        assert isinstance(listed, Scheme)
        codes[component] = tuple(item.id for item in listed.items)
    if isinstance(flow, Flow):
        for constraint in known.users(flow):
            if isinstance(constraint, Constraint):
                codes |= constraint.values
    written = schema(
        structure.structure,
        flow.ref.urn(),
        codes,
        observed_by=at,
        version=offer.version,
    )
    return HttpResponse(written, content_type=offer.media_type)
