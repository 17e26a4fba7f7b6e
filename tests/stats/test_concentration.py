import random
from decimal import Decimal
from math import log

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from irtysh.stats.boxes import MOST_CORNERS
from irtysh.stats.concentration import (
    corrected_gini,
    effective_number,
    gini,
    herfindahl,
    normalised_herfindahl,
)
from irtysh.stats.entropy import theil, theil_between, theil_within
from irtysh.stats.quantity import Quantity, add_up
from irtysh.vocabulary.errors import UnknownValue
from irtysh.vocabulary.interval import Interval
from tests.oracles import indices as oracle
from tests.stats.boxes_of_values import at, inside, members, tables
from tests.stats.paper import BROAD, FLOATS, TABLE, exact, near
from tests.stats.test_growth import reason

ALL = (herfindahl, normalised_herfindahl, effective_number, gini, corrected_gini, theil)


def test_published_example_of_a_textbook():
    """Dörsam 2004, as documented with the R package REAT."""
    values = exact(20, 50, 20, 10)
    assert herfindahl(values).point == Decimal("0.34")
    assert normalised_herfindahl(values).point == Decimal("0.12")
    near(effective_number(values), 2.94, 2)
    assert gini(values).point == Decimal("0.3")
    assert corrected_gini(values).point == Decimal("0.4")


def test_published_example_of_an_antitrust_office():
    assert herfindahl(exact(30, 30, 20, 20)).point * 10000 == 2600


def test_theil_is_t_and_not_l():
    near(theil(exact(10, 10, 10, 20, 50)), 0.2502, 4)


def test_table_of_the_case():
    expected = {
        2013: (0.1720, 0.0892, 0.494, 0.4141),
        2017: (0.1422, 0.0564, 0.382, 0.2442),
        2020: (0.1524, 0.0676, 0.404, 0.2847),
        2022: (0.1476, 0.0623, 0.393, 0.2717),
    }
    for year, (hhi, normalised, coefficient, entropy) in expected.items():
        near(herfindahl(TABLE[year]), hhi, 4)
        near(normalised_herfindahl(TABLE[year]), normalised, 4)
        near(gini(TABLE[year]), coefficient, 3)
        near(theil(TABLE[year]), entropy, 4)


def test_split_of_theil_in_2013():
    near(theil_between(TABLE[2013], BROAD), 0.05005, 5)
    near(theil_within(TABLE[2013], BROAD), 0.36404, 5)


@pytest.mark.parametrize("year", TABLE)
def test_slow_twins_agree(year):
    values, table = FLOATS[year], TABLE[year]
    groups = list(BROAD.values())
    pairs = [
        (herfindahl(table), oracle.hhi(values)),
        (normalised_herfindahl(table), oracle.hhi_normalised(values)),
        (effective_number(table), 1 / oracle.hhi(values)),
        (gini(table), oracle.gini(values)),
        (theil(table), oracle.theil(values)),
        (theil_between(table, BROAD), oracle.theil_between(values, groups)),
        (theil_within(table, BROAD), oracle.theil_within(values, groups)),
    ]
    for mine, other in pairs:
        assert float(mine.point) == pytest.approx(other, abs=1e-9)


def test_edges():
    for formula in ALL:
        assert reason(formula, []) in ("NO_GROUPS", "ONE_GROUP")
        with pytest.raises(UnknownValue):
            formula([*exact(1, 2), None])
        assert reason(formula, exact(0, 0)) == "ZERO_TOTAL"
        assert reason(formula, exact(-1, 3)) == "NEGATIVE"
    assert reason(normalised_herfindahl, exact(5)) == "ONE_GROUP"
    assert reason(corrected_gini, exact(5)) == "ONE_GROUP"
    assert herfindahl(exact(5)).point == 1
    assert theil(exact(5, 0)).point == pytest.approx(Decimal(2).ln())
    assert reason(theil_between, exact(1, 2), {"one": [0]}) == "DIFFERENT_GROUPS"
    assert theil_within(exact(5, 0, 0), {"one": [0, 1], "other": [2]}).point == pytest.approx(
        Decimal(2).ln()
    )


def test_one_has_all_and_all_are_equal():
    alone, equal = exact(7, 0, 0, 0), exact(3, 3, 3, 3)
    assert [formula(alone).point for formula in ALL[:5]] == [1, 1, 1, Decimal("0.75"), 1]
    assert [formula(equal).point for formula in ALL] == [Decimal("0.25"), 0, 4, 0, 0, 0]


def test_unbounded_and_long_tables_have_outer_bounds():
    over = Quantity(Decimal(380), Interval(Decimal(380), Decimal("Infinity"), True, True))
    table = [over, *exact(20, 30)]
    generator = random.Random(1)
    for formula in ALL:
        bounds = formula(table)
        for _ in range(20):
            value = formula(exact(Decimal(generator.uniform(380, 1e6)), 20, 30))
            inside(value, bounds)
    assert theil_within(table, {"a": [0], "b": [1, 2]}).high > 0
    assert gini([Quantity.rounded("5")] * 3).low == 0


@settings(max_examples=25)
@given(st.data(), tables(MOST_CORNERS + 1, MOST_CORNERS + 4))
def test_bounds_of_long_tables_hold(data, table):
    member = at(data.draw(members(table)))
    assume(add_up(member).point > 0)
    for formula in ALL:
        inside(formula(member), formula(table))


@settings(max_examples=150, deadline=None)
@given(st.data(), tables(2, 7))
def test_every_admissible_table_lies_within_the_bounds(data, table):
    member = at(data.draw(members(table)))
    assume(add_up(member).point > 0)
    for formula in ALL:
        inside(formula(member), formula(table))
    grouping = {"one": list(range(0, len(table), 2)), "other": list(range(1, len(table), 2))}
    for formula in (theil_between, theil_within):
        inside(formula(member, grouping), formula(table, grouping))


@settings(deadline=None, max_examples=25)  # each tries 180 members
@given(tables(2, 6))
def test_bounds_are_reached_and_so_not_too_wide(table):
    """The lowest and highest of many members come near to the bounds, if these are narrow."""
    generator = random.Random(7)
    for formula in (herfindahl, gini, theil):
        bounds = formula(table)
        corners = []
        for _ in range(60):
            member = [generator.choice((one.low, one.high)) for one in table]
            if sum(member) > 0:
                corners.append(formula(exact(*member)).point)
        if len(table) <= 4 and len(corners) == 60:
            assert max(corners) >= bounds.high - Decimal("0.02")


@given(tables(2, 6), st.randoms())
def test_order_of_groups_and_unit_do_not_matter(table, generator):
    shuffled = [one.scaled(1000) for one in table]
    generator.shuffle(shuffled)
    for formula in (herfindahl, gini, theil):
        mine, other = formula(table), formula(shuffled)
        assert abs(mine.point - other.point) <= Decimal("1E-11")
        assert abs(mine.low - other.low) <= Decimal("1E-11")
        assert abs(mine.high - other.high) <= Decimal("1E-11")


@given(tables(2, 7))
def test_indices_stay_in_their_ranges_and_theil_splits(table):
    number = len(table)
    assert Decimal(1) / number - Decimal("1E-12") <= herfindahl(table).low
    assert herfindahl(table).high <= 1
    assert normalised_herfindahl(table).low >= 0
    assert effective_number(table).low >= 1
    assert gini(table).low >= 0
    assert float(theil(table).high) <= log(number) + 1e-9
    grouping = {"one": [0], "rest": list(range(1, number))}
    parts = theil_between(table, grouping).point + theil_within(table, grouping).point
    assert abs(parts - theil(table).point) <= Decimal("1E-11")
