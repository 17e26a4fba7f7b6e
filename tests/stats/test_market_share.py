import random
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from irtysh.stats.market_share import competitiveness, composition, demand, market_share
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import UnknownValue
from tests.stats.boxes_of_values import at, inside, members, quantities
from tests.stats.paper import exact
from tests.stats.test_growth import reason

TOY = (exact(4, 15, 1), exact(6, 25, 2), exact(20, 120, 20), exact(22, 156, 18))
NATION = (exact(400, 150, 150, 400), exact(440, 210, 135, 480))
SLACK = Decimal("1E-9")
NAMES = "demand composition competitiveness new_market lost_market".split()


def points(terms, names="demand composition competitiveness"):
    return [round(float(getattr(terms, name).point), 3) for name in names.split()]


def whole(terms):
    return sum(getattr(terms, name).point for name in NAMES)


def test_the_toy_of_the_method():
    found = market_share(*TOY)
    assert points(found.laspeyres) == [4.5, 0.3, 8.2]
    assert points(found.laspeyres, "pure_share interaction") == [6.908, 1.292]
    assert found.change.point == 13
    assert found.flags == ()
    # with last weights competitiveness is the pure share alone
    assert points(found.paasche, "competitiveness interaction") == [6.908, 0.0]
    for number, one in enumerate((demand, composition, competitiveness)):
        both = points(found.laspeyres)[number] + points(found.paasche)[number]
        assert float(one(*TOY).point) == pytest.approx(both / 2, abs=2e-3)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((90, 20, 10, 60), (100, 40, 10, 55), [27, 1, -3]),
        ((60, 30, 30, 40), (85, 55, 40, 35), [24, -1, 32]),
    ],
)
def test_shift_share_of_two_regions_of_a_textbook(before, after, expected):
    found = market_share(exact(*before), exact(*after), *NATION)
    assert points(found.laspeyres) == expected
    assert found.change.point == sum(expected)


def test_a_group_new_to_the_market_stands_apart():
    found = market_share(exact(5, 0), exact(6, 3), exact(50, 0), exact(55, 10))
    assert found.laspeyres.new_market.point == 3
    assert found.flags == ("NEW_MARKET",)
    gone = market_share(exact(5, 2), exact(6, 0), exact(50, 8), exact(55, 0))
    assert gone.paasche.lost_market.point == -2
    assert abs(whole(gone.mean) - gone.change.point) < SLACK


def test_terms_whose_sign_depends_on_the_weights_are_flagged():
    found = market_share(exact(10, 1), exact(1, 10), exact(100, 100), exact(150, 90))
    assert "SIGNS_DIFFER" in found.flags


def test_what_cannot_be_taken_apart():
    assert reason(market_share, [], [], [], []) == "NO_GROUPS"
    assert reason(market_share, exact(1), exact(1, 2), exact(1), exact(1)) == "DIFFERENT_GROUPS"
    assert reason(market_share, exact(1), exact(1), exact(0), exact(1)) == "ZERO_BASE"
    with pytest.raises(UnknownValue):
        market_share([None], exact(1), exact(1), exact(1))
    open_ended = Quantity(None, Quantity.rounded("5").interval)
    assert market_share([open_ended], exact(6), exact(50), exact(60)).change.point is None


QUICK = settings(max_examples=50)
groups = st.lists(st.tuples(*[quantities()] * 4), min_size=1, max_size=4)


@QUICK
@given(groups, st.randoms(use_true_random=False))
def test_terms_add_up_in_every_reading_whatever_the_order_and_unit(rows, chance):
    columns = list(zip(*rows, strict=True))
    assume(all(sum(one.point for one in column) > 0 for column in columns[2:]))
    found = market_share(*columns)
    for terms in (found.laspeyres, found.paasche, found.mean):
        assert abs(whole(terms) - found.change.point) < SLACK
        parts = terms.pure_share.point + terms.interaction.point
        assert abs(parts - terms.competitiveness.point) < SLACK
    shuffled = list(rows)
    chance.shuffle(shuffled)
    again = market_share(*zip(*shuffled, strict=True))
    thousands = market_share(*([one.scaled(1000) for one in column] for column in columns))
    for name in NAMES:
        point = getattr(found.mean, name).point
        assert abs(getattr(again.mean, name).point - point) < SLACK
        assert abs(getattr(thousands.mean, name).point - 1000 * point) < 1000 * SLACK


@QUICK
@given(st.data(), groups)
def test_every_admissible_split_lies_within_the_bounds(data, rows):
    columns = list(zip(*rows, strict=True))
    assume(all(one.low > 0 for column in columns[2:] for one in column))
    found = market_share(*columns)
    drawn = [at(data.draw(members(column))) for column in columns]
    true = market_share(*drawn)
    for terms, bounds in ((true.laspeyres, found.laspeyres), (true.paasche, found.paasche)):
        for name in NAMES:
            inside(getattr(terms, name), getattr(bounds, name))


def test_a_fixed_seed_of_shuffles_changes_nothing():
    order = list(range(3))
    random.Random(1).shuffle(order)
    shuffled = [[column[place] for place in order] for column in TOY]
    assert market_share(*shuffled).mean.demand == market_share(*TOY).mean.demand
