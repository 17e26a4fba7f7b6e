"""A goal or objective: what it belongs to, what hangs on it, where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from irtysh.portal.reading import Reading
from irtysh.portal.registers import plans
from irtysh.portal.registers.paths import record_path
from irtysh.registries.programmes.models import Measure, Objective, Target
from irtysh.registries.records.codes import code_name


def present_objective(objective: Objective, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of an objective shows beyond its columns."""
    today = timezone.localdate()
    measures = Measure.objects.filter(objective=objective, live=True).prefetch_related(
        "reports", "bodies__organisation"
    )
    targets = Target.objects.filter(objective=objective, live=True, measure=None)
    children = Objective.objects.filter(parent=objective, live=True).order_by("order", "code")
    return {
        "programme": plans.own_programme(objective, reading),
        "measures": [
            plans.measure_line(one, reading, today) for one in measures.order_by("order", "code")
        ],
        "targets": [
            plans.target_line(one, reading)
            for one in targets.prefetch_related("facts", "milestones")
        ],
        "children": [
            {
                "title": one.title_in(reading.language),
                "path": record_path("objectives", one.code, reading.language),
                "level": code_name("objective_levels", one.level, reading.language),
            }
            for one in children
        ],
        "leads_to": plans.leads_to(objective, reading),
    }
