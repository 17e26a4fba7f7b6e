"""The evaluation as a whole: pure, repeatable, indifferent to order and to units."""

from __future__ import annotations

import json
import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.strategy.inputs import Inputs
from irtysh.evaluation.strategy.outcome import STEPS, Outcome, canonical
from irtysh.evaluation.strategy.parameters import ParameterMissing
from irtysh.evaluation.strategy.run import evaluate
from irtysh.vocabulary.codelists import codelist
from tests.evaluation.strategy.made import inputs, measure, outcome, report, result, target
from tests.observations import observe

NAME = {"ru": "Имя", "kk": "Атау", "en": "Name"}
YEARS = {2016: "239.3", 2019: "300", 2020: "357.1", 2021: "402.1", 2022: "451.6"}


def full(**own) -> Inputs:
    """Return inputs with something in every register."""
    registers = {
        "programmes": [{"id": "plan", "name": NAME, "valid_from": "2020", "valid_to": "2026-12",
                        "territories": ["RU", "KZ"], "acts": [{"act": "base"}]}],
        "acts": [{"id": "base", "title": NAME, "status": "repealed"}],
        "objectives": [{"id": "o", "name": NAME}],
        "measures": [measure("a", objective="o"), measure("b", depends_on=[{"measure": "a"}]),
                     measure("c", bodies=[{"organisation": "x"}])],
        "targets": [target(facts=[{"period": "2024", "value": "120.0"}])],
        "projects": [
            {"id": "p", "name": NAME, "stage": "running", "joint_financing": True,
             "partners": [{"organisation": "x", "side": "A"}, {"organisation": "y", "side": "B"}]},
            {"id": "q", "name": NAME, "joint_staffing": True, "partners": [{"side": "A"}]},
        ],
        "organisations": [{"id": "x", "name": NAME, "side": "A"},
                          {"id": "y", "name": NAME, "side": "B"}],
        "events": [{"id": "e", "name": NAME, "status": "held",
                    "participants": [{"side": "A"}, {"side": "B"}]}],
        "obstacles": [{"id": "s", "name": NAME, "kind": "barrier", "status": "registered",
                       "registered_on": "2026-07-01", "body": "x"},
                      {"id": "t", "name": NAME, "kind": "barrier", "status": "solved",
                       "solved_on": "2026-03-01"}],
        "risks": [{"id": "r", "name": NAME, "status": "open", "likelihood": 5, "impact": 4}],
    }  # fmt: skip
    rest = {
        "registers": registers,
        "reports": [report("a", 0.4), report("a", 0.5, side="B"), report("b", 0.3)],
        "results": [result(year, value) for year, value in YEARS.items()],
        "claims": [{"claim": "c1", "verdict": "CONTRADICTED"}, {"claim": "c2", "verdict": "OK"}],
        "counts": {"questions": {"received": 10, "answered_in_time": 9},
                   "population": {"A": 2000, "B": 20000}, "guides": {"views": 44},
                   "awareness": {"percent": 24}},
        "sheets": [{"criterion": "relevance", "rating": 3, "text": NAME, "signed_by": "N. N.",
                    "signed_on": "2026-07-01"}],
    }  # fmt: skip
    return inputs(**{**rest, **own})


def shuffled(value, rng):
    """Return JSON with every list in another order, and every key too."""
    if isinstance(value, dict):
        keys = rng.sample(list(value), len(value))
        return {key: shuffled(value[key], rng) for key in keys}
    return value


def test_all_steps_in_order_and_every_status_is_known() -> None:
    found = evaluate(full(), [])
    assert tuple(step.id for step in found.steps) == STEPS
    for one in (*found.steps, *found.lines.values()):
        assert one.status in codelist("evaluation_statuses"), one.id
    ids = [line.id for step in found.steps for line in step.lines]
    assert len(ids) == len(set(ids))
    assert set(STEPS) == set(codelist("evaluation_steps"))


def test_what_a_full_case_says() -> None:
    lines = evaluate(full(), []).lines
    assert lines["E4.project.p"].status == "joint"
    assert lines["E4.check.claimed.q"].status == "fails"
    assert lines["E4.reports.a"].status == "joint"
    assert lines["E4.count.RCO83"].figures["count"]["point"] == "1"
    assert lines["E4.count.RCR79"].figures["count"]["point"] == "1"
    assert lines["E6.obstacle.s"].figures["age"]["point"] == "9"
    assert lines["E7.questions"].status == "met"
    assert lines["E7.guides"].figures["rate"]["point"] == "2"  # 44 per 22 thousand
    assert lines["E7.participations.A"].figures["rate"]["point"] == "0.5"
    assert lines["E8.risk.r"].status == "risk_high"
    assert lines["E8.auto.overdue_chain.a"].status == "risk_high"
    assert lines["E8.auto.expiring_programme.plan"].status == "risk_medium"
    assert lines["E8.auto.one_sided_silence.b"].status == "risk_medium"
    assert lines["E9.relevance"].status == "rated_3"
    assert lines["E9.impact"].status == "unsigned"
    assert lines["E10.base_act_repealed.base"].status == "triggered"
    assert lines["E10.programme_ends.plan"].status == "triggered"
    assert lines["E10.new_risk.r"].status == "triggered"


