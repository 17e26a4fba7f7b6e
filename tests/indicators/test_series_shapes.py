"""Runs of periods: what is cut, what is computed, and how the results are told."""

import random

import pytest

from irtysh.indicators.compute import compute, compute_all, prepare
from irtysh.indicators.results import Result
from irtysh.indicators.runs import runs
from irtysh.vocabulary.codelists import codelist
from tests.indicators.edges_of_series import GREW, prices, run, sums, weighed, years
from tests.indicators.first_case import HEADLINE, turnover
from tests.stats.published import series


def lasting(rows):
    knowledge = prepare(rows, headline=HEADLINE)
    return [run for key in knowledge.levels for run in runs(knowledge, key)]


def air(months):
    values = [str(value.point) for value in series("air_passengers")]
    return [
        turnover(values[place], f"{2000 + place // 12}-{place % 12 + 1:02d}", period_kind="M")
        for place in range(months)
    ]


def test_sums_of_months_give_months_and_sums_of_halves_give_halves():
    months = [
        turnover(str(10 * month), f"2020-01/2020-{month:02d}", period_kind="C", locator=str(month))
        for month in range(1, 12)
    ]
    found = run("quarter-value", [*months, turnover("120", "2020")])
    assert [one.period.code for one in found][-1] == "2020-12"
    assert {one.figure.point for one in found} == {10}
    half = [turnover("7", "2020-01/2020-06", period_kind="C"), turnover("20", "2020")]
    assert [(one.period.code, one.figure.point) for one in run("quarter-value", half)] == [
        ("2020-S1", 7),
        ("2020-S2", 13),
    ]


def test_a_year_alone_and_a_quarter_that_is_printed_are_not_taken_apart():
    assert run("quarter-value", [turnover("5", "2020")]) == []
    printed = turnover("11", "2020-Q2", period_kind="Q")
    found = run("quarter-value", [*sums({2020: GREW}), printed])
    assert "2020-Q2" not in [one.period.code for one in found]


def test_two_values_of_a_year_are_no_value_for_a_run():
    rows = [*years(["1", "2", "3", "4", "5"]), turnover("9", "2012", source="other")]
    (found,) = lasting(rows)
    assert [value.period.code for value in found.values] == ["2013", "2014"]
    assert found.is_cut


def test_a_year_in_which_a_sum_fell_starts_afresh():
    rows = sums({2010: GREW, 2011: ("900", "950", "12", "20"), 2012: GREW, 2013: GREW})
    yearly = next(found for found in lasting(rows) if found.per_year == 1)
    assert [value.period.code for value in yearly.values] == ["2011", "2012", "2013"]


def test_forecasts_reach_beyond_the_last_period_and_cross_the_year():
    rows = sums({2018: GREW, 2019: ("11", "25", "43", "62"), 2020: ("12", "28")})
    found = run("forecast-80", rows)
    quarterly = [one for one in found if one.period.code[4:6] == "-Q"]
    assert [one.period.code for one in quarterly] == ["2020-Q3", "2020-Q4", "2021-Q1", "2021-Q2"]
    assert {one.base_period.code for one in quarterly} == {"2020-Q2"}
    wide = [one for one in run("forecast-95", rows) if one.period.code[4:6] == "-Q"]
    for inner, outer in zip(quarterly, wide, strict=True):
        assert outer.figure.low < inner.figure.low < inner.figure.point < inner.figure.high
        assert "FORECAST" in inner.figure.flags


def test_a_season_that_paid_in_the_past_is_put_back():
    found = run("forecast-80", air(60))
    assert all("SEASON_PUT_BACK" in one.figure.flags for one in found)
    assert [one.period.code for one in found] == [f"2005-{month:02d}" for month in range(1, 7)]
    assert float(found[0].figure.point) == pytest.approx(204, rel=0.05)
    adjusted = run("season-adjusted", air(60))
    assert len(adjusted) == 60


def test_a_chain_of_index_numbers_is_linked_and_a_mixture_is_no_index():
    rows = years(["100", "120", "150"])
    links = [prices("120", "2011", "2010"), prices("110", "2012", "2011")]
    found = run("turnover-constant", [*rows, *links])
    assert [round(one.figure.point, 6) for one in found] == [132, 132, 150]
    mixed = [prices("120", "2011", "2009"), prices("110", "2012", "2011")]
    (refused,) = run("turnover-constant", [*rows, *mixed])
    assert "NO_PRICE_INDEX" in refused.figure.flags


def test_a_split_says_its_coverage():
    total = {"dataflow": "TRADE_GOODS", "classification": "HS6"}
    rows = [
        *weighed({"100199": ("40", "200"), "870195": ("30", "1")}, "2020"),
        *weighed({"100199": ("66", "220"), "870195": ("33", "0.9")}, "2021"),
        turnover("80", "2020", **total),
        turnover("111", "2021", **total),
    ]
    (found,) = run("price-index-fisher", rows)
    assert round(float(found.figure.point), 2) == 138.76
    assert float(found.figure.coverage) == pytest.approx(0.875)
    assert "PARTIAL" in found.figure.flags


def test_results_are_honest_survive_json_and_do_not_depend_on_the_order():
    rows = [*sums({2012: GREW, 2013: ("900", "950", "12", "20"), 2014: GREW, 2015: GREW}), *air(40)]
    found = compute_all(rows, headline=HEADLINE)
    ids = {row.id for row in rows}
    for one in found:
        assert Result.from_json(one.to_json()) == one
        assert set(one.figure.flags) <= set(codelist("flags"))
        assert one.figure.evidence
        assert set(one.figure.evidence) <= ids
        assert one.figure.point is not None or one.figure.flags
    shuffled = list(rows)
    random.Random(7).shuffle(shuffled)
    assert compute_all(shuffled, headline=HEADLINE) == found
    assert compute("forecast-80", [], headline=HEADLINE) == []
