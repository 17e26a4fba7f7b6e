"""An event: when and where, who from which side, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.facts import linked
from irtysh.portal.registers.paths import record_path
from irtysh.registries.events.models import Event, name_of, side_of
from irtysh.registries.events.rules import NOT_KNOWN, is_a_day
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.finding import Asked

HIDDEN = (
    "kind", "status", "start", "end", "online", "place", "country", "series", "number",
    "participants", "outcomes",
)  # fmt: skip


def present_event(event: Event, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of an event shows in its own way."""
    outcomes = [_outcome(row, reading) for row in event.outcomes.all()]
    return {
        "when": when_words(event),
        "is_outcome_unknown": event.standing() == NOT_KNOWN,
        "is_online": bool(event.online),
        "place": place_of(event, reading),
        "country": code_name("areas", event.country, reading.language),
        "series": _series(event, reading),
        "number": event.number,
        "has_calendar": is_a_day(event.start),
        "sides_taking_part": list(_by_side(event, reading)),
        "outcomes": outcomes,
        "tally": _tally(outcomes, reading.language),
    }


def present_events(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Add the addresses of the calendar to the list."""
    narrowed = [
        (name, values[0])
        for name, facet in (("theme", "themes"), ("territory", "territories"), ("series", "series"))
        if (values := asked.facets.get(facet))
    ]
    return {"narrowed": narrowed}


def when_words(event: Event) -> str:
    """Return when an event is, in words; empty where no source says."""
    first, last = words.day_words(event.start), words.day_words(event.end)
    if not last or last == first:
        return first
    if is_a_day(event.start) and is_a_day(event.end) and event.start[:7] == event.end[:7]:
        # 27–28 November 2024, wherever a language puts the day.
        begun, over = int(event.start[8:]), int(event.end[8:])
        return re.sub(rf"(?<!\d){over}(?!\d)", f"{begun}–{over}", last, count=1)
    return f"{first} – {last}"


def place_of(event: Event, reading: Reading) -> dict[str, str]:
    """Return name and address of an event's place; {} where none is known."""
    if event.place is None:
        return {}
    name = event.place.title_in(reading.language)
    if not event.place.live:
        return {"text": name}
    return {"text": name, "path": record_path("places", event.place.code, reading.language)}


def _series(event: Event, reading: Reading) -> dict[str, Any]:
    if event.series is None or not event.series.live:
        return {}
    return {
        "text": event.series.title_in(reading.language),
        "path": record_path("series", event.series.code, reading.language),
        "code": event.series.code,
    }


def _by_side(event: Event, reading: Reading) -> Iterable[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in event.participants.all():
        groups.setdefault(side_of(row), []).append(_participant(row, reading))
    for side in (*(one["id"] for one in reading.sides), ""):
        if side in groups or (side and groups):
            yield {"side": side, "people": groups.get(side, [])}


def _participant(row: Any, reading: Reading) -> dict[str, Any]:
    role = code_name("participant_roles", row.role, reading.language)
    name = name_of(row, reading.language)
    if row.organisation is None or not row.organisation.live:
        return {"text": name, "role": role}
    path = record_path("organisations", row.organisation.code, reading.language)
    return {"text": name, "path": path, "role": role}


def _outcome(row: Any, reading: Reading) -> dict[str, Any]:
    register, _slash, code = (row.to or "").partition("/")
    record = linked(register, code, reading) if code else {}
    return {
        "code": row.kind,
        "kind": code_name("outcome_kinds", row.kind, reading.language),
        "record": record or ({"text": row.to} if row.to else {}),
        "count": row.count,
        "note": row.text_or_other("note", reading.language)[0],
        "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
    }


def _tally(outcomes: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return how much of what came of it: acts and projects in the registers, stated numbers.

    A number that a source states stands beside the records, not added to them: the signed
    documents that are entered here are among those it counts.
    """
    found = []
    for kind in ("act", "project", "decision"):
        number = sum(1 for one in outcomes if one["code"] == kind)
        if number:
            found.append({"number": number, "what": code_name("outcome_kinds", kind, language)})
    stated = [one["count"] for one in outcomes if one["code"] == "agreement_count" and one["count"]]
    if stated:
        found.append({"number": sum(stated), "what": _("agreements, as the source counts them")})
    return found
