"""States of an announced release, and what the columns of one must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from irtysh.sources.registers.agreement import disagreements
from irtysh.vocabulary.errors import Fault

PROVISIONAL, CONFIRMED = "provisional", "confirmed"
PUBLISHED, CANCELLED = "published", "cancelled"
UPCOMING = (PROVISIONAL, CONFIRMED)


def faults_of(file: str, columns: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the columns of an announcement say against each other."""
    for column, error in disagreements("announcements", columns):
        yield Fault(error.code, file, 0, column, error.params)


def is_late(state: str, planned_on: str, today: str) -> bool:
    """Return True if the day has passed and nothing was published; months count as a whole."""
    return state in UPCOMING and planned_on < today[: len(planned_on)]
