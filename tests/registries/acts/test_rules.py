"""How an act stands on a day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.acts.rules import (
    DOUBTFUL,
    ENDED,
    Known,
    first_day,
    last_day,
    needs_check,
    standing_on,
)

DAY = date(2026, 11, 22)
days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@st.composite
def stated_days(draw):
    day = draw(days).isoformat()
    return draw(st.sampled_from(["", day, day[:7], day[:4]]))


knowns = st.builds(
    Known,
    adopted=stated_days(),
    status=st.sampled_from(["in_force", "repealed", "replaced", "expired", "signed", "unchecked"]),
    status_as_of=stated_days(),
    intervals=st.lists(st.tuples(stated_days(), stated_days()), max_size=2).map(tuple),
    ended_by=st.lists(
        st.tuples(st.sampled_from(["repeals", "replaces"]), stated_days(), st.just("other")),
        max_size=2,
    ).map(tuple),
    checks=st.lists(
        st.tuples(days.map(date.isoformat), st.sampled_from(["in_force", "repealed"])), max_size=2
    ).map(tuple),
)


class TestTheCasesOfThePaper:
    def test_a_law_called_in_force_is_void_since_the_code_that_repealed_it(self):
        law = Known("2003-01-08", "repealed", "2016-01-01",
                    ended_by=(("repeals", "2016-01-01", "code-375-v"),))  # fmt: skip
        assert standing_on(law, DAY).status == "repealed"
        assert standing_on(law, DAY).act == "code-375-v"
        assert standing_on(law, date(2015, 12, 31)).status == "unchecked"

    def test_a_programme_ends_with_the_last_day_of_its_last_year(self):
        programme = Known("2017-11-08", "signed", intervals=(("2018", "2023"),))
        assert standing_on(programme, date(2023, 12, 31)).status == "signed"
        assert standing_on(programme, date(2024, 1, 1)).status == "expired"

    def test_an_act_known_to_be_void_without_a_day_is_void_on_every_day(self):
        assert standing_on(Known("1994-12-27", "repealed"), date(1995, 1, 1)).status == "repealed"

    def test_nobody_looked_is_not_in_force(self):
        assert standing_on(Known("2020-10-07"), DAY).status == "unchecked"
        assert standing_on(Known("2020-10-07"), DAY).is_doubtful


class TestChecks:
    def test_the_newest_check_decides_and_an_older_day_does_not_see_it(self):
        act = Known("2017-07-26", checks=(("2026-05-01", "in_force"), ("2026-11-01", "repealed")))
        assert standing_on(act, DAY).status == "repealed"
        assert standing_on(act, date(2026, 6, 1)).status == "in_force"
        assert standing_on(act, date(2026, 4, 30)).status == "unchecked"

    def test_a_check_grows_old_after_half_a_year(self):
        act = Known("2017-07-26", checks=(("2026-05-23", "in_force"),))
        assert not needs_check(act, DAY)
        assert needs_check(act, DAY + timedelta(days=1))

    def test_what_has_ended_for_good_needs_no_check(self):
        assert not needs_check(Known("1994-12-27", "repealed"), DAY)


@given(knowns, days)
def test_an_act_is_in_force_only_if_somebody_says_so(known, day):
    if standing_on(known, day).status == "in_force":
        statements = [known.status if known.status_as_of else "", *(s for _d, s in known.checks)]
        assert "in_force" in statements


@given(knowns, days)
def test_what_another_act_ended_never_comes_back(known, day):
    standing = standing_on(known, day)
    if standing.reason == "ended_by":
        later = standing_on(known, day + timedelta(days=400))
        assert later.status in ENDED


@given(knowns, days, days)
def test_knowing_of_an_end_never_makes_an_act_firmer(known, day, end):
    ended = Known(
        known.adopted, known.status, known.status_as_of, known.intervals,
        (*known.ended_by, ("repeals", end.isoformat(), "newer")), known.checks,
    )  # fmt: skip
    if standing_on(known, day).status in DOUBTFUL:
        assert standing_on(ended, day).status in DOUBTFUL


@given(days)
def test_a_partial_day_holds_every_day_it_can_mean(day):
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        assert first_day(text) <= day <= last_day(text)
