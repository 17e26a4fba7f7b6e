"""A place as a record: its sides, season, shapes, distance; what the database refuses."""

from __future__ import annotations

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from irtysh.registries.places.models import Place, core_settlements
from irtysh.registries.places.rules import valid_on
from irtysh.registries.records.actions import write
from irtysh.vocabulary.geojson import Shape

LINE = json.dumps({"type": "LineString", "coordinates": [[73, 54], [74, 55]]})
POINT = json.dumps({"type": "Point", "coordinates": [73, 54]})
DAYS = ("", "1999", "2001-05", "2001-05-31", "2010", "2011-01-01")


def made(code: str = "place", kind: str = "crossing", **more) -> Place:
    name = {language: f"{code} {language}" for language in ("ru", "kk", "en")}
    document = {"id": code, "kind": kind, "name": name, **more}
    return write(register="places", document=document, by=None)


# Rules


def _ends(row: SimpleNamespace) -> tuple[str, str]:
    return row.start, row.end


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS))),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
def test_what_holds_on_a_day_is_the_latest_that_has_begun_and_not_ended(rows, day) -> None:
    held = [SimpleNamespace(start=start, end=end) for start, end in rows]
    found = valid_on(held, day, _ends)

    def first(text: str) -> date:
        return date.fromisoformat((text + "-01-01")[:10]) if text else date.min

    def last(text: str) -> date:
        if len(text) == 4:
            return date(int(text), 12, 31)
        return date(2001, 5, 31) if len(text) == 7 else date.fromisoformat(text or "9999-12-31")

    fitting = [one for one in held if first(one.start) <= day <= last(one.end)]
    assert (found in fitting) if fitting else found is None
    assert all(first(one.start) <= first(found.start) for one in fitting)


# Records


@pytest.mark.django_db
def test_a_shape_holds_for_its_time() -> None:
    place = made(kind="road", geometries=[
        {"valid_to": "2009", "geojson": POINT},
        {"valid_from": "2010", "valid_to": "2019-06", "geojson": LINE},
    ])  # fmt: skip
    assert place.geometry_on(date(2009, 12, 31)) == Shape("Point", (73.0, 54.0))
    assert place.geometry_on(date(2010, 1, 1)).kind == "LineString"
    assert place.geometry_on(date(2019, 6, 30)).kind == "LineString"
    assert place.geometry_on(date(2019, 7, 1)) is None


@pytest.mark.django_db
def test_a_season_over_new_year_and_one_that_nobody_knows() -> None:
    winter = made("winter", "road", season_from="11-15", season_to="03-31")
    assert winter.open_on(date(2026, 12, 31)) is True
    assert winter.open_on(date(2026, 6, 1)) is False
    assert made("unknown", "waterway", season_from="04-26").open_on(date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    "point",
    [
        {"lat": 54.9},
        {"lon": 73.4},
        {"lat": 90.5, "lon": 73},
        {"lat": 54, "lon": -180.5},
    ],
)
@pytest.mark.django_db
def test_the_database_refuses_a_point_that_is_none(point) -> None:
    with pytest.raises(IntegrityError, match="place_on_earth"), transaction.atomic():
        made(**point)


@pytest.mark.django_db
def test_the_database_refuses_the_regime_of_what_is_no_crossing() -> None:
    made("a", "crossing", regime="local")
    with pytest.raises(IntegrityError, match="place_regime_of_crossing"), transaction.atomic():
        made("b", "road", regime="local")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"lat": 54.9}, "lon"),
        ({"regime": "local", "kind": "road"}, "regime"),
        ({"season_from": "31-12"}, "season_from"),
        ({"season_to": "winter"}, "season_to"),
    ],
)
def test_a_form_names_the_field_that_is_wrong(more, field) -> None:
    place = Place(**{"code": "place", "kind": "crossing", "name_en": "Place", **more})
    with pytest.raises(ValidationError) as refused:
        place.clean()
    assert set(refused.value.message_dict) == {field}


@pytest.mark.django_db
def test_a_form_refuses_a_broken_shape() -> None:
    place = made(kind="road", geometries=[{"geojson": '{"type": "Feature"}'}])
    with pytest.raises(ValidationError, match="GeoJSON"):
        place.clean()


@pytest.mark.django_db
def test_distance_is_from_the_nearest_city_of_the_core() -> None:
    made("omsk", "city", role="core", lat=54.99244, lon=73.36859)
    made("cherlak", "settlement", role="core", lat=54.15437, lon=74.80886)
    made("astana", "city", role="outside", lat=51.1801, lon=71.44598)
    belukha = made("belukha", "place", lat=49.81, lon=86.59)
    km, city = belukha.from_core()
    assert city.code == "omsk"
    assert round(km, -1) == 1060
    assert made("nowhere").from_core() is None


@pytest.mark.django_db
def test_without_a_city_the_core_is_its_settlements_and_without_any_nothing_is_told() -> None:
    place = made("belukha", "place", lat=49.81, lon=86.59)
    assert place.from_core() is None
    made("crossing", role="core", lat=54.15437, lon=74.80886)
    assert core_settlements() == []
    made("cherlak", "settlement", role="core", lat=54.15437, lon=74.80886)
    assert place.from_core()[1].code == "cherlak"


@pytest.mark.django_db
def test_a_borrowed_point_says_so_to_machines_too() -> None:
    place = made(lat=54.15, lon=74.81, coordinates_precision="nearest-settlement")
    found = place.json_ld("en", "https://example.org/en/places/place/")
    assert found["@type"] == "Place"
    assert found["geo"] == {
        "@type": "GeoCoordinates", "latitude": 54.15, "longitude": 74.81,
        "description": "nearest settlement",
    }  # fmt: skip
    own = made("omsk", "city", lat=54.99, lon=73.37).json_ld("ru", "https://example.org/")
    assert own["@type"] == "City"
    assert "description" not in own["geo"]
    assert "geo" not in made("nowhere").json_ld("ru", "https://example.org/")
