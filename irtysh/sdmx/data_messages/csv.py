"""SDMX-CSV 1.0 and 2.0: a line an observation, in the order of the structure.

Field guides: sdmx-twg/sdmx-csv. A cell is written as it is, also where it begins with "=", "+" or
"@": a mark put before it against spreadsheets would make another code of a code and another text
of a text, and the reader of a message is a program. Downloads for people have that mark
(``irtysh.api.formats``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from irtysh.sdmx import times
from irtysh.sdmx.data_messages.message import TIME, DataSet, Message
from irtysh.sdmx.data_messages.xml import instant
from irtysh.sdmx.points import numeral
from irtysh.sdmx.structure import Component, Point
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import IrtyshError

ACTIONS = {"Information": "I", "Append": "A", "Replace": "R", "Delete": "D"}
VALID_FROM, VALID_TO = "VALID_FROM", "VALID_TO"
"""Columns of our own where versions of several days stand in one message."""

_LINES = 500
"""How many lines are written at once."""


def csv_text(
    message: Message,
    data_sets: Iterable[DataSet],
    *,
    version: str = "2.0",
    labels: str = "id",
    time_format: str = "original",
    keys: str = "none",
    with_changes: bool = False,
) -> Iterator[str]:
    """Yield the message.

    Parameters
    ----------
    version : {"1.0", "2.0"}
    labels : {"id", "name", "both"}
        "name" (2.0 only) adds a column of names beside each column; "both" writes "KZ: Kazakhstan".
    time_format : {"original", "normalized"}
        "normalized" writes the first day of every period.
    keys : {"none", "obs", "series", "both"}
        Which columns with whole keys are added (2.0 only).
    with_changes : bool
        Whether the data sets have other actions than Information, or a time of validity.
    """
    lines = _Lines(message, version, labels, time_format, keys, with_changes)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(lines.header())
    count = 0
    for data_set in data_sets:
        for point in lines.chosen(data_set.points):
            writer.writerow(lines.line(point, data_set))
            count += 1
            if count % _LINES == 0:
                yield stream.getvalue()
                stream.seek(0)
                stream.truncate()
    yield stream.getvalue()


class _Lines:
    def __init__(
        self,
        message: Message,
        version: str,
        labels: str,
        time_format: str,
        keys: str,
        with_changes: bool,
    ) -> None:
        self.message = message
        self.is_first = version == "1.0"
        self.labels = "both" if self.is_first and labels == "name" else labels
        self.is_normalized = time_format == "normalized"
        self.keys = "none" if self.is_first else keys
        self.with_changes = with_changes
        structure = message.structure
        kind, agency, identifier, number = message.usage
        self._lead = kind.lower(), f"{agency}:{identifier}({number})"
        self._name = message.name.get(message.language, "")
        measure = (structure.measure,) if message.has_values and message.has_observations else ()
        time = (structure.time,) if message.has_observations else ()
        self._columns: tuple[Component, ...] = (
            *structure.dimensions,
            *time,
            *measure,
            *message.of_data_set,
            *message.of_observation,
        )
        if not message.has_observations:
            self._columns = structure.dimensions

    def header(self) -> list[str]:
        if self.is_first:
            cells = ["DATAFLOW"]
        else:
            name = ["STRUCTURE_NAME"] if self.labels == "name" else []
            cells = ["STRUCTURE", "STRUCTURE_ID", *name, "ACTION"]
            cells += ["SERIES_KEY"] if self.keys in ("series", "both") else []
            cells += ["OBS_KEY"] if self.keys in ("obs", "both") else []
        for column in self._columns:
            cells += self._heading(column)
        if self.with_changes:
            cells += [*(["ACTION"] if self.is_first else []), VALID_FROM, VALID_TO]
        return cells

    def line(self, point: Point, data_set: DataSet) -> list[str]:
        """Return the cells of a point."""
        kind, identifier = self._lead
        if self.labels == "both" and self._name:
            identifier = f"{identifier}: {self._name}"
        if self.is_first:
            cells = [identifier]
        else:
            name = [self._name] if self.labels == "name" else []
            cells = [kind, identifier, *name, ACTIONS[data_set.action]]
            cells += [self._series_key(point)] if self.keys in ("series", "both") else []
            cells += [".".join((*point.key, point.time))] if self.keys in ("obs", "both") else []
        values = dict(zip(self.message.structure.key, point.key, strict=True))
        values[TIME] = self._time(point.time)
        values[self.message.structure.measure.id] = (
            "" if point.value is None else numeral(point.value)
        )
        for column in self._columns:
            text = values.get(column.id, point.attributes.get(column.id, ""))
            cells += self._cell(column, text)
        if self.with_changes:
            cells += [ACTIONS[data_set.action]] if self.is_first else []
            cells += [
                instant(day) if day else "" for day in (data_set.valid_from, data_set.valid_to)
            ]
        return cells

    def chosen(self, points: Iterable[Point]) -> Iterator[Point]:
        """Yield the points a line is written for: one a series where observations are left out."""
        last: tuple[str, ...] = ()
        for point in points:
            if self.message.has_observations or point.key != last:
                yield point
            last = point.key

    def _series_key(self, point: Point) -> str:
        values = dict(zip(self.message.ids, (*point.key, point.time), strict=True))
        return ".".join(values[one] for one in self.message.series_ids)

    def _heading(self, column: Component) -> list[str]:
        if self.labels == "id":
            return [column.id]
        concepts = codelist("concepts")
        name = concepts.label(column.id, self.message.language) if column.id in concepts else ""
        if self.labels == "name":
            return [column.id, name or column.id]
        return [f"{column.id}: {name}" if name else column.id]

    def _cell(self, column: Component, text: str) -> list[str]:
        if self.labels == "id":
            return [text]
        names = self.message.names(column, text) if column.codelist and text else None
        name = names.get(self.message.language, "") if names else ""
        if self.labels == "name":
            return [text, name]
        return [f"{text}: {name}" if name else text]

    def _time(self, time: str) -> str:
        if not self.is_normalized:
            return time
        try:
            start: date | None = times.read(time, "").start
        except IrtyshError:
            return time
        return start.isoformat() if start else time