def test_round_trip_through_json() -> None:
    given_inputs = full()
    found = evaluate(given_inputs, [])
    back = Inputs.from_json(json.loads(canonical(given_inputs.to_json())))
    assert back == given_inputs and back.digest == given_inputs.digest
    assert Outcome.from_json(json.loads(canonical(found.to_json()))) == found
    assert found.inputs_digest == given_inputs.digest


def test_same_inputs_same_bytes() -> None:
    one, other = (canonical(evaluate(full(), []).to_json()) for _ in range(2))
    assert one == other


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_inputs_never_matters(rng: random.Random) -> None:
    plain = full().to_json()
    mixed = {**plain, "registers": shuffled(plain["registers"], rng)}
    for name, rows in mixed["registers"].items():
        mixed["registers"][name] = rng.sample(rows, len(rows))
    for name in ("reports", "results", "claims", "sheets"):
        mixed[name] = rng.sample(plain[name], len(plain[name]))
    again = Inputs.from_json(mixed)
    assert again.digest == full().digest
    assert evaluate(again, []) == evaluate(full(), [])


def statuses(found: Outcome) -> dict[str, str]:
    return {line.id: line.status for line in found.lines.values()}


@settings(max_examples=10, deadline=None)
@given(st.integers(-3, 3))
def test_a_change_of_unit_changes_no_status(mult: int) -> None:
    factor = Decimal(10) ** mult
    rows = []
    for year, value in YEARS.items():
        row = result(year, value)
        scaled = {name: str(Decimal(row[name]) * factor) for name in ("point", "low", "high")}
        rows.append({**row, **scaled, "unit_mult": 6 - mult})
    assert statuses(evaluate(full(results=rows), [])) == statuses(evaluate(full(), []))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.decimals(0, 40, places=1), min_size=5, max_size=5))
def test_wider_bounds_never_make_a_trend_firmer(more) -> None:
    open_ones = {"cannot_be_judged", "not_applicable"}
    wide = []
    for (year, value), extra in zip(YEARS.items(), more, strict=True):
        row = result(year, value)
        low, high = Decimal(row["low"]) - extra, Decimal(row["high"]) + extra
        wide.append({**row, "low": str(low), "high": str(high)})
    before, after = (
        {k: v for k, v in statuses(outcome(results=rows)).items() if k.startswith("E2.turnover")}
        for rows in ([result(year, value) for year, value in YEARS.items()], wide)
    )
    for line, status in after.items():
        if not line.endswith(".bases"):
            assert status == before[line] or status in open_ones


def test_what_is_later_than_the_day_is_not_known() -> None:
    early = full(day=date(2021, 6, 1))
    found = evaluate(early, [])
    assert not any("2022" in json.dumps(line.params) for line in found.step("E2").lines)
    assert found.lines["E1.measure.a"].status == "not_started"
    assert found.lines["E9.relevance"].status == "unsigned"


def test_an_empty_case_has_every_step_and_no_number() -> None:
    found = outcome()
    assert tuple(step.id for step in found.steps) == STEPS
    assert found.step("E3").status == "no_data"
    assert found.step("E2").status == "no_data"
    assert found.step("E6").status == "no_data"


def test_a_missing_threshold_is_named() -> None:
    with pytest.raises(ParameterMissing):
        evaluate(inputs(thresholds={"evaluation": {}, "measures": {}}), [])


def test_a_break_in_series_has_no_rate() -> None:
    last = observe("451,6", "2022")
    rows = [result(year, value, evidence=[f"o{year}"]) for year, value in YEARS.items()]
    rows[-1]["evidence"] = [last.id]
    registers = {"datasets": [{"id": last.dataflow, "breaks": [{"period": "2020"}]}]}
    lines = outcome([last], registers=registers, results=rows).lines
    assert lines["E2.turnover.RU-OMS-KZ.printed.2019"].status == "break_in_series"
    assert lines["E2.turnover.RU-OMS-KZ.printed.2021"].status == "on_track"


def test_values_that_count_different_things_have_no_rate() -> None:
    first, last = observe("357,1", "2020", notes=("union-counted",)), observe("451,6", "2022")
    rows = [result(2020, "357.1", evidence=[first.id]), result(2022, "451.6", evidence=[last.id])]
    registers = {"datasets": [{"id": "x", "coverage_notes": ["union-counted"]}]}
    lines = outcome([first, last], registers=registers, results=rows).lines
    assert lines["E2.turnover.RU-OMS-KZ.printed.2020"].status == "break_in_series"
