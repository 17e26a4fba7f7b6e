"""Whether a guide can still be relied on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from irtysh.registries.records.rules import ends_before

FRESH, OUTDATED, UNCHECKED, EMPTY = "fresh", "outdated", "unchecked", "empty"
"""Checked and in time; past its day; never checked; without a single step."""

HOLDS = timedelta(days=183)
"""How long a check holds where a guide names no last day of its own."""


def standing_on(checked_on: str, expires_on: str, has_steps: bool, day: date) -> str:
    """Return whether a guide can be relied on as of a day.

    Days, months and years count as a whole: a guide that expires in 2027 holds to its last day.
    """
    if not has_steps:
        return EMPTY
    if expires_on and ends_before(day.isoformat(), expires_on):
        return OUTDATED
    if not checked_on:
        return UNCHECKED
    if not expires_on and ends_before((day - HOLDS).isoformat(), checked_on):
        return OUTDATED
    return FRESH


def checked_between(own: str, of_steps: Iterable[str]) -> tuple[str, str]:
    """Return the oldest and the newest day on which any part of a guide was checked.

    Both empty where nothing was. The guide's own day stands for steps that name none.
    """
    days = sorted({day for day in (own, *of_steps) if day})
    return (days[0], days[-1]) if days else ("", "")
