"""The code lists of definitions/codelists: complete in three languages, sorted, joined."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from irtysh.vocabulary.codelists import Codelist, read_codelist
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Status
from irtysh.vocabulary.period import PeriodKind
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES

FILES = sorted((DEFINITIONS / "codelists").glob("*.csv"))
PARENTS_ELSEWHERE = {"hs_chapters": "hs_sections"}
"""Lists whose parents are codes of another list."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _list(name: str) -> Codelist:
    return read_codelist(DEFINITIONS / "codelists" / f"{name}.csv")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_has_three_names_and_a_code_of_its_own(path: Path) -> None:
    rows = _rows(path)
    assert rows
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    for row in rows:
        assert None not in row, f"{path.name}: too many fields at {row['code']}"
        for column, value in row.items():
            assert value is not None, f"{path.name}: too few fields at {row['code']}"
            assert value == value.strip(), (row["code"], column)
        for language in LANGUAGES:
            for column in (f"name_{language}", f"full_{language}", f"symbol_{language}"):
                if column in row:
                    assert row[column].strip(), (row["code"], column)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_parents_exist_and_nothing_is_its_own_ancestor(path: Path) -> None:
    own = read_codelist(path)
    above = _list(PARENTS_ELSEWHERE[path.stem]) if path.stem in PARENTS_ELSEWHERE else own
    for code in own.values():
        assert not code.parent or code.parent in above, code.code
        seen = {code.code}
        while above is own and code.parent:
            code = own[code.parent]
            assert code.code not in seen, seen
            seen.add(code.code)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_validity_dates_parse_and_run_forward(path: Path) -> None:
    for code in read_codelist(path).values():
        if code.valid_from and code.valid_to:
            assert code.valid_from <= code.valid_to


def test_areas_are_sorted_and_complete() -> None:
    areas = _list("areas")
    assert list(areas) == sorted(areas)
    countries = [code for code in areas.values() if code.extra["kind"] == "country"]
    assert len(countries) == 249
    assert len({code.extra["iso3"] for code in countries}) == 249
    assert len({code.extra["numeric"] for code in countries}) == 249
    for code in areas.values():
        for within in filter(None, code.extra["within"].split(";")):
            assert within in areas
        for successor in filter(None, code.extra["successors"].split(";")):
            assert successor in areas
        if code.extra["territory_since"]:
            date.fromisoformat(code.extra["territory_since"])


def test_kazakhstan_has_its_regions_of_each_day() -> None:
    areas = _list("areas")

    def regions(day: date) -> set[str]:
        return {
            code.code
            for code in areas.values()
            if code.parent == "KZ" and code.code != "KZ-BAY" and code.valid_on(day)
        }

    assert len(regions(date(2017, 1, 1))) == 16
    assert len(regions(date(2019, 1, 1))) == 17
    assert len(regions(date(2023, 1, 1))) == 20
    assert "KZ-YUZ" in regions(date(2018, 6, 18))
    assert {"KZ-61", "KZ-79"} <= regions(date(2018, 6, 19))
    assert {"KZ-10", "KZ-33", "KZ-62"} <= regions(date(2022, 6, 8))
    assert not {"KZ-10", "KZ-33", "KZ-62"} & regions(date(2022, 6, 7))


def test_sections_cover_all_chapters_once() -> None:
    sections, chapters = _list("hs_sections"), _list("hs_chapters")
    assert [code for code in chapters if code != "_T"] == [
        f"{number:02d}" for number in range(1, 98) if number != 77
    ]
    spans = [code for code in sections.values() if code.code != "_T"]
    assert len(spans) == 21
    following = 1
    for section in spans:
        assert int(section.extra["first_chapter"]) == following
        following = int(section.extra["last_chapter"]) + 1
        for code in chapters.values():
            if code.parent == section.code:
                assert section.extra["first_chapter"] <= code.code <= section.extra["last_chapter"]
    assert following == 98


@pytest.mark.parametrize(
    ("name", "words"),
    [("period_kinds", PeriodKind), ("statuses", Status), ("qualifiers", Qualifier)],
)
def test_lists_hold_exactly_the_frozen_words(name: str, words: type) -> None:
    assert set(_list(name)) == {word.value for word in words}  # type: ignore[attr-defined]
