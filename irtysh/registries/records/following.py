"""The listing follows the records."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from irtysh.registries.records.listing import enlist, strike
from irtysh.registries.records.models import Record
from irtysh.registries.records.signals import removed, saved


@receiver(saved)
def list_it(record: Record, **_rest: Any) -> None:
    """Write the entry of a record that was saved."""
    enlist(record)


@receiver(removed)
def strike_it(record: Record, **_rest: Any) -> None:
    """Take the entry of a record away before the record goes."""
    strike(record.table.name, [record.code])
