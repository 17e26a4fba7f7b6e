"""Sums of rows beside the totals that the file itself prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from irtysh.sources.intake.check_sheet import plain
from irtysh.vocabulary.flow_row import FlowRow

_MOST = 300_000
"""Keys kept; a file with more is compared by nobody, and says so by an empty list."""

Key = tuple[str, str, str, str, str, int]


class Totals:
    """Sums by reporter, partner, direction, period, edition and level, made while rows pass.

    Beside each sum stands how many rows it has and how finely they were rounded: n rows rounded
    to d decimals miss their true sum by at most n/2 units of the last decimal.
    """

    def __init__(self) -> None:
        self._sums: dict[Key, list[Any]] = {}
        self._is_full = False

    def add(self, row: FlowRow) -> None:
        """Count one flow."""
        if not row.value or self._is_full or row.commodity == "_T":
            return
        key = (row.ref_area, row.counterpart_area, row.flow, row.period, row.classification,
               len(row.commodity))  # fmt: skip
        _, _, decimals = row.value.partition(".")
        held = self._sums.get(key)
        if held is None:
            if len(self._sums) >= _MOST:
                self._is_full = True
                self._sums.clear()
                return
            self._sums[key] = [Decimal(row.value), 1, len(decimals)]
            return
        held[0] += Decimal(row.value)
        held[1] += 1
        held[2] = min(held[2], len(decimals)) if len(decimals) < held[2] else held[2]

    def compared(self, printed: Mapping[str, Decimal]) -> list[dict[str, Any]]:
        """Return each printed total beside the sums of the levels that should make it."""
        return [row for name, value in printed.items() for row in self._rows(name, value)]

    def _rows(self, name: str, value: Decimal) -> Iterator[dict[str, Any]]:
        parts = name.split(" ")
        found = []
        if len(parts) == 5 and parts[3] == "_T":
            wanted = (parts[0], parts[1], parts[2], parts[4])
            found = [(key, held) for key, held in self._sums.items() if key[:4] == wanted]
        if not found:
            yield {"name": name, "printed": plain(value), "level": "", "sum": None, "rows": 0,
                   "bound": None, "agrees": False}  # fmt: skip
        for key, (total, rows, decimals) in found:
            bound = Decimal(rows + 1) / 2 / Decimal(10) ** decimals
            yield {
                "name": name, "printed": plain(value), "level": f"{key[4]} {key[5]}",
                "sum": plain(total), "rows": rows, "bound": plain(bound),
                "agrees": abs(total - value) <= bound,
            }  # fmt: skip
