"""Numbers with check digits, and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.organisations.rules import is_bin, is_hs, is_inn, is_ogrn, name_key

# Numbers of large public companies, as they print them themselves.
INNS = ("7707083893", "7736050003", "7710140679", "500100732259")
OGRNS = ("1027700132195", "1027700070518", "304500116000157")
BINS = ("020240000555", "940140000385", "050540004455")


@pytest.mark.parametrize("number", INNS)
def test_real_inns_pass_and_no_other_digit_in_the_last_place_does(number):
    assert is_inn(number)
    assert sum(is_inn(number[:-1] + str(digit)) for digit in range(10)) == 1


@pytest.mark.parametrize("number", OGRNS)
def test_real_ogrns_pass_and_no_other_digit_in_the_last_place_does(number):
    assert is_ogrn(number)
    assert sum(is_ogrn(number[:-1] + str(digit)) for digit in range(10)) == 1


@pytest.mark.parametrize("number", BINS)
def test_real_bins_pass_and_no_other_digit_in_the_last_place_does(number):
    assert is_bin(number)
    assert sum(is_bin(number[:-1] + str(digit)) for digit in range(10)) == 1


@given(st.sampled_from(INNS + BINS), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, shift):
    """A weight that 11 does not divide makes a wrong digit move the remainder.

    It can be missed only where one of the remainders is 10, which is written as another digit.
    """
    place %= len(number)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    weights = {10: (2, 4, 10, 3, 5, 9, 4, 6, 8), 12: range(1, 12)}[len(number)]
    remainders = [
        sum(int(digit) * weight for digit, weight in zip(one, weights, strict=False)) % 11
        for one in (number, wrong)
    ]
    if number in INNS and len(number) == 10:
        assert not is_inn(wrong) or 10 in remainders
    elif number in BINS and place != 10:  # its weight is 11: that digit is never checked
        assert not is_bin(wrong) or 10 in remainders


@pytest.mark.parametrize("text", ["", "12345", "77070838930", "٧٧٠٧٠٨٣٨٩٣", "770708389a"])
def test_what_is_no_number_is_refused(text):
    assert not is_inn(text) and not is_ogrn(text) and not is_bin(text)


@pytest.mark.parametrize("code", ["84", "8432", "843230", "8432391100"])
def test_hs_codes(code):
    assert is_hs(code) and not is_hs(code + "1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Сибзавод»", "Сибзавод, ООО"),
        ("АО «НПП «Эталон»", "«Эталон» (АО)"),
        ("BioFuel Region BFR AB", "Biofuel region BFR"),
        ("ТОО «Берёзка»", "«Березка» ЖШС"),
    ],
)
def test_forms_quotes_and_order_do_not_make_another_name(one, other):
    assert name_key(one) == name_key(other)


def test_different_firms_stay_different():
    assert name_key("ООО ТПК «Иртыш»") != name_key("АО «ОмПО «Иртыш»")
