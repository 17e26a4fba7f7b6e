"""Seasons that come back every year: from one day of the year to another."""

from __future__ import annotations

import re
from datetime import date

from irtysh.vocabulary.errors import IrtyshError

_MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
_LEAP_YEAR = 2024


class NotADayOfTheYear(IrtyshError):
    """A day of a season is not written as MM-DD."""


def day_of_year(text: str) -> tuple[int, int]:
    """Return month and day of a text MM-DD; raises NotADayOfTheYear.

    29 February is a day: a season may begin on it.
    """
    try:
        if not _MONTH_DAY.fullmatch(text):
            raise ValueError(text)
        found = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError as error:
        raise NotADayOfTheYear(text=text) from error
    return found.month, found.day


def is_open(season_from: str, season_to: str, day: date) -> bool | None:
    """Return whether a season runs on a day, both its ends included; None if it is not known.

    A season that ends before it begins runs over New Year: 11-15 to 03-31 is a winter road. With
    one end unknown nothing can be said of any day. Raises NotADayOfTheYear.
    """
    if not (season_from and season_to):
        return None
    start, end = day_of_year(season_from), day_of_year(season_to)
    today = day.month, day.day
    if start <= end:
        return start <= today <= end
    return today >= start or today <= end
