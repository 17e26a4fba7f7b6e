"""A level – a quantity of a series in a period, printed or implied – and rates that link two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from irtysh.evaluation.consistency.ledger import Quantity, Series, printed_amount
from irtysh.evaluation.consistency.values import Amount, Phrase, scale_of
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period


@dataclass(frozen=True, slots=True)
class Level:
    """A quantity in a period, printed or implied.

    Attributes
    ----------
    series, quantity, period : Series, Quantity, Period
    interval : Interval
        In the unit itself; all that rounding and the words of the source admit.
    heard : Interval
        What a hearer takes it for: "more than 380" is heard as 380 to 390.
    point : Decimal or None
        The best value; None where the root is only bounded ("more than 380").
    root : Observation
        The printed level it rests on.
    observations : tuple of str
        Ids of everything it rests on, the root first.
    steps : tuple of Phrase
        The arithmetic; empty for a printed level.
    assumes_partner : bool
        True if a link does not say whose turnover it speaks of, and is read as this series'.
    """

    series: Series
    quantity: Quantity
    period: Period
    interval: Interval
    heard: Interval
    point: Decimal | None
    root: Observation
    observations: tuple[str, ...]
    steps: tuple[Phrase, ...] = ()
    assumes_partner: bool = False

    @property
    def is_printed(self) -> bool:
        """True if a source states it."""
        return not self.steps

    @property
    def amount(self) -> Amount:
        """The level for a sentence: as printed, or with one decimal if implied."""
        if self.is_printed:
            return printed_amount(self.root)
        return written_level(self.interval, self.point, self.quantity.unit)


def written_level(interval: Interval, point: Decimal | None, unit: str) -> Amount:
    """Return an implied quantity for a sentence: its point with one decimal, or its bounds."""
    if point is None:
        bound = interval.low if interval.low.is_finite() else interval.high
        return Amount(interval, unit, scale_of([bound]), 1)
    return Amount(point, unit, scale_of([point]), 1)


def choose(levels: Iterable[Level]) -> Level | None:
    """Return the level to work with: printed before implied, a point before a mere bound."""
    return min(
        levels,
        key=lambda level: (level.point is None, not level.is_printed, len(level.steps)),
        default=None,
    )


def factor(growth: Observation) -> Interval:
    """Return the multiplier of a growth rate printed in per cent: +12.6 is [1.1255, 1.1265)."""
    interval = growth.interval
    assert interval is not None
    hundredth = Decimal("0.01")
    return interval.scaled(Decimal(10) ** growth.unit_mult).scaled(hundredth).shifted(1)


def point_factor(growth: Observation) -> Decimal:
    """Return the multiplier of a growth rate at its printed value."""
    assert growth.value is not None
    return 1 + growth.value.scaleb(growth.unit_mult - 2)


def is_whole_growth(growth: Observation) -> bool:
    """True if a rate links two levels: in per cent, both periods known, something left above zero.

    A share that grew says nothing of the amount, and a plan is no link.
    """
    base = growth.base_period
    return (
        growth.unit == "PC"
        and not growth.share_of
        and growth.status is not Status.TARGET
        and growth.period.is_known
        and base is not None
        and base.is_known
        and growth.value is not None
        and factor(growth).low > 0
    )


def percent(observation: Observation) -> Decimal:
    """Return a rate or share in per cent as printed."""
    assert observation.value is not None
    return observation.value.scaleb(observation.unit_mult)


def digits(observation: Observation) -> int:
    """Return how many decimals a rate or share is printed with."""
    return max(0, -int(percent(observation).as_tuple().exponent))


def when(period: Period) -> tuple[str, str, str]:
    """Return what periods are put in order by."""
    return (str(period.start), str(period.end), period.kind.value)


def periods_in_order(periods: Iterable[Period]) -> Iterator[Period]:
    """Yield known periods by time."""
    yield from sorted((period for period in periods if period.is_known), key=when)
