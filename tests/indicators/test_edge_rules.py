"""One test for every edge rule that a definition may name; the rule's words must come true."""

from decimal import Decimal

import pytest

from irtysh.indicators.catalogue import definition
from irtysh.indicators.compute import compute_one, prepare
from irtysh.vocabulary.observation import Status
from irtysh.vocabulary.wording import catalogue as messages
from tests.indicators.edges_of_series import OF_SERIES, goods, run
from tests.indicators.first_case import HEADLINE, everything, table, turnover
from tests.observations import observe


def rounding():
    (found,) = run("growth-previous", [turnover("402,1"), turnover("357,1", "2020")])
    assert found.figure.low == pytest.approx(
        Decimal(100) * (Decimal("402.05") / Decimal("357.15") - 1)
    )
    assert found.figure.high == pytest.approx(
        Decimal(100) * (Decimal("402.15") / Decimal("357.05") - 1)
    )


def missing_value():
    (found,) = run("table-sum", goods({"I": "5", "II": ""}))
    assert found.figure.point is None
    assert "MISSING_INPUT" in found.figure.flags
    shares = run("commodity-share", goods({"I": "5", "II": ""}))
    assert [one.figure.point for one in shares] == [None, None]


def missing_year():
    series = [turnover("100", "2015"), turnover("121", "2017")]
    (change,) = run("growth-previous", series)
    assert (change.base_period.code, change.figure.point) == ("2015", 21)
    assert "GAP" in change.figure.flags
    (chain,) = run("growth-chain", series)
    assert chain.figure.point is None
    (average,) = run("growth-average", series)
    assert average.figure.point == 10


def zero_base():
    series = [turnover("0", "2020"), turnover("5")]
    (change,) = run("growth-previous", series)
    assert change.figure.point is None
    assert "ZERO_BASE" in change.figure.flags
    (symmetric,) = run("growth-symmetric", series)
    assert symmetric.figure.point == 2


def zero_total():
    found = run("commodity-share", goods({"I": "0", "II": "0"}))
    assert all("ZERO_TOTAL" in one.figure.flags and one.figure.point is None for one in found)
    (hhi,) = run("concentration-hhi", goods({"I": "0"}))
    assert "ZERO_TOTAL" in hhi.figure.flags


def negative():
    series = [turnover("-5", "2020"), turnover("5")]
    (change,) = run("growth-previous", series)
    assert change.figure.point is None
    assert "NEGATIVE" in change.figure.flags


def residual_interval():
    found = [
        one
        for one in run("commodity-contribution-total", everything())
        if one.base_period.code == "2020"
    ]
    assert found[-1].group == "_R"
    assert "RESIDUAL_INTERVAL" in found[-1].figure.flags
    growth = [
        one
        for one in run("growth-average", everything())
        if one.flow == "T" and (one.base_period.code, one.period.code) == ("2020", "2022")
    ]
    total = (1 + growth[0].figure.point / 100) ** 2 - 1
    assert sum(one.figure.point for one in found) == pytest.approx(100 * total)


def part_above_whole():
    cells = goods({"I": "60", "II": "50"})
    (coverage,) = run("table-coverage", [*cells, turnover("50", "2020")])
    assert coverage.figure.point == 220
    assert "PART_ABOVE_WHOLE" in coverage.figure.flags
    first = run("commodity-share-total", [*cells, turnover("50", "2020")])[0]
    assert first.figure.point is None
    assert "PART_ABOVE_WHOLE" in first.figure.flags


def coverage():
    found = {one.period.code: one.figure for one in run("table-sum", everything())}
    assert round(found["2022"].coverage, 3) == Decimal("0.764")
    assert "LOW_COVERAGE" in found["2022"].flags
    shift = run("structure-lawrence", everything())
    flagged = [one for one in shift if "COVERAGE_SHIFT" in one.figure.flags]
    assert [(one.base_period.code, one.period.code) for one in flagged] == [("2020", "2022")]


def zero_share():
    (with_zero,) = run("theil", goods({"I": "5", "II": "5", "IV": "0"}))
    assert with_zero.figure.point == pytest.approx(Decimal("1.5").ln())


