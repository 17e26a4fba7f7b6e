"""The geometry of a release as maps need it, read once a release."""

from __future__ import annotations

import json
from functools import lru_cache

from irtysh.indicators.charts.geometry import Geometry
from irtysh.indicators.charts.ground import ground, label_points, river_points
from irtysh.portal.reading import Reading
from irtysh.registries.places.rules import TERRITORIES


@lru_cache(maxsize=4)
def shapes_of(reading: Reading) -> Geometry | None:
    """Return the geometry of a release; None where its case has no map."""
    topology = reading.document("geometry", {})
    return Geometry(topology) if topology else None


@lru_cache(maxsize=8)
def ground_of(reading: Reading) -> bytes:
    """Return regions, borders, rivers and lakes as GeoJSON, named in the reader's language."""
    shapes = shapes_of(reading)
    found = {"type": "FeatureCollection", "features": []}
    if shapes is not None:
        territories = reading.document("territories")
        areas = {
            row["area"]: reading.text(row["name"])
            for row in territories
            if row.get("area") and row["kind"] in TERRITORIES
        }
        rivers = {row["id"]: reading.text(row["name"]) for row in territories}
        found = ground(shapes, areas, rivers)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=4)
def points_of_areas(reading: Reading) -> dict[str, tuple[float, float]]:
    """Return code of a region → latitude and longitude at which it is named."""
    shapes = shapes_of(reading)
    return label_points(shapes) if shapes is not None else {}


@lru_cache(maxsize=4)
def points_of_rivers(reading: Reading) -> dict[str, tuple[float, float]]:
    """Return id of a river → latitude and longitude at which it is named."""
    shapes = shapes_of(reading)
    return river_points(shapes) if shapes is not None else {}
