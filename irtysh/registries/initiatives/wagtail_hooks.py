"""Initiatives in the back office."""

from __future__ import annotations

from irtysh.registries.initiatives import screens  # noqa: F401 (its hooks)
from irtysh.registries.initiatives.models import Initiative
from irtysh.registries.records.screens import register_records

register_records(Initiative)
