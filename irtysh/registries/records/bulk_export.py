"""A register as a file to take away: for everybody what is public, for the office its own."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone

from irtysh.registries.records.bulk import in_parts, names_now, whole
from irtysh.registries.records.codes import case_about, names_of
from irtysh.registries.records.documents import document_of
from irtysh.registries.records.listing import stamp
from irtysh.registries.records.models import Record, registers
from irtysh.sources.registers import TABLES, Kind
from irtysh.sources.registers.sheets import csv_lines, write_xlsx
from irtysh.sources.registers.words import register_words
from irtysh.vocabulary.wording import say

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_IN_MEMORY = 8 * 2**20


def documents_of(records: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Yield records as documents, a few hundred at a time, in the order of their ids."""
    table = records.model.table
    for record in whole(records.order_by("code"), table).iterator(chunk_size=400):
        yield document_of(record)


def public_records(register: str, codes: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the published records of a register, or those of some ids in their order."""
    published = registers()[register].objects.filter(live=True)
    if codes is None:
        yield from documents_of(published)
        return
    for part in in_parts(list(codes)):
        found = whole(published.filter(code__in=part), TABLES[register])
        by_code: dict[str, Record] = {record.code: record for record in found}
        yield from (document_of(by_code[code]) for code in part if code in by_code)


def about(register: str, language: str, address: str) -> list[tuple[str, str]]:
    """Return label and text of everything that a file says of itself."""
    case = case_about()
    title = case.get("title")
    lines = [
        ("register", register_words(register, "title", language)),
        ("description", register_words(register, "lead", language)),
        ("case", title.get(language, "") if isinstance(title, dict) else ""),
        ("portal", address),
        ("made_on", timezone.localtime().date().isoformat()),
        ("state", str(stamp())),
        ("language", say("downloads", "language_name", language)),
        ("licence", say("downloads", "licence_text", language)),
        ("reading", say("downloads", "table_reading", language)),
    ]
    if case.get("invented"):
        lines.insert(0, ("warning", say("downloads", "invented", language)))
    return [(say("downloads", key, language), text) for key, text in lines if text]


def as_csv(register: str, documents: Iterable[dict[str, Any]], language: str) -> Iterator[bytes]:
    """Yield a CSV in pieces."""
    return csv_lines(TABLES[register], documents, names_now(language))


def as_xlsx(
    register: str, documents: Iterable[dict[str, Any]], language: str, address: str
) -> IO[bytes]:
    """Return a workbook as an open file, which the caller closes."""
    # Passed on to a response that closes it.
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    names = names_now(language)
    write_xlsx(TABLES[register], documents, names, about(register, language, address), stream)
    stream.seek(0)
    return stream


def as_json(
    register: str, documents: Iterable[dict[str, Any]], language: str, address: str
) -> Iterator[bytes]:
    """Yield JSON in pieces: what the file is, the names of its codes, the records."""
    table = TABLES[register]
    lists = {column.codes for column in table.of(Kind.CODE, Kind.CODES)}
    for column in table.of(Kind.ROWS):
        lists |= {one.codes for one in column.rows if one.kind in (Kind.CODE, Kind.CODES)}
    case = case_about()
    head = {
        "register": register,
        "case": case.get("id", ""),
        "invented": bool(case.get("invented")),
        "state": stamp(),
        "address": address,
        "language": language,
        "names": {codes: dict(names_of(codes, language)) for codes in sorted(lists)},
    }
    yield _json(head)[:-1].encode() + b',"rows":['
    piece: list[str] = []
    is_first = True
    for document in documents:
        piece.append(_json(document) if is_first else "," + _json(document))
        is_first = False
        if len(piece) == 200:
            yield "".join(piece).encode()
            piece = []
    yield "".join(piece).encode() + b"]}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
