"""How high a risk is (step E8), and what its columns must agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from irtysh.evaluation.strategy.parameters import Parameters, thresholds_as_used
from irtysh.sources.registers.agreement import disagreements
from irtysh.vocabulary.errors import Fault

CLOSED = "closed"
LEVELS = (1, 2, 3, 4, 5)
"""Steps of likelihood and of impact."""
COLUMNS = (
    "likelihood", "impact", "residual_likelihood", "residual_impact", "status", "closed_on",
)  # fmt: skip
"""Columns that speak of one another."""


def score(likelihood: int | None, impact: int | None) -> int | None:
    """Return P × I, 1 to 25; None where one of the two is not known."""
    return None if likelihood is None or impact is None else likelihood * impact


def band(product: int | None) -> str:
    """Return the code of evaluation_statuses for P × I; "unknown" where it is not rated."""
    if product is None:
        return "unknown"
    limits = Parameters(thresholds_as_used())
    if product >= limits.number("risk_high"):
        return "risk_high"
    return "risk_medium" if product >= limits.number("risk_medium") else "risk_low"


def faults_of(file: str, columns: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the columns of a risk say against each other, as the check of a case does."""
    for column, error in disagreements("risks", columns):
        yield Fault(error.code, file, 0, column, error.params)
