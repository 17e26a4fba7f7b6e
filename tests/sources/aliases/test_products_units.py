"""Product codes mended, pseudo-codes told apart; units with their factor."""

from __future__ import annotations

from decimal import Decimal

import pytest

from irtysh.sources.aliases import product, unit
from irtysh.sources.aliases.lists import rows_of
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import AmbiguousCode, UnknownCode


@pytest.mark.parametrize(
    ("text", "code", "remark"),
    [
        ("10111", "010111", "LeadingZeroRestored"),
        ("010111", "010111", ""),
        ("101", "0101", "LeadingZeroRestored"),
        ("1", "01", "LeadingZeroRestored"),
        ("271019.0", "271019", ""),
        ("10121.0", "010121", "LeadingZeroRestored"),
        (" 2710 19", "271019", ""),
    ],
)
def test_a_lost_leading_zero_is_put_back(text: str, code: str, remark: str) -> None:
    found = product(text, "H0")
    assert (found.code, found.remark, found.is_pseudo) == (code, remark, False)
    assert found.level == len(code)


def test_a_ten_digit_code_that_lost_its_zero() -> None:
    found = product("101210000", "TNVED")
    assert (found.code, found.level, found.is_known) == ("0101210000", 10, True)


@pytest.mark.parametrize("text", ["9999", "999999", "XXXX", "XXXXXXXXXX", "9999AA", "99"])
def test_pseudo_codes_stay_and_are_named(text: str) -> None:
    found = product(text)
    assert (found.code, found.is_pseudo) == (text, True)


def test_the_total_has_no_level() -> None:
    assert product("TOTAL", "H5").code == "_T"
    assert product("TOTAL", "H5").level == 0


def test_a_code_of_the_right_form_may_be_unknown_to_its_edition() -> None:
    assert product("854190", "H6").is_known
    assert not product("271011", "H6").is_known  # gone after 2007
    assert product("271011", "H3").is_known


@pytest.mark.parametrize("text", ["", "27 10a", "12345678901", "-4", "٠١"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(UnknownCode):
        product(text)


def test_sitc_codes_are_not_mended() -> None:
    assert product("001", "S3").code == "001"
    assert not product("999", "S3").is_known
    assert product("0011", "S4").is_known  # no list of it is here
    with pytest.raises(UnknownCode):
        product("A99", "ICIO")
    with pytest.raises(UnknownCode):
        product("01", "H9")


@pytest.mark.parametrize(
    ("text", "scheme", "code", "factor"),
    [
        ("166", "fcs", "KG", "1"),
        ("166", "any", "KG", "1"),
        ("кг", "any", "KG", "1"),
        ("KGM", "any", "KG", "1"),
        ("8", "comtrade", "KG", "1"),
        ("798", "fcs", "NUM", "1000"),
        ("6", "fcs", "M", "1"),
        ("745", "fcs", "CELL", "1"),
        ("867", "fcs", "KG_U", "1"),
        ("845", "fcs", "KG_90", "1"),
        ("KG MET.AM", "name", "KG_MET_AM", "1"),
        ("kg met.am.", "name", "KG_MET_AM", "1"),
        ("KG NET EDA", "name", "KG_DRAINED", "1"),
        ("kg/net eda", "name", "KG_DRAINED", "1"),
        ("млн. долларов США", "name", "USD", "1000000"),
        ("тыс.тенге", "name", "KZT", "1000"),
        ("?", "any", "", "1"),
        ("", "any", "", "1"),
    ],
)
def test_units(text: str, scheme: str, code: str, factor: str) -> None:
    found = unit(text, scheme)
    assert (found.code, found.factor) == (code, Decimal(factor))


def test_a_number_of_two_lists_is_ambiguous_and_an_unknown_unit_an_error() -> None:
    with pytest.raises(AmbiguousCode):
        unit("6")
    with pytest.raises(UnknownCode):
        unit("бочка")


def test_every_unit_is_one_of_ours() -> None:
    for row in rows_of("units"):
        assert not row["code"] or row["code"] in codelist("units"), row
        assert Decimal(row["factor"]) > 0
