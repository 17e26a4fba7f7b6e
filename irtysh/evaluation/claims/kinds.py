"""Whether a claim's kind, operator and unit go together: the first rule of judging."""

from __future__ import annotations

from irtysh.evaluation.claims.acceptance import NUMERIC
from irtysh.evaluation.claims.claim import Claim
from irtysh.vocabulary.codelists import codelist

_RELATIVE = frozenset({"PC", "PP", "RATIO"})
_COUNTING = frozenset({"NUM", "PLACE", "PERS", "POINTS", "INDEX"})


def makes_sense(claim: Claim) -> bool:
    """Return False if the unit printed cannot measure what the claim speaks of.

    A share cannot be in dollars, a place not in per cent, a count not in tonnes; a claim without
    a number or a unit has nothing to object to.
    """
    unit = claim.unit
    if not unit or unit in ("_Z", "_U") or not claim.printed:
        return True
    match claim.kind:
        case "share":
            return unit in _RELATIVE
        case "rank":
            return unit in _COUNTING
        case "count":
            return unit in _COUNTING or _sort(unit) in ("count", "time")
        case "extremum" | "trend" | "composition":
            return True
        case _:
            return claim.operator not in NUMERIC or unit != "PLACE"


def _sort(unit: str) -> str:
    units = codelist("units")
    return units[unit].extra.get("kind", "") if unit in units else ""
