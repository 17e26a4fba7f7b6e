"""Which stored figures are the claim itself: a figure is no evidence for its own sentence."""

from __future__ import annotations

import re

from irtysh.evaluation.claims.claim import Claim
from irtysh.evaluation.expressions.world import Own, World
from irtysh.vocabulary.observation import Observation

_LINES = re.compile(r"(\d+)\s*[-–—]?\s*(\d+)?")
_PLACE = re.compile(r"\bL\.\s*(\d[\d\s,;L.–—-]*)")


def own_figures(claim: Claim, world: World) -> Own:
    """Return the figures of the same source and place that print the claim's number."""
    value = claim.value
    if value is None or not claim.source:
        return ()
    found = [
        one for one in world.printed(claim.source, value) if overlap(claim.locator, one.locator)
    ]
    return tuple(sorted(found, key=_name))


def overlap(one: str, other: str) -> bool:
    """Return True if two locators share a line ("L.296–297, L.305"), or are the same text."""
    if one.strip() == other.strip():
        return True
    lines, others = lines_of(one), lines_of(other)
    return any(
        first <= last_other and first_other <= last
        for first, last in lines
        for first_other, last_other in others
    )


def lines_of(locator: str) -> list[tuple[int, int]]:
    """Return the stretches of lines that a locator names: "L.296–297, L.305"."""
    found = []
    for part in _PLACE.findall(locator):
        for first, last in _LINES.findall(part):
            found.append((int(first), int(last or first)))
    return found


def _name(observation: Observation) -> str:
    return observation.id
