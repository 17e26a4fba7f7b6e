"""People's pages: what cooperation gives, a theme each, and the number of the month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from irtysh.portal.monthly import numbers_stamp
from irtysh.portal.presenters import words
from irtysh.portal.presenters.number import earlier_numbers, number_of_month
from irtysh.portal.presenters.selection import selected, with_rivals
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.cards import cards
from irtysh.portal.registers.facts import linked
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.events.models import Event
from irtysh.registries.following.changes import Topic, changed
from irtysh.registries.records.models import Listing

_MOST = 6


def benefit_path(benefit: str, language: str) -> str:
    """Return the address of the page of a theme, below the host."""
    return f"/{language}/benefits/{benefit}/"


def benefit_cards(reading: Reading) -> list[dict[str, Any]]:
    """Return the themes of people's pages: name, one sentence, one figure."""
    return [_card(one, reading) for one in reading.document("benefits")]


def _card(benefit: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    shown = selected(reading, benefit.get("figure") or {})
    return {
        "id": benefit["id"],
        "path": benefit_path(benefit["id"], reading.language),
        "name": reading.text(benefit["name"]),
        "lead": reading.text(benefit["lead"]),
        "figure": with_rivals(reading, shown) if shown else None,
        "missing": reading.text(benefit.get("missing")),
        "where_to_look": reading.text(benefit.get("where_to_look")),
    }


def _benefits(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show every theme with its figure."""
    page = {"benefits": benefit_cards(reading), "month": number_of_month(reading)}
    return render(request, "portal/benefits.html", {"reading": reading, "page": page})


def _benefit(request: HttpRequest, reading: Reading, benefit: str) -> HttpResponse:
    """Show one theme: words, figure, guides, events, organisations."""
    entries = list(reading.document("benefits"))
    known = {one["id"]: one for one in entries}.get(benefit)
    if known is None:
        raise Http404
    theme = str(known["theme"])
    page = {
        **_card(known, reading),
        "theme": theme,
        "cited": words.cited(reading, known) if known.get("source") else None,
        "guides": _guides(known, reading),
        "links": _links(known, reading),
        **_of_theme(theme, reading),
        "others": [
            {"name": reading.text(one["name"]), "path": benefit_path(one["id"], reading.language)}
            for one in entries
            if one["id"] != benefit
        ],
    }
    return render(request, "portal/benefit.html", {"reading": reading, "page": page})


def _links(benefit: Mapping[str, Any], reading: Reading) -> list[dict[str, Any]]:
    parts = (str(link).partition("/") for link in benefit.get("links") or ())
    return [found for register, _s, code in parts if (found := linked(register, code, reading))]


def _guides(benefit: Mapping[str, Any], reading: Reading) -> list[dict[str, Any]]:
    codes = [str(one) for one in benefit.get("guides") or ()]
    listed = {one.code: one for one in Listing.objects.filter(register="guides", code__in=codes)}
    return cards("guides", [listed[code] for code in codes if code in listed], reading)


def _of_theme(theme: str, reading: Reading) -> dict[str, Any]:
    """Return events and organisations of a theme, a few of each, and how many there are."""
    today = timezone.localdate()
    events = changed(Topic(theme=theme, register="events"))
    bodies = changed(Topic(theme=theme, register="organisations"))
    return {
        "events": _nearest(events, reading, today),
        "events_total": events.count(),
        "events_path": f"{reverse('portal:event-calendar')}?theme={theme}",
        "organisations": cards(
            "organisations",
            list(bodies.order_by(f"sort_{reading.language}", "code")[:_MOST]),
            reading,
        ),
        "organisations_total": bodies.count(),
        "organisations_path": f"{reverse('portal:organisations')}?themes={theme}",
    }


def _nearest(events: Any, reading: Reading, today: date) -> list[dict[str, Any]]:
    """Return events to come first, then the latest of those that are over."""
    latest = list(events.order_by("-day", "code")[: 5 * _MOST])
    found = Event.objects.filter(code__in=[one.code for one in latest])
    ahead = {one.code for one in found if one.is_to_come(today)}
    latest.sort(key=lambda one: one.code not in ahead)
    return cards("events", latest[:_MOST], reading, today)


def _number(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the number of the month, and those of earlier months."""
    page = {"month": number_of_month(reading), "earlier": earlier_numbers(reading)}
    return render(request, "portal/benefits_number.html", {"reading": reading, "page": page})


def people_stamp() -> str:
    """Return what changes with the registers, at midnight, and with the chosen numbers."""
    return f"{registers_stamp()}.{numbers_stamp()}"


benefits = reads(_benefits, stamp=people_stamp)
benefit = reads(_benefit, stamp=people_stamp)
number = reads(_number, stamp=people_stamp)
