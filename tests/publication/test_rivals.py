"""Which rival is preferred: a named decision first, then rules in order, else nobody."""

from __future__ import annotations

from itertools import permutations

import pytest

from irtysh.publication.rivals import _RULES, decisions
from irtysh.sources.case.layout import PREFERENCE_RULES
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Status
from tests.observations import observe

SOURCES = [
    {"id": "paper", "kind": "article", "published_on": "2024"},
    {"id": "press", "kind": "press", "published_on": "2022-04-19"},
    {"id": "later", "kind": "press", "published_on": "2023-01-01"},
    {"id": "office", "kind": "official-statistics"},
]
WHY = {"ru": "Потому.", "kk": "Себебі.", "en": "Because."}
KIND = {"rule": "prefer_kind", "order": ["official-statistics", "article", "press"], "reason": WHY}
PRECISE = {"rule": "prefer_precise", "order": ["EQ", "APPROX", "GT"], "reason": WHY}
DIGITS = {"rule": "prefer_digits", "reason": WHY}
LATER = {"rule": "prefer_published_later", "reason": WHY}
STATUS = {"rule": "prefer_status", "order": ["OBSERVED", "ESTIMATED"], "reason": WHY}


def chosen(rivals, *rules, named=()):
    preferences = {"rules": list(rules), "named": list(named)}
    answers = {
        decision["observation"]
        for order in permutations(rivals)
        for decision in decisions(order, preferences, SOURCES)
    }
    assert len(answers) == 1, "the choice depends on the order of the rows"
    return answers.pop()


def test_a_cell_with_one_value_has_no_decision():
    rows = [observe("402,1"), observe("380", "2020"), observe("", "2018"), observe("1", "2018")]
    assert decisions(rows, {}, SOURCES) == []


@pytest.mark.parametrize(
    ("rule", "winner", "loser"),
    [
        (KIND, {"source": "office"}, {"source": "press"}),
        (PRECISE, {"source": "press"}, {"source": "paper", "qualifier": Qualifier.GT}),
        (LATER, {"source": "later"}, {"source": "press"}),
        (STATUS, {"source": "press"}, {"source": "paper", "status": Status.ESTIMATED}),
    ],
)
def test_each_rule_by_itself(rule, winner, loser):
    best, worst = observe("402", **winner), observe("380", **loser)
    assert chosen([best, worst], rule) == best.id


def test_more_printed_digits():
    fine, coarse = observe("402,1"), observe("402", source="press")
    assert chosen([fine, coarse], DIGITS) == fine.id


def test_rules_apply_in_order_and_only_to_what_is_left():
    bound = observe("380", source="office", qualifier=Qualifier.GT)
    exact = observe("402,1", source="press")
    assert chosen([bound, exact], KIND, PRECISE) == bound.id
    assert chosen([bound, exact], PRECISE, KIND) == exact.id


def test_a_named_decision_comes_first():
    office, press = observe("402", source="office"), observe("380", source="press")
    named = {"cell": {"period": "2021"}, "prefer": "press", "reason": WHY, "decided_by": WHY}
    assert chosen([office, press], KIND, named=[named]) == press.id
    elsewhere = {**named, "cell": {"period": "1921"}}
    assert chosen([office, press], KIND, named=[elsewhere]) == office.id


def test_a_tie_prefers_nobody():
    rows = [observe("402", source="press"), observe("380", source="later")]
    assert chosen(rows, KIND, PRECISE, DIGITS) is None


def test_the_layout_knows_exactly_these_rules():
    assert set(PREFERENCE_RULES) == set(_RULES)


def test_digits_are_counted_in_the_unit_itself():
    millions, thousands = observe("402,1"), observe("402105", source="press", unit_mult=3)
    assert chosen([millions, thousands], DIGITS) == thousands.id
