"""What does not add up: the findings of the release by severity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from irtysh.evaluation.consistency.finding import SEVERITIES
from irtysh.reports.blocks import Block, Column, Heading, Listing, Note, Paragraph, Run, Table
from irtysh.reports.material import Material
from irtysh.vocabulary.wording import say

_IN_FULL = ("contradiction", "defect")
"""Severities whose arithmetic is printed; of the others the title says enough."""


def findings(material: Material) -> Iterator[Block]:
    """Yield contradictions and defects with their arithmetic, doubts and notes by title."""
    found = list(material.findings.values())
    if not found:
        yield Note(say("report", "findings_none", material.language), "good")
        return
    for severity in SEVERITIES:
        own = [one for one in found if one["severity"] == severity.value]
        if own:
            yield from _of_severity(material, severity.value, own)


def _of_severity(
    material: Material, severity: str, found: Sequence[Mapping[str, Any]]
) -> Iterator[Block]:
    language = material.language
    yield Heading(say("report", f"severity_{severity}", language))
    yield Paragraph((Run(say("consistency", f"severity.{severity}.meaning", language)),), "small")
    if severity in _IN_FULL:
        for one in found:
            yield from _in_full(material, one)
        return
    yield Table(
        f"findings-{severity}",
        say("report", f"severity_{severity}", language),
        (
            Column(say("report", "col_finding", language), weight=3),
            Column(say("report", "col_why", language), weight=6),
        ),
        tuple(_row(one, language) for one in found),
    )


def _in_full(material: Material, one: Mapping[str, Any]) -> Iterator[Block]:
    said, name = one["said"][material.language], f"findings/{one['id']}"
    yield Heading(said["title"], 3)
    yield Paragraph((Run(said["text"], name),))
    if said["arithmetic"]:
        yield Listing(tuple((Run(line, name),) for line in said["arithmetic"]))


def _row(one: Mapping[str, Any], language: str) -> tuple[Run, ...]:
    said = one["said"][language]
    return Run(said["title"]), Run(said["text"], f"findings/{one['id']}")
