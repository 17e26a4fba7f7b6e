"""The map: what lies where, as layers of points and as the same content in a list."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _

from irtysh.indicators.charts.geometry import Geometry
from irtysh.portal.presenters.charts import charts_of
from irtysh.portal.reading import Reading, reads
from irtysh.portal.registers.map_ground import ground_of, shapes_of
from irtysh.portal.registers.map_layers import Asked, Layer, layers_of
from irtysh.portal.registers.views import as_script, registers_stamp
from irtysh.registries.records.codes import choices

_GEOJSON = "application/geo+json"


def _map_page(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Show the map, and everything on it as a list."""
    asked = Asked.from_query(reading, request.GET)
    layers = layers_of(asked)
    has_map = shapes_of(reading) is not None
    page = {
        "layers": layers,
        "asked": asked,
        "question": "",
        "total": sum(len(layer.items) for layer in layers),
        "themes": choices("themes"),
        "has_map": has_map,
        "drawing": (charts_of(reading, "territories")[:1] or [None])[0] if has_map else None,
        "settings": as_script(_settings(reading)) if has_map else "",
        "path": f"/{reading.language}/map/",
    }
    return render(request, "portal/registers/map.html", {"reading": reading, "page": page})


map_page = reads(_map_page, stamp=registers_stamp)


def _map_points(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Answer every point of the map as GeoJSON."""
    layers = layers_of(Asked(reading))
    features = [_feature(layer, item) for layer in layers for item in layer.items if item.point]
    shapes = [shape for layer in layers for item in layer.items for shape in _shape(item)]
    found = {"type": "FeatureCollection", "features": [*features, *shapes]}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=_GEOJSON)


map_points = reads(_map_points, stamp=registers_stamp)


def _map_ground(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Answer regions, borders, rivers and lakes of the release as GeoJSON."""
    return HttpResponse(ground_of(reading), content_type=_GEOJSON)


map_ground = reads(_map_ground)


def _feature(layer: Layer, item: Any) -> dict[str, Any]:
    lat, lon = item.point
    return {
        "type": "Feature",
        "id": item.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {
            "id": item.id,
            "layer": layer.id,
            "side": item.side,
            "own": item.is_own,
            "drawn": item.drawn,
            "area": item.area,
            "title": item.title,
            "kind": item.kind,
            "note": item.note,
            "path": item.path,
            "named": item.is_named,
        },
    }


def _shape(item: Any) -> list[dict[str, Any]]:
    if item.shape is None:
        return []
    return [
        {
            "type": "Feature",
            "geometry": item.shape.as_geojson(),
            "properties": {"id": item.id, "drawn": "shape"},
        }
    ]


def _settings(reading: Reading) -> dict[str, Any]:
    """Return what the script of the page needs to know: addresses, window, words."""
    shapes = shapes_of(reading)
    assert shapes is not None
    release = f"?release={reading.release.id}" if reading.is_past else ""
    return {
        "points": f"/{reading.language}/map/points.json{release}",
        "ground": f"/{reading.language}/map/ground.json{release}",
        "worker": static("portal/js/map/maplibre-gl-worker.js"),
        "windows": {name: _corners(shapes, view) for name, view in shapes.views.items()},
        "language": reading.language,
        "words": _words(),
    }


def _corners(shapes: Geometry, view: Mapping[str, float]) -> list[list[float]]:
    """Return west, south and east, north of a view, degrees."""
    corners = [
        shapes.projection.backward(view[x], view[y])
        for x in ("west", "east")
        for y in ("south", "north")
    ]
    lons, lats = [lon for lon, _lat in corners], [lat for _lon, lat in corners]
    return [[min(lons), min(lats)], [max(lons), max(lats)]]


def _words() -> dict[str, str]:
    """Return the words that only the script says, in the reader's language."""
    return {
        "map": _("Map. Arrow keys move it, plus and minus change its scale."),
        "in": _("Closer"),
        "out": _("Farther"),
        "close": _("Close"),
        "show": _("On the map"),
        "here": _("You are here"),
        "km": _("%(km)s km from you"),
        "shown": _("On the map: %(shown)s of %(total)s"),
        "many": _("%(count)s records at this place"),
        "searching": _("Looking for your position…"),
        "found": _("You are marked, the lists are sorted by distance. Nothing was sent anywhere."),
        "refused": _("Your browser did not tell the position."),
        "far": _("You are outside this map; the lists are sorted by distance."),
        "wheel": _("Hold Ctrl and turn the wheel to change the scale"),
        "wheelMac": _("Hold ⌘ and turn the wheel to change the scale"),
        "fingers": _("Move the map with two fingers"),
        "failed": _("Your browser cannot draw the moving map; the list is complete without it."),
    }
