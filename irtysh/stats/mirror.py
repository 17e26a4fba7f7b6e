"""Two records of one flow: how far they are apart, and what can be said of the flow itself.

The exporter records at its border (FOB), the importer on arrival (CIF). Their log ratio is taken
after the cost of carriage is removed; records are joined in logs by their reliabilities, in the
spirit of Gaulier and Zignago (2010), with inverse variances as weights.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

ATTRIBUTION = math.log(1.5)
"""A log ratio beyond this is attribution (origin against destination, re-exports), not noise:
both records are published and no average of them."""

FEWEST_PARTNERS = 10
"""Third partners that a reporter needs before its reliability is told from its partner's."""

NEIGHBOURS_CIF = (0.0, 0.06)
"""Cost of carriage between neighbours by road and rail, as a share of the FOB value: bounds."""

_NORMAL_95 = 1.959963984540054
_MEDIAN_OF_NORMAL = 0.6744897501960817
"""The median of |z| for a standard normal z."""
_BEST = 0.01
_ROUNDS, _CLOSE_ENOUGH = 200, 1e-5


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What two records say together.

    Attributes
    ----------
    point : float or None
        The flow, FOB, in the unit of the records; None where neither side recorded it, or where
        the records disagree so much that an average would describe nothing.
    low, high : float or None
        Bounds: 95 % and the whole range of the cost of carriage where reliabilities are known;
        without them the two records themselves. None where one side alone gives no bounds.
    weight : float or None
        Of the exporter's record, 0 to 1.
    log_ratio : tuple of float or None
        ln(imports / (1 + cost) / exports) at the highest and the lowest cost of carriage.
    flags : tuple of str
        "MIRROR" (one side only), "ATTRIBUTION", "NOT_IDENTIFIED" (nobody can say which side
        errs), "BOTH_MISSING".
    """

    point: float | None
    low: float | None
    high: float | None
    weight: float | None
    log_ratio: tuple[float, float] | None
    flags: tuple[str, ...]


def asymmetry(exports: float, imports: float) -> float:
    """Return 2·|X − M| / (X + M): 0 for equal records, 2 where one side records nothing.

    Raises ValueError for negative records or two zeros.
    """
    if exports < 0 or imports < 0 or exports + imports == 0:
        raise ValueError((exports, imports))
    return 2 * abs(exports - imports) / (exports + imports)


def log_ratio(exports: float, imports: float, cif: float) -> float:
    """Return ln(M / (1 + c) / X); raises ValueError unless both records are positive."""
    if exports <= 0 or imports <= 0 or cif < 0:
        raise ValueError((exports, imports, cif))
    return math.log(imports / (1 + cif) / exports)


def reliabilities(
    gaps: Iterable[tuple[str, str, float]], fewest: int = FEWEST_PARTNERS
) -> dict[str, float]:
    """Return the standard deviation of each reporter's records, in logs.

    Parameters
    ----------
    gaps : iterable of (exporter, importer, gap)
        Of every pair that both sides recorded: the median of |log ratio| over years.
    fewest : int
        Reporters with fewer partners are left out of the result.

    Notes
    -----
    One pair shows only the sum of both variances. Over many pairs (gap / 0.6745)² = s(exporter)
    + s(importer) is fitted by medians in turn (Tukey 1977, median polish), a reporter being
    equally reliable in both roles: medians, because a few pairs are ten times apart and would
    decide least squares alone. No record is taken to be better than 1 %. Where partners form two
    camps that trade only with each other, a constant could move from one camp to the other: such
    reporters are left out, too.
    """
    squares: dict[str, list[tuple[str, float]]] = defaultdict(list)
    pairs: set[tuple[str, str]] = set()
    for exporter, importer, gap in gaps:
        square = (gap / _MEDIAN_OF_NORMAL) ** 2
        squares[exporter].append((importer, square))
        squares[importer].append((exporter, square))
        pairs.add((exporter, importer))
    told = _identified(pairs, fewest)
    variances = {name: median(one for _, one in known) / 2 for name, known in squares.items()}
    for _ in range(_ROUNDS):
        moved = 0.0
        for name, known in sorted(squares.items()):
            rest = median(square - variances[other] for other, square in known)
            new = (variances[name] + max(rest, _BEST**2)) / 2
            moved = max(moved, abs(new - variances[name]))
            variances[name] = new
        if moved < _CLOSE_ENOUGH:
            break
    return {name: math.sqrt(variances[name]) for name in sorted(told)}


def reconciled(
    exports: float | None,
    imports: float | None,
    *,
    cif: tuple[float, float] = NEIGHBOURS_CIF,
    sigmas: tuple[float, float] | None = None,
) -> Reconciled:
    """Join the records of one flow.

    Parameters
    ----------
    exports, imports : float or None
        As the exporter (FOB) and the importer (CIF) recorded it; None is missing. A zero beside
        a positive record is a record that is missing in all but name: no logarithm exists, and
        the other side stands alone.
    cif : (float, float)
        Bounds of the cost of carriage as a share of FOB; both 0 if the importer reports FOB.
    sigmas : (float, float) or None
        Reliability of exporter and importer in logs; None where it is not identified.
    """
    exports, imports = exports or None, imports or None
    if exports is None and imports is None:
        return Reconciled(None, None, None, None, None, ("BOTH_MISSING",))
    if exports is None or imports is None:
        return _one_side(exports, imports, cif, sigmas)
    ratio = (log_ratio(exports, imports, cif[1]), log_ratio(exports, imports, cif[0]))
    flags = [] if sigmas else ["NOT_IDENTIFIED"]
    if min(abs(ratio[0]), abs(ratio[1])) > ATTRIBUTION and ratio[0] * ratio[1] > 0:
        flags.append("ATTRIBUTION")
    weight = _weight(sigmas)
    ends = [math.log(exports) + (1 - weight) * one for one in ratio]
    if sigmas and sum(sigmas):
        precision = sum(1 / sigma**2 if sigma else math.inf for sigma in sigmas)
        slack = _NORMAL_95 / math.sqrt(precision)
        low, high = math.exp(min(ends) - slack), math.exp(max(ends) + slack)
    else:
        removed = [imports / (1 + one) for one in cif]
        low, high = min(exports, *removed), max(exports, *removed)
    point = None if "ATTRIBUTION" in flags else math.exp(sum(ends) / 2)
    return Reconciled(point, low, high, weight, ratio, tuple(flags))


def _weight(sigmas: tuple[float, float] | None) -> float:
    """Return the weight of the exporter: inverse variances; one half where nobody can say."""
    if sigmas is None or sigmas[0] == sigmas[1]:
        return 0.5
    exporter, importer = (sigma**2 for sigma in sigmas)
    return importer / (exporter + importer)


def _one_side(
    exports: float | None,
    imports: float | None,
    cif: tuple[float, float],
    sigmas: tuple[float, float] | None,
) -> Reconciled:
    """Let one record stand for the flow; its error is what both sides' errors would make."""
    ends = [exports, exports] if exports else [(imports or 0) / (1 + one) for one in cif]
    logs = [math.log(one) for one in ends if one]
    weight = 1.0 if exports else 0.0
    point = math.exp(sum(logs) / len(logs))
    flags = ("MIRROR",) if sigmas else ("MIRROR", "NOT_IDENTIFIED")
    if sigmas is None:
        return Reconciled(point, None, None, weight, None, flags)
    slack = _NORMAL_95 * math.hypot(*sigmas)
    low, high = math.exp(min(logs) - slack), math.exp(max(logs) + slack)
    return Reconciled(point, low, high, weight, None, flags)


def _identified(pairs: Iterable[tuple[str, str]], fewest: int) -> set[str]:
    """Return the reporters with enough partners, in a component with a cycle of odd length."""
    partners: dict[str, set[str]] = defaultdict(set)
    for exporter, importer in pairs:
        if exporter != importer:
            partners[exporter].add(importer)
            partners[importer].add(exporter)
    camps: dict[str, bool] = {}
    found: set[str] = set()
    for start in partners:
        if start in camps:
            continue
        camps[start] = True
        component, waiting, odd = {start}, [start], False
        while waiting:
            one = waiting.pop()
            for other in partners[one]:
                if other not in camps:
                    camps[other] = not camps[one]
                    component.add(other)
                    waiting.append(other)
                odd = odd or camps[other] == camps[one]
        if odd:
            found |= {name for name in component if len(partners[name]) >= fewest}
    return found
