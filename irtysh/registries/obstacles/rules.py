"""What may follow what on the way from a question to a solved obstacle, and the public counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError

REPLY_TARGET = 10
"""Days within which an asker should hear something; a target that is shown when missed, too."""
KEEP_CONTACT = 90
"""Days after closing for which the asker's address and words are kept."""
KEEP_AT_MOST = 730
"""Days for which they are kept at most, should nobody ever close the question."""
CLOSE_AFTER = 30
"""Days without a word after which an answered question is closed by itself."""

NEW, ANSWERED, AS_OBSTACLE, CLOSED = "new", "answered", "registered_as_obstacle", "closed"

QUESTION_STEPS: Mapping[str, Mapping[str, str]] = {
    "answer": {NEW: ANSWERED, ANSWERED: ANSWERED, AS_OBSTACLE: AS_OBSTACLE},
    "register": {NEW: AS_OBSTACLE, ANSWERED: AS_OBSTACLE},
    "forward": {NEW: NEW, ANSWERED: ANSWERED},
    "close": {NEW: CLOSED, ANSWERED: CLOSED, AS_OBSTACLE: CLOSED},
}
"""Step → state before → state after. What is not here is not allowed."""

REGISTERED, SENT, HAS_ANSWER, IN_WORK = "registered", "sent_to_body", "answered", "in_work"
SOLVED, REJECTED, NOT_ONE = "solved", "rejected", "not_an_obstacle"

OBSTACLE_STEPS: Mapping[str, Mapping[str, str]] = {
    "send": {REGISTERED: SENT, HAS_ANSWER: SENT},
    "answer": {SENT: HAS_ANSWER, HAS_ANSWER: HAS_ANSWER, IN_WORK: IN_WORK},
    "work": {HAS_ANSWER: IN_WORK},
    "solve": {HAS_ANSWER: SOLVED, IN_WORK: SOLVED},
    "reject": dict.fromkeys((REGISTERED, SENT, HAS_ANSWER, IN_WORK), REJECTED),
    "dismiss": dict.fromkeys((REGISTERED, SENT, HAS_ANSWER), NOT_ONE),
}
"""The same for a registered obstacle. An answered one may be sent on to another body."""

OPEN = (REGISTERED, SENT, HAS_ANSWER, IN_WORK)
NEEDS_BODY = (SENT, HAS_ANSWER, IN_WORK)
"""States in which somebody is named who has to act."""


class StepOutOfTurn(IrtyshError):
    """A step was asked for that the present state does not allow."""


class BodyMissing(IrtyshError):
    """Nobody is named who should answer."""


class AnswerMissing(IrtyshError):
    """An obstacle was to be called solved though nobody has answered."""


class DayAhead(IrtyshError):
    """A day of what has happened lies in the future."""


class DayTooEarly(IrtyshError):
    """Something happened before the obstacle was registered."""


class WordsMissing(IrtyshError):
    """A step that people read about was to be taken without a word."""


class SameSide(IrtyshError):
    """A question was to be forwarded to the side that has it."""


def next_question_state(state: str, step: str) -> str:
    """Return the state of a question after a step; raises StepOutOfTurn."""
    return _next(QUESTION_STEPS, "question_states", state, step)


def next_obstacle_state(state: str, step: str) -> str:
    """Return the state of an obstacle after a step; raises StepOutOfTurn."""
    return _next(OBSTACLE_STEPS, "obstacle_statuses", state, step)


def is_one_step(before: str, after: str) -> bool:
    """Return True if one step, or none, leads from a state of an obstacle to another."""
    return before == after or any(moves.get(before) == after for moves in OBSTACLE_STEPS.values())


def steps_from(steps: Mapping[str, Mapping[str, str]], state: str) -> tuple[str, ...]:
    """Return the steps that a state allows."""
    return tuple(step for step, moves in steps.items() if state in moves)


def _next(steps: Mapping[str, Mapping[str, str]], codes: str, state: str, step: str) -> str:
    if state not in steps[step]:
        known = codelist(codes)
        raise StepOutOfTurn(state=known[state].name if state in known else state)
    return steps[step][state]


def check_day(day: date, today: date, not_before: str = "") -> None:
    """Raise DayAhead or DayTooEarly unless a day lies between registration and today.

    ``not_before`` may be a year or a month only: then anything within it is late enough.
    """
    if day > today:
        raise DayAhead(day=day.isoformat())
    if not_before and day.isoformat()[: len(not_before)] < not_before:
        raise DayTooEarly(day=day.isoformat(), first=not_before)


def check_words(text: str) -> str:
    """Return a text without blanks around it; raises WordsMissing if nothing is left."""
    text = text.strip()
    if not text:
        raise WordsMissing()
    return text


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a question has waited, or waited, for its first reply.

    Attributes
    ----------
    days : int
        Whole days from the question to the reply, or to today.
    due_on : date
        Last day of the target.
    state : str
        "running", "late" (no reply and the target missed), "met" or "missed".
    """

    days: int
    due_on: date
    state: str


def reply_clock(asked_on: date, replied_on: date | None, today: date) -> Clock:
    """Return the clock of a question."""
    due = asked_on + timedelta(days=REPLY_TARGET)
    end = replied_on or today
    if replied_on is None:
        state = "running" if end <= due else "late"
    else:
        state = "met" if end <= due else "missed"
    return Clock((end - asked_on).days, due, state)


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
