"""Times of a query, in every form that SDMX has."""

from __future__ import annotations

import pytest

from irtysh.sdmx.time_bounds import bounds_of
from irtysh.vocabulary.errors import NotAPeriod


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-A1", "2021-01-01", "2021-12-31"),
        ("2021-S2", "2021-07-01", "2021-12-31"),
        ("2021-T2", "2021-05-01", "2021-08-31"),
        ("2021-Q1", "2021-01-01", "2021-03-31"),
        ("2021-M02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-W01", "2021-01-04", "2021-01-10"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2021-D032", "2021-02-01", "2021-02-01"),
        ("2021-04-19", "2021-04-19", "2021-04-19"),
        ("2021-04-19T10:00:00Z", "2021-04-19", "2021-04-19"),
        ("2021-04-19T10:00:00.5+06:00", "2021-04-19", "2021-04-19"),
        ("2021-01-01/P7M", "2021-01-01", "2021-07-31"),
        ("2021-01-01T00:00:00/P1Y", "2021-01-01", "2021-12-31"),
        ("2021-01-01/P10D", "2021-01-01", "2021-01-10"),
        ("2021-01/2021-07", "2021-01-01", "2021-07-31"),
    ],
)
def test_forms(text: str, start: str, end: str) -> None:
    assert tuple(day.isoformat() for day in bounds_of(text)) == (start, end)


def test_a_reporting_year_that_starts_in_july() -> None:
    """SDMX 2.1, section 6, 4.2.6: the second quarter then starts on the first of October."""
    quarter = bounds_of("2010-Q2", "--07-01")
    assert [day.isoformat() for day in quarter] == ["2010-10-01", "2010-12-31"]
    year = bounds_of("2010-A1", "--07-01")
    assert [day.isoformat() for day in year] == ["2010-07-01", "2011-06-30"]
    assert bounds_of("2010", "--07-01") == bounds_of("2010")  # a Gregorian year stays one


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2021-13", "2021-Q5", "2021-W54", "2021-02-30", "21", "2021-S0", "9999-12-31/P9Y",
     "2021-07/2021-01", "2021-D367", "٢٠٢١"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(NotAPeriod):
        bounds_of(text)
