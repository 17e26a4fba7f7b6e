"""What changed between two evaluations, and why."""

from __future__ import annotations

from datetime import date

import pytest

from irtysh.evaluation.strategy.compare import compare
from irtysh.evaluation.strategy.run import evaluate
from irtysh.vocabulary.codelists import codelist
from tests.evaluation.strategy.made import inputs, measure, result, target, thresholds

ROWS = [result(2020, "300.0"), result(2021, "303.0")]
LINE = "E2.turnover.RU-OMS-KZ.printed.2020"


def why(before: dict, after: dict, line: str) -> str:
    ia, ib = inputs(**before), inputs(**after)
    found = {row["id"]: row for row in compare(evaluate(ia, []), ia, evaluate(ib, []), ib)}
    assert found[line]["why"] in codelist("evaluation_changes")
    return found[line]["why"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"results": [ROWS[0], result(2021, "330.0")]}, "data"),
        ({"results": ROWS, "thresholds": thresholds(trend_on_track=0.9)}, "formula"),
        ({"results": ROWS, "thresholds": thresholds(trend_indicators={"turnover": "down"})},
         "definition"),
    ],
)  # fmt: skip
def test_why_a_trend_changed(after: dict, expected: str) -> None:
    assert why({"results": ROWS}, after, LINE) == expected


def test_new_and_gone() -> None:
    assert why({}, {"results": ROWS}, LINE) == "new"
    assert why({"results": ROWS}, {}, LINE) == "gone"


def test_a_target_that_was_moved() -> None:
    fact = [{"period": "2025", "value": "130.0"}]
    before = {"registers": {"targets": [target(facts=fact)]}}
    after = {"registers": {"targets": [target(facts=fact, target="900")]}}
    assert why(before, after, "E2.target.t") == "target"


def test_time_passes() -> None:
    rows = {"registers": {"measures": [measure("a", start="2026-01-01", end="2026-12-31")]}}
    assert why(
        {**rows, "day": date(2025, 12, 1)}, {**rows, "day": date(2026, 2, 1)}, "E1.measure.a"
    ) == "time"  # fmt: skip


def test_nothing_changed() -> None:
    one = inputs(results=ROWS)
    found = evaluate(one, [])
    assert compare(found, one, found, one) == []


def test_what_differs_is_listed() -> None:
    ia, ib = inputs(results=ROWS), inputs(results=[ROWS[0], result(2021, "200.0")])
    rows = compare(evaluate(ia, []), ia, evaluate(ib, []), ib)
    row = next(one for one in rows if one["id"] == LINE)
    assert (row["before"], row["after"]) == ("moderate", "moving_away")
    assert {"name": "last", "before": "303", "after": "200"} in row["what"]
