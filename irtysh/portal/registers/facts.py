"""A record's columns as a reader reads them: label and value, in the order of the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.paths import SEGMENTS, record_path
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.fields import field_name
from irtysh.registries.records.models import Listing, Record, Reference, Row, register_title
from irtysh.sources.registers import TABLES, Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.tables import EVERYWHERE
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.numbers import format_number

_SHOWN_APART = {
    "name", "title", "term", "summary", "stub", "title_translated", "lat", "lon",
    *(column.name for column in EVERYWHERE),
}  # fmt: skip


def facts(record: Record, reading: Reading, hidden: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return label and value of every filled column that has no place of its own on the page."""
    register = record.table.name
    found = []
    for column in record.table.columns:
        if column.name in _SHOWN_APART or column.name in hidden:
            continue
        label = column_label(register, column.name, reading.language)
        if column.kind is Kind.ROWS:
            rows = list(getattr(record, column.name).all())
            if rows:
                found.append({"label": label, "rows": [_row(column, row, reading) for row in rows]})
        else:
            value = shown(record, column, reading)
            if value:
                found.append({"label": label, "name": column.name, **value})
    return found


def _row(rows: Column, row: Row, reading: Reading) -> list[dict[str, Any]]:
    found = []
    for column in rows.rows:
        if column.name in ("source", "locator", "accessed_on"):
            continue
        if value := shown(row, column, reading):
            found.append({"name": column.name, **value})
    source = getattr(row, "source", "")
    if source:
        found.append({"cited": words.source_line(reading, source, row.locator)})
    return found


def shown(holder: Record | Row, column: Column, reading: Reading) -> dict[str, Any]:
    """Return what a reader sees of a column: text, and the address it leads to; {} if empty."""
    if column.kind in TRANSLATED:
        text, language = holder.text_or_other(column.name, reading.language)
        other = language if language != reading.language else ""
        return {"text": text, "lang": other} if text else {}
    value = getattr(holder, field_name(column))
    if value is None or value in ("", []):
        return {}
    return _SHOWN[column.kind](value, column, reading)


def _record(value: Record, column: Column, reading: Reading) -> dict[str, Any]:
    if not value.live:
        return {"text": value.title_in(reading.language)}
    path = record_path(column.register, value.code, reading.language)
    return {"text": value.title_in(reading.language), "path": path}


def _link(value: str, _column: Column, reading: Reading) -> dict[str, Any]:
    register, _slash, code = value.partition("/")
    return linked(register, code, reading) or {"text": value}


def linked(register: str, code: str, reading: Reading) -> dict[str, Any]:
    """Return title and address of a published record; {} where there is none."""
    listing = Listing.objects.filter(register=register, code=code).first()
    if listing is None or register not in SEGMENTS:
        return {}
    return {
        "text": listing.title(reading.language),
        "path": record_path(register, code, reading.language),
        "register": register,
    }


def _codes(value: list[str], column: Column, reading: Reading) -> dict[str, Any]:
    return {"text": ", ".join(code_name(column.codes, one, reading.language) for one in value)}


def _strings(value: list[str], column: Column, reading: Reading) -> dict[str, Any]:
    if column.name in ("parties", "parties_unchecked"):
        value = [code_name("areas", one, reading.language) for one in value]
    if column.name == "languages":
        value = [language_name(one) for one in value]
    return {"text": ", ".join(value)}


def language_name(code: str) -> str:
    """Return the name of a language in the reader's own."""
    names = {"ru": _("Russian"), "kk": _("Kazakh"), "en": _("English")}
    return names.get(code, code)


def _number(value: Decimal | int, _column: Column, reading: Reading) -> dict[str, Any]:
    plain = Decimal(value).normalize()
    plain = plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
    return {"text": format_number(plain, reading.language), "number": True}


_SHOWN: Mapping[Kind, Any] = {
    Kind.STRING: lambda value, column, reading: {
        "text": f"№ {value}" if column.name == "number" else value
    },
    Kind.ADDRESS: lambda value, column, reading: {"text": value, "path": value, "external": True},
    Kind.LINK: _link,
    Kind.DAY: lambda value, column, reading: {"text": words.day_words(value), "day": value},
    Kind.CODE: lambda value, column, reading: {
        "text": code_name(column.codes, value, reading.language), "code": value
    },
    Kind.CODES: _codes,
    Kind.STRINGS: _strings,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _number,
    Kind.FLAG: lambda value, column, reading: {"text": _("yes") if value else _("no")},
    Kind.RECORD: _record,
}  # fmt: skip


def links(record: Record, reading: Reading) -> list[dict[str, Any]]:
    """Return the ties that the record itself names."""
    found = []
    for row in record.links.all():
        register, _slash, code = row.to.partition("/")
        other = linked(register, code, reading)
        if other:
            tie = code_name("link_kinds", row.kind, reading.language)
            found.append({**other, "tie": tie, "note": row.text("note", reading.language)})
    return found


def backward(record: Record, reading: Reading) -> list[dict[str, Any]]:
    """Return published records that point at this one, by register, with how they do."""
    pointing = Reference.objects.filter(to_register=record.table.name, to_code=record.code)
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in pointing.order_by("from_register", "from_code"):
        other = linked(one.from_register, one.from_code, reading)
        if other:
            tie = _tie(one, reading.language)
            groups.setdefault(one.from_register, []).append({**other, "tie": tie})
    return [
        {"title": register_title(register, reading.language), "items": groups[register]}
        for register in TABLES
        if register in groups
    ]


def _tie(one: Reference, language: str) -> str:
    if one.field.startswith("links."):
        kind = one.field.partition(".")[2]
        try:
            return codelist("link_kinds")[kind].extra.get(f"reverse_{language}", kind)
        except UnknownCode:
            return kind
    return column_label(one.from_register, one.field, language)


def rivals(record: Record, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield what other sources say of a field."""
    for row in record.rivals.all():
        try:
            label = column_label(record.table.name, row.about, reading.language)
        except KeyError:  # a point that no column has
            label = _("On another point")
        yield {
            "label": label,
            "said": row.text_or_other("said", reading.language)[0],
            "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
            "address": row.address,
        }
