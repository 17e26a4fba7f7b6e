from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from irtysh.stats.quantity import Quantity
from irtysh.stats.ranking import concentration_range, share_range, total_range
from irtysh.vocabulary.errors import UnknownValue
from tests.stats.boxes_of_values import members, quantities
from tests.stats.paper import exact
from tests.stats.test_growth import reason

LISTED = [Quantity.rounded(one) for one in ("402.1", "190.1", "83.1")]
FIVE = Decimal(5)


def bounds(quantity, places):
    return round(float(quantity.low), places), round(float(quantity.high), places)


def test_partners_of_2021():
    printed = exact(*(Decimal(one) for one in ("402.1", "190.1", "83.1")))
    assert bounds(total_range(printed, FIVE), 1) == (675.3, 1662.0)
    assert bounds(share_range(printed, 0, FIVE), 1) == (24.2, 59.5)
    assert bounds(concentration_range(printed, FIVE, Quantity.exactly(1662)), 3) == (0.074, 0.104)
    rounded = total_range(LISTED, FIVE)
    assert bounds(rounded, 2) == (675.15, 1663.0)
    assert rounded.point is None
    assert bounds(share_range(LISTED, 0, FIVE), 1) == (24.2, 59.6)
    assert share_range(LISTED, 2, FIVE).low == 5


def test_without_the_reading_that_listed_partners_reach_the_threshold():
    assert total_range(LISTED, FIVE, listed_reach=False).high.is_infinite()
    assert share_range(LISTED, 0, FIVE, listed_reach=False).low == 0
    found = concentration_range(LISTED, FIVE, listed_reach=False)
    assert found.low == 0
    assert found.high > Decimal("0.44")


def test_edges():
    assert reason(total_range, [], FIVE) == "NO_GROUPS"
    assert reason(total_range, exact(0, 0), FIVE) == "ZERO_TOTAL"
    assert reason(total_range, exact(100, 1), FIVE) == "IMPOSSIBLE"
    with pytest.raises(UnknownValue):
        share_range([LISTED[0], None], 0, FIVE)


@given(st.data(), st.lists(quantities(), min_size=1, max_size=4), st.integers(1, 30))
def test_every_admissible_world_lies_within_the_bounds(data, listed, percent):
    """Draw values, a total and others below the threshold; compare with every bound."""
    limit = Decimal(percent) / 100
    values = data.draw(members(listed))
    assume(min(values) > 0 and min(one.point for one in listed) > 0)
    most = min(values) / limit
    assume(most >= sum(values))
    part = Decimal(data.draw(st.sampled_from((0, 1, 3, 6, 9, 10)))) / 10
    total = sum(values) + (most - sum(values)) * part
    left = total - sum(values)
    others = []
    size = Decimal(data.draw(st.sampled_from((1, 4, 9)))) / 10
    while left > 0 and len(others) < 4000:
        others.append(min(left, limit * size * total))
        left -= others[-1]
    slack = Decimal("1E-9")
    found = total_range(listed, Decimal(percent))
    assert found.low - slack <= total <= found.high + slack
    for number, value in enumerate(values):
        share = share_range(listed, number, Decimal(percent))
        assert share.low - slack <= 100 * value / total <= share.high + slack
    hhi = sum((one / total) ** 2 for one in [*values, *others])
    for total_known in (None, Quantity.exactly(total)):
        around = concentration_range(listed, Decimal(percent), total_known)
        assert around.low - slack <= hhi <= around.high + slack
