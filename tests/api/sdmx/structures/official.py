"""The operations of the SDMX REST API 2.1.0 (SDMX technical working group), restated.

Addresses, names of parameters, value lists and patterns are those of the working group's OpenAPI
description; nothing of its text is here. Ids are drawn from ours as well as from the pattern, so
that some requests find something.
"""

from __future__ import annotations

from typing import Any

_AGENCY = r"^\*|[A-Za-z][A-Za-z\d_-]*(\.[A-Za-z][A-Za-z\d_-]*)*$"
_RESOURCE = r"^\*|[A-Za-z\d_@$-]+$"
_COMPONENT = r"^\*|[A-Za-z][A-Za-z\d_-]*$"
_VERSION = r"^(\+|~(\.0){0,2}|\*(\.0){0,2}|(0|[1-9]\d*)(\.(0|[1-9]\d*)){0,2}[+~*]?)$"
_SORT = (
    r"^(([A-Za-z0-9_@$\-]+(:(asc|desc))?(\+[A-Za-z0-9_@$\-]+(:(asc|desc))*)*)|(\*(:(asc|desc))?))$"
)
_ITEM_SCHEMES = [
    "conceptscheme", "codelist", "categoryscheme", "agencyscheme", "dataproviderscheme",
    "dataconsumerscheme", "organisationunitscheme", "transformationscheme", "rulesetscheme",
    "userdefinedoperatorscheme", "customtypescheme", "namepersonalisationscheme",
    "vtlmappingscheme", "valuelist", "*",
]  # fmt: skip
_STRUCTURES = [
    "datastructure", "metadatastructure", "dataflow", "metadataflow", "provisionagreement",
    "process", "categorisation", "dataconstraint", "metadataconstraint", "hierarchy",
    "hierarchyassociation", "structuremap", "representationmap", "conceptschememap",
    "categoryschememap", "organisationschememap", "reportingtaxonomymap",
    "metadataproviderscheme", "reportingtaxonomy", "metadataprovisionagreement", *_ITEM_SCHEMES,
]  # fmt: skip
_RELATED = ["none", "parents", "parentsandsiblings", "ancestors", "children", "descendants", "all"]
_FULL = ["full", "allstubs"]
_PARTS = ["referencestubs", "allcompletestubs", "referencecompletestubs", "referencepartial", "raw"]
_FLOWS = ["TEST_TRADE", "TRADE_PARTNER", "TRADE", "CL_AREA", "*"]


def _text(**more: Any) -> dict[str, Any]:
    return {"type": "string", **more}


def _some(*known: str, pattern: str = r"^\S+$") -> dict[str, Any]:
    """Return a list: of what the pattern allows, or of one value that is known (see _narrowed)."""
    items = {"anyOf": [_text(enum=list(known)), _text(pattern=pattern, maxLength=40)]}
    return {"type": "array", "minItems": 1, "maxItems": 3, "items": items}


def _in(place: str, name: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"in": place, "name": name, "required": place == "path", "schema": schema, **more}


