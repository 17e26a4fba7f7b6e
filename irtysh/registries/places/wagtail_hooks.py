"""Places in the back office."""

from __future__ import annotations

from irtysh.registries.places.models import Place
from irtysh.registries.records.screens import register_records

register_records(Place)
