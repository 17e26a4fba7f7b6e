"""Figures of a line as plain JSON: the keys of an indicator's result, plus how to show them.

{"point", "low", "high", "unit", "unit_mult", "coverage", "flags", "evidence", "formula",
"digits", "signed"}. Numbers are text, so no digit is lost; ``point`` is null where only bounds
are known or nothing is; no figure stands without evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from irtysh.stats.quantity import Quantity, on_grid
from irtysh.vocabulary.interval import Interval

Number = Decimal | int | float
FigureJson = dict[str, Any]

PLAIN = "_Z"
"""Unit of a pure number."""


def figure(
    point: Number | None,
    low: Number | None = None,
    high: Number | None = None,
    *,
    evidence: Iterable[str],
    formula: str,
    unit: str = PLAIN,
    unit_mult: int = 0,
    coverage: Decimal | None = None,
    flags: Iterable[str] = (),
    digits: int = 2,
    signed: bool = False,
) -> FigureJson:
    """Return a figure; bounds left out are the point itself.

    Parameters
    ----------
    point, low, high : in ``unit`` × 10**``unit_mult``
    evidence : ids of everything it rests on
    formula : id of the rule that made it (docs/methodology/evaluation.md)
    digits, signed : decimals to show, and whether with a plus sign
    """
    return {
        "point": text(point),
        "low": text(point if low is None else low),
        "high": text(point if high is None else high),
        "unit": unit,
        "unit_mult": unit_mult,
        "coverage": text(coverage),
        "flags": sorted(set(flags)),
        "evidence": sorted(set(evidence)),
        "formula": formula,
        "digits": digits,
        "signed": signed,
    }


def of_quantity(quantity: Quantity, **rest: Any) -> FigureJson:
    """Return the figure of a quantity; the rest as in ``figure``."""
    return figure(quantity.point, quantity.low, quantity.high, **rest)


def counted(count: int, *, evidence: Iterable[str], formula: str = "count") -> FigureJson:
    """Return a number of things as a figure.

    ``evidence`` may be the ids of the things, or, where there are none, of where one looked
    ("registers/obstacles").
    """
    return figure(count, evidence=evidence, formula=formula, unit="NUM", digits=0)


def threshold(value: Number, name: str, *, digits: int = 2, unit: str = PLAIN) -> FigureJson:
    """Return a parameter as a figure: its evidence is the parameter's own entry."""
    return figure(
        value, evidence=(f"thresholds/{name}",), formula="threshold", unit=unit, digits=digits
    )


def nothing(*, evidence: Iterable[str], formula: str, unit: str = PLAIN) -> FigureJson:
    """Return a figure without any value: something is missing."""
    return figure(None, evidence=evidence, formula=formula, unit=unit)


def text(value: Number | None) -> str | None:
    """Return a number as text on the grid of twelve decimals; None stays."""
    if value is None:
        return None
    exact = Decimal(str(value))
    return format(on_grid(exact, "ROUND_HALF_EVEN") if exact.is_finite() else exact, "f")


def number(value: str | None) -> Decimal | None:
    """Return what ``text`` wrote."""
    return None if value is None else Decimal(value)


def interval_of(one: FigureJson) -> Interval | None:
    """Return the bounds of a figure; None where it has none."""
    low, high = number(one["low"]), number(one["high"])
    return None if low is None or high is None else Interval(low, high)
