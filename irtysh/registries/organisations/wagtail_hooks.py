"""Organisations in the back office."""

from __future__ import annotations

from irtysh.registries.organisations import screens  # noqa: F401 (its hooks)
from irtysh.registries.organisations.models import Organisation
from irtysh.registries.records.screens import register_records

register_records(Organisation)
