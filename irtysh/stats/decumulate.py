"""Figures summed up from the start of a year, taken apart again."""

from __future__ import annotations

from collections.abc import Sequence

from irtysh.stats.quantity import Quantity, amounts
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue


def step(before: Quantity | None, after: Quantity | None, is_first: bool = False) -> Quantity:
    """Return what was added between two running sums of one year: y = C_t − C_{t−1}.

    Parameters
    ----------
    before, after : running sums in one unit, 0 or more
        ``before`` is not read for the first stretch of a year, which is its own sum.
    is_first : bool

    Returns
    -------
    Quantity
        In the unit of the sums; its bounds are those of the difference, so two sums rounded to
        0.1 give a stretch known to ±0.1. Bounds are cut at zero.

    Raises
    ------
    UnknownValue
        If a sum is missing: what lies between is not shared out among its neighbours.
    NothingToCompute
        CUMULATIVE_FALLS if the sum fell: something else is counted than before. NEGATIVE.
    """
    if is_first:
        (found,) = amounts(after)
        return found
    first, last = amounts(before, after)
    found = last - first
    if found.is_negative or (found.point is not None and found.point < 0):
        raise NothingToCompute(reason="CUMULATIVE_FALLS")
    return found.not_negative()


def steps(sums: Sequence[Quantity | None]) -> list[Quantity | None]:
    """Return the stretches of one year from its running sums in order; None where unknown.

    >>> [s.point for s in steps([Quantity.exactly(v) for v in (3, 8, 15)])]
    [Decimal('3'), Decimal('5'), Decimal('7')]
    """
    found: list[Quantity | None] = []
    for place, after in enumerate(sums):
        before = sums[place - 1] if place else None
        try:
            found.append(step(before, after, place == 0))
        except (NothingToCompute, UnknownValue):
            found.append(None)
    return found
