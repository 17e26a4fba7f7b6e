"""E10: what calls for a review, against the evaluation before."""

from __future__ import annotations

from datetime import date

from irtysh.evaluation.strategy.run import evaluate
from irtysh.evaluation.strategy.words import said
from irtysh.vocabulary.text import LANGUAGES
from tests.evaluation.strategy.made import measure, outcome, report, result
from tests.evaluation.strategy.test_evaluation import YEARS, full


def rows(**values: str):
    return [result(int(year.strip("y")), value) for year, value in values.items()]


def claim(name: str, verdict: str):
    return {"claim": name, "verdict": verdict, "said": {
        language: {"title": f"{name} {language}", "text": "", "arithmetic": []}
        for language in LANGUAGES}}  # fmt: skip


def status(found, kind: str) -> str:
    return found.lines[f"E10.{kind}"].status


def test_the_first_evaluation_calls_nothing_new() -> None:
    found = outcome(claims=[claim("c1", "CONTRADICTED")])
    assert status(found, "claim_contradicted") == "no_data"
    assert found.lines["E10.claim_contradicted"].figures["standing"]["point"] == "1"
    assert status(found, "annual_date") == "no_data"


def test_a_claim_that_became_contradicted() -> None:
    before = outcome(claims=[claim("c1", "CONTRADICTED"), claim("c2", "VERIFIED")])
    after = outcome(
        claims=[claim("c1", "CONTRADICTED"), claim("c2", "INCONSISTENT")], before=before.to_json()
    )
    assert status(after, "claim_contradicted") == "triggered"
    assert "E10.claim_contradicted.c1" not in after.lines
    assert said(after.lines["E10.claim_contradicted.c2"], "kk")["title"].endswith("c2 kk")
    same = outcome(claims=[claim("c1", "CONTRADICTED")], before=before.to_json())
    assert status(same, "claim_contradicted") == "not_triggered"


def test_two_falls_in_a_row() -> None:
    down = outcome(results=rows(y2019="400.0", y2020="390.0", y2021="380.0"))
    assert status(down, "headline_moving_away") == "triggered"
    once = outcome(results=rows(y2019="400.0", y2020="410.0", y2021="380.0"))
    assert status(once, "headline_moving_away") == "not_triggered"
    few = outcome(results=rows(y2020="410.0", y2021="380.0"))
    assert status(few, "headline_moving_away") == "no_data"


def test_a_revision_of_more_than_five_per_cent() -> None:
    before = outcome(results=rows(y2020="300.0", y2021="400.0", y2022="420.0"))
    small = outcome(results=rows(y2020="300.0", y2021="404.0", y2022="420.0"),
                    before=before.to_json())  # fmt: skip
    assert status(small, "data_revision") == "not_triggered"
    large = outcome(results=rows(y2020="300.0", y2021="440.0", y2022="420.0"),
                    before=before.to_json())  # fmt: skip
    assert status(large, "data_revision") == "triggered"
    assert large.lines["E10.data_revision"].figures["change"]["point"].startswith("10")
    newer = outcome(results=rows(y2020="300.0", y2021="400.0", y2023="800.0"),
                    before=before.to_json())  # fmt: skip
    assert status(newer, "data_revision") == "not_triggered"


def test_coverage_changes_by_more_than_ten_points() -> None:
    before = outcome(day=date(2023, 1, 1))
    after = outcome(
        day=date(2023, 1, 1), before=before.to_json(),
        counts={"awareness": {"percent": 5}, "languages": {"ru": 1}},
        registers={"measures": [measure("a", spending=[{"amount": 1, "currency": "RUB"}])]},
    )  # fmt: skip
    assert status(after, "coverage_change") == "triggered"
    assert status(outcome(before=outcome().to_json()), "coverage_change") == "not_triggered"


def test_a_year_later() -> None:
    before = outcome(day=date(2025, 7, 11)).to_json()
    assert status(outcome(before=before), "annual_date") == "not_triggered"
    assert status(outcome(day=date(2026, 7, 11), before=before), "annual_date") == "triggered"


def test_a_high_risk_is_new_once() -> None:
    first = evaluate(full(), [])
    again = evaluate(full(before=first.to_json()), [])
    assert "E10.new_risk.r" in first.lines
    assert status(again, "new_risk") == "not_triggered"


def test_a_quarter_of_the_measures() -> None:
    measures = [measure(name) for name in "abcd"]
    all_said = [report(name) for name in "abcd"]
    fine = outcome(registers={"measures": measures}, reports=all_said)
    assert status(fine, "measures_behind") == "not_triggered"
    found = outcome(registers={"measures": measures}, reports=all_said[1:])
    assert status(found, "measures_behind") == "triggered"


def test_a_control_chart_and_the_structure() -> None:
    chart = result(2022, "6.1", "alarm-cusum", flags=["ALARM"], unit="INDEX", unit_mult=0)
    shift = result(2022, "0.200", "structure-ryabtsev", base_period=["A", "2021"], group="",
                   unit="INDEX", unit_mult=0)  # fmt: skip
    found = outcome(results=[chart, shift])
    assert any(line.id.startswith("E10.cusum_alarm.") for line in found.triggers)
    assert status(found, "structure_shift") == "triggered"
    near = {**shift, "point": "0.15", "low": "0.14", "high": "0.16"}
    assert status(outcome(results=[near]), "structure_shift") == "no_data"
    quiet = result(2023, "0.1", "alarm-cusum", unit="INDEX", unit_mult=0)
    assert status(outcome(results=[chart, quiet]), "cusum_alarm") == "not_triggered"


def test_every_trigger_is_said() -> None:
    before = outcome(results=rows(y2019="400.0", y2020="390.0", y2021="300.0"),
                     claims=[claim("c", "VERIFIED")]).to_json()  # fmt: skip
    found = outcome(results=rows(**{f"y{year}": value for year, value in YEARS.items()}),
                    claims=[claim("c", "CONTRADICTED")], before=before)  # fmt: skip
    for line in found.step("E10").lines:
        for language in LANGUAGES:
            assert said(line, language)["title"]
