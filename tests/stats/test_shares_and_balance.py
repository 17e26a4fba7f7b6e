from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from irtysh.stats.balance import balance, coverage_ratio, export_share, relative_balance
from irtysh.stats.growth import relative_change
from irtysh.stats.quantity import Quantity, add_up
from irtysh.stats.shares import (
    contributions,
    contributions_in_total,
    coverage,
    part_from_share,
    residual,
    share_in_total,
    shares,
    table_sum,
)
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue
from irtysh.vocabulary.interval import Interval
from tests.oracles import indices as oracle
from tests.stats.boxes_of_values import at, inside, members, quantities, tables
from tests.stats.paper import CODES, FLOATS, TABLE, exact, near
from tests.stats.test_growth import reason

Q = Quantity.rounded


def test_flows_of_2016():
    turnover = Q("239.3")
    exports, imports = part_from_share(turnover, Q("62.2")), part_from_share(turnover, Q("37.8"))
    near(exports, 148.8, 1)
    near(imports, 90.5, 1)
    near(balance(exports, imports), 58.4, 1)
    near(coverage_ratio(exports, imports), 164.6, 1)
    near(relative_balance(exports, imports), 24.4, 1)
    near(export_share(exports, imports), 62.2, 1)


def test_flows_of_2022():
    near(share_in_total(Q("322.6"), Q("451.6")), 71.4, 1)
    near(balance(Q("322.6"), Q("129.0")), 193.6, 1)


def test_edges_of_flows():
    zero, some = exact(0, 7)
    assert reason(coverage_ratio, some, zero) == "ZERO_BASE"
    assert reason(export_share, zero, zero) == "ZERO_TOTAL"
    assert reason(relative_balance, zero, zero) == "ZERO_TOTAL"
    assert relative_balance(some, zero).point == 100
    assert relative_balance(zero, some).point == -100
    assert balance(zero, some).point == -7
    with pytest.raises(UnknownValue):
        balance(None, some)
    assert reason(coverage_ratio, Quantity.exactly(-1), some) == "NEGATIVE"


def test_table_sums_and_what_they_leave():
    assert [str(table_sum(row).point) for row in TABLE.values()] == [
        "441.0",
        "258.8",
        "324.8",
        "345.0",
    ]
    near(residual(TABLE[2020], Q("357.1")), 32.3, 1)
    near(residual(TABLE[2022], Q("451.6")), 106.6, 1)
    near(coverage(TABLE[2020], Q("357.1")), 91.0, 1)
    near(coverage(TABLE[2022], Q("451.6")), 76.4, 1)
    assert coverage(TABLE[2020], Q("300")).point > 100
    assert residual(TABLE[2020], Q("300")).high < 0


def test_table_shares_of_machinery_and_minerals():
    expected = {2013: (27.4, 23.4), 2017: (26.9, 15.2), 2020: (29.6, 6.5), 2022: (28.5, 7.0)}
    for year, (machinery, minerals) in expected.items():
        found = dict(zip(CODES, shares(TABLE[year]), strict=True))
        near(found["XVI"], machinery, 1)
        near(found["V"], minerals, 1)
    near(share_in_total(Q("96.2"), Q("357.1")), 26.9, 1)
    near(share_in_total(Q("98.3"), Q("451.6")), 21.8, 1)
    near(share_in_total(Q("24.3"), Q("451.6")), 5.4, 1)
    near(share_in_total(Q("219.6"), Q("379.7")), 57.8, 1)


def test_contributions_of_2017_to_2020():
    found = contributions(TABLE[2017], TABLE[2020])
    by_code = dict(zip(CODES, found, strict=True))
    near(by_code["XVI"], 10.32, 2)
    near(by_code["IV"], 6.38, 2)
    near(by_code["I"], 5.56, 2)
    near(by_code["V"], -7.07, 2)
    assert round(sum(one.point for one in found), 2) == Decimal("25.50")
    for mine, other in zip(found, oracle.contributions(FLOATS[2017], FLOATS[2020]), strict=True):
        assert float(mine.point) == pytest.approx(other, abs=1e-9)


