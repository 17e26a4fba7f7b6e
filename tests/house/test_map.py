"""The map of the first case: its geometry, where it came from, and the drawing of it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
import yaml

from irtysh.indicators.charts.geometry import Geometry, Line
from irtysh.indicators.charts.map import Territory, map_svg
from irtysh.vocabulary.places import ROOT

CASE = "omsk-kazakhstan"
FOLDER = ROOT / "cases" / CASE
SVG = "{http://www.w3.org/2000/svg}"
TOWNS = {
    "RU-OMS": (73.37, 54.99, {"ru": "Омск", "kk": "Омбы", "en": "Omsk"}),
    "KZ-59": (69.15, 54.87, {"ru": "Петропавловск", "kk": "Петропавл", "en": "Petropavl"}),
    "KZ-55": (76.97, 52.28, {"ru": "Павлодар", "kk": "Павлодар", "en": "Pavlodar"}),
}
AREAS = {
    "RU-OMS": {"ru": "Омская область", "kk": "Омбы облысы", "en": "Omsk Region"},
    "KZ": {"ru": "Республика Казахстан", "kk": "Қазақстан Республикасы", "en": "Kazakhstan"},
    "KZ-59": {"ru": "Северо-Казахстанская область", "kk": "Солтүстік Қазақстан облысы",
              "en": "North Kazakhstan Region"},
    "KZ-55": {"ru": "Павлодарская область", "kk": "Павлодар облысы", "en": "Pavlodar Region"},
}  # fmt: skip
TERRITORIES: list[Territory] = [
    *({"id": area, "kind": "region", "area": area, "name": name} for area, name in AREAS.items()),
    *(
        {"id": f"town-{area}", "kind": "city", "area": area, "role": "core", "lon": str(lon),
         "lat": str(lat), "name": name}
        for area, (lon, lat, name) in TOWNS.items()
    ),
    {"id": "irtysh", "kind": "river", "area": "",
     "name": {"ru": "Иртыш", "kk": "Ертіс", "en": "Irtysh"}},
]  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> Geometry:
    return Geometry(json.loads((FOLDER / "map.json").read_text(encoding="utf-8")))


def surface(rings: list[Line]) -> float:
    total = 0.0
    for ring in rings:
        pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
        total += abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2
    return total


def holds(ring: Line, point: tuple[float, float]) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > point[1]) != (by > point[1]):
            inside ^= point[0] < ax + (point[1] - ay) * (bx - ax) / (by - ay)
    return inside


@pytest.mark.parametrize(("code", "official"), [("RU-OMS", 141_140), ("KZ", 2_724_902),
                                                ("KZ-55", 124_755), ("KZ-59", 97_993)])  # fmt: skip
def test_areas_are_those_of_the_yearbooks(shapes: Geometry, code: str, official: float) -> None:
    """km²: the projection keeps areas and simplifying loses little."""
    assert surface(shapes.area(code)) == pytest.approx(official, rel=0.03)


@pytest.mark.parametrize("code", tuple(TOWNS))
def test_towns_lie_in_their_regions(shapes: Geometry, code: str) -> None:
    place = shapes.projection.forward(*TOWNS[code][:2])
    assert any(holds(ring, place) for ring in shapes.area(code))
    others = [other for other in TOWNS if other != code]
    assert not any(holds(ring, place) for other in others for ring in shapes.area(other))


def test_the_border_is_shared_point_for_point(shapes: Geometry) -> None:
    omsk = {point for ring in shapes.area("RU-OMS") for point in ring}
    neighbours = {p for c in ("KZ-59", "KZ-55") for ring in shapes.area(c) for p in ring}
    border = {point for line in shapes.lines("border") for point in line}
    assert len(border) > 50
    assert border <= omsk
    assert border <= neighbours


def test_the_irtysh_passes_its_towns(shapes: Geometry) -> None:
    course = [point for line in shapes.rivers()["irtysh"] for point in line]
    for code in ("RU-OMS", "KZ-55"):
        x, y = shapes.projection.forward(*TOWNS[code][:2])
        assert min((x - a) ** 2 + (y - b) ** 2 for a, b in course) < 12**2, code


def test_where_it_came_from_is_recorded() -> None:
    path = FOLDER / "map.json"
    made = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_size < 60_000
    assert made["type"] == "Topology"
    for origin in made["provenance"]:
        assert origin["licence"]
        assert origin["holds"]
        assert re.fullmatch(r"[0-9a-f]{64}", origin.get("sha256") or origin["sha256_of_extract"])
    tool = (ROOT / "tools" / "make_map.py").read_text(encoding="utf-8")
    for origin in made["provenance"]:
        if "version" in origin:
            assert origin["sha256"] in tool
            assert origin["version"] in tool


def test_the_recipe_and_the_result_agree() -> None:
    recipe = yaml.safe_load((FOLDER / "map.recipe.yaml").read_text(encoding="utf-8"))
    made = json.loads((FOLDER / "map.json").read_text(encoding="utf-8"))
    assert made["views"] == recipe["views"]
    assert made["projection"]["centre"] == recipe["centre"]
    areas = {part["id"] for part in made["objects"]["areas"]["geometries"]}
    assert areas == set(recipe["regions"])


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_drawing_is_small_strict_and_in_the_reader_s_language(
    language: str, width: str, shapes: Geometry
) -> None:
    drawn = map_svg(CASE, shapes, language, TERRITORIES, width=width)  # type: ignore[arg-type]
    assert len(drawn.svg.encode()) <= 40_000
    root = ET.fromstring(drawn.svg)
    assert root[0].text == drawn.title
    assert root[1].text == drawn.description
    said = " ".join("".join(part.itertext()) for part in root.iter(f"{SVG}text"))
    assert TOWNS["RU-OMS"][2][language] in said
    assert {"ru": "Иртыш", "kk": "Ертіс", "en": "Irtysh"}[language] in said
    assert AREAS["RU-OMS"][language].split()[0] in said
    assert drawn.note
    assert drawn.attribution
    for part in root.iter():
        assert "style" not in part.attrib
        for name in ("fill", "stroke"):
            assert part.get(name, "none") == "none" or part.get(name, "").startswith("var(--c-")
    assert set(drawn.places) <= {names[language] for _, _, names in TOWNS.values()}


def test_a_map_to_take_away_has_its_note_inside(shapes: Geometry) -> None:
    drawn = map_svg(CASE, shapes, "ru", TERRITORIES, standalone=True)
    assert "var(" not in drawn.svg
    assert "Natural" in drawn.svg
    assert "условно" in drawn.svg


def test_without_names_the_map_still_stands(shapes: Geometry) -> None:
    drawn = map_svg(CASE, shapes, "en", [])
    assert drawn.places == ()
    assert "none named" in drawn.description


def test_the_case_s_own_territories_fit(shapes: Geometry) -> None:
    rows = yaml.safe_load((FOLDER / "territories.yaml").read_text(encoding="utf-8"))
    for language in ("ru", "kk", "en"):
        for width in ("wide", "narrow"):
            drawn = map_svg(CASE, shapes, language, rows, width=width)  # type: ignore[arg-type]
            assert len(drawn.svg.encode()) <= 40_000
            assert len(drawn.places) >= 6
