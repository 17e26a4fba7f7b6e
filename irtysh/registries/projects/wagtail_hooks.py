"""Projects in the back office."""

from __future__ import annotations

from irtysh.registries.projects import screens  # noqa: F401 (its hooks)
from irtysh.registries.projects.models import Project
from irtysh.registries.records.screens import register_records

register_records(Project)
