from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.decumulate import step, steps
from irtysh.stats.quantity import Quantity, add_up
from irtysh.vocabulary.errors import UnknownValue
from irtysh.vocabulary.interval import Interval
from tests.stats.boxes_of_values import quantities
from tests.stats.paper import exact
from tests.stats.test_growth import reason

Q = Quantity.rounded


def test_a_quarter_is_the_difference_of_two_sums_with_both_roundings():
    found = step(Q("618.4748"), Q("839.0"))
    assert found.point == Decimal("220.5252")
    assert (found.low, found.high) == (Decimal("220.47515"), Decimal("220.57525"))
    assert step(None, Q("69.9"), True).point == Decimal("69.9")


def test_a_missing_sum_leaves_two_quarters_unknown():
    found = steps([Q("3"), None, Q("9"), Q("12")])
    assert [one.point if one else None for one in found] == [3, None, None, 3]
    with pytest.raises(UnknownValue):
        step(None, Q("5"))


def test_a_sum_that_falls_has_no_quarter():
    assert reason(step, Q("7792.9"), Q("425.5")) == "CUMULATIVE_FALLS"
    assert steps([Q("10"), Q("5")])[1] is None
    # sums that are equal but for rounding give nothing or next to it, never less
    same = step(Q("0.5"), Q("0.5"))
    assert (same.point, same.low) == (0, 0)


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=12))
def test_quarters_add_up_to_the_last_sum(parts):
    sums, whole = [], 0
    for part in parts:
        whole += part
        sums.append(Quantity.exactly(whole))
    found = steps(sums)
    assert [one.point for one in found] == parts
    assert add_up(found).point == whole


@given(quantities(), quantities())
def test_every_admissible_difference_lies_within_the_bounds(before, more):
    after = before + more
    found = step(before, after)
    assert found.low <= more.point <= found.high
    assert isinstance(found.interval, Interval)
    (same,) = steps(exact(more.point))
    assert same.point == more.point
