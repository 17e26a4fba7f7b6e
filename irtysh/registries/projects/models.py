"""Joint projects."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("projects")
class Project(Record):
    """A joint project."""
