"""Risks in the back office."""

from __future__ import annotations

from irtysh.registries.records.screens import register_records
from irtysh.registries.risks.models import Risk

register_records(Risk)
