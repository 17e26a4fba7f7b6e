"""E4, E5, E7: jointness, profile, residents."""

from __future__ import annotations

from decimal import Decimal
from math import log

import pytest

from irtysh.evaluation.strategy.jointness import jointness, reported
from irtysh.evaluation.strategy.together import together
from tests.evaluation.strategy.made import CASE, outcome, result
from tests.observations import observe


def value(found, name: str) -> Decimal:
    return Decimal(found.lines[f"E5.profile.{name}"].figures["value"]["point"])


def about(area: str, commodity: str, printed: str, period: str = "2022", **own):
    fields = {
        "ref_area": area,
        "counterpart_area": "_Z",
        "flow": "_Z",
        "classification": "NAMED",
        "commodity": commodity,
        "dataflow": "CONTEXT",
    }
    return observe(printed, period, **fields, **own)


def test_openness_and_gap_in_one_currency() -> None:
    given = [
        about("RU-OMS", "GROSS_PRODUCT", "9000"), about("KZ", "GROSS_PRODUCT", "200000"),
        about("RU-OMS", "POPULATION", "2", measure="COUNT", unit="PERS"),
        about("KZ", "POPULATION", "20", measure="COUNT", unit="PERS"),
    ]  # fmt: skip
    found = outcome(given, results=[result(2022, "450.0")])
    assert value(found, "openness") == 5
    assert float(value(found, "gap")) == pytest.approx(log(4500) - log(10000))


def test_what_is_missing_is_named() -> None:
    given = [about("RU-OMS", "GROSS_PRODUCT", "9000", unit="RUB")]
    found = outcome(given, results=[result(2022, "450.0")])
    lacking = {name: found.lines[f"E5.profile.{name}"].params["lacking"]["list"]
               for name in ("openness", "gap", "mirror")}  # fmt: skip
    assert [one["phrase"] for one in lacking["openness"]] == ["missing.exchange_rate"]
    assert [one["phrase"] for one in lacking["gap"]] == [
        "missing.population_own", "missing.product_other", "missing.population_other",
    ]  # fmt: skip
    assert lacking["mirror"][0]["params"]["partner"] == {"code": ["areas", "KZ"]}


def test_mirror_gap() -> None:
    rows = [
        result(2022, "100.0", "exports", flow="X"),
        result(2022, "120.0", "imports", flow="M", area="KZ", counterpart="RU-OMS"),
    ]
    assert round(value(outcome(results=rows), "mirror"), 1) == Decimal("18.2")


def test_grubel_lloyd_by_hand() -> None:
    given = [
        observe(printed, "2022", dataflow="TRADE_GOODS", commodity=group, flow=flow)
        for group, flow, printed in (("I", "X", "30"), ("I", "M", "10"), ("II", "X", "20"),
                                     ("II", "M", "20"))
    ]  # fmt: skip
    assert value(outcome(given), "grubel_lloyd") == Decimal("0.75")  # 1 − 20/80


def test_place_of_the_partner() -> None:
    rows = [
        result(2021, "402.1"),
        result(2021, "190.1", counterpart="CN"),
        result(2021, "83.1", counterpart="TR"),
        result(2021, "9999", counterpart="W"),
    ]
    assert value(outcome(results=rows), "rank") == 1
    close = [rows[0], {**rows[1], "low": "150", "high": "500"}]
    figure = outcome(results=close).lines["E5.profile.rank"].figures["value"]
    assert (figure["point"], figure["low"], figure["high"]) == (None, "1", "2")


def test_the_score_of_jointness_is_an_interval() -> None:
    found = jointness({"development": True, "financing": False}, ["A", "B"])
    assert (found.low, found.high, found.standing) == (1, 3, "joint")
    assert jointness({}, ["A"]).standing == "one_sided"
    assert jointness({}, []).standing == "unknown"
    assert reported(["A", "A", "", "C"]).is_one_sided


def test_one_sided_projects_enter_no_total() -> None:
    name = {"ru": "П", "kk": "Ж", "en": "P"}
    partners = [{"organisation": "x"}, {"organisation": "y"}]
    registers = {
        "projects": [{"id": "p", "name": name, "stage": "closed", "partners": partners},
                     {"id": "q", "name": name, "stage": "running", "partners": partners[:1]}],
        "organisations": [{"id": "x", "name": name, "side": "A"},
                          {"id": "y", "name": name, "side": "B"}],
    }  # fmt: skip
    found = outcome(registers=registers)
    counts = {line.params["code"]: line.figures["count"]["point"]
              for line in found.step("E4").lines if line.sentence == "together.count"}  # fmt: skip
    assert (counts["RCO84"], counts["RCO87"], counts["RCR84"]) == ("1", "2", "0")
    assert found.lines["E4.project.q"].status == "one_sided"
    assert together.__doc__


def test_no_count_is_no_data_and_no_population_is_no_rate() -> None:
    found = outcome(counts={"guides": {"views": 10}})
    assert found.lines["E7.guides"].sentence == "residents.guides.bare"
    assert found.lines["E7.awareness"].status == "no_data"
    slow = outcome(counts={"questions": {"received": 10, "answered_in_time": 5}})
    assert slow.lines["E7.questions"].status == "not_met"


def test_a_case_may_set_a_target_for_obstacles() -> None:
    obstacle = {"id": "o", "name": {"en": "O"}, "status": "solved", "solved_on": "2026-02-01"}
    case = {**CASE, "evaluation": {"obstacles_solved_a_year": 2}}
    found = outcome(case=case, registers={"obstacles": [obstacle]})
    assert found.lines["E6.year"].status == "not_met"
