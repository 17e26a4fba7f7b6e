"""Levels that no source prints but that follow from what sources print.

A derived level fills a period that has no bounded value of its own; it never replaces a
printed one. Each keeps the rule that made it and the ids of all observations behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from irtysh.indicators.known import AMOUNTS, Knowledge, Known, SeriesKey, derived_from
from irtysh.stats.growth import level_after, level_before
from irtysh.stats.quantity import Quantity
from irtysh.stats.shares import part_from_share
from irtysh.vocabulary.errors import NothingToCompute
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

Selection = Mapping[str, str]
_Formula = Callable[[Quantity | None, Quantity | None], Quantity]

_ROUNDS = 12
"""Chains of growth rates longer than this carry no information worth printing."""


def derive(knowledge: Knowledge, headline: Selection) -> list[Known]:
    """Add to what is known the levels that follow from it; return those added.

    Rules, in the order in which they are tried; every round starts from what was known before
    it, so a result does not depend on the order of the observations:

    growth_backward : y₀ = y₁ / (1 + g)
    growth_forward : y₁ = y₀ · (1 + g)
    share_of_total : X = share · T, M = share · T
    identity : T = X + M, X = T − M, M = T − X

    Parameters
    ----------
    knowledge : changed in place
    headline : ref_area, counterpart_area …
        The pair that is meant where a growth rate leaves its counterpart open (flag
        COUNTERPART_ASSUMED).
    """
    added: list[Known] = []
    for _ in range(_ROUNDS):
        found = _new(knowledge, [*_from_growth(knowledge, headline), *_from_shares(knowledge)])
        if not found:
            found = _new(knowledge, _from_identity(knowledge))
        if not found:
            break
        for value in found:
            knowledge.add(value)
        added += found
    return added


def _new(knowledge: Knowledge, candidates: Iterable[Known]) -> list[Known]:
    """Keep candidates whose period has no bounded value yet; equal evidence counts once."""
    kept: dict[tuple[SeriesKey, Period, frozenset[str]], Known] = {}
    for value in candidates:
        if not any(known.bounded for known in knowledge.at(value.key, value.period)):
            kept.setdefault((value.key, value.period, frozenset(value.evidence)), value)
    return list(kept.values())


def _from_growth(knowledge: Knowledge, headline: Selection) -> Iterator[Known]:
    for link in knowledge.links:
        base = link.base_period
        if link.measure != "GROWTH" or link.unit != "PC" or link.share_of:
            continue
        if base is None or not base.is_known or not link.period.is_known:
            continue
        for key in _keys_of(link, knowledge, headline):
            rate = _as_operand(link, key, headline)
            for later in _usable(knowledge, key, link.period):
                yield from _derived(key, base, level_before, "growth_backward", later, rate)
            for earlier in _usable(knowledge, key, base):
                yield from _derived(key, link.period, level_after, "growth_forward", earlier, rate)


def _from_shares(knowledge: Knowledge) -> Iterator[Known]:
    for link in knowledge.links:
        if link.measure != "SHARE" or link.unit != "PC" or not link.period.is_known:
            continue
        dimension, _, whole = link.share_of.partition(":")
        if dimension != "FLOW":
            continue
        for key in list(knowledge.levels):
            if not _same_series(key, link) or key.flow != whole or key.measure != "VALUE":
                continue
            part = key._replace(flow=link.flow)
            share = _as_operand(link, part, {})
            for total in _usable(knowledge, key, link.period):
                yield from _derived(
                    part, link.period, part_from_share, "share_of_total", total, share
                )


def _from_identity(knowledge: Knowledge) -> Iterator[Known]:
    """Close T = X + M where two of the three are known."""
    places = {
        (key._replace(flow="T"), period)
        for key, series in knowledge.levels.items()
        if key.flow in ("T", "X", "M") and key.measure == "VALUE"
        for period in series
        if period.is_known
    }
    for key, period in sorted(places, key=lambda place: (place[0], place[1].code)):
        known = {flow: _usable(knowledge, key._replace(flow=flow), period) for flow in "TXM"}
        missing = [flow for flow, values in known.items() if not values]
        if len(missing) != 1:
            continue
        one, other = (known[flow] for flow in "TXM" if flow != missing[0])
        for first, second in product(one, other):
            quantity = _closing(missing[0], first, second)
            if quantity is not None:
                place = key._replace(flow=missing[0])
                yield derived_from(place, period, quantity, "identity", (first, second))


def _closing(missing: str, first: Known, second: Known) -> Quantity | None:
    """Return T from X and M, else T less the known flow; None if that is below zero."""
    if first.quantity is None or second.quantity is None:
        return None
    if missing == "T":
        return first.quantity + second.quantity
    rest = first.quantity - second.quantity
    return None if rest.point is not None and rest.point < 0 else rest


def _derived(
    key: SeriesKey, period: Period, formula: _Formula, rule: str, level: Known, rate: Known
) -> Iterator[Known]:
    try:
        quantity = formula(level.quantity, rate.quantity)
    except NothingToCompute:
        return
    yield derived_from(key, period, quantity, rule, (level, rate))


def _keys_of(link: Observation, knowledge: Knowledge, headline: Selection) -> list[SeriesKey]:
    """Return the series that a growth rate speaks of; values in money if there are several."""
    counterpart = link.counterpart_area
    if counterpart == "_U":
        counterpart = headline.get("counterpart_area", "_U")
    found = [
        key
        for key in sorted(knowledge.levels)
        if _same_series(key._replace(counterpart_area=link.counterpart_area), link)
        and key.counterpart_area == counterpart
        and key.flow == link.flow
        and key.measure in AMOUNTS
    ]
    return [key for key in found if key.measure == "VALUE"] or found[:1]


def _same_series(key: SeriesKey, link: Observation) -> bool:
    return (
        key.dataflow == link.dataflow
        and key.ref_area == link.ref_area
        and key.counterpart_area == link.counterpart_area
        and key.classification == link.classification
        and key.commodity == link.commodity
    )


def _as_operand(link: Observation, key: SeriesKey, headline: Selection) -> Known:
    """Return a rate as an operand: its evidence, and what it leaves open as a flag."""
    interval = link.interval
    assert interval is not None
    flags = []
    if link.counterpart_area == "_U":
        flags.append("COUNTERPART_ASSUMED")
    rate = Known(key, link.period, Quantity(link.value, interval), 0, (link.id,), tuple(flags))
    return replace(rate, source=link.source)


def _usable(knowledge: Knowledge, key: SeriesKey, period: Period) -> list[Known]:
    return [value for value in knowledge.at(key, period) if value.bounded]
