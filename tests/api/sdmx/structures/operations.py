"""The operations of SDMX REST as an OpenAPI document, in our own words, to draw requests from."""

from __future__ import annotations

from typing import Any

_AGENCY = ["IRTYSH", "all", "*", "SDMX", "OTHER", "IRTYSH,SDMX", "a b"]
_FLOWS = ["TEST_TRADE", "TRADE_PARTNER", "TRADE", "PA_TEST_TRADE", "all", "*", "NOPE", "Щ"]
_IDS = ["CL_AREA", "CS_IRTYSH", "THEMES", "TRADE_TO_IMTS", *_FLOWS]
_VERSIONS = ["1.0", "latest", "all", "+", "~", "*", "1.0+", "1.*", "9.9", "1.0,2.0", "x"]
_KINDS = ["codelist", "dataflow", "datastructure", "contentconstraint", "structureset", "*", "no"]
_KEYS = ["all", "*", "A.KZ....", "A+M..X...VALUE", "..", "A.KZ.X._T.RU.VALUE", "....%00", "ключ"]
_DIMENSIONS = ["FREQ", "COMMODITY", "TIME_PERIOD", "all", "NOPE"]
_REFERENCES = ["none", "all", "children", "parents", "codelist", "codelist,dataflow", "friends"]
_DETAIL = ["full", "allstubs", "referencestubs", "referencepartial", "allcompletestubs", "less"]
_TIMES = ["2020", "2020-Q1", "2021-04", "2020-01-01", "yesterday"]
_FORMATS = ["jsondata", "csvfile", "csvfilewithlabels", "jsonstructure", "structure", "pdf"]
_ACCEPT = [
    "*/*",
    "application/json",
    "application/xml;q=0.3, text/csv",
    "application/vnd.sdmx.data+csv;version=2.0.0;labels=both",
    "application/vnd.sdmx.structure+xml;version=3.0.0+",
    "nonsense",
]
_QUERY = {
    "references": _REFERENCES,
    "detail": _DETAIL,
    "mode": ["exact", "available", "maybe"],
    "startPeriod": _TIMES,
    "endPeriod": _TIMES,
    "format": _FORMATS,
    "dimensionAtObservation": ["TIME_PERIOD", "AllDimensions", "REF_AREA", "NOPE"],
    "c[MEASURE]": ["VALUE", "ne:VALUE", "GROWTH,SHARE", ":"],
    "lang": ["kk", "xx"],
}
_ADDRESSES: dict[str, dict[str, list[str]]] = {
    "/sdmx/v1/{kind}/{agency}/{id}/{version}": {
        "kind": _KINDS, "agency": _AGENCY, "id": _IDS, "version": _VERSIONS,
    },
    "/sdmx/v2/structure/{kind}/{agency}/{id}/{version}/{item}": {
        "kind": _KINDS, "agency": _AGENCY, "id": _IDS, "version": _VERSIONS,
        "item": ["KZ", "KZ,RU", "trade", "*", "no"],
    },
    "/sdmx/v1/availableconstraint/{flow}/{key}/all/{dimension}": {
        "flow": _FLOWS, "key": _KEYS, "dimension": _DIMENSIONS,
    },
    "/sdmx/v2/availability/{context}/{agency}/{flow}/{version}/{key}": {
        "context": ["dataflow", "datastructure", "*", "no"], "agency": _AGENCY, "flow": _FLOWS,
        "version": _VERSIONS, "key": _KEYS,
    },
    "/sdmx/v1/schema/{context}/{agency}/{flow}/{version}": {
        "context": ["dataflow", "datastructure", "metadataflow", "no"], "agency": _AGENCY,
        "flow": _FLOWS, "version": _VERSIONS,
    },
    "/sdmx/v1/data/{flow}/{key}": {"flow": _FLOWS, "key": _KEYS},
    "/sdmx/v2/data/{context}/{agency}/{flow}/{version}/{key}": {
        "context": ["dataflow", "*", "no"], "agency": _AGENCY, "flow": _FLOWS,
        "version": _VERSIONS, "key": _KEYS,
    },
    "/sdmx/imts/{flow}": {"flow": _FLOWS},
}  # fmt: skip


def document() -> dict[str, Any]:
    """Return the document: right values and wrong ones, a status for each way it may end."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "SDMX REST", "version": "1.5 and 2.2"},
        "paths": {address: {"get": _operation(parts)} for address, parts in _ADDRESSES.items()},
    }


def _operation(parts: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "parameters": [
            *(_one("path", name, values, required=True) for name, values in parts.items()),
            *(_one("query", name, values) for name, values in _QUERY.items()),
            _one("header", "Accept", _ACCEPT),
            _one("header", "Accept-Language", ["kk", "en;q=0.5", "xx"]),
        ],
        "responses": {
            str(status): {"description": "as the standard has it"}
            for status in (200, 400, 404, 406, 413, 501)
        },
    }


def _one(place: str, name: str, values: list[str], *, required: bool = False) -> dict[str, Any]:
    schema = {"type": "string", "enum": values}
    return {"in": place, "name": name, "required": required, "schema": schema}
