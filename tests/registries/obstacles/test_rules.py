"""State machines without short cuts, an honest clock, and counts that a slow twin repeats."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.obstacles import rules
from irtysh.registries.obstacles.rules import Standing, count_obstacles
from irtysh.vocabulary.codelists import codelist

TODAY = date(2026, 11, 22)
QUESTION_STATES = tuple(codelist("question_states"))
OBSTACLE_STATES = tuple(codelist("obstacle_statuses"))


@given(st.lists(st.sampled_from(tuple(rules.OBSTACLE_STEPS)), max_size=12))
def test_nothing_is_solved_before_somebody_was_asked_and_has_answered(steps) -> None:
    state, walked = rules.REGISTERED, [rules.REGISTERED]
    for step in steps:
        try:
            state = rules.next_obstacle_state(state, step)
        except rules.StepOutOfTurn:
            continue
        walked.append(state)
    if rules.SOLVED in walked:
        asked, answered = walked.index(rules.SENT), walked.index(rules.HAS_ANSWER)
        assert asked < answered < walked.index(rules.SOLVED)
    ends = {rules.SOLVED, rules.REJECTED, rules.NOT_ONE}
    assert not ends & set(walked[:-1]), "an end was left again"


@given(st.lists(st.sampled_from(tuple(rules.QUESTION_STEPS)), max_size=12))
def test_a_closed_question_stays_closed(steps) -> None:
    state = rules.NEW
    for step in steps:
        before = state
        try:
            state = rules.next_question_state(state, step)
        except rules.StepOutOfTurn:
            assert before == state
        assert not (before == rules.CLOSED and state != rules.CLOSED)
        assert not (before != rules.NEW and state == rules.NEW), "a reply cannot be unsaid"


def test_every_state_is_a_code_and_is_reached() -> None:
    for steps, states, first in (
        (rules.QUESTION_STEPS, QUESTION_STATES, rules.NEW),
        (rules.OBSTACLE_STEPS, OBSTACLE_STATES, rules.REGISTERED),
    ):
        reached = {first} | {after for moves in steps.values() for after in moves.values()}
        assert reached == set(states)


def test_the_words_of_a_refusal_name_the_state() -> None:
    with pytest.raises(rules.StepOutOfTurn) as refusal:
        rules.next_obstacle_state(rules.REGISTERED, "solve")
    assert refusal.value.params["state"]["en"] == "registered"


@pytest.mark.parametrize(
    ("replied", "today", "state"),
    [
        (None, 10, "running"),
        (None, 11, "late"),
        (10, 30, "met"),
        (11, 30, "missed"),
    ],
)
def test_the_clock_tells_what_was_missed(replied, today, state) -> None:
    asked = date(2026, 1, 1)
    done = None if replied is None else asked + timedelta(days=replied)
    clock = rules.reply_clock(asked, done, asked + timedelta(days=today))
    assert clock.state == state
    assert clock.days == (replied or today)


def test_what_happened_lies_between_registration_and_today() -> None:
    rules.check_day(TODAY, TODAY, "2026-11-22")
    rules.check_day(date(2026, 3, 1), TODAY, "2026")
    with pytest.raises(rules.DayAhead):
        rules.check_day(TODAY + timedelta(days=1), TODAY)
    with pytest.raises(rules.DayTooEarly):
        rules.check_day(date(2025, 12, 31), TODAY, "2026")


_days = st.one_of(
    st.just(""),
    st.just("2024"),
    st.just("2025-03"),
    st.dates(date(2020, 1, 1), TODAY).map(date.isoformat),
)
_standings = st.lists(
    st.builds(
        Standing,
        kind=st.sampled_from(tuple(codelist("legal_gaps"))),
        status=st.sampled_from(OBSTACLE_STATES),
        registered_on=_days,
        solved_on=_days,
        has_body=st.booleans(),
    ),
    max_size=30,
)


@given(_standings)
def test_counts_agree_with_a_slow_twin(standings) -> None:
    counts = count_obstacles(standings, TODAY)
    registered = solved = unknown = with_body = still_open = 0
    years: dict[int, int] = {}
    kinds: dict[str, int] = {}
    ages = []
    for one in standings:
        if one.status == "not_an_obstacle":
            continue
        registered += 1
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
        if one.status == "solved":
            solved += 1
            if one.solved_on:
                year = int(one.solved_on.split("-")[0])
                years[year] = years.get(year, 0) + 1
            else:
                unknown += 1
        elif one.status != "rejected":
            still_open += 1
            with_body += one.has_body
            if one.registered_on.count("-") == 2:
                ages.append(TODAY.toordinal() - date.fromisoformat(one.registered_on).toordinal())
    ages.sort()
    middle = len(ages) // 2
    median = None
    if ages:
        median = ages[middle] if len(ages) % 2 else (ages[middle - 1] + ages[middle]) / 2
    assert (counts.registered, counts.open, counts.solved) == (registered, still_open, solved)
    assert (dict(counts.solved_in), counts.solved_unknown) == (years, unknown)
    assert (counts.median_age, counts.ages) == (median, len(ages))
    assert counts.ages_unknown == still_open - len(ages)
    assert counts.with_body == with_body
    assert dict(counts.by_kind) == kinds


def test_unknown_is_never_zero() -> None:
    vague = [Standing("unknown", "registered", "2024", "", False)]
    counts = count_obstacles(vague, TODAY)
    assert counts.median_age is None and counts.ages_unknown == 1
    assert count_obstacles([], TODAY).share_with_body is None
    undated = [Standing("barrier", "solved", "", "", True)]
    assert count_obstacles(undated, TODAY).solved_in == {}
    assert count_obstacles(undated, TODAY).solved_unknown == 1
