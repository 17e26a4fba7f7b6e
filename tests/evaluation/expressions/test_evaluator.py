"""Values of expressions: published and toy numbers, bounds, gaps, rivals, units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.expressions import DimensionFault, Evidence, evaluate, parse
from irtysh.evaluation.expressions.evidence import NO, OPEN, YES
from tests.evaluation.paper_claims import observations, world
from tests.indicators.first_case import totals, turnover
from tests.observations import observe

PAPER = world()


def value(text, over=PAPER) -> Evidence:
    return evaluate(parse(text), over)


@pytest.mark.parametrize(
    ("text", "low", "high", "places"),
    [
        ("growth(value[2021, dataflow=AGRI_EXPORT, commodity=AGRI_FOOD],"
         " value[2022, dataflow=AGRI_EXPORT, commodity=AGRI_FOOD])", 24.21, 24.28, 2),
        ("share(value[2022, dataflow=TRADE_GOODS, commodity=XVI],"
         " between(table-sum[2022], turnover[2022]))", 21.7, 28.6, 1),
        ("share(value[2022, dataflow=TRADE_GOODS, commodity=V],"
         " between(table-sum[2022], turnover[2022]))", 5.4, 7.1, 1),
        ("between(share(value[2022, dataflow=AGRI_EXPORT, commodity=CEREALS_LEGUMES_OILSEEDS],"
         " value[2022, dataflow=AGRI_EXPORT, commodity=AGRI_FOOD]), 100 PC - share("
         "value[2022, dataflow=AGRI_EXPORT, commodity=CONFECTIONERY]"
         " + value[2022, dataflow=AGRI_EXPORT, commodity=BEVERAGES],"
         " value[2022, dataflow=AGRI_EXPORT, commodity=AGRI_FOOD]))", 57.8, 86.1, 1),
        ("growth(turnover[2016], turnover[2021]) * 0", 0, 0, 1),
    ],
)  # fmt: skip
def test_published_intervals(text, low, high, places):
    found = value(text)
    assert float(found.low) == pytest.approx(low, abs=0.6 * 10**-places)
    assert float(found.high) == pytest.approx(high, abs=0.6 * 10**-places)


def test_values_are_in_the_unit_itself():
    found = value("turnover[2021]")
    assert (found.point, found.unit) == (Decimal("402100000"), "USD")
    assert (found.low, found.high) == (Decimal("402050000"), Decimal("402150000"))
    assert found.kind == "rounding"


def test_a_total_without_a_figure_is_bounded_by_its_groups():
    found = value("turnover[2013]")
    assert found.low == Decimal("439100000")
    assert not found.high.is_finite()
    assert found.kind == "structural"


def test_an_indicator_of_the_catalogue_is_looked_up():
    assert round(value("structure-ryabtsev[2022, base=2020]").point, 4) == Decimal("0.0373")


def test_what_stands_twice_does_not_widen_the_bounds():
    whole = observe("100", "2016", classification="_Z", flow="X")
    other = observe("50", "2016", classification="_Z", flow="M")
    found = value("share(exports[2016], exports[2016] + imports[2016])", world([whole, other]))
    assert float(found.low) == pytest.approx(99.5 / (99.5 + 50.5) * 100)
    assert float(found.high) == pytest.approx(100.5 / (100.5 + 49.5) * 100)


def test_rivals_widen_as_a_conflict():
    rivals = [turnover("402,1"), turnover("410,0", source="press", locator="head")]
    found = value("turnover[2021]", world(rivals))
    assert (found.low, found.high) == (Decimal("402050000"), Decimal("410050000"))
    assert (found.kind, found.point) == ("conflict", None)


def test_bounds_of_one_side_are_taken_together():
    from irtysh.vocabulary.numbers import Qualifier

    bounds = [
        turnover("380", qualifier=Qualifier.GT),
        turnover("402", qualifier=Qualifier.GT, source="press"),
    ]
    found = value("turnover[2021]", world(bounds))
    assert (found.low, found.kind) == (Decimal("402000000"), "structural")


def test_kilograms_and_tonnes_are_one_unit():
    fields = {"classification": "NAMED", "commodity": "SEEDS", "measure": "WEIGHT", "unit_mult": 0}
    weights = [
        observe("2000", "2020", unit="KG", **fields),
        observe("3", "2021", unit="T", **fields),
    ]
    over = world(weights, measure="WEIGHT")
    text = "growth(value[2020, commodity=SEEDS, unit=KG], value[2021, commodity=SEEDS, unit=T])"
    assert value(text, over).point == 50


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("turnover[2018]", "data"),
        ("share(exports[2016], turnover[2018])", "denominator"),
        ("turnover[2021] / (turnover[2016] - turnover[2016])", "denominator"),
        ("sum(turnover[2015..2021])", "years"),
    ],
)
def test_what_is_missing_is_named(text, kind):
    found = value(text)
    assert found.interval is None
    assert kind in [one.kind for one in found.missing]


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("exports[2016] > imports[2016]", YES),
        ("exports[2016] < imports[2016]", NO),
        ("rises(turnover[2016..2021])", YES),
        ("falls(turnover[2015..2016])", YES),
        ("change_always(turnover, 2015.., up)", NO),
        ("change_always(turnover, 2016.., up)", OPEN),
        ("are_top(KZ|CN, turnover[2021, counterpart=*])", YES),
        ("are_top(CN|TR, turnover[2021, counterpart=*])", NO),
    ],
)
def test_truths(text, truth):
    assert value(text).interval == truth


def test_records_name_every_possible_year():
    assert value("argmax(turnover, 2015..2021)").choices == ("2017", "2021")
    assert "2021" not in value("argmax(turnover, 2013..2021)").choices


def test_places_and_counts():
    assert value("rank(CN, turnover[2021, counterpart=*])").point == 2
    assert value("count(turnover[2021, counterpart=*])").point == 3


@pytest.mark.parametrize(
    "text",
    [
        "turnover[2021] + 100 PC",
        "turnover[2021] * turnover[2016]",
        "turnover[2021] > 380",
        "max(turnover[2021], 100 PC)",
        "growth(100 PC, turnover[2021])",
    ],
)
def test_units_that_do_not_go_together_are_refused(text):
    with pytest.raises(DimensionFault) as caught:
        value(text)
    assert caught.value.position >= 1


def test_a_figure_is_no_evidence_for_itself():
    own = tuple(one for one in totals() if one.printed == "12,6")
    found = evaluate(parse("turnover[2020]"), PAPER, own)
    assert found.point is None
    assert value("turnover[2020]").point is not None


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(shuffler):
    mixed = observations()
    shuffler.shuffle(mixed)
    for text in ("turnover[2021]", "turnover[2022]", "argmax(turnover, 2013..2022)"):
        found, before = value(text, world(mixed)), value(text)
        assert (found.interval, found.choices, found.kind) == (
            before.interval,
            before.choices,
            before.kind,
        )


def test_evidence_survives_json():
    for text in ("turnover[2021]", "turnover[2018]", "argmax(turnover, 2013..2022)"):
        found = value(text)
        assert Evidence.from_json(found.to_json()) == found


@pytest.mark.parametrize("text", ["turnover", "-turnover", "value", "target"])
def test_a_series_without_a_period_is_no_value(text):
    with pytest.raises(DimensionFault):
        value(text)
