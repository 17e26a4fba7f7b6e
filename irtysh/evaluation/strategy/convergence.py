"""E5, convergence: how far apart the two sides are, and whether that changes."""

from __future__ import annotations

from typing import Any

from irtysh.evaluation.strategy.figures import of_quantity
from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.profile_line import (
    code_of,
    pair_of,
    period_of,
    profile_line,
    share_of,
)
from irtysh.evaluation.strategy.territories import known_of, quantity_of
from irtysh.stats.quantity import Quantity, result
from irtysh.vocabulary.period import Period


def _gaps(ground: Ground) -> dict[Period, tuple[Quantity, tuple[str, ...]]]:
    """Return ln(GRP per head, A) − ln(GRP per head, B) of every year where both are known."""
    per_head: list[dict[tuple[Period, str], tuple[Quantity, tuple[str, ...]]]] = []
    for area in pair_of(ground).values():
        people = {one.period: one for one in known_of(ground, area, code_of(ground, "population"))}
        found: dict[tuple[Period, str], tuple[Quantity, tuple[str, ...]]] = {}
        for one in known_of(ground, area, code_of(ground, "product")):
            if one.period in people:
                value = share_of(quantity_of(one), quantity_of(people[one.period]))
                found[one.period, one.unit] = (value, (one.id, people[one.period].id))
        per_head.append(found)
    gaps = {}
    for key in sorted(per_head[0].keys() & per_head[1].keys()):
        (own, first), (other, second) = per_head[0][key], per_head[1][key]
        if own.low > 0 and other.low > 0:
            point = None
            if own.point and other.point:
                point = own.point.ln() - other.point.ln()
            gaps[key[0]] = (
                result(point, own.low.ln() - other.high.ln(), own.high.ln() - other.low.ln()),
                sorted_evidence(first, second),
            )
    return gaps


def gap(ground: Ground) -> Line:
    gaps = _gaps(ground)
    if not gaps:
        return profile_line("gap", {}, missing=_gap_missing(ground), areas=pair_of(ground))
    last = max(gaps)
    value, evidence = gaps[last]
    figures = {"value": of_quantity(value, evidence=evidence, formula="E5.gap", signed=True)}
    first = min(gaps)
    params: dict[str, Any] = {"when": period_of(last)}
    if first == last:
        return profile_line("gap", figures, params=params)
    before, more = gaps[first]
    change = value - before
    figures["change"] = of_quantity(
        change, evidence=sorted_evidence(evidence, more), formula="E5.gap_change", signed=True
    )
    params["since"] = period_of(first)
    line = profile_line("gap", figures, params=params)
    return Line(**{**_fields(line), "sentence": "profile.gap.changed"})


def _fields(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Line.__slots__}


def _gap_missing(ground: Ground) -> list[str]:
    missing = [
        f"{code}_{side}"
        for name, side in (("area", "own"), ("partner", "other"))
        for code in ("product", "population")
        if not known_of(ground, pair_of(ground)[name], code_of(ground, code))
    ]
    return missing or ["common_currency"]
