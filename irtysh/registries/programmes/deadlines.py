"""The deadlines of a programme as entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from irtysh.registries.programmes import rules
from irtysh.registries.programmes.models import Measure, Programme
from irtysh.registries.records.icalendar import Event, calendar

_AHEAD = 750
"""Days for which reports to come are entered."""


def deadlines(programme: Programme, language: str, today: date) -> bytes:
    """Return a programme's calendar: ends of measures, reports due, the programme's own end."""
    with override(language):
        found = [*_own(programme, language)]
        measures = Measure.objects.filter(programme=programme, live=True)
        for measure in measures.prefetch_related("reports"):
            found += _of_measure(measure, language, today)
        name = _("Deadlines: %(programme)s") % {"programme": programme.title_in(language)}
        return calendar(name, found, language)


def _own(programme: Programme, language: str) -> Iterator[Event]:
    last = rules.last_day(programme.valid_to)
    if last:
        yield Event(
            uid=_uid("programme", programme.code, "end"),
            summary=_("End of the programme: %(name)s") % {"name": programme.title_in(language)},
            start=last,
            changed=programme.changed_at,
            description=_as_stated(programme.valid_to),
            address=_address("programmes", programme.code, language),
        )


def _of_measure(measure: Measure, language: str, today: date) -> Iterator[Event]:
    title = measure.title_in(language)
    address = _address("measures", measure.code, language)
    term = measure.term
    if term.end:
        yield Event(
            uid=_uid("measure", measure.code, "end"),
            summary=_("Term of the measure: %(name)s") % {"name": title},
            start=term.end,
            changed=measure.changed_at,
            description=_as_stated(measure.end),
            address=address,
        )
    if term.start is None or measure.light(today).state == rules.DONE:
        return
    until = min(term.end or date.max, today + timedelta(days=_AHEAD))
    for cycle in rules.cycles(term, measure.months, until):
        yield Event(
            uid=_uid("measure", measure.code, f"report-{cycle.start}"),
            summary=_("Report due: %(name)s") % {"name": title},
            start=cycle.due(),
            changed=measure.changed_at,
            description=_("For the period %(start)s – %(end)s")
            % {
                "start": date_format(cycle.start, "SHORT_DATE_FORMAT"),
                "end": date_format(cycle.end, "SHORT_DATE_FORMAT"),
            },
            address=address,
        )


def _as_stated(day: str) -> str:
    """Say that the last day of a month or a year stands for it."""
    if day.count("-") == 2:
        return ""
    return _("The source names only %(stated)s; its last day is entered.") % {"stated": day}


def _uid(kind: str, code: str, what: str) -> str:
    return f"{kind}-{code}-{what}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}"


def _address(segment: str, code: str, language: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/{language}/{segment}/{code}/"
