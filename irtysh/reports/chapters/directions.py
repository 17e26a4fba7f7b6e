"""Where to go next: what asks for a revision, the objectives, the initiatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from irtysh.reports.blocks import Block, Column, Heading, Note, Run, Table
from irtysh.reports.chapters.steps import step_blocks
from irtysh.reports.material import Material
from irtysh.vocabulary.wording import say


def directions(material: Material) -> Iterator[Block]:
    """Yield the triggers of a review, the objectives of each programme, the initiatives."""
    yield from step_blocks(material, "E10")
    yield from _objectives(material)
    yield from _initiatives(material)


def _objectives(material: Material) -> Iterator[Block]:
    edition, language = material.edition, material.language
    yield Heading(say("report", "objectives", language))
    found = material.records("objectives")
    if not found:
        yield Note(say("report", "objectives_none", language))
    of_programme: dict[str, list[Mapping[str, Any]]] = {}
    for one in found:
        of_programme.setdefault(str(one.get("programme") or ""), []).append(one)
    for programme, objectives in of_programme.items():
        record = material.record("programmes", programme)
        title = edition.text(record.get("name")) if record else programme
        yield Table(
            f"objectives-{programme}",
            say("report", "objectives_of", language, programme=title),
            (
                Column(say("report", "col_level", language), weight=1.3),
                Column(say("report", "col_objective", language), weight=3.4),
                Column(say("report", "col_what", language), weight=4.5),
            ),
            tuple(_objective(material, one) for one in _in_order(objectives)),
        )


def _in_order(objectives: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(objectives, key=lambda one: (one.get("order") or 0, str(one["id"])))


def _objective(material: Material, one: Mapping[str, Any]) -> tuple[Run, ...]:
    edition = material.edition
    return (
        Run(edition.code("objective_levels", one.get("level") or "")),
        Run(edition.text(one.get("name")), f"objectives/{one['id']}", strong=True),
        Run(edition.text(one.get("summary"))),
    )


def _initiatives(material: Material) -> Iterator[Block]:
    edition, language = material.edition, material.language
    yield Heading(say("report", "initiatives", language))
    found = material.records("initiatives")
    if not found:
        yield Note(say("report", "initiatives_none", language))
        return
    yield Table(
        "initiatives",
        say("report", "initiatives", language),
        (
            Column(say("report", "col_initiative", language), weight=3),
            Column(say("report", "col_stage", language), weight=1.5),
            Column(say("report", "col_what", language), weight=5),
        ),
        tuple(
            (
                Run(edition.text(one.get("name")), f"initiatives/{one['id']}", strong=True),
                Run(edition.code("initiative_stages", one.get("stage") or "")),
                Run(edition.text(one.get("summary"))),
            )
            for one in found
        ),
    )
