"""The list of a register and the page of a record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers import facts
from irtysh.portal.registers.cards import card, cards
from irtysh.portal.registers.organisations import kept_instead
from irtysh.portal.registers.pages import PAGES
from irtysh.portal.registers.paths import record_path, register_path
from irtysh.registries.records.finding import (
    PAGE,
    Asked,
    counts_of,
    facet_names,
    page_of,
)
from irtysh.registries.records.listing import stamp
from irtysh.registries.records.models import registers
from irtysh.sources.registers.words import register_words

_MOST_VALUES = 200


def registers_stamp() -> str:
    """Return what changes whenever a record changes, and at midnight: standings follow the day."""
    return f"{stamp()}.{timezone.localdate()}"


def _register_list(request: HttpRequest, reading: Reading, register: str) -> HttpResponse:
    """Show what is in a register, narrowed as the query asks."""
    if reading.is_past:  # registers are shown as they are now; a release cannot promise more
        return redirect(request.path)
    asked = Asked.from_query(register, reading.language, request.GET)
    total, listings = page_of(asked)
    own = PAGES[register].present_list(request, reading, asked)
    context = {
        "reading": reading,
        "register": register,
        "page": {
            "question": asked.words,
            **_heading(register, reading.language),
            # A register that shows its rows in its own way needs no cards: each may ask anew.
            "items": own["items"] if "items" in own else cards(register, listings, reading),
            "facets": list(_facets(asked)),
            "total": total,
            "first": (asked.page - 1) * PAGE + 1,
            "last": min(asked.page * PAGE, total),
            "before": asked.query(page=asked.page - 1) if asked.page > 1 else None,
            "after": asked.query(page=asked.page + 1) if asked.page * PAGE < total else None,
            "is_narrowed": asked.is_narrowed,
            "downloads": list(_downloads(asked)),
            "path": register_path(register, reading.language),
            **own,
        },
    }
    templates = [f"portal/registers/{register}_list.html", "portal/registers/list.html"]
    return render(request, templates, context)


register_list = reads(_register_list, stamp=registers_stamp)


def _downloads(asked: Asked) -> Iterator[tuple[str, str]]:
    """Yield address and name of the files that hold what the list shows."""
    query = asked.query(page=1, order="")
    for form in ("csv", "xlsx", "json"):
        path = reverse("api:register", kwargs={"register": asked.register, "form": form})
        yield f"{path}?lang={asked.language}{'&' if query else ''}{query}", form.upper()


def _heading(register: str, language: str) -> dict[str, str]:
    parts = ("title", "lead", "empty")
    return {part: register_words(register, part, language) for part in parts}


def _facets(asked: Asked) -> Any:
    model = registers()[asked.register]
    all_counts = counts_of(asked)
    for name in facet_names(asked.register):
        chosen = asked.facets.get(name, ())
        counts = all_counts.get(name, {})
        # What was chosen stays, however rare: without it the form would forget it.
        known = (*list(counts)[:_MOST_VALUES], *chosen)
        values = [
            {
                "value": value,
                "label": model.facet_value_label(name, value, asked.language),
                "count": counts.get(value, 0),
                "is_chosen": value in chosen,
            }
            for value in dict.fromkeys(known)
        ]
        if len(values) > 1 or chosen:
            label = model.facet_label(name, asked.language)
            yield {"name": name, "label": label, "values": values}


def _register_record(
    request: HttpRequest, reading: Reading, register: str, code: str
) -> HttpResponse:
    """Show one record."""
    if reading.is_past and not PAGES[register].has_past:
        return redirect(request.path)
    record = registers()[register].objects.filter(code=code, live=True).first()
    if record is None:
        kept = kept_instead(register, code)
        if kept:
            return redirect(record_path(register, kept, reading.language), permanent=True)
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
            "register_path": register_path(register, reading.language),
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
            "changed": words.day_words(timezone.localdate(record.changed_at)),
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
