"""How far something is done by both sides (step E4): reports of a period, criteria of a project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SIDES = ("A", "B")

CRITERIA = ("development", "implementation", "staffing", "financing")
"""Joint development, implementation, staffing, financing: the four criteria of Interreg."""


@dataclass(frozen=True, slots=True)
class Reported:
    """From how many sides reports of a period came: 0, 1 or 2."""

    received: int
    sides: tuple[str, ...]

    @property
    def is_one_sided(self) -> bool:
        """True where only one side has spoken: it does not count as done together."""
        return self.received == 1


def reported(sides: Iterable[str]) -> Reported:
    """Return from which sides reports came; those of neither side do not count."""
    found = tuple(sorted({side for side in sides if side in SIDES}))
    return Reported(len(found), found)


@dataclass(frozen=True, slots=True)
class Jointness:
    """How far a project is joint.

    Attributes
    ----------
    low, high : int
        Criteria met: those stated, and those not denied; 0 to 4.
    sides : frozenset of str
        Sides that have a partner.
    """

    low: int
    high: int
    sides: frozenset[str]

    @property
    def standing(self) -> str:
        """Return "joint", "one_sided" or "unknown".

        Joint means partners of both sides; a project with partners of one side only counts in no
        cross-border total, for one side could have done it alone (ECA 14/2021). Without any
        partner named nobody can tell.
        """
        if not self.sides:
            return "unknown"
        return "joint" if set(SIDES) <= self.sides else "one_sided"


def jointness(criteria: Mapping[str, bool | None], sides: Iterable[str]) -> Jointness:
    """Return the score of the four criteria as an interval, and the sides with partners.

    ``criteria`` : criterion → met, not met, or None where no source says.
    """
    values = [criteria.get(name) for name in CRITERIA]
    low = sum(value is True for value in values)
    return Jointness(
        low,
        low + sum(value is None for value in values),
        frozenset(side for side in sides if side in SIDES),
    )
