"""Whether an expression is a ratio of first degree in one of its figures."""

from __future__ import annotations

from irtysh.evaluation.expressions.tree import Binary, Call, Negative, Node, Number, Reference

_Degrees = tuple[int, int] | None
"""Degrees of numerator and denominator; None where the expression is no ratio of polynomials."""


def is_fractional(node: Node, name: str) -> bool:
    """Return True if numerator and denominator are of first degree, at most, in a figure."""
    degrees = _degrees(node, name)
    return degrees is not None and max(degrees) <= 1


def _degrees(node: Node, name: str) -> _Degrees:
    match node:
        case Number():
            return 0, 0
        case Reference():
            return int(str(node) == name), 0
        case Negative():
            return _degrees(node.operand, name)
        case Binary(operator="+" | "-"):
            return _added(_degrees(node.left, name), _degrees(node.right, name))
        case Binary(operator="*"):
            return _times(_degrees(node.left, name), _degrees(node.right, name))
        case Binary(operator="/"):
            return _over(_degrees(node.left, name), _degrees(node.right, name))
        case Call(name="share", arguments=(part, whole)):
            return _over(_degrees(part, name), _degrees(whole, name))
        case Call(name="growth", arguments=(before, after)):
            quotient = _over(_degrees(after, name), _degrees(before, name))
            return _added(quotient, (0, 0))
        case Call() if not any(_mentions(one, name) for one in node.arguments):
            return 0, 0
        case _:
            return None


def _mentions(node: Node, name: str) -> bool:
    match node:
        case Reference():
            return str(node) == name
        case Call():
            return any(_mentions(one, name) for one in node.arguments)
        case Binary():
            return _mentions(node.left, name) or _mentions(node.right, name)
        case Negative():
            return _mentions(node.operand, name)
        case _:
            return False


def _added(one: _Degrees, other: _Degrees) -> _Degrees:
    if one is None or other is None:
        return None
    return max(one[0] + other[1], other[0] + one[1]), one[1] + other[1]


def _times(one: _Degrees, other: _Degrees) -> _Degrees:
    if one is None or other is None:
        return None
    return one[0] + other[0], one[1] + other[1]


def _over(one: _Degrees, other: _Degrees) -> _Degrees:
    return None if other is None else _times(one, (other[1], other[0]))
