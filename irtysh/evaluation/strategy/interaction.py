"""E5, interaction: how much the two sides have to do with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.figures import counted, figure, of_quantity, threshold
from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.profile_line import (
    closeness,
    code_of,
    distance,
    in_units,
    latest,
    pair_of,
    period_of,
    profile_line,
    share_of,
    shown,
    simple,
)
from irtysh.evaluation.strategy.territories import known_of, quantity_of
from irtysh.indicators.results import Result
from irtysh.stats.quantity import HUNDRED, ONE, ZERO, result
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

_OPEN_PARTNERS = frozenset({"W", "_O", "_U", "_Z", "CIS", "NCIS"})


def _openness(ground: Ground) -> Line:
    """Return (X+M)/GRP; trade and product must be in one currency of one year."""
    pair = pair_of(ground)
    trade = latest(ground, "turnover", flow="T", area=pair["area"])
    products = known_of(ground, pair["area"], code_of(ground, "product"))
    missing = []
    if trade is None:
        missing.append("turnover")
    if not products:
        missing.append("product")
    same = [one for one in products if trade and one.unit == trade.figure.unit]
    if trade is not None and products and not same:
        missing.append("exchange_rate")
    common = _same_year(ground, "turnover", same)
    if not missing and common is None:
        missing.append("product_of_year")
    if missing or common is None:
        return profile_line("openness", {}, missing=missing, areas=pair)
    trade, product = common
    value = share_of(in_units(trade), quantity_of(product))
    evidence = sorted_evidence(trade.figure.evidence, [product.id])
    return profile_line(
        "openness",
        {
            "value": of_quantity(
                value, evidence=evidence, formula="E5.openness", unit="PC", digits=1
            )
        },
        params={"when": period_of(trade.period)},
    )


def _same_year(
    ground: Ground, indicator: str, rows: Iterable[Observation]
) -> tuple[Result, Observation] | None:
    """Return the latest year in which both a result and an observation stand."""
    by_period = {one.period: one for one in rows}
    found = [
        one
        for one in ground.results
        if one.indicator == indicator
        and one.flow == "T"
        and ground.is_pair(one.area, one.counterpart)
        and one.period in by_period
        and one.figure.interval is not None
        and one.figure.interval.is_bounded
    ]
    best = max(found, key=lambda one: (one.period, closeness(one)), default=None)
    return None if best is None else (best, by_period[best.period])


def _significance(ground: Ground) -> Line:
    """Return (X+M)/(all X+M), bounds where the total of all partners is known by bounds only."""
    found = latest(ground, "partner-share", flow="T") or latest(ground, "partner-share-bounds")
    if found is None:
        return profile_line("significance", {}, missing=["all_trade"], areas=pair_of(ground))
    return profile_line(
        "significance", {"value": shown(found, digits=1)}, params={"when": period_of(found.period)}
    )


def _grubel_lloyd(ground: Ground) -> Line:
    """Return 1 − Σ|x − m|/Σ(x + m); needs exports and imports of the same groups apart."""
    pairs = _flows_by_group(ground)
    if not pairs:
        return profile_line("grubel_lloyd", {}, missing=["flows_by_group"], areas=pair_of(ground))
    period = max(pairs)
    rows = pairs[period]
    apart, whole = Interval.exactly(0), Interval.exactly(0)
    points: list[Decimal] = []
    sums: list[Decimal] = []
    for exports, imports in rows:
        x, m = quantity_of(exports), quantity_of(imports)
        apart = apart + distance(x.interval, m.interval)
        whole = whole + x.interval + m.interval
        points.append(abs((x.point or ZERO) - (m.point or ZERO)))
        sums.append((x.point or ZERO) + (m.point or ZERO))
    share = apart / whole
    value = result(
        ONE - sum(points, ZERO) / sum(sums, ZERO),
        max(ZERO, ONE - share.high),
        min(ONE, ONE - share.low),
    )
    evidence = sorted_evidence(one.id for row in rows for one in row)
    return profile_line(
        "grubel_lloyd",
        {"value": of_quantity(value, evidence=evidence, formula="E5.grubel_lloyd")},
        params={"when": period_of(period)},
    )


def _flows_by_group(ground: Ground) -> dict[Period, list[tuple[Observation, Observation]]]:
    wanted: dict[tuple[Any, ...], dict[str, Observation]] = {}
    for one in ground.observations:
        usable = one.measure == "VALUE" and one.flow in ("X", "M") and one.value is not None
        if usable and one.commodity not in ("_T", "_U", "_Z") and one.period.kind.value == "A":
            key = (
                one.period,
                one.ref_area,
                one.counterpart_area,
                one.classification,
                one.commodity,
                one.unit,
            )
            if ground.is_pair(one.ref_area, one.counterpart_area):
                wanted.setdefault(key, {})[one.flow] = one
    found: dict[Period, list[tuple[Observation, Observation]]] = {}
    for key, flows in wanted.items():
        if len(flows) == 2:
            found.setdefault(key[0], []).append((flows["X"], flows["M"]))
    return found


def _rank(ground: Ground) -> Line:
    """Return the place of the other side among the partners that figures name."""
    pair = pair_of(ground)
    by_year: dict[Period, dict[str, Result]] = {}
    for one in ground.results:
        usable = one.indicator == "turnover" and one.flow == "T" and one.area == pair["area"]
        bounded = one.figure.interval is not None and one.figure.interval.is_bounded
        if usable and bounded and one.counterpart not in _OPEN_PARTNERS:
            year = by_year.setdefault(one.period, {})
            if one.counterpart not in year or closeness(one) > closeness(year[one.counterpart]):
                year[one.counterpart] = one
    years = [year for year, rows in by_year.items() if len(rows) > 1 and pair["partner"] in rows]
    if not years:
        return profile_line("rank", {}, missing=["partners"], areas=pair)
    rows = by_year[max(years)]
    own = rows[pair["partner"]].figure
    others = [one.figure for partner, one in rows.items() if partner != pair["partner"]]
    assert own.low is not None and own.high is not None
    best = 1 + sum(one.low is not None and one.low > own.high for one in others)
    worst = 1 + sum(one.high is not None and one.high > own.low for one in others)
    evidence = sorted_evidence(*(one.figure.evidence for one in rows.values()))
    return profile_line(
        "rank",
        {
            "value": figure(
                best if best == worst else None,
                best,
                worst,
                evidence=evidence,
                formula="E5.rank",
                unit="NUM",
                digits=0,
            ),
            "partners": counted(len(rows), evidence=evidence),
        },
        params={"when": period_of(max(years))},
    )


def _mirror(ground: Ground) -> Line:
    """Return |X_A→B − M_B←A| / mean, in per cent."""
    pair = pair_of(ground)
    by_side: list[dict[Period, Result]] = []
    for area, indicator in ((pair["area"], "exports"), (pair["partner"], "imports")):
        by_side.append(
            {
                one.period: one
                for one in ground.results
                if one.indicator == indicator
                and one.area == area
                and ground.is_pair(one.area, one.counterpart)
                and one.figure.point is not None
                and one.figure.interval is not None
                and one.figure.interval.is_bounded
            }
        )
    both = sorted(by_side[0].keys() & by_side[1].keys())
    if not both:
        return profile_line("mirror", {}, missing=["mirror"], areas=pair)
    own, other = by_side[0][both[-1]], by_side[1][both[-1]]
    x, m = in_units(own), in_units(other)
    apart, mean = (
        distance(x.interval, m.interval),
        (x.interval + m.interval).scaled(Decimal("0.5")),
    )
    bounds = apart / mean
    assert x.point is not None and m.point is not None
    point = 2 * HUNDRED * abs(x.point - m.point) / (x.point + m.point)
    value = result(point, HUNDRED * bounds.low, HUNDRED * bounds.high)
    evidence = sorted_evidence(own.figure.evidence, other.figure.evidence)
    return profile_line(
        "mirror",
        {
            "value": of_quantity(
                value, evidence=evidence, formula="E5.mirror", unit="PC", digits=1
            ),
            "limit": threshold(
                ground.parameters.number("mirror_gap_large"),
                "mirror_gap_large",
                digits=0,
                unit="PC",
            ),
        },
        params={"when": period_of(both[-1])},
    )


INTERACTION: tuple[Callable[[Ground], Line], ...] = (
    _openness,
    _significance,
    simple("balance", "balance-relative", "flows", digits=1, signed=True),
    _grubel_lloyd,
    simple("hhi", "concentration-hhi", "table", digits=3),
    _rank,
    _mirror,
)
