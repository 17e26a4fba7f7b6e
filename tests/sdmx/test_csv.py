"""SDMX-CSV there and back without loss; every fault with its line and column."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.sdmx import times
from irtysh.sdmx.concepts import COLUMNS, SDMX_STATUS, joined, parted
from irtysh.sdmx.csv import read_csv, write_csv
from irtysh.sdmx.dimensions import check_code
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import (
    IrtyshError,
    NotReadable,
    NotSdmxCsv,
    TooLarge,
    UnknownCode,
    WideTable,
)
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import UNKNOWN_PERIOD, Period
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.observations import observe

_IMF = ROOT.parent / "shared" / "data" / "trade" / "imf_imts_russia_by_partner_2016_2024.csv"
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


def _codes(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(codelist(name)))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    year = draw(st.integers(1900, 2099))
    month = draw(st.integers(1, 12))
    kind, code = draw(
        st.sampled_from(
            [
                ("A", f"{year}"),
                ("S", f"{year}-S{1 + month % 2}"),
                ("Q", f"{year}-Q{1 + month % 4}"),
                ("M", f"{year}-{month:02d}"),
                ("C", f"{year}-01/{year}-{month:02d}"),
                ("C", f"{year}-{month:02d}/{year + 1}-02"),
                ("P", f"{year}"),
                ("P", f"{year}-{month:02d}"),
                ("P", f"{year}-{month:02d}-28"),
                ("U", ""),
            ]
        )
    )
    return Period.parse(kind, code)


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    value = draw(st.none() | st.decimals(-(10**12), 10**12, allow_nan=False, places=3))
    if value is not None and draw(st.booleans()):
        value = Decimal(int(value)).scaleb(draw(st.integers(0, 6)))
    classification = draw(st.sampled_from(["HS_SECTION", "HS_CHAPTER", "_Z"]))
    commodities = {"HS_SECTION": _codes("hs_sections"), "HS_CHAPTER": _codes("hs_chapters")}
    return Observation(
        dataflow=draw(st.from_regex(r"[A-Z][A-Z0-9_]{0,15}", fullmatch=True)),
        freq=draw(_codes("frequencies")),
        ref_area=draw(_codes("areas")),
        counterpart_area=draw(_codes("areas")),
        flow=draw(_codes("flows")),
        classification=classification,
        commodity=draw(commodities.get(classification, st.sampled_from(["_T", "_U", "_Z"]))),
        measure=draw(_codes("measures")),
        period=draw(periods()),
        base_period=draw(st.none() | periods()),
        share_of=draw(_TEXT),
        qualifier=draw(st.sampled_from(Qualifier)),
        printed="" if value is None else f"{value:f}".replace(".", ","),
        value=value,
        unit=draw(_codes("units")),
        unit_mult=draw(st.integers(-9, 12)),
        valuation=draw(_codes("valuations")),
        status=draw(st.sampled_from(Status)),
        definition=draw(_TEXT),
        source=draw(_TEXT),
        locator=draw(_TEXT),
        retrieved_on=draw(st.none() | st.dates()),
        notes=tuple(draw(st.lists(_TEXT, max_size=3))),
    )


def fields_of(observation: Observation) -> dict[str, Any]:
    """Return all fields, a number with its precision: 1E+3 and 1000 are not the same."""
    fields = {name: getattr(observation, name) for name in Observation.__slots__}
    fields["value"] = None if observation.value is None else observation.value.as_tuple()
    return fields


@settings(deadline=None)
@given(
    st.lists(observations(), max_size=4),
    st.sampled_from(["1.0", "2.0"]),
    st.sampled_from(["id", "both"]),
    st.sampled_from(LANGUAGES),
    st.booleans(),
)
def test_there_and_back_loses_nothing(
    given_ones: list[Observation], version: str, labels: str, language: str, mark: bool
) -> None:
    text = write_csv(given_ones, version=version, labels=labels, language=language)
    reading = read_csv(text.encode("utf-8-sig" if mark else "utf-8"), file="t.csv")
    assert reading.refused == []
    assert (reading.version, reading.lines) == (version, len(given_ones))
    assert [fields_of(item) for item in reading.observations] == [
        fields_of(item) for item in given_ones
    ]


@given(st.lists(_TEXT, max_size=4).map(tuple))
def test_several_texts_in_one_field(items: tuple[str, ...]) -> None:
    assert parted(joined(items)) == items


@given(periods())
def test_a_period_survives_sdmx_time(period: Period) -> None:
    assert times.read(times.written(period), period.kind.value) == period


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("2021", "A", "2021"),
        ("2021-A1", "A", "2021"),
        ("2021-S2", "S", "2021-S2"),
        ("2021-Q3", "Q", "2021-Q3"),
        ("2021-M04", "M", "2021-04"),
        ("2021-04", "M", "2021-04"),
        ("2021-01-01/P7M", "C", "2021-01/2021-07"),
        ("2021-01-01T00:00:00/P7M", "C", "2021-01/2021-07"),
        ("2022-04-19", "P", "2022-04-19"),
        ("", "U", ""),
    ],
)
def test_the_form_of_a_time_tells_its_kind(text: str, kind: str, code: str) -> None:
    period = times.read(text, "")
    assert (period.kind.value, period.code) == (kind, code)
    if kind == "U":
        assert period is UNKNOWN_PERIOD


def test_the_heads_of_both_versions() -> None:
    one = write_csv([observe()], version="1.0").splitlines()
    two = write_csv([observe()], labels="both", language="kk").splitlines()
    assert one[0].split(",")[0] == "DATAFLOW"
    assert one[1].split(",")[0] == "IRTYSH:TRADE_PARTNER(1.0)"
    assert two[0].startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ: Кезеңділігі")
    assert two[0].endswith("NOTES[;]: Ескертпелер")
    assert two[1].startswith("dataflow,IRTYSH:TRADE_PARTNER(1.0),I,")
    assert "RU-OMS: Омбы облысы" in two[1]


def test_a_message_of_others_needs_only_the_core() -> None:
    text = (
        "\ufeffSTRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,COUNTERPART_AREA,FLOW,TIME_PERIOD,"
        "OBS_VALUE,UNIT_MEASURE,OBS_STATUS\r\n"
        "dataflow,XX:TRADE(2.1.0),I,RU,KZ: Kazakhstan,X,2021,18474.1,USD,E\r\n"
        "dataflow,XX:TRADE(2.1.0),I,RU,KZ,X,2022-Q1,NaN,USD,M\r\n"
    )
    reading = read_csv(text.encode())
    assert reading.refused == []
    first, second = reading.observations
    assert (first.dataflow, first.counterpart_area, first.status) == (
        "TRADE",
        "KZ",
        Status.ESTIMATED,
    )
    assert (first.measure, first.commodity, first.freq) == ("VALUE", "_T", "A")
    assert (second.value, second.status, second.period.code) == (None, Status.MISSING, "2022-Q1")


def damaged(**changes: str) -> str:
    """Return a message of two lines, the second with some fields replaced."""
    rows = list(csv.reader(io.StringIO(write_csv([observe(), observe(period="2022")]))))
    heads = [head.split("[")[0] for head in rows[0]]
    for column, value in changes.items():
        rows[2][heads.index(column)] = value
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("REF_AREA", "RU-OMX", "UnknownCode"),
        ("REF_AREA", "", "FieldIsBlank"),
        ("COMMODITY", "XXII", "UnknownCode"),
        ("CLASSIFICATION", "HS9", "UnknownCode"),
        ("TIME_PERIOD", "2021-13", "NotAPeriod"),
        ("TIME_PERIOD", "", "NotAPeriod"),
        ("PERIOD_KIND", "Z", "NotAPeriod"),
        ("BASE_PERIOD", "yesterday", "NotAPeriod"),
        ("OBS_VALUE", "402,1", "NotANumber"),
        ("OBS_VALUE", "1e99999", "NotANumber"),
        ("UNIT_MULT", "six", "NotANumber"),
        ("PRINTED", "402,2", "FieldsDisagree"),
        ("OBS_STATUS", "Y", "UnknownCode"),
        ("STATUS", "TARGET", "FieldsDisagree"),
        ("STATUS", "PERHAPS", "UnknownCode"),
        ("QUALIFIER", "NEARLY", "UnknownCode"),
        ("RETRIEVED_ON", "2024-02-30", "NotADay"),
        ("STRUCTURE_ID", "", "FieldIsBlank"),
        ("ACTION", "D", "ActionNotSupported"),
    ],
)
def test_a_fault_names_line_and_column(column: str, value: str, code: str) -> None:
    reading = read_csv(damaged(**{column: value}), file="t.csv")
    fault = reading.refused[0]
    assert (fault.code, fault.file, fault.line, fault.column) == (code, "t.csv", 3, column)
    assert len(reading.observations) == 1
    for language in LANGUAGES:
        assert explain(fault, language)


def test_all_faults_of_a_line_are_named_at_once() -> None:
    reading = read_csv(damaged(REF_AREA="X1", OBS_VALUE="x", UNIT_MEASURE="Y1"))
    assert {fault.column for fault in reading.refused} == {"REF_AREA", "OBS_VALUE", "UNIT_MEASURE"}


def test_unknown_and_repeated_columns_are_named() -> None:
    lines = write_csv([observe()]).splitlines()
    text = f"{lines[0]},COMENT,FREQ\n{lines[1]},hello,A\n"
    reading = read_csv(text, file="t.csv")
    assert [(fault.code, fault.line, fault.column) for fault in reading.refused] == [
        ("UnknownColumn", 1, "COMENT"),
        ("RepeatedColumn", 1, "FREQ"),
    ]
    assert len(reading.observations) == 1


def test_a_line_of_another_length_is_refused_with_its_number() -> None:
    lines = write_csv([observe(locator="two\nlines"), observe(period="2022")]).split("\r\n")
    text = "\r\n".join([*lines[:-1], "dataflow,X", ""])
    reading = read_csv(text, file="t.csv")
    assert [(fault.code, fault.line) for fault in reading.refused] == [("WrongFieldCount", 5)]


def test_tables_that_are_no_sdmx_are_told_apart() -> None:
    with pytest.raises(NotSdmxCsv) as caught:
        read_csv("region,year,value\nRU-OMS,2021,1\n")
    assert caught.value.params["missing"].startswith("STRUCTURE_ID, REF_AREA")
    with pytest.raises(WideTable) as wide:
        read_csv("DATASET,COUNTRY.ID,2016,2017,2018\nIMF,RUS,1,2,3\n")
    assert wide.value.params["columns"] == "2016…2018"
    for error in (caught.value, wide.value):
        for language in LANGUAGES:
            assert explain(error, language)


@pytest.mark.skipif(not _IMF.exists(), reason="the real data are not at hand")
def test_the_imf_layout_is_named_as_wide() -> None:
    with pytest.raises(WideTable) as caught:
        read_csv(_IMF.read_bytes(), file=_IMF.name)
    assert caught.value.params["columns"] == "2016…2024"
    assert "TIME_PERIOD" in caught.value.params["missing"]


def test_bounds() -> None:
    text = write_csv([observe(), observe(period="2022")])
    with pytest.raises(TooLarge):
        read_csv(text, max_bytes=10)
    with pytest.raises(TooLarge):
        read_csv(text, max_lines=1)
    with pytest.raises(NotReadable):
        read_csv("Омск".encode("cp1251"))


def test_every_status_has_a_letter_and_every_column_a_name() -> None:
    assert set(SDMX_STATUS) == set(Status)
    assert set(codelist("concepts")) >= set(COLUMNS)


def test_codes_are_checked_in_the_list_of_their_classification() -> None:
    check_code("commodity", "II", "HS_SECTION")
    check_code("commodity", "01", "HS_CHAPTER")
    check_code("commodity", "_T", "_Z")
    for code, classification in (("01", "HS_SECTION"), ("II", "_Z"), ("II", "OTHER")):
        with pytest.raises(UnknownCode):
            check_code("commodity", code, classification)


def test_a_day_survives() -> None:
    observation = observe(retrieved_on=date(2024, 2, 29))
    assert read_csv(write_csv([observation])).observations == [observation]


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_anything_else_is_an_error_with_a_name(data: str | bytes) -> None:
    with pytest.raises(IrtyshError) as caught:
        read_csv(data)
    assert explain(caught.value, "kk")


@settings(deadline=None)
@given(st.data())
def test_a_mangled_message_is_read_or_refused_line_by_line(data: st.DataObject) -> None:
    text = write_csv([observe(), observe(period="2022", notes=("a", "b;c"))])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(text)))
        text = text[:place] + data.draw(st.text(max_size=3)) + text[place + 1 :]
    try:
        reading = read_csv(text, file="t.csv")
    except IrtyshError as error:
        assert explain(error, "ru")
        return
    assert reading.lines >= len(reading.observations)
    for fault in reading.refused:
        assert fault.line > 0
        assert explain(fault, "ru")
