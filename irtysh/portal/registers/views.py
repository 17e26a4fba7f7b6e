"""The list of a register and the page of a record."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers import facts
from irtysh.portal.registers.pages import PAGES, record_path
from irtysh.registries.records.finding import (
    PAGE,
    Asked,
    counts_of,
    facet_names,
    page_of,
)
from irtysh.registries.records.listing import stamp
from irtysh.registries.records.models import Listing, Record, registers
from irtysh.sources.registers.words import register_words

_MOST_VALUES = 200


def registers_stamp() -> str:
    """Return what changes whenever a record changes, and at midnight: standings follow the day."""
    return f"{stamp()}.{timezone.localdate()}"


def _register_list(request: HttpRequest, reading: Reading, register: str) -> HttpResponse:
    """Show what is in a register, narrowed as the query asks."""
    asked = Asked.from_query(register, reading.language, request.GET)
    total, listings = page_of(asked)
    context = {
        "reading": reading,
        "register": register,
        "page": {
            "question": asked.words,
            **_heading(register, reading.language),
            "items": cards(register, listings, reading),
            "facets": list(_facets(asked)),
            "total": total,
            "first": (asked.page - 1) * PAGE + 1,
            "last": min(asked.page * PAGE, total),
            "before": asked.query(page=asked.page - 1) if asked.page > 1 else None,
            "after": asked.query(page=asked.page + 1) if asked.page * PAGE < total else None,
            "is_narrowed": asked.is_narrowed,
            "query": asked.query(page=1),
            "path": f"/{reading.language}/{PAGES[register].segment}/",
            **PAGES[register].present_list(request, reading, asked),
        },
    }
    templates = [f"portal/registers/{register}_list.html", "portal/registers/list.html"]
    return render(request, templates, context)


register_list = reads(_register_list, stamp=registers_stamp)


def _heading(register: str, language: str) -> dict[str, str]:
    parts = ("title", "lead", "empty")
    return {part: register_words(register, part, language) for part in parts}


def _facets(asked: Asked) -> Any:
    model = registers()[asked.register]
    for name in facet_names(asked.register):
        chosen = asked.facets.get(name, ())
        counts = counts_of(asked, name)
        values = [
            {
                "value": value,
                "label": model.facet_value_label(name, value, asked.language),
                "count": counts.get(value, 0),
                "is_chosen": value in chosen,
            }
            for value in (*counts, *(one for one in chosen if one not in counts))
        ]
        if len(values) > 1 or chosen:
            label = model.facet_label(name, asked.language)
            yield {"name": name, "label": label, "values": values[:_MOST_VALUES]}


def cards(register: str, listings: list[Listing], reading: Reading) -> list[dict[str, Any]]:
    """Return listed records as a list shows them: tags, title, one sentence."""
    model = registers()[register]
    records = {
        one.code: one for one in model.objects.filter(code__in=[item.code for item in listings])
    }
    return [card(records[item.code], reading) for item in listings if item.code in records]


def card(record: Record, reading: Reading) -> dict[str, Any]:
    """Return one record as a list shows it."""
    title, title_language = (
        record.text_or_other(record.title_column(), reading.language)
        if record.title_column()
        else (record.code, "")
    )
    return {
        "path": record_path(record.table.name, record.code, reading.language),
        "title": title,
        "title_language": title_language if title_language != reading.language else "",
        "summary": record.summary_in(reading.language),
        "day": words.day_words(record.day()),
        "tags": list(tags(record, reading)),
        "sides": sorted(record.sides()),
    }


_TAGS = ("kind", "gap", "status", "stage", "level", "regime")


def tags(record: Record, reading: Reading) -> Any:
    """Yield the words that stand above a record's name: what it is, how it stands."""
    columns = {column.name: column for column in record.table.columns}
    for name in _TAGS:
        if name in columns and (value := facts.shown(record, columns[name], reading)):
            yield {"text": value["text"], "name": name, "code": value.get("code", "")}


def _register_record(
    request: HttpRequest, reading: Reading, register: str, code: str
) -> HttpResponse:
    """Show one record."""
    record = registers()[register].objects.filter(code=code, live=True).first()
    if record is None:
        raise Http404
    shape = PAGES[register]
    path = record_path(register, code, reading.language)
    address = request.build_absolute_uri(path)
    context = {
        "reading": reading,
        "register": register,
        "record": record,
        "page": {
            **card(record, reading),
            **_heading(register, reading.language),
            "register_title": register_words(register, "title", reading.language),
            "register_path": f"/{reading.language}/{shape.segment}/",
            "title": record.title_in(reading.language),
            "facts": facts.facts(record, reading, shape.hidden),
            "links": facts.links(record, reading),
            "backward": facts.backward(record, reading),
            "rivals": list(facts.rivals(record, reading)),
            "stated": record.text_or_other("stated", reading.language)[0],
            "missing": record.text_or_other("missing", reading.language)[0],
            "where_to_look": record.text_or_other("where_to_look", reading.language)[0],
            "cited": words.source_line(reading, record.source, record.locator)
            if record.source
            else None,
            "address": record.address,
            "accessed": words.day_words(record.accessed_on),
            "changed": words.day_words(record.changed_at.date()),
            "json_ld": as_script(record.json_ld(reading.language, address)),
            **shape.present(record, reading),
        },
    }
    return render(request, shape.template, context)


register_record = reads(_register_record, stamp=registers_stamp)


def as_script(data: Any) -> str:
    """Return JSON that can stand inside a script element: no tag can be closed from within."""
    text = json.dumps(data, ensure_ascii=False, default=_as_text)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, escaped)
    return mark_safe(text)  # noqa: S308 (every sign that HTML knows is escaped)


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
