"""Organisations, once each."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("organisations")
class Organisation(Record):
    """An organisation of either side or of neither."""
