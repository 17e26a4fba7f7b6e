"""What the figures say of an expression: bounds, why they are wide, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from irtysh.vocabulary.interval import INFINITY, Interval

ROUNDING, CONFLICT, STRUCTURAL = "rounding", "conflict", "structural"
"""Why bounds are apart: printed digits; sources that differ; parts that nobody printed."""

NO, YES, OPEN = Interval.exactly(0), Interval.exactly(1), Interval(Decimal(0), Decimal(1))
"""A truth value is an interval too: certainly not, certainly, or not known."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the figures do not have.

    Attributes
    ----------
    kind : str
        data, period, denominator, years, partners, choice (several series fit).
    text : str
        The part of the expression it is missing for.
    dimensions : mapping as tuple of pairs
        The series asked for.
    period : str
    """

    kind: str
    text: str
    dimensions: tuple[tuple[str, str], ...] = ()
    period: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON."""
        return {
            "kind": self.kind,
            "text": self.text,
            "dimensions": dict(self.dimensions),
            "period": self.period,
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Missing:
        """Read what ``to_json`` wrote."""
        return cls(row["kind"], row["text"], tuple(row["dimensions"].items()), row["period"])


@dataclass(frozen=True, slots=True)
class Leaf:
    """A figure that an expression rests on, as it goes into the arithmetic.

    Attributes
    ----------
    text : str
        The reference as written.
    period : str
    point, interval, unit
        In the unit itself (dollars, not millions); point None where only bounds are known.
    evidence, flags : tuple of str
    dimensions : pairs of dimension and code
        What it measures, for words.
    """

    text: str
    period: str
    point: Decimal | None
    interval: Interval
    unit: str
    evidence: tuple[str, ...]
    flags: tuple[str, ...] = ()
    dimensions: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; numbers as text."""
        return {
            "text": self.text,
            "period": self.period,
            "point": number_out(self.point),
            "interval": interval_out(self.interval),
            "unit": self.unit,
            "evidence": list(self.evidence),
            "flags": list(self.flags),
            "dimensions": dict(self.dimensions),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Leaf:
        """Read what ``to_json`` wrote."""
        bounds = interval_in(row["interval"])
        assert bounds is not None
        return cls(
            row["text"],
            row["period"],
            number_in(row["point"]),
            bounds,
            row["unit"],
            tuple(row["evidence"]),
            tuple(row["flags"]),
            tuple(row["dimensions"].items()),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The value of an expression.

    Attributes
    ----------
    gives : str
        figure, truth (0 to 1) or choice (``choices`` name the periods or codes).
    unit : str
        Code of units.csv, "A/B" for a quotient of two, empty for a pure number.
    point : Decimal or None
    interval : Interval or None
        In the unit itself; None where nothing is known (see ``missing``).
    kinds : set of str
        Why the bounds are apart: rounding, conflict, structural.
    coverage : Decimal or None
        Least coverage of the figures used, 0 to 1.
    evidence, flags : tuple of str
    missing : tuple of Missing
    choices : tuple of str
        Periods or codes that may be the answer; one if the answer is certain.
    leaves : tuple of Leaf
    """

    gives: str = "figure"
    unit: str = ""
    point: Decimal | None = None
    interval: Interval | None = None
    kinds: frozenset[str] = frozenset()
    coverage: Decimal | None = None
    evidence: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    choices: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The gravest reason why the bounds are apart; empty where they are not."""
        for kind in (STRUCTURAL, CONFLICT, ROUNDING):
            if kind in self.kinds:
                return kind
        return ""

    @property
    def low(self) -> Decimal | None:
        """Lower bound."""
        return self.interval.low if self.interval else None

    @property
    def high(self) -> Decimal | None:
        """Upper bound."""
        return self.interval.high if self.interval else None

    @property
    def is_known(self) -> bool:
        """True if there is a value, however wide."""
        return self.interval is not None or bool(self.choices)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; numbers as text, so that no digit is lost."""
        return {
            "gives": self.gives,
            "unit": self.unit,
            "point": number_out(self.point),
            "interval": interval_out(self.interval),
            "kinds": sorted(self.kinds),
            "kind": self.kind,
            "coverage": number_out(self.coverage),
            "evidence": list(self.evidence),
            "flags": list(self.flags),
            "missing": [one.to_json() for one in self.missing],
            "choices": list(self.choices),
            "leaves": [leaf.to_json() for leaf in self.leaves],
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Evidence:
        """Read what ``to_json`` wrote."""
        return cls(
            row["gives"],
            row["unit"],
            number_in(row["point"]),
            interval_in(row["interval"]),
            frozenset(row["kinds"]),
            number_in(row["coverage"]),
            tuple(row["evidence"]),
            tuple(row["flags"]),
            tuple(Missing.from_json(one) for one in row["missing"]),
            tuple(row["choices"]),
            tuple(Leaf.from_json(leaf) for leaf in row["leaves"]),
        )


def combined(
    parts: Iterable[Evidence],
    *,
    interval: Interval | None,
    point: Decimal | None = None,
    unit: str = "",
    gives: str = "figure",
    kinds: Iterable[str] = (),
    missing: Iterable[Missing] = (),
    choices: tuple[str, ...] = (),
) -> Evidence:
    """Return a result that carries the evidence, flags, coverage and gaps of its parts."""
    ids: dict[str, None] = {}
    flags: dict[str, None] = {}
    gaps: dict[Missing, None] = {}
    leaves: dict[Leaf, None] = {}
    reasons = set(kinds)
    coverages = []
    for part in parts:
        ids.update(dict.fromkeys(part.evidence))
        flags.update(dict.fromkeys(part.flags))
        gaps.update(dict.fromkeys(part.missing))
        leaves.update(dict.fromkeys(part.leaves))
        reasons |= part.kinds
        if part.coverage is not None:
            coverages.append(part.coverage)
    gaps.update(dict.fromkeys(missing))
    return Evidence(
        gives=gives,
        unit=unit,
        point=point if interval is not None else None,
        interval=interval,
        kinds=frozenset(reasons),
        coverage=min(coverages, default=None),
        evidence=tuple(ids),
        flags=tuple(flags),
        missing=tuple(gaps),
        choices=choices,
        leaves=tuple(leaves),
    )


def number_out(value: Decimal | None) -> str | None:
    """Write a number so that it is read back equal."""
    return None if value is None else str(value)


def number_in(text: str | None) -> Decimal | None:
    """Read what ``number_out`` wrote."""
    return None if text is None else Decimal(text)


def interval_out(interval: Interval | None) -> list[Any] | None:
    """Write an interval: both bounds, and whether each is excluded."""
    if interval is None:
        return None
    return [str(interval.low), str(interval.high), interval.low_open, interval.high_open]


def interval_in(row: list[Any] | None) -> Interval | None:
    """Read what ``interval_out`` wrote."""
    if row is None:
        return None
    low, high, low_open, high_open = row
    return Interval(Decimal(low), Decimal(high), low_open, high_open)


def at_least(bound: Decimal, is_open: bool = False) -> Interval:
    """Return everything from a bound upward."""
    return Interval(bound, INFINITY, is_open, True)
