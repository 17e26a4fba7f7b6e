"""The real case: every finding of the inventory is found by rule, with its numbers."""

from __future__ import annotations

import ast
import re
import time
from typing import Any

import pytest

from irtysh.evaluation.consistency import Finding, Severity, find
from irtysh.sources.case import read_case
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import CASES, ROOT
from irtysh.vocabulary.text import LANGUAGES
from tests.evaluation import golden

Reading = tuple[list[Finding], dict[str, Observation]]

_MUST = {
    "A": (1, 2, 3, 4, 5, 6, 10, 11, 13, 23, 27),
    "U": (7, 8, 9, 21, 22),
    "T": (6, 10, 11, 12, 19, 27, 28, 29, 30, 31),
}


@pytest.fixture(scope="module")
def reading() -> Reading:
    case, _ = read_case(CASES / "omsk-kazakhstan")
    with case.naming():
        found = find(case.observations, {**case.documents, "case": case.about})
        for finding in found:
            for language in LANGUAGES:
                finding.title(language)
    return found, {observation.id: observation for observation in case.observations}


@pytest.mark.parametrize("row", golden.rows(), ids=lambda row: f"C{row['c']}")
def test_inventory_finding_is_found(row: dict[str, Any], reading: Reading) -> None:
    findings, observations = reading
    if "not_found" in row:
        assert row["not_found"]
        return
    for wanted in row["expect"]:
        found = golden.matching(wanted, findings, observations)
        assert len(found) == 1, wanted
        assert found[0].severity == wanted.get("severity", found[0].severity)
        for name, expected in wanted.get("numbers", {}).items():
            value = found[0].numbers[name]
            assert golden.agrees(expected, value), (name, expected, golden.number(value))


def test_the_oracle_covers_all_and_misses_none_that_must_be_found() -> None:
    rows = {row["c"]: row for row in golden.rows()}
    assert sorted(rows) == list(range(1, 46))
    for numbers in _MUST.values():
        assert all("expect" in rows[number] for number in numbers)


def test_what_agrees_within_rounding_is_not_mentioned(reading: Reading) -> None:
    findings, observations = reading
    printed = {"379,7": "305,6", "62,2": "37,8"}
    for finding in findings:
        if finding.severity is not Severity.CONTRADICTION:
            continue
        said = {observations[id_].printed for id_ in finding.observations}
        assert not any({one, other} <= said for one, other in printed.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_said_in_every_language(reading: Reading, language: str) -> None:
    case, _ = read_case(CASES / "omsk-kazakhstan")
    with case.naming():
        for finding in reading[0]:
            said = [finding.title(language), finding.explanation(language)]
            said += finding.arithmetic(language)
            for sentence in said:
                assert sentence.strip()
                assert "{" not in sentence and "_U" not in sentence and ".." not in sentence
                assert "None" not in sentence


def test_every_sentence_with_figures_has_evidence(reading: Reading) -> None:
    findings, observations = reading
    for finding in findings:
        assert set(finding.observations) <= set(observations)
        assert finding.observations or finding.statements or finding.rule == "documents"


def test_findings_survive_json(reading: Reading) -> None:
    for finding in reading[0]:
        again = Finding.from_json(finding.to_json())
        assert again == finding
        assert again.id == finding.id


def test_findings_are_listed_worst_first(reading: Reading) -> None:
    order = list(Severity)
    places = [order.index(finding.severity) for finding in reading[0]]
    assert places == sorted(places)
    ids = [finding.id for finding in reading[0]]
    assert len(ids) == len(set(ids))


def test_nothing_is_written_by_hand_in_the_engine() -> None:
    """No figure of the case stands in the code or in the sentences."""
    case, _ = read_case(CASES / "omsk-kazakhstan")
    telling = {o.printed.strip("-") for o in case.observations if len(o.printed.strip("-")) > 2}
    telling = {form for text in telling for form in (text, text.replace(",", "."))} - {"100"}
    for path in sorted((ROOT / "irtysh" / "evaluation").rglob("*.py")):
        assert not telling & _constants(path.read_text(encoding="utf-8")), path
    for name in ("messages", "thresholds"):
        text = (ROOT / "definitions" / name / "consistency.yaml").read_text(encoding="utf-8")
        assert not telling & set(re.findall(r"\d+[.,]?\d*", text)), name


def _constants(code: str) -> set[str]:
    """Return the constants of a module, whole and word by word, its docstrings left out."""
    tree = ast.parse(code)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    spoken = {ast.get_docstring(n, False) for n in ast.walk(tree) if isinstance(n, documented)}
    found = {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {word for text in found - spoken for word in (text, *text.split())}


def test_the_generated_page_is_up_to_date() -> None:
    from tools.render_findings import PAGE, render

    assert PAGE.read_text(encoding="utf-8") == render()


def test_the_case_is_judged_in_a_moment(reading: Reading) -> None:
    """Not a benchmark: only that no rule compares everything with everything."""
    case, _ = read_case(CASES / "omsk-kazakhstan")
    started = time.process_time()
    find(case.observations, case.documents)
    assert time.process_time() - started < 5
