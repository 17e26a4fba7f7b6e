"""Values carried between editions: nothing lost, nothing made up, every split flagged."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.concordance import Carried, Pair, convert, pairs_of, relations
from irtysh.vocabulary.classifications import classification, correspondence
from irtysh.vocabulary.revisions import steps

CODES = [f"{number:02d}" for number in range(8)]
AMOUNTS = st.decimals(-(10**9), 10**9, allow_nan=False, places=4)
WAYS = st.dictionaries(
    st.sampled_from(CODES),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True).map(tuple),
)
VALUES = st.dictionaries(st.sampled_from(CODES), st.one_of(st.none(), AMOUNTS))
WEIGHTS = st.none() | st.dictionaries(
    st.sampled_from(CODES), st.none() | st.decimals(0, 10**6, places=2)
)


def known(values: dict[str, Decimal | None]) -> Decimal:
    return sum((value for value in values.values() if value is not None), Decimal(0))


@given(VALUES, st.lists(WAYS, min_size=1, max_size=3), WEIGHTS)
def test_carried_and_residual_make_the_whole(values, ways, weights) -> None:  # type: ignore[no-untyped-def]
    carried = convert(values, pairs_of(ways), weights)
    assert carried.total == known(values)
    assert set(carried.residual) <= set(values)
    assert carried.missing == {code for code, value in values.items() if value is None}


@given(VALUES, st.lists(WAYS, min_size=1, max_size=3))
def test_parts_of_a_source_add_up_to_one(values, ways) -> None:  # type: ignore[no-untyped-def]
    parts: dict[str, Fraction] = {}
    for pair in pairs_of(ways):
        assert pair.part > 0
        parts[pair.source] = parts.get(pair.source, Fraction(0)) + pair.part
    assert all(part == 1 for part in parts.values())


@given(VALUES, WAYS, WEIGHTS, st.integers(1, 1000))
def test_another_unit_changes_nothing_but_the_unit(values, ways, weights, factor) -> None:  # type: ignore[no-untyped-def]
    pairs = pairs_of([ways])
    one = convert(values, pairs, weights)
    times = {code: None if value is None else value * factor for code, value in values.items()}
    other = convert(times, pairs, weights)
    assert set(other.values) == set(one.values)
    assert other.estimated == one.estimated
    for code, value in one.values.items():
        # shares are cut to six digits below the last one given
        assert abs(other.values[code] - value * factor) <= Decimal(factor * 8) / 10**9


@given(st.dictionaries(st.sampled_from(CODES), AMOUNTS))
def test_one_to_one_is_exact_and_no_estimate(values: dict[str, Decimal]) -> None:
    ways = {code: (f"x{code}",) for code in CODES}
    carried = convert(values, pairs_of([ways]))
    assert carried.values == {f"x{code}": value for code, value in sorted(values.items())}
    assert carried.estimated == frozenset()


def pairs(**ways: str) -> list[Pair]:
    return pairs_of([{source: tuple(targets.split()) for source, targets in ways.items()}])


def test_many_into_one_is_a_sum_and_no_estimate() -> None:
    carried = convert({"a": Decimal(3), "b": Decimal(4)}, pairs(a="x", b="x"))
    assert carried == Carried({"x": Decimal(7)})


def test_one_into_many_equally_by_weights_and_with_an_unknown_weight() -> None:
    three = pairs(a="x y z")
    equal = convert({"a": Decimal(100)}, three)
    assert sum(equal.values.values()) == 100
    assert sorted(equal.values.values())[0] == Decimal("33.333333")
    assert (equal.estimated, equal.equally) == (frozenset("xyz"), frozenset("a"))
    traded = convert({"a": Decimal(100)}, three, {"x": Decimal(3), "y": Decimal(1)})
    assert traded.values == {"x": Decimal(75), "y": Decimal(25)}
    assert (traded.estimated, traded.equally) == (frozenset("xy"), frozenset())
    unknown = convert({"a": Decimal(100)}, three, {"x": Decimal(3), "y": None})
    assert unknown.values == equal.values
    assert unknown.equally == frozenset("a")
    nothing = convert({"a": Decimal(100)}, three, {"x": Decimal(0)})
    assert nothing.equally == frozenset("a")


def test_many_to_many_flags_only_what_holds_a_share() -> None:
    carried = convert({"a": Decimal(10), "b": Decimal(4)}, pairs(a="x y", b="y z", c="z"))
    assert carried.values == {"x": Decimal(5), "y": Decimal(7), "z": Decimal(2)}
    assert carried.estimated == frozenset("xyz")
    carried = convert({"b": Decimal(4), "c": Decimal(1)}, pairs(b="y", c="z w"))
    assert carried.estimated == frozenset("zw")


def test_a_missing_value_makes_its_targets_incomplete_and_never_zero() -> None:
    carried = convert({"a": None, "b": Decimal(4)}, pairs(a="x y", b="x"))
    assert carried.values == {"x": Decimal(4)}
    assert carried.incomplete == frozenset("xy")


def test_a_code_that_loses_its_way_half_way_stays_whole_in_the_residual() -> None:
    ways = pairs_of([{"a": ("m", "n")}, {"m": ("x",)}])
    assert ways == []
    assert convert({"a": Decimal(5)}, ways).residual == {"a": Decimal(5)}


def test_names_of_relations() -> None:
    found = relations(pairs(a="x", b="y z", c="v", d="v", e="s t", f="t"))
    assert found[("a", "x")] == "1:1"
    assert found[("b", "y")] == "1:n"
    assert found[("c", "v")] == "n:1"
    assert found[("e", "t")] == "n:n"


def test_the_last_revision_has_the_published_relations() -> None:
    from collections import Counter

    found = Counter(relations(pairs_of(steps("H6", "H5"))).values())
    assert found == {"n:n": 10114, "1:1": 4097, "n:1": 1392, "1:n": 54}


@pytest.mark.parametrize(("have", "want"), [("H6", "H0"), ("H0", "H6"), ("H4", "H3")])
def test_a_whole_edition_is_carried_with_its_residual_named(have: str, want: str) -> None:
    values = {code: Decimal(100) for code in classification(have) if len(code) == 6}
    carried = convert(values, pairs_of(steps(have, want)))
    assert carried.total == 100 * len(values)
    assert "999999" in carried.residual or have == "H0"
    assert len(carried.residual) <= 32
    targets = classification(want)
    assert all(code in targets for code in carried.values)
    # most goods stay within their section whatever the edition
    sections: dict[str, Decimal] = {}
    for code, value in carried.values.items():
        section = correspondence(code, "section")
        sections[section] = sections.get(section, Decimal(0)) + value
    before = sum(1 for code in values if correspondence(code, "section") == "XI") * 100
    assert abs(sections["XI"] - before) < before / 50
