"""Money in another currency or at the prices of one period, by a dated series that is named.

An amount of a period is converted by the rate of the very same period: flows by the average rate
of the period, stocks by the rate at its end. Where the series has no rate the result is missing;
the rate of a neighbour is never taken. Sources: United Nations and others (2009), System of
National Accounts 2008, §§ 2.156–2.158 and 14.77–14.80 (rates), 15.160–15.179 (price indices);
IMF (2009), Export and Import Price Index Manual, ch. 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from irtysh.stats.deflation import at_prices_of
from irtysh.stats.quantity import Quantity, add_up, amounts, quotient, result
from irtysh.vocabulary.errors import NothingToCompute, SeriesMixed
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import parse_printed
from irtysh.vocabulary.period import Period, PeriodKind

Taken = Literal["average", "end"]
_SHORTER = {
    PeriodKind.YEAR: {PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12},
    PeriodKind.HALF: {PeriodKind.QUARTER: 2, PeriodKind.MONTH: 6},
    PeriodKind.QUARTER: {PeriodKind.MONTH: 3},
}
_ONE_SERIES = (
    "ref_area", "counterpart_area", "flow", "classification", "commodity", "measure",
    "unit", "unit_mult", "base_period", "source",
)  # fmt: skip
"""What the rows of one series share."""


@dataclass(frozen=True, slots=True)
class Rates:
    """A dated series of rates or of index numbers.

    Attributes
    ----------
    id, source : str
        The series and who publishes it: the evidence of every result.
    values : dict
        Period → units of ``unit`` for one unit of ``per`` (or the index number), None where the
        source has a gap.
    unit, per : str
        "KZT" and "USD" for tenge per dollar; ``per`` is empty for an index.
    taken : "average" or "end"
        Of the period, or at its end.
    """

    id: str
    source: str
    values: Mapping[Period, Quantity | None]
    unit: str
    per: str = ""
    taken: Taken = "average"


@dataclass(frozen=True, slots=True)
class Evidence:
    """By what an amount was converted: shown beside it, under the flag CONVERTED."""

    series: str
    source: str
    period: Period
    rate: Quantity
    taken: Taken
    over: int = 1
    """How many shorter periods the rate is the mean of."""


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount converted; both fields are None where it, or a rate, is missing."""

    value: Quantity | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def is_missing(self) -> bool:
        """True where the amount or a rate was missing."""
        return self.value is None


def rate_of(rates: Rates, period: Period) -> Evidence | None:
    """Return the rate of exactly this period, or of all its shorter ones; None if one is missing.

    A year without a rate of its own has the unweighted mean of its four quarters or twelve
    months (or the last of them, where the series is of ends), if none is missing.
    """
    own = rates.values.get(period)
    if own is not None:
        return Evidence(rates.id, rates.source, period, own, rates.taken)
    if period in rates.values:
        return None
    for kind, count in _SHORTER.get(period.kind, {}).items():
        parts = _within(rates, period, kind)
        if len(parts) == count:
            rate = parts[-1] if rates.taken == "end" else _mean(parts)
            return Evidence(rates.id, rates.source, period, rate, rates.taken, count)
    return None


def _within(rates: Rates, period: Period, kind: PeriodKind) -> list[Quantity]:
    """Return the known rates of the shorter periods, in order."""
    inside = sorted(one for one in rates.values if one.kind is kind and one.overlaps(period))
    found = [rates.values[one] for one in inside]
    return [rate for rate in found if rate is not None]


def _mean(rates: list[Quantity]) -> Quantity:
    total = add_up(rates)
    count = Decimal(len(rates))
    point = None if total.point is None else total.point / count
    bounds = total.interval
    return result(
        point,
        bounds.low / count,
        bounds.high / count,
        low_open=bounds.low_open,
        high_open=bounds.high_open,
    )


def in_currency(
    values: Mapping[Period, Quantity | None], rates: Rates, *, have: str, want: str
) -> dict[Period, Converted]:
    """Convert amounts period by period.

    Parameters
    ----------
    values : period → amount in ``have``
    rates : Rates
        Between the two currencies, either way round.
    have, want : str
        Codes of units.

    Raises
    ------
    NothingToCompute
        NO_RATE if the series is between other currencies, ZERO_BASE for a rate of zero,
        NEGATIVE.
    """
    if {have, want} != {rates.unit, rates.per} or have == want:
        raise NothingToCompute(reason="NO_RATE")
    return {
        period: _one(value, rate_of(rates, period), multiply=have == rates.per)
        for period, value in values.items()
    }


