"""How unevenly a whole is split among its groups.

All indices are of shares, so they do not depend on the unit; they do depend on how fine the
classification is, and only equal levels may be compared. Bounds over the intervals of the
groups are exact for up to twelve groups and proven outer bounds above (see ``boxes``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import product

from irtysh.stats.boxes import (
    Box,
    breakpoints,
    corner_sums,
    fractions,
    greatest_square_sum,
    held,
    level,
    searchable,
    segments,
)
from irtysh.stats.quantity import ONE, ZERO, Quantity, amounts, points, result
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import Interval

Parts = Sequence[Quantity | None]


def herfindahl(parts: Parts) -> Quantity:
    """Return HHI = Σs_k², from 1/n (all equal) to 1 (one group has all).

    Herfindahl (1950), Hirschman (1945). Ten thousand times this is the index in points.

    Raises
    ------
    UnknownValue
        If a group is missing.
    NothingToCompute
        NO_GROUPS, ZERO_TOTAL, NEGATIVE.

    >>> herfindahl([Quantity.exactly(v) for v in (30, 30, 20, 20)]).point
    Decimal('0.26')
    """
    found = groups(parts)
    values = points(found)
    point = None if values is None else _hhi(values)
    return result(point, *_hhi_bounds(tuple(box_of(found))))


def normalised_herfindahl(parts: Parts) -> Quantity:
    """Return HHI* = (HHI − 1/n)/(1 − 1/n), 0 to 1 whatever the number of groups.

    Raises
    ------
    NothingToCompute
        ONE_GROUP if there is one group only: no unevenness to speak of.
    """
    number = len(parts)
    if number == 1:
        raise NothingToCompute(reason="ONE_GROUP")
    found = herfindahl(parts)
    even = ONE / Decimal(number)

    def rescaled(value: Decimal) -> Decimal:
        return max((value - even) / (ONE - even), ZERO)

    point = None if found.point is None else rescaled(found.point)
    return result(point, rescaled(found.low), rescaled(found.high))


def effective_number(parts: Parts) -> Quantity:
    """Return 1/HHI: how many equal groups would be as concentrated, 1 to n."""
    found = herfindahl(parts)
    point = None if found.point is None else ONE / found.point
    return result(point, ONE / found.high, ONE / found.low)


def gini(parts: Parts) -> Quantity:
    """Return Gini = Σ(2i − n − 1)·x_(i)/(nΣx), 0 to (n − 1)/n; x_(i) in rising order."""
    found = groups(parts)
    values = points(found)
    point = None if values is None else _gini(values)
    return result(point, _least_gini(box_of(found)), _greatest_gini(box_of(found)))


def corrected_gini(parts: Parts) -> Quantity:
    """Return Gini·n/(n − 1), 0 to 1; raises NothingToCompute (ONE_GROUP) for one group."""
    number = len(parts)
    if number == 1:
        raise NothingToCompute(reason="ONE_GROUP")
    found = gini(parts)
    factor = Decimal(number) / (number - 1)
    point = None if found.point is None else found.point * factor
    return result(point, found.low * factor, found.high * factor)


def groups(parts: Parts) -> list[Quantity]:
    """Return the groups as amounts; raises if there is none, or nothing in them."""
    if not parts:
        raise NothingToCompute(reason="NO_GROUPS")
    found = list(amounts(*parts))
    if all(part.point == 0 or part.high == 0 for part in found):
        raise NothingToCompute(reason="ZERO_TOTAL")
    return found


def box_of(parts: Sequence[Quantity]) -> list[Interval]:
    """Return the intervals of the groups."""
    return [part.interval for part in parts]


def _hhi(values: Sequence[Decimal]) -> Decimal:
    whole = sum(values)
    return sum((value * value for value in values), ZERO) / (whole * whole)


@lru_cache(maxsize=256)
def _hhi_bounds(box: tuple[Interval, ...]) -> tuple[Decimal, Decimal]:
    # kept, because every index of structural change asks for both periods' bounds
    return _least_hhi(box), _greatest_hhi(box)


def _greatest_hhi(box: Box) -> Decimal:
    if not searchable(box):
        return min(greatest_square_sum(fractions(box), ONE), ONE)
    corners = [((s.low, s.low * s.low), (s.high, s.high * s.high)) for s in box]
    return max(squares / (whole * whole) for whole, squares in corner_sums(corners) if whole > 0)


def _least_hhi(box: Box) -> Decimal:
    """Level the box: at the least value the free sides stand at c = Σy²/Σy of the others."""
    heights = breakpoints(box)
    candidates = [*heights]
    for left, right in segments(heights):
        fixed = [bound for side in box if (bound := held(side, left, right)) is not None]
        if not fixed:
            return ONE / len(box)
        if sum(fixed) > 0:
            candidates.append(sum((y * y for y in fixed), ZERO) / sum(fixed))
    levels = [level(box, height) for height in candidates]
    return min(_hhi(values) for values in levels if sum(values) > 0)


def _gini(values: Sequence[Decimal]) -> Decimal:
    number = len(values)
    ranked = sorted(values)
    weighted = sum(((2 * rank - number - 1) * x for rank, x in enumerate(ranked, 1)), ZERO)
    return weighted / (number * sum(values))


def _greatest_gini(box: Box) -> Decimal:
    number = len(box)
    if searchable(box):
        corners = product(*({side.low, side.high} for side in box))
        return max(_gini(corner) for corner in corners if sum(corner) > 0)
    parts = fractions(box)
    gaps = ZERO
    for position, one in enumerate(parts):
        for other in parts[position + 1 :]:
            gaps += max(one.high - other.low, other.high - one.low)
    return min(gaps / number, (number - ONE) / number)


def _least_gini(box: Box) -> Decimal:
    """Level the box: between bends Gini is a ratio of linear functions, so least at a bend."""
    levels = [level(box, height) for height in breakpoints(box)]
    if max(side.low for side in box) <= min(side.high for side in box):
        return ZERO
    return min(_gini(values) for values in levels if sum(values) > 0)
