"""The calendar of events: what is ahead, a year, a month, or what is near a town."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.events import place_of, when_words
from irtysh.portal.registers.paths import record_path
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.events import rules
from irtysh.registries.events.models import Event
from irtysh.registries.following.changes import Topic, changed, themes
from irtysh.registries.places.models import Place
from irtysh.registries.records.codes import choices, code_name
from irtysh.registries.records.models import ListingFacet
from irtysh.stats.geodesy import great_circle_km

_NEAREST = 40
_LOOKED_AT = 5_000
"""Events whose distance is computed, the latest first: a page must not wait for a century."""
_AHEAD = 60
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_KINDS_OF_TOWN = ("city", "town", "settlement")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see of the calendar; what makes no sense is passed over.

    ``near`` is the id of a town: the events nearest to it, instead of a stretch of time.
    """

    year: int = 0
    month: int = 0
    theme: str = ""
    territory: str = ""
    kind: str = ""
    near: str = ""

    @classmethod
    def from_query(cls, query: Any) -> Asked:
        """Read the parameters of an address."""
        year, month = (_number(query.get(name, "")) for name in ("year", "month"))
        year = year if _FIRST_YEAR <= year <= _LAST_YEAR else 0
        rest = {name: query.get(name, "")[:80] for name in ("theme", "territory", "kind", "near")}
        return cls(year, month if year and 1 <= month <= 12 else 0, **rest)

    def query(self, **changed_parts: Any) -> str:
        """Return the address of this question changed in some respect, from its "?" on."""
        said = asdict(replace(self, **changed_parts))
        pairs = [(name, value) for name, value in said.items() if value]
        return f"?{urlencode(pairs)}" if pairs else "?"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _calendar(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the calendar."""
    asked = Asked.from_query(request.GET)
    today = timezone.localdate()
    events = _narrowed(asked)
    page: dict[str, Any] = {
        "asked": asked,
        "path": reverse("portal:event-calendar"),
        "choices": _choices(asked, reading.language),
        "years": _years(events, asked),
        "feed": _feed(asked),
        "dateless": events.filter(status__in=("planned", "postponed"))
        .filter(~Q(start__regex=r"^\d{4}-\d{2}-\d{2}$"))
        .count(),
    }
    near = _town(asked.near)
    if near is not None:
        page |= _near(near, events, reading, today)
    elif asked.year:
        page |= _stretch(asked, events, reading, today)
    else:
        page |= _ahead(events, reading, today)
    return render(
        request, "portal/registers/events_calendar.html", {"reading": reading, "page": page}
    )


event_calendar = reads(_calendar, stamp=registers_stamp)


def _narrowed(asked: Asked) -> QuerySet[Event]:
    """Return the published events of a theme, territory and kind."""
    events = Event.objects.filter(live=True).select_related("place", "series")
    topic = Topic(theme=asked.theme, territory=asked.territory, register="events")
    if asked.theme or asked.territory:
        events = events.filter(code__in=changed(topic).values("code"))
    return events.filter(kind=asked.kind) if asked.kind else events


def _shown(event: Event, reading: Reading, today: date, km: float | None = None) -> dict[str, Any]:
    title, language = event.text_or_other("name", reading.language)
    return {
        "title": title,
        "title_language": language if language != reading.language else "",
        "path": record_path("events", event.code, reading.language),
        "when": when_words(event),
        "datetime": event.start,
        "tags": event.tags(reading.language, today),
        "place": place_of(event, reading),
        "is_online": bool(event.online),
        "sides": sorted(event.sides()),
        "km": round(km) if km is not None else None,
    }


def _ahead(events: QuerySet[Event], reading: Reading, today: date) -> dict[str, Any]:
    """Return what is going on or to come, the nearest first, and what was lately."""
    open_ended = Q(end="") & (Q(start="") | Q(start__gte=str(today.year)))
    found = events.exclude(status=rules.HELD).filter(open_ended | Q(end__gte=str(today.year)))
    ahead = [one for one in found if one.is_to_come(today)]
    ahead.sort(key=lambda one: (not one.start, rules.first_day(one.start) or today, one.code))
    past = [one for one in events.exclude(start="").order_by("-start", "code")[: _AHEAD]
            if not one.is_to_come(today)]  # fmt: skip
    return {
        "is_ahead": True,
        "ahead": [_shown(one, reading, today) for one in ahead[:_AHEAD]],
        "past": [_shown(one, reading, today) for one in past[:10]],
    }


def _stretch(
    asked: Asked, events: QuerySet[Event], reading: Reading, today: date
) -> dict[str, Any]:
    """Return a year by months, or a month by days."""
    year = str(asked.year)
    begun = Q(start__startswith=year)
    going_on = Q(start__lt=year, end__gte=year) & ~Q(end="")
    found = list(events.filter(begun | going_on).order_by("start", "code"))
    if asked.month:
        return _month(asked, found, reading, today)
    groups = rules.by_month({one.code: max(one.start, year) for one in found})
    shown = {one.code: _shown(one, reading, today) for one in found}
    return {
        "is_year": True,
        "months": [
            {
                "number": month,
                "name": _month_name(asked.year, month) if month else "",
                "query": asked.query(month=month) if month else "",
                "items": [shown[code] for code in groups[asked.year, month]],
            }
            for month in (*range(1, 13), 0)
            if (asked.year, month) in groups
        ],
        "total": len(found),
    }


def _month(asked: Asked, events: Iterable[Event], reading: Reading, today: date) -> dict[str, Any]:
    """Return the weeks of a month with what is on each day, and the same as a list."""
    prefix = f"{asked.year}-{asked.month:02}"
    inside: list[Event] = []
    on_day: dict[date, list[Event]] = {}
    for one in events:
        first, last = rules.first_day(one.start), rules.over_by(one.start, one.end)
        if first is None or last is None:
            continue
        if not rules.is_a_day(one.start):
            if one.start == prefix:
                inside.append(one)
            continue
        days = [day for day in _days(asked) if first <= day <= last]
        if days:
            inside.append(one)
        for day in days:
            on_day.setdefault(day, []).append(one)
    shown = {one.code: _shown(one, reading, today) for one in inside}
    return {
        "is_month": True,
        "month_name": _month_name(asked.year, asked.month),
        "weekdays": [date_format(date(2024, 1, 1 + day), "D") for day in range(7)],
        "weekdays_long": [date_format(date(2024, 1, 1 + day), "l") for day in range(7)],
        "weeks": [
            [
                {
                    "day": day.day,
                    "is_outside": day.month != asked.month,
                    "is_today": day == today,
                    "items": [shown[one.code] for one in on_day.get(day, ())]
                    if day.month == asked.month
                    else [],
                }
                for day in week
            ]
            for week in calendar.Calendar().monthdatescalendar(asked.year, asked.month)
        ],
        "items": list(shown.values()),
        **_neighbours(asked),
    }


def _days(asked: Asked) -> list[date]:
    last = calendar.monthrange(asked.year, asked.month)[1]
    return [date(asked.year, asked.month, day) for day in range(1, last + 1)]


def _neighbours(asked: Asked) -> dict[str, str]:
    before = (asked.year, asked.month - 1) if asked.month > 1 else (asked.year - 1, 12)
    after = (asked.year, asked.month + 1) if asked.month < 12 else (asked.year + 1, 1)
    return {
        "before": asked.query(year=before[0], month=before[1]),
        "before_name": _month_name(*before),
        "after": asked.query(year=after[0], month=after[1]),
        "after_name": _month_name(*after),
        "whole_year": asked.query(month=0),
    }


def _month_name(year: int, month: int) -> str:
    return words.day_words(f"{year}-{month:02}")


def _years(events: QuerySet[Event], asked: Asked) -> list[dict[str, Any]]:
    """Return the years in which events begin, the newest first, with how many."""
    counts: dict[str, int] = {}
    for start in events.order_by().exclude(start="").values_list("start", flat=True):
        counts[start[:4]] = counts.get(start[:4], 0) + 1
    return [
        {
            "year": year,
            "count": counts[year],
            "query": asked.query(year=int(year), month=0, near=""),
            "is_here": asked.year == int(year),
        }
        for year in sorted(counts, reverse=True)
    ]


def towns() -> list[Place]:
    """Return the towns with known coordinates, from which a reader may look around."""
    return list(Place.objects.filter(live=True, kind__in=_KINDS_OF_TOWN, lat__isnull=False))


def _town(code: str) -> Place | None:
    return Place.objects.filter(live=True, code=code, lat__isnull=False).first() if code else None


def _near(town: Place, events: QuerySet[Event], reading: Reading, today: date) -> dict[str, Any]:
    """Return events by distance from a town: those to come before those that are over.

    Events whose place is not known stand at the end of each list if they are for the town's
    territory; others without a place are left out and counted.
    """
    here = town.point()
    placed: list[tuple[float, Event]] = []
    of_territory: list[Event] = []
    left_out = 0
    for one in events.order_by("-start", "code")[:_LOOKED_AT]:
        there = one.point()
        if here is not None and there is not None:
            placed.append((great_circle_km(here, there), one))
        elif any(town.area == area or town.area.startswith(f"{area}-") for area in one.areas()):
            of_territory.append(one)
        else:
            left_out += 1
    placed.sort(key=lambda pair: (round(pair[0]), pair[1].start == "", pair[1].code))
    rows: list[tuple[float | None, Event]] = [*placed, *((None, one) for one in of_territory)]
    ahead = [(km, one) for km, one in rows if one.is_to_come(today)]
    past = [(km, one) for km, one in rows if not one.is_to_come(today)]
    # Of those as far away, the latest first: sorting keeps the order of what is equal.
    past.sort(key=lambda pair: pair[1].start, reverse=True)
    past.sort(key=lambda pair: (pair[0] is None, round(pair[0] or 0)))
    return {
        "is_near": True,
        "town": town.title_in(reading.language),
        "ahead": [_shown(one, reading, today, km) for km, one in ahead[:_NEAREST]],
        "past": [_shown(one, reading, today, km) for km, one in past[:_NEAREST]],
        "left_out": left_out,
    }


def _choices(asked: Asked, language: str) -> list[dict[str, Any]]:
    """Return the selects of the form: name, and value, label and whether it is chosen."""
    own = ListingFacet.objects.filter(register="events")
    codes = own.filter(facet__in=("territories", "country"))
    areas = [
        (code, code_name("areas", code, language))
        for code in codes.order_by("value").values_list("value", flat=True).distinct()
    ]
    kinds = set(own.filter(facet="kind").values_list("value", flat=True))
    listed: Mapping[str, list[tuple[str, str]]] = {
        "near": sorted(((one.code, one.title_in(language)) for one in towns()), key=_by_name),
        "territory": sorted(areas, key=_by_name),
        "theme": themes(language),
        "kind": [(code, name) for code, name in choices("event_kinds") if code in kinds],
    }
    return [
        {
            "name": name,
            "values": [
                {"value": value, "label": label, "is_chosen": getattr(asked, name) == value}
                for value, label in pairs
            ],
        }
        for name, pairs in listed.items()
        if pairs
    ]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _feed(asked: Asked) -> str:
    pairs = [(n, v) for n in ("theme", "territory") if (v := getattr(asked, n))]
    return reverse("portal:events-ics") + (f"?{urlencode(pairs)}" if pairs else "")
