"""How an event stands on a day, and what a numbered series lacks."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

PLANNED, HELD, STATED = "planned", "held", "stated"
POSTPONED, CANCELLED = "postponed", "cancelled"
NOT_KNOWN = "outcome_unknown"
"""It was to take place, its last day has passed, and nobody says that it did."""

NOT_TAKING_PLACE = (POSTPONED, CANCELLED)


def first_day(text: str) -> date | None:
    """Return the first day of a day, month or year in ISO 8601; None for an empty text."""
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(year, month, day)


def last_day(text: str) -> date | None:
    """Return the last day of a day, month or year in ISO 8601; None for an empty text."""
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def is_a_day(text: str) -> bool:
    """Return True for a whole day: a month or a year is no entry of a calendar."""
    return len(text) == len("2026-11-22")


def over_by(start: str, end: str) -> date | None:
    """Return the last day on which an event may still be going on; None where none is named.

    An event of which only the month is known may be held on its last day.
    """
    return last_day(end or start)


def standing_on(status: str, start: str, end: str, day: date) -> str:
    """Return how an event stands on a day: what its source says, unless time has overtaken it.

    A planned event whose time has passed was not therefore held: NOT_KNOWN.
    """
    over = over_by(start, end)
    if status == PLANNED and over is not None and over < day:
        return NOT_KNOWN
    return status


def is_to_come(status: str, start: str, end: str, day: date) -> bool:
    """Return True if an event is going on or ahead; one without any date is so while planned.

    An event that its source calls held is over, whatever is left of its month or year.
    """
    if status == HELD:
        return False
    over = over_by(start, end)
    return over >= day if over is not None else status in (PLANNED, POSTPONED)


def held_too_early(status: str, start: str, day: date) -> bool:
    """Return True if an event is called held before it can have begun."""
    begun = first_day(start)
    return status == HELD and begun is not None and begun > day


@dataclass(frozen=True, slots=True)
class Member:
    """What matters of an event in its series.

    Attributes
    ----------
    code : str
    number : int or None
    start : str
        Day, month or year; empty where not known.
    has_place : bool
        True also for one that was held online: it has no place to be missing.
    status : str
    contradicted : tuple of str
        Columns of which other sources say otherwise.
    """

    code: str
    number: int | None
    start: str = ""
    end: str = ""
    has_place: bool = True
    status: str = HELD
    contradicted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a series lacks, computed from the events that are there.

    Attributes
    ----------
    missing : tuple of int
        Numbers between the first one and the last of which no event is entered. The first is 1:
        a series that begins with number 5 lacks four.
    repeated : tuple of int
        Numbers that several events carry.
    backward : tuple of (str, str)
        Pairs of codes: the second has the greater number and the earlier date.
    without_place, without_date, unconfirmed, contradicted : tuple of str
        Codes, in the order of the numbers. ``unconfirmed``: planned, over, outcome not known.
    """

    missing: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    backward: tuple[tuple[str, str], ...] = ()
    without_place: tuple[str, ...] = ()
    without_date: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """True if nothing is missing and nobody disagrees."""
        return not any(getattr(self, name) for name in self.__slots__)


def gaps_of(members: Iterable[Member], day: date, *, is_numbered: bool = True) -> Gaps:
    """Return what a series lacks as of a day; numbers matter only where events carry them."""
    known = sorted(members, key=lambda one: (one.number is None, one.number or 0, one.start))
    counts = Counter(one.number for one in known if one.number) if is_numbered else Counter()
    return Gaps(
        missing=tuple(n for n in range(1, max(counts, default=0)) if n not in counts),
        repeated=tuple(sorted(n for n, count in counts.items() if count > 1)),
        backward=_backward(known) if is_numbered else (),
        without_place=tuple(one.code for one in known if not one.has_place),
        without_date=tuple(one.code for one in known if not one.start),
        unconfirmed=tuple(
            one.code
            for one in known
            if standing_on(one.status, one.start, one.end, day) == NOT_KNOWN
        ),
        contradicted=tuple(one.code for one in known if one.contradicted),
    )  # fmt: skip


def _backward(known: list[Member]) -> tuple[tuple[str, str], ...]:
    """Return neighbours by number whose dates certainly run the other way."""
    dated = [one for one in known if one.number and one.start]
    found = []
    for one, following in pairwise(dated):
        if one.number == following.number:
            continue
        earliest, latest = first_day(one.start), last_day(following.start)
        if earliest is not None and latest is not None and latest < earliest:
            found.append((one.code, following.code))
    return tuple(found)


def by_month(starts: Mapping[str, str]) -> dict[tuple[int, int], list[str]]:
    """Return (year, month) → codes of the events that begin then; month 0 where only a year is.

    Events without any date stand under (0, 0). The order of the codes is kept.
    """
    found: dict[tuple[int, int], list[str]] = {}
    for code, start in starts.items():
        parts = [int(part) for part in start.split("-")] if start else [0]
        found.setdefault((parts[0], parts[1] if len(parts) > 1 else 0), []).append(code)
    return found
