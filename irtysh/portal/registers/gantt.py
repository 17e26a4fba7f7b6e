"""Where the bars of a road-map lie: days in, shares of a width out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from irtysh.registries.programmes.rules import Term

_FEW_YEARS = 3
_MANY_YEARS = 12


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that a road-map shows, the first and the last included."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day begins, in per cent of the width, within 0 and 100."""
        whole = (self.last - self.first).days + 1
        return round(min(100.0, max(0.0, 100 * (day - self.first).days / whole)), 2)

    def bar(self, term: Term, today: date) -> dict[str, float | bool] | None:
        """Return left end and width of a term; None where nothing of it is known.

        An end that nobody named is drawn open, as far as the scale goes.
        """
        if term.start is None and term.end is None:
            return None
        start, end = term.start or self.first, term.end or self.last
        if end < start:
            return None
        left = self.at(start)
        return {
            "x": left,
            "width": round(max(0.6, self.at(end + timedelta(days=1)) - left), 2),
            "open_start": term.start is None,
            "open_end": term.end is None,
        }

    def ticks(self) -> list[dict[str, object]]:
        """Return where years begin, and halves of years where there are few years."""
        years = self.last.year - self.first.year + 1
        every = 1 if years <= _MANY_YEARS else 5
        found: list[dict[str, object]] = []
        for year in range(self.first.year, self.last.year + 1):
            if every == 1 or year % every == 0 or year == self.first.year:
                found.append({"x": self.at(date(year, 1, 1)), "label": str(year), "is_year": True})
            if years <= _FEW_YEARS:
                found.append({"x": self.at(date(year, 7, 1)), "label": "", "is_year": False})
        return found


def scale_of(terms: Iterable[Term], today: date) -> Scale | None:
    """Return whole years that hold every named day; None where no day is named."""
    days = [day for term in terms for day in (term.start, term.end) if day is not None]
    if not days:
        return None
    return Scale(date(min(days).year, 1, 1), date(max(days).year, 12, 31))
