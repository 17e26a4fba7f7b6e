"""The real case: the table of the model comes out of its figures, none is written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from irtysh.evaluation.strategy.outcome import Outcome
from irtysh.evaluation.strategy.run import evaluate
from irtysh.evaluation.strategy.words import said
from irtysh.indicators.catalogue import definition
from irtysh.indicators.compute import compute_one, prepare
from irtysh.sources.case import Case, read_case
from irtysh.vocabulary.places import ROOT
from irtysh.vocabulary.text import LANGUAGES
from tests.evaluation.strategy.made import inputs

INDICATORS = (
    "turnover", "exports", "imports", "table-sum", "balance-relative", "concentration-hhi",
    "structure-ryabtsev", "partner-share-bounds",
)  # fmt: skip


def evaluated(case: Case) -> Outcome:
    """Return the evaluation of a case by some of its indicators, without the claims."""
    headline = case.about["headline"]
    known = prepare(case.observations, headline=headline)
    results = [
        one.to_json()
        for name in INDICATORS
        for one in compute_one(definition(name), known, headline=headline)
    ]
    registers = {name: rows for name, rows in case.documents.items() if isinstance(rows, list)}
    given = inputs(
        day=date(2026, 11, 22), case=dict(case.about), registers=registers, results=results
    )
    return evaluate(given, case.observations)


@pytest.fixture(scope="module")
def found() -> Iterator[Outcome]:
    case, _ = read_case(ROOT / "cases" / "omsk-kazakhstan")
    with case.naming():
        yield evaluated(case)


@pytest.mark.parametrize(
    ("line", "expected", "status"),
    [
        ("turnover.RU-OMS-KZ.joined.2013", "0.26", "limited"),
        ("turnover.RU-OMS-KZ.implied.2015", "3.2", "on_track"),
        ("turnover.RU-OMS-KZ.implied.2016", "11.2", "on_track"),
        ("table-sum.RU-OMS-KZ.partial.2013", "-2.7", "moving_away"),
        ("table-sum.RU-OMS-KZ.partial.2017", "5.9", "on_track"),
    ],
)
def test_opposite_verdicts_on_one_cooperation(found, line, expected, status) -> None:
    one = found.lines[f"E2.{line}"]
    digits = -Decimal(expected).as_tuple().exponent
    assert round(Decimal(one.figures["rate"]["point"]), digits) == Decimal(expected)
    assert one.status == status


def test_the_base_year_is_a_finding_of_its_own(found) -> None:
    one = found.lines["E2.turnover.RU-OMS-KZ.bases"]
    assert one.status == "bases_disagree"
    assert Decimal(one.robust) < 1
    assert int(one.figures["bases"]["point"]) == sum(
        int(one.figures[name]["point"])
        for name in ("on_track", "moderate", "limited", "moving_away", "open")
    )


def test_printed_totals_are_a_series_of_their_own(found) -> None:
    printed = found.lines["E2.turnover.RU-OMS-KZ.printed.2016"]
    assert printed.params["end"] == {"period": ["A", "2021"]}  # 2022 is derived
    assert not any("DERIVED" in one["flags"] for one in printed.figures.values())


def test_about_cannot_be_judged(found) -> None:
    # 2019 is "about 360": from 324 to 396.
    assert found.lines["E2.turnover.RU-OMS-KZ.printed.2019"].status == "cannot_be_judged"


def test_it_lives_well_without_data(found) -> None:
    assert found.step("E0").status == "insufficient"
    assert found.step("E3").status == "insufficient"
    assert "er" not in found.step("E3").figures
    assert found.lines["E9.efficiency"].sentence == "criteria.efficiency.no_data"
    assert found.lines["E2.target.irtysh-1-mt"].status == "no_data"
    assert found.lines["E2.target.seed-wheat-17-kt"].status == "unmeasurable"
    assert found.lines["E6.year"].status == "no_target"


def test_every_line_is_said_in_three_languages(found) -> None:
    for one in (*found.steps, *found.lines.values()):
        for language in LANGUAGES:
            words = said(one, language)
            assert words["title"].strip() and words["text"].strip(), one.id
            assert "{" not in words["title"] + words["text"], one.id


def test_no_figure_without_evidence(found) -> None:
    for one in (*found.steps, *found.lines.values()):
        for name, figure in one.figures.items():
            assert figure["evidence"], (one.id, name)
