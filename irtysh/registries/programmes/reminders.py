"""Letters about reports: soon due, due today, overdue, waiting for an answer; each only once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from irtysh.accounts.letters import send_letter
from irtysh.accounts.models import User
from irtysh.accounts.permissions import people_who_may
from irtysh.registries.programmes import rules
from irtysh.registries.programmes.models import Measure, Report
from irtysh.registries.programmes.reporting import owed

SOON, TODAY, OVERDUE, AWAITING = "soon", "today", "overdue", "awaiting"


@dataclass(frozen=True, slots=True)
class Due:
    """A report that one side owes."""

    measure: Measure
    cycle: rules.Cycle
    side: str

    def kind(self, today: date) -> str:
        """Return which reminder its date calls for today; empty for none."""
        limits = rules.thresholds()
        days = (today - self.cycle.due()).days
        if days >= limits["remind_after_days"]:
            return OVERDUE
        if days >= 0:
            return TODAY
        return SOON if -days <= limits["remind_before_days"] else ""


def reports_due(today: date, measures: list[Measure] | None = None) -> Iterator[Due]:
    """Yield the reports that sides owe or will soon owe: not submitted, of measures not done."""
    if measures is None:
        known = Measure.objects.filter(live=True).exclude(start="")
        measures = list(
            known.select_related("programme").prefetch_related("reports", "bodies__organisation")
        )
    for measure in measures:
        for side in sorted(measure.sides() or set(rules.SIDES)):
            for cycle in owed(measure, side, today):
                yield Due(measure, cycle, side)


@transaction.atomic
def send_reminders(*, today: date | None = None) -> dict[str, int]:
    """Send the letters that today calls for; return how many of each kind.

    One letter a person, kind and date, naming every measure: run again, it sends nothing. A day
    on which nobody ran it loses nothing: the letter goes out on the next.
    """
    today = today or timezone.localdate()
    counts = {SOON: 0, TODAY: 0, OVERDUE: 0, AWAITING: 0}
    found: dict[tuple[str, date, str], list[Due]] = defaultdict(list)
    for due in reports_due(today):
        if kind := due.kind(today):
            found[kind, due.cycle.due(), due.side].append(due)
    for (kind, day, side), dues in found.items():
        for person in people_who_may("report", "measures", side).filter(side=side):
            counts[kind] += _told(person, kind, day, dues)
    for (day, side), reports in _waiting(today).items():
        for person in people_who_may("confirm", "measures", side):
            counts[AWAITING] += _asked(person, day, reports)
    return counts


def _waiting(today: date) -> dict[tuple[date, str], list[Report]]:
    """Return day of submission and side to answer → reports that have waited long enough."""
    before = today - timedelta(days=rules.thresholds()["awaiting_days"])
    found: dict[tuple[date, str], list[Report]] = defaultdict(list)
    waiting = Report.objects.filter(state=rules.SUBMITTED).select_related("measure__programme")
    for report in waiting.order_by("submitted_at"):
        day = timezone.localdate(report.submitted_at)
        if day <= before:
            found[day, rules.other_side(report.side)].append(report)
    return found


def _told(person: User, kind: str, day: date, dues: list[Due]) -> int:
    items = [
        {
            "title": due.measure.title_in(person.language),
            "programme": due.measure.programme.title_in(person.language),
            "start": due.cycle.start,
            "end": due.cycle.end,
        }
        for due in dues
    ]
    letter = send_letter(
        to=person,
        template="report_due",
        context={"kind": kind, "due": day, "items": items},
        key=f"programmes/{kind}/{day}/{person.pk}",
    )
    return int(letter is not None)


def _asked(person: User, day: date, reports: list[Report]) -> int:
    items = [
        {
            "title": report.measure.title_in(person.language),
            "programme": report.measure.programme.title_in(person.language),
            "start": report.period_start,
            "end": report.period_end,
        }
        for report in reports
    ]
    letter = send_letter(
        to=person,
        template="report_awaiting",
        context={"submitted": day, "items": items},
        key=f"programmes/{AWAITING}/{day}/{person.pk}",
    )
    return int(letter is not None)
