"""What stands behind a number of the report: one entry for each id that the text uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from irtysh.evaluation.strategy.words import said
from irtysh.reports.blocks import Block, Entry, runs_of
from irtysh.reports.material import Material
from irtysh.reports.words import (
    figure_run,
    full_words,
    result_run,
    result_words,
    source_words,
)
from irtysh.sources.registers.words import register_words
from irtysh.vocabulary.wording import say

OBSERVATION = re.compile(r"[0-9a-f]{12}")
RESULT = re.compile(r"r-[0-9a-f]{12}")
LINE = re.compile(r"E\d+(\..+)?")


def used(blocks: Iterable[Block]) -> list[str]:
    """Return the ids that blocks rest on, each once, in reading order."""
    return list(
        dict.fromkeys(run.evidence for one in blocks for run in runs_of(one) if run.evidence)
    )


def entries(material: Material, names: Iterable[str]) -> tuple[Entry, ...]:
    """Return the list of evidence, numbered from one."""
    found = []
    for number, name in enumerate(names, start=1):
        told = _teller(name)(material, name)
        found.append(Entry(id=name, number=number, address=material.address(name), **told))
    return tuple(found)


Told = dict[str, Any]


def _teller(name: str) -> Callable[[Material, str], Told]:
    if OBSERVATION.fullmatch(name):
        return _of_figure
    if RESULT.fullmatch(name):
        return _of_result
    if LINE.fullmatch(name):
        return _of_line
    kinds = {"findings": _of_finding, "claims": _of_claim, "registers": _of_register}
    return kinds.get(name.partition("/")[0], _of_record)


def _of_figure(material: Material, name: str) -> Told:
    one = material.observation(name)
    if one is None:
        return {"what": name}
    edition = material.edition
    run = figure_run(edition, one)
    return {
        "what": full_words(edition, one),
        "value": f"{run.text} {run.unit}".strip(),
        "source": source_words(edition, one.source, one.locator),
    }


def _of_result(material: Material, name: str) -> Told:
    one = material.results.get(name)
    if one is None:
        return {"what": name}
    run = result_run(material.edition, one)
    definition = material.edition.definitions.get(one.indicator)
    formula = definition.formula if definition else one.indicator
    return {
        "what": result_words(material.edition, one),
        "value": f"{run.text} {run.unit}".strip(),
        "source": say("report", "evidence_formula", material.language, formula=formula),
        "rests_on": one.figure.evidence,
    }


def _of_line(material: Material, name: str) -> Told:
    line = material.lines.get(name)
    if line is None:
        return {"what": name}
    step = name.partition(".")[0]
    return {
        "what": said(line, material.language)["title"],
        "value": material.edition.code("evaluation_statuses", line.status),
        "source": material.edition.code("evaluation_steps", step),
        "rests_on": tuple(line.evidence),
    }


def _of_finding(material: Material, name: str) -> Told:
    one = material.findings.get(name.partition("/")[2])
    if one is None:
        return {"what": name}
    return {
        "what": one["said"][material.language]["title"],
        "source": say("consistency", f"rule.{one['rule']}", material.language),
        "rests_on": tuple(one["evidence"]["observations"]),
    }


def _of_claim(material: Material, name: str) -> Told:
    own = name.partition("/")[2]
    claim: Mapping[str, Any] = material.record("claims", own) or {}
    judgement = material.verdicts.get(own)
    return {
        "what": material.edition.text(claim.get("text")) or name,
        "value": material.edition.code("claim_verdicts", judgement["verdict"]) if judgement else "",
        "source": source_words(
            material.edition, claim.get("source") or "", claim.get("locator") or ""
        ),
        "rests_on": tuple(judgement["evidence"]) if judgement else (),
    }


def _of_register(material: Material, name: str) -> Told:
    """Say which list was counted."""
    own = name.partition("/")[2]
    if own == "findings":
        return {"what": say("report", "chapter_findings", material.language)}
    return {"what": register_words(own, "title", material.language)}


def _of_record(material: Material, name: str) -> Told:
    register, _slash, own = name.partition("/")
    record: Mapping[str, Any] = material.record(register, own) or {}
    return {
        "what": material.edition.text(record.get("name") or record.get("title")) or name,
        "source": source_words(
            material.edition, record.get("source") or "", record.get("locator") or ""
        ),
    }
