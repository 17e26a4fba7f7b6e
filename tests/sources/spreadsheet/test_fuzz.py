"""Whatever comes in, out comes a Reading or an error with a name."""

from __future__ import annotations

import contextlib
import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irtysh.sources.spreadsheet import Reading, read_spreadsheet
from irtysh.vocabulary.errors import IrtyshError
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain
from tests.sources.spreadsheet.small import described, workbook
from tests.sources.spreadsheet.test_text_tables import long_mapping

WIDE = described(expects=[], sheets=[{"name": ".", "set": {"counterpart_area": "W"}}])
LONG = long_mapping()
_WHOLE = workbook()
_SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_TALK = st.sampled_from(
    [
        "2009 год",
        "2010 год 2",
        "I квартал",
        "январь-декабрь",
        "Омская область",
        "г.Москва 3",
        "Регион",
        "Год",
        "Значение",
        "1  Примечание",
        "2 Ещё",
        "…",
        "-",
        "12,5",
        "1e999",
        "NaN",
        "",
    ]
)
_CELL = _TALK | st.text(max_size=8) | st.decimals(places=2).map(str)


def attempt(data: bytes, mapping: object) -> None:
    try:
        reading = read_spreadsheet(data, mapping, file="f.bin")  # type: ignore[arg-type]
    except IrtyshError as error:
        for language in LANGUAGES:
            assert explain(error, language)
        return
    assert isinstance(reading, Reading)
    accounted(reading)


def accounted(reading: Reading) -> None:
    for fault in (*reading.refused, *reading.remarks):
        for language in LANGUAGES:
            assert explain(fault, language)
    locators = [item.locator for item in reading.observations]
    assert len(locators) == len(set(locators))
    cells = [item.cell for item in reading.observations]
    assert len(cells) == len(set(cells))
    for item in reading.observations:
        assert (item.value is None) == any(note.startswith("missing.") for note in item.notes)
        assert all(note in reading.notes for note in item.notes)


@given(st.binary(max_size=400))
def test_random_bytes_as_text(data: bytes) -> None:
    if not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        attempt(data, LONG)
        attempt(data, WIDE)


@_SLOW
@given(
    st.binary(max_size=400), st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
)
def test_random_bytes_as_a_workbook(data: bytes, start: bytes) -> None:
    attempt(start + data, WIDE)


@_SLOW
@given(st.lists(st.tuples(st.integers(0, len(_WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_a_workbook_with_damaged_bytes(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_WHOLE)
    for place, value in changes:
        data[place] = value
    attempt(bytes(data), WIDE)


@given(st.lists(st.lists(_CELL, max_size=6), max_size=10), st.sampled_from([";", ",", "\t"]))
@settings(deadline=None)
def test_random_grids(grid: list[list[str]], mark: str) -> None:
    stream = io.StringIO(newline="")
    with contextlib.suppress(csv.Error):
        csv.writer(stream, delimiter=mark).writerows(grid)
    data = stream.getvalue().encode("utf-8", errors="surrogatepass")
    attempt(data, LONG)
    attempt(data, WIDE)


@given(
    st.lists(st.lists(_CELL, min_size=1, max_size=4), max_size=8),
    st.sampled_from(["utf-8", "cp1251", "cp866"]),
)
@settings(deadline=None)
def test_random_rows_under_right_headings(grid: list[list[str]], encoding: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows([["Регион", "Год", "Значение"], *grid])
    attempt(stream.getvalue().encode(encoding, errors="replace"), LONG)


def test_every_filled_cell_of_a_grid_is_read_refused_or_named() -> None:
    text = "Регион;Год;Значение\nОмская область;2021;1\nНигде;2021;2\nОмская область;когда;3\n"
    reading = read_spreadsheet(text.encode(), LONG, file="t.csv")
    assert len(reading.observations) == 1
    assert [fault.column for fault in reading.refused] == ["t!A3", "t!B4"]
