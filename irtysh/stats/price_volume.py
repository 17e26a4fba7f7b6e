"""A change of value split into price and volume, by unit values of homogeneous goods.

    L = Σp₁q₀/Σp₀q₀    P = Σp₁q₁/Σp₀q₁    F = √(L·P)    volume = (V₁/V₀)/F,  p = v/q

Sources: ILO and others (2004), Consumer Price Index Manual, ch. 15 and 19; IMF (2009), Export
and Import Price Index Manual, ch. 2; Silver (2010) on the bias of unit values, which is large
for machinery. Written with values and quantities, every input stands once in L and once in P,
so their bounds are exact; those of F and of the volume are outer bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from irtysh.stats.quantity import Quantity, add_up, amounts, quotient, result
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import INFINITY

DIGITS = 6
"""Goods are homogeneous enough for a unit value from the six-digit level of the HS on."""
MOST_LOG_MOVE = Decimal(3).ln()
"""A unit value that more than trebled or fell below a third is another good or an error."""
MOST_DEVIATIONS = 3
"""Median absolute deviations from the median log move within which a unit value is kept."""
SAME = Decimal("1E-12")
"""Log moves nearer than this are equal: their last digits are rounding."""


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of goods in two periods.

    Attributes
    ----------
    code : str
        As the classification names it; six digits or more.
    units : (str, str)
        Units of quantity in the two periods; they have to be equal.
    values : (Quantity or None, Quantity or None)
        In one currency.
    quantities : (Quantity or None, Quantity or None)
    """

    code: str
    units: tuple[str, str]
    values: tuple[Quantity | None, Quantity | None]
    quantities: tuple[Quantity | None, Quantity | None]


@dataclass(frozen=True, slots=True)
class Split:
    """A change of value in price and volume; all index numbers with the first period = 1.

    Attributes
    ----------
    laspeyres, paasche, fisher : Quantity
        Price indices of the items kept.
    value, volume : Quantity
        Value index of the items kept and what of it is not price.
    coverage : (Decimal or None, Decimal or None)
        Value of the items kept over the published total of each period; None without a total.
    refused, trimmed : tuple of str
        Codes left out because they are not homogeneous or lack a figure; and those whose unit
        value moved too far.
    """

    laspeyres: Quantity
    paasche: Quantity
    fisher: Quantity
    value: Quantity
    volume: Quantity
    coverage: tuple[Decimal | None, Decimal | None]
    refused: tuple[str, ...]
    trimmed: tuple[str, ...]

    @property
    def flags(self) -> tuple[str, ...]:
        """Say what was left out."""
        flags = ["NOT_HOMOGENEOUS"] if self.refused else []
        if self.trimmed:
            flags.append("TRIMMED")
        if any(part is not None and part < 1 for part in self.coverage):
            flags.append("PARTIAL")
        return tuple(flags)


def split(
    items: Sequence[Item], totals: tuple[Quantity | None, Quantity | None] = (None, None)
) -> Split:
    """Split the change of the value of homogeneous items into price and volume.

    Parameters
    ----------
    items : those not homogeneous, without a figure or with a wild unit value are left out, and
        named
    totals : published values of the whole in both periods, for the coverage

    Raises
    ------
    NothingToCompute
        NOT_HOMOGENEOUS if no item is left, NEGATIVE.
    """
    whole = [item for item in items if is_homogeneous(item)]
    kept = trim(whole)
    if not kept:
        raise NothingToCompute(reason="NOT_HOMOGENEOUS")
    v0, v1, q0, q1 = (list(column) for column in zip(*map(_known, kept), strict=True))
    low = _of(
        add_up([_times(v, _over(a, b)) for v, a, b in zip(v1, q0, q1, strict=True)]), add_up(v0)
    )
    high = _of(
        add_up(v1), add_up([_times(v, _over(b, a)) for v, a, b in zip(v0, q0, q1, strict=True)])
    )
    fisher = _root(low, high)
    value = _of(add_up(v1), add_up(v0))
    names = [item.code for item in kept]
    return Split(
        laspeyres=low,
        paasche=high,
        fisher=fisher,
        value=value,
        volume=_of(value, fisher),
        coverage=(_part(add_up(v0), totals[0]), _part(add_up(v1), totals[1])),
        refused=tuple(item.code for item in items if item not in whole),
        trimmed=tuple(item.code for item in whole if item.code not in names),
    )


