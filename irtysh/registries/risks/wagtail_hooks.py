"""Risks in the back office."""

from __future__ import annotations

from irtysh.registries.risks.models import Risk
from irtysh.registries.records.screens import register_records

register_records(Risk)
