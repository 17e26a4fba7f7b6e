"""A target: from where to where, by when, who set it, and what is known today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers import plans
from irtysh.registries.programmes.models import Target
from irtysh.registries.records.codes import code_name


def present_target(target: Target, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of a target shows beyond its columns."""
    line = plans.target_line(target, reading)
    rows = [*_rows(target.facts.all(), reading), *_rows(target.milestones.all(), reading)]
    return {
        "programme": plans.own_programme(target, reading),
        "line": line,
        "facts": None,
        "steps": _steps(target, line, reading),
        "has_rows": bool(rows),
        "indicator_name": code_name("indicators", target.indicator, reading.language)
        if target.indicator
        else "",
    }


def _rows(rows: Any, reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "period": row.period,
            "value": plans.value_words(row.value, reading.language),
            "cited": words.source_line(reading, row.source, row.locator) if row.source else None,
        }
        for row in rows
    ]


def _steps(target: Target, line: Mapping[str, Any], reading: Reading) -> list[dict[str, Any]]:
    """Return baseline, milestones, facts and aim in the order of their periods."""
    found = []
    if target.baseline is not None:
        found.append(
            {"what": "baseline", "period": target.baseline_period, "value": line["baseline"]}
        )
    found += [{"what": "milestone", **row} for row in _rows(target.milestones.all(), reading)]
    found += [{"what": "fact", **row} for row in _rows(target.facts.all(), reading)]
    if target.target is not None:
        found.append({"what": "target", "period": target.target_period, "value": line["target"]})
    return sorted(found, key=lambda one: one["period"] or "~")
