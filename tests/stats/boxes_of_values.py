"""Hypothesis: tables of rounded values, and members of their boxes."""

from decimal import Decimal

from hypothesis import strategies as st

from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.interval import Interval

amounts = st.integers(0, 3000).map(lambda n: Decimal(n) / 10)


@st.composite
def quantities(draw):
    """A point with a box around it, cut at zero; wide boxes as often as narrow ones."""
    point = draw(amounts)
    below, above = draw(st.sampled_from((0, 1, 20))), draw(st.sampled_from((0, 1, 20)))
    step = Decimal(5) / 100
    low = max(point - step * below * 10, Decimal(0))
    return Quantity(point, Interval(low, point + step * above * 10))


@st.composite
def members(draw, table):
    """An admissible point of the box of every quantity."""
    found = []
    for quantity in table:
        part = Decimal(draw(st.sampled_from((0, 1, 2, 5, 7, 10)))) / 10
        found.append(quantity.low + (quantity.high - quantity.low) * part)
    return found


def tables(low=1, high=7):
    return st.lists(quantities(), min_size=low, max_size=high).filter(
        lambda table: any(quantity.point > 0 for quantity in table)
    )


def at(values):
    return [Quantity.exactly(value) for value in values]


def inside(value, bounds):
    """A value of a formula at an admissible point belongs to the bounds, to the grid."""
    slack = Decimal("2E-12")
    assert bounds.low - slack <= value.point <= bounds.high + slack, (value.point, bounds)
