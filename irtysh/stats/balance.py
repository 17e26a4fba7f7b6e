"""Exports against imports of one period; both in one unit and one valuation."""

from __future__ import annotations

from irtysh.stats.quantity import HUNDRED, ZERO, Quantity, amounts, known, quotient, result
from irtysh.vocabulary.errors import NothingToCompute


def balance(exports: Quantity | None, imports: Quantity | None) -> Quantity:
    """Return X − M in the unit of the values; below zero is a deficit.

    Raises
    ------
    UnknownValue
        If a flow is missing.
    """
    outgoing, incoming = known(exports, imports)
    return outgoing - incoming


def relative_balance(exports: Quantity | None, imports: Quantity | None) -> Quantity:
    """Return 100·(X − M)/(X + M), per cent of turnover, −100 to 100.

    Computed as 2·share − 1: rises with X and falls with M, so the bounds are exact.

    Raises
    ------
    NothingToCompute
        ZERO_TOTAL if nothing was traded.
    """
    share = export_share(exports, imports)
    point = None if share.point is None else 2 * share.point - HUNDRED
    return result(point, 2 * share.low - HUNDRED, 2 * share.high - HUNDRED)


def coverage_ratio(exports: Quantity | None, imports: Quantity | None) -> Quantity:
    """Return 100·X/M, per cent of imports paid for by exports.

    Raises
    ------
    NothingToCompute
        ZERO_BASE if nothing was imported.
    """
    outgoing, incoming = amounts(exports, imports)
    if incoming.point == 0 or incoming.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    point = None
    if outgoing.point is not None and incoming.point is not None:
        point = HUNDRED * outgoing.point / incoming.point
    bounds = quotient(outgoing.interval, incoming.interval).scaled(HUNDRED)
    return result(
        point, bounds.low, bounds.high, low_open=bounds.low_open, high_open=bounds.high_open
    )


def export_share(exports: Quantity | None, imports: Quantity | None) -> Quantity:
    """Return 100·X/(X + M), per cent of turnover.

    Raises
    ------
    NothingToCompute
        ZERO_TOTAL if nothing was traded.
    """
    outgoing, incoming = amounts(exports, imports)
    return part_of(outgoing, incoming)


def part_of(part: Quantity, rest: Quantity) -> Quantity:
    """Return 100·a/(a + rest) in its monotone form: up with the part, down with the rest."""
    if part.high == rest.high == 0 or (part.point == 0 and rest.point == 0):
        raise NothingToCompute(reason="ZERO_TOTAL")
    point = None
    if part.point is not None and rest.point is not None:
        point = HUNDRED * part.point / (part.point + rest.point)
    low = ZERO
    if part.low > 0 and rest.high.is_finite():
        low = HUNDRED * part.low / (part.low + rest.high)
    high = HUNDRED
    if rest.low > 0 and part.high.is_finite():
        high = HUNDRED * part.high / (part.high + rest.low)
    return result(point, low, high)
