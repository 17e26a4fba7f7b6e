"""The chapters of a report: which there are, in which order, and what each is made by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from irtysh.reports.blocks import Block
from irtysh.reports.chapters.claims import claims
from irtysh.reports.chapters.directions import directions
from irtysh.reports.chapters.figures import figures
from irtysh.reports.chapters.findings import findings
from irtysh.reports.chapters.method import method
from irtysh.reports.chapters.steps import indicators, measures, obstacles, residents, risks, sheet
from irtysh.reports.chapters.summary import summary
from irtysh.reports.material import Material
from irtysh.vocabulary.errors import IrtyshError

EVIDENCE = "evidence"
"""The list of evidence: made from all other chapters, so it has no builder of its own."""

CHAPTERS: Mapping[str, Callable[[Material], Iterator[Block]]] = {
    "summary": summary,
    "figures": figures,
    "findings": findings,
    "claims": claims,
    "measures": measures,
    "indicators": indicators,
    "obstacles": obstacles,
    "residents": residents,
    "risks": risks,
    "sheet": sheet,
    "directions": directions,
    "method": method,
    EVIDENCE: lambda _material: iter(()),
}
"""Id → builder, in the order of a report for which nobody chose another."""


class ChapterUnknown(IrtyshError):
    """A chapter was asked for that no report has."""


def chosen(names: list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the chapters asked for, each once, in their order; all of them for None.

    Raises ChapterUnknown.
    """
    if names is None:
        return tuple(CHAPTERS)
    for name in names:
        if name not in CHAPTERS:
            near = ", ".join(get_close_matches(name, list(CHAPTERS), n=3)) or ", ".join(CHAPTERS)
            raise ChapterUnknown(chapter=name, near=near)
    return tuple(dict.fromkeys(names))
