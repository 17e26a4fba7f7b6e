"""What the columns of one record must agree on; the same rule for a case file and for a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from irtysh.vocabulary.errors import IrtyshError

Wrong = Iterator[tuple[str, IrtyshError]]
"""Pairs of a column and what is wrong with it."""


class CoordinatesIncomplete(IrtyshError):
    """A place has a latitude without a longitude, or the other way round."""


class RegimeWithoutCrossing(IrtyshError):
    """A place that is not a crossing names the regime of one."""


class RiskHalfRated(IrtyshError):
    """A risk names its likelihood without its impact, or the other way round."""


class ResidualWithoutRisk(IrtyshError):
    """What is left of a risk is rated, the risk itself is not."""


class ResidualAboveRisk(IrtyshError):
    """What is left of a risk after the countermeasure is rated higher than the risk."""


class ClosedWithoutDay(IrtyshError):
    """A closed risk has no day of closing, or an open one has."""


class PublishedWithoutDay(IrtyshError):
    """An announced release is published without a day, or has a day without being published."""


class CancelledWithoutReason(IrtyshError):
    """An announced release was cancelled and nobody says why."""


def disagreements(register: str, record: Mapping[str, Any]) -> Wrong:
    """Yield what columns of a record say against each other; nothing for most registers."""
    rule = _RULES.get(register)
    if rule is not None:
        yield from rule(record)


def _place(record: Mapping[str, Any]) -> Wrong:
    missing = [name for name in ("lat", "lon") if record.get(name) in (None, "")]
    if len(missing) == 1:
        yield missing[0], CoordinatesIncomplete()
    if record.get("regime") and record.get("kind") != "crossing":
        yield "regime", RegimeWithoutCrossing()


def _risk(record: Mapping[str, Any]) -> Wrong:
    rated = {name: record[name] for name in _RATINGS if isinstance(record.get(name), int)}
    for pair in (_RATINGS[:2], _RATINGS[2:]):
        missing = [name for name in pair if name not in rated]
        if len(missing) == 1:
            yield missing[0], RiskHalfRated()
    first, left = _product(rated, *_RATINGS[:2]), _product(rated, *_RATINGS[2:])
    if left is not None and first is None:
        yield "residual_likelihood", ResidualWithoutRisk()
    elif left is not None and first is not None and left > first:
        yield "residual_likelihood", ResidualAboveRisk(left=str(left), first=str(first))
    if (record.get("status") == "closed") != bool(record.get("closed_on")):
        yield "closed_on", ClosedWithoutDay()


def _announcement(record: Mapping[str, Any]) -> Wrong:
    if (record.get("state") == "published") != bool(record.get("published_on")):
        yield "published_on", PublishedWithoutDay()
    if record.get("state") == "cancelled" and not record.get("moves"):
        yield "moves", CancelledWithoutReason()


_RATINGS = ("likelihood", "impact", "residual_likelihood", "residual_impact")


def _product(rated: Mapping[str, int], likelihood: str, impact: str) -> int | None:
    """Return P × I, or None where one of the two is not rated."""
    if likelihood not in rated or impact not in rated:
        return None
    return rated[likelihood] * rated[impact]


_RULES: Mapping[str, Callable[[Mapping[str, Any]], Wrong]] = {
    "places": _place,
    "risks": _risk,
    "announcements": _announcement,
}
