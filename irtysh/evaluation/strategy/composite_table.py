"""The components of a composite, year by year, from the indicators of a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from irtysh.evaluation.strategy.ground import Ground
from irtysh.evaluation.strategy.outcome import sorted_evidence
from irtysh.evaluation.strategy.progress import rate
from irtysh.evaluation.strategy.series import PRINTED, Value, series_of
from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.period import Period


@dataclass(frozen=True, slots=True)
class Cell:
    """A component in a year: its value from the base before, and from the first base."""

    near: Quantity
    far: Quantity
    evidence: tuple[str, ...]
    coverage: Decimal | None


@dataclass(frozen=True)
class Table:
    """Components of every year in which all are known.

    Attributes
    ----------
    years : tuple of Period
    components : tuple of dict
        As in the thresholds.
    cells : tuple of tuple of Cell
        Year × component.
    """

    years: tuple[Period, ...]
    components: tuple[Mapping[str, Any], ...]
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of all figures."""
        return sorted_evidence(*(cell.evidence for row in self.cells for cell in row))

    @property
    def groups(self) -> list[str]:
        """The group of every uncertain input, in the order of ``Model``."""
        count, years = len(self.components), len(self.years)
        return [
            *["weights"] * count,
            *["goalposts"] * (2 * count),
            "aggregation",
            "base_year",
            *["data"] * (count * years),
        ]


def table_of(ground: Ground, components: Sequence[Mapping[str, Any]]) -> Table | None:
    """Return the years in which every component is known; None if there is none."""
    columns = [_column(ground, one) for one in components]
    if not columns:
        return None
    years = sorted(set.intersection(*(set(column) for column in columns)))
    if not years:
        return None
    return Table(
        tuple(years),
        tuple(components),
        tuple(tuple(column[year] for column in columns) for year in years),
    )


def _column(ground: Ground, one: Mapping[str, Any]) -> dict[Period, Cell]:
    if "growth_of" in one:
        return _growth(ground, str(one["growth_of"]))
    return _changes(ground, one["indicator"]) or _levels(ground, str(one["indicator"]))


def _values(ground: Ground, indicator: str) -> Sequence[Value]:
    found = [
        one
        for one in series_of(ground, [indicator])
        if one.kind != PRINTED and one.last.period.kind.value == "A"
    ]
    found = found or [
        one for one in series_of(ground, [indicator]) if one.last.period.kind.value == "A"
    ]
    return max(found, key=lambda one: len(one.values)).values if found else ()


def _levels(ground: Ground, indicator: str) -> dict[Period, Cell]:
    return {
        one.period: Cell(one.quantity, one.quantity, one.evidence, one.coverage)
        for one in _values(ground, indicator)
    }


def _growth(ground: Ground, indicator: str) -> dict[Period, Cell]:
    values = _values(ground, indicator)
    found = {}
    for place, after in enumerate(values[1:], start=1):
        try:
            near, far = (
                rate(
                    before.quantity,
                    after.quantity,
                    after.period.first_year - before.period.first_year,
                ).quantity
                for before in (values[place - 1], values[0])
            )
        except NothingToCompute:
            continue
        ids = sorted_evidence(values[place - 1].evidence, values[0].evidence, after.evidence)
        found[after.period] = Cell(near, far, ids, after.coverage)
    return found


def _changes(ground: Ground, indicator: str) -> dict[Period, Cell]:
    """Return an indicator that compares two years, by the later one."""
    by_year: dict[Period, dict[Period, Any]] = {}
    for one in ground.results:
        usable = one.indicator == indicator and one.base_period is not None
        pair = ground.is_pair(one.area, one.counterpart) and one.period.kind.value == "A"
        if usable and pair and one.figure.interval is not None and one.figure.interval.is_bounded:
            assert one.base_period is not None
            by_year.setdefault(one.period, {})[one.base_period] = one.figure
    found = {}
    for year, bases in by_year.items():
        near, far = bases[max(bases)], bases[min(bases)]
        found[year] = Cell(
            Quantity(near.point, near.interval),
            Quantity(far.point, far.interval),
            sorted_evidence(near.evidence, far.evidence),
            near.coverage,
        )
    return found
