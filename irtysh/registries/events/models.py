"""Events and their series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from irtysh.registries.events import rules
from irtysh.registries.records.codes import code_name, language_now, side_of_area
from irtysh.registries.records.models import Record, Tag, keeps
from irtysh.registries.records.rules import Resolves
from irtysh.sources.registers.words import column_label
from irtysh.vocabulary.errors import Fault

_STATUS = {
    rules.PLANNED: "EventScheduled",
    rules.POSTPONED: "EventPostponed",
    rules.CANCELLED: "EventCancelled",
}
"""Standing → its word in schema.org, which has none for "nobody knows"."""
_SCHEMA = {
    "exhibition": "ExhibitionEvent",
    "festival": "Festival",
    "business_mission": "BusinessEvent",
    "forum": "BusinessEvent",
    "conference": "EducationEvent",
    "webinar": "EducationEvent",
}
_MOODS = {rules.HELD: "good", rules.NOT_KNOWN: "absent", rules.CANCELLED: "absent"}


@keeps("series")
class Series(Record):
    """Events that recur."""

    def members(self) -> list[Event]:
        """Return its published events by number, then by day; those without either come last."""
        found = Event.objects.filter(series=self, live=True).select_related("place")
        return sorted(
            found,
            key=lambda one: (one.number is None, one.number or 0, not one.start, one.start),
        )

    def gaps(self, day: date | None = None) -> rules.Gaps:
        """Return what the series lacks as of a day (today)."""
        return rules.gaps_of(
            [one.as_member() for one in self.members()],
            day or timezone.localdate(),
            is_numbered=bool(self.is_numbered),
        )

    def sides(self) -> set[str]:
        """Return the sides whose territories it is for."""
        return {side for area in self.territories if (side := side_of_area(area))}

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the series in the words of schema.org."""
        return {**super().json_ld(language, address), "@type": "EventSeries"}


@keeps("events")
class Event(Record):
    """An event."""

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1), name="event_number_counts"
            ),
            models.CheckConstraint(
                condition=Q(end="") | ~Q(start=""), name="event_end_has_a_start"
            ),
        ]

    # How it stands

    def standing(self, day: date | None = None) -> str:
        """Return its standing as of a day (today): a code of the list event_standings."""
        return rules.standing_on(self.status, self.start, self.end, day or timezone.localdate())

    def is_to_come(self, day: date | None = None) -> bool:
        """Return True if it is going on or ahead."""
        return rules.is_to_come(self.status, self.start, self.end, day or timezone.localdate())

    def as_member(self) -> rules.Member:
        """Return what matters of it in its series."""
        return rules.Member(
            code=self.code,
            number=self.number,
            start=self.start,
            end=self.end,
            has_place=self.place_id is not None or bool(self.online),
            status=self.status,
            contradicted=tuple(dict.fromkeys(row.about for row in self.rivals.all())),
        )

    def tags(self, language: str, day: date | None = None) -> list[Tag]:
        """Return what kind of event it is and how it stands as of a day."""
        standing = self.standing(day)
        return [
            Tag("kind", code_name("event_kinds", self.kind, language), self.kind),
            Tag(
                "status",
                code_name("event_standings", standing, language),
                standing,
                _MOODS.get(standing, ""),
            ),
        ]

    def faults(self, resolves: Resolves | None = None) -> Iterator[Fault]:
        """Yield what is wrong, also an event that was held before its day."""
        yield from super().faults(resolves)
        if rules.held_too_early(self.status, self.start, timezone.localdate()):
            said = {"start": self.start}
            yield Fault("HeldBeforeItsDay", f"events/{self.code}", 0, "status", said)
        if self.end and not self.start:
            yield Fault("EndWithoutStart", f"events/{self.code}", 0, "start", {"end": self.end})

    # Who and where

    def sides(self) -> set[str]:
        """Return the sides that take part, and those whose territories it is for."""
        taking_part = {side for row in self.participants.all() if (side := side_of(row))}
        return taking_part | {side for area in self.areas() if (side := side_of_area(area))}

    def areas(self) -> list[str]:
        """Return the territories it is for, and the country it is held in."""
        return list(dict.fromkeys(one for one in (*self.territories, self.country) if one))

    def more_facets(self) -> dict[str, list[str]]:
        """Return its year and its place."""
        return {
            "year": [self.start[:4]] if self.start else [],
            "place": [self.place.code] if self.place is not None else [],
        }

    @classmethod
    def facet_label(cls, facet: str, language: str) -> str:
        """Return the heading of a facet."""
        if facet == "year":
            return column_label("publications", "year", language)
        return super().facet_label(facet, language)

    def json_ld(self, language: str, address: str) -> dict[str, Any]:
        """Return the event in the words of schema.org."""
        standing = self.standing()
        found = super().json_ld(language, address) | {
            "@type": _SCHEMA.get(self.kind, "Event"),
            "startDate": self.start,
            "endDate": self.end,
            "eventStatus": _schema(_STATUS.get(standing, "")),
            "eventAttendanceMode": _schema("OnlineEventAttendanceMode") if self.online else "",
            "superEvent": _named("EventSeries", self.series, language),
            "location": {"@type": "VirtualLocation"}
            if self.online
            else _named("Place", self.place, language),
            "organizer": [
                {"@type": "Organization", "name": name_of(row, language)}
                for row in self.participants.all()
                if row.role in ("organiser", "host")
            ],
        }
        return {name: value for name, value in found.items() if value not in ("", [], None)}


def side_of(participant: Any) -> str:
    """Return the side for which somebody takes part: the one stated, else the organisation's."""
    if participant.side:
        return str(participant.side)
    if participant.organisation is not None:
        return next(iter(sorted(participant.organisation.sides())), "")
    return ""


def name_of(participant: Any, language: str = "") -> str:
    """Return the name of somebody who takes part."""
    if participant.organisation is not None:
        return str(participant.organisation.title_in(language))
    return str(participant.text_or_other("name", language or language_now())[0])


def _named(kind: str, record: Record | None, language: str) -> dict[str, str] | None:
    return {"@type": kind, "name": record.title_in(language)} if record is not None else None


def _schema(word: str) -> str:
    return f"https://schema.org/{word}" if word else ""
