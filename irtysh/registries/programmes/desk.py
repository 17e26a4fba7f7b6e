"""What waits on a coordinator's desk: reports owed, returned, awaiting an answer, changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from irtysh.accounts.models import User
from irtysh.registries.programmes import rules
from irtysh.registries.programmes.models import ChangeRequest, Measure, Report
from irtysh.registries.programmes.reporting import may_answer, may_report, owed


@dataclass
class MyMeasure:
    """A measure that a person's side reports on."""

    measure: Measure
    title: str
    programme: str
    light: rules.Light
    jointness: rules.Jointness
    own: dict[date, Report]
    """Start of a period → the report of the person's own side."""
    owed: list[rules.Cycle] = field(default_factory=list)
    """Periods without a submitted report of that side, earliest first."""
    days: int | None = None
    """Days until the earliest owed report is due; negative once overdue; None if none is owed."""

    @property
    def returned(self) -> list[Report]:
        """Own reports that the other side gave back."""
        return [one for one in self.own.values() if one.state == rules.RETURNED]


def my_measures(user: User, today: date) -> list[MyMeasure]:
    """Return the measures that a person may report on, most urgent first."""
    if user.side not in rules.SIDES:
        return []
    known = (
        Measure.objects.filter(live=True)
        .select_related("programme")
        .prefetch_related("reports", "bodies__organisation", "programme__owners__organisation")
    )
    found = [_mine(one, user, today) for one in known if may_report(user, one)]
    return sorted(found, key=lambda one: (one.days is None, one.days or 0, one.title))


def _mine(measure: Measure, user: User, today: date) -> MyMeasure:
    own = {one.period_start: one for one in measure.reports.all() if one.side == user.side}
    waiting = owed(measure, user.side, today)
    return MyMeasure(
        measure=measure,
        title=measure.title_in(user.language),
        programme=measure.programme.title_in(user.language),
        light=measure.light(today),
        jointness=measure.jointness(today),
        own=own,
        owed=waiting,
        days=(waiting[0].due() - today).days if waiting else None,
    )


def awaiting_me(user: User) -> list[Report]:
    """Return the other side's reports that a person may confirm or return, oldest first."""
    if user.side not in rules.SIDES:
        return []
    waiting = Report.objects.awaiting(user.side).select_related("measure__programme", "written_by")
    return [one for one in waiting if may_answer(user, one)]


def awaiting_them(user: User) -> list[Report]:
    """Return the reports of a person's own side that wait for the other side."""
    return list(
        Report.objects.filter(state=rules.SUBMITTED, side=user.side or "-")
        .select_related("measure__programme")
        .order_by("submitted_at")
    )


def open_changes(user: User) -> tuple[list[ChangeRequest], list[ChangeRequest]]:
    """Return open changes that the person's side must decide, and those it proposed."""
    waiting = list(
        ChangeRequest.objects.filter(state=ChangeRequest.PROPOSED).select_related("programme")
    )
    if user.side not in rules.SIDES:
        return [], []
    return (
        [one for one in waiting if one.side != user.side],
        [one for one in waiting if one.side == user.side],
    )
