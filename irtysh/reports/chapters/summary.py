"""The summary: one page that says what matters, each statement with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from irtysh.evaluation.consistency.finding import SEVERITIES
from irtysh.evaluation.strategy.words import said
from irtysh.reports.blocks import Block, Column, Heading, Listing, Note, Paragraph, Run, Runs, Table
from irtysh.reports.chapters.claims import counted
from irtysh.reports.chapters.steps import status_run, step_title
from irtysh.reports.material import Material
from irtysh.reports.words import figure_run, period_words, source_words
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import PeriodKind
from irtysh.vocabulary.wording import say

_STEPS = ("E0", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9")
_MOST_TRIGGERS = 4


def summary(material: Material) -> Iterator[Block]:
    """Yield the headline figure, the steps in one line each, what asks for a revision."""
    yield from _headline(material)
    yield _steps(material)
    yield from _doubts(material)
    yield from _triggers(material)


def headline(material: Material) -> Observation | None:
    """Return the newest whole-year figure of the case's headline, the preferred of rivals."""
    asked: dict[str, Any] = {
        name: str(value) for name, value in (material.edition.case.get("headline") or {}).items()
    }
    if not asked:
        return None
    found = [
        one
        for one in material.edition.release.observations(**asked)
        if one.period.kind is PeriodKind.YEAR
        and one.value is not None
        and one.status is Status.OBSERVED
    ]
    if not found:
        return None
    newest = max(one.period.code for one in found)
    standing = material.edition.standing
    return min(
        (one for one in found if one.period.code == newest),
        key=lambda one: (
            not standing.get(one.id, {}).get("preferred", False),
            one.qualifier.value != "EQ",
            one.id,
        ),
    )


def _headline(material: Material) -> Iterator[Block]:
    one = headline(material)
    sentence = material.edition.text(material.edition.case.get("sentence"))
    if sentence:
        yield Paragraph((Run(sentence),))
    if one is None:
        return
    edition, language = material.edition, material.language
    figure = figure_run(edition, one)
    before, _blank, after = say(
        "report", "headline", language, flow=edition.code("flows", one.flow),
        period=period_words(edition, one), figure="\x00",
        source=source_words(edition, one.source, one.locator),
    ).partition("\x00")  # fmt: skip
    text = f"{figure.text}\N{NO-BREAK SPACE}{figure.unit}"
    number = Run(text, figure.evidence, figure.number, figure.unit, strong=True)
    yield Paragraph((Run(before), number, Run(after)))


def _steps(material: Material) -> Table:
    language = material.language
    return Table(
        "summary",
        say("report", "summary_table", language),
        (
            Column(say("report", "col_step", language), weight=2.3),
            Column(say("report", "col_status", language), "status", weight=1.6),
            Column(say("report", "col_why", language), weight=6),
        ),
        tuple(
            (
                Run(step_title(material, step.id)),
                status_run(material, step),
                Run(said(step, language)["text"], step.id),
            )
            for step in material.outcome.steps
            if step.id in _STEPS
        ),
    )


def _doubts(material: Material) -> Iterator[Block]:
    language = material.language
    severities = Counter(one["severity"] for one in material.findings.values())
    items: list[Runs] = []
    if severities:
        parts = [
            (say("report", f"severity_{one.value}", language), severities[one.value])
            for one in SEVERITIES
            if severities[one.value]
        ]
        items.append(_counts(say("report", "summary_findings", language), parts, "findings"))
    if material.judgements:
        named = [
            (material.edition.code("claim_verdicts", code), count)
            for code, count in counted(material)
        ]
        items.append(_counts(say("report", "summary_claims", language), named, "claims"))
    if items:
        yield Listing(tuple(items))


def _counts(lead: str, parts: list[tuple[str, int]], register: str) -> Runs:
    runs = [Run(f"{lead}: ", strong=True)]
    for place, (name, count) in enumerate(parts):
        if place:
            runs.append(Run("; "))
        runs.append(Run(f"{name.lower()} –\N{NO-BREAK SPACE}"))
        runs.append(Run(str(count), f"registers/{register}", str(count)))
    return (*runs, Run("."))


def _triggers(material: Material) -> Iterator[Block]:
    language = material.language
    yield Heading(material.edition.code("evaluation_steps", "E10"), 3)
    lines = material.outcome.triggers
    if not lines:
        yield Note(say("report", "triggers_none", language), "good")
        return
    items: list[Runs] = [
        (Run(said(line, language)["title"], line.id),) for line in lines[:_MOST_TRIGGERS]
    ]
    if len(lines) > _MOST_TRIGGERS:
        rest = str(len(lines) - _MOST_TRIGGERS)
        items.append((Run(say("report", "triggers_more", language, count=rest), "E10"),))
    yield Listing(tuple(items))
