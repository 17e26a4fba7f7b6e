"""One contradiction planted in a document that is otherwise true: its minimal set, and no more."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irtysh.evaluation.documents import Assertion, Conflict, assertions_of, conflicts_of
from irtysh.vocabulary.observation import Observation
from tests.evaluation.paper_claims import world
from tests.evaluation.tables import goods, growth, level, share

_FEW = settings(max_examples=10, deadline=None)
amounts = st.decimals("10", "90", places=3, allow_nan=False)
Document = dict[str, Observation]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a true document: flows of 2018, groups of 2019, a share of 2021, growth to 2024."""
    exports, imports = draw(amounts), draw(amounts)
    groups = [draw(amounts) for _ in range(3)]
    rest, after, part, remainder = draw(amounts), draw(amounts), draw(amounts), draw(amounts)
    before = sum(groups, rest)
    rows = {
        "X18": level("X", 2018, exports),
        "M18": level("M", 2018, imports),
        "T18": level("T", 2018, exports + imports),
        "T19": level("T", 2019, before),
        "T23": level("T", 2023, before),
        "T24": level("T", 2024, before + after),
        "G24": growth(2024, 2023, 100 * after / before),
        "X21": level("X", 2021, part),
        "T21": level("T", 2021, part + remainder),
        "S21": share("X", 2021, 100 * part / (part + remainder)),
        "T22": level("T", 2022, rest),
    }
    for code, amount in zip(("I", "II", "IV"), groups, strict=True):
        rows[code] = goods(code, 2019, amount)
    return rows


def printed(one: Observation, factor: str, add: str = "0") -> Observation:
    """Return a figure printed wrongly, with as many decimals as before."""
    assert one.value is not None
    wrong = (one.value * Decimal(factor) + Decimal(add)).quantize(one.value)
    return replace(one, value=wrong, printed=str(wrong).replace(".", ","))


def spoilt(document: Document, name: str) -> tuple[Document, set[str], tuple[str, ...]]:
    """Return the document with one fault, the names that make its minimal set, the identities."""
    rows = dict(document)
    match name:
        case "flows":
            rows["T18"] = printed(rows["T18"], "1.5")
            return rows, {"X18", "M18", "T18"}, ("flows",)
        case "group above its total":
            rows["II"] = printed(rows["T19"], "1", "7")
            rows["II"] = replace(rows["II"], **_place(document["II"]))
            return rows, {"II", "T19"}, ("groups",)
        case "growth":
            rows["G24"] = printed(rows["G24"], "1", "30")
            return rows, {"G24", "T23", "T24"}, ()
        case "share":
            rows["S21"] = printed(rows["S21"], "0.5")
            return rows, {"S21", "X21", "T21"}, ()
        case "rival":
            rows["T22b"] = replace(printed(rows["T22"], "1.2"), locator="another page")
            return rows, {"T22", "T22b"}, ()
    raise ValueError(name)


def _place(one: Observation) -> dict[str, object]:
    names = ("dataflow", "classification", "commodity", "locator", "flow", "period")
    return {name: getattr(one, name) for name in names}


FAULTS = ("flows", "group above its total", "growth", "share", "rival")


def found(rows: Sequence[Observation], claims: Sequence[Assertion] = ()) -> list[Conflict]:
    return conflicts_of(world(list(rows)), "paper", claims)


def record(year: int, name: str = "record") -> list[Assertion]:
    return assertions_of(name, "L.99", "argmax", "", ["turnover"], str(year))


def best(document: Document) -> int:
    """Return the year of the greatest total printed."""
    return max(totals(document), key=lambda year: document[f"T{year - 2000}"].value or Decimal(0))


def totals(document: Document) -> list[int]:
    """Return the years of which the document prints a total."""
    return [2000 + int(name[1:]) for name in document if name[0] == "T" and name[1:].isdigit()]


@_FEW
@given(documents())
def test_the_truth_does_not_conflict(document: Document) -> None:
    assert found(list(document.values()), record(best(document))) == []


