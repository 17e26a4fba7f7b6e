"""E0: grades of values, freshness, coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from irtysh.evaluation.strategy.quality import Rules, end_of, is_fresh, quality
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Status
from irtysh.vocabulary.period import Period
from tests.evaluation.strategy.made import outcome, result
from tests.observations import observe

RULES = Rules(accessed={"paper": True}, official=frozenset({"office"}), gaps_b=0, gaps_c=2)
BEST = observe(definition="def", source="office", retrieved_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("own", "grade", "missing"),
    [
        ({}, "A", ()),
        ({"source": "paper"}, "B", ()),
        ({"status": Status.MIRROR}, "B", ()),
        ({"qualifier": Qualifier.APPROX}, "B", ()),
        ({"status": Status.ESTIMATED}, "C", ()),
        ({"definition": ""}, "C", ("definition",)),
        ({"definition": "", "flow": "_U"}, "C", ("flow", "definition")),
        ({"definition": "", "flow": "_U", "retrieved_on": None}, "D",
         ("flow", "definition", "access_date")),
        ({"qualifier": Qualifier.GT}, "D", ()),
        ({"value": None}, "D", ()),
        ({"unit": "_U"}, "D", ("unit",)),
        ({"period": Period.parse("U", "")}, "D", ("period",)),
        ({"counterpart_area": "_U"}, "D", ("territories",)),
    ],
)  # fmt: skip
def test_grades_by_stated_rules(own, grade, missing) -> None:
    found = quality(replace(BEST, **own), RULES)
    assert (found.grade, found.missing) == (grade, missing)


def test_fresh_by_months_and_never_from_the_future() -> None:
    day = date(2026, 7, 10)
    assert is_fresh(date(2024, 7, 31), day, 24)
    assert not is_fresh(date(2024, 6, 30), day, 24)
    assert not is_fresh(date(2026, 12, 31), day, 24)
    assert not is_fresh(None, day, 24)


def test_a_state_known_to_the_year_has_come() -> None:
    assert end_of(Period.parse("P", "2026"), date(2026, 7, 10)) == date(2026, 7, 10)
    assert end_of(Period.year(2026), date(2026, 7, 10)) == date(2026, 12, 31)


def test_coverage_counts_what_is_fresh_and_usable() -> None:
    usable, poor = observe("1,0", "2025"), observe("2,0", "2025", unit="_U")
    rows = [result(2025, "1.0", evidence=[usable.id]),
            result(2025, "1.0", "balance-relative", evidence=[poor.id])]  # fmt: skip
    found = outcome([usable, poor], results=rows)
    assert found.lines["E0.need.T1"].status == "sufficient"
    assert found.lines["E0.need.T3"].sentence == "gate.need.poor"
    assert found.lines["E0.need.T5"].status == "no_data"
    assert found.step("E0").figures["k"]["point"] == "0.05"
    assert found.lines["E0.dataset.TRADE_PARTNER"].figures["k"]["point"] == "0.5"
    stale = outcome([usable], results=rows[:1], day=date(2029, 1, 1))
    assert stale.lines["E0.need.T1"].sentence == "gate.need.stale"
