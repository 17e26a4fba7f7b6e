"""Where a figure is used: indicators, findings and charts by the observations they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from irtysh.evaluation.consistency import Finding
from irtysh.indicators.results import Result

Usage = dict[str, list[dict[str, str]]]


def usage_of(
    results: Iterable[Result],
    findings: Iterable[Finding],
    charts: Iterable[Mapping[str, Any]],
) -> Usage:
    """Return observation id → what uses it, each ``{"kind": …, "id": …}`` once, in order."""
    usage: dict[str, dict[tuple[str, str], None]] = {}

    def note(observations: Iterable[str], kind: str, name: str) -> None:
        for observation in observations:
            usage.setdefault(observation, {})[kind, name] = None

    for result in results:
        note(result.figure.evidence, "indicator", result.indicator)
    for finding in findings:
        note(finding.observations, "finding", finding.id)
    for chart in charts:
        note(chart["evidence"], "chart", chart["id"])
    return {
        observation: [{"kind": kind, "id": name} for kind, name in used]
        for observation, used in usage.items()
    }
