"""The light of a measure (step E1): planned share against reported share, grey for silence.

One source of truth: pages of the road-map and the evaluation call the same function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from irtysh.evaluation.strategy.terms import Cycle, Term, cycle_due, planned_share, thresholds

NOT_STARTED, ON_TIME, AT_RISK, LATE = "not_started", "on_time", "at_risk", "late"
DONE, UNPROVEN, NO_REPORT, UNKNOWN = "done", "unproven", "no_report", "unknown"
STATES = (LATE, AT_RISK, ON_TIME, UNPROVEN, DONE, NOT_STARTED, NO_REPORT, UNKNOWN)
"""Codes of definitions/codelists/measure_states.csv, what needs attention first."""
GREY = frozenset({NO_REPORT, UNKNOWN, UNPROVEN})
"""States in which nobody can say how a measure stands, a claim without proof among them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A confirmed report, as far as the light asks."""

    cycle: Cycle
    side: str
    share: float
    """Done so far of the whole measure, 0 to 1."""
    on: date
    """The day it was submitted."""
    has_proof: bool = True
    """True where a file or an address proves it."""


@dataclass(frozen=True, slots=True)
class Light:
    """How a measure stands, with everything that it was worked out from.

    Attributes
    ----------
    state : str
        Code of measure_states.
    reason : str
        Why: "done", "unproven", "ratio", "begun", "overdue", "no_report_ever", "no_report_now",
        "ahead", "no_term", "no_start".
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


def light(
    term: Term,
    months: int,
    reports: Iterable[Said],
    day: date,
    limits: Mapping[str, Any] | None = None,
) -> Light:
    """Return how a measure stands on a day, by its confirmed reports.

    The reports of the latest period decide; where the two sides differ, the lower share does.
    Planned and reported share are compared on the last day of that period, or on the day of the
    report if it was written earlier. Silence is grey, however late the measure is. "Done" is a
    share of one with a proof by at least one side; without any proof it is ``UNPROVEN``: the
    model asks for the *reported share with evidence* (step E1).

    Parameters
    ----------
    limits : definitions/thresholds/measures.yaml as used, name → number; None reads the file
    """
    limits = thresholds() if limits is None else limits
    said = [one for one in reports if one.on <= day]
    latest = max((one.cycle for one in said), default=None)
    last = [one for one in said if one.cycle == latest]
    share = min((one.share for one in last), default=None)
    overdue = max(0, (day - term.end).days) if term.end else 0
    if share is not None and share >= 1:
        return _finished(term, day, last)
    if latest is None and term.start is not None and day < term.start:
        return Light(NOT_STARTED, "ahead")
    awaited = cycle_due(term, months, day, int(limits["report_days"]))
    if latest is None:
        if term.end is None:
            return Light(UNKNOWN, "no_term", overdue=overdue)
        return Light(NO_REPORT, "no_report_ever", overdue=overdue, awaited=awaited)
    if awaited is not None and latest < awaited:
        return Light(NO_REPORT, "no_report_now", share, overdue=overdue, awaited=awaited)
    as_of = min(day, latest.end, max(one.on for one in last))
    return _judged(term, share or 0.0, as_of, overdue, limits)


def _finished(term: Term, day: date, last: Iterable[Said]) -> Light:
    """Return the light of a measure that all who reported call done."""
    proven = any(one.has_proof for one in last)
    state, reason = (DONE, "done") if proven else (UNPROVEN, "unproven")
    return Light(state, reason, 1.0, planned_share(term, day), None, None, 0)


def _judged(
    term: Term, share: float, as_of: date, overdue: int, limits: Mapping[str, Any]
) -> Light:
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


def done_on(reports: Iterable[Said], day: date) -> date | None:
    """Return the first day on which a report with a proof calls a measure done; None if none.

    A report written after its period speaks of the period's last day.
    """
    days = [
        min(one.cycle.end, one.on)
        for one in reports
        if one.on <= day and one.share >= 1 and one.has_proof
    ]
    return min(days, default=None)


def needs_review(states: Iterable[str], percent: float | None = None) -> bool:
    """Return True where so many measures are behind or silent that the programme is due for it."""
    limit = thresholds()["review_percent"] if percent is None else percent
    counted = list(states)
    bad = sum(one in (LATE, *GREY) for one in counted)
    return bool(counted) and 100 * bad >= limit * len(counted)
