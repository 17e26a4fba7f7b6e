"""Which of several values of one cell is preferred, by a stated rule or a named person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from irtysh.vocabulary.interval import INFINITY
from irtysh.vocabulary.observation import Observation

Sources = Mapping[str, Mapping[str, Any]]
Order = tuple[str, ...]


def decisions(
    observations: Iterable[Observation],
    preferences: Mapping[str, Any],
    sources: Iterable[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Return, for every cell with several values, which one is preferred and why.

    ``{"observation": id or None, "rivals": [ids of all], "reason": text or None, "decided_by":
    text or None}``. A named decision comes first, then the case's rules in order; where all
    rules leave a tie, none is preferred and the page says so.
    """
    by_id = {str(source["id"]): source for source in sources}
    cells: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.value is not None:
            cells[observation.cell].append(observation)
    found = []
    for rivals in cells.values():
        if len(rivals) > 1:
            chosen, why = _choose(rivals, preferences, by_id)
            found.append(
                {
                    "observation": chosen.id if chosen else None,
                    "rivals": [rival.id for rival in rivals],
                    **why,
                }
            )
    return found


def _choose(
    rivals: list[Observation],
    preferences: Mapping[str, Any],
    sources: Mapping[str, Mapping[str, Any]],
) -> tuple[Observation | None, dict[str, Any]]:
    for decision in preferences.get("named") or ():
        fitting = [rival for rival in rivals if _fits(rival, decision)]
        if len(fitting) == 1:
            return fitting[0], {
                "reason": decision["reason"],
                "decided_by": decision.get("decided_by"),
            }
    left = list(rivals)
    for rule in preferences.get("rules") or ():
        best = _RULES[rule["rule"]](left, tuple(rule.get("order") or ()), sources)
        if len(best) == 1 and len(left) > 1:
            return best[0], {"reason": rule["reason"], "decided_by": None}
        left = best
    return None, {"reason": None, "decided_by": None}


def _by_kind(rivals: list[Observation], order: Order, sources: Sources) -> list[Observation]:
    return _first(rivals, order, lambda rival: str(sources[rival.source]["kind"]))


def _by_status(rivals: list[Observation], order: Order, sources: Sources) -> list[Observation]:
    return _first(rivals, order, lambda rival: rival.status.value)


def _by_qualifier(rivals: list[Observation], order: Order, sources: Sources) -> list[Observation]:
    return _first(rivals, order, lambda rival: rival.qualifier.value)


def _by_digits(rivals: list[Observation], order: Order, sources: Sources) -> list[Observation]:
    bounds = [rival.base_interval for rival in rivals]
    widths = [interval.width if interval else INFINITY for interval in bounds]
    return [rival for rival, width in zip(rivals, widths, strict=True) if width == min(widths)]


def _by_date(rivals: list[Observation], order: Order, sources: Sources) -> list[Observation]:
    dates = [str(sources[rival.source].get("published_on") or "") for rival in rivals]
    return [rival for rival, day in zip(rivals, dates, strict=True) if day == max(dates)]


_RULES: Mapping[str, Callable[[list[Observation], Order, Sources], list[Observation]]] = {
    "prefer_kind": _by_kind,
    "prefer_status": _by_status,
    "prefer_precise": _by_qualifier,
    "prefer_digits": _by_digits,
    "prefer_published_later": _by_date,
}
"""Name of a rule in preferences.yaml → what it leaves of the rivals; never nothing."""


def _first(
    rivals: list[Observation], order: Order, feature: Callable[[Observation], str]
) -> list[Observation]:
    for wanted in order:
        found = [rival for rival in rivals if feature(rival) == wanted]
        if found:
            return found
    return rivals


def _fits(observation: Observation, decision: Mapping[str, Any]) -> bool:
    place = {"locator": decision["locator"]} if decision.get("locator") else {}
    return observation.matches({"source": decision["prefer"], **place, **decision["cell"]})
