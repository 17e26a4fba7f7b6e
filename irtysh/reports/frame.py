"""What all renderers share: numbering of figures and tables, pointers to evidence, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from irtysh.indicators.charts.palette import hue
from irtysh.publication.edition import Edition
from irtysh.reports.blocks import Column, Contents, Run, Runs, Table
from irtysh.vocabulary.wording import say

TONES: Mapping[str, str] = {
    "good": "both",
    "fair": "side-b-ink",
    "poor": "accent",
    "grey": "ink-soft",
    "": "ink",
}
"""Tone of a status → name of its colour; all are fit for text on the sheet."""

FRESH = frozenset({"summary", "figures", "evidence"})
"""Chapters that begin on a page of their own; small ones would leave pages all but empty."""

_VARIABLE = re.compile(r"var\(--[a-z-]+,\s*(#[0-9a-f]{6})\)")
_CLASS = re.compile(r' class="drawing[^"]*"')
_FAMILY = "Golos Text, sans-serif"


@dataclass(slots=True)
class Numbering:
    """Numbers of figures and tables in the order in which they are met."""

    contents: Contents
    counts: dict[str, int] = field(default_factory=dict)

    def next(self, kind: str) -> str:
        """Return "Table 3" for the next of a kind ("figure", "table")."""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{self.contents.words[kind]} {self.counts[kind]}"


def colour(tone: str) -> str:
    """Return the colour of a tone."""
    return hue(TONES[tone])


def pointers(contents: Contents, runs: Iterable[Run]) -> list[int]:
    """Return the numbers under which the evidence of runs is listed; none without a list."""
    if not contents.numbered:
        return []
    known = contents.entries
    names = dict.fromkeys(run.evidence for run in runs if run.evidence in known)
    return [known[name].number for name in names]


def closing(contents: Contents, runs: Runs) -> list[tuple[Run, list[int]]]:
    """Return each run with the pointers that follow it: after the last run of one evidence."""
    return closing_items(contents, (runs,))[0]


def closing_items(contents: Contents, items: Sequence[Runs]) -> list[list[tuple[Run, list[int]]]]:
    """Return the same for items of a list: lines in a row of one evidence are pointed at once."""
    found: list[list[tuple[Run, list[int]]]] = []
    flat = [run for item in items for run in item]
    place = 0
    for item in items:
        row = []
        for run in item:
            place += 1
            after = flat[place] if place < len(flat) else None
            is_last = bool(run.evidence) and (after is None or after.evidence != run.evidence)
            row.append((run, pointers(contents, [run]) if is_last else []))
        found.append(row)
    return found


def with_pointers(contents: Contents, table: Table) -> tuple[Table, list[list[int]]]:
    """Return a table as it stands on paper, and the pointers of each of its rows."""
    shown = table.on_paper()
    return shown, [pointers(contents, row) for row in shown.rows]


def evidence_table(contents: Contents) -> Table:
    """Return the list of evidence as a table; its rows are in the order of the entries."""
    words = contents.words
    columns = (
        Column(words["number"], "text", 0.7),
        Column(words["what"], "text", 4.4),
        Column(words["value"], "text", 2.1),
        Column(words["from"], "text", 3.4),
        Column(words["id"], "text", 3.0),
    )
    rows = tuple(
        (
            Run(str(one.number)),
            Run(one.what),
            Run(one.value),
            Run(one.source),
            Run(one.id, one.id),
        )
        for one in contents.evidence
    )
    return Table("evidence", evidence_title(contents), columns, rows)


def evidence_title(contents: Contents) -> str:
    """Return the title of the list of evidence."""
    return say("report", "chapter_evidence", contents.language)


def drawing(edition: Edition, file: str) -> str:
    """Return a drawing of the release for a light sheet: fixed colours, our letters."""
    text = edition.release.file(file).decode()
    text = _CLASS.sub("", _VARIABLE.sub(r"\1", text))
    return text.replace("<svg ", f'<svg font-family="{_FAMILY}" ', 1)
