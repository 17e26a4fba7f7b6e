"""From a reference to figures: which series it means, and what is known of it in a period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from irtysh.evaluation.expressions import planned
from irtysh.evaluation.expressions.evidence import (
    CONFLICT,
    ROUNDING,
    STRUCTURAL,
    Evidence,
    Leaf,
    Missing,
)
from irtysh.evaluation.expressions.faults import dimension_fault
from irtysh.evaluation.expressions.results import of_indicator
from irtysh.evaluation.expressions.signatures import RAW, TARGET
from irtysh.evaluation.expressions.tables import bound_by_groups
from irtysh.evaluation.expressions.tree import Reference, Window
from irtysh.evaluation.expressions.units import leaf_unit
from irtysh.evaluation.expressions.values import joined_values, of_rates
from irtysh.evaluation.expressions.world import Family, Own, World
from irtysh.indicators.catalogue import SAME_UNIT, catalogue
from irtysh.indicators.known import AMOUNTS, Known, SeriesKey
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.period import Period, PeriodKind

_NO_PARTNER = frozenset({"W", "_O", "_U", "_Z"})
_SEVERAL_COUNTRIES = frozenset({"aggregate", "group", "residual", "total", "unspecified"})


@dataclass
class Reading:
    """One evaluation: the world, the claim's own figures, and figures pinned to a bound."""

    world: World
    own: Own = ()
    pins: Mapping[str, Interval] = field(default_factory=dict)

    def figure(self, reference: Reference) -> Evidence:
        """Return what is known of one period of one series; raises DimensionFault without one."""
        if reference.window is None:
            raise dimension_fault(reference.position, str(reference), "one_figure")
        found = self._at(reference, _dimensions(reference), reference.window.first)
        pinned = self.pins.get(str(reference))
        return found if pinned is None else replace(found, interval=pinned)

    def spread(self, reference: Reference) -> list[tuple[str, Evidence]]:
        """Return code → what is known, of one period over several codes."""
        assert reference.window is not None
        dimension = reference.spread
        codes = dict(reference.dimensions)[dimension]
        listed = self._codes(reference, dimension) if codes == ("*",) else codes
        found = []
        for code in listed:
            dimensions = {**_dimensions(reference), dimension: code}
            one = self._at(reference, dimensions, reference.window.first)
            if one.is_known or codes != ("*",):
                found.append((code, one))
        return found

    def series(
        self, reference: Reference, window: Window | None = None
    ) -> list[tuple[Period, Evidence]]:
        """Return period → what is known, in time; only periods of one kind."""
        dimensions = _dimensions(reference)
        asked = window or reference.window
        periods = _within(self._periods(reference, dimensions), asked)
        found = [(period, self._at(reference, dimensions, period.code)) for period in periods]
        return [(period, one) for period, one in found if one.is_known]

    def _codes(self, reference: Reference, dimension: str) -> list[str]:
        """Return every code of a dimension for which a series exists; aggregates left out."""
        dimensions = {
            name: code for name, code in _dimensions(reference).items() if name != dimension
        }
        if dimension not in Family._fields:
            return []
        wanted = _family_dimensions(dimensions)
        codes = {getattr(one, dimension) for one in self.world.fitting(wanted, dimension)}
        if dimension == "counterpart_area":
            return _countries(codes)
        return sorted(codes - {"_T", "_U", "_Z"})

    def _at(self, reference: Reference, dimensions: Mapping[str, str], period: str) -> Evidence:
        if reference.name not in (RAW, TARGET) and not _is_level(reference.name):
            return of_indicator(self.world, self.own, str(reference), reference.name,
                                dimensions, period)  # fmt: skip
        family, gap = self._family(reference, dimensions, period)
        if family is None:
            return Evidence(missing=(gap,)) if gap else Evidence()
        if reference.name == TARGET:
            found = planned.at(self.world.targets(family, self.own), dimensions, period)
        elif dimensions.get("measure", "VALUE") not in AMOUNTS:
            rates = self.world.rates(family, self.own, dimensions.get("source", ""))
            found = of_rates(rates, self._filled(dimensions), period)
        else:
            key, found = self._level(family, dimensions, period)
            dimensions = {
                **dimensions,
                **({"flow": key.flow, "measure": key.measure} if key else {}),
            }
        if found is None:
            return Evidence(missing=(self._missing(reference, dimensions, period),))
        leaf = Leaf(
            _text(reference, dimensions, period),
            period,
            found.point,
            found.interval or Interval.unbounded(),
            found.unit,
            found.evidence,
            found.flags,
            self._told(dimensions, family),
        )
        return replace(found, leaves=(leaf,))

    def _level(
        self, family: Family, dimensions: Mapping[str, str], period: str
    ) -> tuple[SeriesKey | None, Evidence | None]:
        key, series = self._series(family, dimensions)
        values = _of_code(series, period)
        found = joined_values(values)
        if (found is None or found.interval is None or not found.interval.is_bounded) and (
            family.commodity == "_T"
        ):
            unit = dimensions.get("unit") or (key.unit if key else self.world.headline.get("unit"))
            flow = dimensions.get("flow") or self.world.headline.get("flow", "T")
            bound = bound_by_groups(self.world, self.own, family, flow, unit or "", period)
            if bound is not None and _says_more(bound, found):
                return key, _bounded_by(bound, found)
        return key, found

    def _series(
        self, family: Family, dimensions: Mapping[str, str]
    ) -> tuple[SeriesKey | None, Mapping[Period, list[Known]]]:
        """Return the series of a family that has the flow, measure and unit wanted."""
        levels = self.world.levels(family, self.own, dimensions.get("source", ""))
        found = [key for key in levels if key.dataflow == family.dataflow
                 and key.counterpart_area == family.counterpart_area]  # fmt: skip
        for name in ("flow", "measure", "unit"):
            if name in dimensions:
                found = [key for key in found if getattr(key, name) == dimensions[name]]
            elif name in self.world.headline:
                narrower = [k for k in found if getattr(k, name) == self.world.headline[name]]
                found = narrower or found
        if not found:
            return None, {}
        key = sorted(found)[0]
        return key, levels[key]

    def _periods(self, reference: Reference, dimensions: Mapping[str, str]) -> list[Period]:
        if reference.name not in (RAW, TARGET) and not _is_level(reference.name):
            headline = self.world.headline
            area = dimensions.get("ref_area", headline.get("ref_area", ""))
            partner = dimensions.get("counterpart_area", headline.get("counterpart_area", ""))
            index = self.world.results(reference.name, area, partner, self.own)
            return sorted({one.period for found in index.values() for one in found})
        family, _ = self._family(reference, dimensions, "")
        if family is None:
            return []
        if reference.name == TARGET:
            return sorted({one.period for one in self.world.targets(family, self.own)})
        if dimensions.get("measure", "VALUE") not in AMOUNTS:
            return sorted({one.period for one in self.world.rates(family, self.own)})
        periods = set(self._series(family, dimensions)[1])
        if family.commodity == "_T":
            periods |= self.world.group_periods(family)
        return sorted(periods)

    def _family(
        self, reference: Reference, dimensions: Mapping[str, str], period: str
    ) -> tuple[Family | None, Missing | None]:
        families = self.world.fitting(_family_dimensions(dimensions))
        if len(families) > 1:
            fitting = [one for one in families if self._has(one, dimensions, period)]
            families = fitting or families
        if not families:
            return None, self._missing(reference, dimensions, period)
        if len(families) > 1:
            return None, self._missing(reference, dimensions, period, "choice")
        return families[0], None

    def _has(self, family: Family, dimensions: Mapping[str, str], period: str) -> bool:
        asked = {name: dimensions[name] for name in ("flow", "measure", "unit")
                 if name in dimensions}  # fmt: skip
        return any(
            one.matches(asked) and (not period or one.period.code == period)
            for one in self.world.observations(family)
        )

    def _filled(self, dimensions: Mapping[str, str]) -> dict[str, str]:
        return {"flow": self.world.headline.get("flow", "T"), **dimensions}

    def _missing(
        self,
        reference: Reference,
        dimensions: Mapping[str, str],
        period: str,
        kind: str = "data",
    ) -> Missing:
        if kind == "data" and period == "?":
            kind = "period"
        return Missing(kind, _text(reference, dimensions, period), self._told(dimensions), period)

    def _told(
        self, dimensions: Mapping[str, str], family: Family | None = None
    ) -> tuple[tuple[str, str], ...]:
        """Return what a figure measures, the blanks filled."""
        known = family._asdict() if family else {}
        asked = {**self.world.headline, **dimensions, **known}
        return tuple((name, asked[name]) for name in _TOLD if asked.get(name))


