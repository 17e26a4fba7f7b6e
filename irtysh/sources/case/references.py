"""What one file of a case says of another: sources, acts, inventory rows, preferences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from irtysh.sources.case.case import Case
from irtysh.sources.case.layout import INVENTORY_STATUSES, PAGE_MARK
from irtysh.sources.case.shapes import Place
from irtysh.sources.case.yaml_lines import Document
from irtysh.vocabulary.errors import Fault

_PAGE = re.compile(rf"{PAGE_MARK}([a-z0-9-]+/)+")

Parts = Mapping[str, list[Document]]


def cross_faults(case: Case, parts: Parts, about: Document) -> Iterator[Fault]:
    """Yield the faults that only two files together show."""
    yield from _source_faults(case, parts)
    yield from _act_faults(case, parts)
    yield from _preference_faults(case, parts)
    yield from _inventory_faults(case)
    yield from _dataset_faults(case, parts)
    yield from _headline_faults(case, about)


def _source_faults(case: Case, parts: Parts) -> Iterator[Fault]:
    sources = _ids(case, "sources")
    for place, item in _items(parts):
        for field in ("source", "status_source"):
            if item.get(field):
                yield from _known(place.child(field), item[field], sources, "SourceUnknown")
        for number, cited in enumerate(item.get("cites") or ()):
            yield from _known(place.child("cites").child(number), cited, sources, "SourceUnknown")
        for number in item.get("inventory") or ():
            if not str(number).isdigit():
                yield place.child("inventory").fault("InventoryNumber", value=str(number))


def _act_faults(case: Case, parts: Parts) -> Iterator[Fault]:
    acts = _ids(case, "acts")
    sources = _ids(case, "sources")
    for part in parts.get("acts", ()):
        for place, item in _of(part):
            start, end = item.get("valid_from"), item.get("valid_to")
            if start and end and str(end) < str(start):
                yield place.child("valid_to").fault("EndBeforeStart", start=start, end=end)
            for number, relation in enumerate(_list(item.get("relations"))):
                if isinstance(relation, dict):
                    where = place.child("relations").child(number)
                    yield from _known(where.child("act"), relation.get("act"), acts, "ActUnknown")
                    if relation.get("source"):
                        yield from _known(
                            where.child("source"), relation["source"], sources, "SourceUnknown"
                        )


def _preference_faults(case: Case, parts: Parts) -> Iterator[Fault]:
    for part in parts.get("preferences", ()):
        named = part.data.get("named") if isinstance(part.data, dict) else None
        for number, item in enumerate(_list(named)):
            place = Place(part, ("named", number))
            cell = item.get("cell") if isinstance(item, dict) else None
            if not isinstance(cell, dict) or not any(
                row.observation.matches(cell) for row in case.rows
            ):
                yield place.fault("PreferenceFitsNothing")


def _inventory_faults(case: Case) -> Iterator[Fault]:
    if not case.inventory:
        return
    numbers = {row["number"] for row in case.inventory}
    used = {number for row in case.rows for number in row.inventory}
    for number in sorted(used - numbers, key=str):
        yield Fault("InventoryRowUnknown", "inventory.csv", 0, "number", {"number": number})
    seen: set[str] = set()
    for row in case.inventory:
        line = int(row["line"])
        if row["number"] in seen:
            yield Fault("IdTwice", "inventory.csv", line, "number",
                        {"id": row["number"], "other": "inventory.csv"})  # fmt: skip
        seen.add(row["number"])
        if row["status"] not in INVENTORY_STATUSES:
            yield Fault("NotAnOption", "inventory.csv", line, "status",
                        {"value": row["status"],
                         "options": ", ".join(INVENTORY_STATUSES)})  # fmt: skip
        for language in case.languages:
            if not row.get(f"title_{language}", "").strip():
                yield Fault("TextMissing", "inventory.csv", line, f"title_{language}",
                            {"language": language})  # fmt: skip
        for reference in filter(None, (part.strip() for part in row["files"].split(";"))):
            if not _resolves(case, reference):
                yield Fault("ReferenceUnknown", "inventory.csv", line, "files",
                            {"reference": reference})  # fmt: skip


def _resolves(case: Case, reference: str) -> bool:
    if reference.startswith(PAGE_MARK):
        return _PAGE.fullmatch(reference) is not None
    file, _, item = reference.partition("#")
    name = file.rpartition("/")[2].rpartition(".")[0]
    if file.startswith("observations/"):
        return any(row.file == file for row in case.rows)
    if file.startswith("pages/"):
        return name.partition(".")[0] in case.pages
    document = case.documents.get(name.partition("-")[0])
    if file == "case.yaml":
        return not item or item in case.about
    return document is not None and (not item or item in _ids(case, name.partition("-")[0]))


def _dataset_faults(case: Case, parts: Parts) -> Iterator[Fault]:
    filled = {row.observation.dataflow for row in case.rows}
    notes = _ids(case, "notes")
    for part in parts.get("datasets", ()):
        for place, item in _of(part):
            for number, note in enumerate(_list(item.get("coverage_notes"))):
                where = place.child("coverage_notes").child(number)
                yield from _known(where, note, notes, "NoteUnknown")
            if item.get("id") not in filled:
                yield place.fault("DatasetEmpty", "warning", dataset=str(item.get("id")))


def _headline_faults(case: Case, about: Document) -> Iterator[Fault]:
    headline = case.about.get("headline")
    if isinstance(headline, dict) and not any(
        row.observation.matches(headline) for row in case.rows
    ):
        yield Place(about, ("headline",)).fault("HeadlineFitsNothing")


def _known(place: Place, value: Any, ids: frozenset[str], code: str) -> Iterator[Fault]:
    if str(value) not in ids:
        near = ", ".join(get_close_matches(str(value), ids, n=3)) or "—"
        yield place.fault(code, value=str(value), near=near)


def _items(parts: Parts) -> Iterator[tuple[Place, dict[str, Any]]]:
    for documents in parts.values():
        for part in documents:
            yield from _of(part)


def _of(part: Document) -> Iterator[tuple[Place, dict[str, Any]]]:
    for number, item in enumerate(_list(part.data)):
        if isinstance(item, dict):
            yield Place(part, (number,)), item


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _ids(case: Case, kind: str) -> frozenset[str]:
    items = case.documents.get(kind)
    if isinstance(items, dict):
        return frozenset(map(str, items))
    return frozenset(
        str(item["id"]) for item in _list(items) if isinstance(item, dict) and "id" in item
    )
