"""Periods with their kind: a year, a half, a month, a cumulative stretch, a day, or unknown."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

from irtysh.vocabulary.errors import NotAPeriod


class PeriodKind(StrEnum):
    """The SDMX frequency letters, with two of our own for what the press leaves open."""

    YEAR = "A"
    HALF = "S"
    QUARTER = "Q"
    MONTH = "M"
    CUMULATIVE = "C"
    """From the first month to the last, both within, summed up: January–July."""
    POINT = "P"
    """A state on a day; the day may be known only to the month or year."""
    UNKNOWN = "U"
    """The source names no period."""


_PATTERNS = {
    PeriodKind.YEAR: re.compile(r"(?P<y>[0-9]{4})"),
    PeriodKind.HALF: re.compile(r"(?P<y>[0-9]{4})-S(?P<n>[12])"),
    PeriodKind.QUARTER: re.compile(r"(?P<y>[0-9]{4})-Q(?P<n>[1-4])"),
    PeriodKind.MONTH: re.compile(r"(?P<y>[0-9]{4})-(?P<n>[0-9]{2})"),
    PeriodKind.POINT: re.compile(r"(?P<y>[0-9]{4})(-(?P<n>[0-9]{2})(-(?P<d>[0-9]{2}))?)?"),
}
_CUMULATIVE = re.compile(r"([0-9]{4})-([0-9]{2})/([0-9]{4})-([0-9]{2})")
_MONTHS_IN = {PeriodKind.HALF: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time that a figure covers.

    Periods are ordered by their first day, then their last; the unknown period comes first.

    Attributes
    ----------
    start, end : date or None
        First and last day, both within; None only for the unknown period.
    kind : PeriodKind
    code : str
        As written in files: "2021", "2023-S1", "2021-Q1", "2021-04", "2021-01/2021-07",
        "2022-04-19"; empty for the unknown period.
    """

    start: date | None
    end: date | None
    kind: PeriodKind
    code: str

    @classmethod
    def parse(cls, kind: str, code: str) -> Period:
        """Read a period of a kind; raises NotAPeriod with the forms that would be right."""
        try:
            period_kind = PeriodKind(kind)
        except ValueError:
            raise NotAPeriod(kind=kind, text=code) from None
        if period_kind is PeriodKind.UNKNOWN:
            if code:
                raise NotAPeriod(kind=kind, text=code)
            return UNKNOWN_PERIOD
        try:
            start, end = _bounds(period_kind, code)
        except ValueError:
            raise NotAPeriod(kind=kind, text=code) from None
        return cls(start, end, period_kind, code)

    @classmethod
    def year(cls, year: int) -> Period:
        """Return a calendar year."""
        return cls.parse("A", f"{year:04d}")

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return self._place < other._place

    @property
    def _place(self) -> tuple[date, date, str, str]:
        return (self.start or date.min, self.end or date.min, self.kind.value, self.code)

    @property
    def is_known(self) -> bool:
        """False where the source names no period."""
        return self.kind is not PeriodKind.UNKNOWN

    @property
    def first_year(self) -> int:
        """The calendar year in which the period starts; raises NotAPeriod if unknown."""
        if self.start is None:
            raise NotAPeriod(kind=self.kind.value, text=self.code)
        return self.start.year

    def overlaps(self, other: Period) -> bool:
        """Return True if both periods share a day; the unknown period overlaps nothing."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return False
        return self.start <= other.end and other.start <= self.end


UNKNOWN_PERIOD = Period(None, None, PeriodKind.UNKNOWN, "")


def _bounds(kind: PeriodKind, code: str) -> tuple[date, date]:
    if kind is PeriodKind.CUMULATIVE:
        match = _CUMULATIVE.fullmatch(code)
        if not match:
            raise ValueError(code)
        first_year, first_month, last_year, last_month = (int(part) for part in match.groups())
        bounds = date(first_year, first_month, 1), _month_end(last_year, last_month)
        if bounds[0] > bounds[1]:
            raise ValueError(code)
        return bounds
    found = _PATTERNS[kind].fullmatch(code)
    if not found:
        raise ValueError(code)
    year = int(found["y"])
    if kind is PeriodKind.YEAR:
        return date(year, 1, 1), date(year, 12, 31)
    if kind is PeriodKind.POINT:
        month, day = found["n"], found["d"]
        if day:
            exact = date(year, int(month), int(day))
            return exact, exact
        if month:
            return date(year, int(month), 1), _month_end(year, int(month))
        return date(year, 1, 1), date(year, 12, 31)
    months = _MONTHS_IN[kind]
    first = (int(found["n"]) - 1) * months + 1
    return date(year, first, 1), _month_end(year, first + months - 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
