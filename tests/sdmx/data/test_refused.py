"""What a reader refuses: by name, with the line, and without reading what it should not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.sdmx.data_messages.forms import FORMS, Form
from irtysh.sdmx.reading.json import read_json
from irtysh.sdmx.reading.opened import open_message
from irtysh.sdmx.reading.rows import figures
from irtysh.sdmx.structure import FIGURES
from irtysh.vocabulary.errors import (
    Fault,
    IrtyshError,
    NotSdmx,
    SdmxStructureUnknown,
    TooLarge,
)
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.observations import observe
from tests.sdmx.data.messages import read, rows_of, written

_SPECIFIC = Form("xml", "2.1")
_ROWS = rows_of([observe(), observe("403", "2022")])


def _refused(text: str, folder: Path) -> IrtyshError:
    with pytest.raises(IrtyshError) as refused:
        list(read(text, folder).observations)
    for language in LANGUAGES:
        assert explain(refused.value, language)
    return refused.value


def test_a_document_type_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    text = written(FIGURES, _ROWS, _SPECIFIC).replace(
        "\n",
        f'\n<!DOCTYPE x [<!ENTITY a "{"A" * 50}"><!ENTITY b SYSTEM "{secret}">]>\n',
        1,
    )
    error = _refused(text.replace("L.1", "&b;", 1), tmp_path)
    assert isinstance(error, NotSdmx)
    assert "SECRET" not in str(error)
    assert "DOCTYPE" in str(error)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("</Series>", "</Serie>", 7),
        ("<Obs ", "<Obs <", 6),
    ],
)
def test_a_fault_of_xml_has_its_line(before: str, after: str, line: int, tmp_path: Path) -> None:
    text = written(FIGURES, _ROWS, _SPECIFIC).replace(before, after, 1)
    error = _refused(text, tmp_path)
    assert isinstance(error, NotSdmx)
    assert abs(error.params["line"] - line) <= 1


def test_nesting_has_a_limit(tmp_path: Path) -> None:
    text = written(FIGURES, _ROWS, _SPECIFIC)
    deep = text.replace("</Series>", "<a>" * 20 + "</a>" * 20 + "</Series>", 1)
    assert isinstance(_refused(deep, tmp_path), NotSdmx)
    nested = '{"data":' + "[" * 200_000 + "]" * 200_000 + "}"
    assert isinstance(_refused(nested, tmp_path), NotSdmx)


def test_a_message_too_large_for_memory_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "message"
    path.write_text(written(FIGURES, _ROWS, Form("json", "2.0")))
    with pytest.raises(TooLarge):
        read_json(path, max_bytes=100)


def test_csv_faults_have_their_line(tmp_path: Path) -> None:
    lines = written(FIGURES, _ROWS, Form("csv", "2.0")).split("\r\n")
    lines[2] = lines[2].replace(",403,", ",4o3,")
    found = list(read("\r\n".join(lines), tmp_path).observations)
    assert [(one.line, one.wrong is None) for one in found] == [(2, True), (3, False)]
    short = [lines[0], lines[1].rsplit(",", 2)[0], lines[2].replace(",4o3,", ",403,"), ""]
    reading = read("\r\n".join(short), tmp_path)
    assert reading.dataflow == "TRADE_PARTNER"
    assert [(one.line, one.wrong is None) for one in reading.observations] == [
        (2, False), (3, True)
    ]  # fmt: skip
    unclosed = "\r\n".join([lines[0], lines[1].replace("paper", '"paper'), *lines[2:]])
    assert isinstance(_refused(unclosed, tmp_path), NotSdmx)
    foreign = "DATAFLOW,FREQ,COLOUR,TIME_PERIOD,OBS_VALUE\r\nXB:DF(1.0),A,RED,2020,1\r\n"
    assert isinstance(_refused(foreign, tmp_path), SdmxStructureUnknown)


def test_another_separator_is_understood(tmp_path: Path) -> None:
    text = written(FIGURES, rows_of([observe(printed="402")]), Form("csv", "2.0"))
    found = list(read(text.replace(",", ";"), tmp_path).observations)
    assert [str(one.value) for one in found] == ["402"]


def test_wrong_codes_are_faults_of_their_lines(tmp_path: Path) -> None:
    text = written(FIGURES, _ROWS, _SPECIFIC).replace('REF_AREA="RU-OMS"', 'REF_AREA="RU-XXX"', 1)
    faults: list[Fault] = []
    found = list(
        figures(read(text, tmp_path).observations, "TRADE_PARTNER", faults.append, "m.xml")
    )
    assert found == []
    assert {(fault.code, fault.column, fault.file) for fault in faults} == {
        ("UnknownCode", "REF_AREA", "m.xml")
    }
    assert all(fault.line for fault in faults)


@settings(deadline=None, max_examples=60)
@given(
    form=st.sampled_from(FORMS),
    place=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
    cut=st.booleans(),
)
def test_damaged_messages_are_read_or_refused_by_name(
    form: Form, place: float, byte: int, cut: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = bytearray(written(FIGURES, _ROWS, form).encode())
    at = int(place * len(whole))
    whole[at] = byte
    path = tmp_path_factory.mktemp("damaged") / "message"
    path.write_bytes(bytes(whole[:at] if cut else whole))
    faults: list[Fault] = []
    try:
        reading = open_message(path)
        list(figures(reading.observations, "TRADE_PARTNER", faults.append))
    except IrtyshError as error:
        assert explain(error, "kk")
