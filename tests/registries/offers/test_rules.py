"""Offers end, renewals are counted, and matches mean the same from either end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.offers import rules
from irtysh.registries.offers.rules import Reason, Wanted
from irtysh.vocabulary.codelists import codelist

TODAY = date(2026, 11, 22)


@given(st.lists(st.sampled_from(tuple(rules.STEPS)), max_size=12))
def test_nothing_is_published_that_no_moderator_saw(steps) -> None:
    state, seen = rules.DRAFT, False
    for step in steps:
        try:
            state = rules.next_state(state, step)
        except rules.OfferStepOutOfTurn:
            continue
        if step == "publish":
            seen = True
        if step in ("submit", "withdraw"):
            seen = seen and state != rules.MODERATION
        assert state != rules.PUBLISHED or seen


def test_every_state_is_a_code_and_is_reached() -> None:
    reached = {after for moves in rules.STEPS.values() for after in moves.values()}
    assert reached | {rules.DRAFT} == set(codelist("offer_statuses"))


def test_the_term_has_a_usual_length_and_a_longest() -> None:
    assert rules.last_day(TODAY) == TODAY + timedelta(days=90)
    assert rules.last_day(TODAY, TODAY) == TODAY
    longest = TODAY + timedelta(days=180)
    assert rules.last_day(TODAY, longest) == longest
    for until in (TODAY - timedelta(days=1), longest + timedelta(days=1)):
        with pytest.raises(rules.TermTooLong):
            rules.last_day(TODAY, until)
    assert not rules.is_short_enough("2026-01-01", "2026-12-31")
    assert rules.is_short_enough("2026-01-01", "2026-06-30") and rules.is_short_enough("", "2026")


@pytest.mark.parametrize(
    ("status", "last", "state"),
    [
        ("published", "2026-11-22", "published"),
        ("published", "2026-11-21", "expired"),
        ("withdrawn", "2026-11-21", "withdrawn"),
        ("moderation", "2026-11-21", "moderation"),
    ],
)
def test_what_is_past_its_last_day_has_expired(status, last, state) -> None:
    assert rules.state_on(status, last, TODAY) == state


def test_renewals_are_limited() -> None:
    rules.check_renewals(rules.RENEWALS - 1)
    with pytest.raises(rules.RenewedTooOften):
        rules.check_renewals(rules.RENEWALS)


@pytest.mark.parametrize("code", ["84", "8432", "8432 10", "8432.10.00", "1001990000", "970"])
def test_codes_of_goods_are_digits_of_a_chapter(code) -> None:
    assert rules.check_hs(code).isdigit()


@pytest.mark.parametrize("code", ["8", "98765432101", "7700", "00", "8432a", "_T", "", "٨٤٣٢"])
def test_other_codes_are_refused(code) -> None:
    with pytest.raises(rules.HsCodeUnknown):
        rules.check_hs(code)


_hs = st.lists(st.sampled_from(["84", "8432", "843210", "8432101000", "8433", "10", "1001"]),
               max_size=3).map(tuple)  # fmt: skip
_wanted = st.builds(
    Wanted,
    key=st.sampled_from("abcd"),
    kind=st.sampled_from(["offer", "request"]),
    side=st.sampled_from(["A", "B", ""]),
    organisation=st.sampled_from(["1", "2", ""]),
    hs=_hs,
    activities=st.lists(st.sampled_from(["A", "01", "02", "C", "28"]), max_size=3).map(tuple),
    territories=st.lists(st.sampled_from(["KZ", "KZ-59", "RU", "RU-OMS"]), max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(["ru", "kk", "en"]), max_size=3).map(tuple),
    is_current=st.booleans(),
)


@given(_wanted, _wanted)
def test_a_match_is_the_same_from_either_end(one, other) -> None:
    assert rules.match(one, other) == rules.match(other, one)


@given(_wanted, _wanted)
def test_what_a_match_promises(one, other) -> None:
    fit = rules.match(one, other)
    assert rules.match(one, one) is None
    if fit is None:
        return
    assert one.is_current and other.is_current
    assert {one.kind, other.kind} == {"offer", "request"} and {one.side, other.side} == {"A", "B"}
    assert any(reason.kind in ("hs", "activity") for reason in fit.reasons)
    for reason in fit.reasons:
        if reason.kind == "hs":
            assert len(reason.what) % 2 == 0
            for goods in (one.hs, other.hs):
                assert any(code.startswith(reason.what) for code in goods)
        if reason.kind == "language":
            assert reason.what in one.languages and reason.what in other.languages


@given(_wanted, st.lists(_wanted, max_size=6))
def test_the_closest_goods_come_first(one, others) -> None:
    orders = [fit.order for _other, fit in rules.best(one, others)]
    assert orders == sorted(orders, reverse=True)


def _one(**more) -> Wanted:
    said = {"key": "a", "kind": "offer", "side": "A", "organisation": "1", "hs": ("843231",),
            "activities": ("28",), "territories": ("KZ",), "languages": ("ru", "en"),
            "is_current": True}  # fmt: skip
    return Wanted(**(said | more))


def test_reasons_are_the_narrowest_that_hold() -> None:
    request = _one(
        key="b", kind="request", side="B", organisation="2", hs=("84", "8432"),
        activities=("C",), territories=("KZ-59",), languages=("kk", "ru"),
    )  # fmt: skip
    fit = rules.match(_one(), request)
    assert fit is not None
    assert fit.reasons == (
        Reason("hs", "8432"),
        Reason("activity", "C"),
        Reason("territory", "KZ-59"),
        Reason("language", "ru"),
    )


def test_language_and_place_alone_are_no_match() -> None:
    request = _one(key="b", kind="request", side="B", organisation="2", hs=("10",), activities=())
    assert rules.match(_one(), request) is None


def test_how_somebody_answers_says_what_is_left_out() -> None:
    day = TODAY - timedelta(days=40)
    waits = [(day, day + timedelta(days=n)) for n in (1, 2, 9, 30)]
    found = rules.answering([*waits, (day, None), (TODAY, None)], TODAY)
    assert (found.asked, found.answered, found.days, found.late) == (6, 4, 6, 1)
    assert rules.answering([], TODAY).days is None
    assert rules.answering([(TODAY, TODAY)], TODAY).days == 0
