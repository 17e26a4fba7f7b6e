"""The operators of expressions on values with bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from irtysh.evaluation.expressions.evidence import (
    NO,
    OPEN,
    YES,
    Evidence,
    Missing,
    combined,
)
from irtysh.evaluation.expressions.faults import dimension_fault
from irtysh.evaluation.expressions.tree import Binary, Node
from irtysh.evaluation.expressions.units import divided, multiplied
from irtysh.vocabulary.errors import DivisionByZeroInterval
from irtysh.vocabulary.interval import Interval

_Operator = Callable[[Binary, Evidence, Evidence], Evidence]


def same_unit(node: Node, token: str, left: Evidence, right: Evidence) -> str:
    """Return the unit of both; raises DimensionFault. A missing value takes the other's unit."""
    if left.interval is None or right.interval is None or left.unit == right.unit:
        return left.unit if left.interval is not None else right.unit
    raise dimension_fault(
        node.position, token, "same_unit", left=left.unit or "1", right=right.unit or "1"
    )


def _sum(node: Binary, left: Evidence, right: Evidence) -> Evidence:
    unit = same_unit(node, node.operator, left, right)
    if left.interval is None or right.interval is None:
        return combined((left, right), interval=None, unit=unit)
    point = None
    if left.point is not None and right.point is not None:
        sign = 1 if node.operator == "+" else -1
        point = left.point + sign * right.point
    other = right.interval if node.operator == "+" else -right.interval
    return combined((left, right), interval=left.interval + other, point=point, unit=unit)


def _product(node: Binary, left: Evidence, right: Evidence) -> Evidence:
    if left.interval is None or right.interval is None:
        return combined((left, right), interval=None)
    made = multiplied(left.unit, right.unit)
    if made is None:
        raise _meaningless(node, left, right)
    unit, factor = made
    point = None
    if left.point is not None and right.point is not None:
        point = left.point * right.point * factor
    interval = (left.interval * right.interval).scaled(factor)
    return combined((left, right), interval=interval, point=point, unit=unit)


def _quotient(node: Binary, left: Evidence, right: Evidence) -> Evidence:
    if left.interval is None or right.interval is None:
        return combined((left, right), interval=None)
    made = divided(left.unit, right.unit)
    if made is None:
        raise _meaningless(node, left, right)
    unit, factor = made
    return over(str(node.right), left, right, factor, unit)


def over(text: str, left: Evidence, right: Evidence, factor: Decimal, unit: str) -> Evidence:
    """Return factor · left / right; a divisor that may be zero is a missing denominator."""
    assert left.interval is not None
    assert right.interval is not None
    try:
        interval = (left.interval / right.interval).scaled(factor)
    except DivisionByZeroInterval:
        gap = Missing("denominator", text)
        return combined((left, right), interval=None, unit=unit, missing=(gap,))
    point = None
    if left.point is not None and right.point:
        point = left.point / right.point * factor
    return combined((left, right), interval=interval, point=point, unit=unit)


OPERATORS: Mapping[str, _Operator] = {"+": _sum, "-": _sum, "*": _product, "/": _quotient}


def negative(value: Evidence) -> Evidence:
    """Return minus a value."""
    if value.interval is None:
        return value
    point = None if value.point is None else -value.point
    return replace(value, interval=-value.interval, point=point)


def compared(node: Binary, left: Evidence, right: Evidence) -> Evidence:
    """Return whether a comparison certainly holds, certainly does not, or may do either."""
    same_unit(node, node.operator, left, right)
    if left.interval is None or right.interval is None:
        return combined((left, right), interval=None, gives="truth")
    one, other = left.interval, right.interval
    if node.operator in ("<", "<="):
        one, other = other, one
    strictly = node.operator in (">", "<")
    return combined((left, right), interval=exceeds(one, other, strictly), gives="truth")


def exceeds(one: Interval, other: Interval, strictly: bool = True) -> Interval:
    """Return YES, NO or OPEN for "one is greater than the other"."""
    apart = one.low > other.high or (
        one.low == other.high and (one.low_open or other.high_open or not strictly)
    )
    if apart:
        return YES
    below = one.high < other.low or (
        one.high == other.low and (one.high_open or other.low_open or strictly)
    )
    return NO if below else OPEN


def narrowed(found: Evidence, interval: Interval | None) -> Evidence:
    """Return evidence with the narrower of two bounds that both hold."""
    if interval is None or found.interval is None:
        return found
    low, low_open = max(
        (found.interval.low, found.interval.low_open), (interval.low, interval.low_open)
    )
    high, closed = min(
        (found.interval.high, not found.interval.high_open),
        (interval.high, not interval.high_open),
    )
    if low > high or (low == high and (low_open or not closed)):
        return found
    return replace(found, interval=Interval(low, high, low_open, not closed))


def _meaningless(node: Binary, left: Evidence, right: Evidence) -> Exception:
    return dimension_fault(
        node.position, node.operator, "no_square", left=left.unit or "1", right=right.unit or "1"
    )
