"""The start page of the back office: what waits for this person, in every register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from irtysh.accounts.permissions import may
from irtysh.registries.acts import queues as acts
from irtysh.registries.guides import queues as guides
from irtysh.registries.obstacles import queues as obstacles
from irtysh.registries.offers import queues as offers
from irtysh.registries.programmes import desk as programmes
from irtysh.registries.programmes.models import ChangeRequest, Report
from irtysh.registries.programmes.reporting import may_decide
from irtysh.registries.records import queues as records
from irtysh.registries.records.models import title_of
from irtysh.registries.records.policy import may_with
from irtysh.registries.records.queues import Queue, Row, list_address, queue, record_row


def desk(user: Any) -> list[Queue]:
    """Return the queues of a person, those with promised days first."""
    return [one for part in PARTS for one in part(user)]


def _reports(user: Any) -> Iterator[Queue]:
    """Yield what a coordinator owes for the road-maps, and what the sides owe each other."""
    if not may(user, "report", "measures", user.side):
        return
    today = timezone.localdate()
    mine = programmes.my_measures(user, today)
    owed = [one for one in mine if one.days is not None]
    late = [one for one in owed if one.days is not None and one.days < 0]
    due = [one for one in owed if one not in late]
    yield queue(
        "overdue",
        _("Overdue reports"),
        [record_row(user, one.measure, _days_late(-(one.days or 0))) for one in late],
        is_late=True,
    )
    yield queue(
        "due", _("Reports due"), [record_row(user, one.measure, _days_left(one.days or 0)) for one in due]
    )
    returned = [(one, report) for one in mine for report in one.returned]
    yield queue(
        "returned",
        _("Returned reports"),
        [record_row(user, one.measure, report.reason) for one, report in returned],
    )
    yield queue(
        "awaiting_us",
        _("Awaiting your confirmation"),
        [_report_row(user, one) for one in programmes.awaiting_me(user)],
    )
    yield queue(
        "awaiting_them",
        _("Awaiting the other side"),
        [_report_row(user, one) for one in programmes.awaiting_them(user)],
    )
