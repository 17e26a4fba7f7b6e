"""The first case: every quantitative statement is a claim, and the verdicts are those expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
import yaml

from irtysh.evaluation.claims import Claim, Verdict
from irtysh.evaluation.claims.own import overlap
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import CASES
from tests.evaluation.judged import Judged, agrees, judged, reading, rows

PAPER = "pogrebtsova-2024"
_EXPECTED = [
    (claim, verdict, row.get("differs", {}).get(claim, ""))
    for row in rows()
    for claim, verdict in row["claims"].items()
]
_READINGS = [
    (claim, words, wanted)
    for row in rows()
    for claim, found in row.get("readings", {}).items()
    for words, wanted in found.items()
]


@pytest.fixture(scope="module")
def case() -> Judged:
    return judged("omsk-kazakhstan")


@pytest.mark.parametrize(("claim", "verdict", "reason"), _EXPECTED)
def test_the_verdict_is_the_expected_one_or_the_difference_is_explained(
    claim: str, verdict: str, reason: str, case: Judged
) -> None:
    found = case.judgements[claim].verdict
    assert (found == verdict) is not bool(reason), (found, verdict, reason)


@pytest.mark.parametrize(("claim", "words", "wanted"), _READINGS)
def test_a_reading_comes_to_what_the_methods_say(
    claim: str, words: str, wanted: dict[str, Any], case: Judged
) -> None:
    found = reading(case.judgements[claim], words)
    assert found.verdict == wanted.get("verdict", found.verdict)
    bounds = found.evidence.interval
    assert bounds is not None
    numbers = {"point": found.evidence.point, "low": bounds.low, "high": bounds.high}
    for name in numbers.keys() & wanted.keys():
        assert agrees(wanted[name], numbers[name]), (name, numbers[name])


def test_the_smallest_conflict_holds_the_record_and_what_refutes_it(case: Judged) -> None:
    for row in rows():
        for claim, wanted in row.get("conflict", {}).items():
            conflict = [_described(name, case) for name in case.judgements[claim].conflict]
            assert len(conflict) == len(wanted), conflict
            for words in wanted:
                assert any(words in one for one in conflict), (words, conflict)


def _described(name: str, case: Judged) -> str:
    """Return a member of a conflict with the printed number and period of its figure."""
    one = case.observations.get(name)
    return f"{name} {one.printed} {one.period.code}" if one else name


def _unclaimed(observations: Iterable[Observation], claims: Iterable[Claim]) -> list[str]:
    """Return the printed figures of the paper that no claim speaks of, cells of its table aside."""
    listed = [one for one in claims if one.source == PAPER]
    return [
        f"{one.printed} ({one.locator})"
        for one in observations
        if one.source == PAPER and one.printed and not _is_cell(one) and not _told(one, listed)
    ]


def _is_cell(one: Observation) -> bool:
    place = (one.dataflow, one.classification, one.measure)
    return place == ("TRADE_GOODS", "HS_SECTION", "VALUE")


def _told(one: Observation, claims: Iterable[Claim]) -> bool:
    return any(
        claim.value == one.value
        and claim.unit == one.unit
        and claim.unit_mult == one.unit_mult
        and overlap(claim.locator, one.locator)
        for claim in claims
    )


def test_every_printed_figure_of_the_paper_is_a_claim_or_a_cell_of_its_table(
    case: Judged,
) -> None:
    assert _unclaimed(case.observations.values(), case.claims.values()) == []


@pytest.mark.parametrize("left_out", ["turnover-2021-402", "vehicles-fell-90", "oilseed-plan-3kt"])
def test_a_claim_left_out_is_noticed(left_out: str, case: Judged) -> None:
    kept = [claim for claim in case.claims.values() if claim.id != left_out]
    assert len(_unclaimed(case.observations.values(), kept)) == 1


def test_every_figure_that_a_press_source_prints_is_a_claim(case: Judged) -> None:
    """Sources of datasets (a table of one source and dataflow) are no sentences."""
    prose = {claim.source for claim in case.claims.values()} - {PAPER}
    claims = list(case.claims.values())
    for one in case.observations.values():
        if one.source in prose and one.printed:
            assert _told(one, [c for c in claims if c.source == one.source]), one.id


def test_every_judgement_is_said_in_every_language(case: Judged) -> None:
    for judgement in case.judgements.values():
        for language in ("ru", "kk", "en"):
            words = judgement.said[language]
            for sentence in (words["title"], words["text"], *words["arithmetic"]):
                assert sentence.strip()
                assert "{" not in sentence
                assert "None" not in sentence


def test_texts_are_paraphrases_in_three_languages(case: Judged) -> None:
    """A claim, a reading and what is lacking are said in each language, each in its own words."""
    for row in case.case.documents["claims"]:
        texts = [row["text"], *(one["reading"] for one in row.get("bindings") or ())]
        texts += [row["unbound"]] if row.get("unbound") else []
        assert bool(row.get("bindings")) is not bool(row.get("unbound")), row["id"]
        for text in texts:
            assert set(text) == {"ru", "kk", "en"}
            assert len({words for words in text.values() if re.search("[^0-9 ]", words)}) == 3
            assert not re.search("[А-Яа-я]", text["en"])


def test_the_sandbox_has_a_claim_for_every_verdict() -> None:
    found = {one.verdict for one in judged("sandbox").judgements.values()}
    assert found == set(Verdict)


def test_the_sandbox_says_that_it_is_invented() -> None:
    for name in ("claims", "risks"):
        with (CASES / "sandbox" / f"{name}.yaml").open(encoding="utf-8") as stream:
            for row in yaml.safe_load(stream):
                said = row.get("summary") or row["text"]
                assert "вымышлен" in said["ru"].lower()
                assert "ойдан шығарылған" in said["kk"].lower()
                assert "invented" in said["en"].lower()


def test_the_generated_page_is_up_to_date() -> None:
    from tools.render_claims import PAGE, render

    assert PAGE.read_text(encoding="utf-8") == render()
