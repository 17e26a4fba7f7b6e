"""The crossing from exact quantities to floating point, for methods that are statistical.

An estimate from a dozen figures is not known to the sixth digit, so nothing is lost; the
bounds of the figures themselves are kept apart and joined again by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute, UnknownValue

DIGITS = 12
"""Significant digits kept of a floating-point result."""


def positive(values: Sequence[Quantity | None]) -> list[float]:
    """Return the best values as floats above zero, to be taken logarithms of.

    Raises
    ------
    UnknownValue
        If a value is missing or has bounds only.
    NothingToCompute
        NOT_POSITIVE if a value is zero or below: it has no logarithm.
    """
    found = []
    for value in values:
        if value is None or value.point is None:
            raise UnknownValue()
        if value.point <= 0:
            raise NothingToCompute(reason="NOT_POSITIVE")
        found.append(float(value.point))
    return found


def exact(value: float) -> Decimal:
    """Return a float as a number of twelve significant digits; infinity stays."""
    return Decimal(f"{value:.{DIGITS}g}") if isfinite(value) else Decimal(value)


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the middle two."""
    ranked = sorted(values)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def spread(values: Sequence[float]) -> float:
    """Return 1.4826·MAD, the robust standard deviation (Hampel 1974)."""
    middle = median(values)
    return 1.4826 * median([abs(value - middle) for value in values])
