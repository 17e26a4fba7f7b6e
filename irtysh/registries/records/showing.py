"""What a record holds, for somebody of the office to read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from irtysh.registries.records.codes import code_name, language_now
from irtysh.registries.records.documents import plain_number
from irtysh.registries.records.fields import field_name
from irtysh.registries.records.models import Record, Row, title_of
from irtysh.sources.registers import Column, Kind
from irtysh.sources.registers.columns import TRANSLATED
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.text import LANGUAGES


def facts_of(record: Record) -> list[dict[str, Any]]:
    """Return label and content of every column that is not empty.

    ``texts`` (language and text), ``value`` or ``rows`` (lists of the same): one of the three.
    """
    return _facts(record, record.table.columns, record.table.name, "")


def _facts(
    holder: Record | Row, columns: tuple[Column, ...], register: str, rows: str
) -> list[dict[str, Any]]:
    found = []
    for column in columns:
        path = f"{rows}.{column.name}" if rows else column.name
        fact = _fact(holder, column, register)
        if any(fact.values()):
            found.append({"label": column_label(register, path, language_now()), **fact})
    return found


def _fact(holder: Record | Row, column: Column, register: str) -> dict[str, Any]:
    if column.kind in TRANSLATED:
        texts = [(one, getattr(holder, f"{column.name}_{one}")) for one in LANGUAGES]
        return {"texts": [(one, text) for one, text in texts if text]}
    if column.kind is Kind.ROWS:
        held = getattr(holder, column.name).all()
        return {"rows": [_facts(row, column.rows, register, column.name) for row in held]}
    return {"value": value_in_words(getattr(holder, field_name(column)), column)}


def day_words(text: str | date | None) -> str:
    """Write a day, month or year known as ISO text in the reader's manner; "—" stays."""
    if not text or text == "—":
        return text or ""
    if isinstance(text, date):
        return date_format(text, "DATE_FORMAT")
    parts = text.split("-")
    if len(parts) == 3:
        return date_format(date.fromisoformat(text), "DATE_FORMAT")
    if len(parts) == 2:
        return date_format(date(int(parts[0]), int(parts[1]), 1), "YEAR_MONTH_FORMAT")
    return text


def value_in_words(value: Any, column: Column) -> str:
    """Return one value in the language of the screen; empty where there is none."""
    if value in (None, "", []):
        return ""
    if column.kind is Kind.CODE:
        return code_name(column.codes, value)
    if column.kind is Kind.CODES:
        return ", ".join(code_name(column.codes, one) for one in value)
    if column.kind is Kind.STRINGS:
        return "; ".join(value)
    if column.kind is Kind.FLAG:
        return _("yes") if value else _("no")
    if column.kind is Kind.DECIMAL:
        return format_number(Decimal(str(plain_number(value))), language_now())
    if column.kind is Kind.LINK:
        register, _slash, code = value.partition("/")
        return title_of(register, code)
    return str(value)
