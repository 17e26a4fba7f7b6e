"""Periods of every kind: read, refused, compared, and written in three languages."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period, PeriodKind
from irtysh.vocabulary.wording import period_in_words

KINDS = [
    ("A", "2021", date(2021, 1, 1), date(2021, 12, 31)),
    ("S", "2023-S1", date(2023, 1, 1), date(2023, 6, 30)),
    ("S", "2023-S2", date(2023, 7, 1), date(2023, 12, 31)),
    ("Q", "2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
    ("Q", "2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
    ("M", "2021-04", date(2021, 4, 1), date(2021, 4, 30)),
    ("M", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("C", "2021-01/2021-07", date(2021, 1, 1), date(2021, 7, 31)),
    ("C", "2020-11/2021-02", date(2020, 11, 1), date(2021, 2, 28)),
    ("P", "2022", date(2022, 1, 1), date(2022, 12, 31)),
    ("P", "2022-04", date(2022, 4, 1), date(2022, 4, 30)),
    ("P", "2022-04-19", date(2022, 4, 19), date(2022, 4, 19)),
]


@pytest.mark.parametrize(("kind", "code", "start", "end"), KINDS)
def test_every_kind_is_read(kind: str, code: str, start: date, end: date) -> None:
    period = Period.parse(kind, code)
    assert (period.start, period.end) == (start, end)
    assert (period.kind.value, period.code) == (kind, code)
    assert period.is_known
    assert period.first_year == start.year


def test_the_unknown_period() -> None:
    assert Period.parse("U", "") is UNKNOWN_PERIOD
    assert not UNKNOWN_PERIOD.is_known
    with pytest.raises(NotAPeriod):
        _ = UNKNOWN_PERIOD.first_year


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("A", ""), ("A", "21"), ("A", "2021 "), ("A", "2021-01"), ("A", "0000"), ("A", "٢٠٢١"),
        ("S", "2021"), ("S", "2021-S3"), ("S", "2021-S0"), ("S", "2021S1"),
        ("Q", "2021-Q5"), ("Q", "2021-Q0"), ("Q", "2021-1"),
        ("M", "2021-13"), ("M", "2021-00"), ("M", "2021-4"), ("M", "2021-04-01"),
        ("C", "2021"), ("C", "2021-07/2021-01"), ("C", "2021-01/2021-13"), ("C", "2021-01-2021-07"),
        ("C", "2021-00/2021-07"), ("C", "2021-01/"),
        ("P", "2022-02-30"), ("P", "2022-4-19"), ("P", "19.04.2022"), ("P", "2022-00"),
        ("U", "2021"), ("X", "2021"), ("", "2021"), ("a", "2021"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(kind: str, code: str) -> None:
    with pytest.raises(NotAPeriod) as refused:
        Period.parse(kind, code)
    assert refused.value.params == {"kind": kind, "text": code}


@given(st.sampled_from(PeriodKind), st.text(max_size=16))
def test_any_text_is_a_period_or_is_refused(kind: PeriodKind, text: str) -> None:
    try:
        period = Period.parse(kind.value, text)
    except NotAPeriod:
        return
    if period.start and period.end:
        assert period.start <= period.end


def test_periods_overlap_where_they_share_a_day() -> None:
    year = Period.year(2021)
    half = Period.parse("S", "2021-S2")
    assert year.overlaps(half)
    assert half.overlaps(year)
    assert not half.overlaps(Period.parse("S", "2021-S1"))
    assert not year.overlaps(Period.year(2022))
    assert year.overlaps(Period.parse("P", "2021-12-31"))
    assert not year.overlaps(UNKNOWN_PERIOD)
    assert not UNKNOWN_PERIOD.overlaps(UNKNOWN_PERIOD)


def test_periods_have_an_order_and_the_unknown_one_is_first() -> None:
    written = [Period.parse(kind, code) for kind, code, _, _ in KINDS]
    ordered = sorted([*written, UNKNOWN_PERIOD])
    assert ordered[0] is UNKNOWN_PERIOD
    assert ordered[1].code == "2020-11/2021-02"
    for first, second in combinations(ordered, 2):
        assert first < second
        assert second >= first


def test_a_period_is_compared_only_with_periods() -> None:
    with pytest.raises(TypeError):
        _ = Period.year(2021) < 2021


@pytest.mark.parametrize(
    ("kind", "code", "ru", "kk", "en"),
    [
        ("A", "2021", "2021 г.", "2021 ж.", "2021"),
        ("S", "2023-S1", "I полугодие 2023 г.", "2023 ж. I жартыжылдық", "half I of 2023"),
        ("Q", "2021-Q4", "IV квартал 2021 г.", "2021 ж. IV тоқсан", "quarter IV of 2021"),
        ("M", "2021-04", "апрель 2021 г.", "2021 ж. сәуір", "April 2021"),
        ("C", "2021-01/2021-07", "январь–июль 2021 г.",
         "2021 ж. қаңтар–шілде", "January–July 2021"),
        ("C", "2020-11/2021-02", "ноябрь 2020 г. – февраль 2021 г.",
         "2020 ж. қараша – 2021 ж. ақпан", "November 2020 – February 2021"),
        ("P", "2022", "по состоянию на 2022 г.", "2022 жылғы жағдай бойынша", "as of 2022"),
        ("P", "2022-04", "по состоянию на апрель 2022 г.", "2022 жылғы сәуір жағдайы бойынша",
         "as of April 2022"),
        ("P", "2022-04-19", "на 19 апреля 2022 г.", "2022 жылғы 19 сәуір жағдайы бойынша",
         "as of 19 April 2022"),
        ("U", "", "период не указан", "кезең көрсетілмеген", "no period given"),
    ],
)  # fmt: skip
def test_every_kind_has_words(kind: str, code: str, ru: str, kk: str, en: str) -> None:
    period = Period.parse(kind, code)
    assert period_in_words(period, "ru") == ru
    assert period_in_words(period, "kk") == kk
    assert period_in_words(period, "en") == en
