"""Risks of programmes, with owners and days."""

from __future__ import annotations

from irtysh.registries.records.models import Record, keeps


@keeps("risks")
class Risk(Record):
    """Something that may keep a programme from its goals."""

    def sides(self) -> set[str]:
        """Return its side, or the sides of its programme."""
        if self.side:
            return {self.side}
        return self.programme.sides() if self.programme_id else set()
