"""A place: where it lies and how exactly that is known, when it is open, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from irtysh.indicators.charts.locator import Shown, locator_svg
from irtysh.portal.presenters import words
from irtysh.portal.reading import Reading
from irtysh.portal.registers.map_ground import points_of_areas, points_of_rivers, shapes_of
from irtysh.registries.places.models import Place, core_settlements
from irtysh.registries.places.rules import LINKS, TERRITORIES
from irtysh.registries.records.codes import code_name
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.numbers import format_number
from irtysh.vocabulary.season import day_of_year

HIDDEN = (
    "kind", "regime", "side", "coordinates_source", "coordinates_precision", "geometries",
    "outside", "season_from", "season_to",
)  # fmt: skip
"""Columns that the page of a place shows in its own way."""

_DIGITS = 4
_LEAP_YEAR = 2024
_FAR_KM = 100
"""From here on a distance is told in tens: the points themselves are not more exact."""


def present_place(place: Place, reading: Reading) -> Mapping[str, Any]:
    """Return what the page of a place shows beyond its columns."""
    return {
        "locator": locator(place, reading),
        "coordinates": coordinates(place, reading),
        "has_point": place.kind not in (*TERRITORIES, *LINKS, "border"),
        "season": season_words(place),
        "is_outside": place.is_outside,
        "distance": distance_words(place, reading.language),
        "shapes": [
            {
                "from": words.day_words(row.valid_from),
                "to": words.day_words(row.valid_to),
                "cited": words.source_line(reading, row.source, row.locator)
                if row.source
                else None,
            }
            for row in place.geometries.all()
        ],
        "map_path": f"/{reading.language}/map/#places/{place.code}"
        if point_on_map(place, reading)
        else "",
    }


def coordinates(place: Place, reading: Reading) -> dict[str, Any] | None:
    """Return the coordinates in words, with their precision and source; None without a point."""
    point = place.point()
    if point is None:
        return None
    precision = code_name("coordinate_precisions", place.coordinates_precision, reading.language)
    return {
        "text": coordinates_words(point, reading.language),
        "precision": precision,
        "is_settlement": place.is_at_settlement,
        "is_own": not place.is_approximate,
        "cited": words.source_line(reading, place.coordinates_source)
        if place.coordinates_source
        else None,
    }


def coordinates_words(point: tuple[float, float], language: str) -> str:
    """Write latitude and longitude as a map does: 54,9924° с. ш., 73,3686° в. д."""
    lat, lon = (format_number(Decimal(str(abs(round(one, _DIGITS)))), language) for one in point)
    north = _("%(degrees)s° N") if point[0] >= 0 else _("%(degrees)s° S")
    east = _("%(degrees)s° E") if point[1] >= 0 else _("%(degrees)s° W")
    return f"{north % {'degrees': lat}}, {east % {'degrees': lon}}"


def season_words(place: Place) -> dict[str, str]:
    """Return whether a link is open today, and its season; {} where seasons do not matter."""
    known = place.season_from or place.season_to
    if not known and not (place.kind == "waterway" or "river" in place.modes):
        return {}
    is_open = place.open_on()
    if is_open is None:
        return {"state": "unknown", "text": _("The season is not known.")}
    ends = {"first": _month_day(place.season_from), "last": _month_day(place.season_to)}
    said = _("Season: from %(first)s to %(last)s.") % ends
    state = _("Open today.") if is_open else _("Closed today.")
    return {"state": "open" if is_open else "closed", "text": f"{state} {said}"}


def _month_day(text: str) -> str:
    month, day = day_of_year(text)
    return date_format(date(_LEAP_YEAR, month, day), "MONTH_DAY_FORMAT")


def distance_words(place: Place, language: str) -> str:
    """Return how far a place is from the nearest city of the core; empty for the core itself."""
    found = place.from_core() if place.role != "core" else None
    if found is None:
        return ""
    km, city = found
    step = 10 if km >= _FAR_KM else 1
    return _("about %(km)s km from %(city)s in a straight line") % {
        "km": format_number(Decimal(round(km / step) * step), language),
        "city": city.title_in(language),
    }


def point_on_map(place: Place, reading: Reading) -> tuple[float, float] | None:
    """Return where the map shows a place: its point, its region's, its river's; None for none."""
    if point := place.point():
        return point
    if place.kind in ("country", "region") and place.area in points_of_areas(reading):
        return points_of_areas(reading)[place.area]
    rivers = points_of_rivers(reading)
    if (river := river_of(place)) in rivers:
        return rivers[river]
    return _middle_of_shape(place)


def river_of(place: Place) -> str:
    """Return the id of the river that a river or waterway runs along; empty for another place."""
    if place.kind == "river":
        return str(place.code)
    if place.kind == "waterway" and place.within is not None:
        return str(place.within.code)
    return ""


def _middle_of_shape(place: Place) -> tuple[float, float] | None:
    try:
        shape = place.geometry_on()
    except IrtyshError:
        # A form and a file refuse a broken shape; one that got in otherwise must not stop a page.
        return None
    if shape is None:
        return None
    positions = list(shape.positions())
    lon, lat = positions[len(positions) // 2]
    return lat, lon


def locator(place: Place, reading: Reading) -> str:
    """Return the small map of a place; empty where nothing of it can be shown."""
    shapes = shapes_of(reading)
    if shapes is None:
        return ""
    point = place.point()
    shown = Shown(
        point=point,
        is_own=not place.is_approximate,
        area=place.area if place.kind in ("country", "region") else "",
        river="" if point else river_of(place),
    )
    language = reading.language
    title = place.title_in(language)
    towns = [(one.title_in(language), float(one.lat), float(one.lon)) for one in core_settlements()]
    drawn = locator_svg(shapes, shown, "locator", title, _describe(place, reading), towns)
    return mark_safe(drawn)  # noqa: S308 (written by our own drawing, every text escaped there)


def _describe(place: Place, reading: Reading) -> str:
    """Return the small map in words."""
    title = place.title_in(reading.language)
    found = coordinates(place, reading)
    if found is None:
        return _("Map. %(place)s is brought out.") % {"place": title}
    filled = {"place": title, "where": found["text"]}
    if found["is_settlement"]:
        return (
            _("Map. The ring marks the nearest settlement, not %(place)s itself: %(where)s.")
            % filled
        )
    if not found["is_own"]:
        return _("Map. The ring marks about where %(place)s lies: %(where)s.") % filled
    return _("Map. The disc marks %(place)s: %(where)s.") % filled
