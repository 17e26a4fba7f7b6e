"""How far the composition of a whole moved between two periods.

Every function takes the same groups in the same order, before and after, as amounts; they are
turned to shares a_k and b_k, d_k = b_k − a_k. Bounds are proven outer bounds: shares are
bounded by a/(a + rest), differences by their shares and by Σd = 0 (see ``boxes``), and ratios
of sums as if their terms were independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from irtysh.stats.boxes import (
    Box,
    fractions,
    greatest_square_sum,
    least_square_sum,
)
from irtysh.stats.concentration import Parts, box_of, groups, herfindahl
from irtysh.stats.quantity import ONE, ZERO, Quantity, points, result
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import Interval

TWO = Decimal(2)


def lawrence(before: Parts, after: Parts) -> Quantity:
    """Return ½Σ|d_k|, 0 (same structure) to 1 (nothing in common).

    Lawrence (1984); the same index bears the names of Michaely and Stoikov. It is the sum of
    the rising shares' gains and of the falling ones' losses, and both bound it.

    Raises
    ------
    UnknownValue
        If a group is missing in one of the periods.
    NothingToCompute
        DIFFERENT_GROUPS, NO_GROUPS, ZERO_TOTAL, NEGATIVE.
    """
    pair = _pair(before, after)
    point = None
    if pair.d is not None:
        point = sum((abs(d) for d in pair.d), ZERO) / 2
    gains = [(max(side.low, ZERO), max(side.high, ZERO)) for side in pair.moves]
    losses = [(max(-side.high, ZERO), max(-side.low, ZERO)) for side in pair.moves]
    low = max(sum((low for low, _ in side), ZERO) for side in (gains, losses))
    high = min(sum((high for _, high in side), ZERO) for side in (gains, losses))
    return result(point, low, min(high, ONE))


def finger_kreinin(before: Parts, after: Parts) -> Quantity:
    """Return Σmin(a_k, b_k) = 1 − ½Σ|d_k|: similarity, 1 is the same structure.

    Finger and Kreinin (1979).
    """
    found = lawrence(before, after)
    point = None if found.point is None else ONE - found.point
    return result(point, ONE - found.high, ONE - found.low)


def kazinets_linear(before: Parts, after: Parts) -> Quantity:
    """Return 100·Σ|d_k|/n, percentage points by which a share moved on average."""
    found = lawrence(before, after)
    factor = 200 / Decimal(len(before))
    point = None if found.point is None else factor * found.point
    return result(point, factor * found.low, factor * found.high)


def kazinets_quadratic(before: Parts, after: Parts) -> Quantity:
    """Return 100·√(Σd_k²/n), percentage points; large moves weigh more."""
    pair = _pair(before, after)
    number = Decimal(len(before))
    low, high = pair.square_bounds()
    point = None if pair.d is None else 100 * (_squares(pair.d) / number).sqrt()
    return result(point, 100 * (low / number).sqrt(), 100 * (high / number).sqrt())


def gatev(before: Parts, after: Parts) -> Quantity:
    """Return √(Σd²/(Σa² + Σb²)), 0 to 1."""
    pair = _pair(before, after)
    point = None
    if pair.d is not None:
        point = (_squares(pair.d) / (_squares(pair.a) + _squares(pair.b))).sqrt()
    low, high = pair.square_bounds()
    least, greatest = pair.sizes
    return result(point, (low / greatest).sqrt(), min((high / least).sqrt(), ONE))


def ryabtsev(before: Parts, after: Parts) -> Quantity:
    """Return √(Σd²/Σ(a + b)²), 0 to 1; its verbal scale is part of the definition.

    As Σ(a + b)² = 2(Σa² + Σb²) − Σd², the index rises with Σd² and falls with Σa² + Σb².
    """
    pair = _pair(before, after)
    point = None
    if pair.d is not None:
        point = _ryabtsev(_squares(pair.d), _squares(pair.a) + _squares(pair.b))
    low, high = pair.square_bounds()
    least, greatest = pair.sizes
    return result(point, _ryabtsev(low, greatest), _ryabtsev(high, least))


def salai(before: Parts, after: Parts) -> Quantity:
    """Return √(Σ((b − a)/(b + a))²/n), 0 to 1, over the n groups with a share in some period.

    A group absent from both periods is left out of sum and count. Tiny groups weigh as much as
    large ones: never a headline.
    """
    pair = _pair(before, after)
    kept = [
        number
        for number, (a, b) in enumerate(zip(pair.shares_before, pair.shares_after, strict=True))
        if a.high > 0 or b.high > 0
    ]
    point = None
    if pair.d is not None:
        seen = [k for k in kept if pair.a[k] + pair.b[k] > 0]
        ratios = [pair.d[k] / (pair.a[k] + pair.b[k]) for k in seen]
        point = (_squares(ratios) / len(seen)).sqrt()
    low = high = ZERO
    for k in kept:
        term = _relative_move(pair.shares_before[k], pair.shares_after[k])
        low += min(term.low**2, term.high**2) if term.low > 0 or term.high < 0 else ZERO
        high += max(term.low**2, term.high**2)
    # a group that may turn out absent changes the count: then only 0 and 1 are sure
    certain = all(pair.shares_before[k].low + pair.shares_after[k].low > 0 for k in kept)
    if not certain:
        return result(point, ZERO, ONE)
    return result(point, (low / len(kept)).sqrt(), min((high / len(kept)).sqrt(), ONE))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Shares of both periods, their bounds and the bounds of their differences."""

    a: list[Decimal]
    b: list[Decimal]
    d: list[Decimal] | None
    shares_before: Box
    shares_after: Box
    moves: Box
    sizes: tuple[Decimal, Decimal]
    """Bounds of Σa² + Σb²."""

    def square_bounds(self) -> tuple[Decimal, Decimal]:
        """Return bounds of Σd² under Σd = 0."""
        low = least_square_sum(self.moves, ZERO)
        return low, max(low, min(greatest_square_sum(self.moves, ZERO), TWO))