def price_index(items: Sequence[Item]) -> Quantity:
    """Return 100·F, the Fisher price index with the first period = 100."""
    return _hundred(split(items).fisher)


def volume_index(items: Sequence[Item]) -> Quantity:
    """Return 100·(V₁/V₀)/F, the volume index with the first period = 100."""
    return _hundred(split(items).volume)


def indices(
    p0: Sequence[Quantity], p1: Sequence[Quantity], q0: Sequence[Quantity], q1: Sequence[Quantity]
) -> tuple[Quantity, Quantity, Quantity]:
    """Return L, P and F from prices and quantities as they stand, nothing left out."""
    low = _of(_cross(p1, q0), _cross(p0, q0))
    high = _of(_cross(p1, q1), _cross(p0, q1))
    return low, high, _root(low, high)


def is_homogeneous(item: Item) -> bool:
    """True if an item has a unit value: fine enough, one unit, all four figures above zero."""
    digits = sum(letter.isdigit() for letter in item.code)
    figures = (*item.values, *item.quantities)
    known = all(
        f is not None and f.point is not None and f.point > 0 and f.low > 0 for f in figures
    )
    return digits >= DIGITS and item.units[0] == item.units[1] and bool(item.units[0]) and known


def trim(items: Sequence[Item]) -> list[Item]:
    """Leave out items whose unit value moved by more than ln 3 or 3 MAD from the median move.

    Where at least half of the moves are equal the MAD is zero and says nothing: then only the
    first rule is applied.
    """
    if not items:
        return []
    moves = [_log_move(item) for item in items]
    middle = median(moves)
    spread = median([abs(move - middle) for move in moves])
    return [
        item
        for item, move in zip(items, moves, strict=True)
        if abs(move) <= MOST_LOG_MOVE
        and (spread <= SAME or abs(move - middle) <= MOST_DEVIATIONS * spread)
    ]


def _log_move(item: Item) -> Decimal:
    v0, v1, q0, q1 = (found.point for found in _known(item))
    assert v0 and v1 and q0 and q1
    return ((v1 / q1) / (v0 / q0)).ln()


def _known(item: Item) -> tuple[Quantity, ...]:
    return amounts(*item.values, *item.quantities)


def _cross(prices: Sequence[Quantity], amount: Sequence[Quantity]) -> Quantity:
    return add_up([_times(p, q) for p, q in zip(prices, amount, strict=True)])


def _times(one: Quantity, other: Quantity) -> Quantity:
    point = None if one.point is None or other.point is None else one.point * other.point
    return Quantity(point, one.interval * other.interval)


def _over(one: Quantity, other: Quantity) -> Quantity:
    if other.point == 0 or other.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    point = None if one.point is None or other.point is None else one.point / other.point
    return Quantity(point, quotient(one.interval, other.interval))


def _of(one: Quantity, other: Quantity) -> Quantity:
    found = _over(one, other)
    return result(found.point, found.low, found.high)


def _root(low: Quantity, high: Quantity) -> Quantity:
    point = None
    if low.point is not None and high.point is not None:
        point = (low.point * high.point).sqrt()
    top = low.high * high.high
    return result(point, (low.low * high.low).sqrt(), top.sqrt() if top.is_finite() else INFINITY)


def _part(covered: Quantity, total: Quantity | None) -> Decimal | None:
    if total is None or not total.point or covered.point is None:
        return None
    return covered.point / total.point


def _hundred(found: Quantity) -> Quantity:
    return found.scaled(100)
