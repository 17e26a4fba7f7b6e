"""Obstacles, from a resident's question to a named body's answer."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("obstacles")
class Obstacle(Record):
    """An obstacle that somebody has to remove."""
