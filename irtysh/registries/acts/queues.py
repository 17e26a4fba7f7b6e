"""What waits for a person: acts whose standing nobody has checked for half a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from irtysh.registries.acts.desk import CHECK
from irtysh.registries.acts.models import Act
from irtysh.registries.acts.rules import ENDED, FRESH
from irtysh.registries.records.policy import may_with
from irtysh.registries.records.queues import (
    SHOWN,
    Queue,
    Row,
    list_address,
    may_somewhere,
)


def to_check(acts: QuerySet[Act], today: date | None = None) -> QuerySet[Act]:
    """Return published acts that ``Act.needs_check`` names, in one query, never checked first."""
    day = (today or timezone.localdate()).isoformat()
    since = ((today or timezone.localdate()) - FRESH).isoformat()
    until_later = Q(valid_to="") | Q(valid_to__gte=day) | Q(valid_to__in=(day[:4], day[:7]))
    return (
        acts.filter(until_later, live=True)
        .exclude(status__in=ENDED)
        .exclude(_ended_by_others(day))
        .annotate(checked=Max("checks__on"))
        .filter(Q(checked=None) | Q(checked__lt=since))
        .order_by(F("checked").asc(nulls_first=True), "code")
    )


def _ended_by_others(day: str) -> Q:
    relations = Act.relations.rel.related_model.objects.filter(record__live=True, act__isnull=False)
    in_effect = relations.order_by().filter(Q(from_day="") | Q(from_day__lte=day))
    by_newer = in_effect.filter(kind__in=("repeals", "replaces")).values("act")
    by_itself = in_effect.filter(kind__in=("repealed_by", "replaced_by")).values("record")
    return Q(pk__in=by_newer) | Q(pk__in=by_itself)


def queues(user: Any) -> Iterator[Queue]:
    """Yield the acts to check, for those who check."""
    if not may_somewhere(user, "check_status", "acts"):
        return
    found = to_check(Act.objects.all())
    rows = [
        Row(act.title_in(), CHECK.address(act), _last_check(act))
        for act in found[:SHOWN]
        if may_with(user, "check_status", act)
    ]
    yield Queue(
        "acts_to_check",
        _("Acts whose status is to be checked"),
        rows,
        found.count(),
        list_address("acts", "waiting=check"),
    )


def _last_check(act: Any) -> str:
    if not act.checked:
        return _("never checked")
    return _("checked on %(day)s") % {"day": act.checked}
