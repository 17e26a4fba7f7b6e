"""The checks of `make check` find what they are there to find."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checks import catalogues, licences, messages
from irtysh.vocabulary.places import DEFINITIONS, ROOT


def _definitions(folder: Path, text: str) -> Path:
    definitions = folder / "definitions"
    (definitions / "messages").mkdir(parents=True)
    (definitions / "codelists").mkdir()
    (definitions / "messages" / "x.yaml").write_text(text, encoding="utf-8")
    return definitions


def test_our_own_texts_are_complete() -> None:
    assert list(messages.faults(DEFINITIONS)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('a: {ru: "да", en: "yes"}', "no text in kk"),
        ('a: {ru: "да", kk: "  ", en: "yes"}', "in kk is blank"),
        ('a: {ru: "да {n}", kk: "иә {n}", en: "yes"}', "the blanks differ"),
        ("a: {ru: [да, нет], kk: [иә], en: [yes, no]}", "the lists differ in length"),
        ("deep:\n  - er:\n      title: {ru: да}", "3: no text in kk, en"),
    ],
)
def test_an_incomplete_text_is_found(tmp_path: Path, text: str, fault: str) -> None:
    found = list(messages.faults(_definitions(tmp_path, text)))
    assert len(found) == 1
    assert fault in found[0]
    assert found[0].startswith("definitions/messages/x.yaml:")


def test_a_code_without_a_name_is_found(tmp_path: Path) -> None:
    definitions = _definitions(tmp_path, "a: 1")
    (definitions / "codelists" / "units.csv").write_text(
        "code,name_ru,name_kk,name_en\nT,тонна,тонна,tonne\nUSD,доллар,,dollar\n", encoding="utf-8"
    )
    assert list(messages.faults(definitions)) == [
        "definitions/codelists/units.csv:3: USD has no name_kk"
    ]


_PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def _catalogues(folder: Path, kk: str) -> None:
    for language, body in {"ru": 'msgid "%(n)s rows"\nmsgstr "строк: %(n)s"\n', "kk": kk}.items():
        target = folder / "locale" / language / "LC_MESSAGES"
        target.mkdir(parents=True)
        (target / "django.po").write_text(_PO + body, encoding="utf-8")


@pytest.mark.parametrize(
    ("kk", "fault"),
    [
        ("", "is not in the catalogue of kk"),
        ('msgid "%(n)s rows"\nmsgstr ""\n', "has no translation"),
        ('#, fuzzy\nmsgid "%(n)s rows"\nmsgstr "%(n)s жол"\n', "marked as unsure"),
        ('msgid "%(n)s rows"\nmsgstr "жолдар"\n', "differ in their blanks"),
        ('msgid "%(n)s rows"\nmsgstr "%(n)s жол"\n', ""),
    ],
)
def test_a_gap_in_a_catalogue_is_found(tmp_path: Path, kk: str, fault: str) -> None:
    package = tmp_path / "irtysh"
    package.mkdir()
    (package / "x.html").write_text(
        "{% load i18n %}{% blocktranslate %}{{ n }} rows{% endblocktranslate %}", encoding="utf-8"
    )
    _catalogues(tmp_path, kk)
    found = list(catalogues.faults(tmp_path))
    assert [fault in line for line in found] == ([True] if fault else [])


def test_texts_are_read_from_code_and_templates(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        '_("one")\nx = pgettext_lazy("menu", "two")\nngettext("three", "threes", 2)\n_(name)\n',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text(
        "{% load i18n %}{% translate 'four' %}{{ _(\"five\") }}"
        "{% translate 'six' context 'menu' %}",
        encoding="utf-8",
    )
    assert set(catalogues.texts(tmp_path)) == {"one", "two", "three", "four", "five", "six"}


def test_our_own_catalogues_are_complete() -> None:
    assert list(catalogues.faults(ROOT)) == []


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("BSD-3-Clause AND 0BSD AND MIT", True),
        ("Mozilla Public License 2.0 (MPL 2.0)", True),
        ("GNU Affero General Public License v3", False),
        ("Proprietary", False),
    ],
)
def test_a_licence_is_judged(licence: str, allowed: bool) -> None:
    rules = yaml.safe_load(licences.RULES.read_text(encoding="utf-8"))
    assert licences.is_allowed(licence, set(rules["allowed"]), rules["names"]) is allowed


def test_what_a_package_states_is_found_wherever_it_stands() -> None:
    classifier = "License :: OSI Approved :: MIT License"
    assert licences.stated({"License-Expression": "MIT", "License": "x"}, []) == "MIT"
    assert licences.stated({"License": "The long text"}, [classifier]) == "MIT License"
    assert licences.stated({"License": "MIT"}, ["License :: OSI Approved"]) == "MIT"
    assert licences.stated({"License": "Copyright\nall of it"}, []) == ""
