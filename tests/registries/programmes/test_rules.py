"""The light of a measure: known answers, and what holds for every measure."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.programmes import rules
from irtysh.registries.programmes.rules import Cycle, Said, Term
from irtysh.vocabulary.codelists import codelist

YEAR = Term(date(2026, 1, 1), date(2026, 12, 31))
H1 = Cycle(date(2026, 1, 1), date(2026, 6, 30))
H2 = Cycle(date(2026, 7, 1), date(2026, 12, 31))
RANK = {rules.LATE: 0, rules.AT_RISK: 1, rules.ON_TIME: 2, rules.DONE: 3}

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
terms = st.tuples(days, st.integers(0, 2500)).map(
    lambda one: Term(one[0], one[0] + timedelta(days=one[1]))
)
months = st.sampled_from([1, 2, 3, 4, 5, 6, 7, 12, 24])


def _said(share: float, cycle: Cycle = H1, side: str = "A", on: date | None = None) -> Said:
    return Said(cycle, side, share, on or cycle.end + timedelta(days=5))


def _light(share: float, day: date = date(2026, 7, 10)) -> rules.Light:
    return rules.light(YEAR, 6, [_said(share)], day)


# Partial days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-03-05", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026-02-31", None, None),
        ("", None, None),
    ],
)
def test_a_year_is_its_first_day_for_a_start_and_its_last_for_an_end(text, first, last) -> None:
    assert (rules.first_day(text), rules.last_day(text)) == (first, last)


@given(days)
def test_a_month_and_a_year_hold_their_days(day: date) -> None:
    for text in (f"{day:%Y}", f"{day:%Y-%m}", day.isoformat()):
        assert rules.first_day(text) <= day <= rules.last_day(text)


# Planned share


def test_planned_share_by_hand() -> None:
    # 180 of 364 days from 1 January to 30 June.
    assert rules.planned_share(YEAR, date(2026, 6, 30)) == pytest.approx(180 / 364)


@given(terms, days, st.integers(0, 400))
def test_planned_share_grows_from_nothing_to_all(term: Term, day: date, more: int) -> None:
    share = rules.planned_share(term, day)
    assert 0 <= share <= rules.planned_share(term, day + timedelta(days=more)) <= 1
    assert rules.planned_share(term, term.end) == 1


def test_no_term_no_planned_share() -> None:
    assert rules.planned_share(Term(None, date(2026, 1, 1)), date(2026, 1, 1)) is None
    assert rules.planned_share(Term(date(2027, 1, 1), date(2026, 1, 1)), date(2026, 1, 1)) is None


# Periods


@given(terms, months)
def test_periods_follow_without_gap_or_overlap(term: Term, every: int) -> None:
    found = rules.cycles(term, every, term.end)
    assert found[0].start <= term.start <= found[0].end
    assert found[-1].start <= term.end <= found[-1].end
    for one, following in pairwise(found):
        assert following.start == one.end + timedelta(days=1)
    for one in found:
        assert one.start.day == 1 and (one.end + timedelta(days=1)).day == 1


@given(terms, months, days)
def test_the_period_due_is_the_latest_whose_day_has_passed(term, every, day) -> None:
    found = rules.cycle_due(term, every, day)
    passed = [one for one in rules.cycles(term, every, day) if one.due() < day]
    assert found == (passed[-1] if passed else None)


def test_halves_follow_the_calendar() -> None:
    assert rules.cycle_of(Term(date(2026, 3, 9), None), 6, date(2026, 9, 1)) == H2
    odd = rules.cycle_of(Term(date(2026, 3, 9), None), 5, date(2026, 9, 1))
    assert odd == Cycle(date(2026, 8, 1), date(2026, 12, 31))


def test_the_ended_period_is_reported_on_before_the_running_one() -> None:
    assert rules.cycle_open(YEAR, 6, date(2026, 3, 1)) == H1
    assert rules.cycle_open(YEAR, 6, date(2026, 7, 1)) == H1
    assert rules.cycle_open(YEAR, 6, date(2025, 12, 31)) is None


# Light


@pytest.mark.parametrize(
    ("share", "state"),
    [(0.46, rules.ON_TIME), (0.44, rules.AT_RISK), (0.30, rules.AT_RISK), (0.29, rules.LATE),
     (0.0, rules.LATE), (1.0, rules.DONE)],
)  # fmt: skip
def test_lights_at_the_middle_of_the_year(share: float, state: str) -> None:
    # Planned by 30 June: 180/364 = 0.4945; 0.9 of it is 0.445, 0.6 of it is 0.297.
    assert _light(share).state == state


def test_the_arithmetic_is_shown() -> None:
    found = _light(0.3)
    assert found.as_of == date(2026, 6, 30)
    assert found.planned == pytest.approx(0.4945, abs=1e-4)
    assert found.ratio == pytest.approx(0.3 / found.planned)


def test_a_report_written_early_is_compared_with_the_plan_of_its_day() -> None:
    early = _said(0.25, on=date(2026, 4, 1))
    found = rules.light(YEAR, 6, [early], date(2026, 7, 10))
    assert found.as_of == date(2026, 4, 1)
    assert found.state == rules.ON_TIME


def test_silence_is_grey_however_late() -> None:
    never = rules.light(YEAR, 6, [], date(2030, 1, 1))
    assert (never.state, never.reason) == (rules.NO_REPORT, "no_report_ever")
    assert never.overdue == 1097
    stale = rules.light(YEAR, 6, [_said(0.5)], date(2027, 2, 1))
    assert (stale.state, stale.reason) == (rules.NO_REPORT, "no_report_now")
    assert stale.awaited == H2


def test_a_report_is_missed_only_after_its_day() -> None:
    due = H2.due()
    assert rules.light(YEAR, 6, [_said(0.5)], due).state == rules.ON_TIME
    assert rules.light(YEAR, 6, [_said(0.5)], due + timedelta(days=1)).state == rules.NO_REPORT


def test_more_than_thirty_days_overdue_is_behind_whatever_the_share() -> None:
    last = [_said(0.95, H2)]
    assert rules.light(YEAR, 6, last, date(2027, 1, 30)).state == rules.ON_TIME
    assert rules.light(YEAR, 6, last, date(2027, 1, 31)).reason == "overdue"
    assert rules.light(YEAR, 6, last, date(2027, 1, 31)).state == rules.LATE


def test_before_the_start_nothing_is_asked() -> None:
    assert rules.light(YEAR, 6, [], date(2025, 12, 1)).state == rules.NOT_STARTED


def test_without_dates_there_is_no_term() -> None:
    none = Term(None, None)
    assert rules.light(none, 6, [], date(2026, 7, 10)).reason == "no_term"
    assert rules.light(none, 6, [_said(0.5)], date(2026, 7, 10)).state == rules.UNKNOWN
    assert rules.light(none, 6, [_said(1.0)], date(2026, 7, 10)).state == rules.DONE
    only_end = Term(None, date(2026, 12, 31))
    assert rules.light(only_end, 6, [_said(0.5)], date(2026, 7, 10)).reason == "no_start"


def test_done_without_a_proof_is_a_claim() -> None:
    said = Said(H1, "A", 1.0, H1.end, has_proof=False)
    found = rules.light(YEAR, 6, [said], date(2026, 7, 10))
    assert (found.state, found.reason, found.is_grey) == (rules.UNPROVEN, "unproven", True)
    other = Said(H1, "B", 1.0, H1.end, has_proof=True)
    assert rules.light(YEAR, 6, [said, other], date(2026, 7, 10)).state == rules.DONE


def test_where_the_sides_differ_the_lower_share_counts() -> None:
    found = rules.light(YEAR, 6, [_said(1.0), _said(0.3, side="B")], date(2026, 7, 10))
    assert (found.state, found.share) == (rules.AT_RISK, 0.3)


def test_a_report_of_tomorrow_is_not_known_today() -> None:
    late = _said(1.0, on=date(2026, 7, 20))
    assert rules.light(YEAR, 6, [late], date(2026, 7, 10)).state == rules.NO_REPORT


reports = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from("AB"), st.floats(0, 1), st.integers(0, 90)),
    max_size=6,
)


def _reports(term: Term, every: int, drawn) -> list[Said]:
    known = rules.cycles(term, every, date(2036, 1, 1))
    return [
        Said(known[index % len(known)], side, share,
             known[index % len(known)].start + timedelta(days=after))
        for index, side, share, after in drawn
    ]  # fmt: skip


@given(terms, months, reports, days)
def test_every_state_has_words(term, every, drawn, day) -> None:
    assert rules.light(term, every, _reports(term, every, drawn), day).state in codelist(
        "measure_states"
    )


@given(terms, months, reports, days)
def test_never_green_without_a_report_of_the_period_that_is_due(term, every, drawn, day) -> None:
    said = _reports(term, every, drawn)
    found = rules.light(term, every, said, day)
    due = rules.cycle_due(term, every, day)
    if found.state in (rules.ON_TIME, rules.AT_RISK):
        known = [one for one in said if one.on <= day]
        assert known
        assert due is None or any(one.cycle >= due for one in known)


@given(terms, months, st.floats(0, 1), st.floats(0, 1), days)
def test_reporting_more_never_makes_it_worse(term, every, share, other, day) -> None:
    cycle = rules.cycle_of(term, every, max(day, term.start))
    lights = [
        rules.light(term, every, [Said(cycle, "A", one, day)], day)
        for one in sorted((share, other))
    ]
    if all(one.state in RANK for one in lights):
        assert RANK[lights[0].state] <= RANK[lights[1].state]


@given(terms, months, reports, days)
def test_no_report_no_judgement(term, every, drawn, day) -> None:
    assert rules.light(term, every, [], day).state in (rules.NOT_STARTED, rules.NO_REPORT)


# Jointness, dependencies, review


@pytest.mark.parametrize(
    ("sides", "received", "one_sided"),
    [([], 0, False), (["A"], 1, True), (["A", "A"], 1, True), (["A", "B"], 2, False),
     ([""], 0, False)],
)  # fmt: skip
def test_jointness(sides, received, one_sided) -> None:
    found = rules.jointness(sides)
    assert (found.received, found.is_one_sided) == (received, one_sided)


def test_circles_of_dependencies() -> None:
    assert rules.circles({"a": ["b"], "b": ["c"], "c": []}) == []
    assert rules.circles({"a": ["b"], "b": ["a"], "c": ["a"]}) == [("a", "b")]
    assert rules.circles({"a": ["a"]}) == [("a",)]
    assert rules.circles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["e"], "e": ["d"]}) == [
        ("a", "b", "c"), ("d", "e"),
    ]  # fmt: skip
    assert rules.circles({"a": ["not there"]}) == []


@given(st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4)))
def test_an_order_exists_exactly_where_there_is_no_circle(drawn) -> None:
    graph = {str(one): [str(other) for other in others] for one, others in drawn.items()}
    left = {one: {other for other in others if other in graph} for one, others in graph.items()}
    while free := [one for one, needs in left.items() if not needs]:
        for one in free:
            del left[one]
        for needs in left.values():
            needs.difference_update(free)
    assert bool(rules.circles(graph)) == bool(left)


def test_starting_before_what_is_needed_ends() -> None:
    needed = Term(date(2026, 1, 1), date(2026, 6, 30))
    assert rules.starts_too_early(Term(date(2026, 6, 30), None), needed)
    assert not rules.starts_too_early(Term(date(2026, 7, 1), None), needed)
    assert not rules.starts_too_early(Term(None, None), needed)


def test_a_quarter_behind_or_silent_calls_for_review() -> None:
    assert rules.needs_review([rules.LATE, rules.ON_TIME, rules.ON_TIME, rules.DONE])
    assert not rules.needs_review([rules.LATE, *[rules.ON_TIME] * 4])
    assert not rules.needs_review([])


def test_an_ended_programme_is_over_whatever_is_said_of_it() -> None:
    assert rules.is_over("2023", date(2024, 1, 1))
    assert not rules.is_over("2023", date(2023, 12, 31))
    assert not rules.is_over("", date(2099, 1, 1))
    assert rules.ends_soon("2026-12-31", date(2026, 7, 10))
    assert not rules.ends_soon("2026-12-31", date(2026, 1, 10))


def test_nine_tenths_are_nine_tenths_in_floating_point() -> None:
    assert 0.18 / 0.2 < 0.9
    term = Term(date(2026, 1, 1), date(2026, 12, 27))
    assert rules.planned_share(term, date(2026, 3, 14)) == 0.2
    said = _said(0.18, on=date(2026, 3, 14))
    assert rules.light(term, 6, [said], date(2026, 3, 20)).state == rules.ON_TIME
