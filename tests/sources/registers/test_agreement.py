"""What a case file may not say of a place, named with its line."""

from __future__ import annotations

import pytest

from irtysh.sources.case import read_case
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.sources.case.small import write_small_case

_PLACE = """- id: crossing
  kind: {kind}
  name: {{ru: "Пункт", kk: "Пункт", en: Crossing}}
"""


def _faults(folder, more: str, kind: str = "crossing"):
    write_small_case(folder)
    text = _PLACE.format(kind=kind) + "".join(f"  {line}\n" for line in more.splitlines())
    (folder / "places.yaml").write_text(text, encoding="utf-8")
    _case, faults = read_case(folder)
    return [one for one in faults if one.file == "places.yaml"]


@pytest.mark.parametrize(
    ("code", "kind", "more"),
    [
        ("CoordinatesIncomplete", "crossing", "lat: 54.9"),
        ("CoordinatesIncomplete", "crossing", "lon: 0"),
        ("RegimeWithoutCrossing", "road", "regime: bilateral"),
        ("NotADayOfTheYear", "waterway", 'season_from: "4 April"\nseason_to: "10-31"'),
        ("NotADayOfTheYear", "waterway", 'season_from: "04-15"\nseason_to: "10-32"'),
        ("NotAGeometry", "road", "geometries:\n  - {geojson: oblong}"),
        ("NotAGeometry", "road", "geometries:\n  - {geojson: '{\"type\": \"Feature\"}'}"),
        ("PositionOutOfBounds", "road",
         "geometries:\n  - {geojson: '{\"type\": \"Point\", \"coordinates\": [54.9, 173.3]}'}"),
        ("TooFewPositions", "road",
         "geometries:\n  - {geojson: '{\"type\": \"LineString\", \"coordinates\": [[54, 73]]}'}"),
        ("RingNotClosed", "site",
         "geometries:\n  - {geojson: '{\"type\": \"Polygon\", \"coordinates\": "
         "[[[70, 50], [71, 50], [71, 51], [70, 51]]]}'}"),
        ("CodeUnknown", "crossing", "lat: 54.9\nlon: 73.3\ncoordinates_precision: guessed"),
    ],
)  # fmt: skip
def test_a_fault_of_a_place_is_named(tmp_path, code: str, kind: str, more: str) -> None:
    faults = _faults(tmp_path / "case", more, kind)
    assert [one.code for one in faults] == [code]
    assert faults[0].line >= 1
    for language in LANGUAGES:
        assert explain(faults[0], language)


@pytest.mark.parametrize(
    "more",
    [
        "lat: 54.9\nlon: 73.3\nregime: local\ncoordinates_precision: nearest-settlement",
        "lat:\nlon:",
        'season_from: "11-15"\nseason_to: "03-31"',
        "geometries:\n  - {valid_from: 2001, geojson: "
        '\'{"type": "LineString", "coordinates": [[73, 54], [74, 55]]}\'}',
    ],
)
def test_a_sound_place_has_no_fault(tmp_path, more: str) -> None:
    assert _faults(tmp_path / "case", more) == []
