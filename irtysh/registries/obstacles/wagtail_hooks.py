"""Obstacles in the back office."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from irtysh.registries.obstacles.models import Obstacle
from irtysh.registries.records.deeds import Deed, register_deed
from irtysh.registries.records.screens import register_records


def _without_answer(obstacles: QuerySet[Any]) -> QuerySet[Any]:
    late = Obstacle.objects.awaiting_answer(timezone.localdate())
    return obstacles.filter(pk__in=late.order_by().values("pk"))


register_records(Obstacle, waiting={"answer": (_("Answer overdue"), _without_answer)})
register_deed(
    Deed(
        "obstacles", _("Take a step"), "set_stage", "irtysh_obstacle", "tasks", columns=("status",)
    )
)
