"""Theil's index and its split between and within groups of groups.

Bounds: see ``boxes``; exact for up to twelve groups, save the lower bound of the part within,
which is proven but not always reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from irtysh.stats.boxes import (
    Box,
    breakpoints,
    chord_sum,
    corner_sums,
    fractions,
    held,
    level,
    searchable,
    segments,
)
from irtysh.stats.concentration import Parts, box_of, groups
from irtysh.stats.quantity import ONE, ZERO, Quantity, points, result
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import Interval

Grouping = Mapping[str, Sequence[int]]


def theil(parts: Parts) -> Quantity:
    """Return Theil's T = Σs_k·ln(n·s_k), 0 to ln n; 0·ln 0 is 0 (Theil 1967).

    Not the mean logarithmic deviation (Theil's L), which some programs give under this name
    and which zero makes infinite.
    """
    found = groups(parts)
    return _entropy(found, [ONE] * len(found))


def theil_between(parts: Parts, grouping: Grouping) -> Quantity:
    """Return Σ_g S_g·ln(S_g/(n_g/n)): the part of T that lies between groups of groups.

    Parameters
    ----------
    parts : [group] amounts
    grouping : name → positions in ``parts``
        Every position exactly once, else NothingToCompute (DIFFERENT_GROUPS).
    """
    found = groups(parts)
    _check(grouping, len(found))
    sums = []
    for members in grouping.values():
        piece = found[members[0]]
        for position in members[1:]:
            piece = piece + found[position]
        sums.append(piece)
    return _entropy(sums, [Decimal(len(members)) for members in grouping.values()])


def theil_within(parts: Parts, grouping: Grouping) -> Quantity:
    """Return Σ_g S_g·T_g = T − between: the part of T inside the groups of groups.

    The lower bound is the larger of two proven ones, Σ_g low(S_g)·low(T_g) and
    low(T) − high(between); the upper one is found as for T (see ``boxes``).
    """
    found = groups(parts)
    whole, between = theil(found), theil_between(found, grouping)
    point = None
    if whole.point is not None and between.point is not None:
        point = max(whole.point - between.point, ZERO)
    inner = ZERO
    sums = [_sum_of(found, members) for members in grouping.values()]
    for share, members in zip(fractions(sums), grouping.values(), strict=True):
        sides = [found[position].interval for position in members]
        inner += share.low * _least_entropy(sides, [ONE] * len(sides))
    low = max(inner, whole.low - between.high, ZERO)
    high = whole.high - between.low
    if searchable(box_of(found)):
        high = min(high, _greatest_within([part.interval for part in found], grouping))
    return result(point, low, max(high, low))


def _entropy(parts: Sequence[Quantity], weights: Sequence[Decimal]) -> Quantity:
    """Return Σs_k·ln(s_k/(w_k/Σw)) with its bounds; weights of one give Theil's T."""
    values = points(parts)
    point = None if values is None else max(_relative_entropy(values, weights), ZERO)
    box = box_of(parts)
    low = max(_least_entropy(box, weights), ZERO)
    return result(point, low, max(_greatest_entropy(box, weights), low))


def _relative_entropy(values: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    whole = sum(values, ZERO)
    logs = sum((_y_ln(y, w) for y, w in zip(values, weights, strict=True)), ZERO)
    return logs / whole - (whole / sum(weights)).ln()


def _y_ln(value: Decimal, weight: Decimal) -> Decimal:
    """Return y·ln(y/w), with 0·ln 0 = 0."""
    return value * (value / weight).ln() if value > 0 else ZERO


def _greatest_entropy(box: Box, weights: Sequence[Decimal]) -> Decimal:
    all_weights = sum(weights, ZERO)
    if not searchable(box):
        terms = [partial(_y_ln, weight=weight / all_weights) for weight in weights]
        limit = -(min(weights) / all_weights).ln()
        return min(chord_sum(terms, fractions(box), ONE), limit)
    corners = [
        ((side.low, _y_ln(side.low, weight)), (side.high, _y_ln(side.high, weight)))
        for side, weight in zip(box, weights, strict=True)
    ]
    return max(
        logs / whole - (whole / all_weights).ln()
        for whole, logs in corner_sums(corners)
        if whole > 0
    )


def _least_entropy(box: Box, weights: Sequence[Decimal]) -> Decimal:
    """Level y_k/w_k: at the least value ln c = Σy·ln(y/w)/Σy of the sides held by a bound."""
    relative = [_over(side, weight) for side, weight in zip(box, weights, strict=True)]
    heights = breakpoints(relative)
    candidates = [height for height in heights if height > 0]
    for left, right in segments(heights):
        fixed = [
            (bound * weight, weight)
            for side, weight in zip(relative, weights, strict=True)
            if (bound := held(side, left, right)) is not None
        ]
        if not fixed:
            return ZERO
        amount = sum((y for y, _ in fixed), ZERO)
        if amount > 0:
            candidates.append((sum((_y_ln(y, w) for y, w in fixed), ZERO) / amount).exp())
    values = [
        [y * w for y, w in zip(level(relative, height), weights, strict=True)]
        for height in candidates
    ]
    # a broad group in which nothing is traded has no inner unevenness
    found = (_relative_entropy(member, weights) for member in values if sum(member) > 0)
    return min(found, default=ZERO)


def _greatest_within(box: Box, grouping: Grouping) -> Decimal:
    """Search the corners: Σ_g Σ_k y_k·ln(n_g·y_k/G_g) is convex, its divisor Σy linear."""
    names = list(grouping)
    home = {position: names.index(name) for name in names for position in grouping[name]}
    sizes = [Decimal(len(grouping[name])) for name in names]

    def terms(position: int, value: Decimal) -> tuple[Decimal, ...]:
        pieces = [ZERO] * len(names)
        pieces[home[position]] = value
        return (_y_ln(value, ONE), *pieces)

    corners = [(terms(k, side.low), terms(k, side.high)) for k, side in enumerate(box)]
    greatest = ZERO
    for logs, *sums in corner_sums(corners):
        whole = sum(sums, ZERO)
        if whole > 0:
            inside = logs - sum((_y_ln(g, size) for g, size in zip(sums, sizes, strict=True)), ZERO)
            greatest = max(greatest, inside / whole)
    return greatest


def _over(side: Interval, weight: Decimal) -> Interval:
    return Interval(side.low / weight, side.high / weight)


def _sum_of(parts: Sequence[Quantity], members: Sequence[int]) -> Interval:
    whole = Interval.exactly(0)
    for position in members:
        whole = whole + Interval(parts[position].low, parts[position].high)
    return whole


def _check(grouping: Grouping, number: int) -> None:
    positions = sorted(position for members in grouping.values() for position in members)
    if positions != list(range(number)) or not all(grouping.values()):
        raise NothingToCompute(reason="DIFFERENT_GROUPS")
