"""What judging a claim came to, with everything needed to print and to repeat it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from irtysh.evaluation.claims.verdicts import Verdict
from irtysh.evaluation.expressions.evidence import (
    Evidence,
    Missing,
    interval_in,
    interval_out,
    number_in,
    number_out,
)
from irtysh.vocabulary.interval import Interval

ENGINE = "claims-1"
"""Version of the rules; a change of any rule, set or threshold name counts it up."""


@dataclass(frozen=True, slots=True)
class Margin:
    """How far the evidence lies from the number said: in per cent of it, or in points."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One binding, evaluated.

    Attributes
    ----------
    expression : str
    words : mapping language → text
        What the reading takes the sentence to mean.
    evidence : Evidence
        In the unit itself.
    literal, usual : Interval or None
        Acceptance sets in the unit of the evidence; None for choices.
    wanted : str
        The period or code that a record names; empty for numbers.
    verdict : Verdict
    reason : str
        Code of claim_reasons; empty where the verdict needs none.
    fault : mapping or None
        Position, token, expected of a fault of the expression.
    probability : Decimal or None
    margin : Margin or None
    """

    expression: str
    words: Mapping[str, str]
    evidence: Evidence
    literal: Interval | None
    usual: Interval | None
    verdict: Verdict
    reason: str = ""
    wanted: str = ""
    fault: Mapping[str, Any] | None = None
    probability: Decimal | None = None
    margin: Margin | None = None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "expression": self.expression,
            "reading": dict(self.words),
            "evidence": self.evidence.to_json(),
            "literal": interval_out(self.literal),
            "pragmatic": interval_out(self.usual),
            "verdict": self.verdict.value,
            "reason": self.reason,
            "wanted": self.wanted,
            "fault": dict(self.fault) if self.fault else None,
            "probability": number_out(self.probability),
            "margin": _margin_out(self.margin),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Reading:
        """Read what ``to_json`` wrote."""
        return cls(
            row["expression"],
            row["reading"],
            Evidence.from_json(row["evidence"]),
            interval_in(row["literal"]),
            interval_in(row["pragmatic"]),
            Verdict(row["verdict"]),
            row["reason"],
            row["wanted"],
            row["fault"],
            number_in(row["probability"]),
            _margin_in(row["margin"]),
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a claim.

    Attributes
    ----------
    claim : str
    verdict : Verdict
    ground : str
        Code of claim_grounds: data, identity, units, readings, absence.
    reason : str
        Code of claim_reasons; empty where the verdict needs none.
    margin : Margin or None
    readings : tuple of Reading
    missing : tuple of Missing
    evidence : tuple of str
        Ids of the observations behind it.
    own : tuple of str
        Ids of the figures that are the claim itself.
    conflict : tuple of str
        Names of the smallest set that cannot all be true, this claim among them.
    engine : str
    said : language → {title, text, arithmetic}
    """

    claim: str
    verdict: Verdict
    ground: str
    reason: str = ""
    margin: Margin | None = None
    readings: tuple[Reading, ...] = ()
    missing: tuple[Missing, ...] = ()
    evidence: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    engine: str = ENGINE
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; ``from_json`` reads it back equal."""
        return {
            "claim": self.claim,
            "verdict": self.verdict.value,
            "ground": self.ground,
            "reason": self.reason,
            "margin": _margin_out(self.margin),
            "readings": [one.to_json() for one in self.readings],
            "missing": [one.to_json() for one in self.missing],
            "evidence": list(self.evidence),
            "own": list(self.own),
            "conflict": list(self.conflict),
            "engine": self.engine,
            "said": {language: dict(words) for language, words in self.said.items()},
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Judgement:
        """Read what ``to_json`` wrote."""
        return cls(
            row["claim"],
            Verdict(row["verdict"]),
            row["ground"],
            row["reason"],
            _margin_in(row["margin"]),
            tuple(Reading.from_json(one) for one in row["readings"]),
            tuple(Missing.from_json(one) for one in row["missing"]),
            tuple(row["evidence"]),
            tuple(row["own"]),
            tuple(row["conflict"]),
            row["engine"],
            row["said"],
        )


def _margin_out(margin: Margin | None) -> dict[str, str] | None:
    return None if margin is None else {"value": str(margin.value), "unit": margin.unit}


def _margin_in(row: Mapping[str, str] | None) -> Margin | None:
    return None if row is None else Margin(Decimal(row["value"]), row["unit"])
