"""The public counts of obstacles (step E6): stock, solved, age, who has to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

REGISTERED, SENT, HAS_ANSWER, IN_WORK = "registered", "sent_to_body", "answered", "in_work"
SOLVED, REJECTED, NOT_ONE = "solved", "rejected", "not_an_obstacle"

OPEN = (REGISTERED, SENT, HAS_ANSWER, IN_WORK)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the counts ask of one obstacle; days may be known to the year or not at all ("")."""

    kind: str
    status: str
    registered_on: str
    solved_on: str
    has_body: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """The public counts (E6). What was found not to be an obstacle is in none of the others.

    Attributes
    ----------
    registered, open, solved : int
        All, those still to be solved, those solved.
    solved_in : dict
        Year → solved in it; only years in which something was.
    solved_unknown : int
        Solved on a day that nobody knows.
    median_age : float or None
        Days since registration, of open ones registered on a known day; None if there is none.
    ages, ages_unknown : int
        How many open ones the median rests on, and how many it leaves out.
    with_body : int
        Open ones for which a body is named.
    by_kind : dict
        Kind → registered ones.
    """

    registered: int
    open: int
    solved: int
    solved_in: Mapping[int, int]
    solved_unknown: int
    median_age: float | None
    ages: int
    ages_unknown: int
    with_body: int
    by_kind: Mapping[str, int]

    @property
    def share_with_body(self) -> float | None:
        """Share of open obstacles with a named body, from 0 to 1; None where none is open."""
        return self.with_body / self.open if self.open else None


def count_obstacles(standings: Iterable[Standing], today: date) -> Counts:
    """Count obstacles for the public page; a missing day is unknown, never zero."""
    real = [one for one in standings if one.status and one.status != NOT_ONE]
    open_ones = [one for one in real if one.status in OPEN]
    solved = [one for one in real if one.status == SOLVED]
    days = [day for one in open_ones if (day := exact_day(one.registered_on)) is not None]
    ages = [max((today - day).days, 0) for day in days]
    years = [year for one in solved if (year := year_of(one.solved_on)) is not None]
    return Counts(
        registered=len(real),
        open=len(open_ones),
        solved=len(solved),
        solved_in=dict(sorted(Counter(years).items())),
        solved_unknown=len(solved) - len(years),
        median_age=float(median(ages)) if ages else None,
        ages=len(ages),
        ages_unknown=len(open_ones) - len(ages),
        with_body=sum(one.has_body for one in open_ones),
        by_kind=dict(Counter(one.kind for one in real)),
    )


def exact_day(text: str) -> date | None:
    """Return a day known to the day; None where only the year, the month or nothing is known."""
    return date.fromisoformat(text) if len(text) == len("2024-05-31") else None


def year_of(text: str) -> int | None:
    """Return the year of a day however precisely known; None where it is not."""
    return int(text[:4]) if text[:4].isdigit() else None
