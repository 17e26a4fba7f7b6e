"""Export, import, and the same records: every register, both forms."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from irtysh.sources.registers import TABLES, Table
from irtysh.sources.registers.names import Names
from irtysh.sources.registers.reading import merged, read_sheet
from irtysh.sources.registers.sheets import guarded, unguarded, write_csv, write_xlsx
from tests.sources.registers.any_document import TEXTS, codes_of, documents

NAMES = Names("kk", codes_of, lambda register, code: f"«{code}» {register}")
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


def _written(form: str, table: Table, found: list[dict[str, Any]]) -> bytes:
    if form == "csv":
        return write_csv(table, found, NAMES)
    stream = io.BytesIO()
    assert write_xlsx(table, found, NAMES, [("Тізілім", table.name)], stream) == len(found)
    return stream.getvalue()


def _read(form: str, table: Table, data: bytes) -> list[dict[str, Any]]:
    read = read_sheet(data, f"x.{form}", table, NAMES)
    assert [*read.faults, *(fault for row in read.rows for fault in row.faults)] == []
    return [merged(table, {}, row) for row in read.rows]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("register", TABLES)
def test_what_goes_out_comes_back(register: str, form: str) -> None:
    table = TABLES[register]
    several = st.lists(documents(table), min_size=1, max_size=3, unique_by=lambda one: one["id"])
    most = 25 if form == "csv" else 6  # a workbook is opened by a process of its own

    @settings(max_examples=most, deadline=None, suppress_health_check=_SLOW)
    @given(several)
    def goes_round(found: list[dict[str, Any]]) -> None:
        assert _read(form, table, _written(form, table, found)) == found

    goes_round()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_text_longer_than_a_cell_is_kept_whole(form: str) -> None:
    table = TABLES["places"]
    contour = '{"type":"Polygon","coordinates":[' + "[73.5,54.9]," * 20_000 + "]}"
    found = [
        {
            "id": "omsk",
            "kind": "city",
            "name": {"ru": "Омск"},
            "summary": {"ru": "я" * 40_000 + "\nконец", "kk": "[[long_texts 1]]"},
            "geometries": [{"geojson": contour}],
        }
    ]
    assert _read(form, table, _written(form, table, found)) == found


@given(TEXTS)
def test_a_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_below_zero_stay_numbers_and_formulas_become_text() -> None:
    found = [{"id": "a", "baseline": -5.5, "name": {"ru": "=1+1"}, "indicator": "-5"}]
    line = list(csv.DictReader(io.StringIO(write_csv(TABLES["targets"], found, NAMES).decode())))
    assert line[0]["baseline"] == "-5.5"
    assert line[0]["name_ru"] == "'=1+1"
    assert line[0]["indicator"] == "'-5"


def test_codes_and_ids_have_their_names_beside_them() -> None:
    found = [{"id": "a", "kind": "bank", "themes": ["trade", "people"], "place": "omsk"}]
    line = list(
        csv.DictReader(io.StringIO(write_csv(TABLES["organisations"], found, NAMES).decode()))
    )
    assert line[0]["kind_label"] == "банк"
    assert line[0]["themes_label"] == "Торговля; Люди; связи"
    assert line[0]["place_label"] == "«omsk» places"


def test_texts_with_semicolons_and_lines_do_not_mislead() -> None:
    found = [
        {
            "id": "0",
            "address": "https://example.org/?q=a;b&c=%D0%B0",
            "where_to_look": {"ru": "0\n0"},
            "inventory": ["=1+1", "строка\nвторая", "=1+1"],
        }
    ]
    table = TABLES["objectives"]
    assert _read("csv", table, _written("csv", table, found)) == found
