"""A small still map that shows where one place lies; colours follow the reader's theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from xml.etree import ElementTree as ET

from irtysh.indicators.charts import svg
from irtysh.indicators.charts.geometry import Geometry, Line, Point, View
from irtysh.indicators.charts.palette import variable
from irtysh.indicators.charts.paths import drawn, thinned

_WIDTH = 360
_MARGIN_KM = 120.0
_STEP = 2.2
"""Pixels between points of a line, at least: half the bytes, and nobody sees the difference."""
_LETTER = 6.6
"""Pixels that a letter of a label takes, at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a locator shows of a place.

    Attributes
    ----------
    point : (float, float) or None
        Latitude and longitude, degrees.
    is_own : bool
        False where the point is another's – of the nearest settlement – or only about right; it
        is drawn hollow.
    area : str
        Code of a region or country to bring out.
    river : str
        Id of a river to bring out.
    """

    point: tuple[float, float] | None = None
    is_own: bool = True
    area: str = ""
    river: str = ""


def locator_svg(
    shapes: Geometry,
    shown: Shown,
    own: str,
    title: str,
    description: str,
    towns: Sequence[tuple[str, float, float]] = (),
) -> str:
    """Draw the map of one place; "" where the geometry has nothing of it to show.

    ``own`` begins the ids of the drawing; ``towns`` are names with latitude and longitude, for
    the reader to find the way by.
    """
    focus = _focus(shapes, shown)
    if not focus:
        return ""
    sheet = _Sheet(shapes, _window(shapes, focus))
    sheet.ground(shown)
    sheet.towns(towns, shown)
    if shown.point is not None:
        sheet.mark(shown.point, shown.is_own)
    root = ET.Element("svg", {
        "viewBox": f"0 0 {sheet.view.width:g} {sheet.view.height:g}", "role": "img",
        "class": "drawing drawing-locator", "aria-labelledby": f"{own}-t {own}-d",
    })  # fmt: skip
    for tag, text in (("title", title), ("desc", description)):
        ET.SubElement(root, tag, {"id": f"{own}-{tag[0]}"}).text = text
    root.extend(sheet.parts)
    return svg.written(root)


def _focus(shapes: Geometry, shown: Shown) -> Line:
    """Return the points that must be seen, in kilometres."""
    if shown.point is not None:
        return [shapes.projection.forward(shown.point[1], shown.point[0])]
    if shown.area in shapes.codes() or shown.area == shapes.side_b:
        return [point for ring in shapes.area(shown.area) for point in ring]
    return [point for line in shapes.rivers().get(shown.river, ()) for point in line]


def _window(shapes: Geometry, focus: Line) -> dict[str, float]:
    """Return the ordinary view of the case, or a wider one that holds the place as well."""
    view = shapes.views["wide"]
    near = {side: float(view[side]) for side in ("west", "east", "south", "north")}
    xs, ys = zip(*focus, strict=True)
    beyond = {
        "west": min(xs) - _MARGIN_KM, "south": min(ys) - _MARGIN_KM,
        "east": max(xs) + _MARGIN_KM, "north": max(ys) + _MARGIN_KM,
    }  # fmt: skip
    return {
        side: (min if side in ("west", "south") else max)(near[side], beyond[side]) for side in near
    }


class _Sheet:
    """One locator being drawn, from the ground up."""

    def __init__(self, shapes: Geometry, window: dict[str, float]) -> None:
        self.shapes = shapes
        self.view = View.of(window, _WIDTH)
        self.parts: list[ET.Element] = []

    def ground(self, shown: Shown) -> None:
        """Draw land, both sides, water and borders."""
        size = {"width": f"{self.view.width:g}", "height": f"{self.view.height:g}"}
        self._add("rect", fill="land", **size)
        self._fill(self.shapes.area(self.shapes.side_b), "side-b-soft")
        for code in self.shapes.side_a:
            self._fill(self.shapes.area(code), "side-a-soft")
        if shown.area in self.shapes.codes():
            colour = "side-a" if shown.area in self.shapes.side_a else "side-b"
            self._fill(self.shapes.area(shown.area), colour, **{"fill-opacity": "0.45"})
        self._fill(self.shapes.lakes(), "water", **{"fill-opacity": "0.6"})
        for river, courses in self.shapes.rivers().items():
            self._stroke(courses, "water", "2.6" if river == shown.river else "1")
        self._stroke(self.shapes.lines("region"), "rest", "0.5", **{"stroke-opacity": "0.5"})
        self._stroke(self.shapes.lines("state"), "ink-soft", "1")
        for colour, thick in (("paper", "4"), ("ink", "2.4"), ("paper", "0.8")):
            self._stroke(self.shapes.lines("border"), colour, thick)

    def towns(self, towns: Sequence[tuple[str, float, float]], shown: Shown) -> None:
        """Set the dots and names of towns by which one finds the way."""
        for name, lat, lon in towns:
            x, y = self._at((lat, lon))
            if not self.view.shows((x, y), 6):
                continue
            self._add("circle", fill="ink", cx=f"{x:.1f}", cy=f"{y:.1f}", r="2.2")
            if shown.point == (lat, lon):
                continue
            is_right = x + 8 + len(name) * _LETTER < self.view.width
            look = {"x": f"{x + (6 if is_right else -6):.1f}", "y": f"{y + 4:.1f}",
                    "font-size": "12", "paint-order": "stroke", "stroke-width": "3",
                    "stroke-linejoin": "round"}  # fmt: skip
            look |= {} if is_right else {"text-anchor": "end"}
            self._add("text", fill="ink", stroke="paper", **look).text = name

    def mark(self, point: tuple[float, float], is_own: bool) -> None:
        """Mark the place: a full disc at its own point, a broken ring about somebody else's."""
        x, y = self._at(point)
        place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}"}
        if is_own:
            self._add("circle", stroke="paper", fill="accent", r="6.5", **place,
                      **{"stroke-width": "2"})  # fmt: skip
            return
        self._add("circle", stroke="paper", fill="", r="9", **place, **{"stroke-width": "5"})
        self._add("circle", stroke="accent", fill="", r="9", **place,
                  **{"stroke-width": "2.5", "stroke-dasharray": "4 2.5"})  # fmt: skip

    def _at(self, point: tuple[float, float]) -> Point:
        return self.view.place(self.shapes.projection.forward(point[1], point[0]))

    def _fill(self, rings: Sequence[Line], colour: str, **more: str) -> None:
        path = drawn(self._seen(rings), closed=True)
        if path:
            self._add("path", d=path, fill=colour, **more)

    def _stroke(self, lines: Sequence[Line], colour: str, thick: str, **more: str) -> None:
        path = drawn(self._seen(lines), closed=False)
        if path:
            look = {"stroke-width": thick, "stroke-linejoin": "round", **more}
            self._add("path", d=path, fill="", stroke=colour, **look)

    def _seen(self, lines: Sequence[Line]) -> list[Line]:
        placed = [_coarse(thinned(line, self.view)) for line in lines]
        return [line for line in placed if any(self.view.shows(point, -40) for point in line)]

    def _add(self, tag: str, *, fill: str = "", stroke: str = "", **more: str) -> ET.Element:
        painted = {"fill": variable(fill) if fill else "none"}
        if stroke:
            painted["stroke"] = variable(stroke)
        element = ET.Element(tag, {**more, **painted})
        self.parts.append(element)
        return element


def _coarse(line: Line) -> Line:
    """Return a placed line without points that are near the one before; its end stays."""
    kept = line[:1]
    for point in line[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= _STEP:
            kept.append(point)
    return kept + line[1:][-1:]
