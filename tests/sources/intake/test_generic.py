"""A table whose columns a person names: amounts are never given to what they do not belong to."""

from __future__ import annotations

from pathlib import Path

import pytest

from irtysh.sources.intake.cells import NotADay
from irtysh.sources.intake.generic import GENERIC, GenericFigures, GenericFlows
from irtysh.sources.intake.layout import Head, Layout, Tally
from irtysh.sources.intake.mapped_rows import MappingIncomplete
from irtysh.sources.intake.opened import open_file
from irtysh.sources.intake.reading import read_into
from irtysh.sources.intake.roles import RoleTwice
from irtysh.store.staging import Staging
from irtysh.vocabulary.errors import MappingDoesNotFit, UnknownCode
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import explain

UNIT = {"unit": "USD", "unit_mult": "0", "ref_area": "KZ"}


def table(folder: Path, header: str, *lines: str) -> Head:
    """Open a table of these lines."""
    path = folder / "table.csv"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
    return open_file(path, path.name, folder)


def read(folder: Path, header: str, *lines: str, **settings: str) -> tuple[list[FlowRow], Tally]:
    """Read a table whose header names the roles."""
    head = table(folder, header, *lines)
    roles = {f"column-{place}": role for place, role in enumerate(head.header, 1)}
    layout, tally = GenericFlows(), Tally()
    said = {**UNIT, **roles, **settings}
    layout.constants(head, said)
    return list(layout.read(head, said, tally)), tally


def test_thousand_pieces_are_a_thousand_pieces(tmp_path: Path) -> None:
    header = "year;counterpart_area;flow;value;quantity;quantity_unit"
    rows, _ = read(tmp_path, header, "2021;CN;X;5;2;798", "2022;CN;X;5;2;шт")
    assert [(row.quantity, row.quantity_unit) for row in rows] == [("2000", "NUM"), ("2", "NUM")]


def test_one_weight_beside_two_values_belongs_to_neither(tmp_path: Path) -> None:
    with pytest.raises(MappingDoesNotFit):
        read(tmp_path, "year;counterpart_area;value_X;value_M;weight", "2021;CN;5;6;7")
    rows, _ = read(tmp_path, "year;counterpart_area;value_X;value_M", "2021;CN;5;6")
    assert [(row.flow, row.value) for row in rows] == [("X", "5"), ("M", "6")]


def test_a_status_that_there_is_not_is_refused(tmp_path: Path) -> None:
    header = "year;counterpart_area;flow;value;status"
    rows, tally = read(tmp_path, header, "2021;CN;X;5;ESTIMATED", "2022;CN;X;5;guessed")
    assert [row.status for row in rows] == ["ESTIMATED"]
    assert tally.refused == {"UnknownCode": 1}


def test_an_edition_is_what_the_publisher_calls_it_or_refused(
    tmp_path: Path,
) -> None:
    header = "year;counterpart_area;flow;value;classification;commodity"
    rows, tally = read(
        tmp_path, header, "2021;CN;X;5;HS2017;271019", "2022;CN;X;5;H6;271019",
        "2023;CN;X;5;the good one;271019", "2024;CN;X;5;;271019", "2020;CN;X;5;;TOTAL",
        "2019;CN;X;5;H6;", "2018;CN;X;5;HS_CHAPTER;27", "2017;CN;X;5;HS_CHAPTER;98",
    )  # fmt: skip
    assert [(row.classification, row.commodity) for row in rows] == [
        ("H5", "271019"), ("H6", "271019"), ("_Z", "_T"), ("HS_CHAPTER", "27"),
    ]  # fmt: skip
    assert [(one.code, one.line, one.column) for one in tally.examples] == [
        ("UnknownCode", 4, "classification"),
        ("FieldIsBlank", 5, "classification"),
        ("FieldIsBlank", 7, "commodity"),
        ("UnknownCode", 9, "commodity"),
    ]
    assert tally.examples[0].params["code"] == "the good one"
    for fault in tally.examples:
        assert all(explain(fault, language) for language in LANGUAGES)


def test_an_edition_stated_for_all_rows_is_known_before_the_first(tmp_path: Path) -> None:
    header = "year;counterpart_area;flow;value;commodity"
    with pytest.raises(UnknownCode):
        read(tmp_path, header, "2021;CN;X;5;271019", classification="H9")
    with pytest.raises(MappingIncomplete) as asked:
        read(tmp_path, header, "2021;CN;X;5;271019")
    assert asked.value.params == {"role": "classification"}
    rows, _ = read(tmp_path, header, "2021;CN;X;5;271019", classification="HS2022")
    assert rows[0].classification == "H6"


