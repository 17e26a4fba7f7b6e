"""Contributions to growth in percentage points: they add up to the growth, remainder included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from irtysh.indicators.charts.lanes import Lanes, axis_from
from irtysh.indicators.charts.look import SHEETS, Sheet, layer, plain, reach, specification
from irtysh.indicators.charts.marks import Caption, Chart, Mark
from irtysh.indicators.charts.narration import Story, one_line, story, table_of, within, words
from irtysh.indicators.charts.palette import hue


def contribution_chart(
    rows: Sequence[Mark],
    growth: Mark,
    caption: Caption,
    language: str,
    *,
    remainder: Mark | None = None,
) -> Chart:
    """Draw contributions from the largest to the smallest, then the remainder, then the growth.

    Parameters
    ----------
    rows : sequence of Mark
        Contribution of each listed group, percentage points.
    growth : Mark
        The growth they add up to, per cent.
    remainder : Mark, optional
        Contribution of what is in the total but not listed; hatched, with its interval.
    """
    growth = replace(growth, label=growth.label or words("growth_sum", language))
    if remainder:
        remainder = replace(remainder, label=remainder.label or words("unlisted", language))
    ranked = sorted(rows, key=lambda row: row.value or 0, reverse=True)
    every = [*ranked, *([remainder] if remainder else []), growth]
    specs = [_spec(sheet, every, growth, remainder, language) for sheet in SHEETS]
    words_of = _story(ranked, every, growth, caption, language)
    return Chart(caption.id, "contribution", language, specs[0], specs[1], **words_of)


def _spec(
    sheet: Sheet, every: Sequence[Mark], growth: Mark, remainder: Mark | None, language: str
) -> dict[str, Any]:
    lanes = Lanes(sheet, [row.label for row in every])
    low, high = reach(every)
    x = axis_from(low, high, signed=True, room=0.18 if sheet.is_narrow else 0.12)
    zero = {**x, "datum": 0}
    rule = {"type": "rule", "stroke": hue("ink-soft")}
    above_sum = {
        "type": "rule", "stroke": hue("ink-soft"), "strokeDash": [2, 3],
        "yOffset": -lanes.step / 2,
    }  # fmt: skip
    bars = [_bar(lanes, row, growth, remainder) for row in every if row.value is not None]
    layers = [
        layer(above_sum, [{"lane": lanes.key(growth.label)}], y=lanes.y()),
        lanes.bars(bars, x),
        layer(rule, [{}], x=zero),
        *lanes.beams([(row.label, row) for row in every], x),
        *lanes.numbers([_number(lanes, row, language) for row in every], x),
        *lanes.names_above(),
    ]
    return specification(sheet, layers, height=lanes.height + 30)


def _bar(lanes: Lanes, row: Mark, growth: Mark, remainder: Mark | None) -> dict[str, Any]:
    name = "down" if (row.value or 0) < 0 else "both"
    if row is growth:
        name = "ink"
    line = hue(name)
    tint = line
    if row is remainder:
        tint, line = hue("hatch"), hue("rest")
    return {
        "lane": lanes.key(row.label),
        "start": 0.0,
        "end": plain(row.value),
        "tint": tint,
        "line": line,
    }


def _number(lanes: Lanes, row: Mark, language: str) -> dict[str, Any]:
    ends = [float(end) for end in (row.value, row.low, row.high) if end is not None]
    left = (row.value or 0) < 0
    return {
        "lane": lanes.key(row.label),
        "at": min([0.0, *ends]) if left else max([0.0, *ends]),
        "side": "left" if left else "right",
        "text": row.written(language, signed=True) or words("no_data_short", language),
    }


def _story(
    ranked: Sequence[Mark], every: Sequence[Mark], growth: Mark, caption: Caption, language: str
) -> Story:
    own = caption.read(language)
    unit = words("contribution_unit", language)
    total = f"{growth.written(language, signed=True)} %"
    names = "; ".join(
        f"{one_line(row.label)} {row.written(language, signed=True)}"
        for row in every
        if row is not growth
    )
    frame = {"what": own["what"], "sum": total}
    rest = next((m for m in every if m not in ranked and m is not growth), None)
    notes = [words("remainder_note", language)] if rest else []
    return story(
        caption,
        language,
        title=_title(own["what"], ranked, rest, growth, language),
        subtitle=words("contribution_subtitle", language),
        description=[words("contribution_list", language, **frame, list=names)],
        table=table_of(every, language, unit, by_period=False, by_label=True),
        notes=notes,
    )


def _title(
    what: str, ranked: Sequence[Mark], rest: Mark | None, growth: Mark, language: str
) -> str:
    """Name the largest contribution, or the remainder if nothing listed is as large."""
    blanks = {"what": what, "sum": growth.written(language, signed=True)}
    sizes = [abs(row.value) for row in ranked if row.value is not None]
    if rest is not None and rest.value is not None and abs(rest.value) > max(sizes, default=0):
        value = rest.written(language, signed=True)
        return words("contribution_title_rest", language, **blanks, rest_value=value)
    first = max(ranked, key=lambda row: abs(row.value or Decimal(0)))
    return words(
        "contribution_title",
        language,
        **blanks,
        first=within(one_line(first.label)),
        first_value=first.written(language, signed=True),
    )
