"""What a wording admits: the values that would make a claim true, literally and as heard.

Literal sets are what the words rule out; usual ones what a hearer takes them for: "more than
380" said of 402 is true, but one who knew would have said "more than 400" (Krifka 2007;
Cummins, Sauerland & Solt 2012).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from irtysh.evaluation.expressions.evidence import YES
from irtysh.vocabulary.interval import INFINITY, Interval
from irtysh.vocabulary.places import DEFINITIONS

NUMERIC = frozenset({"eq", "gt", "ge", "lt", "le", "about", "almost", "fraction"})
DIRECTED = frozenset({"rises", "falls", "unchanged"})
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Both sets; the usual one lies within the literal one."""

    literal: Interval
    usual: Interval


TRUE = Accepted(YES, YES)


@cache
def thresholds() -> Mapping[str, Decimal]:
    """Return name → number of definitions/thresholds/claims.yaml."""
    with (DEFINITIONS / "thresholds" / "claims.yaml").open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return {name: Decimal(entry["value"]) for name, entry in loaded.items()}


def accepted(operator: str, value: Decimal, step: Decimal) -> Accepted:
    """Return the sets of a numeric wording.

    Parameters
    ----------
    operator : one of NUMERIC
    value, step : the number said and the size of its last significant digit, in one unit
    """
    limits = thresholds()
    match operator:
        case "gt":
            return Accepted(
                Interval(value, INFINITY, True, True), Interval(value, value + step, True, False)
            )
        case "ge":
            return Accepted(Interval(value, INFINITY, False, True), Interval(value, value + step))
        case "lt" | "le":
            at_most = operator == "le"
            return Accepted(
                Interval(-INFINITY, value, True, not at_most),
                Interval(value - step, value, False, not at_most),
            )
        case "about":
            return _around(value, limits["about_literal"], limits["about_usual"])
        case "fraction":
            return _around(value, limits["fraction_literal"], limits["fraction_usual"])
        case "almost":
            return Accepted(
                _short_of(value, limits["almost_literal"]),
                _short_of(value, limits["almost_usual"]),
            )
    exactly = _rounded(value, step)
    return Accepted(exactly, exactly)


def directed(operator: str, unit: str) -> Accepted:
    """Return the sets of "rises", "falls" and "does not change" said of a change."""
    if operator == "rises":
        above = Interval(_ZERO, INFINITY, True, True)
        return Accepted(above, above)
    if operator == "falls":
        below = Interval(-INFINITY, _ZERO, True, True)
        return Accepted(below, below)
    limits = thresholds()
    name = "structure" if unit == "INDEX" else "unchanged"
    literal, usual = limits[f"{name}_literal"], limits[f"{name}_usual"]
    return Accepted(Interval(-literal, literal), Interval(-usual, usual))


def place(value: Decimal) -> Accepted:
    """Return the sets of a rank: the place itself."""
    exactly = Interval.exactly(value)
    return Accepted(exactly, exactly)


def _around(value: Decimal, literal: Decimal, usual: Decimal) -> Accepted:
    wide, narrow = abs(value) * literal, abs(value) * usual
    return Accepted(Interval(value - wide, value + wide), Interval(value - narrow, value + narrow))


def _short_of(value: Decimal, part: Decimal) -> Interval:
    """Return [part·x, x), mirrored below zero."""
    if value > 0:
        return Interval(value * part, value, False, True)
    if value < 0:
        return Interval(value, value * part, True, False)
    return Interval.exactly(value)


def _rounded(value: Decimal, step: Decimal) -> Interval:
    """Return what rounds to a number at its granule, a half away from zero."""
    half = step / 2
    return Interval(value - half, value + half, value <= 0, value >= 0)
