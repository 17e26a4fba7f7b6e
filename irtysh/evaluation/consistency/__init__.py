"""What does not add up: rules over stored figures and documents, with the arithmetic shown.

``find`` is pure: the same figures in any order and in any unit give the same findings.  No
finding, verdict or number is written by hand; see docs/methodology/consistency.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import yaml

from irtysh.evaluation.consistency.book import Book
from irtysh.evaluation.consistency.finding import SEVERITIES, Finding, Severity
from irtysh.evaluation.consistency.ledger import Ledger
from irtysh.evaluation.consistency.registry import RULES
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import DEFINITIONS

__all__ = ["RULES", "SEVERITIES", "Finding", "Severity", "default_thresholds", "find"]


@cache
def default_thresholds() -> Mapping[str, Any]:
    """Return definitions/thresholds/consistency.yaml: name → number."""
    path = DEFINITIONS / "thresholds" / "consistency.yaml"
    with path.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return {name: entry["value"] for name, entry in loaded.items()}


def find(
    observations: Iterable[Observation],
    documents: Mapping[str, Any],
    *,
    thresholds: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """Return everything that does not add up, worst first.

    Parameters
    ----------
    observations : iterable of Observation
        Figures of one case or release, in any order, rivals included.
    documents : mapping
        Documents of the case by name ("statements", "acts", "sources", "datasets", "people",
        "territories", "case"); a missing one is read as empty.
    thresholds : mapping, optional
        Numbers that replace those of definitions/thresholds/consistency.yaml.

    Returns
    -------
    list of Finding
        Sorted by severity, then by the order of RULES, then by kind and subject.
    """
    settings = {**default_thresholds(), **(thresholds or {})}
    book = Book(Ledger(observations, documents, settings))
    order = {rule: place for place, rule in enumerate(RULES)}
    found = {finding.id: finding for rule in RULES.values() for finding in rule(book)}
    return sorted(
        found.values(),
        key=lambda one: (SEVERITIES.index(one.severity), order[one.rule], one.kind, one.subject),
    )
