"""How a measure stands (step E1), which report is due when, what a report may become.

Nothing here asks a database or a clock: days and reports go in, a judgement comes out. Numbers
that decide are in definitions/thresholds/measures.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from irtysh.vocabulary.places import DEFINITIONS

NOT_STARTED, ON_TIME, AT_RISK, LATE = "not_started", "on_time", "at_risk", "late"
DONE, NO_REPORT, UNKNOWN = "done", "no_report", "unknown"
STATES = (LATE, AT_RISK, ON_TIME, DONE, NOT_STARTED, NO_REPORT, UNKNOWN)
"""Codes of definitions/codelists/measure_states.csv, what needs attention first."""
GREY = frozenset({NO_REPORT, UNKNOWN})

DRAFT, SUBMITTED, RETURNED, CONFIRMED = "draft", "submitted", "returned", "confirmed"
STEPS = {
    "save": {"": DRAFT, DRAFT: DRAFT, RETURNED: RETURNED},
    "submit": {DRAFT: SUBMITTED, RETURNED: SUBMITTED},
    "return": {SUBMITTED: RETURNED},
    "confirm": {SUBMITTED: CONFIRMED},
}
"""What is done with a report → from which state to which; nothing else is possible."""

SIDES = ("A", "B")


@cache
def thresholds() -> Mapping[str, Any]:
    """Return definitions/thresholds/measures.yaml: name → number."""
    path = DEFINITIONS / "thresholds" / "measures.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return {name: entry["value"] for name, entry in loaded.items()}


def other_side(side: str) -> str:
    """Return the side across the border; raises KeyError for neither side."""
    return {"A": "B", "B": "A"}[side]


# Days that are known to the day, the month or the year


def first_day(text: str) -> date | None:
    """Return the first day that "2026", "2026-03" or "2026-03-05" admits; None if there is none."""
    if not text:
        return None
    try:
        return date(*[*(int(part) for part in text.split("-")), 1, 1][:3])
    except ValueError:  # 31 February
        return None


def last_day(text: str) -> date | None:
    """Return the last day that "2026", "2026-03" or "2026-03-05" admits; None if there is none."""
    first = first_day(text)
    if first is None or text.count("-") == 2:
        return first
    return _months_on(first, 12 if len(text) == 4 else 1) - timedelta(days=1)


def _months_on(day: date, months: int) -> date:
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


# Periods of reports


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
    start = _months_on(origin, gone // months * months)
    return Cycle(start, _months_on(start, months) - timedelta(days=1))


def cycle_before(term: Term, months: int, cycle: Cycle) -> Cycle | None:
    """Return the period before; None if the measure had not begun in it."""
    before = cycle_of(term, months, cycle.start - timedelta(days=1))
    if before is None or term.start is None or before.end < term.start:
        return None
    return before


def cycle_due(term: Term, months: int, day: date) -> Cycle | None:
    """Return the latest period whose report should be there by now; None if there is none yet."""
    cycle = cycle_of(term, months, day)
    if cycle is None:
        return None
    before = cycle_before(term, months, cycle)
    while before is not None and before.due() >= day:
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


# The light


@dataclass(frozen=True, slots=True)
class Said:
    """A confirmed report, as far as the light asks."""

    cycle: Cycle
    side: str
    share: float
    """Done so far of the whole measure, 0 to 1."""
    on: date
    """The day it was submitted."""


@dataclass(frozen=True, slots=True)
class Light:
    """How a measure stands, with everything that it was worked out from.

    Attributes
    ----------
    state : str
        Code of measure_states.
    reason : str
        Why: "done", "ratio", "begun", "overdue", "no_report_ever", "no_report_now", "ahead",
        "no_term", "no_start".
    share, planned, ratio : float or None
        a, s and r = a/s; None where not known, and r also where nothing was planned yet.
    as_of : date or None
        The day that planned and reported share are compared at.
    overdue : int
        Days past the end of the term; 0 before it and for a measure that is done.
    awaited : Cycle or None
        The period whose report is missing.
    """

    state: str
    reason: str
    share: float | None = None
    planned: float | None = None
    ratio: float | None = None
    as_of: date | None = None
    overdue: int = 0
    awaited: Cycle | None = None

    @property
    def is_grey(self) -> bool:
        """True where nobody knows how the measure stands."""
        return self.state in GREY


def light(term: Term, months: int, reports: Iterable[Said], day: date) -> Light:
    """Return how a measure stands on a day, by its confirmed reports.

    The reports of the latest period decide; where the two sides differ, the lower share does.
    Planned and reported share are compared on the last day of that period, or on the day of the
    report if it was written earlier. Silence is grey, however late the measure is.
    """
    said = [one for one in reports if one.on <= day]
    latest = max((one.cycle for one in said), default=None)
    last = [one for one in said if one.cycle == latest]
    share = min((one.share for one in last), default=None)
    overdue = max(0, (day - term.end).days) if term.end else 0
    if share is not None and share >= 1:
        return Light(DONE, "done", share, planned_share(term, day), None, None, 0)
    if latest is None and term.start is not None and day < term.start:
        return Light(NOT_STARTED, "ahead")
    awaited = cycle_due(term, months, day)
    if latest is None:
        if term.end is None:
            return Light(UNKNOWN, "no_term", overdue=overdue)
        return Light(NO_REPORT, "no_report_ever", overdue=overdue, awaited=awaited)
    if awaited is not None and latest < awaited:
        return Light(NO_REPORT, "no_report_now", share, overdue=overdue, awaited=awaited)
    as_of = min(day, latest.end, max(one.on for one in last))
    return _judged(term, share or 0.0, as_of, overdue)


def _judged(term: Term, share: float, as_of: date, overdue: int) -> Light:
    limits = thresholds()
    planned = planned_share(term, as_of)
    # Rounded, or 18 % of 20 % would be a hair less than nine tenths.
    ratio = round(share / planned, 9) if planned else None
    known = (share, planned, ratio, as_of, overdue)
    if overdue > limits["overdue_days"]:
        return Light(LATE, "overdue", *known)
    if term.end is None:
        return Light(UNKNOWN, "no_term", *known)
    if planned is None:
        return Light(UNKNOWN, "no_start", *known)
    if ratio is None:
        return Light(ON_TIME, "begun", *known)
    if ratio >= limits["on_time_ratio"]:
        return Light(ON_TIME, "ratio", *known)
    return Light(AT_RISK if ratio >= limits["at_risk_ratio"] else LATE, "ratio", *known)


# Jointness (step E4), dependencies, review (step E10)


@dataclass(frozen=True, slots=True)
class Jointness:
    """From how many sides reports of a period came: 0, 1 or 2."""

    received: int
    sides: tuple[str, ...]

    @property
    def is_one_sided(self) -> bool:
        """True where only one side has spoken: it does not count as done together."""
        return self.received == 1


def jointness(sides: Iterable[str]) -> Jointness:
    """Return from which sides reports came; those of neither side do not count."""
    found = tuple(sorted({side for side in sides if side in SIDES}))
    return Jointness(len(found), found)


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


def needs_review(states: Iterable[str]) -> bool:
    """Return True where so many measures are behind or silent that the programme is due for it."""
    counted = list(states)
    bad = sum(one in (LATE, *GREY) for one in counted)
    return bool(counted) and 100 * bad >= thresholds()["review_percent"] * len(counted)


def is_over(valid_to: str, day: date) -> bool:
    """Return True once the last day of a programme's term has passed."""
    last = last_day(valid_to)
    return last is not None and day > last


def ends_soon(valid_to: str, day: date, months: int = 6) -> bool:
    """Return True in the last months of a programme's term."""
    last = last_day(valid_to)
    return last is not None and not is_over(valid_to, day) and (last - day).days < months * 30.5
