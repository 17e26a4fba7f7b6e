"""A message of ours is a file that the import takes: recognised, read, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from irtysh.sdmx.data_messages.forms import FORMS, Form
from irtysh.sdmx.structure import FIGURES, TRADE
from irtysh.sources.intake.layout import Head, Tally
from irtysh.sources.intake.reading import read_into
from irtysh.sources.table.sdmx import SDMX, SdmxFigures, SdmxFlows
from irtysh.store.staging import Staging
from irtysh.vocabulary.errors import MappingDoesNotFit, NotSdmx
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.flows import CONSTANTS, flow_row, flow_rows, published_flows
from tests.observations import observe
from tests.sdmx.data.messages import rows_of, written


def _head(text: str, form: Form, folder: Path) -> Head:
    path = folder / f"message.{form.syntax}"
    path.write_bytes(text.encode())
    header = tuple(text.split("\r\n", 1)[0].split(",")) if form.syntax == "csv" else ()
    return Head(path.name, path, form.syntax, "utf-8", header=header)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_flows_are_taken_in(form: Form, tmp_path: Path) -> None:
    vintage = published_flows(tmp_path)
    rows = vintage.dataset.stream(by_series=True)
    head = _head(written(TRADE, rows, form, dataflow="TEST_TRADE"), form, tmp_path)
    seen = [one.recognise(head) for one in SDMX]
    assert [one.layout for one in seen if one] == ["sdmx-flows"]
    assert seen[0] and seen[0].settings == {"dataset": "TEST_TRADE"}
    constants = SdmxFlows().constants(head, {})
    assert (constants.unit, constants.unit_mult) == (CONSTANTS["unit"], CONSTANTS["unit_mult"])
    assert constants.valuation == CONSTANTS["valuation"]
    tally = Tally()
    found = list(SdmxFlows().read(head, {}, tally))
    assert len(found) == tally.kept == len(list(flow_rows()))
    assert tally.lines == vintage.dataset.count()
    assert not tally.refused


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_figures_are_taken_in(form: Form, tmp_path: Path) -> None:
    listed = [observe(), observe("403,5", "2022", notes=("one", "two"))]
    head = _head(written(FIGURES, rows_of(listed), form), form, tmp_path)
    seen = [one.recognise(head) for one in SDMX]
    assert [one.layout for one in seen if one] == ["sdmx-figures"]
    tally = Tally()
    assert SdmxFigures().read(head, {}, tally) == listed
    assert (tally.lines, tally.kept) == (2, 2)


def test_what_is_wrong_is_refused_by_name(tmp_path: Path) -> None:
    vintage = published_flows(tmp_path)
    form = Form("csv", "2.0")
    rows = [row for row in vintage.dataset.stream(by_series=True) if row["ref_area"] == "KZ"][:40]
    text = written(TRADE, rows, form, dataflow="TEST_TRADE")
    lines = text.split("\r\n")
    weight = next(place for place, line in enumerate(lines) if ",WEIGHT," in line)
    lines[weight] = lines[weight].replace(",KG,", ",T,")
    lines.append(lines[1])  # the same flow again
    head = _head("\r\n".join([*lines[:-2], lines[-1], ""]), form, tmp_path)
    tally = Tally()
    found = list(SdmxFlows().read(head, {}, tally))
    assert found
    assert tally.refused == {"UnitsDiffer": 1, "FlowTwice": 1}
    assert {fault.line for fault in tally.examples} == {weight + 1, len(lines) - 1}
    mixed = text.replace(",USD,", ",EUR,", 1)
    with pytest.raises(MappingDoesNotFit):
        SdmxFlows().constants(_head(mixed, form, tmp_path), {})


_BROKEN = (
    ('OBS_VALUE="987654.5"', 'OBS_VALUE="many"'),
    ('ObsValue value="987654.5"', 'ObsValue value="many"'),
    ("[987654.5,", '["many",'),
    (",987654.5,", ",many,"),
)
"""A value as the forms write it → no number, the message as well-formed as before."""


def _one_broken(text: str) -> str:
    """Return a message in which one value, 987654.5, is no number."""
    for sound, broken in _BROKEN:
        if sound in text:
            return text.replace(sound, broken, 1)
    raise AssertionError("no such value")


def _told(tally: Tally, form: Form) -> None:
    """One refusal, with a line or a place, and words for it."""
    assert tally.refused == {"NotSdmx": 1}
    (fault,) = tally.examples
    assert fault.file == f"message.{form.syntax}"
    assert fault.line or fault.column.startswith("dataSets/0/series/")
    for language in LANGUAGES:
        assert "many" in explain(fault, language)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_one_bad_flow_is_refused_and_the_rest_are_read(form: Form, tmp_path: Path) -> None:
    rows = [flow_row(period=year, value=value, weight="") for year, value in
            (("2020", "1"), ("2021", "987654.5"), ("2022", "3"))]  # fmt: skip
    stored = published_flows(tmp_path, rows).dataset.stream(by_series=True)
    text = written(TRADE, stored, form, dataflow="TEST_TRADE")
    head = _head(_one_broken(text), form, tmp_path)
    assert SdmxFlows().recognise(head)
    assert SdmxFlows().constants(head, {}).unit == "USD"
    tally = Tally()
    found = list(SdmxFlows().read(head, {}, tally))
    assert [(row.period, row.value) for row in found] == [("2020", "1"), ("2022", "3")]
    assert (tally.lines, tally.kept) == (3, 2)
    _told(tally, form)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_one_bad_figure_is_refused_and_the_rest_are_read(form: Form, tmp_path: Path) -> None:
    listed = [observe("987654.5", "2020"), observe("403,5", "2022")]
    head = _head(_one_broken(written(FIGURES, rows_of(listed), form)), form, tmp_path)
    seen = SdmxFigures().recognise(head)
    assert seen and seen.settings == {"dataset": "TRADE_PARTNER"}  # told by the second
    tally = Tally()
    assert SdmxFigures().read(head, {}, tally) == listed[1:]
    assert (tally.lines, tally.kept) == (2, 1)
    _told(tally, form)


@pytest.mark.parametrize(
    ("sound", "broken", "code", "column"),
    [
        (",KZ,X,", ",K$Z,X,", "UnknownCode", "REF_AREA"),
        (",RU,VALUE,", ",NARNIA,VALUE,", "UnknownCode", "COUNTERPART_AREA"),
        (",KZ,X,", ",KZ,UP,", "UnknownCode", "TRADE_FLOW"),
        (",RU,VALUE,", ",,VALUE,", "FieldIsBlank", "COUNTERPART_AREA"),
        (",H5_100199,", ",$H5,", "UnknownCode", "COMMODITY"),
        (",2021,", ",the year 2021,", "NotAPeriod", "TIME_PERIOD"),
        (",2021,", ",2021-04,", "FieldsDisagree", "FREQ"),
        (",USD,0,", ",,0,", "FieldIsBlank", "UNIT_MEASURE"),
        (",USD,0,", ",GROATS,0,", "UnknownCode", "UNIT_MEASURE"),
        (",USD,0,", ",USD,many,", "NotANumber", "UNIT_MULT"),
        (",VALUE,", ",WORTH,", "UnknownCode", "MEASURE"),
    ],
)
def test_a_flow_with_a_wrong_code_is_refused_and_the_rest_are_read(
    sound: str, broken: str, code: str, column: str, tmp_path: Path
) -> None:
    form = Form("csv", "2.0")
    rows = [flow_row(period=year, weight="") for year in ("2020", "2021", "2022")]
    stored = published_flows(tmp_path, rows).dataset.stream(by_series=True)
    lines = written(TRADE, stored, form, dataflow="TEST_TRADE").split("\r\n")
    assert sound in lines[2]
    lines[2] = lines[2].replace(sound, broken, 1)
    head = _head("\r\n".join(lines), form, tmp_path)
    assert SdmxFlows().constants(head, {}).unit == "USD"
    tally = Tally()
    found = list(SdmxFlows().read(head, {}, tally))
    assert [row.period for row in found] == ["2020", "2022"]
    assert [(fault.code, fault.line, fault.column) for fault in tally.examples] == [
        (code, 3, column)
    ]
    assert tally.lines == tally.kept + tally.refused.total()


@pytest.mark.parametrize("form", [Form("xml", "2.1"), Form("json", "2.0"), Form("xml", "3.0")])
def test_a_message_that_breaks_off_saves_nothing(form: Form, tmp_path: Path) -> None:
    rows = [flow_row(period=str(year), weight="") for year in range(1990, 2022)]
    stored = published_flows(tmp_path, rows).dataset.stream(by_series=True)
    text = written(TRADE, stored, form, dataflow="TEST_TRADE")
    head = _head(text[: len(text) * 2 // 3], form, tmp_path)
    staging = Staging(tmp_path / "staging")
    with pytest.raises(NotSdmx) as broken:
        read_into(staging, head, SdmxFlows(), {})
    for language in LANGUAGES:
        assert explain(broken.value, language)
    assert not staging.rows


def test_other_files_are_not_ours(tmp_path: Path) -> None:
    for form, text in (
        ("csv", "DATAFLOW,FREQ\r\nA:B(1.0),A\r\n"),
        ("csv", "a,b\r\n1,2\r\n"),
        ("json", '{"data": {}}'),
        ("xml", "<html/>"),
        ("xml", "<a><b></a>"),
    ):
        head = _head(text, Form(form, "2.0"), tmp_path)  # type: ignore[arg-type]
        assert [one.recognise(head) for one in SDMX] == [None, None]
