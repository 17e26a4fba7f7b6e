"""What an evaluation comes to: steps, their lines, and the figures that each line rests on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

STEPS = ("E0", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10")
"""The steps in order (docs/methodology/evaluation.md)."""

TRIGGERED = "triggered"


def canonical(plain: Any) -> str:
    """Return JSON that is the same for the same content: sorted keys, no idle blanks."""
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(plain: Any) -> str:
    """Return the SHA-256 of canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a step.

    Attributes
    ----------
    id : str
        Stable and fit for an address: "E2.turnover.RU-OMS-KZ.implied.2016". No number of the
        result is in it, so a corrected figure keeps the address of its line.
    step : str
        One of ``STEPS``.
    subject : dict
        {"kind", "id", "label": {language: text}}.
    status : str
        Code of definitions/codelists/evaluation_statuses.csv.
    figures : dict
        Name → figure as plain JSON (irtysh.evaluation.strategy.figures).
    params : dict
        Blanks of the sentence that are no numbers (irtysh.evaluation.strategy.words).
    sentence : str
        Key of definitions/messages/evaluation.yaml.
    evidence : tuple of str
        Ids of everything the line rests on, sorted.
    robust : str or None
        Share of runs that give the same status, 0 to 1; None where nothing was varied.
    """

    id: str
    step: str
    subject: dict[str, Any]
    status: str
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""
    evidence: tuple[str, ...] = ()
    robust: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the line as plain JSON."""
        return {
            "id": self.id,
            "step": self.step,
            "subject": self.subject,
            "status": self.status,
            "figures": self.figures,
            "params": self.params,
            "sentence": self.sentence,
            "evidence": list(self.evidence),
            "robust": self.robust,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Line:
        """Read what ``to_json`` wrote."""
        return cls(**{**plain, "evidence": tuple(plain["evidence"])})


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its summary.

    Attributes
    ----------
    id, status : str
    lines : tuple of Line
    figures, params, sentence, evidence : as of a line
        The summary of the step.
    """

    id: str
    status: str
    lines: tuple[Line, ...] = ()
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""
    evidence: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the step as plain JSON."""
        return {
            "id": self.id,
            "status": self.status,
            "figures": self.figures,
            "params": self.params,
            "sentence": self.sentence,
            "evidence": list(self.evidence),
            "lines": [line.to_json() for line in self.lines],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Step:
        """Read what ``to_json`` wrote."""
        return cls(
            **{
                **plain,
                "evidence": tuple(plain["evidence"]),
                "lines": tuple(Line.from_json(line) for line in plain["lines"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """An evaluation.

    Attributes
    ----------
    engine : str
        Version of the arithmetic.
    inputs_digest : str
        SHA-256 of what it was made of.
    day, release : date, str
        As of when, and from which figures.
    steps : tuple of Step
        All of ``STEPS`` in order.
    """

    engine: str
    inputs_digest: str
    day: date
    release: str
    steps: tuple[Step, ...]

    @property
    def triggers(self) -> tuple[Line, ...]:
        """Lines of the last step that ask for a review."""
        return tuple(line for line in self.step("E10").lines if line.status == TRIGGERED)

    @property
    def lines(self) -> dict[str, Line]:
        """Id → line, of every step in order."""
        return {line.id: line for step in self.steps for line in step.lines}

    @property
    def digest(self) -> str:
        """SHA-256 of the outcome."""
        return digest_of(self.to_json())

    def step(self, step_id: str) -> Step:
        """Return a step; raises KeyError."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def to_json(self) -> dict[str, Any]:
        """Return the evaluation as plain JSON; ``from_json`` reads it back equal."""
        return {
            "engine": self.engine,
            "inputs_digest": self.inputs_digest,
            "day": self.day.isoformat(),
            "release": self.release,
            "steps": [step.to_json() for step in self.steps],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Outcome:
        """Read what ``to_json`` wrote."""
        return cls(
            engine=plain["engine"],
            inputs_digest=plain["inputs_digest"],
            day=date.fromisoformat(plain["day"]),
            release=plain["release"],
            steps=tuple(Step.from_json(step) for step in plain["steps"]),
        )


def sorted_evidence(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return every id once, sorted, so that the order of the inputs leaves no trace."""
    return tuple(sorted({one for group in groups for one in group}))
