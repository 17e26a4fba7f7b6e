"""What is planned: figures with the status of a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from irtysh.evaluation.expressions.evidence import Evidence
from irtysh.evaluation.expressions.values import of_printed
from irtysh.vocabulary.observation import Observation

_ASKED = ("flow", "measure", "unit", "source")


def at(
    targets: Sequence[Observation], dimensions: Mapping[str, str], period: str
) -> Evidence | None:
    """Return the planned figure of a period ("?" where the plan names none)."""
    asked = {name: dimensions[name] for name in _ASKED if name in dimensions}
    found = [
        one
        for one in targets
        if one.matches(asked)
        and (one.period.code == period or (period == "?" and not one.period.is_known))
    ]
    return of_printed(found)
