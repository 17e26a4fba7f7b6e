"""A shape on the globe, written as a GeoJSON geometry (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from irtysh.vocabulary.errors import IrtyshError

DEPTHS = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2,
    "MultiPolygon": 3,
}  # fmt: skip
"""Kind of geometry → how many lists stand around its positions."""

_LEAST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
"""Kind → least number of positions in one of its lines or rings."""

Position = tuple[float, float]
"""Longitude and latitude, degrees, in the order of GeoJSON."""


class NotAGeometry(IrtyshError):
    """A text is not a GeoJSON geometry of a known type."""


class PositionOutOfBounds(IrtyshError):
    """A position is not a longitude within ±180 and a latitude within ±90."""


class TooFewPositions(IrtyshError):
    """A line or a ring has too few positions to be one."""


class RingNotClosed(IrtyshError):
    """A ring does not end where it begins."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A geometry that was found to be sound.

    Attributes
    ----------
    kind : str
        Type of the geometry as GeoJSON names it.
    coordinates : tuple
        Positions (longitude, latitude), within as many tuples as ``DEPTHS`` says.
    """

    kind: str
    coordinates: Any

    def positions(self) -> Iterator[Position]:
        """Yield every position."""
        return _flat(self.coordinates, DEPTHS[self.kind])

    def as_geojson(self) -> dict[str, Any]:
        """Return the geometry as GeoJSON has it."""
        return {"type": self.kind, "coordinates": self.coordinates}


def read_geometry(text: str) -> Shape:
    """Read a geometry; heights are left out.

    Raises
    ------
    NotAGeometry
        If the text is not JSON, or its type or nesting is not that of a geometry.
    PositionOutOfBounds, TooFewPositions, RingNotClosed
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAGeometry(found=text[:40]) from error
    kind = found.get("type") if isinstance(found, dict) else None
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise NotAGeometry(found=str(kind or text)[:40])
    coordinates = _read(kind, found.get("coordinates"), DEPTHS[kind])
    if DEPTHS[kind] == 1:
        _check_line(kind, coordinates)
    elif DEPTHS[kind] > 1:
        for line in _flat(coordinates, DEPTHS[kind] - 1):
            _check_line(kind, line)
    return Shape(kind, coordinates)


def _read(kind: str, value: Any, depth: int) -> Any:
    if not isinstance(value, list):
        raise NotAGeometry(found=kind)
    if depth == 0:
        return _position(value)
    if not value:
        raise TooFewPositions(type=kind, found=0, least=_LEAST.get(kind, 1))
    return tuple(_read(kind, one, depth - 1) for one in value)


def _position(value: list[Any]) -> Position:
    numbers = [one for one in value if isinstance(one, int | float) and not isinstance(one, bool)]
    if len(numbers) != len(value) or len(value) not in (2, 3):
        raise PositionOutOfBounds(found=str(value)[:60])
    lon, lat = value[:2]
    # Written so that NaN, which JSON in Python lets through, fails as well.
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise PositionOutOfBounds(found=f"{lon}, {lat}"[:60])
    return float(lon), float(lat)


def _check_line(kind: str, line: tuple[Position, ...]) -> None:
    least = _LEAST.get(kind, 1)
    if len(line) < least:
        raise TooFewPositions(type=kind, found=len(line), least=least)
    if kind in ("Polygon", "MultiPolygon") and line[0] != line[-1]:
        (lon, lat), (last_lon, last_lat) = line[0], line[-1]
        raise RingNotClosed(first=f"{lon:g}, {lat:g}", last=f"{last_lon:g}, {last_lat:g}")


def _flat(value: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield value
    else:
        for one in value:
            yield from _flat(one, depth - 1)
