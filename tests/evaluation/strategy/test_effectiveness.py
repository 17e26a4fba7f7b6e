"""E1 and E3: measures done on time, SR, Eis, ER and their bands."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.strategy.made import measure, outcome, report, target

PLAN = {"id": "plan", "name": {"ru": "План", "kk": "Жоспар", "en": "Plan"}}


def programme(**own):
    return outcome(**own).lines["E3.programme.plan"]


def number(line, name: str) -> Decimal:
    return Decimal(line.figures[name]["point"])


def registers(measures, targets=()):
    return {"programmes": [PLAN], "measures": measures, "targets": list(targets)}


def test_done_on_time_over_due() -> None:
    measures = [measure("a"), measure("b"), measure("c", end="2026-12-31"), measure("d", end="")]
    found = outcome(registers=registers(measures), reports=[report("a")])
    line = found.lines["E1.programme.plan"]
    assert (number(line, "due"), number(line, "done_on_time")) == (2, 1)
    assert number(line, "sm") == Decimal("0.5")


def test_done_after_its_term_is_not_on_time() -> None:
    late = [measure("a", end="2026-03-31")]
    found = outcome(registers=registers(late), reports=[report("a")])
    assert found.lines["E1.measure.a"].status == "done"
    assert number(found.lines["E1.programme.plan"], "sm") == 0


def test_without_a_proof_it_is_not_done() -> None:
    found = outcome(registers=registers([measure("a")]), reports=[report("a", has_proof=False)])
    assert found.lines["E1.measure.a"].status == "unproven"
    assert number(found.lines["E1.programme.plan"], "sm") == 0


@pytest.mark.parametrize(
    ("fact", "band"),
    [("200.0", "high"), ("140.0", "medium"), ("100.0", "satisfactory"), ("50.0", "unsatisfactory")],
)
def test_bands_of_the_published_scale(fact: str, band: str) -> None:
    # SM = 1 and A = fact / 200: SR = (A + 1) / 2 = 1, .85, .75, .625.
    rows = registers([measure("a")], [target(facts=[{"period": "2025", "value": fact}])])
    line = programme(registers=rows, reports=[report("a")])
    assert line.status == band
    assert line.sentence == "effectiveness.programme.without"
    assert Decimal(line.robust) > Decimal("0.9")


def test_overshooting_one_target_makes_up_for_no_other() -> None:
    facts = [target("t", facts=[{"period": "2025", "value": "900.0"}])]
    line = programme(registers=registers([measure("a")], facts), reports=[report("a")])
    assert number(line, "sr") == 1


def test_efficiency_where_money_is_known() -> None:
    paid = measure("a", budgets=[{"amount": 100, "currency": "RUB"}],
                   spending=[{"amount": 80, "currency": "RUB"}])  # fmt: skip
    line = programme(registers=registers([paid, measure("b")]),
                     reports=[report("a"), report("b", has_proof=True)])  # fmt: skip
    assert number(line, "eis") == Decimal("1.25")  # SM 1 / (80 / 100)
    assert number(line, "er") == Decimal("1.25")
    other = measure("a", budgets=[{"amount": 100, "currency": "RUB"}],
                    spending=[{"amount": 80, "currency": "KZT"}])  # fmt: skip
    assert "eis" not in programme(registers=registers([other]), reports=[report("a")]).figures


def test_no_data_no_number() -> None:
    line = programme(registers=registers([measure("a", end="2030-01-01")]))
    assert line.status == "no_data"
    silent = programme(registers=registers([measure("a"), measure("b")]), reports=[report("a")])
    assert silent.status == "insufficient"
    assert "sr" not in silent.figures


def test_an_interval_over_a_limit_is_no_verdict() -> None:
    facts = [target(facts=[{"period": "2025", "value": "2E+2"}], target="180")]
    line = programme(registers=registers([], facts))
    assert line.status == "cannot_be_judged"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=4), st.data())
def test_taking_a_report_away_never_improves_a_light(shares, data) -> None:
    better = {"late": 0, "no_report": 0, "unproven": 0, "unknown": 0, "at_risk": 1, "on_time": 2,
              "done": 3}  # fmt: skip
    measures = [measure(f"m{place}") for place in range(len(shares))]
    reports = [report(f"m{place}", share) for place, share in enumerate(shares)]
    gone = data.draw(st.integers(0, len(shares) - 1))
    full = outcome(registers=registers(measures), reports=reports)
    less = outcome(registers=registers(measures), reports=[*reports[:gone], *reports[gone + 1 :]])
    for one in measures:
        line = f"E1.measure.{one['id']}"
        assert better[less.lines[line].status] <= better[full.lines[line].status]
    assert number(less.lines["E1.programme.plan"], "sm") <= number(
        full.lines["E1.programme.plan"], "sm"
    )
