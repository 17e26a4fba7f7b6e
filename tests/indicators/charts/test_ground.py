"""The ground of the moving map and the small map of a place, from the geometry of the case."""

from __future__ import annotations

import itertools
import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.indicators.charts.geometry import Geometry
from irtysh.indicators.charts.ground import ground, holds, label_points, river_points, side_of
from irtysh.indicators.charts.locator import Shown, locator_svg
from irtysh.indicators.charts.projection import EqualArea
from irtysh.vocabulary.geojson import read_geometry
from irtysh.vocabulary.places import CASES

OMSK, ATYRAU = (54.99, 73.37), (47.1, 51.88)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def shapes() -> Geometry:
    path = CASES / "omsk-kazakhstan" / "map.json"
    return Geometry(json.loads(path.read_text(encoding="utf-8")))


@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(-150, 150), st.floats(-80, 80))
def test_the_projection_comes_back(longitude, latitude, east, north) -> None:
    projection = EqualArea(longitude, latitude)
    point = longitude + east, max(-89.0, min(89.0, north))
    x, y = projection.forward(*point)
    back = projection.backward(x, y)
    turned = (back[0] - point[0] + 180) % 360 - 180
    assert (turned, back[1]) == pytest.approx((0, point[1]), abs=1e-4)


def test_the_centre_comes_back() -> None:
    assert EqualArea(73.6, 53.2).backward(0, 0) == (73.6, 53.2)


def test_every_shape_of_the_ground_is_sound(shapes: Geometry) -> None:
    found = ground(shapes, {"RU-OMS": "Омск"}, {"irtysh": "Ертіс"})
    kinds = {}
    for feature in found["features"]:
        kinds.setdefault(feature["properties"]["what"], []).append(feature)
        if feature["geometry"] is not None:
            read_geometry(json.dumps(feature["geometry"]))
    assert {"area", "lake", "river", "border", "state", "region", "side"} <= set(kinds)
    named = {one["properties"]["id"]: one["properties"]["name"] for one in kinds["area"]}
    assert named["RU-OMS"] == "Омск"
    assert named["KZ-55"] == ""
    assert len(json.dumps(found)) < 160_000


def test_outer_rings_run_against_the_clock(shapes: Geometry) -> None:
    for feature in ground(shapes, {}, {})["features"]:
        if feature["geometry"] and feature["geometry"]["type"] == "MultiPolygon":
            for (ring,) in feature["geometry"]["coordinates"]:
                doubled = sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))
                assert doubled > 0
                assert ring[0] == ring[-1]


def test_names_stand_within_their_areas(shapes: Geometry) -> None:
    points = label_points(shapes)
    assert set(points) == {*shapes.codes(), "KZ"}
    for code, (lat, lon) in points.items():
        place = shapes.projection.forward(lon, lat)
        assert any(holds(ring, place) for ring in shapes.area(code)), code


def test_both_sides_are_named_within_the_first_window(shapes: Geometry) -> None:
    window = shapes.views["narrow"]
    sides = [one["properties"] for one in ground(shapes, {}, {})["features"]
             if one["properties"]["what"] == "side"]  # fmt: skip
    assert [one["side"] for one in sides] == ["A", "B"]
    for one in sides:
        x, y = shapes.projection.forward(*one["at"])
        assert window["west"] < x < window["east"]
        assert window["south"] < y < window["north"]


def test_rivers_are_named_on_their_course(shapes: Geometry) -> None:
    for river, (lat, lon) in river_points(shapes).items():
        x, y = shapes.projection.forward(lon, lat)
        courses = [point for line in shapes.rivers()[river] for point in line]
        assert min((x - a) ** 2 + (y - b) ** 2 for a, b in courses) < 1


def test_lakes_lie_in_the_land_of_the_map(shapes: Geometry) -> None:
    assert len(shapes.lakes()) > 10
    rings = [ring for code in shapes.codes() for ring in shapes.area(code)]
    for shore in shapes.lakes():
        middle = sum(x for x, _ in shore) / len(shore), sum(y for _, y in shore) / len(shore)
        assert any(holds(ring, middle) for ring in rings)


def test_sides_of_areas(shapes: Geometry) -> None:
    assert [side_of(shapes, code) for code in ("RU-OMS", "KZ-55", "RU-TYU")] == ["A", "B", ""]


def _circles(drawn: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn).iter(f"{SVG}circle"))


def test_a_point_of_its_own_is_full_and_a_borrowed_one_hollow(shapes: Geometry) -> None:
    full = _circles(locator_svg(shapes, Shown(OMSK), "own", "Омск", "…"))
    hollow = _circles(locator_svg(shapes, Shown(OMSK, is_own=False), "own", "Омск", "…"))
    assert "accent" in full[-1].get("fill", "")
    assert hollow[-1].get("fill") == "none"
    assert hollow[-1].get("stroke-dasharray")
    assert all("accent" not in one.get("fill", "") for one in hollow)


@pytest.mark.parametrize(
    "shown", [Shown(OMSK), Shown(ATYRAU, is_own=False), Shown((20.0, -100.0)), Shown(area="KZ-55"),
              Shown(area="KZ"), Shown(river="irtysh")],
)  # fmt: skip
def test_a_locator_is_small_strict_and_shows_its_place(shapes: Geometry, shown: Shown) -> None:
    drawn = locator_svg(shapes, shown, "where", "Место <&>", "Сөзбен", [("Омбы", *OMSK)])
    root = ET.fromstring(drawn)
    assert len(drawn.encode()) < 25_000
    assert (root[0].text, root[1].text) == ("Место <&>", "Сөзбен")
    _zero, _none, width, height = (float(part) for part in root.get("viewBox", "").split())
    for part in root.iter():
        assert "style" not in part.attrib
        for name in ("fill", "stroke"):
            assert part.get(name, "none") == "none" or part.get(name, "").startswith("var(--c-")
    for circle in root.iter(f"{SVG}circle"):
        assert 0 < float(circle.get("cx", "")) < width
        assert 0 < float(circle.get("cy", "")) < height


def test_a_place_that_the_geometry_does_not_know_has_no_locator(shapes: Geometry) -> None:
    for shown in (Shown(), Shown(area="KZ-10"), Shown(area="FR"), Shown(river="rhine")):
        assert locator_svg(shapes, shown, "where", "t", "d") == ""
