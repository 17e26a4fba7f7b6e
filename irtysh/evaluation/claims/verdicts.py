"""The rules that turn evidence and acceptance sets into a verdict, in their fixed order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from irtysh.evaluation.claims.acceptance import Accepted
from irtysh.evaluation.expressions.evidence import ROUNDING
from irtysh.vocabulary.interval import Interval


class Verdict(StrEnum):
    """Codes of claim_verdicts."""

    VERIFIED = "VERIFIED"
    WITHIN_ROUNDING = "WITHIN_ROUNDING"
    UNDER_INFORMATIVE = "UNDER_INFORMATIVE"
    CONTRADICTED = "CONTRADICTED"
    INCONSISTENT = "INCONSISTENT"
    AMBIGUOUS = "AMBIGUOUS"
    INDETERMINATE = "INDETERMINATE"
    NOT_CHECKABLE = "NOT_CHECKABLE"
    ILL_FORMED = "ILL_FORMED"


SUPPORTING = (Verdict.VERIFIED, Verdict.WITHIN_ROUNDING, Verdict.UNDER_INFORMATIVE)
"""Verdicts that leave the claim standing, firmest first."""
OPEN = (Verdict.INDETERMINATE, Verdict.NOT_CHECKABLE)
FIRM = frozenset({Verdict.VERIFIED, Verdict.UNDER_INFORMATIVE, Verdict.CONTRADICTED})
"""Verdicts that no figure within the bounds could change to the opposite side."""


def compare(evidence: Interval, sets: Accepted, kind: str) -> Verdict:
    """Return the verdict of bounds against acceptance sets.

    Parameters
    ----------
    evidence : Interval
    sets : Accepted
    kind : why the evidence has width: rounding, conflict, structural or empty

    Notes
    -----
    In this order: nothing in common with the literal set, contradicted; within the usual set,
    verified; within the literal set, true but saying too little; partly outside only because
    printed numbers are rounded, verified within rounding; otherwise indeterminate. Widening the
    evidence can only lead from a firm verdict to a weaker or another true one, never to a
    firmer one.
    """
    if not evidence.meets(sets.literal):
        return Verdict.CONTRADICTED
    if evidence.within(sets.usual):
        return Verdict.VERIFIED
    if evidence.within(sets.literal):
        return Verdict.UNDER_INFORMATIVE
    return Verdict.WITHIN_ROUNDING if kind == ROUNDING else Verdict.INDETERMINATE


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict of several readings, whatever their order.

    A reading that makes no sense is no reading, unless none does. Readings that all support the
    claim leave the weakest support; readings that all leave it open leave it open; readings that
    differ beyond that make it depend on the reading.
    """
    found = {one for one in verdicts if one is not Verdict.ILL_FORMED}
    if found == {Verdict.CONTRADICTED, Verdict.INCONSISTENT}:
        return Verdict.INCONSISTENT
    if not found:
        return Verdict.ILL_FORMED if verdicts else Verdict.NOT_CHECKABLE
    if len(found) == 1:
        return next(iter(found))
    for side in (SUPPORTING, OPEN):
        if found <= set(side):
            return _weakest(found, side)
    return Verdict.AMBIGUOUS


def _weakest(found: Collection[Verdict], side: Sequence[Verdict]) -> Verdict:
    if side is OPEN:
        return Verdict.INDETERMINATE
    return max(found, key=side.index)
