import random
from decimal import Decimal

import pytest

from irtysh.indicators.catalogue import catalogue
from irtysh.indicators.compute import compute, compute_all
from irtysh.indicators.results import Result
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.numbers import Qualifier
from tests.indicators.first_case import (
    HEADLINE,
    everything,
    rate,
    share,
    table,
    totals,
    turnover,
)
from tests.observations import observe

RESULTS = compute_all(everything(), headline=HEADLINE)


def find(indicator, results=RESULTS, **wanted):
    """Return the one result with these attributes; periods by code."""
    found = [
        one
        for one in results
        if one.indicator == indicator
        and all(_attribute(one, name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, [(_attribute(one, "period"), one.figure) for one in found]
    return found[0]


def _attribute(one, name):
    value = getattr(one, name)
    return value.code if name in ("period", "base_period") and value else value


def shown(result, places=1):
    return round(float(result.figure.point), places)


@pytest.mark.parametrize(
    ("indicator", "period", "value", "formula"),
    [
        ("turnover", "2015", 362.6, "growth_backward"),
        ("turnover", "2020", 357.1, "growth_backward"),
        ("turnover", "2022", 451.6, "growth_forward"),
        ("exports", "2016", 148.8, "share_of_total"),
        ("imports", "2016", 90.5, "share_of_total"),
        ("imports", "2022", 129.0, "identity"),
    ],
)
def test_derived_levels(indicator, period, value, formula):
    found = find(indicator, counterpart="KZ", period=period)
    assert shown(found) == value
    assert found.figure.formula == formula
    assert "DERIVED" in found.figure.flags
    assert found.figure.low < found.figure.point < found.figure.high
    assert len(found.figure.evidence) >= 2
    assert found.source == ""
    assert (found.figure.unit, found.unit_mult) == ("USD", 6)


def test_a_rate_without_a_partner_is_an_assumption_and_stays_one():
    for indicator in ("turnover", "imports"):
        found = find(indicator, counterpart="KZ", period="2022")
        assert "COUNTERPART_ASSUMED" in found.figure.flags


def test_table_sums_coverage_and_residuals():
    sums = {one.period.code: one for one in RESULTS if one.indicator == "table-sum"}
    assert {year: shown(one) for year, one in sums.items()} == {
        "2013": 441.0, "2017": 258.8, "2020": 324.8, "2022": 345.0,
    }  # fmt: skip
    assert sums["2013"].figure.coverage is None
    assert "UNKNOWN_TOTAL" in sums["2013"].figure.flags
    assert round(sums["2020"].figure.coverage, 3) == Decimal("0.910")
    assert round(sums["2022"].figure.coverage, 3) == Decimal("0.764")
    assert "LOW_COVERAGE" in sums["2022"].figure.flags
    assert "LOW_COVERAGE" not in sums["2020"].figure.flags
    assert shown(find("table-residual", period="2020", group="_R")) == 32.3
    assert shown(find("table-residual", period="2022", group="_R")) == 106.6
    assert shown(find("table-coverage", period="2022")) == 76.4
    assert len(sums["2022"].figure.evidence) == 11 + 2


def test_growth_of_the_case():
    assert shown(find("growth-previous", period="2016", counterpart="KZ", flow="T")) == -34.0
    found = find("growth-previous", period="2020", counterpart="KZ", flow="T")
    assert found.base_period.code == "2016"
    assert "GAP" in found.figure.flags
    chain = find("growth-chain", period="2020", counterpart="KZ", flow="T")
    assert chain.figure.point is None
    assert "GAP" in chain.figure.flags
    both = find("growth-average", period="2022", base_period="2020", counterpart="KZ", flow="T")
    assert round((1 + both.figure.point / 100) ** 2, 3) == Decimal("1.264")
    index = find("growth-base", period="2021", counterpart="KZ", flow="T")
    assert index.base_period.code == "2015"
    assert shown(index) == 110.9


def test_the_average_rate_exists_for_every_base_year():
    pairs = {
        (one.base_period.code, one.period.code)
        for one in RESULTS
        if one.indicator == "growth-average" and one.flow == "T"
    }
    assert len(pairs) == 10  # 2015, 2016, 2020, 2021, 2022


def test_commodities():
    assert shown(find("commodity-share", period="2013", group="V")) == 23.4
    assert shown(find("commodity-share-total", period="2022", group="XVI")) == 21.8
    assert shown(find("commodity-growth", base_period="2013", period="2017", group="IX"), 0) == 439
    machinery = find("commodity-contribution", base_period="2017", period="2020", group="XVI")
    assert shown(machinery, 2) == 10.32
    rest = find("commodity-contribution-total", base_period="2020", period="2022", group="_R")
    assert shown(rest) == 20.8
    assert {"COVERAGE_SHIFT", "RESIDUAL_INTERVAL", "DERIVED"} <= set(rest.figure.flags)
    whole = [
        one.figure.point
        for one in RESULTS
        if one.indicator == "commodity-contribution-total" and one.base_period.code == "2020"
    ]
    assert round(sum(whole), 2) == Decimal("26.45")  # 1.126 · 1.123 − 1


def test_structure_and_its_words():
    found = find("structure-ryabtsev", base_period="2013", period="2022")
    assert shown(found, 4) == 0.2647
    assert found.scale == ("substantial",)
    assert find("structure-ryabtsev", base_period="2020", period="2022").scale == ("very_low",)
    unsure = find("structure-ryabtsev", base_period="2017", period="2020")
    assert unsure.scale == ("low", "substantial")
    assert shown(find("theil-between", period="2013"), 4) == 0.0500


def test_flows():
    assert shown(find("balance", period="2016")) == 58.4
    assert shown(find("coverage-ratio", period="2016")) == 164.6
    assert shown(find("export-share", period="2022")) == 71.4
    assert find("balance-relative", period="2016").flow == "_Z"


def test_partners_and_the_others_below_five_per_cent():
    found = find("partner-share-bounds", counterpart="KZ")
    assert found.figure.point is None
    assert (round(found.figure.low, 1), round(found.figure.high, 1)) == (
        Decimal("24.2"), Decimal("59.6"),
    )  # fmt: skip
    assert "NO_POINT" in found.figure.flags
    assert len(found.figure.evidence) == 4
    assert find("partner-total-bounds").counterpart == "W"
    assert find("partner-concentration-bounds").figure.high < Decimal("0.45")


def test_a_region_of_a_listed_country_is_no_partner_of_its_own():
    more = [*totals(), turnover("100", "2021", counterpart_area="KZ-55")]
    found = compute("partner-share-bounds", more, headline=HEADLINE)
    assert {one.counterpart for one in found} == {"KZ", "CN", "TR"}


def test_a_partners_share_of_a_known_total():
    both = [turnover(), turnover("1340", counterpart_area="W")]
    (found,) = compute("partner-share", both, headline=HEADLINE)
    assert shown(found) == 30.0


def test_preferred_ids_choose_among_rivals():
    over = next(one for one in totals() if one.printed == "380")
    found = compute("growth-previous", totals(), headline=HEADLINE, preferred={over.id})
    after_2021 = find("growth-previous", found, period="2021", flow="T")
    assert after_2021.base_period.code == "2016"
    assert after_2021.figure.high.is_infinite()
    assert {"OPEN_BOUND", "RIVALS", "INEQUALITY"} <= set(after_2021.figure.flags)
    # nothing is derived from a level without an upper bound
    assert not [one for one in found if one.period.code == "2022" and one.flow == "T"]


def test_two_equal_rivals_both_count_until_one_is_preferred():
    rivals = [turnover("400", source="a"), turnover("410", source="b"), turnover("200", "2020")]
    found = compute("growth-previous", rivals, headline=HEADLINE)
    assert [shown(one) for one in found] == [100.0, 105.0]
    assert all("RIVALS" in one.figure.flags for one in found)
    (chosen,) = compute("growth-previous", rivals, headline=HEADLINE, preferred={rivals[1].id})
    assert shown(chosen) == 105.0


def test_tables_of_two_sources_are_not_mixed():
    other = [
        observe("1", "2013", dataflow="TRADE_GOODS", commodity=code, source="other", locator=code)
        for code in ("I", "II")
    ]
    found = compute("table-sum", [*table(), *other], headline=HEADLINE)
    assert sorted(shown(one) for one in found if one.period.code == "2013") == [2.0, 441.0]


def test_units_are_joined_whatever_power_of_ten_is_printed():
    thousands = [turnover("402100", unit_mult=3), turnover("357100", "2020", unit_mult=3)]
    mixed = [turnover("402,1"), turnover("200", "2019"), turnover("357100", "2020", unit_mult=3)]
    assert compute("growth-previous", thousands, headline=HEADLINE)[0].figure.point.quantize(
        Decimal("0.01")
    ) == Decimal("12.60")
    levels = compute("turnover", mixed, headline=HEADLINE)
    assert [shown(one) for one in levels] == [200.0, 357.1, 402.1]
    assert {one.unit_mult for one in levels} == {6}


def test_the_order_of_observations_does_not_matter():
    shuffled = everything()
    random.Random(3).shuffle(shuffled)
    assert compute_all(shuffled, headline=HEADLINE) == RESULTS


def test_every_result_survives_json_and_is_honest():
    flags, units = codelist("flags"), codelist("units")
    ids = {one.id for one in everything()}
    for one in RESULTS:
        assert Result.from_json(one.to_json()) == one
        figure = one.figure
        assert one.indicator in catalogue()
        assert set(figure.flags) <= set(flags)
        assert figure.unit in units
        assert figure.evidence
        assert set(figure.evidence) <= ids
        if figure.point is None:
            assert figure.flags
        else:
            assert figure.low <= figure.point <= figure.high


def test_every_indicator_has_a_result_in_the_case_or_waits_for_figures():
    waiting_for_a_total = {"partner-share"}
    waiting_for_quarters = {"quarter-value", "growth-same-time", "season-strength",
                            "season-adjusted"}  # fmt: skip
    without = set(catalogue()) - {one.indicator for one in RESULTS}
    assert without == waiting_for_a_total | waiting_for_quarters


def test_plans_are_not_outcomes_and_residual_rows_are_no_groups():
    from irtysh.vocabulary.observation import Status

    plan = turnover("500", "2022", status=Status.TARGET)
    rest = observe("5", "2020", dataflow="TRADE_GOODS", commodity="III", status=Status.RESIDUAL)
    assert compute_all([*everything(), plan, rest], headline=HEADLINE) == RESULTS


def test_shares_in_dollars_and_rates_of_shares_are_not_used():
    odd = [
        turnover("322,6", "2022", flow="X", measure="SHARE", share_of="FLOW:T"),
        rate("33,3", "2022", "2021", flow="X", share_of="FLOW:T"),
    ]
    assert compute_all([*everything(), *odd], headline=HEADLINE) == RESULTS


def test_periods_of_different_pace_are_not_compared():
    halves = [
        turnover("170", "2020-S1", period_kind="S"),
        turnover("200", "2021-S1", period_kind="S"),
        turnover("100", "2021-S2", period_kind="S"),
        turnover("100", "2021"),
    ]
    found = compute("growth-previous", halves, headline=HEADLINE)
    assert [(one.base_period.code, one.period.code) for one in found] == [("2020-S1", "2021-S1")]


def test_totals_of_shares_and_identity_from_both_flows():
    flows = [turnover("10", flow="X"), turnover("5", flow="M")]
    assert shown(compute("turnover", flows, headline=HEADLINE)[0]) == 15.0
    crossed = [turnover("10"), turnover("12", flow="X")]
    assert compute("imports", crossed, headline=HEADLINE) == []
    shares = [turnover("200", "2016"), share("60", "2016", flow="M")]
    assert [shown(one) for one in compute("exports", shares, headline=HEADLINE)] == [80.0]


@pytest.mark.parametrize(
    ("printed", "multiplier", "is_disputed"), [("402100", 3, False), ("402,1", 3, True)]
)
def test_values_in_other_powers_of_ten_are_compared_in_the_unit_itself(
    printed, multiplier, is_disputed
):
    rivals = [observe("402,1"), observe(printed, source="press", unit_mult=multiplier)]
    found = compute("turnover", rivals, headline=HEADLINE)
    assert {"RIVALS" in one.figure.flags for one in found} == {is_disputed}


def test_a_bound_in_another_power_of_ten_is_implied_by_the_value():
    rows = [observe("380"), observe("402", locator="L.2", unit_mult=3, qualifier=Qualifier.GT)]
    (found,) = compute("turnover", rows, headline=HEADLINE)
    assert found.figure.point == 380


def test_an_amount_said_to_be_below_zero_gives_no_ratio_and_stops_nothing():
    rows = [observe("0", qualifier=Qualifier.LT), observe("5", "2020")]
    (found,) = compute("growth-previous", rows, headline=HEADLINE)
    assert (found.figure.point, "NEGATIVE" in found.figure.flags) == (None, True)
