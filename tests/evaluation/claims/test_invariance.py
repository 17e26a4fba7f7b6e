"""What a verdict never depends on, and what more or wider evidence may not do to it."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.claims import Judgement, Verdict
from irtysh.evaluation.claims.verdicts import FIRM, SUPPORTING
from irtysh.vocabulary.observation import Observation
from tests.evaluation.claims.tiny import CLAIMS, SPEECH, figures, judge_tiny
from tests.evaluation.paper_claims import claim
from tests.indicators.first_case import turnover

_FEW = settings(max_examples=12, deadline=None)


def outcome(found: dict[str, Judgement]) -> dict[str, tuple[Any, ...]]:
    """Return what must not change: verdict, ground, reason, margin and conflict, by claim."""
    return {
        name: (one.verdict, one.ground, one.reason, one.margin, set(one.conflict))
        for name, one in found.items()
    }


BEFORE = outcome(judge_tiny())


@_FEW
@given(st.randoms(use_true_random=False))
def test_neither_order_of_claims_nor_bindings_nor_figures(chance: random.Random) -> None:
    claims = [{**row, "bindings": list(row["bindings"])} for row in CLAIMS]
    found = figures()
    for listed in (claims, found, *(row["bindings"] for row in claims)):
        chance.shuffle(listed)
    assert outcome(judge_tiny(claims, found)) == BEFORE


READINGS = (
    "turnover[2021]", "turnover[2020]", "turnover[2018]", "turnover[2017]", "turnover[2005]",
    "growth(turnover[2020], turnover[2021])", "argmax(turnover, 2020..2021)", "nonsense[",
)  # fmt: skip


@_FEW
@given(
    st.lists(st.sampled_from(READINGS), min_size=2, max_size=4, unique=True),
    st.sampled_from(["402,1", "380", "305", "400"]),
    st.sampled_from(["eq", "gt", "lt", "about"]),
    st.randoms(use_true_random=False),
)
def test_bindings_of_one_claim_in_any_order(
    readings: list[str], value: str, operator: str, chance: random.Random
) -> None:
    mixed = list(readings)
    chance.shuffle(mixed)
    one, other = (
        judge_tiny([claim("level", operator, value, *listed, source=SPEECH)])
        for listed in (readings, mixed)
    )
    assert one == other


def _moved(one: Observation, mult: int) -> Observation:
    if one.value is None or one.unit != "USD":
        return one
    return replace(one, value=one.value.scaleb(one.unit_mult - mult), unit_mult=mult)


@pytest.mark.parametrize("mult", [0, 3, 9])
def test_figures_in_other_units(mult: int) -> None:
    found = [_moved(one, mult) for one in figures()]
    assert outcome(judge_tiny(CLAIMS, found)) == BEFORE


@_FEW
@given(
    st.integers(0, 9),
    st.decimals("0.1", "900", places=1, allow_nan=False),
    st.sampled_from(["eq", "gt", "ge", "lt", "le", "about", "almost", "fraction"]),
    st.sampled_from([2017, 2018, 2019, 2020, 2021]),
)
def test_claims_in_other_units(mult: int, said: Decimal, operator: str, year: int) -> None:
    def judged(value: Decimal, power: int) -> Judgement:
        row = claim(
            "level", operator, f"{value:f}", f"turnover[{year}]", unit_mult=power, source=SPEECH,
            granule=f"{Decimal('0.1').scaleb(6 - power):f}",
        )  # fmt: skip
        (found,) = judge_tiny([row]).values()
        return found

    one, other = judged(said, 6), judged(said.scaleb(6 - mult), mult)
    assert (one.verdict, one.reason, one.margin) == (other.verdict, other.reason, other.margin)
    assert one.readings[0].literal == other.readings[0].literal


@pytest.mark.parametrize("language", ["ru", "kk", "en", ""])
def test_the_language_that_a_claim_is_written_in(language: str) -> None:
    words = {language: f"сөз word слово {language}"} if language else None
    claims = [
        {
            **row,
            "text": words,
            "bindings": [{**one, "reading": words} for one in row["bindings"]],
            "unbound": words,
        }
        for row in CLAIMS
    ]
    assert outcome(judge_tiny(claims)) == BEFORE


INCONSISTENT = [row for row in CLAIMS if BEFORE[row["id"]][0] is Verdict.INCONSISTENT]
more_figures = st.lists(
    st.tuples(
        st.integers(2010, 2024),
        st.decimals("0.1", "9000", places=1, allow_nan=False),
        st.sampled_from(["paper", "press", "office"]),
        st.sampled_from("TXM"),
        st.sampled_from(["KZ", "CN"]),
    ),
    max_size=4,
)


@_FEW
@given(more_figures)
def test_more_data_never_verify_what_the_document_itself_refutes(more: list[Any]) -> None:
    added = [
        turnover(f"{amount:f}".replace(".", ","), str(year), source=source, flow=flow,
                 counterpart_area=partner, locator=f"new {place}")
        for place, (year, amount, source, flow, partner) in enumerate(more)
    ]  # fmt: skip
    (found,) = judge_tiny(INCONSISTENT, [*figures(), *added]).values()
    assert found.verdict not in SUPPORTING


@_FEW
@given(st.decimals("0.1", "2000", places=1, allow_nan=False), st.sampled_from(["office", "press"]))
def test_more_data_never_repair_a_sum_that_does_not_add_up(amount: Decimal, source: str) -> None:
    printed = [
        turnover("100,0", locator="L.1"),
        turnover("70,0", locator="L.2", flow="X"),
        turnover("50,0", locator="L.3", flow="M"),
    ]
    rows = [
        {**claim("level", "eq", value, f"{name}[2021]", locator=place), "id": name}
        for name, value, place in (("turnover", "100,0", "L.1"), ("exports", "70,0", "L.2"),
                                   ("imports", "50,0", "L.3"))
    ]  # fmt: skip
    new = turnover(f"{amount:f}".replace(".", ","), source=source, locator="new")
    for found in (printed, [*printed, new]):
        judged = judge_tiny(rows, found)
        assert {one.verdict for one in judged.values()} == {Verdict.INCONSISTENT}
        assert all(set(one.conflict) == {each.id for each in printed} for one in judged.values())


@_FEW
@given(
    st.decimals("1", "900", places=1, allow_nan=False),
    st.decimals("1", "900", places=1, allow_nan=False),
    st.sampled_from(["eq", "gt", "ge", "lt", "le", "about", "almost", "fraction"]),
    st.decimals("1", "900", places=1, allow_nan=False),
)
def test_a_rival_never_makes_a_verdict_firmer(
    printed: Decimal, rival: Decimal, operator: str, said: Decimal
) -> None:
    row = claim("level", operator, f"{said:f}", "turnover[2021]", source=SPEECH)
    one = turnover(f"{printed:f}".replace(".", ","), locator="a")
    other = turnover(f"{rival:f}".replace(".", ","), locator="b", source="press")
    (before,) = judge_tiny([row], [one]).values()
    (after,) = judge_tiny([row], [one, other]).values()
    if before.verdict not in FIRM:
        assert after.verdict not in FIRM
    if before.verdict is Verdict.UNDER_INFORMATIVE:
        assert after.verdict is not Verdict.VERIFIED
    if after.verdict is Verdict.CONTRADICTED:
        assert before.verdict is Verdict.CONTRADICTED
