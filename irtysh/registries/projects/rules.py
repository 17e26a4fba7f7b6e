"""How a project moves, and how far it is joint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from irtysh.registries.records.stages import Path

PATH = Path(
    order=("proposed", "approved", "contracted", "running", "closed"),
    steps={
        "proposed": ("approved", "cancelled"),
        "approved": ("contracted", "running", "suspended", "cancelled"),
        "contracted": ("running", "suspended", "cancelled"),
        "running": ("suspended", "closed", "cancelled"),
        "suspended": ("approved", "contracted", "running", "cancelled"),
        "closed": (),
        "cancelled": (),
    },
)
"""After the status machine of Jems, cut from 24 states to seven (cooperation.md 1.2)."""

CRITERIA = ("development", "implementation", "staffing", "financing")


@dataclass(frozen=True, slots=True)
class Jointness:
    """How far a project is joint (E4).

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
        return "joint" if {"A", "B"} <= self.sides else "one_sided"


def jointness(criteria: Mapping[str, bool | None], sides: Iterable[str]) -> Jointness:
    """Return the score of the four criteria as an interval, and the sides with partners.

    ``criteria`` : criterion → met, not met, or None where no source says. Metis/Interreg
    criteria: joint development, implementation, staffing, financing.
    """
    values = [criteria.get(name) for name in CRITERIA]
    low = sum(value is True for value in values)
    return Jointness(low, low + sum(value is None for value in values),
                     frozenset(side for side in sides if side in ("A", "B")))  # fmt: skip


def totals(amounts: Iterable[tuple[str, Decimal, str]]) -> dict[str, Decimal]:
    """Return currency → sum of stated totals; currencies are never added up.

    ``amounts`` : (kind, amount, currency); only the kind "total" or an unstated kind counts, so
    that a whole and its parts are not added.
    """
    found: dict[str, Decimal] = {}
    for kind, amount, currency in amounts:
        if kind in ("", "total"):
            found[currency] = found.get(currency, Decimal(0)) + amount
    return found
