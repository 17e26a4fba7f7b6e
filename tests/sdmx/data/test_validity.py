"""Every form of message against the official schemas."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from irtysh.sdmx.data_messages.forms import FORMS, Form
from irtysh.sdmx.data_messages.message import ALL_DIMENSIONS, TIME, Note
from irtysh.sdmx.structure import FIGURES, TRADE, DataStructure
from irtysh.sdmx.structure_messages.xsd import schema
from irtysh.store.vintages import Vintage
from irtysh.vocabulary.text import Text
from tests.flows import published_flows
from tests.observations import observe
from tests.sdmx.data.messages import message, rows_of, written
from tests.sdmx.data.schemas import faults_of_json, faults_of_xml, message_schema, specific_schema

_NOTE = Note(2001, Text({"ru": "Не передано: 1", "kk": "Жіберілмеді: 1", "en": "Not sent: 1"}))
_DETAILS: dict[str, dict[str, Any]] = {
    "full": {"begin": "2019-01-01", "end": "2023-12-31", "notes": lambda: [_NOTE]},
    "dataonly": {"attributes": frozenset()},
    "nodata": {"has_values": False, "has_observations": False},
    "serieskeysonly": {
        "attributes": frozenset(),
        "has_values": False,
        "has_observations": False,
    },
}
_SHAPES = [
    pytest.param(form, at, id=f"{form.syntax}-{form.version}-{form.is_generic}-{at}")
    for form in FORMS
    for at in (TIME, ALL_DIMENSIONS, "COUNTERPART_AREA")
    if at == TIME or not form.is_time_series
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Rows of both structures: every kind of period, marks of XML, words in three scripts."""
    vintage: Vintage = published_flows(tmp_path_factory.mktemp("datasets"))
    figures = [
        observe("402,1", definition='<b> & "ё"', notes=("қ", "two")),
        observe("402,1", locator="L.2"),
        observe("", "2020"),
        observe("5", "2021-01/2021-07", period_kind="C"),
        observe("5", "2021-Q1", period_kind="Q"),
        observe("5", "2021-S1", period_kind="S"),
        observe("5", "2021-04", period_kind="M"),
        observe("5", "2021-04-19", period_kind="P"),
        observe("12", measure="SHARE", unit="PC", unit_mult=0, share_of="FLOW:T"),
        observe("-3,5", measure="GROWTH", unit="PC", unit_mult=0, base_period="2020"),
    ]
    return {
        "TRADE": list(vintage.dataset.stream(by_series=True))[:200],
        "FIGURES": rows_of(figures),
    }


@pytest.mark.parametrize("detail", _DETAILS)
@pytest.mark.parametrize("structure", [TRADE, FIGURES], ids=lambda one: one.id)
@pytest.mark.parametrize(("form", "at"), _SHAPES)
def test_messages_are_valid(
    form: Form, at: str, structure: DataStructure, detail: str, rows: dict[str, Any]
) -> None:
    text = written(structure, rows[structure.id], form, observed_by=at, **_DETAILS[detail])
    if form.syntax == "json":
        assert faults_of_json(text, form.version) == []
    elif form.is_generic:
        assert faults_of_xml(text, message_schema(form.version)) == []
    elif form.syntax == "xml":
        assert faults_of_xml(text, _schema_of(structure, at, form.version)) == []
    else:
        table = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(line) for line in table}) == 1
        assert len(table) > 1


@cache
def _schema_of(structure: DataStructure, at: str, version: str) -> etree.XMLSchema:
    namespace = message(structure, observed_by=at).namespace
    made = schema(structure, message(structure).urn, {}, observed_by=at, version=version)
    with tempfile.TemporaryDirectory() as folder:
        return specific_schema(made, namespace, version, Path(folder))


def test_broken_messages_are_found_out(rows: dict[str, Any]) -> None:
    """The schemas say no: a test that cannot fail proves nothing."""
    generic = next(form for form in FORMS if form.is_generic)
    text = written(TRADE, rows["TRADE"], generic).replace("<gen:SeriesKey>", "<gen:Key>", 1)
    text = text.replace("</gen:SeriesKey>", "</gen:Key>", 1)
    assert faults_of_xml(text, message_schema("2.1"))
    specific = written(TRADE, rows["TRADE"], Form("xml", "3.0"))
    for wrong in ('OBS_VALUE="x', 'TIME_PERIOD="2021-13', 'OBS_WORTH="1'):
        text = specific.replace(wrong.split('"')[0] + '="', wrong, 1)
        text = text if text != specific else specific.replace("OBS_VALUE", "OBS_WORTH", 1)
        assert faults_of_xml(text, _schema_of(TRADE, TIME, "3.0"))
    for version in ("1.0", "2.0"):
        whole = json.loads(written(TRADE, rows["TRADE"], Form("json", version)))
        whole["meta"]["prepared"] = "yesterday"
        assert faults_of_json(json.dumps(whole), version)


def test_names_stand_in_three_languages(rows: dict[str, Any]) -> None:
    whole = json.loads(written(TRADE, rows["TRADE"], Form("json", "2.0"), language="kk"))
    structure = whole["data"]["structures"][0]
    area = next(one for one in structure["dimensions"]["series"] if one["id"] == "REF_AREA")
    assert area["name"] == area["names"]["kk"] == "Аумақ"
    assert set(area["names"]) == {"ru", "kk", "en"}
    for value in area["values"]:
        assert set(value["names"]) == {"ru", "kk", "en"}
        assert value["name"] == value["names"]["kk"]


def test_a_message_against_a_structure_names_it(rows: dict[str, Any]) -> None:
    assert message(TRADE, "").urn.endswith("DataStructure=IRTYSH:TRADE(1.0)")
    text = written(TRADE, rows["TRADE"], Form("csv", "2.0"), dataflow="")
    assert text.splitlines()[1].startswith("datastructure,IRTYSH:TRADE(1.0),I,")
