"""Acts as of any day, and the law of both sides beside one another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.cards import cards
from irtysh.portal.registers.paths import record_path
from irtysh.registries.acts.models import Act, Requirement, inverse_of
from irtysh.registries.acts.wording import why
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.finding import Asked, page_of
from irtysh.registries.records.models import title_of


def present_act(act: Act, reading: Reading) -> Mapping[str, Any]:
    """Return how an act stands, why, and its ties to other acts both ways."""
    return {
        "standing": _standing(act, timezone.localdate(), reading),
        "checks": [
            {
                "day": words.day_words(row.on),
                "by": row.by,
                "status": code_name("act_statuses", row.status, reading.language),
                "address": row.address,
                "note": row.text("note", reading.language),
            }
            for row in act.checks.all()
        ],
        "needs_check": act.needs_check(),
        "title_translated": reading.language in act.title_translated,
        "relations": [*_own(act, reading), *_others(act, reading)],
        "addresses": [one.address for one in act.other_addresses.all()],
        "other_titles": [
            {"title": title, "place": words.place_words({}, getattr(act, f"{name}_locator"))}
            for name in ("title_in_prose", "title_in_footnote")
            if (title := act.text(name, reading.language))
        ],
        "matrix": _cells(Requirement.objects.filter(act=act, live=True), reading),
    }


def _standing(act: Act, day: date, reading: Reading) -> dict[str, Any]:
    standing = act.standing(day)
    return {
        "status": code_name("act_statuses", standing.status, reading.language),
        "is_doubtful": standing.is_doubtful,
        "why": why(standing),
        "act": _act(standing.act, reading) if standing.act else None,
        "day": words.day_words(day),
    }


def _own(act: Act, reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "kind": code_name("act_relations", row.kind, reading.language),
            "act": _act(row.act.code, reading),
            "from": words.day_words(row.from_day),
            "note": row.text("note", reading.language),
            "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
        }
        for row in act.relations.select_related("act")
        if row.act is not None and row.act.live
    ]


def _others(act: Act, reading: Reading) -> list[dict[str, Any]]:
    """Return what other acts say of this one, unless it says the same itself."""
    said = {(row.kind, row.act_id) for row in act.relations.all()}
    rows = act.relations.model.objects.filter(act=act, record__live=True).select_related("record")
    return [
        {
            "kind": code_name("act_relations", inverse_of(row.kind), reading.language),
            "act": _act(row.record.code, reading),
            "from": words.day_words(row.from_day),
            "note": row.text("note", reading.language),
            "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
        }
        for row in rows
        if (inverse_of(row.kind), row.record_id) not in said
    ]


def _act(code: str, reading: Reading) -> dict[str, str]:
    return {
        "title": title_of("acts", code, reading.language),
        "path": record_path("acts", code, reading.language),
    }


def present_acts(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return the acts of this page of the list as they stood on the day asked for."""
    today = timezone.localdate().isoformat()
    day = _day(request.GET.get("on", ""))
    if day is None:
        return {"today": today}
    _total, listings = page_of(asked)
    items = cards("acts", listings, reading, day=day)
    return {"items": items, "on": day.isoformat(), "on_words": words.day_words(day), "today": today}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


# The matrix


def present_matrix(request: HttpRequest, reading: Reading, asked: Asked) -> Mapping[str, Any]:
    """Return topics as rows, sides as columns."""
    cells = Requirement.objects.filter(live=True).select_related("act").order_by("topic", "code")
    chosen = asked.facets.get("theme", ())
    if chosen:
        cells = cells.filter(theme__in=chosen)
    gaps = asked.facets.get("gap", ())
    topics: dict[str, dict[str, Any]] = {}
    for cell in cells:
        topic = topics.setdefault(
            cell.topic,
            {"title": cell.title_in(reading.language), "A": [], "B": [], "gaps": set(),
             "theme": code_name("themes", cell.theme, reading.language)},
        )  # fmt: skip
        topic[cell.side].append(_cell(cell, reading))
        topic["gaps"].add(cell.gap)
    return {
        "topics": [
            {**topic, "gaps": [code_name("legal_gaps", one, reading.language)
                               for one in sorted(topic["gaps"])]}
            for topic in topics.values()
            if not gaps or topic["gaps"] & set(gaps)
        ],
        "sides": reading.sides,
    }  # fmt: skip


def _cells(cells: Any, reading: Reading) -> list[dict[str, Any]]:
    return [_cell(cell, reading) for cell in cells]


def _cell(cell: Requirement, reading: Reading) -> dict[str, Any]:
    return {
        "path": record_path("harmonisation", cell.code, reading.language),
        "title": cell.title_in(reading.language),
        "act": _act(cell.act.code, reading) if cell.act and cell.act.live else None,
        "standing": code_name("act_statuses", cell.act.standing().status, reading.language)
        if cell.act
        else "",
        "is_doubtful": cell.act.standing().is_doubtful if cell.act else False,
        "article": cell.article,
        "summary": cell.summary_in(reading.language),
        "gap": code_name("legal_gaps", cell.gap, reading.language),
        "gap_code": cell.gap,
        "explanation": cell.text_or_other("explanation", reading.language)[0],
        "missing": cell.text_or_other("missing", reading.language)[0],
    }


def present_requirement(cell: Requirement, reading: Reading) -> Mapping[str, Any]:
    """Return the other side's cells of the topic, and what is done about the gap."""
    others = Requirement.objects.filter(topic=cell.topic, live=True).exclude(pk=cell.pk)
    return {
        "others": [
            {**_cell(one, reading), "side": one.side} for one in others.order_by("side", "code")
        ],
        "tied": [
            {"register": register, "title": title,
             "path": record_path(register, code, reading.language)}
            for register in ("obstacles", "measures")
            for code, title in cell.tied_to(register, reading.language)
        ],
    }  # fmt: skip
