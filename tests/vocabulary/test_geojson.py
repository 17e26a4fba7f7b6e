"""Shapes: what is sound comes back as it was, every way to be unsound has its name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.geojson import (
    DEPTHS,
    NotAGeometry,
    PositionOutOfBounds,
    RingNotClosed,
    TooFewPositions,
    read_geometry,
)

positions = st.tuples(
    st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False)
).map(list)
rings = st.lists(positions, min_size=3, max_size=8).map(lambda ring: [*ring, ring[0]])
lines = st.lists(positions, min_size=2, max_size=8)
shapes = st.one_of(
    st.tuples(st.just("Point"), positions),
    st.tuples(st.just("MultiPoint"), st.lists(positions, min_size=1, max_size=5)),
    st.tuples(st.just("LineString"), lines),
    st.tuples(st.just("MultiLineString"), st.lists(lines, min_size=1, max_size=3)),
    st.tuples(st.just("Polygon"), st.lists(rings, min_size=1, max_size=3)),
    st.tuples(
        st.just("MultiPolygon"),
        st.lists(st.lists(rings, min_size=1, max_size=2), min_size=1, max_size=2),
    ),
)
SQUARE = [[70, 50], [71, 50], [71, 51], [70, 50]]


def written(kind: str, coordinates: Any) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates})


@given(shapes)
def test_a_sound_shape_is_read_as_it_was_written(shape) -> None:
    kind, coordinates = shape
    found = read_geometry(written(kind, coordinates))
    again = json.loads(json.dumps(found.as_geojson()))
    assert again == {"type": kind, "coordinates": json.loads(json.dumps(coordinates))}
    assert read_geometry(json.dumps(found.as_geojson())) == found
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in found.positions())


@given(shapes, st.data())
def test_one_position_off_the_globe_spoils_a_shape(shape, data) -> None:
    kind, coordinates = shape
    spoiled = json.loads(json.dumps(coordinates))
    place = spoiled
    for _level in range(DEPTHS[kind]):
        place = data.draw(st.sampled_from(place))
    place[:] = data.draw(st.sampled_from([[181, 0], [0, 91], [200.5, 95], [0, -90.1]]))
    with pytest.raises(PositionOutOfBounds):
        read_geometry(written(kind, spoiled))


@given(rings, positions)
def test_a_ring_must_end_where_it_begins(ring, elsewhere) -> None:
    opened = [*ring, elsewhere]
    if elsewhere == ring[0]:
        assert read_geometry(written("Polygon", [opened]))
        return
    with pytest.raises(RingNotClosed):
        read_geometry(written("Polygon", [opened]))


@given(st.text() | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["type", "coordinates"]) | st.text(),
        inner | st.sampled_from(sorted(DEPTHS)),
    ),
).map(json.dumps))  # fmt: skip
def test_nothing_else_than_a_named_error_comes_of_anything(text: str) -> None:
    try:
        read_geometry(text)
    except IrtyshError as error:
        assert error.code in (
            "NotAGeometry", "PositionOutOfBounds", "TooFewPositions", "RingNotClosed"
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NotAGeometry),
        ("[70, 50]", NotAGeometry),
        ("{", NotAGeometry),
        ("[" * 100_000, NotAGeometry),
        ('{"type": "Feature", "geometry": null}', NotAGeometry),
        ('{"type": ["Point"]}', NotAGeometry),
        (written("Circle", [70, 50]), NotAGeometry),
        (written("Point", None), NotAGeometry),
        (written("Polygon", SQUARE), NotAGeometry),
        (written("LineString", [[[70, 50], [71, 51]]]), PositionOutOfBounds),
        ('{"type": "Point", "coordinates": [NaN, 50]}', PositionOutOfBounds),
        ('{"type": "Point", "coordinates": [70, Infinity]}', PositionOutOfBounds),
        (written("Point", [70]), PositionOutOfBounds),
        (written("Point", [70, 50, 0, 0]), PositionOutOfBounds),
        (written("Point", ["70", "50"]), PositionOutOfBounds),
        (written("Point", [True, False]), PositionOutOfBounds),
        (written("Point", [54.99, 173.37]), PositionOutOfBounds),
        (written("LineString", [[70, 50]]), TooFewPositions),
        (written("MultiPoint", []), TooFewPositions),
        (written("Polygon", []), TooFewPositions),
        (written("Polygon", [[[70, 50], [71, 50], [70, 50]]]), TooFewPositions),
        (written("MultiPolygon", [[[*SQUARE[:3], [70, 51]]]]), RingNotClosed),
    ],
)
def test_each_fault_has_its_name(text: str, error: type[IrtyshError]) -> None:
    with pytest.raises(error):
        read_geometry(text)


def test_heights_are_left_out() -> None:
    assert read_geometry(written("Point", [70, 50, 120])).coordinates == (70.0, 50.0)