_CONTEXT = _in(
    "path",
    "context",
    _text(enum=["datastructure", "dataflow", "provisionagreement", "*"]),
)
_MAINTAINER = _in("path", "agencyID", _some("IRTYSH", "*", pattern=_AGENCY))
_RESOURCES = _in("path", "resourceID", _some(*_FLOWS, pattern=_RESOURCE))
_VERSIONS = _in("path", "version", _some("1.0", "+", "~", "*", pattern=_VERSION))
_KEY = _in("path", "key", _some("*", "A.KZ.*.*.*.*.*.*", pattern=r"^(\*|\S+)$"))
_PROVIDERS = _in("path", "providerID", _some("IRTYSH", "*", pattern=_AGENCY))
_FOUND = (_MAINTAINER, _RESOURCES, _VERSIONS)
_SINCE = _in("query", "updatedAfter", _text(format="date-time"))
_BEFORE = _in("query", "updatedBefore", _text(format="date-time"))
_OBSERVED = _in("query", "dimensionAtObservation", _text(pattern=r"^[A-Za-z][A-Za-z\d_-]*$"))
_CHOSEN = _in(
    "query",
    "c",
    {"type": "object", "additionalProperties": _text()},
    style="deepObject",
    explode=True,
)
_LESS = _in("query", "detail", _text(enum=_FULL))
_STRUCTURE_QUERY = (
    _in("query", "references", _some(*_RELATED, *_STRUCTURES[:-1]), style="form", explode=False),
    _in("query", "detail", _text(enum=[*_FULL, *_PARTS])),
)
_DATA_QUERY = (
    _CHOSEN,
    _SINCE,
    _in("query", "firstNObservations", {"type": "integer", "minimum": 1}),
    _in("query", "lastNObservations", {"type": "integer", "minimum": 1}),
    _OBSERVED,
    _in("query", "attributes", _some("dsd", "all", "none", "msd"), style="form", explode=False),
    _in("query", "measures", _some("all", "none"), style="form", explode=False),
    _in("query", "includeHistory", {"type": "boolean"}),
    _in("query", "offset", {"type": "integer", "minimum": 0}),
    _in("query", "limit", {"type": "integer", "minimum": 1}),
    _in("query", "sort", _text(pattern=_SORT)),
)
_OURS: dict[str, list[str]] = {
    "context": ["dataflow", "*"],
    "agencyID": ["IRTYSH", "*"],
    "resourceID": ["TEST_TRADE", "TRADE_PARTNER", "*"],
    "version": ["1.0", "+", "~", "*"],
    "key": ["*", "A.*.*.X.*.*.*.*", "A.KZ"],
    "structureType": ["dataflow", "datastructure", "codelist", "*"],
    "itemSchemeType": ["codelist", "conceptscheme", "*"],
    "dimensionAtObservation": ["TIME_PERIOD", "AllDimensions"],
    "c": ["FREQ"],
    "sort": ["*"],
    "updatedAfter": ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00+06:00"],
}
_HEADERS = (
    _in("header", "Accept-Language", _text(enum=["kk", "ru-RU, en;q=0.3", "xx", "*"])),
    _in("header", "If-Modified-Since", _text(format="date-time")),
)
_ADDRESSES: dict[str, tuple[dict[str, Any], ...]] = {
    "data/{context}/{agencyID}/{resourceID}/{version}/{key}": (
        _CONTEXT, *_FOUND, _KEY, *_DATA_QUERY,
    ),
    "availability/{context}/{agencyID}/{resourceID}/{version}/{key}/{componentID}": (
        _CONTEXT, *_FOUND, _KEY, _CHOSEN, _SINCE,
        _in("path", "componentID", _some("REF_AREA", "*", pattern=_COMPONENT)),
        _in("query", "mode", _text(enum=["exact", "available"])),
        _in("query", "references", _some("none", "all", "datastructure", "codelist", "dataflow"),
            style="form", explode=False),
    ),
    "schema/{context}/{agencyID}/{resourceID}/{version}": (
        _in("path", "context", _text(enum=_STRUCTURES[:5])),
        _in("path", "agencyID", _text(pattern=_AGENCY.replace(r"\*|", ""))),
        _in("path", "resourceID", _text(enum=_FLOWS)),
        _in("path", "version", _text(pattern=_VERSION)),
        _OBSERVED, _in("query", "deletion", {"type": "boolean"}),
    ),
    "structure/{structureType}/{agencyID}/{resourceID}/{version}": (
        _in("path", "structureType", _text(enum=_STRUCTURES)), *_FOUND, *_STRUCTURE_QUERY,
    ),
    "structure/{itemSchemeType}/{agencyID}/{resourceID}/{version}/{itemID}": (
        _in("path", "itemSchemeType", _text(enum=_ITEM_SCHEMES)), *_FOUND, *_STRUCTURE_QUERY,
        _in("path", "itemID", _some("KZ", "*")),
    ),
    "metadata/structure/{structureType}/{agencyID}/{resourceID}/{version}": (
        _in("path", "structureType", _text(enum=_STRUCTURES)), *_FOUND, _LESS,
    ),
    "metadata/metadataflow/{agencyID}/{resourceID}/{version}/{providerID}": (
        *_FOUND, _PROVIDERS, _LESS,
    ),
    "metadata/metadataset/{providerID}/{resourceID}/{version}": (
        _PROVIDERS, _RESOURCES, _VERSIONS, _LESS,
    ),
    "registration/id/{registrationID}": (_in("path", "registrationID", _some("A")),),
    "registration/provider/{agencyID}/{providerID}": (_MAINTAINER, _PROVIDERS, _BEFORE, _SINCE),
    "registration/{context}/{agencyID}/{resourceID}/{version}": (
        _CONTEXT, *_FOUND, _BEFORE, _SINCE,
    ),
}  # fmt: skip


def official(*, known: bool = False) -> dict[str, Any]:
    """Return the document; a request may end in every way of the standard but a failure of ours.

    With ``known``, ids are those that a portal under test has, so that requests find something.
    """
    ends = (200, 204, 304, 400, 401, 403, 404, 406, 413, 414, 422, 501)
    responses = {str(status): {"description": "as the standard has it"} for status in ends}
    return {
        "openapi": "3.0.0",
        "info": {"title": "SDMX REST", "version": "2.1.0"},
        "paths": {
            f"/sdmx/v2/{address}": {
                "get": {
                    "parameters": [_narrowed(one) if known else one for one in parameters]
                    + list(_HEADERS),
                    "responses": responses,
                }
            }
            for address, parameters in _ADDRESSES.items()
        },
    }


def _narrowed(parameter: dict[str, Any]) -> dict[str, Any]:
    """Return the parameter with known values: ours where it has them, else the standard's own."""
    name = parameter["name"]
    if name in _OURS:
        schema = _text(enum=_OURS[name])
    elif parameter["schema"]["type"] == "array":
        schema = parameter["schema"]["items"]["anyOf"][0]
    else:
        schema = parameter["schema"]
    return {
        **parameter,
        "schema": schema,
        "style": "simple" if parameter["in"] == "path" else "form",
    }
