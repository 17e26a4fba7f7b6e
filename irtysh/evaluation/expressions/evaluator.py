"""The value of an expression over a world, with bounds that hold for every admissible figure."""

from __future__ import annotations

from collections import Counter
from itertools import product

from irtysh.evaluation.expressions import arithmetic, functions
from irtysh.evaluation.expressions.degree import is_fractional
from irtysh.evaluation.expressions.evidence import Evidence
from irtysh.evaluation.expressions.parser import COMPARISONS, category
from irtysh.evaluation.expressions.reading import Reading, with_unit
from irtysh.evaluation.expressions.signatures import FIGURE, SPREAD
from irtysh.evaluation.expressions.tree import (
    Binary,
    Call,
    Expression,
    Negative,
    Node,
    Number,
    Reference,
    Span,
    Word,
)
from irtysh.evaluation.expressions.world import Own, World
from irtysh.vocabulary.interval import Interval, hull

_MOST_REPEATED = 4
"""Corners double with every figure that stands twice; beyond this the plain bounds are kept."""


def evaluate(expression: Expression, world: World, own: Own = ()) -> Evidence:
    """Return what the figures say of an expression.

    Parameters
    ----------
    own : the figures that are the claim itself
        They, and all that is derived from them, are no evidence for it.

    Raises
    ------
    DimensionFault
        If values of different units are added or compared.
    """
    reading = Reading(world, own)
    found = _value(expression.root, reading)
    if found.interval is None or found.gives != FIGURE:
        return found
    return _tightened(expression, reading, found)


def _tightened(expression: Expression, reading: Reading, found: Evidence) -> Evidence:
    """Narrow bounds that are too wide because a figure stands twice, as a in a / (a + b).

    A ratio whose numerator and denominator are of first degree in a figure is monotone in it, so
    its extremes lie where the figure is at a bound (a Möbius function has no other extremes).
    """
    counts = Counter(str(one) for one in expression.references if category(one) == FIGURE)
    repeated = [name for name, times in counts.items() if times > 1]
    if not repeated or len(repeated) > _MOST_REPEATED:
        return found
    if not all(is_fractional(expression.root, name) for name in repeated):
        return found
    bounds = []
    for name in repeated:
        node = next(one for one in expression.references if str(one) == name)
        interval = reading.figure(node).interval
        if interval is None or not interval.is_bounded:
            return found
        bounds.append({Interval.exactly(interval.low), Interval.exactly(interval.high)})
    spanned: Interval | None = None
    for corner in product(*(sorted(ends, key=lambda end: end.low) for ends in bounds)):
        pinned = Reading(reading.world, reading.own, dict(zip(repeated, corner, strict=True)))
        value = _value(expression.root, pinned).interval
        if value is None:
            return found
        spanned = value if spanned is None else hull(spanned, value)
    return arithmetic.narrowed(found, spanned)


def _value(node: Node, reading: Reading) -> Evidence:
    match node:
        case Number():
            return with_unit(node.value, node.unit)
        case Reference():
            return reading.figure(node)
        case Negative():
            return arithmetic.negative(_value(node.operand, reading))
        case Binary():
            left, right = _value(node.left, reading), _value(node.right, reading)
            if node.operator in COMPARISONS:
                return arithmetic.compared(node, left, right)
            return arithmetic.OPERATORS[node.operator](node, left, right)
        case Call():
            return _called(node, reading)
        case _:
            raise TypeError(node)


def _called(call: Call, reading: Reading) -> Evidence:
    """Give a function its arguments: values, series within a window, codes, directions."""
    window = next((one.window for one in call.arguments if isinstance(one, Span)), None)
    arguments: list[functions.Argument] = []
    for one in call.arguments:
        if isinstance(one, Span):
            continue
        if isinstance(one, Word):
            arguments.append(one.codes)
        elif isinstance(one, Reference) and category(one) != FIGURE:
            if category(one) == SPREAD:
                arguments.append(functions.Several(tuple(reading.spread(one)), one, None))
            else:
                found = [(period.code, each) for period, each in reading.series(one, window)]
                arguments.append(functions.Several(tuple(found), one, window or one.window))
        else:
            arguments.append(_value(one, reading))
    return functions.FUNCTIONS[call.name](call, arguments)
