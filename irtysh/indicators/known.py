"""What is known of a series: printed values after the choice among rivals, and derived ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from irtysh.stats.quantity import Quantity
from irtysh.vocabulary.numbers import Qualifier
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

AMOUNTS = frozenset({"VALUE", "WEIGHT", "COUNT"})
"""Measures of how much there is; they cannot be negative."""

_UNUSED = frozenset({Status.TARGET, Status.SUPPRESSED, Status.RESIDUAL})
"""A plan is not an outcome, a suppressed value has no number, a residual is no group."""


class SeriesKey(NamedTuple):
    """Dimensions of a series: an observation's cell without period."""

    dataflow: str
    ref_area: str
    counterpart_area: str
    flow: str
    classification: str
    commodity: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class Known:
    """One value of a series with all that has to be said about it.

    Attributes
    ----------
    key, period : SeriesKey, Period
    quantity : Quantity or None
        In units × 10**``unit_mult``; None where the source has the cell but no value.
    unit_mult : int
    evidence : tuple of str
        Ids of the observations behind it.
    flags : tuple of str
        Codes of definitions/codelists/flags.csv.
    source : str
        Who printed it; empty where derived.
    rule : str
        How it was derived (definitions/messages/derivations.yaml); empty where printed.
    valuation : str
    coverage : set of str
        Notes on what is counted (a partner left out, a union counted in).
    """

    key: SeriesKey
    period: Period
    quantity: Quantity | None
    unit_mult: int
    evidence: tuple[str, ...]
    flags: tuple[str, ...] = ()
    source: str = ""
    rule: str = ""
    valuation: str = "_U"
    coverage: frozenset[str] = frozenset()

    @property
    def bounded(self) -> bool:
        """True if both bounds are finite: "more than 380" is no level to compute from."""
        return self.quantity is not None and self.quantity.interval.is_bounded


Series = dict[Period, list[Known]]


@dataclass(slots=True)
class Knowledge:
    """All series, and the growth rates and shares from which missing levels are derived.

    Attributes
    ----------
    levels : SeriesKey → Period → values
        Several values of one period are rivals.
    links : observations of growth and of shares after the choice among rivals
    """

    levels: dict[SeriesKey, Series] = field(default_factory=dict)
    links: list[Observation] = field(default_factory=list)

    def at(self, key: SeriesKey, period: Period) -> list[Known]:
        """Return the values to compute from: bounded ones if there are any."""
        found = self.levels.get(key, {}).get(period, [])
        return [value for value in found if value.bounded] or found

    def add(self, value: Known) -> None:
        """Keep a value."""
        self.levels.setdefault(value.key, {}).setdefault(value.period, []).append(value)


def gather(
    observations: Iterable[Observation],
    preferred: Set[str] | None = None,
    coverage_notes: Set[str] = frozenset(),
) -> Knowledge:
    """Return what the observations say of amounts, in one power of ten for every unit.

    Parameters
    ----------
    observations : any order
        Plans, suppressed values and residual rows are left out.
    preferred : ids of observations, or None
        In a cell with a preferred observation only preferred ones are used; in any other all
        are, save an inequality that a closer value of the same source already implies.
    coverage_notes : ids of notes
        Notes that say what is counted; values whose notes differ are compared with a flag.
    """
    chosen = choose([o for o in observations if o.status not in _UNUSED], preferred or frozenset())
    multipliers = _common_multipliers(observation for observation, _ in chosen)
    knowledge = Knowledge()
    for observation, rivals in sorted(chosen, key=lambda pair: _order(pair[0])):
        if observation.measure in AMOUNTS:
            value = _known(observation, rivals, multipliers)
            covers = coverage_notes & set(observation.notes)
            knowledge.add(replace(value, coverage=frozenset(covers)))
        elif observation.value is not None:
            knowledge.links.append(observation)
    return knowledge


