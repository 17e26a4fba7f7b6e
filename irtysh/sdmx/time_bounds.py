"""The days that a time of a query covers, in every form that SDMX has for one.

Section 6 of SDMX 2.1, 4.2: Gregorian periods, points in time, reporting periods counted from the
day on which the reporting year starts, and ranges of a start and a duration.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from irtysh.vocabulary.errors import NotAPeriod

_ZONE = r"(?:Z|[+-]\d{2}:\d{2})?"
_GREGORIAN = re.compile(rf"(\d{{4}})(?:-(\d{{2}})(?:-(\d{{2}})(?:T[\d:.]+)?)?)?{_ZONE}", re.ASCII)
_REPORTING = re.compile(rf"(\d{{4}})-([ASTQMWD])(\d{{1,3}}){_ZONE}", re.ASCII)
_RANGE = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+)?/P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,6})D)?(?:T.*)?",
    re.ASCII,
)
_OWN = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})", re.ASCII)
_MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M": 1}
_MOST = {"A": 1, "S": 2, "T": 3, "Q": 4, "M": 12, "W": 53, "D": 366}
_START_DAY = re.compile(r"--(\d{2})-(\d{2})", re.ASCII)

Bounds = tuple[date, date]


def bounds_of(text: str, year_start: str = "") -> Bounds:
    """Return the first and the last day of a time, both within.

    Parameters
    ----------
    text : str
        "2021", "2021-04", "2021-04-19", "2021-04-19T12:00:00", "2021-Q2", "2021-W05",
        "2021-01-01/P7M", …
    year_start : str
        The day on which the reporting year starts, "--07-01"; 1 January if empty. A reporting
        year bears the number of the year in which it starts.

    Raises
    ------
    NotAPeriod
    """
    try:
        found = _gregorian(text) or _reporting(text, year_start) or _range(text) or _own(text)
    except (ValueError, OverflowError):
        found = None
    if found is None or found[0] > found[1]:
        raise NotAPeriod(kind="SDMX", text=text[:80])
    return found


def _gregorian(text: str) -> Bounds | None:
    found = _GREGORIAN.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    if found[2]:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def _reporting(text: str, year_start: str) -> Bounds | None:
    found = _REPORTING.fullmatch(text)
    if not found:
        return None
    year, letter, number = int(found[1]), found[2], int(found[3])
    if not 1 <= number <= _MOST[letter]:
        return None
    first = _start(year, year_start)
    if letter == "D":
        day = first + timedelta(days=number - 1)
        return day, day
    if letter == "W":
        monday = _first_week(first) + timedelta(weeks=number - 1)
        return monday, monday + timedelta(days=6)
    months = _MONTHS[letter]
    start = _later(first, months * (number - 1))
    return start, _later(start, months) - timedelta(days=1)


def _start(year: int, year_start: str) -> date:
    if not year_start:
        return date(year, 1, 1)
    found = _START_DAY.fullmatch(year_start)
    if not found:
        raise ValueError(year_start)
    return date(year, int(found[1]), int(found[2]))


def _first_week(first: date) -> date:
    """Return the Monday of the first week: the one with four days or more in the year."""
    monday = first - timedelta(days=first.weekday())
    return monday if first.weekday() <= 3 else monday + timedelta(days=7)


def _range(text: str) -> Bounds | None:
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    start = date.fromisoformat(found[1])
    years, months, days = (int(part or 0) for part in found.groups()[1:])
    after = _later(start, 12 * years + months) + timedelta(days=days)
    return start, max(after - timedelta(days=1), start)


def _own(text: str) -> Bounds | None:
    """Read our own "2021-01/2021-07", which readers copy from pages."""
    found = _OWN.fullmatch(text)
    if not found:
        return None
    first_year, first_month, year, month = (int(part) for part in found.groups())
    return date(first_year, first_month, 1), date(year, month, monthrange(year, month)[1])


def _later(day: date, months: int) -> date:
    """Return the same day some months later, the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
