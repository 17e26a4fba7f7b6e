"""Chapters made of the steps of the evaluation: a sentence, a table of lines, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.outcome import Line, Step
from irtysh.evaluation.strategy.words import figure_name, said, tone
from irtysh.reports.blocks import Block, Column, Heading, Listing, Note, Paragraph, Run, Table
from irtysh.reports.material import Material
from irtysh.reports.words import line_figure_run
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.wording import period_in_words, say


def step_blocks(material: Material, step_id: str, *, heading: bool = True) -> Iterator[Block]:
    """Yield a step: its heading, what it comes to, its lines as a table."""
    step = material.outcome.step(step_id)
    if heading:
        yield Heading(step_title(material, step_id))
    status = status_run(material, step)
    begun = replace(status, text=f"{status.text[:1].upper()}{status.text[1:]}. ")
    yield Paragraph((begun, _sentence(material, step)))
    if step.lines:
        yield lines_table(material, step.id.lower(), step_title(material, step_id), step.lines)
    else:
        yield Note(say("report", "step_empty", material.language))


def step_title(material: Material, step_id: str) -> str:
    """Return the name of a step."""
    return material.edition.code("evaluation_steps", step_id)


def _sentence(material: Material, one: Step) -> Run:
    return Run(said(one, material.language)["text"], one.id)


def status_run(material: Material, one: Line | Step) -> Run:
    """Return the word of a status with its tone."""
    name = material.edition.code("evaluation_statuses", one.status)
    found: Any = tone(one.status)
    return Run(name, one.id, strong=True, tone=found)


def lines_table(material: Material, own: str, caption: str, lines: Sequence[Line]) -> Table:
    """Return lines as a table: subject, status, what is said of it; in a workbook all figures."""
    language = material.language
    is_tested = any(line.robust is not None for line in lines)
    names = list(dict.fromkeys(name for line in lines for name in line.figures))
    columns = [
        Column(say("report", "col_subject", language), weight=2.6),
        Column(say("report", "col_status", language), "status", weight=1.5),
        Column(say("report", "col_why", language), weight=5),
    ]
    if is_tested:
        columns.append(Column(say("report", "col_robust", language), "number", weight=1))
    columns += [Column(figure_name(name, language), "number", in_sheet=True) for name in names]
    return Table(
        own, caption, tuple(columns), tuple(_row(material, one, names, is_tested) for one in lines)
    )


def _row(material: Material, line: Line, names: Sequence[str], is_tested: bool) -> tuple[Run, ...]:
    language = material.language
    words = said(line, language)
    status = status_run(material, line)
    title = words["title"].removesuffix(f": {status.text}")
    cells = [Run(title, line.id), status, Run(words["text"], line.id)]
    if is_tested:
        cells.append(_robust(line, language))
    for name in names:
        figure = line.figures.get(name)
        cells.append(line_figure_run(line.id, figure, language) if figure else Run(""))
    return tuple(cells)


def _robust(line: Line, language: str) -> Run:
    if line.robust is None:
        return Run("–")
    share = Decimal(line.robust) * 100
    text = f"{format_number(share, language, 0)}\N{NO-BREAK SPACE}%"
    return Run(text, line.id, f"{share:f}", "%")


def arithmetic(material: Material, lines: Sequence[Line]) -> Iterator[Block]:
    """Yield the computations behind lines, where there are any."""
    for line in lines:
        words = said(line, material.language)
        if words["arithmetic"]:
            yield Heading(words["title"], 3)
            yield Listing(tuple((Run(one, line.id),) for one in words["arithmetic"]))


def measures(material: Material) -> Iterator[Block]:
    """Yield the lights of the measures and how jointly they are run."""
    yield from step_blocks(material, "E1", heading=False)
    yield from step_blocks(material, "E4")


def indicators(material: Material) -> Iterator[Block]:
    """Yield the data gate, the trends by base year, the effectiveness, the profile."""
    yield from step_blocks(material, "E0")
    yield from step_blocks(material, "E2")
    yield from _by_base(material)
    yield from step_blocks(material, "E3")
    yield from step_blocks(material, "E5")


def _by_base(material: Material) -> Iterator[Block]:
    """Yield what each base year says of each series, side by side."""
    language = material.language
    found: dict[str, dict[Period, Line]] = {}
    for line in material.outcome.step("E2").lines:
        base = line.params.get("base")
        if isinstance(base, dict) and "period" in base:
            label = str((line.subject.get("label") or {}).get(language) or line.subject["id"])
            found.setdefault(label, {})[Period.parse(*base["period"])] = line
    bases = sorted({base for lines in found.values() for base in lines})
    if len(bases) < 2:
        return
    yield Table(
        "by-base",
        say("report", "by_base", language),
        (
            Column(say("report", "col_indicator", language), weight=2.4),
            *(Column(period_in_words(one, language), "status", weight=1.2) for one in bases),
        ),
        tuple(
            (
                Run(label),
                *(_word(material, lines[one]) if one in lines else Run("–") for one in bases),
            )
            for label, lines in found.items()
        ),
    )


def _word(material: Material, line: Line) -> Run:
    """Return a status without its evidence: the row of the line itself has it."""
    return replace(status_run(material, line), evidence="")


def obstacles(material: Material) -> Iterator[Block]:
    """Yield how obstacles stand, then each with what is known of it."""
    yield from step_blocks(material, "E6", heading=False)
    yield from _obstacle_list(material)


def _obstacle_list(material: Material) -> Iterator[Block]:
    rows = []
    edition, language = material.edition, material.language
    for one in material.records("obstacles"):
        kind = edition.code("obstacle_kinds", one.get("kind") or "")
        name = f"obstacles/{one['id']}"
        rows.append((
            Run(edition.text(one.get("name")), strong=True),
            Run(edition.code("obstacle_statuses", one.get("status") or "")),
            Run(edition.text(one.get("summary")) or kind, name),
        ))  # fmt: skip
    if rows:
        yield Table(
            "obstacles-listed",
            say("report", "obstacles_listed", language),
            (
                Column(say("report", "col_obstacle", language), weight=2.6),
                Column(say("report", "col_status", language), weight=1.5),
                Column(say("report", "col_what", language), weight=5),
            ),
            tuple(rows),
        )


def residents(material: Material) -> Iterator[Block]:
    """Yield what cooperation gives to residents."""
    yield from step_blocks(material, "E7", heading=False)


def risks(material: Material) -> Iterator[Block]:
    """Yield the register of risks, those found by rule among them."""
    yield from step_blocks(material, "E8", heading=False)


def sheet(material: Material) -> Iterator[Block]:
    """Yield the sheet that a person signs, with the signals of the software beside it."""
    yield from step_blocks(material, "E9", heading=False)