def one_group():
    for indicator in ("concentration-hhi-normalised", "gini-corrected"):
        (found,) = run(indicator, goods({"I": "5"}))
        assert found.figure.point is None
        assert "ONE_GROUP" in found.figure.flags


def different_groups():
    cells = [*goods({"I": "5", "II": "5"}), *goods({"I": "5", "IV": "5"}, "2021")]
    (found,) = run("structure-lawrence", cells)
    assert found.figure.point is None
    assert "MISSING_INPUT" in found.figure.flags


def same_classification():
    chapters = goods({"01": "5", "02": "5"}, classification="HS_CHAPTER")
    found = run("concentration-hhi", [*goods({"I": "10"}), *chapters])
    assert {(one.classification, one.figure.point) for one in found} == {
        ("HS_SECTION", 1),
        ("HS_CHAPTER", Decimal("0.5")),
    }


def both_absent():
    cells = {"I": "10", "II": "30"}
    (plain,) = run("structure-salai", [*goods(cells), *goods({"I": "20", "II": "20"}, "2021")])
    empty = {"IV": "0"}
    exact_zero = [
        *goods({**cells, **empty}),
        *goods({"I": "20", "II": "20", **empty}, "2021"),
    ]
    (found,) = run("structure-salai", exact_zero)
    assert found.figure.point == plain.figure.point
    # a printed zero may hide a trifle, and then the group would count: only 0 and 1 are sure
    assert (found.figure.low, found.figure.high) == (0, 1)


def others_below():
    found = run("partner-share-bounds", everything())
    assert [one.counterpart for one in found] == ["KZ", "CN", "TR"]
    assert all(one.figure.point is None and "NO_POINT" in one.figure.flags for one in found)


RULES = [
    rounding, missing_value, missing_year, zero_base, zero_total, negative, residual_interval,
    part_above_whole, coverage, zero_share, one_group, different_groups, same_classification,
    both_absent, others_below, *OF_SERIES,
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_edge_rule(rule):
    rule()


def test_every_edge_rule_with_words_is_tested():
    assert {rule.__name__ for rule in RULES} == set(messages("edge_rules"))


def test_approximate_estimated_mirrored_and_valued_otherwise():
    from irtysh.vocabulary.numbers import Qualifier

    series = [
        turnover("360", "2019", qualifier=Qualifier.APPROX, valuation="FOB"),
        turnover("357", "2020", status=Status.ESTIMATED, valuation="CIF"),
        turnover("402", status=Status.MIRROR),
    ]
    first, second = run("growth-previous", series)
    assert {"APPROXIMATE", "ESTIMATED", "VALUATION_DIFFERS"} <= set(first.figure.flags)
    assert "MIRROR" in second.figure.flags
    assert "VALUATION_DIFFERS" not in second.figure.flags


def test_tables_alone_need_no_total():
    assert len(run("concentration-hhi", table())) == 4
    assert run("table-coverage", table()) == []


def test_values_of_different_coverage_are_compared_with_a_flag() -> None:
    rows = [
        turnover("100", "2009"),
        turnover("50", "2010", notes=("left-out", "place")),
        turnover("60", "2011", notes=("left-out",)),
    ]
    knowledge = prepare(rows, headline=HEADLINE, coverage_notes={"left-out"})
    results = compute_one(definition("growth-previous"), knowledge, headline=HEADLINE)
    flagged = {result.period.code: "COVERAGE_DIFFERS" in result.figure.flags for result in results}
    assert flagged == {"2010": True, "2011": False}


def test_two_values_of_one_cell_of_one_source_give_bounds_and_no_point() -> None:
    rows = [
        *goods({"I": "5", "II": "7"}),
        observe("90", "2020", dataflow="TRADE_GOODS", commodity="I", locator="elsewhere"),
    ]
    (found,) = run("table-sum", rows)
    assert found.figure.point is None
    assert (found.figure.low, found.figure.high) == (Decimal("11.0"), Decimal("98.0"))
    assert len(found.figure.evidence) == 3
    assert "RIVALS" in found.figure.flags
