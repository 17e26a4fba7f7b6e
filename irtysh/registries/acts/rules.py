"""How an act stands on a day, from what is known of it; and how fresh that knowledge is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

ENDED = frozenset({"repealed", "replaced", "expired"})
NOT_YET = "not_yet_in_force"
UNCHECKED = "unchecked"
DOUBTFUL = frozenset({*ENDED, NOT_YET, UNCHECKED, "named", "announced", "proposed"})
"""Standings on which nobody should rely."""

FRESH = timedelta(days=183)
"""A check older than half a year has to be made again (indicator L2 of the evaluation model)."""

_ENDING = {"repeals": "repealed", "replaces": "replaced"}
"""Relation of the newer act → what it makes of the older."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an act.

    Attributes
    ----------
    adopted : str
        Day, month or year of the act; empty if unknown.
    status, status_as_of : str
        What a source states, and for which day.
    intervals : tuple of (str, str)
        Periods of validity, either end open if empty.
    ended_by : tuple of (str, str, str)
        Relation ("repeals" or "replaces"), day of its effect (empty if unknown), id of the act.
    checks : tuple of (str, str)
        Day and status of every check that somebody made.
    """

    adopted: str = ""
    status: str = UNCHECKED
    status_as_of: str = ""
    intervals: tuple[tuple[str, str], ...] = ()
    ended_by: tuple[tuple[str, str, str], ...] = ()
    checks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How an act stands on a day.

    Attributes
    ----------
    status : str
        A code of ``act_statuses``.
    reason : str
        The rule that decided: "before", "ended_by", "interval", "stated", "checked", "unknown".
    since : str
        Day from which the rule holds, as far as it is known; empty otherwise.
    act : str
        The act that ended this one.
    missing : tuple of str
        Columns that would be needed to be sure.
    """

    status: str
    reason: str
    since: str = ""
    act: str = ""
    missing: tuple[str, ...] = field(default=())

    @property
    def is_doubtful(self) -> bool:
        """True where nobody should rely on the act."""
        return self.status in DOUBTFUL


def first_day(text: str) -> date | None:
    """Return the first day that a day, month or year can mean; None for nothing."""
    parts = [int(part) for part in text.split("-")] if text else []
    return date(*[*parts, 1, 1][:3]) if parts else None


def last_day(text: str) -> date | None:
    """Return the last day that a day, month or year can mean; None for nothing."""
    parts = [int(part) for part in text.split("-")] if text else []
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def standing_on(known: Known, day: date) -> Standing:
    """Return how an act stands on a day; the first rule that applies decides.

    1. Before its adoption it does not stand at all. 2. An act that repeals or replaces it ends it
    from the day of the effect. 3. Outside every known period of validity it has expired or is not
    yet in force. 4. The newest statement – of a source or of a person who checked – made for a
    day no later than the one asked for. 5. A statement of an end whose day is unknown holds for
    every day since adoption: an act known to be void is never shown as in force. 6. Otherwise
    what a source says without a day. A day known only to the year counts from its last day
    against the act and from its first day for it, so doubt never becomes force.
    """
    adopted = first_day(known.adopted)
    if adopted is not None and day < adopted:
        return Standing(NOT_YET, "before", known.adopted)
    if ended := _ended(known.ended_by, day):
        return ended
    if outside := _outside(known.intervals, day):
        return outside
    if said := _said(known, day):
        return said
    if known.status in ENDED and not known.status_as_of:
        return Standing(known.status, "stated", missing=("status_as_of",))
    if known.status in ENDED or known.status == "in_force":
        return Standing(UNCHECKED, "unknown", missing=("status",))
    return Standing(known.status, "stated" if known.status != UNCHECKED else "unknown")


def _ended(ended_by: Iterable[tuple[str, str, str]], day: date) -> Standing | None:
    found = []
    for relation, since, act in ended_by:
        start = first_day(since)
        if start is None or start <= day:
            found.append((start or date.min, Standing(_ENDING[relation], "ended_by", since, act)))
    return min(found, key=lambda pair: (pair[0], pair[1].act))[1] if found else None


def _outside(intervals: Iterable[tuple[str, str]], day: date) -> Standing | None:
    """Return expired or not yet in force where no known period holds the day."""
    ends, starts = [], []
    for start, end in intervals:
        begins, finishes = first_day(start), last_day(end)
        if begins is not None and day < begins:
            starts.append(start)
        elif finishes is not None and finishes < day:
            ends.append(end)
        else:
            return None
    if ends:
        return Standing("expired", "interval", max(ends))
    return Standing(NOT_YET, "interval", min(starts)) if starts else None


def _said(known: Known, day: date) -> Standing | None:
    """Return the newest dated statement made no later than the day."""
    statements = [(on, status, "checked") for on, status in known.checks]
    if known.status_as_of and known.status != UNCHECKED:
        statements.append((known.status_as_of, known.status, "stated"))
    past = [one for one in statements if (first := last_day(one[0])) and first <= day]
    if not past:
        return None
    on, status, reason = max(past, key=lambda one: (last_day(one[0]), one[2] == "checked"))
    return Standing(status, reason, on)


def needs_check(known: Known, day: date) -> bool:
    """Return True unless somebody checked within half a year, or the act has ended for good."""
    if standing_on(known, day).status in ENDED:
        return False
    newest = max((last_day(on) or date.min for on, _status in known.checks), default=None)
    return newest is None or day - newest > FRESH
