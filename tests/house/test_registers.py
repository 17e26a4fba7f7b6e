"""Every column of a register and every code that it may hold has words in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from irtysh.sources.registers.columns import Column, Kind
from irtysh.sources.registers.tables import TABLES
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES

_OF_THE_CASE = {"themes", "sides"}
"""Lists that a case brings along."""

_RUN = {"measure_states", "report_states", "change_states", "question_states"}
"""Lists of what is run on the portal rather than kept in a register."""

_MIXED = re.compile(r"[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]")
"""A Latin letter within a Cyrillic word looks right and is never found."""
_FOREIGN_MARKS = {
    "ru": re.compile('[—"“”]|\\s-\\s'),
    "kk": re.compile('[—"“”]|\\s-\\s'),
    "en": re.compile('[—"«»]|\\s-\\s'),
}


@cache
def _words() -> dict[str, dict]:
    text = (DEFINITIONS / "registers.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _keys(register: str) -> Iterator[str]:
    """Yield "id", "column" and "rows.column" of a register."""
    yield "id"
    for column in TABLES[register].columns:
        yield column.name
        for inner in column.rows:
            yield f"{column.name}.{inner.name}"


def _shared(key: str) -> str | None:
    """Return the key under ``everywhere`` that labels a column, if one does."""
    candidates = (key, key.rpartition(".")[2])
    return next((one for one in candidates if one in _words()["everywhere"]), None)


def _lists() -> set[str]:
    def of(columns: tuple[Column, ...]) -> Iterator[str]:
        for column in columns:
            if column.kind in (Kind.CODE, Kind.CODES):
                yield column.codes
            yield from of(column.rows)

    found = {name for table in TABLES.values() for name in of(table.columns)}
    return (found - _OF_THE_CASE) | _RUN


def _texts() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the place and the three languages of every text of definitions/registers.yaml."""
    for key, label in _words()["everywhere"].items():
        yield f"everywhere.{key}", label
    for register in TABLES:
        words = _words()[register]
        for key in ("title", "one", "lead", "empty"):
            yield f"{register}: {key}", words[key]
        for key, label in words.get("columns", {}).items():
            yield f"{register}.{key}", label


def test_every_register_has_words_and_no_other_has() -> None:
    assert list(_words()) == ["everywhere", *TABLES]
    for register in TABLES:
        assert set(_words()[register]) <= {"title", "one", "lead", "empty", "columns"}


def test_every_column_has_a_label() -> None:
    lacking = [
        f"{register}.{key}"
        for register in TABLES
        for key in _keys(register)
        if key not in _words()[register].get("columns", {}) and _shared(key) is None
    ]
    assert lacking == []


def test_no_label_is_left_over() -> None:
    used = set()
    for register in TABLES:
        own = set(_words()[register].get("columns", {}))
        assert own - set(_keys(register)) == set(), register
        used |= {_shared(key) for key in _keys(register) if key not in own}
    assert set(_words()["everywhere"]) - used == set()


def test_a_register_repeats_only_what_differs() -> None:
    repeated = [
        f"{register}.{key}"
        for register in TABLES
        for key, label in _words()[register].get("columns", {}).items()
        if (shared := _shared(key)) and _words()["everywhere"][shared] == label
    ]
    assert repeated == []


def test_two_columns_of_one_record_are_told_apart() -> None:
    for register in TABLES:
        own = _words()[register].get("columns", {})
        for rows in ("", *(column.name for column in TABLES[register].of(Kind.ROWS))):
            keys = [key for key in _keys(register) if key.rpartition(".")[0] == rows]
            for language in LANGUAGES:
                labels = [
                    (own[key] if key in own else _words()["everywhere"][_shared(key)])[language]
                    for key in keys
                ]
                assert sorted(set(labels)) == sorted(labels), (register, rows, language)


def test_words_of_registers_are_whole() -> None:
    for place, text in _texts():
        assert tuple(text) == LANGUAGES, place
        for language, words in text.items():
            assert words == words.strip() != "", place
            assert not _MIXED.search(words), (place, words)
            assert not _FOREIGN_MARKS[language].search(words), (place, words)


@pytest.mark.parametrize("name", sorted(_lists()))
def test_every_code_has_a_label(name: str) -> None:
    codes = codelist(name)
    assert len(codes) > 1
    for one in codes.values():
        assert one.name.missing(LANGUAGES) == (), one.code
        assert not one.parent or one.parent in codes, one.code
        for language in LANGUAGES:
            words = one.name[language]
            assert not _MIXED.search(words), words
            # Names of countries are spelt as their own source spells them.
            assert name == "areas" or not _FOREIGN_MARKS[language].search(words), words


@pytest.mark.parametrize("name", sorted(_lists() - {"areas"}))
def test_two_codes_of_a_list_are_told_apart(name: str) -> None:
    """A division may be called as its section is where it is the only one."""
    codes = codelist(name)
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for one in codes.values():
            first = seen.setdefault(one.name[language], one.code)
            assert first in (one.code, one.parent), (language, first, one.code)


def test_every_tie_has_a_name_from_the_other_end() -> None:
    for kind in codelist("link_kinds").values():
        assert all(kind.extra[f"reverse_{language}"].strip() for language in LANGUAGES), kind.code


def test_relations_of_acts_come_in_pairs() -> None:
    relations = codelist("act_relations")
    for one in relations.values():
        assert one.extra["inverse"] != one.code
        assert relations[one.extra["inverse"]].extra["inverse"] == one.code


def test_a_legal_form_is_of_a_side_that_has_it_or_of_any() -> None:
    assert {form.extra["country"] for form in codelist("legal_forms").values()} == {"RU", "KZ", ""}


def test_only_a_measure_without_news_stands_in_grey() -> None:
    lights = {state.code: state.extra["light"] for state in codelist("measure_states").values()}
    grey = {code for code, light in lights.items() if light == "grey"}
    assert grey == {"no_report", "unknown", "unproven"}
    assert lights["late"] == "red" and lights["on_time"] == "green"


def test_activities_have_sections_and_the_two_digits_that_both_countries_share() -> None:
    activities = codelist("activities")
    sections = [one for one in activities.values() if not one.parent]
    assert "".join(one.code for one in sections) == "ABCDEFGHIJKLMNOPQRSTU"
    divisions = [one for one in activities.values() if one.parent]
    assert len(divisions) == 88
    assert [one.code for one in divisions] == sorted(one.code for one in divisions)
    assert activities["10"].parent == "C" and activities["62"].parent == "J"
