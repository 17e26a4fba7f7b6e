"""How a project moves, and how far it is joint."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from irtysh.evaluation.strategy.jointness import CRITERIA, Jointness, jointness
from irtysh.registries.records.stages import Path

__all__ = ["CRITERIA", "PATH", "Jointness", "jointness", "totals"]

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
