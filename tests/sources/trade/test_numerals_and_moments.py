from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sources.trade.moments import moment
from irtysh.sources.trade.numerals import is_plain, mended, times
from irtysh.vocabulary.errors import NotANumber, NotAPeriod


@pytest.mark.parametrize(
    ("text", "mark", "numeral"),
    [
        ("1234,5", ",", "1234.5"),
        ("1\u00a0234,5", ",", "1234.5"),
        ("1 234 567", ",", "1234567"),
        ("1\u202f234.5", ".", "1234.5"),
        ("1,234,567.8", ".", "1234567.8"),
        ("5.374e-05", ".", "0.00005374"),
        ("1E+07", ".", "10000000"),
        (" 12 ", ".", "12"),
        ("\u22125", ".", "-5"),
        (".5", ".", "0.5"),
    ],
)
def test_numbers_as_text(text: str, mark: str, numeral: str) -> None:
    assert mended(text, mark) == (numeral, "")


@pytest.mark.parametrize("text", ["1234,5", "1,23,456", "12 5", "5 t", "1.2.3", "0x10", "inf", "٣"])
def test_what_is_no_number_of_a_layout_with_points_is_refused(text: str) -> None:
    with pytest.raises(NotANumber):
        mended(text, ".")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**12))
def test_scaling_is_exact(number: Decimal) -> None:
    numeral = f"{number:f}"
    for factor in (Decimal(1), Decimal(1000), Decimal("0.45359237")):
        scaled = times(numeral, factor)
        assert Decimal(scaled) == number * factor
        assert is_plain(scaled)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2021", ("A", "2021")),
        ("202104", ("M", "2021-04")),
        ("2021-M04", ("M", "2021-04")),
        ("2021M4", ("M", "2021-04")),
        ("04/2021", ("M", "2021-04")),
        ("4.2021", ("M", "2021-04")),
        ("2021-04-01", ("M", "2021-04")),
        ("2021-04-01 00:00:00", ("M", "2021-04")),
        ("20210401", ("M", "2021-04")),
        ("01.04.2021", ("M", "2021-04")),
        ("2021-Q2", ("Q", "2021-Q2")),
    ],
)
def test_periods(text: str, said: tuple[str, str]) -> None:
    assert moment(text) == said


@pytest.mark.parametrize("text", ["", "202113", "21", "2021-04-15", "1821", "2021-Q5", "mean"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(NotAPeriod):
        moment(text)


def test_digits_of_other_scripts_are_no_period() -> None:
    with pytest.raises(NotAPeriod):
        moment("２０２１")
