"""Programmes in the back office."""

from __future__ import annotations

from irtysh.registries.programmes.models import Measure, Objective, Programme, Target
from irtysh.registries.records.screens import register_records

register_records(Measure)
register_records(Objective)
register_records(Programme)
register_records(Target)
