"""Cells of a table whose head names periods: each is a level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from irtysh.evaluation.extraction.lexicon import Lexicon, lexicon
from irtysh.evaluation.extraction.periods import named_periods
from irtysh.evaluation.extraction.proposal import Proposal
from irtysh.evaluation.extraction.terms import Gazetteer
from irtysh.evaluation.extraction.values import as_value
from irtysh.sources.texts import Cleaned
from irtysh.sources.texts.grids import Cell

_NUMBER = re.compile(r"[–—−-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?|[–—−-]?\d+(?:[.,]\d+)?")


def of_grids(cleaned: Cleaned, names: Gazetteer, confidence: Decimal) -> Iterator[Proposal]:
    """Return a proposal for each number under a period; the caption gives unit and flow."""
    language = names.language
    words = lexicon(language)
    for grid in cleaned.grids:
        unit, power = _unit(grid.caption, words)
        flow = next((code for code, p in words.flows if p.search(grid.caption)), "")
        periods = [_period(cell, words) for cell in grid.head]
        for row in grid.rows:
            goods = names.goods_in(row[0].text) if row else ()
            for cell, period in zip(row[1:], periods[1:], strict=False):
                if not period or not _NUMBER.fullmatch(cell.text):
                    continue
                yield Proposal(
                    start=-1,
                    end=-1,
                    locator=cleaned.document.lines[cell.line].locator(cell.offset),
                    first=cell.line,
                    last=cell.line,
                    language=language,
                    kind="level",
                    operator="eq",
                    hedge="none",
                    printed=cell.text,
                    value=as_value(cell.text, language),
                    unit=unit,
                    unit_mult=power,
                    flow=flow,
                    commodity=goods[0].code if goods else "",
                    period=period,
                    confidence=confidence,
                    reasons=("table", *(() if unit else ("unit-missing",))),
                    quote=row[0].text,
                )


def _period(cell: Cell, words: Lexicon) -> str:
    named = [one for one in named_periods(cell.text, words) if one.code]
    return named[0].code if named else ""


def _unit(caption: str, words: Lexicon) -> tuple[str, int]:
    """Return the last unit that stands alone in a caption: "…, млн долл."."""
    best, unit = -1, ("", 0)
    for code, pattern in words.units:
        if not code:
            continue
        for match in pattern.finditer(caption):
            before = caption[: match.start()].rstrip()
            power = next(
                (
                    n
                    for n, scale in words.scales
                    if re.search(f"(?:{scale.pattern})$", before, re.I)
                ),
                0,
            )
            # A lone letter in running words is no unit; with a scale or a comma before it is.
            if match.start() > best and (power or before.endswith((",", "("))):
                best, unit = match.start(), (code, power)
    return unit
