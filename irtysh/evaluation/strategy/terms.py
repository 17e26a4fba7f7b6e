"""Days known to the day, the month or the year; terms of measures; periods of reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.places import DEFINITIONS


@cache
def thresholds() -> Mapping[str, Any]:
    """Return definitions/thresholds/measures.yaml: name → number."""
    path = DEFINITIONS / "thresholds" / "measures.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return {name: entry["value"] for name, entry in loaded.items()}


def first_day(text: str) -> date | None:
    """Return the first day that "2026", "2026-03" or "2026-03-05" admits; None if there is none."""
    if not text:
        return None
    try:
        year, month, day = [*(int(part) for part in text.split("-")), 1, 1][:3]
        return date(year, month, day)
    except ValueError:  # 31 February
        return None


def last_day(text: str) -> date | None:
    """Return the last day that "2026", "2026-03" or "2026-03-05" admits; None if there is none."""
    first = first_day(text)
    if first is None or text.count("-") == 2:
        return first
    return months_on(first, 12 if len(text) == 4 else 1) - timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """Return the first of the month that lies so many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Term:
    """When a measure runs; None where nobody said."""

    start: date | None
    end: date | None

    @classmethod
    def of(cls, start: str, end: str) -> Term:
        """Read a term as stated: a year means its first day for a start, its last for an end."""
        return cls(first_day(start), last_day(end))

    @property
    def is_whole(self) -> bool:
        """True where both ends are known and in order."""
        return self.start is not None and self.end is not None and self.start <= self.end


def planned_share(term: Term, day: date) -> float | None:
    """Return s = clamp((t − start) / (end − start)), 0 to 1; None where the term is not known."""
    if not term.is_whole:
        return None
    assert term.start and term.end
    if day >= term.end:
        return 1.0
    if day <= term.start:
        return 0.0
    return (day - term.start).days / (term.end - term.start).days


@dataclass(frozen=True, slots=True, order=True)
class Cycle:
    """One period of reports, both days included."""

    start: date
    end: date

    def due(self, days: int | None = None) -> date:
        """Return the last day on which its report is in time."""
        return self.end + timedelta(days=thresholds()["report_days"] if days is None else days)


def months_of(report_every: int | None) -> int:
    """Return the months of a period: the measure's own, else those of the thresholds."""
    return report_every or int(thresholds()["report_every_months"])


def cycle_of(term: Term, months: int, day: date) -> Cycle | None:
    """Return the period that a day lies in; None where the measure has no start.

    Periods that divide the year follow the calendar: halves, quarters, months. Others are counted
    from the month of the start.
    """
    if term.start is None:
        return None
    origin = date(term.start.year, 1 if 12 % months == 0 else term.start.month, 1)
    gone = (day.year - origin.year) * 12 + day.month - origin.month
    start = months_on(origin, gone // months * months)
    return Cycle(start, months_on(start, months) - timedelta(days=1))


def cycle_before(term: Term, months: int, cycle: Cycle) -> Cycle | None:
    """Return the period before; None if the measure had not begun in it."""
    before = cycle_of(term, months, cycle.start - timedelta(days=1))
    if before is None or term.start is None or before.end < term.start:
        return None
    return before


def cycle_due(term: Term, months: int, day: date, report_days: int | None = None) -> Cycle | None:
    """Return the latest period whose report should be there by now; None if there is none yet."""
    cycle = cycle_of(term, months, day)
    if cycle is None:
        return None
    before = cycle_before(term, months, cycle)
    while before is not None and before.due(report_days) >= day:
        before = cycle_before(term, months, before)
    return before


def cycle_open(term: Term, months: int, day: date) -> Cycle | None:
    """Return the period to report on: the last one that ended, else the running one.

    None before the measure starts, or where it has no start.
    """
    cycle = cycle_of(term, months, day)
    if cycle is None or term.start is None or day < term.start:
        return None
    return cycle_before(term, months, cycle) or cycle


def cycles(term: Term, months: int, until: date) -> list[Cycle]:
    """Return every period from the start of the measure to a day."""
    found: list[Cycle] = []
    cycle = cycle_of(term, months, term.start) if term.start else None
    while cycle is not None and cycle.start <= until:
        found.append(cycle)
        cycle = cycle_of(term, months, cycle.end + timedelta(days=1))
    return found


def is_over(valid_to: str, day: date) -> bool:
    """Return True once the last day of a programme's term has passed."""
    last = last_day(valid_to)
    return last is not None and day > last


def ends_soon(valid_to: str, day: date, months: int = 6) -> bool:
    """Return True in the last months of a programme's term."""
    last = last_day(valid_to)
    return last is not None and not is_over(valid_to, day) and (last - day).days < months * 30.5
