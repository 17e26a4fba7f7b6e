"""Values by territory on the geometry of a case, drawn without the renderer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from irtysh.indicators.charts.direct import Drawn, Parts, Pen, Words, finished, number
from irtysh.indicators.charts.geometry import Geometry, View
from irtysh.indicators.charts.look import Sheet
from irtysh.indicators.charts.narration import words
from irtysh.indicators.charts.paths import drawn, thinned

SHADES = (0.14, 0.32, 0.52, 0.74, 1.0)
"""Opacity of the five classes, the least first; each holds about as many territories."""

FEWEST = 3
"""Territories with a shape and a value below which a map says less than a table."""


def map_drawn(shapes: Geometry, values: Mapping[str, float | None], told: Words) -> Drawn:
    """Draw values (territory → value, None missing) in five classes; the missing are hatched.

    Territories without a shape are left out: the caller says which.
    """
    seen = {code: values[code] for code in shapes.codes() if code in values}
    edges = classes([value for value in seen.values() if value is not None])

    def draw(sheet: Sheet, *, alone: bool) -> Parts:
        return _map(Pen(sheet, told.language, alone=alone), shapes, seen, edges)

    return finished(draw, told)


def classes(values: Sequence[float]) -> list[float]:
    """Return the lower bounds of the classes: quantiles, each a value that occurs."""
    ordered = sorted(values)
    count = min(len(SHADES), len(set(ordered)))
    picked = [ordered[len(ordered) * place // count] for place in range(count)]
    return sorted(set(picked))


def _map(
    pen: Pen, shapes: Geometry, values: Mapping[str, float | None], edges: Sequence[float]
) -> Parts:
    view = View.of(_window(shapes, values), pen.sheet.width)
    for code in shapes.codes():
        path = drawn([thinned(ring, view) for ring in shapes.area(code)], closed=True)
        if code not in values:
            pen.add("path", d=path, fill="land", stroke="land-line", stroke_width="0.6")
            continue
        value = values[code]
        pen.add("path", d=path, fill="paper", stroke="ink-soft", stroke_width="0.8")
        if value is None:
            pen.add("path", d=path, fill="url(#direct-hatch)")
        else:
            shade = SHADES[_class(value, edges) + len(SHADES) - len(edges)]
            pen.add("path", d=path, fill="side-a", fill_opacity=shade, stroke="ink-soft",
                    stroke_width="0.8")  # fmt: skip
    foot = _legend(pen, edges, view.height + 22, has_gaps=None in values.values())
    return pen.parts, float(pen.sheet.width), foot


def _window(shapes: Geometry, codes: Mapping[str, float | None]) -> dict[str, float]:
    """Return the window that shows the territories with values and a little around them."""
    points = [point for code in codes for ring in shapes.area(code) for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    margin = 0.04 * max(east - west, north - south)
    return {"west": west - margin, "east": east + margin,
            "south": south - margin, "north": north + margin}  # fmt: skip


def _class(value: float, edges: Sequence[float]) -> int:
    return max(place for place, edge in enumerate(edges) if value >= edge)


def _legend(pen: Pen, edges: Sequence[float], y: float, *, has_gaps: bool) -> float:
    for place, edge in enumerate(edges):
        shade = SHADES[place + len(SHADES) - len(edges)]
        pen.add("rect", x=4, y=round(y - 12, 1), width=22, height=14, fill="side-a",
                fill_opacity=shade, stroke="ink-soft", stroke_width="0.6")  # fmt: skip
        upper = number(edges[place + 1], pen.language) if place + 1 < len(edges) else ""
        lower = number(edge, pen.language)
        pen.text(f"{lower} – < {upper}" if upper else f"≥ {lower}", 34, y, fill="ink")
        y += 20
    if has_gaps:
        pen.add("rect", x=4, y=round(y - 12, 1), width=22, height=14, fill="url(#direct-hatch)",
                stroke="ink-soft", stroke_width="0.6")  # fmt: skip
        pen.text(words("standing_missing", pen.language), 34, y, fill="ink")
        y += 20
    return y
