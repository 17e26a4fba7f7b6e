"""A risk: what its ratings must agree on, in a form, a table and the database alike."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.records.actions import write
from irtysh.registries.risks.models import Risk
from irtysh.registries.risks.rules import score
from irtysh.sources.registers.agreement import disagreements
from tests.registries.programmes.made import programme

_RATING = st.none() | st.integers(1, 5)


def _document(code: str = "flood", **more: Any) -> dict[str, Any]:
    return {"id": code, "kind": "environmental", "name": {"ru": "Паводок"}, "status": "open",
            **more}  # fmt: skip


def _codes(**more: Any) -> set[str]:
    return {error.code for _column, error in disagreements("risks", _document(**more))}


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ({"likelihood": 3}, "RiskHalfRated"),
        ({"impact": 3}, "RiskHalfRated"),
        ({"likelihood": 3, "impact": 3, "residual_impact": 2}, "RiskHalfRated"),
        ({"residual_likelihood": 1, "residual_impact": 1}, "ResidualWithoutRisk"),
        ({"likelihood": 2, "impact": 2, "residual_likelihood": 1, "residual_impact": 5},
         "ResidualAboveRisk"),
        ({"status": "closed"}, "ClosedWithoutDay"),
        ({"closed_on": "2026-01-01"}, "ClosedWithoutDay"),
    ],
)  # fmt: skip
def test_what_disagrees_is_named(columns: dict[str, Any], fault: str) -> None:
    assert _codes(**columns) == {fault}


def test_what_agrees_passes() -> None:
    assert _codes() == set()
    assert _codes(likelihood=4, impact=4, residual_likelihood=4, residual_impact=4) == set()
    # Less likely, though graver: the product decides.
    assert _codes(likelihood=5, impact=2, residual_likelihood=2, residual_impact=5) == set()
    assert _codes(status="closed", closed_on="2026") == set()


@given(_RATING, _RATING)
def test_a_score_needs_both(likelihood: int | None, impact: int | None) -> None:
    found = score(likelihood, impact)
    assert (found is None) == (likelihood is None or impact is None)
    assert found is None or 1 <= found <= 25


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"likelihood": 3},
        {"residual_likelihood": 1, "residual_impact": 1},
        {"likelihood": 2, "impact": 2, "residual_likelihood": 5, "residual_impact": 5},
        {"status": "closed"},
        {"closed_on": "2026"},
    ],
)
def test_the_database_refuses_it_too(columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write(register="risks", document=_document(**columns), by=None)


@pytest.mark.django_db
def test_a_risk_is_of_its_side_or_of_its_programme() -> None:
    programme(owners=[{"name": {"ru": "А"}, "side": "A"}])
    of_plan = write(register="risks", document=_document(programme="plan"), by=None)
    assert of_plan.sides() == {"A"}
    own = write(register="risks", document=_document("own", programme="plan", side="B"), by=None)
    assert own.sides() == {"B"}
    rated = write(
        register="risks", by=None,
        document=_document("rated", likelihood=4, impact=5, residual_likelihood=2,
                           residual_impact=5),
    )  # fmt: skip
    assert (rated.score, rated.residual, rated.is_open) == (20, 10, True)
    assert Risk.objects.get(code="flood").score is None


@pytest.mark.django_db
def test_the_form_says_it_in_the_readers_words() -> None:
    risk = write(register="risks", document=_document(likelihood=2, impact=2), by=None)
    risk.residual_likelihood, risk.residual_impact = 3, 3
    faults = [one for one in risk.faults() if one.code == "ResidualAboveRisk"]
    assert [one.params for one in faults] == [{"left": "9", "first": "4"}]
