"""Parts of a whole: shares, coverage, the residual, and what each part added to growth."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import product

from irtysh.stats.balance import part_of
from irtysh.stats.quantity import (
    HUNDRED,
    ZERO,
    Quantity,
    add_up,
    amounts,
    known,
    quotient,
    result,
)
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import INFINITY, Interval

Parts = Sequence[Quantity | None]


def shares(parts: Parts) -> list[Quantity]:
    """Return 100·y_k/Σy of every part, per cent; the points add up to 100.

    Bounds use a/(a + rest), not a/total: the total contains the part.

    Raises
    ------
    UnknownValue
        If a part is missing: a share of an unknown whole is unknown.
    NothingToCompute
        ZERO_TOTAL, NEGATIVE.
    """
    found = amounts(*parts)
    return [
        part_of(part, add_up([*found[:number], *found[number + 1 :]]))
        for number, part in enumerate(found)
    ]


def share_in_total(part: Quantity | None, total: Quantity | None) -> Quantity:
    """Return 100·a/Y, per cent, where the whole is printed or derived apart from the part.

    Bounds are cut at 100: a part cannot exceed its whole.

    Raises
    ------
    NothingToCompute
        PART_ABOVE_WHOLE if no admissible values fit, ZERO_TOTAL, NEGATIVE.
    """
    piece, whole = amounts(part, total)
    if whole.point == 0 or whole.high == 0:
        raise NothingToCompute(reason="ZERO_TOTAL")
    if piece.low > whole.high:
        raise NothingToCompute(reason="PART_ABOVE_WHOLE")
    bounds = quotient(piece.interval, whole.interval)
    point = None
    if piece.point is not None and whole.point is not None:
        point = HUNDRED * min(piece.point / whole.point, Decimal(1))
    return result(point, HUNDRED * bounds.low, min(HUNDRED * bounds.high, HUNDRED))


def part_from_share(total: Quantity | None, share: Quantity | None) -> Quantity:
    """Return a = Y·s/100 from a total and a share in per cent, in the unit of the total.

    Raises
    ------
    NothingToCompute
        NEGATIVE if either is below zero.
    """
    whole, rate = amounts(total, share)
    fraction = rate.scaled(Decimal("0.01"))
    point = None
    if whole.point is not None and fraction.point is not None:
        point = whole.point * fraction.point
    bounds = whole.interval * fraction.interval
    return result(
        point, bounds.low, bounds.high, low_open=bounds.low_open, high_open=bounds.high_open
    )


def coverage(parts: Parts, total: Quantity | None) -> Quantity:
    """Return 100·Σy_k/Y, per cent of the whole that the listed parts make up.

    Not cut at 100: parts above their whole are a contradiction to be seen, not mended.
    """
    *found, whole = amounts(*parts, total)
    if whole.point == 0 or whole.high == 0:
        raise NothingToCompute(reason="ZERO_TOTAL")
    listed = add_up(found)
    point = None
    if listed.point is not None and whole.point is not None:
        point = HUNDRED * listed.point / whole.point
    bounds = quotient(listed.interval, whole.interval)
    return result(point, HUNDRED * bounds.low, HUNDRED * bounds.high)


def table_sum(parts: Parts) -> Quantity:
    """Return Σy_k in the unit of the parts; raises UnknownValue if one is missing."""
    return add_up(known(*parts))


def residual(parts: Parts, total: Quantity | None) -> Quantity:
    """Return Y − Σy_k: the unlisted rest, an interval and no category.

    Below zero where the parts exceed the whole; that is left visible.
    """
    *found, whole = known(*parts, total)
    return whole - add_up(found)


def contributions(before: Parts, after: Parts) -> list[Quantity]:
    """Return c_k = 100·(y_k1 − y_k0)/Σy_0, percentage points; Σc_k is the growth of the sum.

    Parameters
    ----------
    before, after : [part] amounts in one unit
        The same parts in the same order.

    Notes
    -----
    With a = y_k0, b = y_k1 and R the rest of the base sum, c = (b − a)/(a + R) rises with b,
    falls with a and is monotone in R, so the bounds are exact.
    """
    first, last = _matched(before, after)
    terms = []
    for number, (start, end) in enumerate(zip(first, last, strict=True)):
        rest = add_up([*first[:number], *first[number + 1 :]])
        point = _contribution(start.point, end.point, rest.point)
        ends = (rest.low, rest.high)
        low = min(_bound(start.high, end.low, other) for other in ends)
        high = max(_bound(start.low, end.high, other) for other in ends)
        terms.append(result(point, low, high))
    return terms


def contributions_in_total(
    before: Parts, after: Parts, total_before: Quantity | None, total_after: Quantity | None
) -> list[Quantity]:
    """Return c_k = 100·(y_k1 − y_k0)/Y_0 of every part and, last, of the residual.

    The residual is what the parts leave of both totals, so that Σc_k is the growth of the
    total. Bounds treat the printed totals as independent of the parts: never too narrow.
    """
    first, last = _matched(before, after)
    base, final = amounts(total_before, total_after)
    if base.point == 0 or base.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    changes = [end - start for start, end in zip(first, last, strict=True)]
    terms = [_over_base(change, base) for change in changes]
    listed_before, listed_after = add_up(first), add_up(last)
    # (Y1 − S1 + S0)/Y0 − 1: Y0 stands once, which is tighter than (R1 − R0)/Y0
    kept = _over_base(final - listed_after + listed_before, base)
    point = None if kept.point is None else kept.point - HUNDRED
    terms.append(result(point, kept.low - HUNDRED, kept.high - HUNDRED))
    return terms


def _matched(before: Parts, after: Parts) -> tuple[list[Quantity], list[Quantity]]:
    if len(before) != len(after):
        raise NothingToCompute(reason="DIFFERENT_GROUPS")
    if not before:
        raise NothingToCompute(reason="NO_GROUPS")
    first, last = amounts(*before), amounts(*after)
    listed = add_up(first)
    if listed.point == 0 or listed.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    return list(first), list(last)


def _contribution(
    start: Decimal | None, end: Decimal | None, rest: Decimal | None
) -> Decimal | None:
    if start is None or end is None or rest is None:
        return None
    return HUNDRED * (end - start) / (start + rest)


def _bound(start: Decimal, end: Decimal, rest: Decimal) -> Decimal:
    """One corner of a contribution, with the limits at zero and infinity."""
    if not end.is_finite():
        return INFINITY
    if not start.is_finite():
        return -HUNDRED
    if not rest.is_finite():
        return ZERO
    if start + rest == 0:
        return INFINITY if end > 0 else ZERO
    return HUNDRED * (end - start) / (start + rest)


def _over_base(change: Quantity, base: Quantity) -> Quantity:
    """Return 100·change/base; the base is positive and independent of the change."""
    point = None
    if change.point is not None and base.point is not None:
        point = HUNDRED * change.point / base.point
    corners = [
        _corner(top, bottom)
        for top, bottom in product(_ends(change.interval), _ends(base.interval))
    ]
    return result(point, min(corners), max(corners))


def _ends(interval: Interval) -> tuple[Decimal, Decimal]:
    return interval.low, interval.high


def _corner(top: Decimal, bottom: Decimal) -> Decimal:
    if top == 0 or (top.is_finite() and not bottom.is_finite()):
        return ZERO
    if bottom == 0 or not top.is_finite():
        return INFINITY if top > 0 else -INFINITY
    return HUNDRED * top / bottom
