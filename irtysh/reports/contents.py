"""What a report says: chapters in the order asked for, the analyst's words, the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from irtysh.reports.blocks import Block, Chapter, Contents, Heading
from irtysh.reports.chapters import CHAPTERS, EVIDENCE, chosen
from irtysh.reports.evidence import entries, used
from irtysh.reports.material import Material
from irtysh.reports.references import paragraphs
from irtysh.reports.words import day_words
from irtysh.vocabulary.wording import catalogue, say

_FRAME = "frame_"
"""Prefix of the words of the frame in definitions/messages/report.yaml."""


def contents(
    material: Material,
    *,
    chapters: Sequence[str] | None = None,
    own: Mapping[str, str] | None = None,
    title: str = "",
    approved: str = "",
) -> Contents:
    """Return a whole report.

    Parameters
    ----------
    material : the evaluation and its release
    chapters : ids in order; None for all
    own : chapter → the analyst's paragraphs, with live references
    title : of the report; a template's where empty
    approved : words that say who approved it and when; empty for a draft

    Raises ChapterUnknown, and the refusals of ``irtysh.reports.references``.
    """
    names = chosen(tuple(chapters) if chapters is not None else None)
    with material.naming():
        return _contents(material, names, own or {}, title, approved)


def _contents(
    material: Material, names: Sequence[str], own: Mapping[str, str], title: str, approved: str
) -> Contents:
    made = tuple(_chapter(material, name, own.get(name, "")) for name in names)
    edition, outcome, language = material.edition, material.outcome, material.language
    case = edition.text(edition.case.get("title"))
    listed = entries(material, used(block for one in made for block in one.blocks))
    return Contents(
        title=title or say("report", "title", language),
        subtitle=case,
        language=language,
        day=outcome.day.isoformat(),
        release=edition.release.id,
        evaluation=material.digest,
        engine=outcome.engine,
        facts=_facts(material, approved),
        draft="" if approved else say("report", "draft", language),
        invented=say("report", "invented", language) if edition.case.get("invented") else "",
        portal=material.portal,
        chapters=made,
        evidence=listed,
        numbered=EVIDENCE in names,
        words=frame_words(language),
    )


def frame_words(language: str) -> dict[str, str]:
    """Return the words that renderers set around the blocks."""
    keys = [key for key in catalogue("report") if key.startswith(_FRAME)]
    return {key.removeprefix(_FRAME): say("report", key, language) for key in keys}


def _chapter(material: Material, name: str, own: str) -> Chapter:
    title = say("report", f"chapter_{name}", material.language)
    blocks: list[Block] = list(CHAPTERS[name](material))
    if own.strip():
        said: list[Block] = list(paragraphs(material, own))
        blocks = [*said, *blocks]
    return Chapter(name, title, tuple(_stepwise(blocks)))


def _stepwise(blocks: list[Block]) -> Iterator[Block]:
    """Yield blocks with no level of heading left out: readers by ear move by levels."""
    deepest = 1
    for one in blocks:
        if isinstance(one, Heading):
            deepest = min(one.level, deepest + 1)
            one = replace(one, level=deepest)
        yield one


def _facts(material: Material, approved: str) -> tuple[tuple[str, str], ...]:
    language, outcome = material.language, material.outcome
    rows = [
        ("fact_day", day_words(outcome.day.isoformat(), language)),
        ("fact_release", material.edition.release.id),
        ("fact_evaluation", f"{material.number or ''} {material.digest[:12]}".strip()),
        ("fact_standing", approved or say("report", "standing_draft", language)),
    ]
    if material.portal:
        rows.append(("fact_portal", material.portal))
    return tuple((say("report", key, language), text) for key, text in rows)
