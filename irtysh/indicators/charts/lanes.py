"""Horizontal lanes, one a category: its name beside the bar, or above it on a telephone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from irtysh.indicators.charts.look import Sheet, folded, layer, lettering, plain
from irtysh.indicators.charts.marks import Mark
from irtysh.indicators.charts.palette import hue

TINT = {"field": "tint", "type": "nominal", "scale": None, "legend": None}
LINE = {"field": "line", "type": "nominal", "scale": None, "legend": None}
TEXT = {"field": "text", "type": "nominal"}


@dataclass(frozen=True, slots=True)
class Lanes:
    """The layout of lanes on a sheet: how high, where the bar lies, where the name stands."""

    sheet: Sheet
    names: Sequence[str]

    @property
    def step(self) -> int:
        """Height of a lane."""
        return 40 if self.sheet.is_narrow else 34

    @property
    def bar(self) -> int:
        """Thickness of a bar."""
        return 13 if self.sheet.is_narrow else 18

    @property
    def shift(self) -> int:
        """How far below the middle of its lane a bar lies."""
        return 9 if self.sheet.is_narrow else 0

    @property
    def height(self) -> int:
        """Height of all lanes."""
        return self.step * len(self.names)

    def key(self, name: str) -> str:
        """Return a lane's name, broken into lines where it stands beside the bar."""
        return name if self.sheet.is_narrow else folded(name, self.sheet.wrap)

    def y(self) -> dict[str, Any]:
        """Return the encoding of lanes."""
        domain = [self.key(name) for name in self.names]
        axis = None
        if not self.sheet.is_narrow:
            axis = {
                "labelExpr": "split(datum.label, '\\n')",
                "labelColor": hue("ink"),
                "labelLineHeight": 14,
                "labelBaseline": "middle",
                "labelPadding": 10,
                "labelOffset": {
                    "condition": {"test": "indexof(datum.value, '\\n') >= 0", "value": -7},
                    "value": 0,
                },
            }
        scale = {"type": "band", "domain": domain, "padding": 0}
        return {"field": "lane", "type": "ordinal", "scale": scale, "axis": axis}

    def names_above(self) -> list[dict[str, Any]]:
        """Return the layers with names above the bars; none on a wide sheet."""
        if not self.sheet.is_narrow:
            return []
        style = {"align": "left", "dy": -9, "fontSize": self.sheet.label}
        values = [{"lane": self.key(name), "text": name} for name in self.names]
        return lettering(
            style, values, y=self.y(), x={"value": 0}, text=TEXT, fill={"value": hue("ink")}
        )

    def bars(self, values: Sequence[Mapping[str, Any]], x: Any) -> dict[str, Any]:
        """Return bars from ``start`` to ``end`` with fill ``tint`` and outline ``line``."""
        mark = {"type": "bar", "height": self.bar, "yOffset": self.shift, "strokeWidth": 1.5}
        return layer(
            mark,
            [dict(value) for value in values],
            y=self.y(),
            x={**x, "field": "start"},
            x2={"field": "end"},
            fill=TINT,
            stroke=LINE,
        )

    def beams(self, marks: Iterable[tuple[str, Mark]], x: Any) -> list[dict[str, Any]]:
        """Return the intervals as beams; a side without a bound has no cap."""
        values = [
            {"lane": self.key(name), "low": plain(mark.low), "high": plain(mark.high)}
            for name, mark in marks
            if mark.has_interval
        ]
        ink = {"value": hue("ink")}
        rule = {"type": "rule", "strokeWidth": 1.5, "yOffset": self.shift}
        cap = {"type": "tick", "orient": "vertical", "thickness": 1.5, "yOffset": self.shift}
        cap["opacity"] = 1
        cap["size"] = self.bar - 6
        shown = [v for v in values if _is_wide(v, x)]
        low, high = {**x, "field": "low"}, {**x, "field": "high"}
        return [
            layer(rule, values, y=self.y(), x=low, x2={"field": "high"}, stroke=ink),
            layer(cap, shown, y=self.y(), x=low, fill=ink),
            layer(cap, shown, y=self.y(), x=high, fill=ink),
        ]

    def numbers(self, values: Sequence[dict[str, Any]], x: Any) -> list[dict[str, Any]]:
        """Return the numbers beside the bars: right of what grows right, left of the others."""
        layers = []
        for side, align, dx in (("right", "left", 7), ("left", "right", -7)):
            style = {"align": align, "dx": dx, "yOffset": self.shift}
            style |= {"fontSize": self.sheet.label, "baseline": "middle"}
            here = [value for value in values if value.get("side", "right") == side]
            ink = {"value": hue("ink")}
            at = {**x, "field": "at"}
            layers += lettering(style, here, y=self.y(), x=at, text=TEXT, fill=ink)
        return layers


def axis_from(low: float, high: float, *, signed: bool = False, room: float = 0.16) -> Any:
    """Return the encoding of values with room for the numbers beside the bars."""
    span = (high - low) or 1.0
    start = low - room * span if low < 0 else 0.0
    axis: dict[str, Any] = {"grid": True, "tickCount": 5, "format": ",~f"}
    if signed:
        axis |= {"format": "+,~f", "labelExpr": "datum.value === 0 ? '0' : datum.label"}
    return {
        "type": "quantitative",
        "scale": {"domain": [round(start, 6), round(high + room * span, 6)], "nice": False},
        "axis": axis,
    }


def _is_wide(value: Mapping[str, Any], x: Any) -> bool:
    """True if a beam is long enough for its caps not to become one blot."""
    low, high = x["scale"]["domain"]
    return bool(value["high"] - value["low"] > 0.006 * (high - low))
