from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.growth import (
    amount,
    base,
    chain,
    chain_index,
    compound_rate,
    compound_rates,
    difference,
    index_number,
    level_after,
    level_before,
    log_rate,
    relative_change,
    symmetric_change,
)
from irtysh.stats.quantity import Quantity, add_up
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.interval import Interval
from tests.oracles import indices as oracle
from tests.stats.boxes_of_values import at, inside, members, quantities
from tests.stats.paper import TABLE, near

Q = Quantity.rounded


def reason(formula, *arguments):
    with pytest.raises(NothingToCompute) as raised:
        formula(*arguments)
    return raised.value.params["reason"]


def test_published_growth_of_agricultural_exports():
    found = relative_change(Q("305.6"), Q("379.7"))
    near(found, 24.25, 2)
    assert round(found.low, 2) == Decimal("24.21")
    assert round(found.high, 2) == Decimal("24.28")


def test_table_grew_by_a_quarter_and_fell_over_nine_years():
    sums = {year: add_up(row) for year, row in TABLE.items()}
    near(relative_change(sums[2017], sums[2020]), 25.50, 2)
    near(relative_change(sums[2013], sums[2017]), -41.3, 1)
    near(relative_change(sums[2020], sums[2022]), 6.2, 1)
    near(compound_rate(sums[2013], sums[2022], 9), -2.69, 2)
    assert oracle.compound_rate(441.0, 345.0, 9) == pytest.approx(-2.691, abs=1e-3)


def test_levels_derived_from_growth():
    near(level_before(Q("239.3"), Q("-34")), 362.6, 1)
    near(level_before(Q("402.1"), Q("12.6")), 357.1, 1)
    near(level_after(Q("402.1"), Q("12.3")), 451.6, 1)
    near(level_before(Quantity.exactly(380), Q("12.6")), 337.5, 1)
    low, high = (
        level_before(Q("402.1"), Q("12.6")).interval.low,
        Decimal("402.15") / Decimal("1.1255"),
    )
    assert low < Decimal("402.05") / Decimal("1.1265") + Decimal("1E-11")
    assert level_before(Q("402.1"), Q("12.6")).high >= high
    assert reason(level_before, Q("402.1"), Quantity.exactly(-100)) == "ZERO_BASE"
    assert reason(level_after, Q("402.1"), Quantity.exactly(-101)) == "NEGATIVE"


def test_a_missing_value_is_never_zero():
    for formula in (difference, relative_change, index_number, symmetric_change):
        with pytest.raises(UnknownValue):
            formula(None, Q("1"))
        with pytest.raises(UnknownValue):
            formula(Q("1"), None)
    with pytest.raises(UnknownValue):
        amount(None)


def test_a_zero_base_has_no_percentage_but_symmetric_growth():
    zero, ten = Quantity.exactly(0), Quantity.exactly(10)
    assert reason(relative_change, zero, ten) == "ZERO_BASE"
    assert reason(compound_rate, zero, ten, 3) == "ZERO_BASE"
    assert reason(log_rate, ten, zero, 3) == "ZERO_BASE"
    assert symmetric_change(zero, ten).point == 2
    assert symmetric_change(ten, zero).point == -2
    assert relative_change(ten, zero).point == -100
    assert compound_rate(ten, zero, 2).point == -100
    assert reason(symmetric_change, zero, zero) == "ZERO_TOTAL"


def test_negative_values_have_differences_only():
    deficit, surplus = Quantity.exactly(-5), Quantity.exactly(5)
    assert difference(deficit, surplus).point == 10
    for formula in (relative_change, index_number, symmetric_change):
        assert reason(formula, deficit, surplus) == "NEGATIVE"


def test_a_gap_has_no_chain_index_and_a_compound_rate_over_the_real_span():
    assert reason(chain_index, Q("1"), Q("2"), 3) == "GAP"
    assert reason(compound_rate, Q("1"), Q("2"), 0) == "NO_SPAN"
    assert reason(log_rate, Q("1"), Q("2"), 0) == "NO_SPAN"
    series = {2015: Q("100"), 2016: Q("110"), 2017: None, 2019: Q("121"), 2020: Quantity.exactly(0)}
    found = chain(series)
    assert found[2016].point == 110
    assert found[2015] is found[2017] is found[2019] is None
    assert base(series, 2015)[2019].point == 121
    assert base(series, 2017)[2019] is None
    assert base({**series, 2021: Q("5")}, 2020)[2021] is None
    rates = compound_rates(series)
    assert set(rates) == {
        (2015, 2016), (2015, 2019), (2015, 2020), (2016, 2019), (2016, 2020), (2019, 2020),
    }  # fmt: skip
    near(rates[2015, 2019], 4.8809, 4)


def test_a_rounded_zero_base_is_unbounded_above():
    found = relative_change(
        Quantity(Decimal("0.04"), Interval.from_rounded(Decimal("0.0"))), Q("5")
    )
    assert found.high.is_infinite()
    assert found.low.is_finite()


def test_an_inequality_gives_half_a_bound():
    over = Quantity(Decimal(380), Interval(Decimal(380), Decimal("Infinity"), True, True))
    assert relative_change(Q("360"), over).high.is_infinite()
    assert relative_change(over, Q("360")).low == -100
    assert symmetric_change(over, Q("360")).low == -2
    assert symmetric_change(Q("360"), over).high == 2
    assert log_rate(Q("360"), over, 1).high.is_infinite()


@given(st.data(), quantities(), quantities(), st.integers(1, 12))
def test_every_admissible_pair_lies_within_the_bounds(data, before, after, years):
    first, last = at(data.draw(members([before, after])))
    for formula in (difference, symmetric_change, relative_change, index_number):
        same = _both(formula, (before, after), (first, last))
        if same:
            inside(*same)
    for formula in (compound_rate, log_rate):
        same = _both(formula, (before, after, years), (first, last, years))
        if same:
            inside(*same)


@given(quantities(), quantities(), st.sampled_from((Decimal(1000), Decimal("0.001"), Decimal(89))))
def test_a_change_of_unit_changes_no_rate(before, after, factor):
    scaled = before.scaled(factor), after.scaled(factor)
    for formula in (relative_change, symmetric_change):
        found = _both(formula, (before, after), scaled)
        if found:
            assert abs(found[0].point - found[1].point) <= Decimal("1E-10")


@given(quantities(), quantities())
def test_levels_there_and_back(level, rate):
    growth = Quantity(rate.point - 50, rate.interval.shifted(-50))
    if growth.low > -100:
        there = level_after(level, growth)
        assert abs(level_before(there, growth).point - level.point) < Decimal("1E-8")


def _both(formula, *calls):
    """Evaluate twice; nothing where one has no result."""
    try:
        return [formula(*arguments) for arguments in reversed(calls)]
    except NothingToCompute:
        return None
