"""Places: territories, towns, crossings, links, sites."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("places")
class Place(Record):
    """A territory, town, crossing, transport link or site."""
