from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from irtysh.stats.price_volume import Item, indices, price_index, split, trim, volume_index
from irtysh.stats.quantity import Quantity
from tests.stats.paper import exact
from tests.stats.test_growth import reason

PRICES = [
    (1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    (1.2, 3.0, 1.3, 0.7, 1.4, 0.8),
    (1.0, 1.0, 1.5, 0.5, 1.7, 0.6),
    (0.8, 0.5, 1.6, 0.3, 1.9, 0.4),
    (1.0, 1.0, 1.6, 0.1, 2.0, 0.2),
]
QUANTITIES = [
    (1.0, 1.0, 2.0, 1.0, 4.5, 0.5),
    (0.8, 0.9, 1.9, 1.3, 4.7, 0.6),
    (1.0, 1.1, 1.8, 3.0, 5.0, 0.8),
    (1.2, 1.2, 1.9, 6.0, 5.6, 1.3),
    (0.9, 1.2, 2.0, 12.0, 6.5, 2.5),
]
"""ILO and others (2004), Consumer Price Index Manual, tables 19.1 and 19.2."""


def decimals(*values):
    return exact(*(Decimal(str(value)) for value in values))


def item(code, values, quantities, units=("KG", "KG")):
    return Item(code, units, tuple(decimals(*values)), tuple(decimals(*quantities)))


WHEAT = item("100199", (40, 66), (200, 220))
TRACTORS = item("870195", (30, 33), (1, 0.9), ("NUM", "NUM"))


@pytest.mark.parametrize(
    ("period", "laspeyres", "paasche", "fisher"),
    [
        (1, 1.4200, 1.3823, 1.4011),
        (2, 1.3450, 1.2031, 1.2721),
        (3, 1.3550, 1.0209, 1.1762),
        (4, 1.4400, 0.7968, 1.0712),
    ],
)
def test_the_price_index_manual(period, laspeyres, paasche, fisher):
    found = indices(
        decimals(*PRICES[0]),
        decimals(*PRICES[period]),
        decimals(*QUANTITIES[0]),
        decimals(*QUANTITIES[period]),
    )
    assert [float(one.point) for one in found] == pytest.approx(
        [laspeyres, paasche, fisher], abs=1e-4
    )


def test_the_toy_of_the_method():
    found = split([WHEAT, TRACTORS], tuple(exact(80, 111)))
    assert [round(float(one.point), 4) for one in (found.laspeyres, found.paasche)] == [
        1.3810, 1.3944,
    ]  # fmt: skip
    assert round(float(found.fisher.point), 4) == 1.3876
    assert round(float(found.value.point), 4) == 1.4143
    assert round(float(found.volume.point), 4) == 1.0192
    assert [round(float(part), 3) for part in found.coverage] == [0.875, 0.892]
    assert found.flags == ("PARTIAL",)
    assert round(float(price_index([WHEAT, TRACTORS]).point), 2) == 138.76
    assert round(float(volume_index([WHEAT, TRACTORS]).point), 2) == 101.92


@pytest.mark.parametrize(
    "bad",
    [
        item("1001", (40, 66), (200, 220)),
        item("100199", (40, 66), (200, 220), ("KG", "T")),
        item("100199", (40, 66), (200, 220), ("", "")),
        item("100199", (40, 66), (0, 220)),
        Item("100199", ("KG", "KG"), (Quantity.exactly(4), None), tuple(exact(1, 2))),
    ],
)
def test_goods_without_a_meaningful_unit_value_are_refused_by_name(bad):
    found = split([bad, TRACTORS])
    assert found.refused == (bad.code,)
    assert "NOT_HOMOGENEOUS" in found.flags
    assert found.coverage == (None, None)
    assert reason(split, [bad]) == "NOT_HOMOGENEOUS"


def test_wild_unit_values_are_trimmed():
    threefold = item("100200", (10, 31), (10, 10))
    kept = [item(f"10030{n}", (10, 10 + n), (10, 10)) for n in range(5)]
    far = item("100400", (10, 25), (10, 10))
    assert split([*kept, threefold]).trimmed == ("100200",)
    assert split([*kept, far]).trimmed == ("100400",)
    assert "TRIMMED" in split([*kept, far]).flags
    same = [item(f"10030{n}", (10, 11), (10, 10)) for n in range(3)]
    assert len(trim([*same, item("100500", (10, 12), (10, 10))])) == 4
    assert trim([]) == []


positive = st.integers(1, 500).map(lambda n: Decimal(n) / 10)
boxes = st.builds(
    lambda value, wide: (
        Quantity(value, Quantity.exactly(value).interval)
        if not wide
        else Quantity.rounded(str(value))
    ),
    positive,
    st.booleans(),
)
items = st.lists(
    st.builds(
        lambda n, v0, v1, q0, q1: Item(f"{n:06d}", ("KG", "KG"), (v0, v1), (q0, q1)),
        st.integers(100000, 999999), boxes, boxes, boxes, boxes,
    ),
    min_size=1, max_size=5, unique_by=lambda one: one.code,
)  # fmt: skip


@given(items, st.randoms(use_true_random=False), st.sampled_from((Decimal(1000), Decimal("0.01"))))
def test_fisher_lies_between_and_units_and_order_do_not_matter(found, chance, factor):
    kept = trim([one for one in found if all(q.low > 0 for q in (*one.values, *one.quantities))])
    assume(kept)
    result = split(kept)
    ends = sorted((result.laspeyres.point, result.paasche.point))
    assert ends[0] - Decimal("1E-11") <= result.fisher.point <= ends[1] + Decimal("1E-11")
    assert result.fisher.low <= result.fisher.point <= result.fisher.high
    assert abs(result.fisher.point * result.volume.point - result.value.point) < Decimal("1E-8")
    chance.shuffle(kept)
    assert abs(split(kept).fisher.point - result.fisher.point) < Decimal("1E-10")
    other = [
        Item(
            one.code,
            one.units,
            (one.values[0].scaled(factor), one.values[1].scaled(factor)),
            (one.quantities[0].scaled(1 / factor), one.quantities[1].scaled(1 / factor)),
        )
        for one in kept
    ]
    assert abs(split(other).fisher.point - result.fisher.point) < Decimal("1E-9")
