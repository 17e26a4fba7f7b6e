"""Whether a guide can be relied on as of a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.guides.rules import HOLDS, checked_between, standing_on

TODAY = date(2026, 11, 22)
days = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("checked", "expires", "steps", "standing"),
    [
        ("2026-05-01", "2026-11-22", True, "fresh"),
        ("2026-05-01", "2026-11-21", True, "outdated"),
        ("2026-05-01", "2026-11", True, "fresh"),
        ("2026-05-01", "2026-10", True, "outdated"),
        ("2026-05-01", "2026", True, "fresh"),
        ("", "", True, "unchecked"),
        ("", "2026-01-01", True, "outdated"),
        ("", "2027-01-01", True, "unchecked"),
        ("2026-06-01", "", True, "fresh"),
        ("2026-05-01", "", True, "outdated"),
        ("2026-11-01", "2027", False, "empty"),
    ],
)
def test_standing(checked, expires, steps, standing):
    assert standing_on(checked, expires, steps, TODAY) == standing


@given(days, days)
def test_a_guide_never_becomes_fresh_again_by_waiting(checked, day):
    text = checked.isoformat()
    if standing_on(text, "", True, day) == "outdated":
        assert standing_on(text, "", True, day + timedelta(days=1)) == "outdated"
    assert (standing_on(text, "", True, day) == "outdated") == (day - checked > HOLDS)


def test_the_days_of_checks():
    assert checked_between("", []) == ("", "")
    assert checked_between("2026-05-01", ["", "2026-02-01"]) == ("2026-02-01", "2026-05-01")