def test_contributions_add_up_to_the_growth_of_the_total_only_with_the_residual():
    before, after = Q("357.1"), Q("451.6")
    *groups, rest = contributions_in_total(TABLE[2020], TABLE[2022], before, after)
    growth = relative_change(before, after)
    assert sum(one.point for one in groups) + rest.point == pytest.approx(growth.point)
    # the unlisted part explains 78.6 per cent of growth
    assert round(float(rest.point / growth.point), 3) == 0.786


def test_edges_of_shares():
    some, zero = exact(5, 0)
    assert reason(share_in_total, exact(6)[0], some) == "PART_ABOVE_WHOLE"
    assert reason(share_in_total, some, zero) == "ZERO_TOTAL"
    assert reason(coverage, [some], zero) == "ZERO_TOTAL"
    assert reason(shares, [zero, zero]) == "ZERO_TOTAL"
    assert reason(contributions, [], []) == "NO_GROUPS"
    assert reason(contributions, [some], [some, some]) == "DIFFERENT_GROUPS"
    assert reason(contributions, [zero], [some]) == "ZERO_BASE"
    assert reason(contributions_in_total, [some], [some], zero, some) == "ZERO_BASE"
    for formula in (shares, table_sum):
        with pytest.raises(UnknownValue):
            formula([some, None])
    with pytest.raises(UnknownValue):
        coverage([some], None)


def test_a_share_uses_that_the_whole_contains_the_part():
    part, rest = Q("10"), Q("10")
    naive = part.interval / (part.interval + rest.interval)
    assert shares([part, rest])[0].interval.width < naive.scaled(100).width


def test_unbounded_parts_leave_the_bounds_that_remain():
    over = Quantity(Decimal(380), Interval(Decimal(380), Decimal("Infinity"), True, True))
    first, second = shares([over, Q("20")])
    assert first.high == 100
    assert second.low == 0
    (fall,) = contributions([over], [Q("20")])
    assert fall.low == -100
    up, _ = contributions([Q("20"), Q("5")], [over, Q("5")])
    assert up.high.is_infinite()
    *_, rest = contributions_in_total([Q("5")], [Q("5")], Q("20"), over)
    assert rest.high.is_infinite()
    shrunk, _ = contributions([Q("5"), over], [Q("9"), over])
    assert shrunk.low == 0


@given(tables(1, 6))
def test_shares_add_up_to_a_hundred(table):
    assert abs(sum(one.point for one in shares(table)) - 100) < Decimal("1E-10")


@given(st.data(), tables(1, 5))
def test_every_admissible_table_lies_within_the_bounds_of_its_shares(data, table):
    member = at(data.draw(members(table)))
    assume(add_up(member).point > 0)
    for value, bounds in zip(shares(member), shares(table), strict=True):
        inside(value, bounds)


@given(st.data(), tables(1, 4), st.lists(quantities(), min_size=4, max_size=4))
def test_every_admissible_pair_of_tables_lies_within_the_contributions(data, before, after):
    after = after[: len(before)]
    first, last = at(data.draw(members(before))), at(data.draw(members(after)))
    assume(add_up(first).point > 0)
    found = contributions(first, last)
    for value, bounds in zip(found, contributions(before, after), strict=True):
        inside(value, bounds)
    growth = relative_change(add_up(first), add_up(last))
    assert abs(sum(one.point for one in found) - growth.point) < Decimal("1E-9")


@given(st.data(), tables(2, 4), quantities(), quantities())
def test_every_admissible_total_lies_within_the_contributions(data, table, extra, more):
    before, after = table, [*reversed(table)]
    wholes = [add_up([*before, extra]), add_up([*after, more])]
    first, last = at(data.draw(members(before))), at(data.draw(members(after)))
    totals = at(data.draw(members(wholes)))
    assume(totals[0].point > 0 and wholes[0].low > 0)
    found = contributions_in_total(first, last, *totals)
    for value, bounds in zip(found, contributions_in_total(before, after, *wholes), strict=True):
        inside(value, bounds)


@given(st.data(), quantities(), quantities())
def test_every_admissible_pair_of_flows_lies_within_the_bounds(data, exports, imports):
    pair = at(data.draw(members([exports, imports])))
    for formula in (balance, relative_balance, coverage_ratio, export_share):
        try:
            bounds, value = formula(exports, imports), formula(*pair)
        except NothingToCompute:
            continue
        inside(value, bounds)
