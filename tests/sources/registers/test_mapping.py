"""A foreign table through its description: other columns, another language, other codes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from irtysh.sources.registers.mapping import (
    BadRegisterMapping,
    load_mapping,
    read_mapped,
    slug,
)
from irtysh.sources.registers.names import Names
from irtysh.sources.registers.reading import EmptySheet, ReadFile, merged
from irtysh.sources.registers.tables import TABLES
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

HERE = Path(__file__).parent
INTERREG = (HERE / "interreg.yaml").read_text(encoding="utf-8")
SAMPLE = (HERE / "interreg_sample.csv").read_bytes()
REAL = ROOT.parent / "shared" / "data" / "registry" / "interreg_sweden_partners.csv"


def read(data: bytes = SAMPLE, described: str = INTERREG) -> dict[str, ReadFile]:
    return read_mapped(data, "partners.csv", load_mapping(described), Names())


def documents(found: dict[str, ReadFile], register: str) -> dict[str, dict[str, Any]]:
    return {row.id: merged(TABLES[register], {}, row) for row in found[register].rows}


def test_one_row_fills_three_registers_and_equal_names_are_one_organisation() -> None:
    found = read()
    assert {name: len(file.rows) for name, file in found.items()} == {
        "places": 2, "organisations": 7, "projects": 4,
    }  # fmt: skip
    firms = documents(found, "organisations")
    assert firms["se-pahittade-universitetet"] == {
        "id": "se-pahittade-universitetet", "kind": "university",
        "name": {"en": "Påhittade universitetet"}, "country": "SE", "place": "se-exempel-lan",
    }  # fmt: skip
    assert "se-fantasi-bat-ab" in firms  # with and without quotes
    projects = documents(found, "projects")
    bridge = projects["interreg-invented-bridge"]
    assert bridge["partners"] == [
        {"organisation": "se-pahittade-universitetet", "role": "lead", "amount": 149355,
         "currency": "EUR"},
        {"organisation": "se-norra-exempelkommun", "role": "partner", "amount": 0,
         "currency": "EUR"},
        {"organisation": "se-fantasi-bat-ab", "role": "partner", "amount": 51870.5,
         "currency": "EUR"},
    ]  # fmt: skip
    assert (bridge["stage"], bridge["start"]) == ("closed", "2023-01-01")


def test_names_that_make_one_id_stay_two_records() -> None:
    firms = documents(read(), "organisations")
    alike = sorted(code for code in firms if code.startswith("se-exempel-ab"))
    assert len(alike) == 2
    assert alike[0] == "se-exempel-ab"
    again = documents(read(), "organisations")
    assert list(again) == list(firms)


def test_nothing_is_dropped_in_silence() -> None:
    found = read()
    warnings = [fault for file in found.values() for fault in file.faults]
    warnings += [f for file in found.values() for row in file.rows for f in row.faults]
    assert {fault.severity for fault in warnings} == {"warning"}
    assert Counter(fault.code for fault in warnings)["MappedKeyEmpty"] == 2
    kinds = [f for f in warnings if f.code == "MappedValuesDiffer" and f.params["column"] == "kind"]
    assert [(f.column, f.params["kept"], f.params["other"]) for f in kinds] == [
        ("I7", "municipality", "authority")
    ]
    partner = documents(found, "projects")["interreg-pahittad-sjo-rent-vatten"]["partners"][1]
    assert partner == {"role": "partner", "amount": 10000, "currency": "EUR"}
    for fault in warnings:
        assert all(explain(fault, language) for language in LANGUAGES)


def test_a_value_that_the_description_does_not_know_is_a_fault() -> None:
    text = SAMPLE.replace(b",LP,", b",XX,", 1).replace(b"2025-12-31", b"2025-02-31", 1)
    rows = {row.id: row for row in read(text)["projects"].rows}
    faults = [(f.code, f.column, f.severity) for f in rows["interreg-invented-bridge"].faults]
    assert ("MappedValueUnknown", "J2", "error") in faults
    assert ("CellNotADay", "E2", "warning") in faults


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("language: en", "language: sv", "language"),
        ("registers:", "register:", "–"),
        ("  places:", "  planets:", "registers"),
        ("kind: {value: region}", "kinds: {value: region}", "places.columns"),
        ("{value: region}", "{valu: region}", "places.kind"),
        ("{value: region}", "{value: region, column: nuts3}", "places.kind"),
        ("{record: places}", "{record: acts}", "organisations.place"),
        ("one_per: [nuts3]", "one_per: []", "places.one_per"),
        ("{column: nuts3}", "{column: nuts4}", "partners.csv"),
        ("{column: nuts3}", "{column: [nuts3", "YAML"),
    ],
)
def test_a_wrong_description_is_refused_by_its_place(before: str, after: str, where: str) -> None:
    with pytest.raises(BadRegisterMapping) as refusal:
        read(described=INTERREG.replace(before, after, 1))
    assert refusal.value.params["where"] == where
    assert explain(refusal.value, "kk")


def test_a_table_without_rows_is_refused() -> None:
    with pytest.raises(EmptySheet):
        read(SAMPLE.splitlines()[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Қазақстан – Омбы: «Щит»", "qazaqstan-omby-shchit"),
        ("Luleå Tekniska Universitet", "lulea-tekniska-universitet"),
        ("你好", "x-"),
        ("a" * 70, "a" * 60 + "-"),
    ],
)
def test_ids_are_latin(text: str, expected: str) -> None:
    assert slug(text, 60) == expected


@pytest.mark.skipif(not REAL.exists(), reason="the real table is not part of the repository")
def test_the_real_table_is_read_whole() -> None:
    found = read(REAL.read_bytes())
    counts = {name: len(file.rows) for name, file in found.items()}
    assert counts == {"places": 21, "organisations": 588, "projects": 586}
    partners = [row.given["partners"] for row in found["projects"].rows]
    assert sum(len(one) for one in partners) == 1196
