"""Mistakes in a mapping name the field; the mappings of the project are right."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from irtysh.sources.spreadsheet import make_mapping, mapping, read_mapping
from irtysh.sources.spreadsheet.words import split_marks, tidy, words_of
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import BadMapping
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES
from tests.sources.spreadsheet.small import DESCRIPTION


@pytest.mark.parametrize(
    "path", sorted((DEFINITIONS / "sources").glob("*.yaml")), ids=lambda p: p.stem
)
def test_every_mapping_of_the_project_reads(path: Path) -> None:
    read = mapping(path.stem)
    assert read.id == path.stem
    for rule in read.notes:
        assert not rule.text.missing(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_name_only_known_kinds_of_gap(language: str) -> None:
    words = words_of(language)
    assert set(words.missing.values()) <= set(codelist("missing_reasons"))
    assert words.year_of("2021") == 2021


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("id",), None, "id"),
        (("decimals",), -1, "decimals"),
        (("words",), "xx", "language"),
        (("title",), {"ru": "a", "kk": "b"}, "title.en"),
        (("sheets",), [], "sheets"),
        (("sheets",), [{"name": "("}], "sheets[1].name"),
        (("sheets",), [{"name": ".", "set": {"flow": "EXPORT"}}], "sheets[1].set.flow"),
        (("constants", "unit"), "DOLLAR", "constants.unit"),
        (("constants", "unit_mult"), "six", "constants.unit_mult"),
        (("constants", "base_period"), "last year", "constants.base_period"),
        (("constants", "colour"), "red", "constants.colour"),
        (("headings",), [], "headings"),
        (("headings", 0, "gives"), "weather", "headings[1].gives"),
        (("headings", 0, "row"), "three", "headings[1].row"),
        (("headings", 0, "fill"), "left", "headings[1].fill"),
        (("labels", 0, "column"), "Region", "names_row"),
        (("labels", 0, "aliases"), {"a": 1}, "labels[1].aliases"),
        (("rows", "first"), None, "rows.first"),
        (("rows", "special", 1, "leave_out"), "yes", "rows.special[2].leave_out"),
        (("notes", "known", 1, "binds", "since"), "2010", "notes.known[2].binds.since"),
        (
            ("notes", "known", 1, "binds", "except_areas"),
            ["XX-1"],
            "notes.known[2].binds.except_areas",
        ),
        (("expects", 0, "cell"), "2A", "expects[1].cell"),
        (("extra",), 1, "extra"),
    ],
)
def test_a_mistake_names_its_field(path: tuple[Any, ...], value: Any, field: str) -> None:
    loaded = copy.deepcopy(DESCRIPTION)
    place: Any = loaded
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(BadMapping) as caught:
        make_mapping(loaded, "small.yaml")
    assert caught.value.params["field"] == field


@pytest.mark.parametrize("loaded", [None, [], "text", {}, {"rows": 1}])
def test_what_is_no_mapping_at_all(loaded: Any) -> None:
    with pytest.raises(BadMapping):
        make_mapping(loaded, "x.yaml")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [", encoding="utf-8")
    for path in (broken, tmp_path / "missing.yaml"):
        with pytest.raises(BadMapping):
            read_mapping(path)
    with pytest.raises(BadMapping):
        mapping("../words/ru")


@pytest.mark.parametrize(
    ("text", "base", "marks"),
    [
        ("2015 год2", "2015 год", ("2",)),
        ("2012 год 2", "2012 год", ("2",)),
        ("Российская Федерация 3", "Российская Федерация", ("3",)),
        (" Иностранные инвестиции 1,2", "Иностранные инвестиции", ("1", "2")),
        ("2022 года4)", "2022 года", ("4",)),
        ("Экспорт¹²", "Экспорт", ("12",)),
        ("Импорт*", "Импорт", ("*",)),
        ("2009", "2009", ()),
        ("на 01.01.2015", "на 01.01.2015", ()),
    ],
)
def test_marks_are_split_off(text: str, base: str, marks: tuple[str, ...]) -> None:
    assert split_marks(text) == (base, marks)


def test_tidy_mends_spaces_and_dashes() -> None:
    assert tidy("январь-                  декабрь") == "январь-декабрь"
    assert tidy("Северная  Осетия – Алания") == "Северная Осетия-Алания"


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("I квартал", (1, 3)),
        ("Iквартал", (1, 3)),
        ("I      полугодие", (1, 6)),
        ("январь-сентябрь", (1, 9)),
        ("январь –   декабрь", (1, 12)),
        ("9 месяцев", (1, 9)),
        ("II квартал", None),
    ],
)
def test_cumulative_spans(text: str, months: tuple[int, int] | None) -> None:
    assert words_of("ru").span_of(text) == months
