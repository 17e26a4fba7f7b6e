"""The listing follows the records."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from irtysh.registries.records.listing import entry_of, strike, write_entry
from irtysh.registries.records.models import Record
from irtysh.registries.records.signals import removed, saved, saving


@receiver(saving)
def make_entry(record: Record, **_rest: Any) -> None:
    """Make the entry while the rows are at hand."""
    record.entry = entry_of(record)


@receiver(saved)
def list_it(record: Record, **_rest: Any) -> None:
    """Write the entry of a record that was saved."""
    write_entry(record.table.name, record.code, record.entry)


@receiver(removed)
def strike_it(record: Record, **_rest: Any) -> None:
    """Take the entry of a record away before the record goes."""
    strike(record.table.name, [record.code])
