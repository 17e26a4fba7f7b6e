"""Trade as the United Nations' structure and back: nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.sdmx.artefacts.build import all_artefacts
from irtysh.sdmx.artefacts.imts import from_imts, imts, to_imts
from irtysh.sdmx.artefacts.model import StructureMap
from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import TRADE, Point
from irtysh.vocabulary.errors import UnknownCode
from tests.flows import flow_row, flow_rows, published_flows
from tests.sdmx.structures.invented import PORTAL

ORDER = (
    "FREQ", "REF_AREA", "TRADE_FLOW", "COMMODITY_1", "COMMODITY_1_CONF", "COMMODITY_2",
    "COMMODITY_2_CONF", "COMMODITY_CUSTOM_BREAKDOWN", "COUNTERPART_AREA_1",
    "COUNTERPART_AREA_1_CONF", "COUNTERPART_AREA_2", "COUNTERPART_AREA_2_CONF",
    "TRANSPORT_MODE_BORDER", "TRANSPORT_MODE_BORDER_CONF", "CUSTOMS_PROC", "ACTIVITY",
    "TRANSFORMATION", "MEASURE",
)  # fmt: skip
"""Of the structure in the global registry, positions 1 to 18."""
MANDATORY = {
    "UNIT_MULT", "UNIT_MEASURE", "OBS_STATUS", "TRADE_SYSTEM", "COUNTERPART_AREA_1_TYPE",
    "COUNTERPART_AREA_2_TYPE",
}  # fmt: skip


def _point(commodity: str = "H6_2710", partner: str = "W", **attributes: str) -> Point:
    return Point(("A", "KZ", "X", commodity, partner, "VALUE"), "2023", Decimal("1.50"), attributes)


def test_the_structure_is_the_one_of_the_registry() -> None:
    assert imts().key == ORDER
    assert {one.id for one in imts().attributes if one.mandatory} == MANDATORY
    assert imts().urn.endswith("DataStructure=UNSD:IMTS(1.2)")


def test_every_row_of_a_vintage_comes_back(tmp_path: Path) -> None:
    rows = [
        *flow_rows(),
        *(
            flow_row(classification=edition, commodity=goods, period=str(2000 + number))
            for number, (edition, goods) in enumerate(
                [("H0", "01"), ("H6", "9999AA"), ("TNVED", "2710192100"), ("S4", "333"),
                 ("HS", "27"), ("H3", "_T"), ("S1", "_T"), ("TNVED", "_T")]
            )
        ),
    ]  # fmt: skip
    dataset = published_flows(tmp_path, rows).dataset
    points = list(Points(TRADE, dataset.stream(by_series=True)))
    assert len(points) > 1000
    there = list(to_imts(points))
    assert all(set(point.attributes) >= MANDATORY for point in there)
    assert list(from_imts(there)) == points
    assert len({(point.key, point.time) for point in there}) == len(points), "keys stay unlike"


def test_codes_that_are_written_otherwise() -> None:
    (made,) = to_imts([_point(STATUS="MIRROR", SOURCE="x=y;z")])
    given = dict(zip(ORDER, made.key, strict=True))
    assert given["COMMODITY_1"] == "HS22_2710"
    assert given["COUNTERPART_AREA_1"] == "W0"
    assert made.attributes["COMMENT_OBS"] == 'STATUS=MIRROR;"SOURCE=x=y;z"'
    (total,) = to_imts([_point("_T", CLASSIFICATION="H6")])
    assert total.key[3] == "HS22_TOTAL"
    assert "COMMENT_OBS" not in total.attributes


@pytest.mark.parametrize(
    "point", [_point(partner="W0"), _point("H6_TOTAL"), _point("HS22_27")], ids=str
)
def test_codes_that_would_collide_are_refused(point: Point) -> None:
    with pytest.raises(UnknownCode):
        list(to_imts([point]))


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)


@given(
    st.sampled_from(["H0_01", "H6_271019", "S4_9", "TNVED_2710192100", "HS_27", "ICIO_A01", "_T"]),
    st.sampled_from(["", "H6", "S2", "TNVED"]),
    st.fixed_dictionaries({}, optional={"LOCATOR": _TEXT, "NOTES": _TEXT}),
)
def test_any_point_comes_back(goods: str, edition: str, more: dict[str, str]) -> None:
    attributes = {"UNIT_MULT": "3", "UNIT_MEASURE": "USD", "OBS_STATUS": "A", **more}
    if goods == "_T" and edition:
        attributes["CLASSIFICATION"] = edition
    point = _point(goods, "KZ-59", **attributes)
    (back,) = from_imts(to_imts([point]))
    assert back == point


def test_the_map_that_is_sent_says_what_the_export_does() -> None:
    (sent,) = (one for one in all_artefacts(PORTAL) if isinstance(one, StructureMap))
    mapped = {part.target for part in sent.parts} - {"TIME_PERIOD"}
    assert mapped | set(sent.fixed) == set(ORDER) | MANDATORY
    assert not mapped & set(sent.fixed)
    maps = {one.id: dict(one.codes) for one in sent.code_maps}
    assert maps["MAP_AREA"]["W"] == "W0"
    assert maps["MAP_AREA"]["RU-OMS"] == "RU-OMS"
    assert maps["MAP_COMMODITY"]["H6_271019"] == "HS22_271019"
    for codes in maps.values():
        assert len(set(codes.values())) == len(codes), "two codes of ours became one"
