"""What a ranking of partners tells about the whole when the rest is only "below c per cent".

The source lists the largest partners with their values and says that every other one has less
than c per cent of an unnamed total T. Then T is at least the sum of the listed values (no
others at all), and, if the listed partners reach the threshold, at most the smallest of them
divided by c. All bounds below are exact or outer bounds over that range and over the rounding
of the values.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from irtysh.stats.balance import part_of
from irtysh.stats.concentration import herfindahl
from irtysh.stats.quantity import HUNDRED, ONE, ZERO, Quantity, add_up, amounts, quotient, result
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import INFINITY

Parts = Sequence[Quantity | None]


def total_range(listed: Parts, threshold: Decimal, *, listed_reach: bool = True) -> Quantity:
    """Return the bounds of the total T in the unit of the values; it has no point.

    Parameters
    ----------
    listed : [partner] amounts
    threshold : per cent
        Every partner not listed is below it.
    listed_reach : bool
        True if the listed partners are read as reaching the threshold; else T has no upper
        bound.

    Raises
    ------
    NothingToCompute
        NO_GROUPS, ZERO_TOTAL; IMPOSSIBLE if the smallest listed partner is below the threshold
        of the listed ones alone.
    """
    found = _listed(listed)
    low = add_up(found).low
    high = HUNDRED * min(part.high for part in found) / threshold if listed_reach else INFINITY
    if high < low:
        raise NothingToCompute(reason="IMPOSSIBLE")
    return result(None, low, high)


def share_range(
    listed: Parts, number: int, threshold: Decimal, *, listed_reach: bool = True
) -> Quantity:
    """Return the bounds of a listed partner's share, per cent of T; it has no point.

    Largest where nobody else trades; smallest where T is largest, and then every listed
    partner j bounds it: s_k ≥ c·y_k/y_j.
    """
    total_range(listed, threshold, listed_reach=listed_reach)
    found = _listed(listed)
    one = found[number]
    others = [*found[:number], *found[number + 1 :]]
    high = part_of(one, add_up(others)).high
    low = ZERO
    if listed_reach:
        low = threshold * max([ONE, *(quotient(one.interval, o.interval).low for o in others)])
    return result(None, low, high)


def concentration_range(
    listed: Parts,
    threshold: Decimal,
    total: Quantity | None = None,
    *,
    listed_reach: bool = True,
) -> Quantity:
    """Return the bounds of HHI over all partners; it has no point.

    The others hold s_o = 1 − Σs_k of the total, each less than c: they add between almost
    nothing (many tiny partners) and s_o·c. With ``total`` None the bounds hold over every
    admissible total: Σy²/T² + c(1 − Σy/T) is convex in 1/T, so largest at an end of its range.
    """
    found = _listed(listed)
    admissible = total_range(listed, threshold, listed_reach=listed_reach)
    limit = threshold / HUNDRED
    if total is not None:
        return _at_total(found, limit, amounts(total)[0])
    low = ZERO
    if listed_reach:
        shares = [share_range(listed, k, threshold).low / HUNDRED for k in range(len(found))]
        low = sum((share * share for share in shares), ZERO)
    alone = herfindahl(found).high
    if not listed_reach or not admissible.high.is_finite():
        return result(None, low, max(alone, limit))
    smallest = min(part.low for part in found)
    # at T = y_min/c the listed and the others give c + c²·Σx(x − 1) with x = y_k/y_min ≥ 1
    at_largest = ONE
    if smallest > 0 and all(part.high.is_finite() for part in found):
        relative = [part.high / smallest for part in found]
        at_largest = limit + limit * limit * sum((x * (x - ONE) for x in relative), ZERO)
    return result(None, low, min(max(alone, at_largest), ONE))


def _at_total(found: Sequence[Quantity], limit: Decimal, total: Quantity) -> Quantity:
    shares = [quotient(part.interval, total.interval) for part in found]
    low = sum((share.low * share.low for share in shares), ZERO)
    listed = sum((share.low for share in shares), ZERO)
    squares = sum((share.high * share.high for share in shares), ZERO)
    return result(None, low, min(squares + max(ONE - listed, ZERO) * limit, ONE))


def _listed(listed: Parts) -> list[Quantity]:
    if not listed:
        raise NothingToCompute(reason="NO_GROUPS")
    found = list(amounts(*listed))
    if add_up(found).high == 0 or all(part.point == 0 for part in found):
        raise NothingToCompute(reason="ZERO_TOTAL")
    return found
