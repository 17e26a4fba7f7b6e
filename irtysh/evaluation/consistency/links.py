"""Levels that printed figures imply: by growth links, by shares of flows, by T = X + M.

A level remembers the printed figure it grew from (its root), so that rival roots give rival
chains, and the lines of arithmetic that lead to it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from decimal import Decimal

from irtysh.evaluation.consistency.ledger import (
    Ledger,
    Quantity,
    Series,
    base_interval,
    base_point,
    understood,
)
from irtysh.evaluation.consistency.level import (
    Level,
    choose,
    digits,
    factor,
    is_whole_growth,
    percent,
    point_factor,
    when,
    written_level,
)
from irtysh.evaluation.consistency.values import Phrase, shown_percent
from irtysh.stats.growth import level_after, level_before
from irtysh.stats.quantity import Quantity as Quantified
from irtysh.vocabulary.errors import DivisionByZeroInterval, NothingToCompute
from irtysh.vocabulary.interval import Interval
from irtysh.vocabulary.numbers import Shown
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period

FLOWS = ("T", "X", "M")
UNSAID = "_U"


class Levels:
    """Every level of a ledger by series, quantity and period, computed family by family."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._families: dict[tuple[Series, Quantity], dict[Series, _Levels]] = {}

    def of(self, series: Series, quantity: Quantity) -> _Levels:
        """Return period → levels of a series: printed ones first, then implied ones."""
        head = series._replace(flow="T") if series.flow in FLOWS else series
        if (head, quantity) not in self._families:
            self._families[head, quantity] = self._family(head, quantity)
        return self._families[head, quantity].get(series, {})

    def best(self, series: Series, quantity: Quantity, period: Period) -> Level | None:
        """Return the level to work with: printed before implied, bounded before open."""
        return choose(self.of(series, quantity).get(period, ()))

    def _family(self, head: Series, quantity: Quantity) -> dict[Series, _Levels]:
        members = [head._replace(flow=flow) for flow in FLOWS] if head.flow == "T" else [head]
        levels = {member: self._printed(member, quantity) for member in members}
        for member in members:
            levels[member] = _grown(levels[member], self._links(member))
        if head.flow == "T":
            self._shared(levels, head)
            self._balanced(levels, head)
            for member in members:
                levels[member] = _grown(levels[member], self._links(member))
        return levels

    def _printed(self, series: Series, quantity: Quantity) -> _Levels:
        by_period = self._ledger.levels.get(series, {}).get(quantity, {})
        found: _Levels = {}
        for period, observations in by_period.items():
            for observation in observations:
                interval = base_interval(observation)
                if interval is None:
                    continue
                level = Level(
                    series,
                    quantity,
                    period,
                    interval,
                    understood(observation) or interval,
                    base_point(observation),
                    observation,
                    (observation.id,),
                )
                found.setdefault(period, []).append(level)
        return found

    def _links(self, series: Series) -> list[Observation]:
        """Return the growth rates of a series, and those that name no partner but may mean it."""
        unsaid = series._replace(counterpart_area=UNSAID)
        found = list(self._ledger.growths.get(series, ()))
        if unsaid != series:
            found += self._ledger.growths.get(unsaid, ())
        return [link for link in found if is_whole_growth(link)]

    def _shared(self, levels: dict[Series, _Levels], head: Series) -> None:
        """Add X (or M) = share × T, and T = X ÷ share."""
        for flow in ("X", "M"):
            part = head._replace(flow=flow)
            for share in self._ledger.shares.get(part, ()):
                if share.share_of != "FLOW:T" or share.unit != "PC" or share.interval is None:
                    continue
                for whole in list(levels[head].get(share.period, ())):
                    _add(levels[part], _times_share(whole, share, part))
                for known in list(levels[part].get(share.period, ())):
                    if known.is_printed:
                        _add(levels[head], _over_share(known, share, head))

    def _balanced(self, levels: dict[Series, _Levels], head: Series) -> None:
        """Add the missing one of T = X + M from the two others."""
        for period in sorted({p for found in levels.values() for p in found}, key=when):
            known = {
                flow: choose(levels[head._replace(flow=flow)].get(period, ())) for flow in FLOWS
            }
            missing = [flow for flow, level in known.items() if level is None]
            if len(missing) == 1:
                level = _remaining(known, head._replace(flow=missing[0]))
                if level is not None:
                    _add(levels[level.series], level)


_Levels = dict[Period, list[Level]]


