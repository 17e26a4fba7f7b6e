"""Planted documents: consistent ones give no conflict, one contradiction gives its minimal set."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.documents import assertions_of, conflicts_of
from irtysh.evaluation.expressions import World
from irtysh.vocabulary.numbers import Qualifier
from tests.evaluation.paper_claims import WHOLE, world
from tests.evaluation.tables import GROUPS, goods, growth, level
from tests.evaluation.tables import World as Truth
from tests.indicators.first_case import rate, share, totals, turnover

YEARS = (2018, 2019, 2020)
amounts = st.decimals("0.1", "90", places=3, allow_nan=False)


@st.composite
def truths(draw):
    """Draw true amounts, of which every printed figure is a rounding."""
    flows = [
        {(code, year): draw(amounts) for code in GROUPS[:3] for year in YEARS} for _ in range(2)
    ]
    zeros = {(code, year): Decimal(0) for code in GROUPS[3:] for year in YEARS}
    return Truth(YEARS, {**flows[0], **zeros}, {**flows[1], **zeros})


def found(observations, *claims, source="paper"):
    over = World(observations, headline=WHOLE)
    return conflicts_of(over, source, [one for claim in claims for one in claim])


def record(name, year, expression="turnover"):
    return assertions_of(name, "L.9", "argmax", "", [expression], str(year))


@settings(max_examples=6, deadline=None)
@given(truths())
def test_a_document_that_tells_the_truth_has_no_conflict(truth):
    best = max(YEARS, key=lambda year: truth.flow("T", year))
    assert found(truth.observations(), record("best", best)) == []


@settings(max_examples=6, deadline=None)
@given(truths(), st.sampled_from(YEARS), st.randoms(use_true_random=False))
def test_a_total_that_is_not_exports_and_imports(truth, year, shuffler):
    rows = [level(flow, year, truth.flow(flow, year)) for flow in "XM"]
    wrong = level("T", year, truth.flow("T", year) + 5)
    mixed = [*rows, wrong]
    shuffler.shuffle(mixed)
    (one,) = found(mixed)
    assert set(one.evidence) == {each.id for each in mixed}
    assert one.identities == ("flows",)


@settings(max_examples=6, deadline=None)
@given(truths(), st.sampled_from((3, 40)))
def test_a_growth_rate_that_does_not_lead_from_level_to_level(truth, off):
    before, after = (level("T", year, truth.flow("T", year) + 50) for year in YEARS[:2])
    true = 100 * (after.value / before.value - 1)
    rest = level("X", 2020, Decimal(1))
    wrong = growth(2019, 2018, true + off)
    (one,) = found([before, after, wrong, rest])
    assert set(one.evidence) == {before.id, after.id, wrong.id}
    assert one.identities == ()
    assert found([before, after, growth(2019, 2018, true), rest]) == []


@settings(max_examples=6, deadline=None)
@given(truths())
def test_groups_that_exceed_their_total_are_one_table(truth):
    table = [goods(code, 2018, truth.group(code, 2018) + 10) for code in GROUPS]
    wrong = level("T", 2018, sum(one.value for one in table) * Decimal("0.9") - 8)
    (one,) = found([*table, wrong])
    assert sorted(each.kind for each in one.elements) == ["level", "table"]
    assert one.identities == ("groups",)


def test_one_group_above_the_total_is_named_alone():
    (one,) = found([goods("I", 2018, Decimal(50)), goods("II", 2018, Decimal(1)),
                    level("T", 2018, Decimal(20))])  # fmt: skip
    assert sorted(each.kind for each in one.elements) == ["level", "level"]


def test_two_values_of_one_figure():
    (one,) = found([turnover("402,1"), turnover("410,0", locator="L.2")])
    assert len(one.elements) == 2
    assert one.identities == ()


def test_another_source_is_another_document():
    assert found([turnover("402,1"), turnover("410,0", source="press")]) == []


def test_a_share_of_a_flow():
    rows = [
        turnover("200", "2016"),
        turnover("150", "2016", flow="X"),
        share("62,2", "2016", flow="X"),
    ]
    (one,) = found(rows)
    assert len(one.elements) == 3


def test_part_of_a_year_within_the_year():
    half = turnover("500", "2021-S1", period_kind="S")
    (one,) = found([half, turnover("402,1")])
    assert one.identities == ("periods",)


def test_a_partner_within_the_world():
    (one,) = found([turnover("500", counterpart_area="W"), turnover("402"),
                    turnover("190", counterpart_area="CN")])  # fmt: skip
    assert len(one.elements) == 3
    assert one.identities == ("partners",)


def test_small_counts_beside_large_amounts_are_not_lost():
    firms = {"measure": "COUNT", "unit": "NUM", "unit_mult": 0, "commodity": "FIRMS",
             "classification": "NAMED"}  # fmt: skip
    rows = [turnover("402,1", unit_mult=9), turnover("134", **firms),
            turnover("140", locator="L.2", **firms)]  # fmt: skip
    assert len(found(rows)) == 1


@pytest.mark.parametrize("scale", [0, 3, 6])
def test_units_do_not_matter(scale):
    def in_units(one):
        moved = one.value.scaleb(6 - scale)
        text = f"{moved:f}".replace(".", ",")
        return turnover(text, one.period.code, flow=one.flow, unit_mult=scale, locator=one.flow)

    # Printed "10,0" in millions is "10000,0" in thousands: equally false in any unit.
    rows = [in_units(level(flow, 2018, Decimal(value))) for flow, value in
            (("T", 900), ("X", 300), ("M", 200))]  # fmt: skip
    assert len(found(rows)) == 1


def test_the_paper_knows_that_2021_was_no_record():
    over = world()
    assertions = assertions_of("record", "L.297", "argmax", "402", ["turnover[2021]"], "2021")
    (one,) = conflicts_of(over, "paper", assertions)
    kinds = {each.kind: each for each in one.elements}
    assert set(kinds) == {"statement", "level", "table"}
    assert (kinds["level"].printed, kinds["level"].period) == ("402.1", "2021")
    assert (kinds["table"].period, kinds["table"].count) == ("2013", 11)
    after = assertions_of("record", "L.297", "argmax", "", ["argmax(turnover, 2015..2021)"], "2021")
    assert conflicts_of(over, "paper", after) == []


def test_the_figures_of_the_paper_alone_do_not_conflict():
    assert conflicts_of(world(), "paper") == []


def test_a_rate_whose_partner_is_open_is_not_held_against_anybody():
    rows = [
        turnover("400", "2022"),
        turnover("400"),
        rate("50", "2022", "2021", counterpart_area="_U"),
    ]
    assert found(rows) == []
    assert len(found([*rows, rate("50", "2022", "2021")])) == 1


def test_inequalities_bound_one_side_only():
    over = turnover("402", qualifier=Qualifier.GT, locator="L.2")
    assert found([turnover("402,1"), over]) == []
    assert len(found([turnover("390,0"), over])) == 1


@pytest.mark.parametrize(
    ("expression", "operator", "falls"),
    [
        ("change_always(turnover, 2015.., up)", "always", True),
        ("change_always(turnover, 2020.., up)", "always", False),
        ("exports[2016] < imports[2016]", "gt", True),
        ("exports[2016] > imports[2016]", "gt", False),
        ("growth(turnover[2015], turnover[2016])", "rises", True),
        ("growth(turnover[2015], turnover[2016])", "falls", False),
        ("rank(CN, turnover[2021, counterpart=*])", "rank", True),
        ("rank(KZ, turnover[2021, counterpart=*])", "rank", False),
        ("argmin(turnover, 2015..2021)", "argmin", True),
    ],
)
def test_statements_against_the_figures(expression, operator, falls):
    one = assertions_of("one", "L.9", operator, "1", [expression], "2021")
    assert bool(found(totals(), one)) is falls


def test_statements_that_exclude_each_other():
    least = {"qualifier": Qualifier.GT}
    rows = [turnover("402", **least), turnover("390", "2020", **least),
            rate("5", "2021", "2020")]  # fmt: skip
    first, other = record("a", 2021), record("b", 2020)
    assert found(rows, first) == []
    (one,) = found(rows, other)
    assert one.statements == ("claims/b",)
    assert len(found(rows[:2], first)) + len(found(rows[:2], other)) == 0
