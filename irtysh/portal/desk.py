"""The start page of the back office: what waits for this person, in every register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from irtysh.accounts.permissions import may
from irtysh.registries.acts import queues as acts
from irtysh.registries.claims import queues as claims
from irtysh.registries.evaluations import queues as evaluations
from irtysh.registries.guides import queues as guides
from irtysh.registries.imports import queues as imports
from irtysh.registries.obstacles import queues as obstacles
from irtysh.registries.offers import queues as offers
from irtysh.registries.programmes import desk as programmes
from irtysh.registries.programmes.models import ChangeRequest, Report
from irtysh.registries.programmes.reporting import permission_object
from irtysh.registries.records import queues as records
from irtysh.registries.records.models import title_of
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
        [_owed_row(one, _days_late(-(one.days or 0))) for one in late],
        address=reverse("programmes_desk"),
        is_late=True,
    )
    yield queue(
        "due",
        _("Reports due"),
        [_owed_row(one, _days_left(one.days or 0)) for one in due],
        address=reverse("programmes_desk"),
    )
    returned = [(one, report) for one in mine for report in one.returned]
    yield queue(
        "returned",
        _("Returned reports"),
        [
            Row(one.title, reverse("programmes_read", args=(report.pk,)), report.reason[:120])
            for one, report in returned
        ],
    )
    yield queue(
        "awaiting_us",
        _("Awaiting your confirmation"),
        [_report_row(one) for one in programmes.awaiting_me(user)],
    )
    yield queue(
        "awaiting_them",
        _("Awaiting the other side"),
        [_report_row(one) for one in programmes.awaiting_them(user)],
    )


def _changes(user: Any) -> Iterator[Queue]:
    """Yield the changes of plans that the other side proposes."""
    proposed, _own = programmes.open_changes(user)
    if not any(may(user, "decide_change", one, user.side) for one in ("measures", "programmes")):
        return
    mine = [
        one
        for one in proposed
        if may(user, "decide_change", permission_object(one.register), user.side)
    ]
    yield queue("changes", _("Proposed changes"), [_change_row(one) for one in mine])


def _questions(user: Any) -> Iterator[Queue]:
    """Yield the letters of residents and firms, and the bodies that owe an answer."""
    today = timezone.localdate()
    if may(user, "answer", "questions", user.side):
        yield queue(
            "questions",
            _("New questions"),
            [
                Row(
                    (one.text or _("(deleted)"))[:120],
                    reverse("irtysh_question", args=(one.pk,)),
                    _("asked on %(day)s") % {"day": _day(one.asked_on)},
                )
                for one in obstacles.questions_to_sort(user)
            ],
            address=reverse("irtysh_questions"),
            is_late=bool(obstacles.questions_late(user, today)),
        )
    if may(user, "set_stage", "obstacles", user.side):
        yield queue(
            "obstacles_to_send",
            _("Obstacles to send to a body"),
            [
                record_row(user, one, _("registered on %(day)s") % {"day": one.registered_on})
                for one in obstacles.obstacles_to_send(user)
            ],
            address=list_address("obstacles", "status=registered"),
        )
        yield queue(
            "obstacles",
            _("Obstacles without an answer"),
            [
                record_row(user, one, _("answer was due on %(day)s") % {"day": one.due_on})
                for one in obstacles.obstacles_without_answer(user, today)
            ],
            address=list_address("obstacles", "waiting=answer"),
            is_late=True,
        )


def _offers(user: Any) -> Iterator[Queue]:
    """Yield what moderators of offers have to do."""
    if not may(user, "moderate", "offers", user.side):
        return
    today = timezone.localdate()
    address = reverse("irtysh_moderation")
    yield queue(
        "offers_to_moderate",
        _("Offers to moderate"),
        [_offer_row(one) for one in offers.offers_to_moderate(user)],
        address=address,
    )
    yield queue(
        "offers_expiring",
        _("Offers about to expire"),
        [
            _offer_row(one, _("until %(day)s") % {"day": one.expires_on})
            for one in offers.offers_expiring(user, today)
        ],
        address=address,
    )
    yield queue(
        "enquiries",
        _("Enquiries without an answer"),
        [
            _offer_row(one.offer, _("asked on %(day)s") % {"day": _day(one.asked_on)})
            for one in offers.enquiries_unanswered(user, today)
        ],
        address=address,
        is_late=True,
    )


PARTS: tuple[Callable[[Any], Iterable[Queue]], ...] = (
    _reports,
    _changes,
    _questions,
    _offers,
    evaluations.queues,
    records.queues,
    acts.queues,
    guides.queues,
    claims.queues,
    imports.queues,
)
"""Where the queues come from, in the order in which they are shown."""


def _owed_row(one: programmes.MyMeasure, note: str) -> Row:
    start = one.owed[0].start.isoformat()
    return Row(one.title, reverse("programmes_report", args=(one.measure.code, start)), note)


def _report_row(report: Report) -> Row:
    sent = report.submitted_at
    note = _("sent on %(day)s") % {"day": _day(timezone.localdate(sent))} if sent else ""
    return Row(report.measure.title_in(), reverse("programmes_read", args=(report.pk,)), note)


def _change_row(change: ChangeRequest) -> Row:
    address = reverse("programmes_change", args=(change.pk,))
    return Row(title_of(change.register, change.code), address, change.reason[:120])


def _offer_row(offer: Any, note: str = "") -> Row:
    who = offer.organisation.title_in() if offer.organisation else ""
    return Row(offer.title_in(), reverse("irtysh_offer", args=(offer.code,)), note or who)


def _days_late(days: int) -> str:
    return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}


def _days_left(days: int) -> str:
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
