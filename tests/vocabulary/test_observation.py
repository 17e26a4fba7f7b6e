"""The name of an observation: what belongs to it, and what does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import FIELD_NAMES, Observation, Status
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period
from tests.observations import observe

NOT_IN_THE_NAME = {
    "freq": "Q",
    "qualifier": Qualifier.GT,
    "printed": "403,0",
    "value": Decimal("403.0"),
    "unit_mult": 3,
    "valuation": "FOB",
    "definition": "other",
    "retrieved_on": None,
    "notes": ("one",),
    "base_period": UNKNOWN_PERIOD,
}
IN_THE_CELL = {
    "dataflow": "TRADE_GOODS",
    "ref_area": "KZ",
    "counterpart_area": "W",
    "flow": "X",
    "classification": "HS_CHAPTER",
    "commodity": "I",
    "measure": "WEIGHT",
    "period": Period.year(2022),
    "share_of": "FLOW:T",
    "unit": "T",
    "status": Status.TARGET,
}


@pytest.mark.parametrize("field", NOT_IN_THE_NAME)
def test_a_corrected_figure_keeps_its_name(field: str) -> None:
    before = observe()
    after = replace(before, **{field: NOT_IN_THE_NAME[field]})
    assert after.id == before.id
    assert after.cell == before.cell


@pytest.mark.parametrize("field", IN_THE_CELL)
def test_another_cell_has_another_name(field: str) -> None:
    before = observe()
    after = replace(before, **{field: IN_THE_CELL[field]})
    assert after.cell != before.cell
    assert after.id != before.id


@pytest.mark.parametrize("field", ["source", "locator"])
def test_rivals_share_a_cell_and_not_a_name(field: str) -> None:
    first = observe()
    rival = replace(first, **{field: "elsewhere"})
    assert rival.cell == first.cell
    assert rival.id != first.id


def test_the_other_statuses_stay_in_the_cell() -> None:
    cells = {observe(status=status).cell for status in Status if status is not Status.TARGET}
    assert len(cells) == 1
    assert observe(status=Status.TARGET).cell not in cells


def test_growth_from_another_base_is_another_cell() -> None:
    growth = {"measure": "GROWTH", "unit": "PC", "unit_mult": 0}
    assert (
        observe("5", base_period="2020", **growth).cell
        != observe("5", base_period="2019", **growth).cell
    )


def test_the_kind_of_period_belongs_to_the_cell() -> None:
    year = observe(period="2022", period_kind="A")
    as_of = observe(period="2022", period_kind="P")
    assert year.cell != as_of.cell


def test_every_field_is_accounted_for() -> None:
    named = {*NOT_IN_THE_NAME, *IN_THE_CELL, "source", "locator"}
    assert named == set(FIELD_NAMES)


def test_the_series_is_the_cell_without_its_period() -> None:
    first, second = observe(period="2021"), observe("500", period="2022")
    assert first.series == second.series
    assert first.cell != second.cell
    assert observe(flow="X").series != first.series
    half = observe(period="2021-S1", period_kind="S")
    assert half.series == first.series


def test_a_name_is_twelve_hexadecimal_digits_and_never_changes() -> None:
    """The names are addresses of pages: a change here breaks every link ever given."""
    assert observe().id == "0e1fe7f7e810"


def test_a_printed_number_is_an_interval_in_its_unit_and_in_dollars() -> None:
    observation = observe("402,1")
    assert observation.interval == Interval(Decimal("402.05"), Decimal("402.15"), False, True)
    assert observation.base_interval == Interval(
        Decimal(402_050_000), Decimal(402_150_000), False, True
    )


def test_a_multiplier_may_be_negative() -> None:
    assert observe("5", unit_mult=-1).base_interval == Interval(
        Decimal("0.45"), Decimal("0.55"), False, True
    )


def test_missing_is_not_zero() -> None:
    missing: Observation = observe("")
    assert missing.value is None
    assert missing.interval is None
    assert missing.base_interval is None
    assert missing.status is Status.MISSING
