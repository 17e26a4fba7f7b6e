"""Messages for tests: rows as the store gives them, written and read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from irtysh.sdmx.code_names import name_of
from irtysh.sdmx.data_messages.forms import Form, write
from irtysh.sdmx.data_messages.message import DataSet, Message
from irtysh.sdmx.points import Points
from irtysh.sdmx.reading.message import Reading
from irtysh.sdmx.reading.opened import open_message
from irtysh.sdmx.structure import DataStructure
from irtysh.store.schema import ORDER, to_row
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import Text

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAME = Text({"ru": "Торговля", "kk": "Сауда", "en": "Trade"})


def rows_of(observations: Iterable[Observation]) -> list[dict[str, Any]]:
    """Return observations as the store streams them: typed, missing None, in its order."""
    rows = []
    for one in observations:
        row: dict[str, Any] = {name: text or None for name, text in to_row(one).items()}
        row.update(
            value=one.value,
            unit_mult=one.unit_mult,
            period_start=one.period.start,
            period_end=one.period.end,
            retrieved_on=one.retrieved_on,
        )
        rows.append(row)
    return sorted(rows, key=lambda row: [row[name] or "" for name in (*ORDER, "id")])


def message(structure: DataStructure, dataflow: str = "TRADE_PARTNER", **fields: Any) -> Message:
    """Return the head of a message."""
    defaults: Mapping[str, Any] = {
        "name": NAME,
        "id": "IRTYSH-1",
        "prepared": NOON,
        "release": "2026-11-22-0a1b2c3d4e",
        "names": cache(name_of),
        "base": "https://example.org/sdmx/v1",
    }
    return Message(structure, dataflow, **{**defaults, **fields})


def written(
    structure: DataStructure, rows: Iterable[Mapping[str, Any]], form: Form, **fields: Any
) -> str:
    """Return a whole message with one data set."""
    points = Points(structure, rows)
    return "".join(write(message(structure, **fields), [DataSet(points)], form))


def read(text: str, folder: Path) -> Reading:
    """Read a message from a file."""
    path = folder / "message"
    path.write_bytes(text.encode())
    return open_message(path)
