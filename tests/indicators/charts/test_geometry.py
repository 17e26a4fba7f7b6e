from __future__ import annotations

from math import cos, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.indicators.charts.geometry import View, joined
from irtysh.indicators.charts.lettering import Lettering
from irtysh.indicators.charts.paths import drawn
from irtysh.indicators.charts.projection import EARTH_RADIUS_KM, EqualArea

VIEW = View(west=0, north=100, scale=1, width=100, height=100)
SQUARE = [[(10.0, 10.0), (90.0, 10.0), (90.0, 90.0), (10.0, 90.0), (10.0, 10.0)]]


@given(st.floats(60, 90), st.floats(45, 60))
def test_a_small_square_keeps_its_area(longitude: float, latitude: float) -> None:
    """Equal area: the projected parallelogram of a small cell equals its area on the sphere."""
    projection, step = EqualArea(74, 53), 0.01
    x0, y0 = projection.forward(longitude, latitude)
    x1, y1 = projection.forward(longitude + step, latitude)
    x2, y2 = projection.forward(longitude, latitude + step)
    flat = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
    side = radians(step) * EARTH_RADIUS_KM
    assert flat == pytest.approx(side * side * cos(radians(latitude)), rel=1e-3)


def test_distance_from_the_centre_is_the_chord() -> None:
    x, y = EqualArea(0, 0).forward(0, 60)
    assert hypot(x, y) == pytest.approx(EARTH_RADIUS_KM)


def test_lines_join_whichever_way_they_run() -> None:
    whole = joined([[(0, 0), (1, 0)], [(2, 0), (1, 0)], [(2, 0), (3, 0)], [(9, 9), (8, 8)]])
    assert sorted(map(len, whole)) == [2, 4]


def test_paths_are_written_in_few_bytes_without_drift() -> None:
    assert drawn([[(0.1, 0.2), (1.1, 0.2), (0.6, -0.3)]], closed=True) == "M.1,.2l1,0-.5-.5z"


def test_names_never_cover_one_another() -> None:
    lettering = Lettering(VIEW)
    first = lettering.beside("One", (50, 50), 10)
    second = lettering.beside("Two", (52, 50), 10)
    assert first is not None
    assert second is not None
    boxes = [box for box in lettering.taken if box[2] - box[0] > 9]
    (a, b) = boxes
    assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_name_without_room_is_left_out() -> None:
    lettering = Lettering(VIEW)
    lettering.reserve((0, 0, 100, 100))
    assert lettering.beside("One", (50, 50), 10) is None
    assert lettering.within(["One"], SQUARE, 10) is None
    assert lettering.along("One", [(5.0, 50.0), (95.0, 50.0)], 10) is None


def test_a_name_of_an_area_lies_within_it() -> None:
    name = Lettering(VIEW).within(["Area"], SQUARE, 10)
    assert name is not None
    assert 10 < name.x < 90
    assert 10 < name.y < 90


def test_a_river_is_named_along_its_course() -> None:
    name = Lettering(VIEW).along("River", [(5.0, 90.0), (95.0, 20.0)], 10)
    assert name is not None
    assert -45 < name.angle < -30
