"""Distances: published values, two slower twins, and what holds of any distance."""

from __future__ import annotations

from math import acos, atan, atan2, cos, degrees, inf, nan, pi, radians, sin, sqrt, tan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from irtysh.stats.geodesy import MEAN_RADIUS_KM, Position, great_circle_km
from irtysh.vocabulary.errors import NothingToCompute

OMSK, BELUKHA = (54.99244, 73.36859), (49.81, 86.59)
WITHIN_SPHERE = 0.006
"""What a sphere may differ from the ellipsoid by."""

positions = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def by_vectors(start: Position, end: Position) -> float:
    """Return the angle between two unit vectors from its tangent, times the radius."""
    (ax, ay, az), (bx, by, bz) = (_vector(*point) for point in (start, end))
    across = sqrt((ay * bz - az * by) ** 2 + (az * bx - ax * bz) ** 2 + (ax * by - ay * bx) ** 2)
    return MEAN_RADIUS_KM * atan2(across, ax * bx + ay * by + az * bz)


def _vector(lat: float, lon: float) -> tuple[float, float, float]:
    lat, lon = radians(lat), radians(lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def on_the_ellipsoid(start: Position, end: Position) -> float:
    """Return the geodesic of WGS 84 (Vincenty, Survey Review 23, 1975), km."""
    a, f = 6378.137, 1 / 298.257223563
    b = (1 - f) * a
    (lat1, lon1), (lat2, lon2) = start, end
    u1, u2 = (atan((1 - f) * tan(radians(lat))) for lat in (lat1, lat2))
    turn = angle = radians(lon2 - lon1)
    for _round in range(200):
        s = sqrt((cos(u2) * sin(angle)) ** 2
                 + (cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(angle)) ** 2)  # fmt: skip
        c = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(angle)
        sigma = atan2(s, c)
        alpha = cos(u1) * cos(u2) * sin(angle) / s
        square = 1 - alpha**2
        middle = c - 2 * sin(u1) * sin(u2) / square
        g = f / 16 * square * (4 + f * (4 - 3 * square))
        last = angle
        angle = turn + (1 - g) * f * alpha * (
            sigma + g * s * (middle + g * c * (2 * middle**2 - 1))
        )
        if abs(angle - last) < 1e-12:
            break
    up = square * (a * a - b * b) / (b * b)
    big = 1 + up / 16384 * (4096 + up * (-768 + up * (320 - 175 * up)))
    small = up / 1024 * (256 + up * (-128 + up * (74 - 47 * up)))
    less = small * s * (
        middle + small / 4 * (c * (2 * middle**2 - 1)
        - small / 6 * middle * (4 * s * s - 3) * (4 * middle**2 - 3))
    )  # fmt: skip
    return b * big * (sigma - less)


def test_los_angeles_to_new_york_as_published() -> None:
    """Williams, Aviation Formulary: LAX to JFK is 0.623585 radians."""
    lax, jfk = (33 + 57 / 60, -(118 + 24 / 60)), (40 + 38 / 60, -(73 + 47 / 60))
    assert great_circle_km(lax, jfk) / MEAN_RADIUS_KM == pytest.approx(0.623585, abs=5e-7)


def test_new_york_to_london_as_published() -> None:
    """GeographicLib's example: 5551.76 km on the ellipsoid."""
    jfk, lhr = (40.6, -73.8), (51.6, -0.5)
    assert on_the_ellipsoid(jfk, lhr) == pytest.approx(5551.76, abs=0.005)
    assert great_circle_km(jfk, lhr) == pytest.approx(5551.76, rel=WITHIN_SPHERE)


def test_belukha_lies_about_1060_km_from_omsk() -> None:
    found = great_circle_km(OMSK, BELUKHA)
    assert round(found, -1) == 1060
    assert found == pytest.approx(on_the_ellipsoid(OMSK, BELUKHA), rel=WITHIN_SPHERE)


@pytest.mark.parametrize(
    ("start", "end", "radians_apart"),
    [
        ((0, 0), (0, 90), pi / 2),
        ((90, 0), (-90, 123), pi),
        ((0, 179), (0, -179), radians(2)),
        ((60, 10), (60, 10), 0),
        ((90, 5), (90, 170), 0),
    ],
)
def test_quarters_poles_and_the_date_line(start, end, radians_apart) -> None:
    found = great_circle_km(start, end)
    assert found == pytest.approx(radians_apart * MEAN_RADIUS_KM, abs=1e-6)


def test_metres_apart_keep_their_digits() -> None:
    """A thousandth of a second of arc, where the law of cosines gives nothing at all."""
    step = 1 / 3_600_000
    near = (OMSK[0] + step, OMSK[1])
    assert great_circle_km(OMSK, near) == pytest.approx(radians(step) * MEAN_RADIUS_KM, rel=1e-6)
    lat, other = radians(OMSK[0]), radians(near[0])
    assert degrees(acos(min(1.0, sin(lat) * sin(other) + cos(lat) * cos(other)))) != step


@given(positions, positions)
def test_the_slow_twin_agrees(start: Position, end: Position) -> None:
    # Haversine loses half its digits at the antipode: millimetres of a half circle.
    assert great_circle_km(start, end) == pytest.approx(by_vectors(start, end), abs=2e-4)


@given(positions, positions)
def test_there_and_back_is_the_same_and_never_over_half_the_globe(start, end) -> None:
    there = great_circle_km(start, end)
    assert there == pytest.approx(great_circle_km(end, start), abs=1e-9)
    assert 0 <= there <= pi * MEAN_RADIUS_KM * (1 + 1e-12)


@given(positions, positions, positions)
def test_no_detour_is_shorter(start, end, over) -> None:
    direct = great_circle_km(start, end)
    assert direct <= great_circle_km(start, over) + great_circle_km(over, end) + 1e-3


@given(positions, positions, st.floats(-180, 180))
def test_turning_the_globe_changes_nothing(start, end, turn) -> None:
    turned = great_circle_km((start[0], start[1] + turn), (end[0], end[1] + turn))
    assert turned == pytest.approx(great_circle_km(start, end), abs=2e-4)


@given(positions, positions)
def test_the_sphere_is_near_the_ellipsoid(start, end) -> None:
    distance = great_circle_km(start, end)
    # Vincenty's series does not settle near the antipode, nor divide on the equator.
    assume(1 < distance < 18_000 and max(abs(start[0]), abs(end[0])) > 0.1)
    assert distance == pytest.approx(on_the_ellipsoid(start, end), rel=WITHIN_SPHERE)


@pytest.mark.parametrize("point", [(90.01, 0), (-91, 0), (nan, 0), (0, inf), (0, nan)])
def test_what_is_not_on_earth_has_no_distance(point) -> None:
    for pair in ((point, OMSK), (OMSK, point)):
        with pytest.raises(NothingToCompute, match="NOT_ON_EARTH"):
            great_circle_km(*pair)
