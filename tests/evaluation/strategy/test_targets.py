"""E2, targets: every base, every guard."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.evaluation.strategy.made import outcome, target


def line(name: str = "t", **own):
    return outcome(registers={"targets": [target(**own)]}).lines[f"E2.target.{name}"]


def facts(**by_year: str):
    return [{"period": year.strip("y"), "value": value} for year, value in by_year.items()]


def test_on_the_way_at_the_rate_that_is_needed() -> None:
    # 100 → 200 in 8 years is 9.05 % a year; 100 → 130 in 3 years is 9.14 %.
    found = line(facts=facts(y2025="130.0"))
    assert found.status == "on_track"
    assert Decimal("1") < Decimal(found.figures["ratio"]["point"]) < Decimal("1.02")


@pytest.mark.parametrize(
    ("fact", "status"), [("120.0", "moderate"), ("103.0", "limited"), ("95.0", "moving_away")]
)
def test_classes_of_r(fact: str, status: str) -> None:
    assert line(facts=facts(y2025=fact)).status == status


def test_bases_that_disagree_are_shown() -> None:
    own = target(facts=facts(y2023="140.0", y2025="135.0"))
    lines = outcome(registers={"targets": [own]}).lines
    assert lines["E2.target.t"].status == "bases_disagree"
    assert lines["E2.target.t.from.2022"].status == "on_track"
    assert lines["E2.target.t.from.2023"].status == "moving_away"


@pytest.mark.parametrize("name", ["unit", "target_period", "baseline"])
def test_what_is_missing_is_named(name: str) -> None:
    found = line(**{name: ""})
    assert found.status == "unmeasurable"
    assert {"phrase": f"lacking.{name}", "params": {}} in found.params["lacking"]["list"]


def test_no_target_no_verdict() -> None:
    assert line(target="").status == "no_target"


def test_a_deadline_without_a_figure_is_neither_reached_nor_missed() -> None:
    assert line(target_period="2025", facts=facts(y2024="190.0")).status == "no_data"
    assert line(target_period="2025", facts=facts(y2025="200.0")).status == "reached"
    assert line(target_period="2025", facts=facts(y2025="190.0")).status == "missed"
    assert line(target_period="2025", facts=facts(y2025="201"), target="201.2").status == (
        "cannot_be_judged"
    )


def test_a_fact_of_the_future_is_not_known() -> None:
    assert line(facts=facts(y2027="300.0")).status == "unmeasurable"


def test_the_target_that_is_the_base_and_a_base_below_zero() -> None:
    assert line(target="100", facts=facts(y2025="130.0")).status == "not_applicable"
    # From −10 to 10 by 2030; −4 in 2025 is 6 of the 7.5 that a straight line asks for.
    below = line(baseline="-10.0", target="10", facts=facts(y2025="-4.0"))
    assert below.status == "moderate"
    assert below.figures["observed"]["formula"] == "E2.linear"
