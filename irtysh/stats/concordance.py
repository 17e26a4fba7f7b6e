"""Values carried from one edition of a classification to another, with what cannot be carried.

A concordance is a relation and no function: one code may answer to several. Then its value is
divided by weights, equal ones or the trade that is reported under the codes wanted, and the result
is an estimate. What has no way stays in an explicit residual, so that

    Σ carried + Σ residual = Σ given, exactly.

Sources: Lukaszuk and Torun (2022), Harmonizing the Harmonized System, SEPS Discussion Paper
2022-12, for weights by reported trade; United Nations (2017), Guidelines for the HS–SITC
correspondence tables, for the relation itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Context, Decimal, localcontext
from fractions import Fraction

Ways = Mapping[str, Sequence[str]]
Values = Mapping[str, Decimal | None]

_KEPT_DIGITS = 6
"""A share is cut to this many digits below the last one of the value it is a share of; what the
cutting leaves goes to the heaviest code, so that nothing is lost."""
_EXACT = Context(prec=200)


@dataclass(frozen=True, slots=True)
class Pair:
    """One way, with the part of its source that goes along it where nothing better is known."""

    source: str
    target: str
    part: Fraction


@dataclass(frozen=True, slots=True)
class Carried:
    """The outcome.

    Attributes
    ----------
    values : dict
        Code of the edition wanted → value.
    estimated : frozenset of str
        Codes whose value holds a share of a divided one: to be flagged ESTIMATED.
    residual : dict
        Codes of the edition given that have no way → their value.
    missing : frozenset of str
        Codes given without a value.
    incomplete : frozenset of str
        Codes wanted to which a code without a value leads: their value is a lower part.
    equally : frozenset of str
        Codes given that were divided equally, for want of weights.
    """

    values: Mapping[str, Decimal]
    estimated: frozenset[str] = frozenset()
    residual: Mapping[str, Decimal] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    incomplete: frozenset[str] = frozenset()
    equally: frozenset[str] = frozenset()

    @property
    def total(self) -> Decimal:
        """The sum of all that was carried and of the residual: the sum of the values given."""
        with localcontext(_EXACT):
            return sum((*self.values.values(), *self.residual.values()), Decimal(0))


def pairs_of(steps: Sequence[Ways]) -> list[Pair]:
    """Put steps together into pairs from the first edition to the last.

    On each step a code is divided equally among its ways; the parts of a source add up to 1. A
    code that loses its way on a later step has no pair at all: a part of it would be a guess
    about the rest. Without any step there is no pair.
    """
    if not steps:
        return []
    found: list[Pair] = []
    for source in steps[0]:
        reached = _reached(source, steps)
        found.extend(Pair(source, target, part) for target, part in sorted(reached.items()))
    return found


def _reached(source: str, steps: Sequence[Ways]) -> dict[str, Fraction]:
    now = {source: Fraction(1)}
    for step in steps:
        after: defaultdict[str, Fraction] = defaultdict(Fraction)
        for code, part in now.items():
            targets = step.get(code, ())
            if not targets:
                return {}
            for target in targets:
                after[target] += part / len(targets)
        now = dict(after)
    return now


def relations(pairs: Iterable[Pair]) -> dict[tuple[str, str], str]:
    """Return "1:1", "n:1", "1:n" or "n:n" for every pair: sources of the target, then targets."""
    listed = list(pairs)
    targets = Counter(pair.source for pair in listed)
    sources = Counter(pair.target for pair in listed)
    return {
        (pair.source, pair.target): (
            f"{'n' if sources[pair.target] > 1 else '1'}:{'n' if targets[pair.source] > 1 else '1'}"
        )
        for pair in listed
    }


def convert(
    values: Values, pairs: Iterable[Pair], weights: Mapping[str, Decimal | None] | None = None
) -> Carried:
    """Carry values along the pairs.

    Parameters
    ----------
    values : code of the edition given → value, None where it is missing
        Codes that do not contain one another: a chapter and its headings would count twice.
    pairs : from ``pairs_of``
    weights : code of the edition wanted → trade reported under it, zero or more, optional
        A code that is not among them was not traded. Where none of a code's targets has a
        weight above zero, or the weight of one is None (unknown), it is divided by the parts of
        the pairs.

    Returns
    -------
    Carried
        Exact: no rounding error is lost, see ``Carried.total``.
    """
    ways: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
    for pair in pairs:
        ways[pair.source][pair.target] = pair.part
    carried: defaultdict[str, Decimal] = defaultdict(Decimal)
    residual: dict[str, Decimal] = {}
    estimated: set[str] = set()
    missing: set[str] = set()
    incomplete: set[str] = set()
    equally: set[str] = set()
    with localcontext(_EXACT):
        for code, value in sorted(values.items()):
            targets = ways.get(code, {})
            if value is None:
                missing.add(code)
                incomplete.update(targets)
            elif not targets:
                residual[code] = value
            else:
                parts = _weighted(targets, weights)
                if len(targets) > 1 and parts is None:
                    equally.add(code)
                shares = _shares(value, parts or targets)
                for target, share in shares.items():
                    carried[target] += share
                if len(targets) > 1:
                    estimated.update(shares)
    return Carried(
        dict(sorted(carried.items())),
        frozenset(estimated),
        residual,
        frozenset(missing),
        frozenset(incomplete),
        frozenset(equally),
    )


def _weighted(
    targets: Mapping[str, Fraction], weights: Mapping[str, Decimal | None] | None
) -> dict[str, Fraction] | None:
    """Return the part of each target by reported trade; None where that says nothing."""
    if weights is None:
        return None
    found: dict[str, Fraction] = {}
    for target in targets:
        weight = weights.get(target, Decimal(0))
        if weight is None:
            return None
        if weight > 0:
            found[target] = Fraction(weight)
    total = sum(found.values(), Fraction(0))
    return {target: weight / total for target, weight in found.items()} if total else None


def _shares(value: Decimal, parts: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Divide a value; every share but the heaviest is cut to the grid, that one takes the rest."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    grid = Decimal(1).scaleb(min(exponent, 0) - _KEPT_DIGITS)
    heaviest = max(sorted(parts), key=lambda target: parts[target])
    shares = {
        target: (value * part.numerator / part.denominator).quantize(grid, ROUND_DOWN)
        for target, part in parts.items()
        if target != heaviest
    }
    shares[heaviest] = value - sum(shares.values(), Decimal(0))
    return shares
