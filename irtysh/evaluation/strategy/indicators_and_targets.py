"""E2: indicators and targets together."""

from __future__ import annotations

from collections import Counter

from irtysh.evaluation.strategy.figures import counted
from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.indicator_trends import trend_lines
from irtysh.evaluation.strategy.outcome import Line, Step, sorted_evidence
from irtysh.evaluation.strategy.target_progress import target_lines


def indicators_and_targets(ground: Ground) -> Step:
    """Return the verdict of every base of every indicator, and of every target."""
    trends = trend_lines(ground)
    targets = target_lines(ground)
    bases = [line for line in trends if line.id.endswith(".bases")]
    single = [line for line in trends if not line.id.endswith(".bases")]
    own = [line for line in targets if ".from." not in line.id]
    evidence = sorted_evidence((line.id for line in trends), (line.id for line in targets))
    where = evidence or ("registers/targets",)
    statuses = Counter(line.status for line in own)
    status = _status(trends, bases)
    return Step(
        id="E2",
        status=status,
        lines=(*trends, *targets),
        figures={
            "verdicts": counted(len(single), evidence=where),
            "disagree": counted(
                sum(line.status == "bases_disagree" for line in bases), evidence=where
            ),
            "groups": counted(len(bases), evidence=where),
            "targets": counted(len(own), evidence=where),
            "unmeasurable": counted(statuses["unmeasurable"], evidence=where),
            "no_fact": counted(statuses["no_data"], evidence=where),
            "reached": counted(statuses["reached"], evidence=where),
        },
        sentence="indicators.summary" if trends else "indicators.summary.none",
        evidence=evidence,
    )


def _status(trends: list[Line], bases: list[Line]) -> str:
    if not trends:
        return "no_data"
    found = {line.status for line in bases}
    if "bases_disagree" in found:
        return "bases_disagree"
    return "bases_agree" if "bases_agree" in found else "cannot_be_judged"
