"""Events and series in the back office."""

from __future__ import annotations

from irtysh.registries.events.models import Event, Series
from irtysh.registries.records.screens import register_records

register_records(Event)
register_records(Series)
