"""Which units may be added, multiplied and divided, and what comes out."""

from __future__ import annotations

from decimal import Decimal

PURE = ""
PERCENT = "PC"
_PURE_CODES = {"RATIO": PURE, "_Z": PURE}
_ONE = Decimal(1)
_SMALLER = {"KG": ("T", Decimal("0.001"))}
"""Units kept in another one, so that kilograms and tonnes are compared."""


def leaf_unit(code: str) -> tuple[str, Decimal]:
    """Return the unit that values of ``code`` are kept in, and the factor to it."""
    if code in _SMALLER:
        return _SMALLER[code]
    return _PURE_CODES.get(code, code), _ONE


def multiplied(left: str, right: str) -> tuple[str, Decimal] | None:
    """Return the unit and factor of a product; None where it means nothing."""
    for one, other in ((left, right), (right, left)):
        if one == PURE:
            return other, _ONE
        if one == PERCENT:
            return other, Decimal("0.01")
        over = one.partition("/")
        if over[2] and over[2] == other:
            return over[0], _ONE
    return None


def divided(left: str, right: str) -> tuple[str, Decimal] | None:
    """Return the unit and factor of a quotient; None where it means nothing."""
    if right == PURE:
        return left, _ONE
    if left == right:
        return PURE, _ONE
    if right == PERCENT:
        return left, Decimal(100)
    if left in (PURE, PERCENT) or "/" in left or "/" in right:
        return None
    return f"{left}/{right}", _ONE


def converted(unit: str, wanted: str) -> Decimal | None:
    """Return the factor that turns values in ``unit`` into ``wanted``; None if nothing does."""
    target, factor = leaf_unit(wanted)
    points = {PERCENT, "PP"}
    if unit == target or (unit in points and target in points):
        return _ONE / factor
    if unit == PURE and target in points:
        return Decimal(100)
    if unit in points and target == PURE:
        return Decimal("0.01")
    if {unit, target} <= {PURE, "NUM", "PLACE", "INDEX", "POINTS"}:
        return _ONE
    return None
