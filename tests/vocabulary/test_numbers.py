"""Printed numbers: read with their precision, written as the reader's language does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.vocabulary.errors import NotANumber
from irtysh.vocabulary.interval import INFINITY, Interval
from irtysh.vocabulary.numbers import (
    MINUS,
    NO_BREAK_SPACE,
    Qualifier,
    Shown,
    format_number,
    format_shown,
    parse_printed,
    printed_interval,
)
from irtysh.vocabulary.text import LANGUAGES

NARROW = "\N{NARROW NO-BREAK SPACE}"
THIN = "\N{THIN SPACE}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("402,1", "402.1"),
        ("402.10", "402.10"),
        ("1 097", "1097"),
        (f"1{NO_BREAK_SPACE}097,5", "1097.5"),
        (f"12{NARROW}345{THIN}678", "12345678"),
        (f"{MINUS}8,50", "-8.50"),
        ("–34", "-34"),
        ("-34", "-34"),
        ("- 34", "-34"),
        ("+3", "3"),
        ("  103\t", "103"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_as_printed(text: str, value: str) -> None:
    read = parse_printed(text)
    assert read == Decimal(value)
    assert read.as_tuple().exponent == Decimal(value).as_tuple().exponent


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "—", "…", "н/д", "1,2,3", "1.097,5", "12 34", "4021 5", "1 0972", "5–6", "103¹",
        "103*", "1e6", "NaN", "Infinity", ",5", "5,", "--5", "٣", "0,123 456", "$5", "50 %",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse_printed(text)
    assert refused.value.params["text"] == text


_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4).filter(
    lambda value: abs(value) < 10**18
)


@given(_NUMBERS, st.integers(0, 4))
def test_russian_and_kazakh_read_back_what_they_wrote(value: Decimal, digits: int) -> None:
    for language in ("ru", "kk"):
        written = format_number(value, language, digits)
        assert parse_printed(written) == round_half_away(value, digits)
        assert parse_printed(format_number(value, language)) == value


@given(_NUMBERS)
def test_english_reads_back_without_its_commas(value: Decimal) -> None:
    assert parse_printed(format_number(value, "en").replace(",", "")) == value


@given(_NUMBERS)
def test_no_language_breaks_a_number_in_two(value: Decimal) -> None:
    for language in LANGUAGES:
        written = format_number(value, language)
        assert " " not in written
        assert "-" not in written


def round_half_away(value: Decimal, digits: int) -> Decimal:
    """Round in whole numbers, in another way than the code does."""
    scaled = abs(value) * 10**digits
    whole = int(scaled + Decimal("0.5"))
    return Decimal(whole).scaleb(-digits) * (-1 if value < 0 else 1)


@pytest.mark.parametrize(
    ("value", "digits", "ru", "en"),
    [
        ("1234567.5", None, f"1{NO_BREAK_SPACE}234{NO_BREAK_SPACE}567,5", "1,234,567.5"),
        ("-34", None, f"{MINUS}34", f"{MINUS}34"),
        ("0.05", 1, "0,1", "0.1"),
        ("-0.05", 1, f"{MINUS}0,1", f"{MINUS}0.1"),
        ("-0.04", 1, "0,0", "0.0"),
        ("2.5", 0, "3", "3"),
        ("1E+3", None, f"1{NO_BREAK_SPACE}000", "1,000"),
        ("Infinity", 2, "∞", "∞"),
        ("-Infinity", None, f"{MINUS}∞", f"{MINUS}∞"),
    ],
)
def test_known_numbers(value: str, digits: int | None, ru: str, en: str) -> None:
    number = Decimal(value)
    assert format_number(number, "ru", digits) == ru
    assert format_number(number, "kk", digits) == ru
    assert format_number(number, "en", digits) == en


def test_a_sign_is_shown_only_where_something_is_left_of_it() -> None:
    assert format_shown(Shown(Decimal("12.34"), signed=True), "ru") == "+12,3"
    assert format_shown(Shown(Decimal("-12.34"), signed=True), "ru") == f"{MINUS}12,3"
    assert format_shown(Shown(Decimal("0.04"), signed=True), "ru") == "0,0"
    assert format_shown(Shown(Decimal("12.34")), "en") == "12.3"


@pytest.mark.parametrize(
    ("qualifier", "interval"),
    [
        (Qualifier.EQ, Interval(Decimal("99.5"), Decimal("100.5"), False, True)),
        (Qualifier.GT, Interval(Decimal(100), INFINITY, True, True)),
        (Qualifier.GE, Interval(Decimal(100), INFINITY, False, True)),
        (Qualifier.LT, Interval(-INFINITY, Decimal(100), True, True)),
        (Qualifier.LE, Interval(-INFINITY, Decimal(100), True, False)),
        (Qualifier.APPROX, Interval(Decimal(90), Decimal(110))),
    ],
)
def test_words_bound_a_number(qualifier: Qualifier, interval: Interval) -> None:
    assert printed_interval(Decimal(100), qualifier) == interval


def test_about_is_as_wide_below_zero() -> None:
    about = printed_interval(Decimal(-50), Qualifier.APPROX)
    assert about == Interval(Decimal(-55), Decimal(-45))


@given(_NUMBERS, st.sampled_from(Qualifier))
def test_the_number_itself_is_admitted_unless_the_words_exclude_it(
    value: Decimal, qualifier: Qualifier
) -> None:
    inside = value in printed_interval(value, qualifier)
    assert inside == (qualifier not in (Qualifier.GT, Qualifier.LT))


def test_a_number_of_any_length_is_written() -> None:
    assert format_number(Decimal("9" * 60), "en", 1).replace(",", "") == "9" * 60 + ".0"
    assert format_number(Decimal("-1E+40"), "ru", 0).endswith("000")
