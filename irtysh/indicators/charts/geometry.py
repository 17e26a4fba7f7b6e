"""The small geometry of a case's map, placed on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from irtysh.indicators.charts.projection import EqualArea

Point = tuple[float, float]
Line = list[Point]


@dataclass(frozen=True, slots=True)
class View:
    """A window of the projection on a sheet: kilometres in, pixels out."""

    west: float
    north: float
    scale: float
    """Pixels to a kilometre."""
    width: float
    height: float

    @classmethod
    def of(cls, window: Mapping[str, float], width: float) -> View:
        """Return the view that shows a window in ``width`` pixels."""
        scale = width / (window["east"] - window["west"])
        height = round((window["north"] - window["south"]) * scale)
        return cls(window["west"], window["north"], scale, width, height)

    def place(self, point: Point) -> Point:
        """Return where a point of the projection lies on the sheet."""
        return (point[0] - self.west) * self.scale, (self.north - point[1]) * self.scale

    def shows(self, point: Point, margin: float = 0.0) -> bool:
        """Return True if a point of the sheet is visible, ``margin`` from the edge."""
        x, y = point
        inside = margin <= x <= self.width - margin
        return inside and margin <= y <= self.height - margin


class Geometry:
    """Areas, lines and rivers of one case, in kilometres of its projection."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        self.projection = EqualArea(*topology["projection"]["centre"])
        self.views: Mapping[str, Mapping[str, float]] = topology["views"]
        self.side_a: Sequence[str] = topology["sides"]["a"]
        self.side_b: str = topology["sides"]["b"]
        self.adjoining: Sequence[str] = topology["adjoining"]
        self.label_areas: Sequence[str] = topology["label_areas"]
        self._arcs = _decoded(topology)
        self._objects = {
            kind: {geometry["id"]: geometry["arcs"] for geometry in parts["geometries"]}
            for kind, parts in topology["objects"].items()
        }

    def area(self, code: str) -> list[Line]:
        """Return the rings of a region; of a country, the outline of its regions together."""
        areas = self._objects["areas"]
        if code in areas:
            return [self._stitched(ring) for polygon in areas[code] for ring in polygon]
        return self._outline(code)

    def lines(self, kind: str) -> list[Line]:
        """Return the lines of a kind: border, state, region, newer, edge."""
        return [self._stitched(line) for line in self._objects["lines"].get(kind, [])]

    def rivers(self) -> dict[str, list[Line]]:
        """Return river → its courses, longest pieces joined."""
        return {
            name: joined([self._stitched(line) for line in lines])
            for name, lines in self._objects["rivers"].items()
        }

    def lakes(self) -> list[Line]:
        """Return the shores of lakes; none where the geometry was made without them."""
        lakes = self._objects.get("lakes", {})
        return [self._stitched(ring) for shores in lakes.values() for ring in shores]

    def codes(self) -> list[str]:
        """Return the codes of the regions that have an area of their own."""
        return list(self._objects["areas"])

    def _outline(self, country: str) -> list[Line]:
        uses: dict[int, int] = {}
        for code, polygons in self._objects["areas"].items():
            if code.startswith(f"{country}-"):
                for index in (i for polygon in polygons for ring in polygon for i in ring):
                    key = max(index, ~index)
                    uses[key] = uses.get(key, 0) + 1
        rings = joined([self._arcs[index] for index, count in uses.items() if count == 1])
        return [max(rings, key=_surface)]  # without leased enclaves and slips between sources

    def _stitched(self, indices: Iterable[int]) -> Line:
        line: Line = []
        for index in indices:
            arc = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
            line += arc[1:] if line else arc
        return line


def joined(lines: Sequence[Line]) -> list[Line]:
    """Join lines whose ends meet, whichever way they run."""
    left = [list(line) for line in lines]
    whole: list[Line] = []
    while left:
        line = left.pop(0)
        grown = True
        while grown and line[0] != line[-1]:
            grown = False
            for index, other in enumerate(left):
                if line[-1] in (other[0], other[-1]):
                    line += other[1:] if other[0] == line[-1] else other[-2::-1]
                elif line[0] in (other[0], other[-1]):
                    line = (other if other[-1] == line[0] else other[::-1])[:-1] + line
                else:
                    continue
                del left[index]
                grown = True
                break
        whole.append(line)
    return whole


def _surface(ring: Line) -> float:
    """Return the area of a ring (shoelace formula), km²."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _decoded(topology: Mapping[str, Any]) -> list[Line]:
    across, down = topology["transform"]["scale"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: Line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * across, y * down))
        arcs.append(arc)
    return arcs
