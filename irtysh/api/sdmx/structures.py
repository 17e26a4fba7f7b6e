"""Queries for structures: REST 1.5 ``/codelist/…`` and 2.2 ``/structure/codelist/…``."""

from __future__ import annotations

import re
from typing import cast, get_args

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from irtysh.api.sdmx.answers import artefacts, kept, message
from irtysh.api.sdmx.errors import for_sdmx
from irtysh.api.sdmx.faults import BadSdmxQuery
from irtysh.api.sdmx.negotiation import STRUCTURES, chosen
from irtysh.api.sdmx.parameters import STRUCTURE_PARAMETERS, refuse_others
from irtysh.sdmx.artefacts.finding import Wanted
from irtysh.sdmx.artefacts.model import ITEMS_OF, Detail

KINDS_1 = (
    "datastructure metadatastructure categoryscheme conceptscheme codelist hierarchicalcodelist "
    "organisationscheme agencyscheme dataproviderscheme dataconsumerscheme "
    "organisationunitscheme dataflow metadataflow reportingtaxonomy provisionagreement "
    "structureset process categorisation contentconstraint actualconstraint allowedconstraint "
    "attachmentconstraint transformationscheme rulesetscheme userdefinedoperatorscheme "
    "customtypescheme namepersonalisationscheme namealiasscheme structure"
).split()
"""Kinds of structures of REST 1.5."""

KINDS_2 = (
    "datastructure metadatastructure categoryscheme conceptscheme codelist hierarchy "
    "hierarchyassociation valuelist organisationscheme agencyscheme dataproviderscheme "
    "metadataproviderscheme dataconsumerscheme organisationunitscheme dataflow metadataflow "
    "reportingtaxonomy provisionagreement metadataprovisionagreement structuremap "
    "representationmap conceptschememap categoryschememap organisationschememap "
    "reportingtaxonomymap process categorisation dataconstraint metadataconstraint "
    "transformationscheme rulesetscheme userdefinedoperatorscheme customtypescheme "
    "namepersonalisationscheme vtlmappingscheme structureset *"
).split()
"""Kinds of structures of REST 2.2."""

_OURS: dict[str, tuple[str, ...]] = {
    "structure": (),
    "*": (),
    "organisationscheme": ("agencyscheme", "dataproviderscheme", "organisationunitscheme"),
    "actualconstraint": ("contentconstraint",),
    "dataconstraint": ("contentconstraint",),
    "hierarchy": ("hierarchicalcodelist",),
    "structuremap": ("structureset",),
}
"""Kind in a query → our kinds, where they are not the same; none means every kind."""

_UNREAD = ("provisionagreement", "dataproviderscheme")
"""What sdmx1 cannot read in SDMX-ML 3.0. It asks for references=all before every query with a key
and accepts */*, so these are told to those who name the format that they want."""

_WAYS = ("none", "parents", "parentsandsiblings", "ancestors", "children", "descendants", "all")
_ID = re.compile(r"\*|all|[A-Za-z0-9_@$.\-]+", re.ASCII)
_VERSION = re.compile(r"[0-9*+~.A-Za-z\-]+", re.ASCII)


@for_sdmx
def structures_v1(request: HttpRequest, kind: str, rest: str = "") -> HttpResponseBase:
    """Answer ``/{kind}/{agency}/{id}/{version}/{item}``."""
    return _answered(request, kind, rest, 1)


@for_sdmx
def structures_v2(request: HttpRequest, kind: str = "*", rest: str = "") -> HttpResponseBase:
    """Answer ``/structure/{kind}/{agency}/{id}/{version}/{item}``."""
    if kind not in KINDS_2:
        raise BadSdmxQuery(part="artefactType", found=kind[:60], expected=", ".join(KINDS_2))
    return _answered(request, kind, rest, 2)


def _answered(request: HttpRequest, kind: str, rest: str, generation: int) -> HttpResponseBase:
    picked = chosen(request, STRUCTURES[generation])
    refuse_others(request, STRUCTURE_PARAMETERS)
    wanted = wanted_of(kind, rest, generation)
    detail = detail_of(request)
    ways = references_of(request, generation)

    def made() -> HttpResponseBase:
        found = artefacts().answer(wanted, ways, detail)
        if generation == 2 and not picked.is_named:
            found = [one for one in found if one.kind not in _UNREAD or one.kind in wanted.kinds]
        return message(request, picked.offer, found)

    return kept(request, picked.offer, made)


def wanted_of(kind: str, rest: str, generation: int) -> Wanted:
    """Return the query of an address; raises BadSdmxQuery."""
    parts = rest.strip("/").split("/") if rest.strip("/") else []
    agency, ids, versions, items = [*parts, "", "", "", ""][:4]
    if len(parts) > 4:
        raise BadSdmxQuery(part="/", found=rest[:120], expected="agency/id/version/item")
    kinds = _OURS.get(kind, (kind,))
    if items and not any(one in ITEMS_OF for one in kinds or ITEMS_OF):
        raise BadSdmxQuery(part="itemID", found=items[:60], expected=", ".join(ITEMS_OF))
    return Wanted(
        kinds,
        _listed("agencyID", agency, generation),
        _listed("resourceID", ids, generation),
        _versions(versions, generation),
        _listed("itemID", items, generation),
    )


def _listed(part: str, text: str, generation: int) -> tuple[str, ...]:
    """Return the parts of a list: "," divides, in the first generation "+" too."""
    if not text:
        return ()
    given = text.replace("+", ",") if generation == 1 else text
    listed = tuple(given.split(","))
    for one in listed:
        if not _ID.fullmatch(one):
            raise BadSdmxQuery(part=part, found=text[:120], expected="A,B / A+B / all / *")
    return listed


def _versions(text: str, generation: int) -> tuple[str, ...]:
    if not text or text == "+":
        return (text,) if text else ()
    divided = "," if generation == 2 else r",|\+(?=[0-9a-z])"
    listed = tuple(re.split(divided, text))
    for one in listed:
        if not _VERSION.fullmatch(one):
            raise BadSdmxQuery(
                part="version", found=text[:60], expected="1.0, 1.0+, latest, all, +, ~, *"
            )
    return listed


def detail_of(request: HttpRequest) -> Detail:
    """Return the detail asked for; raises BadSdmxQuery."""
    asked = request.GET.get("detail", "full").lower()
    if asked not in get_args(Detail):
        expected = ", ".join(get_args(Detail))
        raise BadSdmxQuery(part="detail", found=asked[:60], expected=expected)
    return cast(Detail, asked)


def references_of(request: HttpRequest, generation: int) -> tuple[str, ...]:
    """Return the directions and kinds of references asked for; raises BadSdmxQuery."""
    found: list[str] = []
    for asked in request.GET.get("references", "none").lower().split(","):
        if asked in _WAYS:
            found.append(asked)
        elif asked in (KINDS_1 if generation == 1 else KINDS_2) and _OURS.get(asked, (1,)):
            found.extend(_OURS.get(asked, (asked,)))
        else:
            raise BadSdmxQuery(
                part="references", found=asked[:60], expected=", ".join((*_WAYS, "codelist, …"))
            )
    return tuple(found)
