"""Events and their series."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("series")
class Series(Record):
    """Events that recur."""


@keeps("events")
class Event(Record):
    """An event."""
