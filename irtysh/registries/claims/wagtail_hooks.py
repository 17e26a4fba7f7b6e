"""Claims in the back office."""

from __future__ import annotations

from irtysh.registries.claims.models import Claim
from irtysh.registries.records.screens import register_records

register_records(Claim)
