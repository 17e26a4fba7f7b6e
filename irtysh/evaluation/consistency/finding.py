"""The finding: what does not add up, with the numbers that show it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from irtysh.evaluation.consistency import values
from irtysh.evaluation.consistency.values import Phrase, Value, spoken, written


class Severity(StrEnum):
    """How bad it is, worst first; the order in which findings are listed."""

    CONTRADICTION = "contradiction"
    """The figures cannot all be true, whatever the rounding."""
    DEFECT = "defect"
    """The figure cannot be used as printed: a unit, period, base or whole is wrong or missing."""
    DOUBT = "doubt"
    """Possible, but not supported by the figures, or probably a slip."""
    NOTE = "note"
    """A reader must know it to read the figures rightly."""


SEVERITIES = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found.

    Attributes
    ----------
    rule : str
        Key of the registry of rules.
    kind : str
        Which of the rule's sentences says it: key of the message catalogue.
    severity : Severity
    subject : str
        What it is about: "series:…", "cell:…", "table:…", "statement:…", "act:…", "people:…".
    numbers : mapping
        Named values that fill the sentences; every one computed from stored figures.
    lines : tuple of Phrase
        The arithmetic, line by line.
    observations, statements, acts : tuple of str
        Ids of the evidence.
    coverage : Decimal or None
        Value used divided by the total, 0 to 1; None where no total is involved.
    """

    rule: str
    kind: str
    severity: Severity
    subject: str
    numbers: Mapping[str, Value] = field(default_factory=dict)
    lines: tuple[Phrase, ...] = ()
    observations: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    coverage: Decimal | None = None

    @property
    def id(self) -> str:
        """A stable name: the rule, its sentence and the subject, hashed; no number in it."""
        text = "\x1f".join((self.rule, self.kind, self.subject))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def title(self, language: str) -> str:
        """Say in one line what does not add up."""
        return self._said("title", language)

    def explanation(self, language: str) -> str:
        """Say in plain words what that means for a reader."""
        return self._said("text", language)

    def arithmetic(self, language: str) -> list[str]:
        """Return the computation line by line."""
        return [written(line, language) for line in self.lines]

    def to_json(self) -> dict[str, Any]:
        """Return the finding as plain JSON; ``from_json`` reads it back equal."""
        return {
            "id": self.id,
            "rule": self.rule,
            "kind": self.kind,
            "severity": self.severity.value,
            "subject": self.subject,
            "numbers": {name: values.to_json(value) for name, value in self.numbers.items()},
            "arithmetic": [values.to_json(line) for line in self.lines],
            "evidence": {
                "observations": list(self.observations),
                "statements": list(self.statements),
                "acts": list(self.acts),
            },
            "coverage": None if self.coverage is None else str(self.coverage),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Finding:
        """Read what ``to_json`` wrote; the id is computed anew."""
        evidence = data["evidence"]
        return cls(
            rule=data["rule"],
            kind=data["kind"],
            severity=Severity(data["severity"]),
            subject=data["subject"],
            numbers={name: values.from_json(item) for name, item in data["numbers"].items()},
            lines=tuple(values.from_json(line) for line in data["arithmetic"]),
            observations=tuple(evidence["observations"]),
            statements=tuple(evidence["statements"]),
            acts=tuple(evidence["acts"]),
            coverage=None if data["coverage"] is None else Decimal(data["coverage"]),
        )

    def _said(self, part: str, language: str) -> str:
        blanks = {name: written(value, language) for name, value in self.numbers.items()}
        return spoken(f"{self.kind}.{part}", language, blanks)
