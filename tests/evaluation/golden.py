"""Reads the oracle of the inventory's findings and holds findings against it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import yaml

from irtysh.evaluation.consistency import Finding
from irtysh.evaluation.consistency.values import Amount, Value
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Shown
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import ROOT

PATH = ROOT / "tests" / "golden" / "inventory_findings.yaml"


def rows() -> list[dict[str, Any]]:
    """Return the oracle, one row an inventory finding."""
    with PATH.open(encoding="utf-8") as stream:
        loaded: list[dict[str, Any]] = yaml.safe_load(stream)
    return loaded


def matching(
    wanted: Mapping[str, Any], findings: Iterable[Finding], observations: Mapping[str, Observation]
) -> list[Finding]:
    """Return the findings of the wanted kind and subject (or with the wanted evidence)."""
    return [
        finding
        for finding in findings
        if (finding.rule, finding.kind) == (wanted["rule"], wanted["kind"])
        and finding.subject == wanted.get("subject", finding.subject)
        and _has_evidence(wanted.get("of"), finding, observations)
    ]


def _has_evidence(
    fields: Mapping[str, str] | None,
    finding: Finding,
    observations: Mapping[str, Observation],
) -> bool:
    if not fields:
        return True
    return any(
        all(getattr(observations[id_], name) == value for name, value in fields.items())
        for id_ in finding.observations
    )


def number(value: Value) -> Decimal:
    """Return a number as a sentence shows it, before it is rounded."""
    match value:
        case Decimal():
            return value
        case Shown():
            return value.value
        case Amount(value=Interval() as interval):
            bound = interval.low if interval.low.is_finite() else interval.high
            return bound.scaleb(-value.mult)
        case Amount():
            assert isinstance(value.value, Decimal)
            return value.value.scaleb(-value.mult)
    raise TypeError(value)


def agrees(expected: str | Mapping[str, str], value: Value) -> bool:
    """True if a number is the expected one, as rounded as the oracle prints it."""
    if isinstance(expected, Mapping):
        wanted, margin = Decimal(expected["value"]), Decimal(expected["within"])
    else:
        wanted = Decimal(expected)
        margin = Decimal(1).scaleb(int(wanted.as_tuple().exponent)) / 2
    return abs(number(value) - wanted) <= margin
