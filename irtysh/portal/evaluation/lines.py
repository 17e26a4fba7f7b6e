"""Lines and steps of an evaluation as pages show them: sign, words, arithmetic, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.outcome import Line, Step
from irtysh.evaluation.strategy.words import tone
from irtysh.portal.evaluation.evidence import evidence
from irtysh.portal.reading import Reading
from irtysh.portal.registers.facts import linked
from irtysh.registries.evaluations.wording import status_words
from irtysh.registries.records.codes import code_name
from irtysh.vocabulary.numbers import format_number

_REGISTERS = {
    "measure": "measures", "programme": "programmes", "target": "targets", "project": "projects",
    "event": "events", "obstacle": "obstacles", "risk": "risks", "act": "acts", "claim": "claims",
}  # fmt: skip
"""Kind of a subject → the register that it is a record of."""
_TONES = ("poor", "fair", "good", "grey")
"""What needs attention first; what is missing last, and never left out."""


Words = Mapping[str, Mapping[str, Any]]
"""Id of a step or line → what it says (``Evaluation.words``)."""


def present_line(line: Line, words: Words, base: str, reading: Reading) -> dict[str, Any]:
    """Return a line with everything that a reader asks of it."""
    return {
        "id": line.id,
        **words[line.id],
        "status": status_words(line.status, reading.language),
        "path": subject_path(line, reading),
        "robust": percent(line.robust, reading.language),
        "evidence": evidence(line.evidence, words, base, reading),
    }


def subject_path(line: Line, reading: Reading) -> str:
    """Return where a reader finds what a line is about; empty where there is no such page."""
    register = _REGISTERS.get(line.subject["kind"])
    if register:
        return str(linked(register, line.subject["id"], reading).get("path", ""))
    return ""


def percent(share: str | None, language: str) -> str:
    """Write a share of 0 to 1 in per cent; empty where there is none."""
    if share is None:
        return ""
    return f"{format_number(Decimal(share) * 100, language, 0)}\N{NO-BREAK SPACE}%"


def present_step(step: Step, words: Words, base: str, reading: Reading) -> dict[str, Any]:
    """Return a step as a card: name, status, sentence, how its lines stand."""
    return {
        "id": step.id,
        "name": code_name("evaluation_steps", step.id, reading.language),
        "path": f"{base}{step.id}/",
        "status": status_words(step.status, reading.language),
        **words[step.id],
        "tally": list(tally(step.lines, reading.language)),
        "count": len(step.lines),
    }


def tally(lines: Iterable[Line], language: str) -> Iterator[dict[str, Any]]:
    """Yield how many lines stand how, what needs attention first."""
    counts = Counter(line.status for line in lines)
    for status in sorted(counts, key=lambda one: (_TONES.index(tone(one)), -counts[one], one)):
        yield {**status_words(status, language), "count": counts[status]}


def grouped(
    lines: Iterable[Line], words: Words, base: str, reading: Reading
) -> list[dict[str, Any]]:
    """Return lines under the statuses that they have, what needs attention first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.status, []).append(line)
    return [
        {**one, "lines": [present_line(line, words, base, reading) for line in groups[one["code"]]]}
        for one in tally((line for rows in groups.values() for line in rows), reading.language)
    ]