def _one(value: Quantity | None, evidence: Evidence | None, *, multiply: bool) -> Converted:
    if value is None or evidence is None:
        return Converted(None)
    # a balance may be below zero; only the rate may not
    (rate,) = amounts(evidence.rate)
    if rate.point == 0 or rate.high == 0:
        raise NothingToCompute(reason="ZERO_BASE")
    return Converted(_changed(value, rate, multiply=multiply), (evidence,))


def _changed(value: Quantity, rate: Quantity, *, multiply: bool) -> Quantity:
    if value.point is not None and value.point < 0:
        turned = _changed(value.scaled(-1), rate, multiply=multiply)
        return turned.scaled(-1)
    (amount,) = amounts(value)
    point = None
    if amount.point is not None and rate.point is not None:
        point = amount.point * rate.point if multiply else amount.point / rate.point
    bounds = (
        amount.interval * rate.interval if multiply else quotient(amount.interval, rate.interval)
    )
    return result(
        point, bounds.low, bounds.high, low_open=bounds.low_open, high_open=bounds.high_open
    )


def crossed(first: Rates, second: Rates) -> Rates:
    """Return the rate between two currencies that are both quoted for one unit of a third.

    ECB rates are units per euro: roubles per euro over dollars per euro is roubles per dollar.
    A period that either lacks is missing. Raises NothingToCompute (NO_RATE) for rates of other
    bases or of other ways of taking them.
    """
    if first.per != second.per or not first.per or first.taken != second.taken:
        raise NothingToCompute(reason="NO_RATE")
    values: dict[Period, Quantity | None] = {}
    for period in first.values.keys() | second.values.keys():
        one, other = first.values.get(period), second.values.get(period)
        values[period] = (
            None if one is None or other is None else _changed(one, other, multiply=False)
        )
    source = first.source if first.source == second.source else f"{first.source};{second.source}"
    return Rates(f"{first.id}/{second.id}", source, values, first.unit, second.unit, first.taken)


def at_constant_prices(
    values: Mapping[Period, Quantity | None], index: Rates, base: Period
) -> dict[Period, Converted]:
    """Return every amount at the prices of the base period; missing where the index is.

    The index has to be of prices in the currency of the amounts. Raises NothingToCompute
    (NO_PRICE_INDEX) if it has no number for the base period, ZERO_BASE, NEGATIVE.
    """
    wanted = rate_of(index, base)
    if wanted is None:
        raise NothingToCompute(reason="NO_PRICE_INDEX")
    found: dict[Period, Converted] = {}
    for period, value in values.items():
        own = wanted if period == base else rate_of(index, period)
        if value is None or own is None:
            found[period] = Converted(None)
        elif period == base:
            found[period] = Converted(value, (wanted,))
        else:
            found[period] = Converted(at_prices_of(value, own.rate, wanted.rate), (own, wanted))
    return found


def rates_of(
    rows: Iterable[Mapping[str, Any]], *, unit: str, per: str = "", taken: Taken = "average"
) -> Rates:
    """Make a series of the rows of a dataset, as the caller has selected them.

    Parameters
    ----------
    rows : as ``Dataset.stream`` yields them: one series, in whichever order
    unit, per, taken : as in ``Rates``

    Raises
    ------
    SeriesMixed
        The rows are of several series: name what tells them apart.
    """
    values: dict[Period, Quantity | None] = {}
    series: dict[str, str] = {}
    for row in rows:
        own = {field: str(row.get(field) or "") for field in _ONE_SERIES}
        if series and own != series:
            apart = sorted(field for field in own if own[field] != series[field])
            raise SeriesMixed(fields=", ".join(apart))
        series = own
        period = Period.parse(str(row["period_kind"]), str(row["period"]))
        if period in values:
            raise SeriesMixed(fields="period")
        values[period] = _quantity(row)
    name = ".".join(filter(None, (series.get(field, "") for field in _ONE_SERIES[:6])))
    return Rates(name, series.get("source", ""), values, unit, per, taken)


def _quantity(row: Mapping[str, Any]) -> Quantity | None:
    if row["value"] is None or row["value"] == "":
        return None
    value = parse_printed(row["printed"]) if row.get("printed") else Decimal(row["value"])
    bounds = Quantity(value, Interval.from_rounded(value))
    return bounds.scaled(Decimal(10) ** int(row.get("unit_mult") or 0))
