"""What waits for a coordinator: reports owed and returned, the other side's reports, changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from irtysh.registries.programmes import rules
from irtysh.registries.programmes.desk import (
    MyMeasure,
    awaiting_me,
    awaiting_them,
    my_measures,
    open_changes,
)
from irtysh.registries.programmes.models import ChangeRequest, Report
from irtysh.registries.programmes.wording import period_in_words
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.models import title_of
from irtysh.registries.records.queues import Queue, Row, queue


def queues(user: Any) -> Iterator[Queue]:
    """Yield what waits for a person who speaks for a side; nothing for anybody else."""
    if user.side not in rules.SIDES:
        return
    today = timezone.localdate()
    mine = my_measures(user, today)
    desk = reverse("programmes_desk")
    owed = [one for one in mine if one.days is not None]
    if mine:
        late = (_owed(one) for one in owed if one.days < 0)
        yield queue("reports_overdue", _("Reports overdue"), late, address=desk, is_late=True)
        soon = rules.thresholds()["remind_before_days"]
        due = (_owed(one) for one in owed if 0 <= one.days <= soon)
        yield queue("reports_due", _("Reports due soon"), due, address=desk)
        returned = (_report(report) for one in mine for report in one.returned)
        yield queue("reports_returned", _("Reports returned"), returned, address=desk)
        theirs = (_report(one) for one in awaiting_them(user))
        yield queue("reports_sent", _("Awaiting the other side"), theirs, address=desk)
    waiting = awaiting_me(user)
    if mine or waiting:
        rows = (_report(one) for one in waiting)
        yield queue("reports_to_confirm", _("Awaiting your confirmation"), rows, address=desk)
        changes = (_change(one) for one in open_changes(user)[0])
        yield queue(
            "changes_to_decide", _("Changes to decide"), changes,
            address=reverse("programmes_changes"),
        )  # fmt: skip


def _owed(line: MyMeasure) -> Row:
    cycle = line.owed[0]
    due = date_format(cycle.due(), "DATE_FORMAT")
    return Row(
        line.title,
        reverse("programmes_report", args=(line.measure.code, cycle.start.isoformat())),
        _("by %(day)s") % {"day": due},
    )


def _report(report: Report) -> Row:
    title = report.measure.title_in(language_now())
    note = period_in_words(report.period_start, report.period_end)
    return Row(title, reverse("programmes_read", args=(report.pk,)), note)


def _change(change: ChangeRequest) -> Row:
    title = title_of(change.register, change.code, language_now())
    note = date_format(timezone.localdate(change.proposed_at), "DATE_FORMAT")
    return Row(title, reverse("programmes_change", args=(change.pk,)), note)
