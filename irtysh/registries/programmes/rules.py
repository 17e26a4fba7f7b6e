"""How a measure stands, which report is due when, what a report may become.

The arithmetic itself (terms, periods of reports, lights, sides heard from) is that of the
evaluation, so that a road-map and an evaluation never tell two tales; here it meets the states
of reports and the ties between measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from irtysh.evaluation.strategy.jointness import SIDES
from irtysh.evaluation.strategy.jointness import Reported as Jointness
from irtysh.evaluation.strategy.jointness import reported as jointness
from irtysh.evaluation.strategy.lights import (
    AT_RISK,
    DONE,
    GREY,
    LATE,
    NO_REPORT,
    NOT_STARTED,
    ON_TIME,
    STATES,
    UNKNOWN,
    UNPROVEN,
    Light,
    Said,
    light,
    needs_review,
)
from irtysh.evaluation.strategy.terms import (
    Cycle,
    Term,
    cycle_before,
    cycle_due,
    cycle_of,
    cycle_open,
    cycles,
    ends_soon,
    first_day,
    is_over,
    last_day,
    months_of,
    planned_share,
    thresholds,
)

__all__ = [
    "AT_RISK",
    "CONFIRMED",
    "DONE",
    "DRAFT",
    "GREY",
    "LATE",
    "NOT_STARTED",
    "NO_REPORT",
    "ON_TIME",
    "RETURNED",
    "SIDES",
    "STATES",
    "STEPS",
    "SUBMITTED",
    "UNKNOWN",
    "UNPROVEN",
    "Cycle",
    "Jointness",
    "Light",
    "Said",
    "Term",
    "circles",
    "cycle_before",
    "cycle_due",
    "cycle_of",
    "cycle_open",
    "cycles",
    "ends_soon",
    "first_day",
    "is_over",
    "jointness",
    "last_day",
    "light",
    "months_of",
    "needs_review",
    "other_side",
    "planned_share",
    "starts_too_early",
    "thresholds",
]

DRAFT, SUBMITTED, RETURNED, CONFIRMED = "draft", "submitted", "returned", "confirmed"
STEPS = {
    "save": {"": DRAFT, DRAFT: DRAFT, RETURNED: RETURNED},
    "submit": {DRAFT: SUBMITTED, RETURNED: SUBMITTED},
    "return": {SUBMITTED: RETURNED},
    "confirm": {SUBMITTED: CONFIRMED},
}
"""What is done with a report → from which state to which; nothing else is possible."""


def other_side(side: str) -> str:
    """Return the side across the border; raises KeyError for neither side."""
    return {"A": "B", "B": "A"}[side]


# Dependencies


def circles(depends_on: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Return every group of measures that wait for one another, each sorted, in order."""
    reach = {one: _reached(one, depends_on) for one in depends_on}
    found = {
        tuple(sorted(other for other in reach[one] if one in reach.get(other, ())))
        for one in depends_on
        if one in reach[one]
    }
    return sorted(found)


def _reached(start: str, depends_on: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(depends_on.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += depends_on.get(one, ())
    return seen


def starts_too_early(term: Term, needed: Term) -> bool:
    """Return True if a measure starts before one that it depends on ends; unknown days do not."""
    return term.start is not None and needed.end is not None and term.start <= needed.end
