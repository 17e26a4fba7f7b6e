"""What waits for a person: tasks of review, and the sheet to sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from irtysh.accounts.permissions import may
from irtysh.registries.evaluations.models import Evaluation, ReviewTask
from irtysh.registries.evaluations.sheets import unsigned
from irtysh.registries.records.codes import language_now
from irtysh.registries.records.queues import Queue, Row, queue


def queues(user: Any) -> Iterator[Queue]:
    """Yield the tasks of review, and the criteria that nobody has signed."""
    if may(user, "answer", "evaluations"):
        today = timezone.localdate()
        found = list(ReviewTask.objects.listed().unfinished())
        yield queue(
            "review_tasks",
            _("Tasks of review"),
            [_row(one) for one in found],
            address=reverse("evaluation_tasks"),
            is_late=any(one.is_late(today) for one in found),
        )
    newest = Evaluation.objects.newest() if may(user, "sign", "evaluations") else None
    if newest is not None:
        yield queue(
            "sheet",
            _("Criteria to sign"),
            [
                Row(one.title, reverse("evaluation_sign", args=(newest.number, one.code)))
                for one in unsigned(newest, language_now())
            ],
            address=reverse("evaluation_sheet", args=(newest.number,)),
        )


def _row(task: ReviewTask) -> Row:
    note = _("answer by %(day)s") % {"day": date_format(task.due, "SHORT_DATE_FORMAT")}
    if task.person is not None:
        note = f"{note} · {task.person.get_full_name() or task.person.username}"
    title = task.words(language_now())["title"]
    return Row(title, reverse("evaluation_task", args=(task.pk,)), note)
