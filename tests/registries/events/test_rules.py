"""How events stand on a day, and what a series lacks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.events import rules
from irtysh.registries.events.rules import Member, gaps_of
from irtysh.vocabulary.places import CASES

TODAY = date(2026, 11, 22)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@st.composite
def stated_days(draw):
    day = draw(days).isoformat()
    return draw(st.sampled_from(["", day, day[:7], day[:4]]))


statuses = st.sampled_from(["planned", "held", "postponed", "cancelled", "stated"])


class TestStanding:
    def test_a_plan_whose_day_has_passed_is_not_called_held(self):
        standing = rules.standing_on("planned", "2022-11-28", "", TODAY)
        assert standing == rules.NOT_KNOWN

    @pytest.mark.parametrize(
        ("start", "end", "last"),
        [("2026-11-22", "", "2026-11-22"), ("2026-11-20", "2026-11-22", "2026-11-22"),
         ("2026-11", "", "2026-11-30"), ("2026", "", "2026-12-31"), ("2024-02", "", "2024-02-29")],
    )  # fmt: skip
    def test_it_is_a_plan_to_the_last_day_it_may_mean(self, start, end, last):
        day = date.fromisoformat(last)
        assert rules.standing_on("planned", start, end, day) == "planned"
        assert rules.standing_on("planned", start, end, day + timedelta(1)) == rules.NOT_KNOWN
        assert rules.is_to_come("planned", start, end, day)
        assert not rules.is_to_come("planned", start, end, day + timedelta(1))

    def test_a_plan_without_a_day_never_runs_out(self):
        assert rules.standing_on("planned", "", "", TODAY) == "planned"
        assert rules.is_to_come("planned", "", "", TODAY)

    @given(statuses, stated_days(), stated_days(), days)
    def test_time_makes_nothing_held(self, status, start, end, day):
        standing = rules.standing_on(status, start, end, day)
        assert (standing == "held") == (status == "held")
        if status != "planned":
            assert standing == status

    @given(statuses, stated_days(), days, days)
    def test_what_is_over_stays_over(self, status, start, day, other):
        early, late = sorted((day, other))
        if not rules.is_to_come(status, start, "", early):
            assert not rules.is_to_come(status, start, "", late)

    def test_held_before_its_day_is_noticed(self):
        assert rules.held_too_early("held", "2026-11-23", TODAY)
        assert not rules.held_too_early("held", "2026-11", TODAY)
        assert not rules.held_too_early("planned", "2027", TODAY)


class TestGaps:
    def test_numbers_that_no_event_carries(self):
        found = gaps_of([Member("c", 7, "2010"), Member("a", 3, "2006")], TODAY)
        assert found.missing == (1, 2, 4, 5, 6)

    @given(st.sets(st.integers(1, 60), max_size=30))
    def test_missing_and_present_make_the_whole_row(self, numbers):
        found = gaps_of([Member(f"e{n}", n, str(1960 + n)) for n in numbers], TODAY)
        assert set(found.missing).isdisjoint(numbers)
        assert set(found.missing) | numbers == set(range(1, max(numbers, default=0) + 1))
        assert not found.backward
        assert found.is_whole == (not found.missing)

    def test_a_number_given_twice(self):
        found = gaps_of([Member("a", 1, "2001"), Member("b", 1, "2002")], TODAY)
        assert found.repeated == (1,)
        assert not found.backward

    def test_an_earlier_date_under_a_greater_number(self):
        assert gaps_of([Member("a", 1, "2005"), Member("b", 2, "2004-10")], TODAY).backward == (
            ("a", "b"),
        )
        assert not gaps_of([Member("a", 1, "2005-06"), Member("b", 2, "2005")], TODAY).backward

    def test_what_single_events_lack(self):
        found = gaps_of(
            [
                Member("nowhere", 1, "2001", has_place=False),
                Member("never", 2),
                Member("unheard", 3, "2022-11-28", status="planned"),
                Member("argued", 4, "2023", contradicted=("place",)),
            ],
            TODAY,
        )
        assert found.without_place == ("nowhere",)
        assert found.without_date == ("never",)
        assert found.unconfirmed == ("unheard",)
        assert found.contradicted == ("argued",)

    def test_numbers_do_not_count_where_the_series_is_not_numbered(self):
        assert gaps_of([Member("a", 5, "2001")], TODAY, is_numbered=False).is_whole

    def test_the_interregional_forum(self):
        """The real series: what the paper, the press and the gaps between them leave out."""
        text = (CASES / "omsk-kazakhstan" / "events.yaml").read_text(encoding="utf-8")
        members = [
            Member(
                one["id"], one.get("number"), str(one.get("start", "")), str(one.get("end", "")),
                "place" in one or one.get("online", False), one["status"],
                tuple(row["about"] for row in one.get("rivals", ())),
            )
            for one in yaml.safe_load(text)
            if one.get("series") == "interregional-forum"
        ]  # fmt: skip
        found = gaps_of(members, TODAY)
        assert found.missing == (5, 6, 10, 12, 13)
        assert found.without_date == ("interregional-forum-11",)
        assert found.unconfirmed == ("interregional-forum-18",)
        assert "interregional-forum-20" in found.contradicted  # Ufa or Moscow
        assert not found.repeated
        assert not found.backward


def test_events_by_month():
    found = rules.by_month({"a": "2026-11-22", "b": "2026-11", "c": "2026", "d": ""})
    assert found == {(2026, 11): ["a", "b"], (2026, 0): ["c"], (0, 0): ["d"]}
