"""What a moving map stands on: regions, borders, rivers and lakes of a case as GeoJSON."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from math import hypot, inf
from typing import Any

from irtysh.indicators.charts.geometry import Geometry, Line, Point

Feature = dict[str, Any]

_DIGITS = 3
"""Thousandths of a degree, about 100 m: what the geometry itself is exact to."""
_GRID = 14


def ground(shapes: Geometry, names: Mapping[str, str], rivers: Mapping[str, str]) -> Feature:
    """Return everything below the points of a map as one FeatureCollection.

    Parameters
    ----------
    shapes : Geometry
        Of the case's map.json.
    names : dict
        Code of an area → its name in the reader's language; an area without one has no label.
    rivers : dict
        Id of a river → its name.
    """
    features = [
        *_areas(shapes, names),
        *_lakes(shapes),
        *_rivers(shapes, rivers),
        *_lines(shapes),
        *_side_names(shapes, names),
    ]
    return {"type": "FeatureCollection", "features": features}


def label_points(shapes: Geometry) -> dict[str, tuple[float, float]]:
    """Return code of an area → latitude and longitude of its roomiest place.

    The second side, drawn as its regions together, is among them.
    """
    found = {}
    for code in (*shapes.codes(), shapes.side_b):
        ring = max(shapes.area(code), key=_spread)
        lon, lat = shapes.projection.backward(*_roomiest(ring))
        found[code] = round(lat, _DIGITS), round(lon, _DIGITS)
    return found


def river_points(shapes: Geometry) -> dict[str, tuple[float, float]]:
    """Return river → latitude and longitude of the bend that is nearest to the map's centre."""
    found = {}
    for river, courses in shapes.rivers().items():
        nearest = min((point for line in courses for point in line), key=lambda p: hypot(*p))
        lon, lat = shapes.projection.backward(*nearest)
        found[river] = round(lat, _DIGITS), round(lon, _DIGITS)
    return found


def side_of(shapes: Geometry, code: str) -> str:
    """Return "A", "B" or "" for the side that an area of the map belongs to."""
    if code in shapes.side_a:
        return "A"
    return "B" if code.startswith(f"{shapes.side_b}-") else ""


def _areas(shapes: Geometry, names: Mapping[str, str]) -> Iterator[Feature]:
    points = label_points(shapes)
    for code in shapes.codes():
        polygons = [[_turned(_placed(shapes, ring))] for ring in shapes.area(code)]
        lat, lon = points[code]
        yield _feature(
            "MultiPolygon", polygons,
            {
                "what": "area", "id": code, "side": side_of(shapes, code),
                "near": code in shapes.adjoining, "name": names.get(code, ""),
                "at": [lon, lat],
            },
        )  # fmt: skip


def _lakes(shapes: Geometry) -> Iterator[Feature]:
    shores = [[_turned(_placed(shapes, ring))] for ring in shapes.lakes()]
    if shores:
        yield _feature("MultiPolygon", shores, {"what": "lake"})


def _rivers(shapes: Geometry, names: Mapping[str, str]) -> Iterator[Feature]:
    points = river_points(shapes)
    for river, courses in shapes.rivers().items():
        lat, lon = points[river]
        yield _feature(
            "MultiLineString", [_placed(shapes, line) for line in courses],
            {"what": "river", "id": river, "name": names.get(river, ""), "at": [lon, lat]},
        )  # fmt: skip


def _lines(shapes: Geometry) -> Iterator[Feature]:
    for kind in ("region", "edge", "newer", "state", "border"):
        lines = [_placed(shapes, line) for line in shapes.lines(kind)]
        if lines:
            yield _feature("MultiLineString", lines, {"what": kind})


def _side_names(shapes: Geometry, names: Mapping[str, str]) -> Iterator[Feature]:
    """Yield where both sides are named: within the smallest window that the map opens with."""
    window = shapes.views["narrow"]
    for side, code in (("A", shapes.side_a[0]), ("B", shapes.side_b)):
        ring = max(shapes.area(code), key=_spread)
        lon, lat = shapes.projection.backward(*_roomiest(ring, window))
        at = [round(lon, _DIGITS), round(lat, _DIGITS)]
        about = {"what": "side", "id": code, "side": side, "name": names.get(code, ""), "at": at}
        yield {"type": "Feature", "properties": about, "geometry": None}


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _placed(shapes: Geometry, line: Sequence[Point]) -> list[list[float]]:
    placed = (shapes.projection.backward(*point) for point in line)
    return [[round(lon, _DIGITS), round(lat, _DIGITS)] for lon, lat in placed]


def _turned(ring: list[list[float]]) -> list[list[float]]:
    """Return a ring closed and counter-clockwise, as RFC 7946 asks of outer rings."""
    closed = ring if ring[0] == ring[-1] else [*ring, ring[0]]
    doubled = sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(closed))
    return closed if doubled > 0 else closed[::-1]


def _spread(ring: Line) -> float:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _roomiest(ring: Line, window: Mapping[str, float] | None = None) -> Point:
    """Return the point of a grid that lies within a ring, farthest from its edges (km).

    With a ``window`` only what lies in it counts, and its frame is an edge too.
    """
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    if window is not None:
        west, east = max(west, window["west"]), min(east, window["east"])
        south, north = max(south, window["south"]), min(north, window["north"])
    across, up = (east - west) / _GRID, (north - south) / _GRID
    best, room = (sum(xs) / len(xs), sum(ys) / len(ys)), -inf
    for column, row in itertools.product(range(1, _GRID), repeat=2):
        point = west + column * across, south + row * up
        if holds(ring, point):
            free = min(_distance(point, a, b) for a, b in itertools.pairwise([*ring, ring[0]]))
            if window is not None:
                free = min(free, point[0] - west, east - point[0], point[1] - south)
            if free > room:
                best, room = point, free
    return best


def holds(ring: Line, point: Point) -> bool:
    """Return True if a point lies within a ring (even-odd rule)."""
    inside = False
    for (ax, ay), (bx, by) in itertools.pairwise([*ring, ring[0]]):
        if (ay > point[1]) != (by > point[1]):
            inside ^= point[0] < ax + (point[1] - ay) * (bx - ax) / (by - ay)
    return inside


def _distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    span = dx * dx + dy * dy
    share = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / span if span else 0.0
    share = max(0.0, min(1.0, share))
    return hypot(point[0] - a[0] - share * dx, point[1] - a[1] - share * dy)