_TOLD = (
    "dataflow",
    "ref_area",
    "counterpart_area",
    "flow",
    "classification",
    "commodity",
    "measure",
)
"""Dimensions by which a figure is named to a reader."""


def dimensions_of(reference: Reference) -> dict[str, str] | None:
    """Return the dimensions of a printed level; None for an indicator that is computed."""
    if reference.name == TARGET or (reference.name != RAW and not _is_level(reference.name)):
        return None
    return _dimensions(reference)


def _is_level(name: str) -> bool:
    """True if an indicator is a printed level, so that it is read from the figures themselves."""
    one = catalogue().get(name)
    return one is not None and one.inputs["shape"] == "values" and one.unit == SAME_UNIT


def _dimensions(reference: Reference) -> dict[str, str]:
    """Return the dimensions named, with those that the indicator itself fixes."""
    named = {name: codes[0] for name, codes in reference.dimensions}
    if reference.name in (RAW, TARGET) or not _is_level(reference.name):
        return named
    select: Mapping[str, object] = catalogue()[reference.name].inputs["select"]
    fixed = {}
    for name in ("flow", "commodity", "measure"):
        listed = select.get(name)
        if isinstance(listed, list) and len(listed) == 1 and "{" not in str(listed[0]):
            fixed[name] = str(listed[0])
    return {**fixed, **named}


