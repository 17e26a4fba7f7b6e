"""Silence on what is consistent, and the right finding for each fault planted in it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irtysh.evaluation.consistency import Finding, Severity, find
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period
from tests.evaluation.tables import (
    GROUPS,
    SERIES,
    World,
    goods,
    group_share,
    growth,
    level,
    printed,
    share,
    worlds,
)
from tests.observations import observe

_GRAVE = (Severity.CONTRADICTION, Severity.DEFECT)
_QUICK = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def grave(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity in _GRAVE]


def kinds(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(finding.rule, finding.kind) for finding in findings}


@_QUICK
@given(worlds())
def test_a_consistent_table_is_silent(world: World) -> None:
    assert grave(find(world.observations(), world.documents)) == []


@_QUICK
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_figures_changes_nothing(world: World, chance: random.Random) -> None:
    observations = _spoilt(world)
    shuffled = list(observations)
    chance.shuffle(shuffled)
    ours, theirs = (find(given, world.documents) for given in (observations, shuffled))
    assert [one.to_json() for one in ours] == [one.to_json() for one in theirs]


@_QUICK
@given(worlds())
def test_a_change_of_unit_changes_nothing(world: World) -> None:
    observations = _spoilt(world)
    in_thousands = [
        replace(one, value=one.value.scaleb(3), unit_mult=3)
        if one.value is not None and one.unit_mult == 6
        else one
        for one in observations
    ]
    ours, theirs = (find(given, world.documents) for given in (observations, in_thousands))
    assert [(o.id, o.severity, o.kind) for o in ours] == [
        (t.id, t.severity, t.kind) for t in theirs
    ]


def _spoilt(world: World) -> list[Observation]:
    """Return the figures of a world with a few faults, so that there is something to compare."""
    year = world.years[-1]
    return [
        *world.observations(),
        level("T", year, world.flow("T", year) * 2, source="rival"),
        goods("XX", year, world.flow("T", year) * 3, source="paper"),
    ]


@pytest.fixture
def world() -> World:
    """One fixed world of four years, growing so that no year repeats another."""
    years = (2013, 2015, 2016, 2020)
    exports, imports = {}, {}
    for place, code in enumerate(GROUPS):
        for step, year in enumerate(years):
            exports[code, year] = Decimal(11 + 7 * place) + Decimal("3.7") * step
            imports[code, year] = Decimal(5 + 3 * place) + Decimal("1.3") * step
    return World(years, exports, imports)


def _replaced(
    world: World, find_one: Callable[[Observation], bool], new: Observation
) -> list[Observation]:
    kept = [one for one in world.observations() if not find_one(one)]
    assert len(kept) < len(world.observations())
    return [*kept, new]


def test_parts_above_the_whole(world: World) -> None:
    planted = goods("V", 2015, world.flow("T", 2015))
    found = find(_replaced(world, lambda one: one.cell == planted.cell, planted), {})
    assert ("sums", "parts_above_whole") in kinds(found)


def test_a_residual_is_a_note_with_its_share(world: World) -> None:
    observations = [one for one in world.observations() if one.commodity not in ("I", "II")]
    found = [one for one in find(observations, {}) if one.kind == "unlisted_residual"]
    assert len(found) == 1 and found[0].severity is Severity.NOTE
    missing = sum((world.group(code, 2013) for code in ("I", "II")), Decimal(0))
    expected = 100 * missing / world.flow("T", 2013)
    share_2013 = found[0].numbers["share_2013"]
    assert abs(share_2013.value - expected) < Decimal("0.1")  # type: ignore[union-attr]


def test_coverage_shift(world: World) -> None:
    observations = [
        one
        for one in world.observations()
        if not (one.period.code == "2020" and one.commodity in ("VII", "IX", "XIII"))
    ]
    found = find(observations, {})
    assert {("coverage", "coverage_shift"), ("sums", "unlisted_residual")} <= kinds(found)


def test_growth_against_levels(world: World) -> None:
    planted = growth(2016, 2015, Decimal("40.0"))
    found = find(_replaced(world, lambda one: one.cell == planted.cell, planted), {})
    assert kinds(grave(found)) == {("growth", "growth_against_levels")}


def test_a_chain_of_growth_against_a_level() -> None:
    observations = [
        level("T", 2019, Decimal(100)),
        growth(2020, 2019, Decimal(10)),
        growth(2021, 2020, Decimal(10)),
        level("T", 2021, Decimal(150)),
    ]
    assert ("growth", "chain_against_level") in kinds(find(observations, {}))


def test_rounding_explains_a_chain() -> None:
    observations = [
        level("T", 2019, Decimal(100)),
        growth(2020, 2019, Decimal(10)),
        growth(2021, 2020, Decimal(10)),
        level("T", 2021, Decimal("121.1")),
    ]
    assert grave(find(observations, {})) == []


def test_rival_roots_give_rival_implied_levels() -> None:
    observations = [
        level("T", 2021, Decimal("402.1"), source="a"),
        level("T", 2021, Decimal("380"), source="b", qualifier=Qualifier.GT),
        growth(2021, 2020, Decimal("12.6")),
    ]
    found = find(observations, {})
    assert kinds(found) == {("growth", "rival_implied_levels"), ("rivals", "rivals_compatible")}


def test_flows_against_turnover(world: World) -> None:
    planted = level("M", 2016, world.flow("M", 2016) * 2)
    found = find(_replaced(world, lambda one: one.cell == planted.cell, planted), {})
    assert kinds(grave(found)) == {("flows", "flows_against_turnover")}


def test_shares_that_do_not_make_a_hundred() -> None:
    observations = [share("X", 2016, Decimal("62.2")), share("M", 2016, Decimal("38.9"))]
    assert ("flows", "shares_not_hundred") in kinds(find(observations, {}))
    observations = [share("X", 2016, Decimal("62.2")), share("M", 2016, Decimal("37.8"))]
    assert find(observations, {}) == []


def test_a_share_against_levels(world: World) -> None:
    planted = share("X", 2016, Decimal("12.0"))
    found = find(_replaced(world, lambda one: one.cell == planted.cell, planted), {})
    assert kinds(grave(found)) == {("flows", "share_against_levels")}


def test_a_share_of_a_group_against_levels(world: World) -> None:
    planted = group_share("V", 2016, Decimal("70.0"))
    whole = replace(level("T", 2016, world.flow("T", 2016)), dataflow="TRADE_GOODS")
    observations = _replaced(world, lambda one: one.cell == planted.cell, planted)
    found = find([*observations, whole], {})
    assert ("sums", "share_against_levels") in kinds(found)


def test_rivals_apart_are_a_contradiction_and_compatible_ones_a_note() -> None:
    apart = [
        level("T", 2021, Decimal("402.1"), source="a"),
        level("T", 2021, Decimal("380.4"), source="b"),
    ]
    (finding,) = find(apart, {})
    assert (finding.kind, finding.severity) == ("rivals_apart", Severity.CONTRADICTION)
    rounded = [apart[0], replace(apart[1], printed="402", value=Decimal("402"))]
    assert find(rounded, {}) == []
    about = [apart[0], replace(apart[1], qualifier=Qualifier.APPROX)]
    assert find(about, {}) == []
    above = [apart[0], replace(apart[1], value=Decimal(402), qualifier=Qualifier.GT)]
    assert find(above, {}) == []
    far_above = [apart[0], replace(apart[1], value=Decimal(380), qualifier=Qualifier.GT)]
    (finding,) = find(far_above, {})
    assert (finding.kind, finding.severity) == ("rivals_compatible", Severity.NOTE)


def test_one_number_for_two_periods() -> None:
    observations = [
        level("T", 2021, Decimal("192.3"), source="a", period_kind="A"),
        replace(
            level("T", 2021, Decimal("192.3"), source="b"),
            period=Period.parse("C", "2021-01/2021-07"),
        ),
    ]
    assert ("rivals", "same_number_two_periods") in kinds(find(observations, {}))


def test_a_part_of_a_year_above_the_year() -> None:
    part = replace(level("T", 2020, Decimal("170")), period=Period.parse("S", "2020-S1"))
    found = find([part, level("T", 2020, Decimal("151.9"))], {})
    assert kinds(found) == {("nested", "part_period_above_whole")}


def test_groups_of_areas_that_miss_their_sum() -> None:
    whole = level("X", 2020, Decimal(100), counterpart_area="W")
    near, far = (level("X", 2020, Decimal(40), counterpart_area=area) for area in ("CIS", "NCIS"))
    assert kinds(find([whole, near, far], {})) == {("nested", "areas_against_whole")}


def test_a_record_refuted_by_an_earlier_level_but_not_by_a_later_one(world: World) -> None:
    def claim(year: int) -> dict[str, object]:
        row = {"id": "r", "kind": "record", "series": SERIES, "period": str(year), "text": "–"}
        return {"statements": [row]}

    fallen = [
        level("T", 2013, Decimal(500)),
        level("T", 2016, Decimal(300)),
        level("T", 2020, Decimal(600)),
    ]
    assert kinds(find(fallen, claim(2016))) == {("claims", "record_refuted")}
    assert find(fallen, claim(2013)) == []


def test_a_record_refuted_by_a_part_of_an_earlier_whole(world: World) -> None:
    table = [goods(code, 2013, Decimal(100)) for code in GROUPS]
    row = {"id": "r", "kind": "record", "series": SERIES, "period": "2016", "text": "–"}
    found = find([*table, level("T", 2016, Decimal(700))], {"statements": [row]})
    assert ("claims", "record_refuted_by_parts") in kinds(found)
    found = find([*table, level("T", 2016, Decimal(900))], {"statements": [row]})
    assert ("claims", "record_refuted_by_parts") not in kinds(found)


def test_a_fall_outside_the_allowed_years() -> None:
    row = {"id": "f", "kind": "only_fall", "series": SERIES, "periods": ["2020"], "text": "–"}
    fall = [level("T", 2019, Decimal(100)), level("T", 2020, Decimal(90))]
    assert find(fall, {"statements": [row]}) == []
    more = [*fall, level("T", 2021, Decimal(70))]
    assert kinds(find(more, {"statements": [row]})) == {("claims", "only_fall_refuted")}
    row = {**row, "kind": "no_change"}
    assert kinds(find(more, {"statements": [row]})) == {("claims", "no_change_refuted")}


def test_a_change_refuted_and_one_without_points() -> None:
    row = {
        "id": "c",
        "kind": "change",
        "series": SERIES,
        "change": "up",
        "from_period": "2019",
        "to_period": "2020",
        "text": "–",
    }
    fall = [level("T", 2019, Decimal(100)), level("T", 2020, Decimal(90))]
    assert kinds(find(fall, {"statements": [row]})) == {("claims", "change_refuted")}
    row["to_period"] = ""
    assert kinds(find(fall[:1], {"statements": [row]})) == {("claims", "change_without_points")}


def test_ranks() -> None:
    def partner(area: str, value: int) -> Observation:
        return level("T", 2021, Decimal(value), counterpart_area=area)

    row = {
        "id": "r",
        "kind": "rank",
        "ref_area": "RU-OMS",
        "flow": "T",
        "period": "2021",
        "order": ["KZ", "CN"],
        "text": "–",
    }
    good = [partner("KZ", 402), partner("CN", 190)]
    bad = [partner("KZ", 190), partner("CN", 402)]
    assert find(good, {"statements": [row]}) == []
    assert kinds(find(bad, {"statements": [row]})) == {("ranks", "rank_refuted")}
    traditional = {**row, "wording": "traditionally"}
    found = find(good, {"statements": [traditional]})
    assert kinds(found) == {("ranks", "tradition_unproven")}


def test_a_comparison_refuted() -> None:
    row = {
        "id": "g",
        "kind": "greater",
        "left": {**SERIES, "flow": "X"},
        "right": {**SERIES, "flow": "M"},
        "text": "–",
    }
    flows = [level("X", 2021, Decimal(10)), level("M", 2021, Decimal(30))]
    assert ("ranks", "comparison_refuted") in kinds(find(flows, {"statements": [row]}))


def test_a_unit_that_does_not_fit() -> None:
    observation = share("X", 2022, Decimal("322.6"), unit="USD", unit_mult=6)
    assert kinds(find([observation], {})) == {("units", "unit_fault")}


@pytest.mark.parametrize("dimension", ["counterpart_area", "flow", "commodity"])
def test_an_unsaid_dimension(dimension: str) -> None:
    observation = replace(level("T", 2022, Decimal("322.6")), **{dimension: "_U"})
    assert kinds(find([observation], {})) == {("units", "unsaid")}


def test_a_share_of_nothing_named() -> None:
    observation = share("X", 2017, Decimal("1.5"), share_of="_U")
    assert kinds(find([observation], {})) == {("units", "unsaid")}


def test_figures_without_a_period(world: World) -> None:
    undated = replace(level("T", 2020, Decimal(77)), period=UNKNOWN_PERIOD, source="b")
    assert kinds(find([undated], {})) == {("undated", "undated_level")}
    found = find([undated, level("T", 2020, Decimal(99))], {})
    assert kinds(found) == {("undated", "undated_rivals")}
    rate = replace(
        growth(2016, 2015, Decimal("-61.1")), period=UNKNOWN_PERIOD, base_period=UNKNOWN_PERIOD
    )
    assert kinds(find([rate], {})) == {("periods", "undated_rate")}
    baseless = replace(growth(2016, 2015, Decimal("5.1")), base_period=UNKNOWN_PERIOD)
    assert kinds(find([baseless], {})) == {("periods", "rate_without_base")}
    assert kinds(find([growth(2016, 2015, Decimal("5.1"))], {})) == {
        ("periods", "rate_without_level")
    }


def test_undated_shares_are_tested_against_every_year(world: World) -> None:
    def undated(code: str, year: int, more: int = 0) -> Observation:
        value = 100 * world.group(code, year) / world.flow("T", year) + more
        return replace(group_share(code, year, value), period=UNKNOWN_PERIOD)

    fitting = [*world.observations(), undated("V", 2015), undated("IX", 2015)]
    found = find(fitting, {})
    assert ("periods", "undated_shares_fit") in kinds(found)
    wrong = [*world.observations(), undated("V", 2015), undated("IX", 2015, 20)]
    assert ("periods", "undated_shares_fit_no_year") in kinds(find(wrong, {}))


def test_repeated_cells_and_outliers(world: World) -> None:
    same = world.group("V", 2015)
    spoilt = [
        one
        for one in world.observations()
        if not (one.commodity in ("VI", "VII", "IX") and one.period.code == "2015")
    ]
    spoilt += [goods(code, 2015, same) for code in ("VI", "VII", "IX")]
    assert ("repeats", "cells_repeated") in kinds(find(spoilt, {}))
    assert ("repeats", "cells_repeated") not in kinds(find(world.observations(), {}))
    jump = goods("I", 2015, world.group("I", 2013) * 9)
    found = find(_replaced(world, lambda one: one.cell == jump.cell, jump), {})
    assert ("repeats", "change_outlies_and_returns") in kinds(found)


def test_sections_missing_unless_the_listed_ones_make_the_whole(world: World) -> None:
    assert ("composition", "sections_missing") not in kinds(find(world.observations(), {}))
    table = [goods(code, 2013, world.group(code, 2013)) for code in GROUPS]
    assert ("composition", "sections_missing") in kinds(find(table, {}))


def test_an_explanation_that_explains_little(world: World) -> None:
    def claim(*groups: str) -> dict[str, object]:
        row = {
            "id": "e",
            "kind": "explained_by",
            "series": SERIES,
            "dataset": "TRADE_GOODS",
            "base_period": "2013",
            "period": "2020",
            "groups": list(groups),
            "text": "–",
        }
        return {"statements": [row]}

    observations = world.observations()
    assert ("composition", "explanation_weak_of_whole") in kinds(find(observations, claim("V")))
    assert not any(one.rule == "composition" for one in find(observations, claim(*GROUPS)))


def test_the_engine_bears_empty_and_missing_input() -> None:
    assert find([], {}) == []
    nothing = level("T", 2020, Decimal(1))
    assert find([replace(nothing, value=None, printed="")], {}) == []
    assert find([level("T", 2020, Decimal(0)), growth(2020, 2019, Decimal(-100))], {}) is not None
    negative = [level("T", 2019, Decimal(-5)), growth(2020, 2019, Decimal(10))]
    assert isinstance(find(negative, {}), list)


def test_thresholds_can_be_replaced(world: World) -> None:
    observations = [
        one
        for one in world.observations()
        if not (one.period.code == "2020" and one.commodity in ("VII", "IX", "XIII"))
    ]
    found = find(observations, {}, thresholds={"coverage_shift_pp": 99})
    assert ("coverage", "coverage_shift") not in kinds(found)


def test_printed_is_half_up() -> None:
    assert printed(Decimal("0.25")) == "0,3"


def test_sums_that_may_be_nothing_stop_no_rule() -> None:
    """Zeros printed in whole millions: the sum of a table may lie below zero."""
    cells = {2020: ("1", "0", "0", "0"), 2021: ("9", "1", "1", "0")}
    rows = [
        observe(text, str(year), dataflow="TRADE_GOODS", commodity=code, locator=f"{year}{code}")
        for year, texts in cells.items()
        for code, text in zip(GROUPS, texts, strict=False)
    ]
    wholes = [
        observe(text, year, dataflow="TRADE_GOODS", locator=year, qualifier=qualifier)
        for year, text, qualifier in (
            ("2020", "100", Qualifier.EQ),
            ("2021", "0", Qualifier.GT),
            ("2021", "300", Qualifier.EQ),
        )
    ]  # fmt: skip
    assert find([*rows, *wholes], {}) != []
