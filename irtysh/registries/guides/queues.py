"""What waits for a person: guides that were never checked, or whose check has run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from irtysh.registries.guides.models import Guide
from irtysh.registries.guides.rules import HOLDS
from irtysh.registries.records.policy import may_with
from irtysh.registries.records.queues import (
    SHOWN,
    Queue,
    list_address,
    may_somewhere,
    record_row,
)


def to_check(guides: QuerySet[Guide], today: date | None = None) -> QuerySet[Guide]:
    """Return published guides whose day has passed, or that nobody checked for half a year."""
    today = today or timezone.localdate()
    ended = ~Q(expires_on="") & Q(expires_on__lt=today.isoformat())
    stale = Q(expires_on="", checked_on__lt=(today - HOLDS).isoformat())
    return guides.filter(ended | stale, live=True).order_by("checked_on", "code")


def queues(user: Any) -> Iterator[Queue]:
    """Yield the guides to check, for those who check."""
    if not may_somewhere(user, "check_status", "guides"):
        return
    found = to_check(Guide.objects.all())
    mine = [guide for guide in found[: 10 * SHOWN] if may_with(user, "check_status", guide)]
    yield Queue(
        "guides_to_check",
        _("Guides to be checked"),
        [record_row(user, guide, _last_check(guide)) for guide in mine[:SHOWN]],
        found.count() if mine else 0,
        list_address("guides", "waiting=check"),
    )


def _last_check(guide: Guide) -> str:
    if not guide.checked_on:
        return _("never checked")
    return _("checked on %(day)s") % {"day": guide.checked_on}
