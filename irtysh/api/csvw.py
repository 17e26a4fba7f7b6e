"""What the columns of a CSV are, in three languages, as CSV on the Web says it (W3C, 2015)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from irtysh.api.tables import header
from irtysh.publication.catalogue_words import Described
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue

_TYPES: Mapping[str, Any] = {
    "value": "decimal",
    "low": "decimal",
    "high": "decimal",
    "unit_multiplier": "decimal",
    "retrieved_on": {"base": "date", "format": "yyyy-MM-dd"},
    "preferred": {"base": "boolean", "format": "yes|no"},
    "source_address": "string",
}
_ALWAYS = ("id", "dataset", "ref_area", "flow", "measure", "unit", "status", "source", "release")


def metadata(told: Described, address: str, about: Mapping[str, str]) -> bytes:
    """Return the description of the CSV at an address, which may be a relative one, as JSON."""
    names = about_in_every_language(told)
    described: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": told.language}],
        "url": address,
        "dialect": {"encoding": "utf-8", "header": True},
        "dc:title": names["title"],
        "dc:description": names["description"],
        "dc:identifier": told.offered.id,
        "dc:hasVersion": told.offered.version,
        "dc:issued": {
            "@value": told.offered.dataset.created_at.date().isoformat(),
            "@type": "xsd:date",
        },
        "dc:license": told.licence,
        "dc:source": about.get("sources", ""),
        "dc:bibliographicCitation": about.get("cite", ""),
        "tableSchema": {
            "columns": [_column(name) for name in header()],
            "primaryKey": "id",
        },
    }
    if told.invented:
        described["rdfs:comment"] = about["warning"]
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def about_in_every_language(told: Described) -> dict[str, list[dict[str, str]]]:
    """Return title and description as values with their languages."""
    found = {}
    for key in ("title", "description"):
        texts = told.offered.about.get(key) or {}
        if isinstance(texts, str):
            texts = dict.fromkeys(LANGUAGES, texts)
        found[key] = [
            {"@value": str(texts[language]), "@language": language}
            for language in LANGUAGES
            if texts.get(language)
        ]
    return found


def without_mark(address: str) -> str:
    """Return the address of the CSV without the byte-order mark, which CSVW does not expect."""
    return f"{address}{'&' if '?' in address else '?'}bom=0"


def _column(name: str) -> dict[str, Any]:
    titles: dict[str, Any] = {"und": name, **catalogue("columns")[name]}
    column: dict[str, Any] = {
        "name": name,
        "titles": titles,
        "datatype": _TYPES.get(name, "string"),
    }
    if name in _ALWAYS:
        column["required"] = True
    return column
