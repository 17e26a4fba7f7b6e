"""Pages of places and of the map: what they say, and when a kept copy is still good."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from irtysh.config.security import PUBLIC, written
from irtysh.registries.places.models import Place
from irtysh.registries.records.actions import keep, write
from irtysh.vocabulary.geojson import read_geometry

_OLKHOVKA = "crossing-olkhovka"


@pytest.fixture
def reader(portal) -> Client:
    return Client()


def _points(reader: Client, language: str = "ru") -> dict[str, dict]:
    found = json.loads(reader.get(f"/{language}/map/points.json").content)
    return {one["properties"]["id"]: one for one in found["features"]}


def _listed(page: str) -> set[str]:
    return set(re.findall(r'data-id="([^"]+)"[^>]*data-on-map', page))


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "ближайший населённый пункт"), ("kk", "ең жақын елді мекен"),
     ("en", "nearest settlement")],
)  # fmt: skip
def test_a_crossing_says_whose_its_coordinates_are(reader, language, words) -> None:
    page = reader.get(f"/{language}/places/{_OLKHOVKA}/").content.decode()
    assert words in page
    assert 'class="drawing drawing-locator"' in page
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    geo = json.loads(told)["geo"]
    assert geo["@type"] == "GeoCoordinates"
    assert geo["description"] == words


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_list_and_points_hold_the_same(reader, language) -> None:
    page = reader.get(f"/{language}/map/").content.decode()
    points = _points(reader, language)
    assert _listed(page) == set(points)
    for one in points.values():
        read_geometry(json.dumps(one["geometry"]))
        assert one["properties"]["path"].startswith(f"/{language}/")
        assert one["properties"]["title"]


def test_every_crossing_is_listed_also_where_nobody_knows_its_place(reader) -> None:
    page = reader.get("/en/map/?layer=crossings").content.decode()
    listed = set(re.findall(r'data-id="places/([^"]+)"', page))
    crossings = Place.objects.filter(kind="crossing", live=True)
    assert listed == set(crossings.values_list("code", flat=True))
    assert crossings.filter(lat__isnull=True).exists()
    assert "its coordinates are not known" in page


def test_a_theme_narrows_what_has_themes_and_leaves_places(reader) -> None:
    whole = _listed(reader.get("/ru/map/").content.decode())
    narrowed = _listed(reader.get("/ru/map/?theme=transport").content.decode())
    places = {one for one in whole if one.startswith("places/")}
    assert places <= narrowed < whole


@pytest.mark.parametrize(
    "query", ["layer=nothing", "layer=places%27--", "q=%F0%9F%90%AB", "q=%27%22%3C"]
)
def test_what_makes_no_sense_is_passed_over(reader, query) -> None:
    assert reader.get(f"/ru/map/?{query}").status_code == 200


def test_a_kept_copy_is_good_until_a_record_changes(reader) -> None:
    address = "/kk/map/points.json"
    first = reader.get(address)
    assert first.headers["Content-Type"] == "application/geo+json"
    again = reader.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    place = Place.objects.get(code=_OLKHOVKA)
    place.name_kk = "Жаңа атау"
    keep(record=place, by=None)
    changed = reader.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Жаңа атау" in changed.content.decode()


def test_the_ground_is_named_in_the_reader_s_language(reader) -> None:
    for language, name in (("ru", "Омская область"), ("kk", "Омбы облысы"), ("en", "Omsk Region")):
        answer = reader.get(f"/{language}/map/ground.json")
        features = json.loads(answer.content)["features"]
        named = {one["properties"].get("id"): one["properties"].get("name") for one in features}
        assert named["RU-OMS"] == name
        assert answer.headers["ETag"]


def test_the_map_has_the_policy_of_every_page(reader) -> None:
    answer = reader.get("/ru/map/")
    assert answer.headers["Content-Security-Policy"] == written(PUBLIC)
    assert "maplibre" in answer.content.decode()
    assert "maplibre" not in reader.get("/ru/places/").content.decode()


def test_a_shape_of_its_own_is_on_the_map_while_it_holds(reader) -> None:
    line = json.dumps({"type": "LineString", "coordinates": [[71, 54], [73, 55], [75, 54]]})
    name = {"ru": "Дорога", "kk": "Жол", "en": "Road"}
    document = {"id": "road-x", "kind": "road", "name": name,
                "geometries": [{"valid_from": "2020", "geojson": line}]}  # fmt: skip
    write(register="places", document=document, by=None)
    found = json.loads(reader.get("/en/map/points.json").content)["features"]
    own = [one for one in found if one["properties"]["id"] == "places/road-x"]
    assert [one["properties"]["drawn"] for one in own] == ["line", "shape"]
    assert own[0]["geometry"]["coordinates"] == [73.0, 55.0]
    document["geometries"] = [{"valid_to": "2001", "geojson": line}]
    write(register="places", document=document, by=None)
    assert "places/road-x" not in _points(reader)


def test_a_name_cannot_break_out_of_the_page(reader) -> None:
    bad = "</script><img src=x onerror=alert(1)>\"'&"
    name = dict.fromkeys(("ru", "kk", "en"), bad)
    document = {"id": "bad", "kind": "city", "name": name, "lat": 54, "lon": 73}
    write(register="places", document=document, by=None)
    for address in ("/en/map/", "/en/places/bad/"):
        assert "<img src=x" not in reader.get(address).content.decode()
    assert _points(reader, "en")["places/bad"]["properties"]["title"] == bad


def test_territories_lead_to_their_pages_and_to_the_map(reader) -> None:
    page = reader.get("/kk/territories/").content.decode()
    assert 'href="/kk/places/omsk-region/"' in page
    assert 'href="/kk/map/"' in page