@pytest.mark.parametrize("fault", FAULTS)
@_FEW
@given(documents())
def test_one_fault_gives_its_minimal_set(fault: str, document: Document) -> None:
    rows, names, identities = spoilt(document, fault)
    (conflict,) = found(list(rows.values()))
    assert set(conflict.evidence) == {rows[name].id for name in names}
    assert conflict.identities == identities
    assert conflict.statements == ()


@settings(max_examples=6, deadline=None)
@given(documents(), st.sampled_from(FAULTS))
def test_without_any_member_the_rest_can_be_true(document: Document, fault: str) -> None:
    rows, names, _ = spoilt(document, fault)
    alone = [rows[name] for name in sorted(names)]
    assert len(found(alone)) == 1
    for left_out in sorted(names):
        assert found([one for name, one in rows.items() if name != left_out]) == []


@_FEW
@given(documents(), st.sampled_from(FAULTS), st.randoms(use_true_random=False))
def test_neither_order_nor_units_matter(
    document: Document, fault: str, chance: random.Random
) -> None:
    rows, _, _ = spoilt(document, fault)
    before = found(list(rows.values()))
    moved = []
    for one in rows.values():
        mult = chance.choice((0, 3, 6, 9))
        if one.unit == "USD" and one.value is not None:
            moved.append(replace(one, value=one.value.scaleb(6 - mult), unit_mult=mult))
        else:
            moved.append(one)
    chance.shuffle(moved)
    after = found(moved)
    assert [(one.names, one.identities) for one in after] == [
        (one.names, one.identities) for one in before
    ]


@_FEW
@given(documents(), st.lists(st.sampled_from(FAULTS), min_size=2, max_size=4, unique=True))
def test_faults_apart_are_found_apart(document: Document, faults: list[str]) -> None:
    rows, wanted = document, set()
    for fault in faults:
        rows, names, _ = spoilt(rows, fault)
        wanted.add(frozenset(rows[name].id for name in names))
    assert {frozenset(one.evidence) for one in found(list(rows.values()))} == wanted


@_FEW
@given(documents())
def test_a_false_record_falls_with_two_figures(document: Document) -> None:
    """The statement, its own year and one greater year; without any of them nothing is wrong."""
    top = best(document)
    claimed = next(year for year in (2021, 2018, 2022) if year != top)
    lower, higher = document[f"T{claimed - 2000}"], document[f"T{top - 2000}"]
    if (lower.value or 0) + Decimal("0.2") >= (higher.value or 0):
        return
    rows = list(document.values())
    (conflict,) = found(rows, record(claimed))
    assert conflict.statements == ("claims/record",)
    figures = set(conflict.evidence)
    assert lower.id in figures
    assert len(figures) == 2
    alone = [one for one in rows if one.id in figures]
    assert len(found(alone, record(claimed))) == 1
    assert found(alone) == []
    for left_out in alone:
        assert found([one for one in alone if one is not left_out], record(claimed)) == []


@_FEW
@given(documents(), st.sampled_from(FAULTS))
def test_a_true_statement_is_not_drawn_into_a_fault_of_figures(
    document: Document, fault: str
) -> None:
    rows, names, _ = spoilt(document, fault)
    sound = [year for year in totals(document) if f"T{year - 2000}" not in names]
    lowest = min(sound, key=lambda year: document[f"T{year - 2000}"].value or Decimal(0))
    claim = assertions_of("above", "L.98", "gt", "", [f"turnover[{lowest}] >= turnover[{lowest}]"],
                          "")  # fmt: skip
    conflicts = found(list(rows.values()), claim)
    assert [one.statements for one in conflicts] == [()]


def test_rounding_alone_is_no_contradiction() -> None:
    """3 × 10,04 prints 10,0 thrice and 30,1 in all; 30,3 is too much, 30,1 is not."""
    parts = [level("X", 2018, Decimal("10.04")), level("M", 2018, Decimal("20.04"))]
    assert found([*parts, level("T", 2018, Decimal("30.1"))]) == []
    assert len(found([*parts, level("T", 2018, Decimal("30.3"))])) == 1


def test_a_plan_is_no_figure_of_the_document() -> None:
    from irtysh.vocabulary.observation import Status

    rows = [
        level("T", 2018, Decimal(100)),
        level("T", 2018, Decimal(200), locator="plan", status=Status.TARGET),
    ]
    assert found(rows) == []
