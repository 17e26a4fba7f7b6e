"""How every chart looks: sizes, type, axes, the shapes that stand for a figure's standing."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from irtysh.indicators.charts.marks import Mark
from irtysh.indicators.charts.palette import hue

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Golos Text, DejaVu Sans, sans-serif"

# Shapes in a square from -1 to 1; a shape drawn the other way round inside another is a hole.
DISC = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z"
RING = DISC + "M0.56,0A0.56,0.56,0,1,0,-0.56,0A0.56,0.56,0,1,0,0.56,0Z"
FRAME = "M-0.9,-0.9H0.9V0.9H-0.9ZM-0.45,-0.45V0.45H0.45V-0.45Z"
UP = "M-0.95,1H0.95V0.7H-0.95ZM0,-1L0.85,0.4H-0.85Z"
DOWN = "M-0.95,-1H0.95V-0.7H-0.95ZM0,1L0.85,-0.4H-0.85Z"
BEAM = "M-0.12,-1H0.12V1H-0.12ZM-0.6,-1H0.6V-0.78H-0.6ZM-0.6,0.78H0.6V1H-0.6Z"
SHAPES = {"printed": DISC, "derived": RING, "partial": FRAME, "bound": UP, "bound-below": DOWN}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A width to draw for, with the sizes of type that stay readable in it (CSS pixels)."""

    name: str
    width: int
    height: int
    text: int
    label: int
    wrap: int
    """Letters of a category's name in one line."""

    @property
    def is_narrow(self) -> bool:
        """True for the telephone's sheet."""
        return self.name == "narrow"


WIDE = Sheet("wide", 720, 340, 13, 12, 30)
NARROW = Sheet("narrow", 340, 280, 12, 11, 40)
SHEETS = (WIDE, NARROW)


def specification(sheet: Sheet, layers: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return a layered specification of the sheet's width with the common look."""
    spec: dict[str, Any] = {
        "$schema": SCHEMA,
        "width": sheet.width,
        "height": sheet.height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "right": 8, "top": 4, "bottom": 2},
        "background": "transparent",
        "config": config(sheet),
        "layer": [layer for layer in layers if layer["data"]["values"]],
    }
    return {**spec, **more}


def config(sheet: Sheet) -> dict[str, Any]:
    """Return the part of a specification that is the same everywhere."""
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": hue("ink-soft"),
            "labelFontSize": sheet.label,
            "labelPadding": 6,
            "labelLimit": 0,
            "domain": False,
            "ticks": False,
            "title": None,
            "grid": False,
            "gridColor": hue("grid"),
            "gridWidth": 1,
        },
        "legend": {
            "title": None,
            "orient": "bottom",
            "direction": "horizontal" if not sheet.is_narrow else "vertical",
            "columns": 1 if sheet.is_narrow else 3,
            "labelColor": hue("ink-soft"),
            "labelFontSize": sheet.label,
            "labelLimit": 0,
            "symbolSize": 90,
            "symbolStrokeWidth": 0,
            "symbolFillColor": hue("ink-soft"),
            "columnPadding": 18,
            "rowPadding": 4,
            "offset": 12,
            "padding": 0,
        },
        "text": {"font": FONT, "fontSize": sheet.label, "fill": hue("ink")},
        "bar": {"stroke": None},
    }


def layer(
    mark: str | dict[str, Any], values: Iterable[dict[str, Any]], **encoding: Any
) -> dict[str, Any]:
    """Return one layer with its own data."""
    return {"data": {"values": list(values)}, "mark": mark, "encoding": encoding}


def lettering(
    style: dict[str, Any], values: Sequence[dict[str, Any]], **encoding: Any
) -> list[dict[str, Any]]:
    """Return two layers: the text, and under it a halo of paper so that no line crosses it."""
    bare = {name: part for name, part in encoding.items() if name != "fill"}
    ground = hue("paper")
    halo = {**style, "type": "text", "fill": ground, "stroke": ground, "strokeWidth": 4}
    return [
        layer({**halo, "strokeJoin": "round"}, values, **bare),
        layer({**style, "type": "text"}, values, **encoding),
    ]


def plain(value: Decimal | None) -> float | None:
    """Return a value for the eye (drawing coordinates need no decimals); None stays None."""
    return None if value is None else float(value)


def shape(mark: Mark) -> str:
    """Return the key of the shape for a mark's standing."""
    if mark.status == "bound" and mark.low is None and mark.high is not None:
        return "bound-below"
    return mark.status


def folded(label: str, width: int, lines: int = 2) -> str:
    """Break a label into at most ``lines`` lines of about ``width`` letters."""
    label = label.replace(" %", "\N{NO-BREAK SPACE}%")
    parts = textwrap.wrap(label, width, break_long_words=False)
    if len(parts) <= lines:
        return "\n".join(parts)
    parts = textwrap.wrap(label, max(width, -(-len(label) // lines) + 4), break_long_words=False)
    return "\n".join([*parts[: lines - 1], " ".join(parts[lines - 1 :])])


def letters_width(text: str, size: float) -> float:
    """Return about how wide a line of text is, in the unit of ``size``; rather too wide."""
    wide = sum(_ADVANCE.get(letter, 0.72 if letter.isupper() else 0.6) for letter in text)
    return wide * size


_ADVANCE = {
    **dict.fromkeys(" ,.:;!|'il1()[]іjfrt«»", 0.36),
    **dict.fromkeys("mwMWжшщмюфыЖШЩМЮФЫ–—", 0.86),
}


_TIED = re.compile(r" (гг?\.|жж?\.|%|п\. ?[пт]\.)")
"""Words that must not open a line."""


def fitted(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines no wider than ``width``."""
    lines: list[str] = []
    for word in _TIED.sub("\N{NO-BREAK SPACE}\\1", text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letters_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def reach(marks: Iterable[Mark]) -> tuple[float, float]:
    """Return the least and greatest number that must be on the sheet, zero among them."""
    ends = [0.0]
    for mark in marks:
        ends += [float(end) for end in (mark.value, mark.low, mark.high) if end is not None]
    return min(ends), max(ends)
