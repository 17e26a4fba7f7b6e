"""Bounds of a formula over a box: every input moves freely between its own bounds.

Three proven methods, used by the concentration and structure families.

Vertices
    The sets {HHI ≤ λ}, {Gini ≤ λ}, {Theil ≤ λ} are convex (a convex function over a positive
    linear one), so the largest value over a box is at one of its corners. Corners without any
    amount are left out: the indices do not change when all amounts are multiplied.
Levelling
    For a given sum, the most even member of a box is the one in which all amounts stand at one
    level c, or at the bound nearest to it; it is majorised by every other member. The smallest
    value of such an index is therefore found along one line, c.
Chords
    Over shares that add up to a known total, a convex function lies below its chord on every
    interval; the largest sum of chords is filled greedily. Used where corners are too many
    (n > 12) and where the parts are differences of shares: never too narrow, seldom too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from irtysh.stats.quantity import ONE, ZERO
from irtysh.vocabulary.interval import INFINITY, Interval

MOST_CORNERS = 12
"""Boxes of up to this many sides are searched corner by corner (4 096 corners)."""

Box = Sequence[Interval]
Terms = tuple[Decimal, ...]


def fractions(box: Box) -> list[Interval]:
    """Return the bounds of every y_k/Σy: up with the part, down with the rest."""
    found = []
    for number, part in enumerate(box):
        others = [*box[:number], *box[number + 1 :]]
        rest_low = sum((other.low for other in others), ZERO)
        rest_high = sum((other.high for other in others), ZERO)
        low, high = ZERO, ONE
        if part.low > 0 and rest_high.is_finite():
            low = part.low / (part.low + rest_high)
        if part.high.is_finite() and rest_low > 0:
            high = part.high / (part.high + rest_low)
        # exact values of many digits: the two quotients may differ in the 28th digit
        found.append(Interval(min(low, high), max(low, high)))
    return found


def corner_sums(corners: Sequence[tuple[Terms, Terms]]) -> Iterator[Terms]:
    """Yield the sums of terms at every corner of a box.

    Parameters
    ----------
    corners : [side] (terms at the lower bound, terms at the upper bound)
        Equal terms at both bounds (an exact value) do not double the search.
    """
    width = len(corners[0][0])
    yield from _sums_from(corners, 0, (ZERO,) * width)


def _sums_from(
    corners: Sequence[tuple[Terms, Terms]], number: int, so_far: Terms
) -> Iterator[Terms]:
    if number == len(corners):
        yield so_far
        return
    low, high = corners[number]
    for terms in (low,) if low == high else (low, high):
        added = tuple(a + b for a, b in zip(so_far, terms, strict=True))
        yield from _sums_from(corners, number + 1, added)


def level(box: Box, height: Decimal) -> list[Decimal]:
    """Return the member of a box in which every side is as near to ``height`` as it may be."""
    return [min(max(height, side.low), side.high) for side in box]


def searchable(box: Box) -> bool:
    """Return True if a box is bounded and has few enough corners to try them all."""
    return len(box) <= MOST_CORNERS and all(side.is_bounded for side in box)


def breakpoints(box: Box) -> list[Decimal]:
    """Return the finite bounds of a box in rising order: where ``level`` bends."""
    return sorted({bound for side in box for bound in (side.low, side.high) if bound.is_finite()})


def segments(heights: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Return the stretches between bends, the last one open to infinity."""
    return list(zip(heights, [*heights[1:], INFINITY], strict=True))


def held(side: Interval, left: Decimal, right: Decimal) -> Decimal | None:
    """Return the bound at which a side stands while the level moves between two bends.

    None where the side is free and moves with the level.
    """
    if side.low >= right:
        return side.low
    return side.high if side.high <= left else None


def least_square_sum(box: Box, total: Decimal) -> Decimal:
    """Return the smallest Σx² over a box with Σx = total (the levelled member)."""
    heights = breakpoints(box)
    for left, right in pairwise(heights):
        if sum(level(box, right)) < total:
            continue
        at_left, at_right = sum(level(box, left)), sum(level(box, right))
        if at_right == at_left or at_left > total:
            break
        height = left + (right - left) * (total - at_left) / (at_right - at_left)
        return sum((x * x for x in level(box, height)), ZERO)
    return sum((_nearest_to_zero(side) ** 2 for side in box), ZERO)


def greatest_square_sum(box: Box, total: Decimal) -> Decimal:
    """Return no less than the largest Σx² over a bounded box with Σx = total."""
    return chord_sum([lambda x: x * x] * len(box), box, total)


def chord_sum(convex: Sequence[Callable[[Decimal], Decimal]], box: Box, total: Decimal) -> Decimal:
    """Return no less than the largest Σf_k(x_k) over a bounded box with Σx = total.

    Each f_k is convex, so it lies below its chord; the sum of chords is linear, and its largest
    value under Σx = total fills the steepest sides first.
    """
    value = ZERO
    left = total
    slopes: list[tuple[Decimal, Decimal]] = []
    for function, side in zip(convex, box, strict=True):
        at_low = function(side.low)
        value += at_low
        left -= side.low
        if side.high > side.low:
            width = side.high - side.low
            slopes.append(((function(side.high) - at_low) / width, width))
    for slope, width in sorted(slopes, reverse=True):
        taken = min(max(left, ZERO), width)
        value += slope * taken
        left -= taken
    return value


def _nearest_to_zero(side: Interval) -> Decimal:
    return min(max(ZERO, side.low), side.high)
