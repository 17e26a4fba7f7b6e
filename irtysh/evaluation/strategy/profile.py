"""E5, the integration profile: eight sides of it apart, and no single index.

Openness (X+M)/GRP, significance (X+M)/(all X+M), balance (X−M)/(X+M), Grubel–Lloyd, HHI, place
of the partner, gap in ln(GRP per head) with its change, mirror gap |X − M*|/mean. Where an input
is missing, the line names it.
"""

from __future__ import annotations

from collections.abc import Iterable

from irtysh.evaluation.strategy.convergence import gap
from irtysh.evaluation.strategy.figures import counted
from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.interaction import INTERACTION
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence


def profile_lines(ground: Ground) -> list[Line]:
    """Return the lines of the profile, in a fixed order."""
    return [ask(ground) for ask in (*INTERACTION, gap)]


def profile(ground: Ground, more: Iterable[Line] = ()) -> Step:
    """Return the profile; ``more`` are lines on the order of years."""
    lines = (*profile_lines(ground), *more)
    own = [line for line in lines if line.subject["kind"] == "profile"]
    known = [line for line in own if line.status != "no_data"]
    evidence = sorted_evidence(line.id for line in lines)
    return Step(
        id="E5",
        status="described" if known else "no_data",
        lines=lines,
        figures={
            "known": counted(len(known), evidence=evidence),
            "sides": counted(len(own), evidence=evidence),
        },
        sentence="profile.summary",
        evidence=evidence,
    )
