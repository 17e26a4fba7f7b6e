"""Mirror records: the printed example, invariants, and what cannot be identified."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irtysh.stats.mirror import (
    ATTRIBUTION,
    NEIGHBOURS_CIF,
    asymmetry,
    log_ratio,
    reconciled,
    reliabilities,
)

records = st.floats(0.01, 1e9)
shares = st.floats(0, 0.3)


@pytest.mark.parametrize(
    ("exports", "imports", "value"), [(50, 58, 50.63), (30, 33, 30.15), (8, None, 8.00)]
)
def test_the_worked_example(exports: float, imports: float | None, value: float) -> None:
    found = reconciled(exports, imports, cif=(0.06, 0.06), sigmas=(0.10, 0.25))
    assert found.point == pytest.approx(value, abs=0.005)
    if imports is not None:
        assert found.weight == pytest.approx(0.862, abs=0.0005)


def test_a_large_gap_is_no_noise() -> None:
    assert log_ratio(20, 14, 0.06) == pytest.approx(-0.415, abs=0.0005)
    found = reconciled(20, 14, cif=(0.06, 0.06), sigmas=(0.10, 0.25))
    assert "ATTRIBUTION" in found.flags
    assert found.point is None
    assert found.low is not None and found.low < 18.89 < (found.high or 0)


@given(records, records, shares)
def test_who_is_who_does_not_matter_to_asymmetry(a: float, b: float, share: float) -> None:
    assert asymmetry(a, b) == asymmetry(b, a)
    assert 0 <= asymmetry(a, b) <= 2
    assert asymmetry(a * 1000, b * 1000) == pytest.approx(asymmetry(a, b))
    assert log_ratio(a, a * (1 + share), share) == pytest.approx(0, abs=1e-9)


@given(records, st.floats(0.8, 1.25), st.floats(0.01, 1), st.floats(0.01, 1), shares)
def test_the_result_lies_between_the_records(
    exports: float, factor: float, first: float, second: float, share: float
) -> None:
    imports = exports * factor
    found = reconciled(exports, imports * (1 + share), cif=(share, share), sigmas=(first, second))
    assert found.point is not None and found.low is not None and found.high is not None
    low, high = sorted((exports, imports))
    assert low * (1 - 1e-9) <= found.point <= high * (1 + 1e-9)
    assert found.low <= found.point <= found.high
    again = reconciled(
        exports * 1000, imports * (1 + share) * 1000, cif=(share, share), sigmas=(first, second)
    )
    assert again.point == pytest.approx(found.point * 1000)


@given(records, records)
def test_without_reliabilities_the_records_are_the_bounds(exports: float, imports: float) -> None:
    found = reconciled(exports, imports, cif=NEIGHBOURS_CIF)
    assert "NOT_IDENTIFIED" in found.flags
    assert found.weight == 0.5
    assert found.low is not None and found.high is not None
    assert found.low <= exports <= found.high
    is_far = "ATTRIBUTION" in found.flags
    assert is_far == (found.point is None)
    if abs(math.log(imports / exports)) < ATTRIBUTION - math.log(1.06):
        assert not is_far


def test_missing_is_not_zero() -> None:
    assert reconciled(None, None).flags == ("BOTH_MISSING",)
    assert reconciled(None, None).point is None
    mirror = reconciled(None, 106.0, cif=(0.06, 0.06), sigmas=(0.1, 0.2))
    assert mirror.flags == ("MIRROR",)
    assert mirror.point == pytest.approx(100)
    both = reconciled(100.0, 106.0, cif=(0.06, 0.06), sigmas=(0.1, 0.2))
    assert mirror.low is not None and both.low is not None and mirror.low < both.low
    alone = reconciled(7.0, None)
    assert (alone.point, alone.low, alone.high) == (pytest.approx(7), None, None)


def test_reliabilities_are_found_again() -> None:
    chance = random.Random(8)
    truth = {f"C{number}": 0.05 + 0.05 * (number % 5) for number in range(14)}
    gaps = []
    for exporter in truth:
        for importer in truth:
            if exporter != importer:
                sigma = math.hypot(truth[exporter], truth[importer])
                seen = [abs(chance.gauss(0, sigma)) for _ in range(61)]
                gaps.append((exporter, importer, sorted(seen)[30]))
    gaps[3] = (*gaps[3][:2], 9.0)  # one pair ten times apart decides nothing
    found = reliabilities(gaps)
    assert set(found) == set(truth)
    for name, sigma in truth.items():
        assert found[name] == pytest.approx(sigma, abs=0.04)


def test_one_pair_never_says_who_errs() -> None:
    assert reliabilities([("RU", "KZ", 0.3), ("KZ", "RU", 0.1)]) == {}


def test_two_camps_that_trade_only_with_each_other_are_left_out() -> None:
    ratios = [(f"A{a}", f"B{b}", 0.1 * (a + b)) for a in range(12) for b in range(12)]
    assert reliabilities(ratios) == {}
    assert len(reliabilities([*ratios, ("A1", "A2", 0.2), ("A2", "A1", 0.1)])) == 24