@pytest.mark.parametrize("layout", GENERIC, ids=lambda layout: layout.id)
def test_two_columns_of_one_role_are_refused_by_name(layout: Layout, tmp_path: Path) -> None:
    head = table(tmp_path, "year;area;partner;flow;first;second", "2021;KZ;CN;X;5;6")
    roles = ("year", "ref_area", "counterpart_area", "flow", "value", "value")
    said = {**UNIT, "measure": "VALUE", **{f"column-{n}": r for n, r in enumerate(roles, 1)}}
    with pytest.raises(RoleTwice) as refused:
        list(layout.read(head, said, Tally()))
    for language in LANGUAGES:
        words = explain(refused.value, language)
        assert "first (5)" in words and "second (6)" in words
    with pytest.raises(UnknownCode):
        list(layout.read(head, {**said, "column-6": "price"}, Tally()))


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "20261101", "1.11.2026", "2026-11"])
@pytest.mark.parametrize("layout", GENERIC, ids=lambda layout: layout.id)
def test_a_day_of_retrieval_that_is_none_is_a_named_error(
    layout: Layout, day: str, tmp_path: Path
) -> None:
    head = table(tmp_path, "year;counterpart_area;flow;value", "2021;CN;X;5")
    said = {**UNIT, "measure": "VALUE", "retrieved_on": day,
            **{f"column-{n}": role for n, role in enumerate(head.header, 1)}}  # fmt: skip
    staging = Staging(tmp_path / "staging", "trade" if layout.produces == "flows" else "figures")
    with pytest.raises(NotADay) as refused:
        read_into(staging, head, layout, said)
    assert all(day in explain(refused.value, language) for language in LANGUAGES)
    assert not staging.rows
    sheet = read_into(staging, head, layout, {**said, "retrieved_on": "2026-11-01"})
    assert sheet.staged == 1


def test_a_row_in_another_currency_is_refused(tmp_path: Path) -> None:
    header = "year;counterpart_area;flow;value;unit"
    # The role of the last column and the unit of all rows have one name; both are said.
    head = table(tmp_path, header, "2021;CN;X;5;USD", "2022;CN;X;5;EUR", "2023;CN;X;5;US$",
                 "2024;CN;X;5;groats", "2020;CN;X;5;")  # fmt: skip
    said = {**UNIT, **{f"column-{n}": role for n, role in enumerate(head.header, 1)}}
    tally = Tally()
    rows = list(GenericFlows().read(head, said, tally))
    assert [row.period for row in rows] == ["2021", "2023", "2020"]
    assert tally.refused == {"UnitsDiffer": 1, "UnknownCode": 1}


def test_figures_keep_no_code_that_the_lists_do_not_have(tmp_path: Path) -> None:
    head = table(
        tmp_path, "year;ref_area;value;measure;unit;flow;status",
        "2021;KZ;5;VALUE;USD;X;", "2021;KZ;5;WORTH;USD;X;", "2021;KZ;5;VALUE;groats;X;",
        "2021;KZ;5;VALUE;USD;up;", "2021;KZ;5;VALUE;USD;X;guessed", "2021;KZ;;VALUE;USD;;",
        "2021;KZ;5;;USD;;",
    )  # fmt: skip
    said = {f"column-{n}": role for n, role in enumerate(head.header, 1)}
    tally = Tally()
    found = GenericFigures().read(head, said, tally)
    assert [(one.flow, one.status.value, one.locator) for one in found] == [
        ("X", "OBSERVED", "L2"), ("_Z", "MISSING", "L7"),
    ]  # fmt: skip
    assert [(one.code, one.line, one.column) for one in tally.examples] == [
        ("UnknownCode", 3, "measure"), ("UnknownCode", 4, "unit"), ("CellIsNoFlow", 5, "flow"),
        ("UnknownCode", 6, "status"), ("FieldIsBlank", 8, "measure"),
    ]  # fmt: skip


@pytest.mark.parametrize("power", ["1.5", "NaN", "Infinity", "13", "x", "٣"])
def test_a_power_of_ten_is_a_whole_number(tmp_path: Path, power: str) -> None:
    with pytest.raises(MappingIncomplete):
        read(tmp_path, "year;counterpart_area;flow;value", "2021;CN;X;5", unit_mult=power)