def _grown(levels: _Levels, links: list[Observation]) -> _Levels:
    """Follow growth links from every level both ways; one level a root and period, the nearest."""
    if not links:
        return levels
    edges: dict[Period, list[tuple[Observation, bool]]] = defaultdict(list)
    for link in links:
        assert link.base_period is not None
        edges[link.base_period].append((link, True))
        edges[link.period].append((link, False))
    found = {period: list(known) for period, known in levels.items()}
    reached = {(level.root.id, level.root.printed, p) for p, ls in found.items() for level in ls}
    queue = deque(level for period in sorted(found, key=when) for level in found[period])
    while queue:
        level = queue.popleft()
        for link, forward in edges.get(level.period, ()):
            try:
                step = _step(level, link, forward)
            except NothingToCompute:
                continue  # a balance below zero has no growth rate
            name = (step.root.id, step.root.printed, step.period)
            if name not in reached:
                reached.add(name)
                found.setdefault(step.period, []).append(step)
                queue.append(step)
    return found


def _step(level: Level, link: Observation, forward: bool) -> Level:
    assert link.base_period is not None
    period = link.period if forward else link.base_period
    formula = level_after if forward else level_before
    rate = Quantified(percent(link), factor(link).shifted(-1).scaled(100))
    reached = formula(Quantified(level.point, level.interval), rate)
    heard = formula(Quantified(None, level.heard), rate).interval
    line = Phrase(
        "line.grown" if forward else "line.traced_back",
        {
            "period": period,
            "known_period": level.period,
            "known": level.amount,
            "growth": shown_percent(percent(link), signed=True, digits=digits(link)),
            "factor": Shown(point_factor(link), digits(link) + 2),
            "result": written_level(reached.interval, reached.point, level.quantity.unit),
        },
    )
    return Level(
        level.series,
        level.quantity,
        period,
        reached.interval,
        heard,
        reached.point,
        level.root,
        (*level.observations, link.id),
        (*level.steps, line),
        level.assumes_partner or link.counterpart_area != level.series.counterpart_area,
    )


def _fraction(share: Observation) -> Interval:
    interval = base_interval(share)
    assert interval is not None
    return interval.scaled(Decimal("0.01"))


def _times_share(whole: Level, share: Observation, part: Series) -> Level:
    interval, heard = (bounds * _fraction(share) for bounds in (whole.interval, whole.heard))
    point = None
    if whole.point is not None and base_point(share) is not None:
        point = whole.point * percent(share) / 100
    return _share_level(whole, share, part, (interval, heard, point), "line.share_of")


def _over_share(part: Level, share: Observation, whole: Series) -> Level | None:
    try:
        interval, heard = (bounds / _fraction(share) for bounds in (part.interval, part.heard))
    except DivisionByZeroInterval:
        return None
    point = None
    if part.point is not None and base_point(share):
        point = part.point / percent(share) * 100
    return _share_level(part, share, whole, (interval, heard, point), "line.over_share")


def _share_level(
    known: Level,
    share: Observation,
    series: Series,
    result: tuple[Interval, Interval, Decimal | None],
    key: str,
) -> Level:
    interval, heard, point = result
    line = Phrase(
        key,
        {
            "period": known.period,
            "known": known.amount,
            "share": shown_percent(percent(share), digits=digits(share)),
            "result": written_level(interval, point, known.quantity.unit),
        },
    )
    return Level(
        series,
        known.quantity,
        known.period,
        interval,
        heard,
        point,
        known.root,
        (*known.observations, share.id),
        (*known.steps, line),
        known.assumes_partner,
    )


def _remaining(known: dict[str, Level | None], series: Series) -> Level | None:
    """Return T = X + M, X = T − M or M = T − X, whichever is missing."""
    turnover, exports, imports = known["T"], known["X"], known["M"]
    if turnover is None:
        assert exports is not None and imports is not None
        first, second, sign = exports, imports, 1
    else:
        other = exports or imports
        assert other is not None
        first, second, sign = turnover, other, -1
    interval = first.interval + (second.interval if sign > 0 else -second.interval)
    heard = first.heard + (second.heard if sign > 0 else -second.heard)
    point = None
    if first.point is not None and second.point is not None:
        point = first.point + sign * second.point
    if interval.high <= 0:
        return None  # the two contradict each other: the rule on flows says so
    line = Phrase(
        "line.flows_added" if sign > 0 else "line.flow_taken",
        {
            "period": first.period,
            "first": first.amount,
            "second": second.amount,
            "result": written_level(interval, point, first.quantity.unit),
        },
    )
    return Level(
        series,
        first.quantity,
        first.period,
        interval,
        heard,
        point,
        first.root,
        (*first.observations, *second.observations),
        (*first.steps, *second.steps, line),
        first.assumes_partner or second.assumes_partner,
    )


def _add(levels: _Levels, level: Level | None) -> None:
    if level is None:
        return
    known = levels.setdefault(level.period, [])
    if all(other.root is not level.root or other.is_printed for other in known):
        known.append(level)
