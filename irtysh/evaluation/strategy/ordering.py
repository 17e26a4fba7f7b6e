"""The order of years by a composite: never a bare score, always the probability of the order.

What is varied at once: weights, goalposts, aggregation (arithmetic or geometric), base year of
growth (the value before or the first), and every figure within its bounds. Sobol indices tell
which of these the difference of the last two years hangs on.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from irtysh.evaluation.strategy import composite, sobol
from irtysh.evaluation.strategy.composite_table import Table, table_of
from irtysh.evaluation.strategy.figures import FigureJson, counted, figure, threshold
from irtysh.evaluation.strategy.ground import Ground, subject
from irtysh.evaluation.strategy.outcome import Line, sorted_evidence
from irtysh.evaluation.strategy.robustness import generator, rounded
from irtysh.evaluation.strategy.words import label_of, likelihood

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

GROUPS = ("weights", "goalposts", "aggregation", "base_year", "data")


def order_lines(ground: Ground) -> list[Line]:
    """Return a line a pair of years, and one on what the order hangs on.

    Raises WindowNormalisation or GoalpostsEqual where the thresholds ask for another composite.
    """
    settings = ground.parameters.value("composite")
    composite.check(settings)
    table = table_of(ground, settings["components"])
    if table is None or len(table.years) < 2:
        return [_none(table)]
    drawn = generator(ground.parameters.whole("seed"), "order").random(
        (ground.parameters.whole("runs"), len(table.groups))
    )
    scores = model(ground, table, drawn)
    pairs = list(combinations(range(len(table.years)), 2))
    lines = [_pair(ground, table, scores, first, last) for first, last in pairs]
    return [*lines, _hangs_on(ground, table)]


def model(ground: Ground, table: Table, drawn: Any) -> Array:
    """Return the score of every year (runs × years) for rows of inputs in [0, 1].

    The columns of ``drawn`` are those of ``Table.groups``.
    """
    count, years = len(table.components), len(table.years)
    spread = float(ground.parameters.number("composite_weight_spread"))
    shift = float(ground.parameters.number("goalpost_spread"))
    given = np.array([float(one.get("weight", 1)) for one in table.components])
    weights = given * (1 + spread * (2 * drawn[:, :count] - 1))
    weights = weights / weights.sum(axis=1, keepdims=True)
    low = np.array([float(one["low"]) for one in table.components])
    high = np.array([float(one["high"]) for one in table.components])
    ends = 2 * drawn[:, count : 3 * count] - 1
    # Half of the spread at either end: goalposts never meet.
    low_drawn = low + shift / 2 * (high - low) * ends[:, :count]
    high_drawn = high + shift / 2 * (high - low) * ends[:, count:]
    is_geometric = drawn[:, 3 * count] >= 0.5
    is_far = drawn[:, 3 * count + 1] >= 0.5
    data = drawn[:, 3 * count + 2 :].reshape(-1, years, count)
    near, far = (_drawn_values(table, which, data) for which in ("near", "far"))
    values = np.where(is_far[:, None, None], far, near)
    falls = np.array([one.get("direction") == "down" for one in table.components])
    z = composite.normalised(values, low_drawn[:, None, :], high_drawn[:, None, :], falls)
    wide = weights[:, None, :]
    scores: Array = np.where(
        is_geometric[:, None], composite.geometric(z, wide), composite.arithmetic(z, wide)
    )
    return scores


def _drawn_values(table: Table, which: str, data: Array) -> Array:
    cells = [[getattr(cell, which) for cell in row] for row in table.cells]
    low = np.array([[float(one.low) for one in row] for row in cells])
    high = np.array([[float(one.high) for one in row] for row in cells])
    found: Array = low + (high - low) * data
    return found


def _pair(ground: Ground, table: Table, scores: Array, first: int, last: int) -> Line:
    """Return the probability that the later year stands higher."""
    p = rounded(float(np.mean(scores[:, last] > scores[:, first])))
    years = (table.years[first], table.years[last])
    evidence = sorted_evidence(
        *(cell.evidence for place in (first, last) for cell in table.cells[place])
    )
    robust = ground.parameters.number("robust_share")
    certain = max(p, 1 - p)
    status = "robust_order" if certain >= robust else "open_order"
    low = ground.parameters.number("low_coverage")
    covered = [
        cell.coverage
        for place in (first, last)
        for cell in table.cells[place]
        if cell.coverage is not None
    ]
    sentence = "order.pair"
    figures: dict[str, FigureJson] = {
        "p": figure(p, evidence=evidence, formula="E5.order"),
        "runs": threshold(ground.parameters.whole("runs"), "runs", digits=0),
        "needed": threshold(robust, "robust_share"),
    }
    if covered and min(covered) < low:
        status, sentence = "cannot_be_judged", "order.thin"
        figures["coverage"] = figure(min(covered), evidence=evidence, formula="coverage")
        figures["least"] = threshold(low, "low_coverage")
    return Line(
        id=f"E5.order.{years[1].code}-{years[0].code}",
        step="E5",
        subject=subject("composite", f"{years[1].code}-{years[0].code}", label_of("order.name")),
        status=status,
        figures=figures,
        params={
            "later": {"period": [years[1].kind.value, years[1].code]},
            "earlier": {"period": [years[0].kind.value, years[0].code]},
            "likely": {"phrase": f"likelihood.{likelihood(p)}", "params": {}},
        },
        sentence=sentence,
        evidence=evidence,
        robust=str(certain),
    )


def _hangs_on(ground: Ground, table: Table) -> Line:
    """Return the Sobol indices of the difference between the last two years."""

    def difference(rows: Any) -> Any:
        scores = model(ground, table, rows)
        return scores[:, -1] - scores[:, -2]

    found = sobol.indices(
        difference,
        table.groups,
        base=ground.parameters.whole("sobol_runs"),
        seed=ground.parameters.whole("seed"),
    )
    figures = {}
    for one in found:
        for name, value in (("first", one.first), ("total", one.total)):
            figures[f"{one.group}_{name}"] = figure(
                Decimal(str(round(value, 4))), evidence=table.evidence, formula=f"sobol.{name}"
            )
    figures["components"] = counted(len(table.components), evidence=("thresholds/composite",))
    first, last = table.years[-2], table.years[-1]
    top = max(found, key=lambda one: (one.total, one.group))
    return Line(
        id="E5.order.hangs_on",
        step="E5",
        subject=subject("composite", "hangs_on", label_of("order.name")),
        status="described",
        figures=figures,
        params={
            "later": {"period": [last.kind.value, last.code]},
            "earlier": {"period": [first.kind.value, first.code]},
            "most": {"phrase": f"order.group.{top.group}", "params": {}},
        },
        sentence="order.hangs_on",
        evidence=table.evidence,
    )


def _none(table: Table | None) -> Line:
    years = len(table.years) if table else 0
    where = table.evidence if table else ("thresholds/composite",)
    return Line(
        "E5.order",
        "E5",
        subject("composite", "order", label_of("order.name")),
        "no_data",
        {"years": counted(years, evidence=where)},
        {},
        "order.no_data",
        where,
    )
