from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from irtysh.stats.deflation import at_constant_prices, at_prices_of, chained, deflate_parts
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import UnknownValue
from tests.stats.boxes_of_values import at, inside, members, quantities
from tests.stats.paper import exact, near
from tests.stats.test_growth import reason

Q = Quantity.rounded


def test_a_value_at_the_prices_of_another_year():
    near(at_prices_of(Q("402.1"), Q("125.0"), Q("100.0")), 321.7, 1)
    found = at_prices_of(Q("402.1"), Q("125.0"), Quantity.exactly(100))
    assert found.low <= Decimal("402.05") / Decimal("125.05") * 100
    assert reason(at_prices_of, Q("5"), Quantity.exactly(0), Q("100")) == "ZERO_BASE"
    assert reason(at_prices_of, Quantity.exactly(-5), Q("90"), Q("100")) == "NEGATIVE"
    with pytest.raises(UnknownValue):
        at_prices_of(Q("5"), None, Q("100"))


def test_a_series_keeps_its_base_and_leaves_uncovered_years_empty():
    values = {2019: Q("80"), 2020: Q("90"), 2021: Q("120"), 2022: None}
    index = {2020: Q("80"), 2021: Q("100"), 2022: Q("110")}
    found = at_constant_prices(values, index, 2021)
    assert found[2021] == values[2021]
    assert found[2019] is found[2022] is None
    near(found[2020], 112.5, 1)
    with pytest.raises(UnknownValue):
        at_constant_prices(values, index, 2019)


def test_links_are_chained_as_far_as_they_go():
    index = chained({2020: Q("110"), 2021: Q("120"), 2023: Q("105")}, 2019)
    assert [index[year].point for year in sorted(index)] == [100, 110, 132]
    assert 2023 not in index


def test_a_part_without_an_index_stays_at_its_own_prices():
    found = deflate_parts(exact(60, 40), [Quantity.exactly(120), None], exact(100, 100))
    assert (found.covered.point, found.uncovered.point) == (50, 40)
    assert found.coverage == Decimal("0.6")
    assert found.flags == ("PARTIAL",)
    whole = deflate_parts(exact(60), exact(120), exact(100))
    assert (whole.coverage, whole.flags) == (1, ())
    assert reason(deflate_parts, exact(60), [None], exact(100)) == "NO_PRICE_INDEX"
    assert reason(deflate_parts, exact(0), exact(120), exact(100)) == "ZERO_TOTAL"
    only_bounds = Quantity(None, Q("60").interval)
    assert deflate_parts([only_bounds], exact(120), exact(100)).coverage is None


@given(st.data(), quantities(), quantities(), quantities())
def test_every_admissible_value_lies_within_the_bounds(data, value, own, wanted):
    assume(own.low > 0)
    found = at_prices_of(value, own, wanted)
    inside(at_prices_of(*at(data.draw(members([value, own, wanted])))), found)


@given(quantities(), quantities(), st.sampled_from((Decimal(7), Decimal("0.5"))))
def test_only_the_ratio_of_index_numbers_matters(value, own, factor):
    assume(own.point > 0)
    base = Quantity.exactly(100)
    scaled = at_prices_of(value, own.scaled(factor), base.scaled(factor))
    assert abs(scaled.point - at_prices_of(value, own, base).point) < Decimal("1E-9")