def _pair(before: Parts, after: Parts) -> _Pair:
    if len(before) != len(after):
        raise NothingToCompute(reason="DIFFERENT_GROUPS")
    first, last = groups(before), groups(after)
    a, b = _shares(first), _shares(last)
    d = None
    if a is not None and b is not None:
        d = [y - x for x, y in zip(a, b, strict=True)]
    shares_before, shares_after = fractions(box_of(first)), fractions(box_of(last))
    moves = [
        Interval(end.low - start.high, end.high - start.low)
        for start, end in zip(shares_before, shares_after, strict=True)
    ]
    sizes = [herfindahl(first), herfindahl(last)]
    return _Pair(
        a=a or [],
        b=b or [],
        d=d,
        shares_before=shares_before,
        shares_after=shares_after,
        moves=moves,
        sizes=(sizes[0].low + sizes[1].low, sizes[0].high + sizes[1].high),
    )


def _shares(parts: Sequence[Quantity]) -> list[Decimal] | None:
    values = points(parts)
    if values is None:
        return None
    whole = sum(values)
    return [value / whole for value in values]


def _squares(values: Sequence[Decimal]) -> Decimal:
    return sum((value * value for value in values), ZERO)


def _ryabtsev(moves: Decimal, sizes: Decimal) -> Decimal:
    """Return √(D/(2P − D)), at most 1."""
    divisor = 2 * sizes - moves
    return ONE if divisor <= moves else (moves / divisor).sqrt()


def _relative_move(start: Interval, end: Interval) -> Interval:
    """Return bounds of (b − a)/(b + a): up with b, down with a."""
    low = _ratio(end.low, start.high, -ONE)
    high = _ratio(end.high, start.low, ONE)
    return Interval(low, high)


def _ratio(end: Decimal, start: Decimal, otherwise: Decimal) -> Decimal:
    return (end - start) / (end + start) if end + start > 0 else otherwise
