"""Seasons: every day of a year against a slow twin, over New Year, and not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.vocabulary.season import NotADayOfTheYear, day_of_year, is_open

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%m-%d}")


def walked(first: str, last: str, wanted: date) -> bool:
    """Go through a leap year day by day from the first to the last, over New Year if need be."""
    day = date.fromisoformat(f"2024-{first}")
    for _step in range(367):
        if (day.month, day.day) == (wanted.month, wanted.day):
            return True
        if f"{day:%m-%d}" == last:
            return False
        day += timedelta(days=1)
        day = day.replace(year=2024)
    raise AssertionError


@given(month_days, month_days, days)
def test_a_season_is_walked_through(first: str, last: str, day: date) -> None:
    assert is_open(first, last, day) is walked(first, last, day)


@given(month_days, month_days, days)
def test_what_is_not_in_a_season_is_in_the_rest_of_the_year(first, last, day) -> None:
    after, before = (
        f"{date.fromisoformat(f'2024-{text}') + timedelta(days=step):%m-%d}"
        for text, step in ((last, 1), (first, -1))
    )
    if after == first:
        return  # a season of a whole year leaves nothing
    assert is_open(first, last, day) is not is_open(after, before, day)


@given(month_days, days)
def test_with_one_end_unknown_nothing_is_known(known: str, day: date) -> None:
    assert is_open(known, "", day) is is_open("", known, day) is is_open("", "", day) is None


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-14", False), ("2026-11-15", True), ("2026-12-31", True), ("2027-01-01", True),
     ("2027-03-31", True), ("2027-04-01", False)],
)  # fmt: skip
def test_a_winter_road_is_open_over_new_year(day: str, expected: bool) -> None:
    assert is_open("11-15", "03-31", date.fromisoformat(day)) is expected


def test_a_season_may_begin_on_a_leap_day() -> None:
    assert is_open("02-29", "11-01", date(2023, 3, 1)) is True
    assert is_open("02-29", "11-01", date(2023, 2, 28)) is False


@pytest.mark.parametrize(
    "text", ["", "4-26", "13-01", "02-30", "00-10", "04-31", "04.26", "26-04", "2026-04-26",
             "04-26\n", "٠٤-٢٦"],
)  # fmt: skip
def test_what_is_no_day_of_the_year(text: str) -> None:
    with pytest.raises(NotADayOfTheYear):
        day_of_year(text)
