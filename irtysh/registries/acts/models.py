"""Legal acts, and how the law of both sides compares."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("acts")
class Act(Record):
    """A legal act."""


@keeps("harmonisation")
class Requirement(Record):
    """What one side's law asks in one matter: a cell of the harmonisation matrix."""
