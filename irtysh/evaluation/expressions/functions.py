"""The functions of the expression language; what each takes and gives stands in signatures.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from irtysh.evaluation.expressions.arithmetic import exceeds, over, same_unit
from irtysh.evaluation.expressions.evidence import (
    NO,
    OPEN,
    STRUCTURAL,
    YES,
    Evidence,
    Missing,
    combined,
)
from irtysh.evaluation.expressions.tree import Call, Reference, Window
from irtysh.vocabulary.interval import Interval, hull, total

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Several:
    """Values by period or by code.

    Attributes
    ----------
    entries : (period or code, value) in order
    reference : Reference
        What was asked for.
    window : Window or None
        Periods asked for; None for a spread over codes and for a whole series.
    """

    entries: tuple[tuple[str, Evidence], ...]
    reference: Reference
    window: Window | None

    @property
    def known(self) -> list[tuple[str, Evidence, Interval]]:
        """Entries that have bounds."""
        return [
            (label, one, one.interval) for label, one in self.entries if one.interval is not None
        ]

    @property
    def is_series(self) -> bool:
        """True for values by period."""
        return not self.reference.spread

    @property
    def gaps(self) -> tuple[str, ...]:
        """Years asked for, or between the first and the last known, that nothing is known of."""
        labels = [label for label, _ in self.entries]
        years = {int(label) for label in labels if len(label) == 4 and label.isdigit()}
        if not self.is_series or not years or len(years) != len(labels):
            return ()
        ends = self.window or Window("", "", True)
        first = int(ends.first) if len(ends.first) == 4 else min(years)
        last = int(ends.last) if len(ends.last) == 4 else max(years)
        return tuple(str(year) for year in range(first, last + 1) if year not in years)

    @property
    def missing_years(self) -> tuple[Missing, ...]:
        """The gaps, as something missing."""
        if not self.gaps:
            return ()
        return (Missing("years", str(self.reference), (), ", ".join(self.gaps)),)

    @property
    def values(self) -> list[Evidence]:
        """The values alone."""
        return [one for _, one in self.entries]


Argument = Evidence | Several | tuple[str, ...]
_Function = Callable[[Call, Sequence[Argument]], Evidence]


def candidates(entries: Iterable[tuple[str, Interval]], *, greatest: bool) -> tuple[str, ...]:
    """Return the labels whose value may be the greatest (or least) of all.

    One that certainly lies below another is none; equal bounds leave both.
    """
    found = [(label, interval if greatest else -interval) for label, interval in entries]
    return tuple(
        label
        for label, interval in found
        if not any(exceeds(other, interval) == YES for _, other in found)
    )


def _growth(call: Call, arguments: Sequence[Argument]) -> Evidence:
    before, after = _two(arguments)
    same_unit(call, call.name, before, after)
    if before.interval is None or after.interval is None:
        return combined((before, after), interval=None, unit="PC")
    ratio = over(str(call.arguments[0]), after, before, HUNDRED, "PC")
    if ratio.interval is None:
        return ratio
    point = None if ratio.point is None else ratio.point - HUNDRED
    return replace(ratio, interval=ratio.interval.shifted(-HUNDRED), point=point)


def _share(call: Call, arguments: Sequence[Argument]) -> Evidence:
    part, whole = _two(arguments)
    same_unit(call, call.name, part, whole)
    if whole.interval is None:
        gaps = tuple(replace(one, kind="denominator") for one in whole.missing)
        named = replace(whole, missing=gaps)
        return combined((part, named), interval=None, unit="PC")
    if part.interval is None:
        return combined((part, whole), interval=None, unit="PC")
    return over(str(call.arguments[1]), part, whole, HUNDRED, "PC")


def _between(call: Call, arguments: Sequence[Argument]) -> Evidence:
    one, other = _two(arguments)
    unit = same_unit(call, call.name, one, other)
    if one.interval is None or other.interval is None:
        return combined((one, other), interval=None, unit=unit)
    spanned = hull(one.interval, other.interval)
    return combined((one, other), interval=spanned, unit=unit, kinds=(STRUCTURAL,))


def _abs(_: Call, arguments: Sequence[Argument]) -> Evidence:
    value = _one(arguments)
    if value.interval is None:
        return value
    point = None if value.point is None else abs(value.point)
    return replace(value, interval=_magnitude(value.interval), point=point)


def _magnitude(interval: Interval) -> Interval:
    if interval.low >= 0:
        return interval
    mirrored = -interval
    if interval.high <= 0:
        return mirrored
    high, high_open = max((interval.high, interval.high_open), (mirrored.high, mirrored.high_open))
    return Interval(Decimal(0), high, False, high_open)


def _sum(call: Call, arguments: Sequence[Argument]) -> Evidence:
    several = _several(arguments)
    values = several.values
    unit = _unit(call, values)
    gaps = several.missing_years if several.window else ()
    intervals = [one.interval for one in values if one.interval is not None]
    if len(intervals) != len(values) or not values or gaps:
        return combined(values, interval=None, unit=unit, missing=gaps or _nothing(several))
    points = [one.point for one in values if one.point is not None]
    point = sum(points, Decimal(0)) if len(points) == len(values) else None
    return combined(values, interval=total(intervals), point=point, unit=unit)


def _extreme(call: Call, arguments: Sequence[Argument]) -> Evidence:
    greatest = call.name == "max"
    values: list[Evidence] = []
    gaps: tuple[Missing, ...] = ()
    for one in arguments:
        if isinstance(one, Several):
            values += [each for _, each, _ in one.known]
            gaps += _nothing(one)
        elif isinstance(one, Evidence):
            values.append(one)
    unit = _unit(call, values)
    intervals = [one.interval for one in values if one.interval is not None]
    if len(intervals) != len(values) or not values:
        return combined(values, interval=None, unit=unit, missing=gaps)
    interval = reduce(_greater if greatest else _less, intervals)
    points = [one.point for one in values if one.point is not None]
    point = None
    if len(points) == len(values):
        point = max(points) if greatest else min(points)
    return combined(values, interval=interval, point=point, unit=unit)


def _greater(one: Interval, other: Interval) -> Interval:
    low, closed = max((one.low, one.low_open), (other.low, other.low_open))
    high, high_closed = max((one.high, not one.high_open), (other.high, not other.high_open))
    return Interval(low, high, closed, not high_closed)


def _less(one: Interval, other: Interval) -> Interval:
    return -_greater(-one, -other)


def _choice(call: Call, arguments: Sequence[Argument]) -> Evidence:
    several = _several(arguments)
    known = several.known
    _unit(call, several.values)
    if not known:
        return combined(several.values, interval=None, gives="choice", missing=_nothing(several))
    named = candidates(
        [(label, interval) for label, _, interval in known], greatest=call.name == "argmax"
    )
    gaps = several.missing_years if several.window else ()
    return combined(several.values, interval=None, gives="choice", choices=named, missing=gaps)


def _rank(_: Call, arguments: Sequence[Argument]) -> Evidence:
    codes, several = arguments
    assert isinstance(codes, tuple)
    assert isinstance(several, Several)
    known = {label: interval for label, _, interval in several.known}
    own = known.pop(codes[0], None)
    if own is None or not known:
        gap = Missing("data" if own is None else "partners", str(several.reference))
        return combined(several.values, interval=None, unit="PLACE", missing=(gap,))
    above = [exceeds(other, own) for other in known.values()]
    low = 1 + sum(one == YES for one in above)
    high = 1 + sum(one != NO for one in above)
    point = Decimal(low) if low == high else None
    return combined(
        several.values,
        interval=Interval(Decimal(low), Decimal(high)),
        point=point,
        unit="PLACE",
    )


def _are_top(_: Call, arguments: Sequence[Argument]) -> Evidence:
    codes, several = arguments
    assert isinstance(codes, tuple)
    assert isinstance(several, Several)
    known = {label: interval for label, _, interval in several.known}
    absent = [code for code in codes if code not in known]
    named = [interval for code, interval in known.items() if code in codes]
    others = [interval for code, interval in known.items() if code not in codes]
    lost = any(exceeds(other, one) == YES for other in others for one in named)
    if lost and not absent:
        return combined(several.values, interval=NO, gives="truth")
    if absent or not others:
        gaps = tuple(
            Missing("partners" if not absent else "data", str(several.reference), (("code", code),))
            for code in absent or ("*",)
        )
        return combined(several.values, interval=None, gives="truth", missing=gaps)
    sure = all(exceeds(one, other, strictly=False) == YES for one in named for other in others)
    return combined(several.values, interval=YES if sure else OPEN, gives="truth")


def _end(call: Call, arguments: Sequence[Argument]) -> Evidence:
    several = _several(arguments)
    if not several.entries:
        return Evidence(missing=_nothing(several))
    return several.entries[0 if call.name == "first" else -1][1]


def _count(call: Call, arguments: Sequence[Argument]) -> Evidence:
    several = _several(arguments)
    number = Decimal(len({label[:4] if call.name == "years" else label
                          for label, _, _ in several.known}))  # fmt: skip
    return combined(several.values, interval=Interval.exactly(number), point=number, unit="NUM")


def _change_always(_: Call, arguments: Sequence[Argument]) -> Evidence:
    several, direction = arguments
    assert isinstance(several, Several)
    assert isinstance(direction, tuple)
    steps = [
        exceeds(later, earlier) if direction[0] == "up" else exceeds(earlier, later)
        for (_, _, earlier), (_, _, later) in pairwise(several.known)
    ]
    gaps = several.missing_years
    if NO in steps:
        return combined(several.values, interval=NO, gives="truth")
    if not steps:
        return combined(
            several.values, interval=None, gives="truth", missing=gaps or _nothing(several)
        )
    sure = all(one == YES for one in steps) and not gaps
    kinds = (STRUCTURAL,) if gaps else ()
    return combined(
        several.values, interval=YES if sure else OPEN, gives="truth", missing=gaps, kinds=kinds
    )


def _moved(call: Call, arguments: Sequence[Argument]) -> Evidence:
    several = _several(arguments)
    known = several.known
    if len(known) < 2:
        return combined(several.values, interval=None, gives="truth", missing=_nothing(several))
    (_, first, before), (_, last, after) = known[0], known[-1]
    pair = (after, before) if call.name == "rises" else (before, after)
    return combined((first, last), interval=exceeds(*pair), gives="truth")


FUNCTIONS: Mapping[str, _Function] = {
    "growth": _growth,
    "share": _share,
    "between": _between,
    "abs": _abs,
    "sum": _sum,
    "max": _extreme,
    "min": _extreme,
    "argmax": _choice,
    "argmin": _choice,
    "rank": _rank,
    "are_top": _are_top,
    "first": _end,
    "last": _end,
    "count": _count,
    "years": _count,
    "change_always": _change_always,
    "rises": _moved,
    "falls": _moved,
}


def _one(arguments: Sequence[Argument]) -> Evidence:
    assert isinstance(arguments[0], Evidence)
    return arguments[0]


def _two(arguments: Sequence[Argument]) -> tuple[Evidence, Evidence]:
    one, other = arguments
    assert isinstance(one, Evidence)
    assert isinstance(other, Evidence)
    return one, other


def _several(arguments: Sequence[Argument]) -> Several:
    assert isinstance(arguments[0], Several)
    return arguments[0]


def _unit(call: Call, values: Sequence[Evidence]) -> str:
    """Return the one unit of all values; raises DimensionFault."""
    known = [one for one in values if one.interval is not None]
    for one, other in pairwise(known):
        same_unit(call, call.name, one, other)
    return known[0].unit if known else ""


def _nothing(several: Several) -> tuple[Missing, ...]:
    """Say that a series has nothing in the window, unless its parts say more."""
    if any(one.missing for one in several.values):
        return ()
    window = str(several.window) if several.window else ""
    kind = "years" if several.is_series else "data"
    return (Missing(kind, str(several.reference), (), window),)
