"""What an evaluation is made of, frozen: the same inputs give the same bytes at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.outcome import canonical, digest_of


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the arithmetic reads, as plain JSON.

    Lists are kept in one order whatever order they came in, so neither digest nor outcome
    depends on it.

    Attributes
    ----------
    day : date
        As of when; nothing later counts.
    release, engine : str
        Id of the release of figures; version of the arithmetic.
    case : dict
        case.yaml.
    thresholds : dict
        "evaluation" and "measures": definitions/thresholds/NAME.yaml as used
        (``irtysh.evaluation.strategy.parameters.thresholds_as_used``).
    registers : dict
        Register → records as in case files: programmes, objectives, measures, targets, acts,
        obstacles, offers, events, series, projects, initiatives, guides, risks, organisations;
        also sources and datasets of the case.
    reports : list of dict
        measure, period_start, period_end, side, share (0 to 1), has_proof, state, submitted_on,
        decided_on; days as ISO text.
    counts : dict
        questions {received, answered, answered_in_time, median_days}, guides {views},
        population {side: persons}, awareness {percent}…; an absent key is no data, never zero.
    results : list of dict
        Indicator results of the release (``Result.to_json``).
    claims : list of dict
        Judgements (``Judgement.to_json``).
    sheets : list of dict
        Signed ratings: criterion, rating 1 to 4, text, signed_by, signed_on.
    before : dict or None
        Outcome of the evaluation before (``Outcome.to_json``).
    """

    day: date
    release: str
    engine: str
    case: dict[str, Any]
    thresholds: dict[str, Any]
    registers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    reports: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)
    results: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    sheets: list[dict[str, Any]] = field(default_factory=list)
    before: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        for one in fields(self):
            if one.name not in ("day", "release", "engine"):
                object.__setattr__(self, one.name, plain(getattr(self, one.name)))
        ordered = {name: _ordered(rows) for name, rows in sorted(self.registers.items())}
        object.__setattr__(self, "registers", ordered)
        for name in ("reports", "results", "claims", "sheets"):
            object.__setattr__(self, name, _ordered(getattr(self, name)))

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        return digest_of(self.to_json())

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; ``from_json`` reads it back equal."""
        return {
            **{one.name: getattr(self, one.name) for one in fields(self)},
            "day": self.day.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Inputs:
        """Read what ``to_json`` wrote."""
        return cls(**{**data, "day": date.fromisoformat(data["day"])})


def plain(value: Any) -> Any:
    """Return a value as JSON has it: days and decimals as text, tuples as lists, keys as text."""
    match value:
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return value


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (str(row.get("id", "")), canonical(row)))
