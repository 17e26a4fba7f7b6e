from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from irtysh.stats import structure
from irtysh.stats.quantity import Quantity, add_up
from irtysh.stats.structure import (
    finger_kreinin,
    gatev,
    kazinets_linear,
    kazinets_quadratic,
    lawrence,
    ryabtsev,
    salai,
)
from irtysh.vocabulary.errors import UnknownValue
from irtysh.vocabulary.interval import Interval
from tests.oracles import indices as oracle
from tests.stats.boxes_of_values import at, inside, members, tables
from tests.stats.paper import FLOATS, TABLE, exact, near
from tests.stats.test_growth import reason

ALL = (
    lawrence,
    finger_kreinin,
    kazinets_linear,
    kazinets_quadratic,
    gatev,
    ryabtsev,
    salai,
)

PAIRS = {
    (2013, 2017): (0.1192, 0.1864, 0.1330, 0.2879, 0.8808),
    (2017, 2020): (0.1451, 0.2066, 0.1477, 0.2315, 0.8549),
    (2020, 2022): (0.0378, 0.0526, 0.0373, 0.0458, 0.9622),
    (2013, 2022): (0.2264, 0.3618, 0.2647, 0.3320, 0.7736),
}


@pytest.mark.parametrize(("years", "expected"), PAIRS.items())
def test_table_of_the_case(years, expected):
    before, after = (TABLE[year] for year in years)
    formulas = (lawrence, gatev, ryabtsev, salai, finger_kreinin)
    for formula, value in zip(formulas, expected, strict=True):
        near(formula(before, after), value, 4)


@pytest.mark.parametrize("years", PAIRS)
def test_slow_twins_agree(years):
    before, after = years
    for formula in ALL:
        slow = getattr(oracle, formula.__name__)(FLOATS[before], FLOATS[after])
        mine = formula(TABLE[before], TABLE[after])
        assert float(mine.point) == pytest.approx(slow, abs=1e-9)


def test_the_same_structure_and_its_opposite():
    same = exact(10, 20, 30)
    twice = exact(20, 40, 60)
    assert [formula(same, twice).point for formula in ALL] == [0, 1, 0, 0, 0, 0, 0]
    one, other = exact(5, 0), exact(0, 3)
    assert [formula(one, other).point for formula in ALL] == [1, 0, 100, 100, 1, 1, 1]


def test_a_group_absent_from_both_periods_leaves_sum_and_count_of_salai():
    with_empty = salai(exact(10, 30, 0), exact(20, 20, 0))
    assert with_empty == salai(exact(10, 30), exact(20, 20))


def test_edges():
    some = exact(1, 2)
    for formula in ALL:
        assert reason(formula, some, exact(1, 2, 3)) == "DIFFERENT_GROUPS"
        assert reason(formula, [], []) == "NO_GROUPS"
        assert reason(formula, exact(0, 0), some) == "ZERO_TOTAL"
        with pytest.raises(UnknownValue):
            formula([some[0], None], some)


def test_bounds_only_give_bounds_only():
    vague = Quantity(None, Interval(Decimal(1), Decimal(3)))
    found = lawrence([vague, *exact(2)], exact(2, 2))
    assert found.point is None
    assert found.low == 0
    assert salai([vague, *exact(2)], exact(2, 2)).point is None


@settings(max_examples=150, deadline=None)
@given(st.data(), tables(2, 6), tables(6, 6))
def test_every_admissible_pair_lies_within_the_bounds(data, before, after):
    after = after[: len(before)]
    assume(any(one.point > 0 for one in after))
    first, last = at(data.draw(members(before))), at(data.draw(members(after)))
    assume(add_up(first).point > 0 and add_up(last).point > 0)
    for formula in ALL:
        inside(formula(first, last), formula(before, after))


@given(tables(3, 5), tables(5, 5))
def test_invariants(before, after):
    after = after[: len(before)]
    assume(any(one.point > 0 for one in after))
    assert lawrence(before, after).point + finger_kreinin(before, after).point == 1
    for formula in ALL:
        there, back = formula(before, after).point, formula(after, before).point
        turned = formula(before[::-1], after[::-1]).point
        scaled = formula([one.scaled(1000) for one in before], after).point
        assert max(abs(there - back), abs(there - turned), abs(there - scaled)) <= Decimal("1E-9")


def test_every_public_index_is_tested_here():
    public = {
        name
        for name, value in vars(structure).items()
        if callable(value) and getattr(value, "__module__", "") == structure.__name__
    }
    assert {name for name in public if not name.startswith("_")} == {one.__name__ for one in ALL}
