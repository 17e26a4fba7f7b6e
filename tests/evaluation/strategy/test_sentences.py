"""The catalogue of sentences: complete, equal in three languages, used, without a digit."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

import pytest

from irtysh.evaluation.strategy.common_indicators import COUNTS, LOOKED
from irtysh.evaluation.strategy.outcome import Outcome
from irtysh.evaluation.strategy.parameters import thresholds_as_used
from irtysh.evaluation.strategy.run import evaluate
from irtysh.sources.case import read_case
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from irtysh.vocabulary.wording import catalogue
from tests.evaluation.strategy.made import CASE, measure, outcome, report, result
from tests.evaluation.strategy.test_evaluation import NAME, full
from tests.evaluation.strategy.test_first_case import evaluated

FOLDER = ROOT / "irtysh" / "evaluation" / "strategy"
LISTS = ("evaluation_steps", "evaluation_statuses", "evaluation_changes", "dac_criteria",
         "trigger_kinds")  # fmt: skip


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def sentences() -> set[str]:
    return {key.rpartition(".")[0] for key in catalogue("evaluation") if key.endswith(".title")}


def test_every_sentence_is_in_three_languages_with_the_same_blanks() -> None:
    for key, said in catalogue("evaluation").items():
        assert tuple(said) == LANGUAGES, key
        assert len({frozenset(blanks(said[language])) for language in LANGUAGES}) == 1, key
        assert all(said[language].strip() for language in LANGUAGES), key


def test_no_digit_stands_in_a_template() -> None:
    for key, said in catalogue("evaluation").items():
        assert not any(re.search(r"\d", text) for text in said.values()), key


def test_a_title_has_its_text() -> None:
    texts = {key.rpartition(".")[0] for key in catalogue("evaluation") if key.endswith(".text")}
    assert sentences() == texts


def test_no_sentence_is_idle() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.py")))
    for key in sentences():
        head = key.split(".")[0]
        last = key.split(".")[-1]
        assert f'"{key}"' in code or (f"{head}." in code and last in code), key


@pytest.mark.parametrize("name", LISTS)
def test_lists_have_names_in_three_languages(name: str) -> None:
    for code in codelist(name).values():
        assert not code.name.missing(LANGUAGES), (name, code.code)


def test_a_status_has_a_tone() -> None:
    tones = {code.extra["tone"] for code in codelist("evaluation_statuses").values()}
    assert tones == {"good", "fair", "poor", "grey"}


def test_every_trigger_has_words() -> None:
    keys = catalogue("evaluation")
    for kind in codelist("trigger_kinds"):
        own = [key for key in keys if key.startswith(f"trigger.{kind}.")]
        assert any(".quiet." in key for key in own) and len(own) >= 4, kind


def test_every_parameter_says_what_it_is_and_where_it_comes_from() -> None:
    for name, entry in thresholds_as_used()["evaluation"].items():
        assert set(entry) == {"value", "source", "what"}, name
        assert entry["source"] in ("method", "own"), name
        assert tuple(entry["what"]) == LANGUAGES, name
        assert all(entry["what"][language].strip() for language in LANGUAGES), name


def test_every_need_is_named_in_three_languages() -> None:
    for need in thresholds_as_used()["evaluation"]["needs"]["value"]:
        assert tuple(need["what"]) == LANGUAGES, need["id"]


def test_every_count_has_a_name_and_a_place() -> None:
    assert set(COUNTS) == set(LOOKED)
    assert all(f"count.{code}" in catalogue("evaluation") for code in COUNTS)


def made() -> Iterator[Outcome]:
    """Yield the real case and small ones that have the figures which it lacks."""
    case, _ = read_case(ROOT / "cases" / "omsk-kazakhstan")
    with case.naming():
        yield evaluated(case)
    first = evaluate(full(), [])
    yield first
    yield evaluate(full(before=first.to_json()), [])
    yield outcome(results=[result(2019, "400"), result(2022, "451.6")], before=first.to_json())
    paid = {"budgets": [{"amount": 100, "currency": "RUB"}],
            "spending": [{"amount": 80, "currency": "RUB"}]}  # fmt: skip
    treated = {"likelihood": 4, "impact": 4, "residual_likelihood": 2, "residual_impact": 2}
    yield outcome(
        case={**CASE, "evaluation": {"obstacles_solved_a_year": 2}},
        registers={
            "measures": [measure("a", **paid)],
            "obstacles": [{"id": "o", "name": NAME, "status": "solved", "solved_on": "2026-02-01"}],
            "risks": [{"id": "r", "name": NAME, "status": "open", **treated}],
        },
        reports=[report("a")],
    )


def test_every_figure_has_a_name_in_three_languages_and_no_name_is_idle() -> None:
    """Names stand over columns and in lists; a reader must never meet the code of one."""
    figures = {
        name for found in made() for one in (*found.steps, *found.lines.values())
        for name in one.figures
    }  # fmt: skip
    words = {key.removeprefix("figure."): said for key, said in catalogue("evaluation").items()
             if key.startswith("figure.")}  # fmt: skip
    assert set(words) == figures
    for language in LANGUAGES:
        named = [said[language].strip() for said in words.values()]
        assert all(named) and len(set(named)) == len(named), language
