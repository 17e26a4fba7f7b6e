"""Constant market share: why exports to a market changed more or less than the market.

    Δx = Σx_k0·r            demand: the market as a whole grew
       + Σx_k0·(r_k − r)    composition: we sell what it buys more, or less, of
       + Σ(x_k1 − x_k0·(1 + r_k))   competitiveness: our shares in its groups changed
    competitiveness = ΣW_k0·Δ(x_k/W_k) [pure share] + ΣΔW_k·Δ(x_k/W_k) [interaction]

r is the growth of all that the market buys, r_k that of group k. Read with the weights of the
first period this is Laspeyres' form; with those of the last (x_k1, growth against W_k1) it is
Paasche's, in which competitiveness is the pure share alone. The choice matters, so both and
their mean are computed and a change of sign is flagged. A group that the market did not buy in
the first period (W_k0 = 0), or buys no more (W_k1 = 0), has no growth and no share: its whole
change is a term of its own. Shift-share is the same algebra with a region and its country.

Sources: Tyszynski (1951); Leamer and Stern (1970), ch. 7; Richardson (1971); Dunn (1960).
Bounds are outer bounds: a quantity that stands twice in a term is treated as two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from irtysh.stats.quantity import Quantity, add_up, amounts, quotient, result
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.interval import Interval

Parts = Sequence[Quantity | None]

_HALF = Decimal("0.5")
_ONE = Quantity.exactly(1)


@dataclass(frozen=True, slots=True)
class Terms:
    """One reading of the change, every term in the unit of the exports.

    demand + composition + competitiveness + new_market + lost_market is the change;
    pure_share + interaction is competitiveness.
    """

    demand: Quantity
    composition: Quantity
    competitiveness: Quantity
    pure_share: Quantity
    interaction: Quantity
    new_market: Quantity
    lost_market: Quantity


@dataclass(frozen=True, slots=True)
class MarketShare:
    """The change of exports taken apart with first, last and mean weights.

    Attributes
    ----------
    change : Quantity
        Σx_k1 − Σx_k0.
    laspeyres, paasche, mean : Terms
    flags : tuple of str
        SIGNS_DIFFER if a term is a gain by one reading and a loss by the other; NEW_MARKET if
        some group enters or leaves the market.
    """

    change: Quantity
    laspeyres: Terms
    paasche: Terms
    mean: Terms
    flags: tuple[str, ...]


def market_share(
    before: Parts, after: Parts, market_before: Parts, market_after: Parts
) -> MarketShare:
    """Take the change of exports apart.

    Parameters
    ----------
    before, after : [group] exports to the market in two periods
    market_before, market_after : [group] all that the market buys, the same groups and unit

    Raises
    ------
    UnknownValue
        If a value is missing: a group without a value cannot be left out of a sum of all.
    NothingToCompute
        DIFFERENT_GROUPS, NO_GROUPS, NEGATIVE; ZERO_BASE if the market buys nothing in either
        period.
    """
    if not before:
        raise NothingToCompute(reason="NO_GROUPS")
    if len({len(parts) for parts in (before, after, market_before, market_after)}) > 1:
        raise NothingToCompute(reason="DIFFERENT_GROUPS")
    groups = [
        _Group(*amounts(*figures))
        for figures in zip(before, after, market_before, market_after, strict=True)
    ]
    old = add_up([group.w0 for group in groups])
    new = add_up([group.w1 for group in groups])
    if _is_nothing(old) or _is_nothing(new):
        raise NothingToCompute(reason="ZERO_BASE")
    kept = [group for group in groups if not group.is_new and not group.is_lost]
    edges = (
        add_up([group.change for group in groups if group.is_new]),
        add_up([group.change for group in groups if group.is_lost]),
    )
    first, last = _first_weights(kept, old, new, edges), _last_weights(kept, old, new, edges)
    flags = ["SIGNS_DIFFER"] if _signs_differ(first, last) else []
    if len(kept) < len(groups):
        flags.append("NEW_MARKET")
    return MarketShare(
        change=_rounded(add_up([group.change for group in groups])),
        laspeyres=first,
        paasche=last,
        mean=_mean(first, last),
        flags=tuple(flags),
    )


def demand(before: Parts, after: Parts, market_before: Parts, market_after: Parts) -> Quantity:
    """Return the mean demand term, in the unit of the exports; see ``market_share``."""
    return market_share(before, after, market_before, market_after).mean.demand


def composition(before: Parts, after: Parts, market_before: Parts, market_after: Parts) -> Quantity:
    """Return the mean composition term, in the unit of the exports; see ``market_share``."""
    return market_share(before, after, market_before, market_after).mean.composition


def competitiveness(
    before: Parts, after: Parts, market_before: Parts, market_after: Parts
) -> Quantity:
    """Return the mean competitiveness term, in the unit of the exports; see ``market_share``."""
    return market_share(before, after, market_before, market_after).mean.competitiveness


@dataclass(frozen=True, slots=True)
class _Group:
    """Exports and market of one group in both periods."""

    x0: Quantity
    x1: Quantity
    w0: Quantity
    w1: Quantity

    @property
    def change(self) -> Quantity:
        return self.x1 - self.x0

    @property
    def is_new(self) -> bool:
        return _is_nothing(self.w0)

    @property
    def is_lost(self) -> bool:
        return _is_nothing(self.w1) and not self.is_new

    @property
    def share_moved(self) -> Quantity:
        """Δ(x/W)."""
        return _over(self.x1, self.w1) - _over(self.x0, self.w0)

    @property
    def pure_share(self) -> Quantity:
        return _product(self.w0, self.share_moved)


def _first_weights(
    groups: Sequence[_Group], old: Quantity, new: Quantity, edges: Sequence[Quantity]
) -> Terms:
    """Weigh with x_k0; growth is counted from W_k0."""
    whole = _over(new, old) - _ONE
    return _terms(
        demand=[_product(one.x0, whole) for one in groups],
        composition=[_product(one.x0, _over(one.w1, one.w0) - _ONE - whole) for one in groups],
        competitiveness=[one.x1 - _product(one.x0, _over(one.w1, one.w0)) for one in groups],
        pure_share=[one.pure_share for one in groups],
        interaction=[_product(one.w1 - one.w0, one.share_moved) for one in groups],
        edges=edges,
    )


def _last_weights(
    groups: Sequence[_Group], old: Quantity, new: Quantity, edges: Sequence[Quantity]
) -> Terms:
    """Weigh with x_k1; growth is counted against W_k1, and nothing interacts."""
    whole = _ONE - _over(old, new)
    return _terms(
        demand=[_product(one.x1, whole) for one in groups],
        composition=[_product(one.x1, _ONE - _over(one.w0, one.w1) - whole) for one in groups],
        competitiveness=[_product(one.x1, _over(one.w0, one.w1)) - one.x0 for one in groups],
        pure_share=[one.pure_share for one in groups],
        interaction=[],
        edges=edges,
    )


def _terms(*, edges: Sequence[Quantity], **by_group: Sequence[Quantity]) -> Terms:
    new, lost = edges
    sums = {name: _rounded(add_up(values)) for name, values in by_group.items()}
    return Terms(**sums, new_market=_rounded(new), lost_market=_rounded(lost))


def _mean(one: Terms, other: Terms) -> Terms:
    return Terms(
        *(
            _rounded((getattr(one, term.name) + getattr(other, term.name)).scaled(_HALF))
            for term in fields(Terms)
        )
    )


def _signs_differ(one: Terms, other: Terms) -> bool:
    for name in ("demand", "composition", "competitiveness"):
        first, last = getattr(one, name).point, getattr(other, name).point
        if first is not None and last is not None and first * last < 0:
            return True
    return False


def _is_nothing(value: Quantity) -> bool:
    return value.point == 0 or value.high == 0


def _over(part: Quantity, whole: Quantity) -> Quantity:
    point = None
    if part.point is not None and whole.point is not None:
        point = part.point / whole.point
    return Quantity(point, _holding(quotient(part.interval, whole.interval), point))


def _product(one: Quantity, other: Quantity) -> Quantity:
    point = None
    if one.point is not None and other.point is not None:
        point = one.point * other.point
    return Quantity(point, _holding(one.interval * other.interval, point))


def _holding(bounds: Interval, point: Decimal | None) -> Interval:
    """Widen bounds by the rounding of a 28-digit point, so that they hold it."""
    if point is None:
        return bounds
    low, high = min(bounds.low, point), max(bounds.high, point)
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, bounds.low_open and low == bounds.low,
                    bounds.high_open and high == bounds.high)  # fmt: skip


def _rounded(term: Quantity) -> Quantity:
    return result(term.point, term.low, term.high)
