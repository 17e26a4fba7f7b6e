"""The tree of a programme: goal, objective, measure, target; as it is, and as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from irtysh.registries.programmes.compare import PARTS
from irtysh.registries.programmes.models import Measure, Objective, Programme, Target
from irtysh.registries.records.actions import public_revisions
from irtysh.registries.records.documents import document_of
from irtysh.registries.records.models import Record

_OF_A_PROGRAMME: dict[str, type[Record]] = {
    "objectives": Objective,
    "measures": Measure,
    "targets": Target,
}

Frozen = dict[str, list[dict[str, Any]]]
"""Register → documents; see compare.py."""


def tree_of(programme: Programme) -> Frozen:
    """Return a programme with its published parts, as documents in their order."""
    found: Frozen = {"programmes": [document_of(programme)]}
    for part, model in _OF_A_PROGRAMME.items():
        records = model.objects.filter(programme=programme, live=True)
        found[part] = _in_order(document_of(one) for one in records)
    return found


def tree_as_of(programme: Programme, day: date) -> Frozen:
    """Return the tree as it was at the end of a day, from the history of its records.

    Empty parts where nothing had been written by then. What was taken back later is there.
    """
    found: Frozen = {part: [] for part in PARTS}
    for part in PARTS:
        model = Programme if part == "programmes" else _OF_A_PROGRAMME[part]
        found[part] = _in_order(
            document_of(record)
            for record in _earlier(model, day, programme)
            if part == "programmes" or record.programme_id == programme.pk
        )
    return found


def _earlier(model: type[Record], day: date, programme: Programme) -> Iterable[Any]:
    """Yield each record of a programme as readers saw it last on that day or before."""
    if model is Programme:
        keys = [programme.pk]
    else:
        keys = list(model.objects.filter(programme=programme).values_list("pk", flat=True))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    # Drafts are in the history of a record too, and are nobody's business but their writers'.
    public = public_revisions(model, keys, end)
    revisions = Revision.objects.filter(pk__in=public).order_by("object_id", "-created_at", "-pk")
    seen: set[str] = set()
    for revision in revisions:
        if revision.object_id not in seen:
            seen.add(revision.object_id)
            yield revision.as_object()


def _in_order(documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(documents, key=lambda one: (one.get("order") or 0, str(one["id"])))
