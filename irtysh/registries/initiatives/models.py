"""Initiatives, from idea to decision."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("initiatives")
class Initiative(Record):
    """A proposal on its way to a decision."""
