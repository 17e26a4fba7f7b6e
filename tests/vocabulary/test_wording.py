"""Sentences: complete in three languages, with the same blanks, filled in the reader's manner."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
import yaml

from irtysh.sources.intake.limits import IntakeLimits
from irtysh.sources.spreadsheet.limits import Limits
from irtysh.sources.texts.limits import TextLimits
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import CaseNotFound, Fault, TooLarge, UnknownCode, UnknownWording
from irtysh.vocabulary.interval import INFINITY, Interval
from irtysh.vocabulary.numbers import Shown
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import LANGUAGES, Text
from irtysh.vocabulary.wording import catalogue, explain, in_words, interval_in_words, say

CATALOGUES = sorted(path.stem for path in (DEFINITIONS / "messages").rglob("*.yaml"))
_SAME = {"month_genitive": "month"}
"""One value in two grammatical forms."""


def _texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        if value.keys() & set(LANGUAGES):
            yield path, value
        else:
            for key, item in value.items():
                yield from _texts(item, f"{path}/{key}")


def _templates(text: Any) -> list[str]:
    return [str(item) for item in text] if isinstance(text, list) else [str(text)]


def _fields(template: str) -> set[str]:
    return {
        _SAME.get(name, name)
        for _, name, _, _ in string.Formatter().parse(template)
        if name is not None
    }


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_text_stands_in_three_languages_with_the_same_blanks(name: str) -> None:
    path = next((DEFINITIONS / "messages").rglob(f"{name}.yaml"))
    found = list(_texts(yaml.safe_load(path.read_text(encoding="utf-8"))))
    assert found, name
    for place, text in found:
        assert set(text) == set(LANGUAGES), place
        lists = [_templates(text[language]) for language in LANGUAGES]
        assert len({len(items) for items in lists}) == 1, place
        for versions in zip(*lists, strict=True):
            assert all(version for version in versions), place
            blanks = [_fields(version) for version in versions]
            assert blanks[0] == blanks[1] == blanks[2], place
            assert "" not in blanks[0], place


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_key_stands_twice(name: str) -> None:
    path = next((DEFINITIONS / "messages").rglob(f"{name}.yaml"))

    def walk(node: yaml.Node) -> None:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
            for _, value in node.value:
                walk(value)

    walk(yaml.compose(path.read_text(encoding="utf-8")))


def test_a_blank_that_nobody_fills_is_an_error() -> None:
    with pytest.raises(UnknownWording) as refused:
        say("faults", "CaseNotFound", "en")
    assert refused.value.params["key"] == "CaseNotFound{folder}"


@pytest.mark.parametrize(
    ("name", "key", "language"),
    [
        ("faults", "NoSuchFault", "ru"),
        ("faults", "CaseNotFound", "de"),
        ("no-such-catalogue", "CaseNotFound", "ru"),
    ],
)
def test_a_missing_text_is_an_error_and_never_another_language(
    name: str, key: str, language: str
) -> None:
    with pytest.raises(UnknownWording):
        say(name, key, language, folder="x")


def test_more_than_the_template_asks_for_does_no_harm() -> None:
    assert say("faults", "YamlTooDeep", "en", anything=1)


def test_values_are_written_in_the_language_of_the_sentence() -> None:
    assert in_words(Decimal("1234.5"), "ru") == "1\N{NO-BREAK SPACE}234,5"
    assert in_words(Decimal("1234.5"), "en") == "1,234.5"
    assert in_words(Shown(Decimal("0.26"), signed=True), "kk") == "+0,3"
    assert in_words(Period.year(2021), "kk") == "2021 ж."
    assert in_words(Text({"ru": "да", "kk": "иә", "en": "yes"}), "kk") == "иә"
    assert in_words(codelist("flows")["X"], "en") == codelist("flows").label("X", "en")
    assert in_words([Decimal("1.5"), "a"], "ru") == "1,5, a"
    assert in_words((), "ru") == ""
    assert in_words(3, "ru") == "3"
    assert in_words(Interval.exactly(Decimal("1.5")), "ru") == "[1,5; 1,5]"


def test_a_text_without_the_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        in_words(Text({"ru": "да"}), "en")


@pytest.mark.parametrize(
    ("interval", "ru"),
    [
        (Interval.from_rounded(Decimal("402.1")), "[402,05; 402,15)"),
        (Interval(Decimal(100), INFINITY, True, True), "(100; ∞)"),
        (Interval.unbounded(), "(\N{MINUS SIGN}∞; ∞)"),
    ],
)
def test_brackets_say_whether_a_bound_belongs(interval: Interval, ru: str) -> None:
    assert interval_in_words(interval, "ru") == ru


def test_bounds_may_be_shown_with_fewer_digits() -> None:
    assert interval_in_words(Interval.from_rounded(Decimal("1.25")), "en", 1) == "[1.2; 1.3)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_and_faults_explain_themselves(language: str) -> None:
    assert "here" in explain(CaseNotFound(folder="here"), language)
    fault = Fault("FieldMissing", "case.yaml", 3, "title", {"field": "title"})
    assert "title" in explain(fault, language)


def test_an_error_prints_its_code_and_what_it_knows() -> None:
    error = CaseNotFound(folder="here")
    assert str(error) == "CaseNotFound(folder='here')"
    assert error.code == "CaseNotFound"


def test_a_catalogue_is_read_once() -> None:
    assert catalogue("faults") is catalogue("faults")


@pytest.mark.parametrize(
    ("language", "limit", "areas"),
    [
        ("ru", "столбцов – 100000", "«территории»"),
        ("kk", "бағандар саны – 100000", "«аумақтар»"),
        ("en", "columns: 100000", "“territories”"),
    ],
)
def test_limits_and_lists_are_called_in_the_readers_language(
    language: str, limit: str, areas: str
) -> None:
    large = explain(TooLarge(what="columns", found="100000", limit="1000"), language)
    assert limit in large
    unknown = explain(UnknownCode(code="QQ", codelist="areas", near="—"), language)
    assert areas in unknown
    assert "areas" not in unknown
    other = explain(UnknownCode(code="QQ", codelist="something of its own", near="—"), language)
    assert "something of its own" in other


def test_every_limit_of_a_file_has_words() -> None:
    limits = {field.name for kind in (IntakeLimits, Limits, TextLimits) for field in fields(kind)}
    asked_otherwise = {"ratio", "ratio_from", "line_bytes", "depth"}  # have errors of their own
    named = {key.removeprefix("what.") for key in catalogue("fault_words")}
    assert limits - asked_otherwise <= named