def _family_dimensions(dimensions: Mapping[str, str]) -> dict[str, str]:
    return {name: code for name, code in dimensions.items() if name in Family._fields}


def _text(reference: Reference, dimensions: Mapping[str, str], period: str) -> str:
    """Return the reference with one code and one period, as it would be written."""
    named = dict(reference.dimensions)
    shown = tuple((name, (dimensions[name],)) for name in named if name in dimensions)
    window = Window(period, period, False) if period else None
    return str(replace(reference, dimensions=shown, window=window))


def _of_code(series: Mapping[Period, list[Known]], period: str) -> Sequence[Known]:
    """Return the values of a period by its code; years before points in time."""
    fitting = [one for one in series if one.code == period or (period == "?" and not one.is_known)]
    fitting.sort(key=lambda one: (one.kind is PeriodKind.POINT, one.kind.value))
    values = series[fitting[0]] if fitting else []
    return [value for value in values if value.bounded] or values


def _within(periods: Iterable[Period], window: Window | None) -> list[Period]:
    """Return the known periods of a window, all of the kind of its ends (years if both open)."""
    known = [one for one in periods if one.is_known and one.kind is not PeriodKind.POINT]
    if window is None or not (window.first or window.last):
        kinds = [PeriodKind.YEAR] if any(p.kind is PeriodKind.YEAR for p in known) else []
        kinds = kinds or [p.kind for p in known[:1]]
        return [one for one in known if one.kind in kinds]
    length = len(window.first or window.last)
    ends = [one for one in known if len(one.code) == length]
    return [
        one
        for one in ends
        if (not window.first or one.code >= window.first)
        and (not window.last or one.code <= window.last)
    ]


def _countries(codes: Iterable[str]) -> list[str]:
    """Return the partners that do not contain one another, sorted."""
    areas = codelist("areas")
    plain = {
        code
        for code in codes
        if code not in _NO_PARTNER
        and (code not in areas or areas[code].extra.get("kind") not in _SEVERAL_COUNTRIES)
    }
    return sorted(code for code in plain if code not in areas or areas[code].parent not in plain)


def _says_more(bound: Evidence, found: Evidence | None) -> bool:
    if found is None or found.interval is None or bound.interval is None:
        return True
    return bound.interval.low > found.interval.low


def _bounded_by(bound: Evidence, found: Evidence | None) -> Evidence:
    """Return a lower bound by groups, within what else is known."""
    assert bound.interval is not None
    if found is None or found.interval is None or found.interval.high.is_infinite():
        return bound
    if found.interval.high <= bound.interval.low:
        return replace(bound, kinds=bound.kinds | {CONFLICT})
    both = Interval(
        bound.interval.low, found.interval.high, bound.interval.low_open, found.interval.high_open
    )
    return replace(bound, interval=both, kinds=bound.kinds | {STRUCTURAL, ROUNDING})


def with_unit(number: Decimal, unit: str) -> Evidence:
    """Return an exact number with its unit as written in an expression."""
    kept, factor = leaf_unit(unit)
    value = number * factor
    return Evidence(unit=kept, point=value, interval=Interval.exactly(value))
