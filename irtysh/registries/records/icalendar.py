"""Calendars as iCalendar (RFC 5545): events and deadlines that a reader's calendar can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75
"""Octets of a content line, its break not counted (RFC 5545, 3.1)."""
_PRODUCT = "-//Irtysh//Cross-border cooperation//EN"
MEDIA_TYPE = "text/calendar; charset=utf-8"
STATUSES = frozenset({"", "TENTATIVE", "CONFIRMED", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a calendar.

    Attributes
    ----------
    uid : str
        The same for ever, whatever else changes: calendars know an entry by it.
    summary : str
        Title, in the language of the calendar.
    start : date or datetime
        A date takes the whole day; a datetime must be aware of its zone.
    end : date, datetime or None
        The last day itself for dates; the moment of the end for datetimes; None for one day or
        for an end that nobody named.
    changed : datetime
        When the entry was last changed, aware of its zone.
    status : str
        One of STATUSES.
    """

    uid: str
    summary: str
    start: date | datetime
    changed: datetime
    end: date | datetime | None = None
    description: str = ""
    location: str = ""
    address: str = ""
    categories: tuple[str, ...] = ()
    status: str = ""


def calendar(name: str, events: Iterable[Event], language: str) -> bytes:
    """Return a calendar in UTF-8.

    Parameters
    ----------
    name : str
        What the reader's list of calendars shows.
    events : iterable of Event
        In any order; they are written by day, then by uid.
    language : str
        Language of the texts.

    Raises
    ------
    ValueError
        For a uid given twice or empty, a moment without a zone, an end before its start, a mixture
        of date and datetime in one event, or an unknown status.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={language}:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    seen: set[str] = set()
    for event in sorted(events, key=lambda one: (_instant(one.start), one.uid)):
        _check(event, seen)
        lines += _event(event, language)
    lines.append("END:VCALENDAR")
    return "".join(part for line in lines for part in _folded(line)).encode()


def _event(event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{_moment(event.changed)}"
    yield f"LAST-MODIFIED:{_moment(event.changed)}"
    yield f"DTSTART{_when(event.start)}"
    if event.end is not None:
        is_moment = isinstance(event.end, datetime)
        # DTEND is the first day that is free again.
        yield f"DTEND{_when(event.end if is_moment else event.end + timedelta(days=1))}"
    yield f"SUMMARY;LANGUAGE={language}:{_escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION;LANGUAGE={language}:{_escaped(event.description)}"
    if event.location:
        yield f"LOCATION;LANGUAGE={language}:{_escaped(event.location)}"
    if event.address:
        yield f"URL:{_line(event.address)}"
    if event.categories:
        named = ",".join(_escaped(one) for one in event.categories)
        yield f"CATEGORIES;LANGUAGE={language}:{named}"
    if event.status:
        yield f"STATUS:{event.status}"
    if not isinstance(event.start, datetime):
        yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _check(event: Event, seen: set[str]) -> None:
    if not event.uid or event.uid in seen:
        raise ValueError(f"uid given twice or empty: {event.uid!r}")
    seen.add(event.uid)
    if event.status not in STATUSES:
        raise ValueError(f"unknown status {event.status!r} of {event.uid}")
    for moment in (event.start, event.end, event.changed):
        if isinstance(moment, datetime) and moment.tzinfo is None:
            raise ValueError(f"a moment without a zone in {event.uid}")
    if event.end is None:
        return
    if isinstance(event.start, datetime) != isinstance(event.end, datetime):
        raise ValueError(f"a day and a moment in {event.uid}")
    if event.end < event.start:
        raise ValueError(f"the end is before the start in {event.uid}")


def _when(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f":{_moment(value)}"
    return f";VALUE=DATE:{value:%Y%m%d}"


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without a zone")
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _instant(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y%m%d%H%M%S}" if value.tzinfo else f"{value:%Y%m%d%H%M%S}"
    return f"{value:%Y%m%d}"


def _escaped(text: str) -> str:
    """Return a text as a value of type TEXT: nothing in it can end the line or the value."""
    found = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    found = found.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return _line(found)


def _line(text: str) -> str:
    """Return a text without control characters, which no content line may hold."""
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def _folded(line: str) -> Iterator[str]:
    """Yield a content line in parts of at most 75 octets, no letter cut in two."""
    rest = line
    lead = ""
    while True:
        part = _beginning(rest, _LONGEST - len(lead))
        yield f"{lead}{part}\r\n"
        rest = rest[len(part) :]
        if not rest:
            return
        lead = " "


def _beginning(text: str, octets: int) -> str:
    """Return as many letters as fit into so many octets of UTF-8."""
    return text.encode()[:octets].decode(errors="ignore") if text else ""
