"""Guides for people and firms that cross the border."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("guides")
class Guide(Record):
    """A guide."""
