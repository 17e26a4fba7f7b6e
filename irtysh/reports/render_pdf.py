"""A report as PDF: tagged, with bookmarks, set in the project's own letters.

Typst sets it from data (report.typ holds no words). The standard PDF/UA-1 is asked for, so a
picture without words or a title left out refuses the file instead of passing unnoticed.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from irtysh import __version__
from irtysh.indicators.charts.palette import palette
from irtysh.publication.edition import Edition
from irtysh.reports.blocks import (
    Block,
    Chapter,
    Contents,
    Heading,
    Listing,
    Note,
    Paragraph,
    Picture,
    Run,
    Table,
)
from irtysh.reports.chapters import EVIDENCE
from irtysh.reports.frame import (
    FRESH,
    TONES,
    Numbering,
    closing,
    closing_items,
    drawing,
    evidence_table,
    with_pointers,
)
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.wording import say

FONTS = ROOT / "irtysh" / "indicators" / "fonts"
FAMILY = "Golos Text"
_TEMPLATE = Path(__file__).with_name("report.typ")
_PICTURE = Path(__file__).with_name("picture.typ")
_MATHEMATICS = ("Libertinus Serif", "New Computer Modern Math")
"""Signs of formulas that the project's letters lack; both come with the typesetter itself."""


def render_pdf(contents: Contents, edition: Edition) -> bytes:
    """Return the report; ``edition`` is the release that the contents were made of."""
    import typst

    day = date.fromisoformat(contents.day)
    made: bytes = typst.compile(
        str(_TEMPLATE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(_data(contents, edition), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=_seconds(day),
    )
    return made


def picture_png(svg: str, width: int = 640, dots: int = 160) -> bytes:
    """Return a drawing as pixels: ``width`` points wide at ``dots`` to the inch."""
    import typst

    made: bytes = typst.compile(
        str(_PICTURE),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="png",
        ppi=dots,
        sys_inputs={"svg": svg, "width": str(width)},
    )
    return made


def _seconds(day: date) -> int:
    """Return midnight of a day as the typesetter wants it, so that the bytes are the same."""
    return (day - date(1970, 1, 1)).days * 86400


def _data(contents: Contents, edition: Edition) -> dict[str, Any]:
    numbering = Numbering(contents)
    language = contents.language
    return {
        "title": contents.title,
        "subtitle": contents.subtitle,
        "language": language,
        "author": f"Irtysh {__version__}",
        "keywords": [contents.release, contents.evaluation[:12]],
        "description": say("report", "description", language, subtitle=contents.subtitle),
        "fonts": [FAMILY, *_MATHEMATICS],
        "colours": {name: one.light for name, one in palette().items()},
        "tones": dict(TONES),
        "facts": [list(pair) for pair in contents.facts],
        "footer": say("report", "footer", language, release=contents.release),
        "draft": contents.draft,
        "invented": contents.invented,
        "words": dict(contents.words),
        "numbered": contents.numbered,
        "entries": {one.id: {"address": one.address} for one in contents.evidence},
        "chapters": [_chapter(contents, edition, one, numbering) for one in contents.chapters],
    }


def _chapter(
    contents: Contents, edition: Edition, chapter: Chapter, numbering: Numbering
) -> dict[str, Any]:
    blocks = [_block(contents, edition, one, numbering) for one in chapter.blocks]
    if chapter.id == EVIDENCE:
        blocks.append({"block": "evidence", **_table(evidence_table(contents), [])})
    elif not blocks:
        blocks.append({"block": "note", "tone": "grey", "text": contents.words["empty"]})
    return {"title": chapter.title, "fresh": chapter.id in FRESH, "blocks": blocks}


def _block(
    contents: Contents, edition: Edition, block: Block, numbering: Numbering
) -> dict[str, Any]:
    match block:
        case Heading():
            return {"block": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {
                "block": "paragraph",
                "style": block.style,
                "runs": _told(closing(contents, block.runs)),
            }
        case Listing():
            items = closing_items(contents, block.items)
            return {"block": "listing", "items": [_told(item) for item in items]}
        case Note():
            return {"block": "note", "text": block.text, "tone": block.tone}
        case Table():
            table, pointed = with_pointers(contents, block)
            name = numbering.next("table")
            return {"block": "table", "name": name, **_table(table, pointed)}
        case Picture():
            name = numbering.next("figure")
            svg = drawing(edition, block.file)
            return {"block": "picture", "name": name, "svg": svg, **asdict(block)}


def _table(table: Table, pointed: list[list[int]]) -> dict[str, Any]:
    has_pointers = any(pointed)
    return {
        "caption": table.caption,
        "notes": list(table.notes),
        "columns": [asdict(one) for one in table.columns],
        "pointed": has_pointers,
        "rows": [
            {
                "cells": [asdict(run) for run in row],
                "pointers": pointed[place] if has_pointers else [],
            }
            for place, row in enumerate(table.rows)
        ],
    }


def _told(runs: list[tuple[Run, list[int]]]) -> list[dict[str, Any]]:
    return [{**asdict(run), "pointers": numbers} for run, numbers in runs]