def choose(
    observations: Iterable[Observation], preferred: Set[str]
) -> list[tuple[Observation, bool]]:
    """Return the observations to use, each with True if its cell holds others that are not."""
    cells: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        cells[observation.cell].append(observation)
    chosen: list[tuple[Observation, bool]] = []
    for rivals in cells.values():
        kept = [o for o in rivals if o.id in preferred] or _closest(rivals)
        disputed = len({_in_units(o) for o in rivals}) > 1
        chosen += [(observation, disputed) for observation in kept]
    return chosen


def _closest(rivals: Sequence[Observation]) -> list[Observation]:
    """Drop what a closer value of the same source implies: "over 402" beside 402.1."""
    return [one for one in rivals if not any(_implies(other, one) for other in rivals)]


def _in_units(observation: Observation) -> Decimal | None:
    """Return the value in the unit itself: rivals may be printed in millions and in thousands."""
    value = observation.value
    return None if value is None else value.scaleb(observation.unit_mult)


def _implies(closer: Observation, one: Observation) -> bool:
    inside, outside = closer.base_interval, one.base_interval
    if closer.source != one.source or inside is None or outside is None or inside == outside:
        return False
    return inside.within(outside)


def _common_multipliers(observations: Iterable[Observation]) -> Mapping[tuple[str, str], int]:
    """Return the power of ten most used with a unit, so that tables and totals can be joined."""
    counts: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for observation in observations:
        counts[observation.measure, observation.unit][observation.unit_mult] += 1
    return {
        unit: max(found, key=lambda mult: (found[mult], -mult)) for unit, found in counts.items()
    }


def _known(
    observation: Observation, disputed: bool, multipliers: Mapping[tuple[str, str], int]
) -> Known:
    mult = multipliers[observation.measure, observation.unit]
    key = SeriesKey(*(getattr(observation, name) for name in SeriesKey._fields))
    flags = ["RIVALS"] if disputed else []
    quantity = None
    interval = observation.interval
    if observation.value is None or interval is None:
        flags.append("MISSING_INPUT")
    else:
        factor = Decimal(10) ** (observation.unit_mult - mult)
        quantity = Quantity(observation.value, interval).scaled(factor).not_negative()
    if observation.qualifier is Qualifier.APPROX:
        flags.append("APPROXIMATE")
    elif observation.qualifier is not Qualifier.EQ:
        flags.append("INEQUALITY")
    if observation.status is Status.ESTIMATED:
        flags.append("ESTIMATED")
    if observation.status is Status.MIRROR:
        flags.append("MIRROR")
    return Known(
        key=key,
        period=observation.period,
        quantity=quantity,
        unit_mult=mult,
        evidence=(observation.id,),
        flags=tuple(flags),
        source=observation.source,
        valuation=observation.valuation,
    )


def joined(values: Iterable[Known]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the evidence and the flags of several values, each once, in order."""
    evidence: dict[str, None] = {}
    flags: dict[str, None] = {}
    valuations = set()
    coverages = set()
    for value in values:
        evidence.update(dict.fromkeys(value.evidence))
        flags.update(dict.fromkeys(value.flags))
        valuations.add(value.valuation)
        coverages.add(value.coverage)
    if len(valuations - {"_U", "_Z", ""}) > 1:
        flags["VALUATION_DIFFERS"] = None
    if len(coverages) > 1:
        flags["COVERAGE_DIFFERS"] = None
    return tuple(evidence), tuple(flags)


def derived_from(
    key: SeriesKey, period: Period, quantity: Quantity, rule: str, operands: Sequence[Known]
) -> Known:
    """Return a derived value that carries the evidence and flags of its operands."""
    evidence, flags = joined(operands)
    first = operands[0]
    return replace(
        first,
        coverage=frozenset().union(*(value.coverage for value in operands)),
        key=key,
        period=period,
        quantity=quantity.not_negative(),
        evidence=evidence,
        flags=tuple(dict.fromkeys((*flags, "DERIVED"))),
        source="",
        rule=rule,
    )


def _order(observation: Observation) -> tuple[str, ...]:
    """Sort independently of the order of files, so that results are reproducible."""
    return (*observation.cell, observation.source, observation.locator, observation.printed)
