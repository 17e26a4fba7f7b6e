"""The measurement of docs/methodology/extraction.md does not fall below what is printed there."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from benchmarks import extraction as measuring
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import NotAPeriod
from irtysh.vocabulary.period import Period, PeriodKind

LISTS = [*sorted(measuring.TEXTS.glob("*.csv")), *sorted(measuring.LISTS.glob("*.csv"))]


@pytest.mark.parametrize("path", LISTS, ids=[path.stem for path in LISTS])
def test_a_list_has_facts_and_known_codes_only(path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            assert row["kind"] in codelist("claim_kinds")
            assert row["hedge"] in codelist("claim_hedges")
            assert not row["unit"] or row["unit"] in codelist("units")
            assert all(len(cell) < 40 for cell in row.values())
            assert _is_period(row["period"]), row
            assert _is_period(row["base_period"]), row


def _is_period(code: str) -> bool:
    if not code:
        return True
    for kind in PeriodKind:
        try:
            Period.parse(kind.value, code)
        except NotAPeriod:
            continue
        return True
    return False


def _results() -> Iterator[tuple[str, str, measuring.Score]]:
    for name, parts in measuring.documents(measuring.PAPER):
        for part, (score, *_) in parts.items():
            yield name, part, score


def test_precision_and_recall_hold() -> None:
    """The paper is measured only where its text is at hand; the lists themselves are complete."""
    for name, part, score in _results():
        least = 0.8 if part == "no number" else 0.95
        assert score.precision >= least, (name, part, score)
        assert score.recall >= least, (name, part, score)
        if part != "no number":
            assert score.same["unit"] / score.right >= 0.95, (name, score)
            assert score.same["kind"] / score.right >= 0.9, (name, score)
            assert score.same["period"] / score.right >= 0.8, (name, score)
            assert score.same["hedge"] / score.right >= 0.95, (name, score)


@pytest.mark.parametrize("language", ["ru", "kk", "en"])
def test_the_paraphrases_of_the_case_are_found(language: str) -> None:
    score = measuring.paraphrases(language)
    assert score.recall >= 0.85
    assert score.precision >= 0.9
    assert score.same["unit"] / score.right >= 0.95
    assert score.same["kind"] / score.right >= 0.9
