"""The catalogue of sentences: complete, equal in three languages, and used."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator

import pytest

from irtysh.evaluation.consistency import RULES, Severity
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue

FOLDER = ROOT / "irtysh" / "evaluation" / "consistency"
_SAYS_A_KIND = {"Finding": 1, "_plain": 1, "_rate": 2, "_falls": 2}


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def trees() -> Iterator[ast.Module]:
    for path in sorted(FOLDER.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def constants(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def kinds() -> set[str]:
    """Return every kind of finding that the code can make."""
    found: set[str] = set()
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = _SAYS_A_KIND.get(node.func.id)
                if place is not None and len(node.args) > place:
                    found |= set(constants(node.args[place]))
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "kind":
                found |= set(constants(node.value))
    return {kind for kind in found if "." not in kind}


def test_every_sentence_is_in_three_languages_with_the_same_blanks() -> None:
    for key, said in catalogue("consistency").items():
        assert tuple(said) == LANGUAGES, key
        assert len({frozenset(blanks(said[language])) for language in LANGUAGES}) == 1, key
        assert all(said[language].strip() for language in LANGUAGES), key


def test_every_kind_has_title_and_text_and_none_is_idle() -> None:
    titles = {key.removesuffix(".title") for key in catalogue("consistency") if ".title" in key}
    texts = {key.removesuffix(".text") for key in catalogue("consistency") if ".text" in key}
    assert titles == texts == kinds()


@pytest.mark.parametrize("prefix", ["line.", "word.", "part."])
def test_every_line_in_the_code_is_in_the_catalogue_and_none_is_idle(prefix: str) -> None:
    used = {text for tree in trees() for text in constants(tree) if text.startswith(prefix)}
    built = {"line.growth_of_", "line.shares_of_"}
    listed = {key for key in catalogue("consistency") if key.startswith(prefix)}
    for start in built & used:
        used |= {key for key in listed if key.startswith(start)}
    assert used - built == listed


def test_every_rule_and_severity_has_a_name() -> None:
    said = catalogue("consistency")
    assert {key for key in said if key.startswith("rule.")} == {f"rule.{rule}" for rule in RULES}
    for severity in Severity:
        assert f"severity.{severity.value}" in said
        assert f"severity.{severity.value}.meaning" in said


def test_no_number_is_written_into_a_sentence() -> None:
    for key, said in catalogue("consistency").items():
        if key.startswith(("line.structure_moved",)):
            continue  # names the ends of the index's scale
        for language in LANGUAGES:
            bare = said[language]
            for blank in blanks(bare):
                bare = bare.replace(f"{{{blank}}}", "")
            bare = bare.replace("− 1 =", "")
            assert not any(sign.isdigit() for sign in bare), (key, bare)
