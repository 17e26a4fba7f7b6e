"""Offers and requests of organisations."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("offers")
class Offer(Record):
    """What an organisation offers or asks for."""
