"""What may follow what on the way from a question to a solved obstacle, and the public counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from irtysh.evaluation.strategy.obstacle_counts import (
    HAS_ANSWER,
    IN_WORK,
    NOT_ONE,
    OPEN,
    REGISTERED,
    REJECTED,
    SENT,
    SOLVED,
    Counts,
    Standing,
    count_obstacles,
    exact_day,
    year_of,
)
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError

__all__ = [
    "ANSWERED",
    "AS_OBSTACLE",
    "CLOSED",
    "CLOSE_AFTER",
    "HAS_ANSWER",
    "IN_WORK",
    "KEEP_AT_MOST",
    "KEEP_CONTACT",
    "NEEDS_BODY",
    "NEW",
    "NOT_ONE",
    "OBSTACLE_STEPS",
    "OPEN",
    "QUESTION_STEPS",
    "REGISTERED",
    "REJECTED",
    "REPLY_TARGET",
    "SENT",
    "SOLVED",
    "AnswerMissing",
    "BodyMissing",
    "Clock",
    "Counts",
    "DayAhead",
    "DayTooEarly",
    "SameSide",
    "Standing",
    "StepOutOfTurn",
    "WordsMissing",
    "check_day",
    "check_words",
    "count_obstacles",
    "exact_day",
    "is_one_step",
    "next_obstacle_state",
    "next_question_state",
    "reply_clock",
    "steps_from",
    "year_of",
]

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

OBSTACLE_STEPS: Mapping[str, Mapping[str, str]] = {
    "send": {REGISTERED: SENT, HAS_ANSWER: SENT},
    "answer": {SENT: HAS_ANSWER, HAS_ANSWER: HAS_ANSWER, IN_WORK: IN_WORK},
    "work": {HAS_ANSWER: IN_WORK},
    "solve": {HAS_ANSWER: SOLVED, IN_WORK: SOLVED},
    "reject": dict.fromkeys((REGISTERED, SENT, HAS_ANSWER, IN_WORK), REJECTED),
    "dismiss": dict.fromkeys((REGISTERED, SENT, HAS_ANSWER), NOT_ONE),
}
"""The same for a registered obstacle. An answered one may be sent on to another body."""

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
