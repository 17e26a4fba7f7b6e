"""Values at the prices of one period.

y_t at prices of the period b is y_t · P_b / P_t. Only values that an index covers are deflated;
the rest stays beside them at its own prices and is never carried along silently.
Sources: ILO and others (2004), Consumer Price Index Manual, ch. 2 and 15; IMF (2009), Export
and Import Price Index Manual, ch. 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from irtysh.stats.quantity import HUNDRED, ZERO, Quantity, add_up, amounts, quotient, result
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue

Series = Mapping[int, Quantity | None]


def at_prices_of(
    value: Quantity | None, prices: Quantity | None, base_prices: Quantity | None
) -> Quantity:
    """Return y·P_b/P, in the unit of the value.

    Parameters
    ----------
    value : amount at the prices of its own period
    prices, base_prices : index numbers of one index, above zero
        Of the period of the value and of the period whose prices are wanted. The index has to
        be of prices in the currency of the value.

    Raises
    ------
    UnknownValue
        If the value or an index number is missing.
    NothingToCompute
        ZERO_BASE if the index is zero, NEGATIVE.
    """
    amount, own, wanted = amounts(value, prices, base_prices)
    if own.point == 0 or own.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    point = None
    if amount.point is not None and own.point is not None and wanted.point is not None:
        point = amount.point * wanted.point / own.point
    bounds = quotient(amount.interval * wanted.interval, own.interval)
    return result(
        point, bounds.low, bounds.high, low_open=bounds.low_open, high_open=bounds.high_open
    )


def at_constant_prices(values: Series, index: Series, base: int) -> dict[int, Quantity | None]:
    """Return every value at the prices of one period; None where the index has no number.

    Parameters
    ----------
    values, index : period → quantity
    base : period whose prices are taken

    Raises
    ------
    UnknownValue
        If the index has no number for the base period: then nothing can be deflated.
    """
    if index.get(base) is None:
        raise UnknownValue()
    found: dict[int, Quantity | None] = {}
    for period, value in sorted(values.items()):
        own = index.get(period)
        known = value is not None and own is not None
        # the base stands at its own prices: its index would only widen the bounds
        found[period] = (
            value if period == base else at_prices_of(value, own, index[base]) if known else None
        )
    return found


def chained(links: Series, base: int) -> dict[int, Quantity]:
    """Return an index of 100 in the base period from links to the period before.

    Parameters
    ----------
    links : period → index number with the period before = 100
    base : first period, 100 by convention

    Returns
    -------
    dict
        Ends at the first missing link: an index cannot be carried over a gap.
    """
    index = {base: Quantity.exactly(100)}
    period = base + 1
    while (link := links.get(period)) is not None:
        before = index[period - 1]
        point = None
        if before.point is not None and link.point is not None:
            point = before.point * link.point / HUNDRED
        bounds = (before.interval * link.interval).scaled(Decimal("0.01"))
        index[period] = result(point, bounds.low, bounds.high)
        period += 1
    return index


@dataclass(frozen=True, slots=True)
class Deflated:
    """A whole of which an index covers a part.

    Attributes
    ----------
    covered : Quantity
        The covered parts at constant prices.
    uncovered : Quantity
        The others, at the prices of their own period.
    coverage : Decimal or None
        Covered value over the value of all parts, both at their own prices; None where a part
        has bounds only.
    """

    covered: Quantity
    uncovered: Quantity
    coverage: Decimal | None

    @property
    def flags(self) -> tuple[str, ...]:
        """PARTIAL if a part was left at its own prices."""
        return () if self.coverage == 1 else ("PARTIAL",)


def deflate_parts(
    parts: Sequence[Quantity | None],
    prices: Sequence[Quantity | None],
    base_prices: Sequence[Quantity | None],
) -> Deflated:
    """Deflate the parts of a whole, each by its own index, those without an index not at all.

    Parameters
    ----------
    parts, prices, base_prices : [part]
        ``None`` among the prices: no index covers the part.

    Raises
    ------
    UnknownValue
        If a part itself is missing.
    NothingToCompute
        NO_PRICE_INDEX if no part is covered, ZERO_TOTAL, NEGATIVE.
    """
    found = amounts(*parts)
    covered, before, left = [], [], []
    for part, own, wanted in zip(found, prices, base_prices, strict=True):
        if own is None or wanted is None:
            left.append(part)
        else:
            covered.append(at_prices_of(part, own, wanted))
            before.append(part)
    if not covered:
        raise NothingToCompute(reason="NO_PRICE_INDEX")
    share = None
    inside, outside = add_up(before).point, add_up(left).point
    if inside is not None and outside is not None:
        if inside + outside == ZERO:
            raise NothingToCompute(reason="ZERO_TOTAL")
        share = inside / (inside + outside)
    return Deflated(add_up(covered), add_up(left), share)
