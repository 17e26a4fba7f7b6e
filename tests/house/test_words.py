"""Every error and fault has words, every word has an error; the back office speaks Kazakh."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
import pytest

from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.wording import catalogue

PACKAGE = ROOT / "irtysh"
_CODE = re.compile(r"(?:[A-Z][a-z0-9]*){2,}")
_BLANK = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
_TAG = re.compile(r"</?\w+")


@cache
def _trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def _errors() -> frozenset[str]:
    """Return the names of IrtyshError and of everything derived from it, in source."""
    found = {"IrtyshError"}
    while True:
        more = {
            node.name
            for _, tree in _trees()
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            and any(getattr(base, "id", getattr(base, "attr", "")) in found for base in node.bases)
        }
        if more <= found:
            return frozenset(found - {"IrtyshError"})
        found |= more


@cache
def _fault_codes() -> frozenset[str]:
    """Return the text constants that can be codes of faults.

    Codes also travel as arguments and in tables, so every constant of that form counts in the
    rooms that make faults.
    """
    return frozenset(
        node.value
        for path, tree in _trees()
        if path.is_relative_to(PACKAGE / "sources") or path.is_relative_to(PACKAGE / "sdmx")
        if path.name not in ("__init__.py", "xml.py")
        # Names of elements look like codes; what writes messages makes no faults.
        if not {"structure_messages", "data_messages", "artefacts"} & set(path.parts)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _CODE.fullmatch(node.value)
        and not node.value.isupper()
        and node.value != "NaN"
    )


def _blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_error_and_fault_has_words() -> None:
    assert (_errors() | _fault_codes()) - set(catalogue("faults")) == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "definitions" / "messages").glob("*.yaml")), ids=lambda path: path.stem
)
def test_no_key_stands_twice(path: Path) -> None:
    """The second of two equal keys would silently replace the first."""
    keys = re.findall(r"^([^\s#:][^:\n]*):", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))


def test_no_words_are_left_over() -> None:
    elsewhere = {
        node.value
        for _, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in (ROOT / "definitions" / "aliases").glob("*.csv"):  # a remark stands in the data
        elsewhere |= set(re.split(r"[,\n]", path.read_text(encoding="utf-8")))
    assert set(catalogue("faults")) - _errors() - elsewhere == set()


def _raised() -> Iterator[tuple[str, str, set[str]]]:
    """Yield place, code and the names given, of errors and faults written out in one call."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            keywords = {keyword.arg for keyword in node.keywords}
            if None in keywords:
                continue
            given = {keyword for keyword in keywords if keyword}
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            first = node.args[0] if node.args else None
            code = first.value if isinstance(first, ast.Constant) else None
            if name in _errors():
                yield place, name, given
            elif name == "Fault" and isinstance(code, str):
                params = _params(node)
                if params is not None:
                    yield place, code, params
            elif name == "fault" and isinstance(code, str):
                # The rows of a table name their column and its value by themselves.
                own = {"column", "value"} if path.name == "tables.py" else set()
                yield place, code, given | own


def _params(call: ast.Call) -> set[str] | None:
    """Return the keys of the dictionary given to a Fault; None where it is made elsewhere."""
    candidates = [keyword.value for keyword in call.keywords if keyword.arg == "params"]
    if len(call.args) > 4:
        candidates.append(call.args[4])
    if not candidates:
        return set()
    given = candidates[0]
    if not isinstance(given, ast.Dict):
        return None
    return {key.value for key in given.keys if isinstance(key, ast.Constant)}


def test_every_blank_is_filled_where_an_error_is_made() -> None:
    lacking = [
        f"{place}: {code} lacks {sorted(_blanks(catalogue('faults')[code]['en']) - given)}"
        for place, code, given in _raised()
        if _blanks(catalogue("faults")[code]["en"]) - given
    ]
    assert lacking == []
    assert len(list(_raised())) > 60


# The back office in Kazakh. Wagtail has no Kazakh catalogue; this one is ours.

OFFICE = PACKAGE / "backoffice_locale" / "kk" / "LC_MESSAGES" / "django.po"


@cache
def _office() -> polib.POFile:
    return polib.pofile(str(OFFICE))


def _translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_back_office_has_its_kazakh_words() -> None:
    assert len(_office()) >= 900
    assert [entry.msgid for entry in _office() if entry.fuzzy or entry.obsolete] == []
    assert [e.msgid for e in _office() if not all(t.strip() for t in _translations(e))] == []


def test_kazakh_words_keep_blanks_and_markup() -> None:
    for entry in _office():
        original = entry.msgid_plural or entry.msgid
        for translation in _translations(entry):
            if entry.msgid_plural and translation == entry.msgstr_plural[0]:
                # "One page" may leave its number out.
                assert set(_BLANK.findall(translation)) <= set(_BLANK.findall(original))
                continue
            assert sorted(_BLANK.findall(translation)) == sorted(_BLANK.findall(original)), original
            assert sorted(_TAG.findall(translation)) == sorted(_TAG.findall(original)), original
            assert re.findall(r"^\s|\s$", translation) == re.findall(r"^\s|\s$", original)


def test_kazakh_words_answer_to_what_wagtail_says() -> None:
    """A text that Wagtail no longer has would lie here unread."""
    import wagtail
    import wagtail_localize

    asked: set[tuple[str, str]] = set()
    for package in (wagtail, wagtail_localize):
        folder = Path(str(package.__file__)).parent
        for path in folder.rglob("locale/ru/LC_MESSAGES/django.po"):
            asked |= {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(path))}
    assert [e.msgid for e in _office() if (e.msgid, e.msgid_plural) not in asked] == []


def test_no_kazakh_word_is_translated_twice() -> None:
    keys = [(entry.msgid, entry.msgid_plural) for entry in _office()]
    assert len(keys) == len(set(keys))


def test_kazakh_words_are_kazakh() -> None:
    """Letters of words are Cyrillic: what stays Latin is a name or an example."""
    allowed = re.compile(
        _BLANK.pattern
        + r"|</?\w[^>]*>|Wagtail|URL|PO|CSV|XLSX|slug|http\S+|@/\S+|[a-z]+=\"[^\"]*\""
    )
    for entry in _office():
        for translation in _translations(entry):
            assert not re.search(r"[A-Za-z]{2,}", allowed.sub("", translation)), translation


@pytest.mark.parametrize(
    ("english", "kazakh"),
    [
        ("Publish", "Жариялау"),
        ("Submit for moderation", "Модерацияға жіберу"),
        ("January", "қаңтар"),
    ],
)
def test_the_back_office_speaks_them(english: str, kazakh: str) -> None:
    from django.utils.translation import gettext, override

    with override("kk"):
        assert gettext(english).casefold() == kazakh.casefold()


def test_what_has_no_kazakh_word_comes_in_russian_not_as_a_code() -> None:
    from django.utils.translation import gettext, override

    with override("kk"):
        assert gettext("Convert page to alias") not in ("", "Convert page to alias")
