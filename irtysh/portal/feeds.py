"""What other programs follow: events and releases as iCalendar, changes of the registers as Atom.

Both know the theme and the territory; a wrong one is answered with 404, so that nobody follows
an address that will never say anything.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.paths import record_path
from irtysh.portal.registers.views import registers_stamp
from irtysh.registries.announcements import rules
from irtysh.registries.announcements.models import Announcement
from irtysh.registries.events.models import Event
from irtysh.registries.events.rules import CANCELLED, HELD, PLANNED, is_a_day
from irtysh.registries.following.changes import Topic, UnknownTopic, changed, territories_of
from irtysh.registries.records.codes import code_name
from irtysh.registries.records.icalendar import MEDIA_TYPE, calendar
from irtysh.registries.records.icalendar import Event as Entry
from irtysh.registries.records.models import register_title

ENTRIES = 50
_ATOM = "application/atom+xml; charset=utf-8"
_RELEASE_STATUSES = {
    rules.PROVISIONAL: "TENTATIVE", rules.CONFIRMED: "CONFIRMED", rules.CANCELLED: "CANCELLED",
}  # fmt: skip
_STATUSES = {PLANNED: "TENTATIVE", HELD: "CONFIRMED", CANCELLED: "CANCELLED"}


def _asked(request: HttpRequest, **fixed: str) -> Topic:
    try:
        return Topic.from_query({**request.GET.dict(), **fixed})
    except UnknownTopic as unknown:
        raise Http404(str(unknown)) from unknown


def _host(request: HttpRequest) -> str:
    return urlsplit(request.build_absolute_uri("/")).netloc


def _events(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Send the events of a topic whose day is known.

    A month or a year is no day: such events are on the page of the calendar only.
    """
    topic = _asked(request, register="events")
    codes = changed(topic).values("code")
    events = Event.objects.filter(live=True, code__in=codes).select_related("place")
    entries = [_entry(one, request, reading) for one in events if is_a_day(one.start)]
    narrowed = replace(topic, register="").words(reading.language)
    name = ", ".join([register_title("events", reading.language), *narrowed])
    response = HttpResponse(calendar(name, entries, reading.language), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="irtysh-events.ics"'
    response.headers["Content-Language"] = reading.language
    return response


events_calendar = reads(_events, stamp=registers_stamp)


def _entry(event: Event, request: HttpRequest, reading: Reading) -> Entry:
    language = reading.language
    standing = event.standing()
    path = record_path("events", event.code, language)
    said = [code_name("event_standings", standing, language), event.summary_in(language)]
    return Entry(
        uid=f"events/{event.code}@{_host(request)}",
        summary=event.title_in(language),
        start=date.fromisoformat(event.start),
        end=date.fromisoformat(event.end) if is_a_day(event.end) else None,
        changed=event.changed_at,
        description="\n".join(part for part in said if part),
        location=event.place.title_in(language) if event.place is not None else "",
        address=request.build_absolute_uri(path),
        categories=tuple(code_name("themes", one, language) for one in event.themes),
        status=_STATUSES.get(standing, ""),
    )


def _releases(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Send the announced releases whose day is known; a month is no day and stays on the page."""
    found = Announcement.objects.filter(live=True).order_by("planned_on", "code")
    entries = [_release(one, request, reading) for one in found if is_a_day(_day(one))]
    name = register_title("announcements", reading.language)
    response = HttpResponse(calendar(name, entries, reading.language), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="irtysh-releases.ics"'
    response.headers["Content-Language"] = reading.language
    return response


release_calendar = reads(_releases, stamp=registers_stamp)


def _day(announcement: Announcement) -> str:
    return str(announcement.published_on or announcement.planned_on)


def _release(announcement: Announcement, request: HttpRequest, reading: Reading) -> Entry:
    language = reading.language
    path = record_path("announcements", announcement.code, language)
    state = code_name("announcement_states", announcement.state, language)
    return Entry(
        uid=f"announcements/{announcement.code}@{_host(request)}",
        summary=f"{announcement.title_in(language)} ({state})",
        start=date.fromisoformat(_day(announcement)),
        changed=announcement.changed_at,
        description=announcement.summary_in(language),
        address=request.build_absolute_uri(path),
        status=_RELEASE_STATUSES.get(announcement.state, ""),
    )


def _news(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Send the latest changes of the registers, the newest first."""
    topic = _asked(request)
    listings = list(changed(topic)[:ENTRIES])
    areas = territories_of(listings)
    own = request.path + (f"?{urlencode(topic.parts())}" if topic.parts() else "")
    feed = {
        "title": ", ".join([_("Irtysh: what changed"), *topic.words(reading.language)]),
        "address": request.build_absolute_uri(own),
        "home": request.build_absolute_uri(f"/{reading.language}/"),
        "updated": listings[0].changed_at if listings else reading.release.created_at,
        "entries": [_item(one, areas.get(one.pk, []), request, reading) for one in listings],
    }
    return render(request, "portal/feeds/news.xml", {"feed": feed, "reading": reading}, _ATOM)


news = reads(_news, stamp=registers_stamp)


def _item(listing: Any, areas: list[str], request: HttpRequest, reading: Reading) -> dict[str, Any]:
    path = record_path(listing.register, listing.code, reading.language)
    return {
        "id": request.build_absolute_uri(path),
        "title": listing.title(reading.language),
        "summary": listing.summary(reading.language),
        "updated": listing.changed_at,
        "register": listing.register,
        "register_title": register_title(listing.register, reading.language),
        "areas": [(code, code_name("areas", code, reading.language)) for code in areas],
    }
