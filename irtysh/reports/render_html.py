"""A report as one HTML file: no address is loaded, letters and drawings are inside."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from irtysh.indicators.charts.palette import hue
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
    Numbering,
    closing,
    closing_items,
    colour,
    drawing,
    evidence_table,
    with_pointers,
)
from irtysh.vocabulary.places import ROOT

FONTS = ROOT / "irtysh" / "indicators" / "fonts"
_STYLE = Path(__file__).with_name("report.css")
_COLOURS = ("paper", "ink", "ink-soft", "grid", "panel", "panel-line", "side-a", "side-b", "accent")


def render_html(contents: Contents, edition: Edition) -> bytes:
    """Return the report; ``edition`` is the release that the contents were made of."""
    body = fragment(contents, edition)
    return (
        f'<!doctype html>\n<html lang="{contents.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(contents.title)} – {escape(contents.subtitle)}</title>\n"
        f'<meta name="date" content="{contents.day}">\n'
        f"<style>{_style()}</style>\n</head>\n<body>\n{_bands(contents)}"
        f"<header>\n{_front(contents)}</header>\n<main>\n{body}</main>\n</body>\n</html>\n"
    ).encode()


def fragment(contents: Contents, edition: Edition) -> str:
    """Return the chapters alone, as sections to stand on a page of the portal."""
    numbering = Numbering(contents)
    return "".join(_chapter(contents, edition, one, numbering) for one in contents.chapters)


def _style() -> str:
    faces = "".join(
        "@font-face{font-family:'Golos Text';font-weight:"
        f"{weight};src:url(data:font/ttf;base64,{_font(name)}) format('truetype')}}\n"
        for name, weight in (("GolosText-Regular.ttf", 400), ("GolosText-SemiBold.ttf", 600))
    )
    names = "".join(f"--{name}:{hue(name)};" for name in _COLOURS)
    tones = "".join(
        f".tone-{tone}{{color:{colour(tone)}}}" for tone in ("good", "fair", "poor", "grey")
    )
    return f"{faces}:root{{{names}}}\n{tones}\n{_STYLE.read_text(encoding='utf-8')}"


def _font(name: str) -> str:
    return base64.b64encode((FONTS / name).read_bytes()).decode("ascii")


def _bands(contents: Contents) -> str:
    found = ""
    if contents.invented:
        found += f'<p class="invented" role="note">{escape(contents.invented)}</p>\n'
    if contents.draft:
        found += f'<p class="draft" role="note">{escape(contents.draft)}</p>\n'
    return found


def _front(contents: Contents) -> str:
    facts = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>"
        for label, text in contents.facts
    )
    listed = "".join(
        f'<li><a href="#chapter-{one.id}">{escape(one.title)}</a></li>' for one in contents.chapters
    )
    title = escape(contents.words["contents"])
    return (
        f'<p class="case">{escape(contents.subtitle)}</p>\n<h1>{escape(contents.title)}</h1>\n'
        f'<dl class="facts">{facts}</dl>\n'
        f'<nav aria-label="{title}"><h2>{title}</h2><ol>{listed}</ol></nav>\n'
    )


def _chapter(contents: Contents, edition: Edition, one: Chapter, numbering: Numbering) -> str:
    inside = "".join(_block(contents, edition, block, numbering) for block in one.blocks)
    if one.id == EVIDENCE:
        inside += _evidence(contents)
    elif not one.blocks:
        inside = f'<p class="note tone-grey">{escape(contents.words["empty"])}</p>\n'
    name = f"chapter-{one.id}"
    return (
        f'<section id="{name}" aria-labelledby="{name}-title" class="{name}">\n'
        f'<h2 id="{name}-title">{escape(one.title)}</h2>\n{inside}</section>\n'
    )


def _block(contents: Contents, edition: Edition, block: Block, numbering: Numbering) -> str:
    match block:
        case Heading():
            return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>\n"
        case Paragraph():
            return (
                f'<p class="{block.style}">{_told(contents, closing(contents, block.runs))}</p>\n'
            )
        case Listing():
            told = closing_items(contents, block.items)
            items = "".join(f"<li>{_told(contents, item)}</li>" for item in told)
            return f"<ul>{items}</ul>\n"
        case Note():
            return f'<p class="note tone-{block.tone}">{escape(block.text)}</p>\n'
        case Table():
            return _table(contents, block, numbering)
        case Picture():
            return _picture(contents, edition, block, numbering)


def _told(contents: Contents, runs: list[tuple[Run, list[int]]]) -> str:
    return "".join(
        _run(contents, run) + "".join(_pointer(number) for number in numbers)
        for run, numbers in runs
    )


def _run(contents: Contents, run: Run) -> str:
    text = escape(run.text)
    entry = contents.entries.get(run.evidence)
    if entry:
        exact = f' data-number="{run.number}"' if run.number else ""
        names = f'href="{escape(entry.address)}" data-evidence="{escape(entry.id)}"{exact}'
        text = f"<a {names}>{text}</a>"
    if run.tone:
        text = f'<span class="tone-{run.tone}">{text}</span>'
    return f"<strong>{text}</strong>" if run.strong else text


def _pointer(number: int) -> str:
    return f'<sup><a class="pointer" href="#e-{number}">[{number}]</a></sup>'


def _table(contents: Contents, block: Table, numbering: Numbering) -> str:
    table, pointed = with_pointers(contents, block)
    name = f"{numbering.next('table')}. "
    head = "".join(
        f'<th scope="col" class="{one.kind}">{escape(one.title)}</th>' for one in table.columns
    )
    has_pointers = any(pointed)
    if has_pointers:
        head += f'<th scope="col" class="pointers">{escape(contents.words["number"])}</th>'
    rows = ""
    for row, numbers in zip(table.rows, pointed, strict=True):
        cells = "".join(
            f'<{tag} class="{column.kind}">{_run(contents, run)}</{tag.partition(" ")[0]}>'
            for column, run, tag in zip(
                table.columns, row, ['th scope="row"', *["td"] * len(row)], strict=False
            )
        )
        if has_pointers:
            cells += f'<td class="pointers">{"".join(_pointer(one) for one in numbers)}</td>'
        rows += f"<tr>{cells}</tr>\n"
    notes = "".join(f'<p class="small">{escape(note)}</p>\n' for note in table.notes)
    return (
        f'{_scrolled(table.caption)}<table id="table-{table.id}">'
        f"<caption>{escape(name)}{escape(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n{notes}"
    )


def _scrolled(name: str) -> str:
    """Open a box that a wide table scrolls in, by keyboard too."""
    return f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(name)}">'


def _picture(contents: Contents, edition: Edition, block: Picture, numbering: Numbering) -> str:
    name = f"{numbering.next('figure')}. "
    words = contents.words
    source = (
        f'<p class="small">{words["source"]}: {escape(block.source)}</p>' if block.source else ""
    )
    notes = "".join(f'<p class="small">{escape(note)}</p>' for note in block.notes)
    return (
        f'<figure id="figure-{block.id}">{drawing(edition, block.file)}'
        f"<figcaption>{escape(name)}{escape(block.caption)}{source}{notes}</figcaption></figure>\n"
    )


def _evidence(contents: Contents) -> str:
    table = evidence_table(contents)
    head = "".join(f'<th scope="col">{escape(one.title)}</th>' for one in table.columns)
    rows = ""
    for entry, row in zip(contents.evidence, table.rows, strict=True):
        cells = "".join(f"<td>{_run(contents, run)}</td>" for run in row[1:])
        rows += f'<tr id="e-{entry.number}"><th scope="row">{entry.number}</th>{cells}</tr>\n'
    return (
        f'{_scrolled(table.caption)}<table class="evidence"><thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody></table></div>\n"
    )
