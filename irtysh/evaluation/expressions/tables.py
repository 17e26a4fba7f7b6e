"""A total is no less than the sum of its printed groups, whoever printed it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from irtysh.evaluation.consistency.ledger import base_interval
from irtysh.evaluation.expressions.evidence import STRUCTURAL, Evidence, at_least
from irtysh.evaluation.expressions.units import leaf_unit
from irtysh.evaluation.expressions.world import Family, Own, World
from irtysh.vocabulary.interval import Interval, total
from irtysh.vocabulary.observation import Observation, Status

_NO_GROUP = frozenset({Status.TARGET, Status.SUPPRESSED, Status.RESIDUAL})


def bound_by_groups(
    world: World, own: Own, family: Family, flow: str, unit: str, period: str
) -> Evidence | None:
    """Return [sum of groups, ∞) of a total in a period; None where no table has two groups.

    The greatest of the sums counts where several sources or classifications print tables: each of
    them is a lower bound by itself.
    """
    excluded = {one.id for one in own}
    tables: dict[tuple[str, str, str], dict[str, Observation]] = defaultdict(dict)
    for group in world.groups(family):
        for one in world.observations(group):
            if (
                one.period.code == period
                and (one.flow, one.unit, one.measure) == (flow, unit, "VALUE")
                and one.value is not None
                and one.status not in _NO_GROUP
                and not (excluded and one.id in excluded)
            ):
                tables[one.source, one.classification, one.dataflow][one.commodity] = one
    found = [_bound(cells, unit) for _, cells in sorted(tables.items()) if len(cells) > 1]
    return max(found, key=lambda one: one.low or Decimal(0), default=None)


def _bound(cells: dict[str, Observation], unit: str) -> Evidence:
    ordered = [cells[code] for code in sorted(cells)]
    kept, factor = leaf_unit(unit)
    intervals: list[Interval] = []
    for one in ordered:
        interval = base_interval(one)
        assert interval is not None
        intervals.append(interval.scaled(factor))
    low = total(intervals).low
    return Evidence(
        unit=kept,
        point=None,
        interval=at_least(low),
        kinds=frozenset({STRUCTURAL}),
        evidence=tuple(one.id for one in ordered),
        flags=("INEQUALITY", "PARTIAL"),
    )
