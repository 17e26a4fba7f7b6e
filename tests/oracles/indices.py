"""Slow plain twins of irtysh.stats: floats, lists, the textbook's formula word by word."""

from __future__ import annotations

from itertools import product
from math import log, sqrt


def shares(values):
    whole = sum(values)
    return [value / whole for value in values]


def hhi(values):
    return sum(share**2 for share in shares(values))


def hhi_normalised(values):
    n = len(values)
    return (hhi(values) - 1 / n) / (1 - 1 / n)


def gini(values):
    """Mean absolute difference of all pairs over twice the mean: not the ranked form."""
    n = len(values)
    mean = sum(values) / n
    return sum(abs(one - other) for one, other in product(values, values)) / (2 * n * n * mean)


def theil(values):
    n = len(values)
    return sum(share * log(share * n) for share in shares(values) if share > 0)


def theil_between(values, groups):
    whole, n = sum(values), len(values)
    total = 0.0
    for members in groups:
        share = sum(values[k] for k in members) / whole
        if share > 0:
            total += share * log(share / (len(members) / n))
    return total


def theil_within(values, groups):
    whole = sum(values)
    total = 0.0
    for members in groups:
        inside = [values[k] for k in members]
        if sum(inside) > 0:
            total += sum(inside) / whole * theil(inside)
    return total


def lawrence(before, after):
    return sum(abs(b - a) for a, b in zip(shares(before), shares(after), strict=True)) / 2


def finger_kreinin(before, after):
    return sum(min(a, b) for a, b in zip(shares(before), shares(after), strict=True))


def kazinets_linear(before, after):
    moves = [abs(b - a) for a, b in zip(shares(before), shares(after), strict=True)]
    return 100 * sum(moves) / len(moves)


def kazinets_quadratic(before, after):
    moves = [(b - a) ** 2 for a, b in zip(shares(before), shares(after), strict=True)]
    return 100 * sqrt(sum(moves) / len(moves))


def gatev(before, after):
    a, b = shares(before), shares(after)
    above = sum((y - x) ** 2 for x, y in zip(a, b, strict=True))
    return sqrt(above / (sum(x * x for x in a) + sum(y * y for y in b)))


def ryabtsev(before, after):
    pairs = list(zip(shares(before), shares(after), strict=True))
    return sqrt(sum((b - a) ** 2 for a, b in pairs) / sum((b + a) ** 2 for a, b in pairs))


def salai(before, after):
    pairs = [p for p in zip(shares(before), shares(after), strict=True) if sum(p) > 0]
    return sqrt(sum(((b - a) / (b + a)) ** 2 for a, b in pairs) / len(pairs))


def contributions(before, after):
    return [100 * (b - a) / sum(before) for a, b in zip(before, after, strict=True)]


def compound_rate(before, after, years):
    """Solve y0·(1 + r)^years = y1 by halving."""
    low, high = -1.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if before * (1 + middle) ** years < after else (low, middle)
    return 100 * middle
