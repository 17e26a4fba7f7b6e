"""SDMX-CSV 1.0 and 2.0 of our data structures, read line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from irtysh.sdmx.data_messages.csv import ACTIONS, VALID_FROM, VALID_TO
from irtysh.sdmx.reading.message import TIME, Read, Reading, number, structure_for, usage_of
from irtysh.sdmx.structure import DataStructure
from irtysh.vocabulary.errors import NotSdmx

_LEAD = {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"}
_REPEATED = {"SERIES_KEY", "OBS_KEY", VALID_FROM, VALID_TO}
_AHEAD = 100
"""Lines among which the name of the dataflow is looked for."""
_WORDS = {letter: word for word, letter in ACTIONS.items()}
_WORDS.update({"": "Information", "M": "Append"})


def read_csv_message(path: Path) -> Reading:
    """Open a message; raises NotSdmx, SdmxStructureUnknown."""
    lines = _lines(path)
    header = next(lines, (0, []))[1]
    first = header[0].removeprefix("\ufeff") if header else ""
    if first.startswith("STRUCTURE") and len(header) == 1 and len(first) > len("STRUCTURE"):
        mark = first.split("]", 1)[-1].removeprefix("STRUCTURE")[:1]
        lines = _lines(path, mark)
        header = next(lines)[1]
    columns = _Columns(header)
    rows = _observations(lines, columns)
    ahead: list[Read] = []
    for read in rows:
        ahead.append(read)
        if columns.usage[1] or len(ahead) == _AHEAD:
            break
    agency, dataflow = columns.usage
    return Reading(columns.form, chain(ahead, rows), dataflow, agency, columns.ignored)


class _Columns:
    """Which column holds what."""

    def __init__(self, header: Sequence[str]) -> None:
        names = [_id(one) for one in header]
        self.is_first = "DATAFLOW" in names
        self.form = f"SDMX-CSV {'1.0' if self.is_first else '2.0'}"
        if not self.is_first and "STRUCTURE_ID" not in names:
            raise NotSdmx(
                form="SDMX-CSV", line=1, found=", ".join(names)[:80], expected="STRUCTURE_ID"
            )
        self.structure: DataStructure = structure_for(names)
        self._places: dict[str, int] = {}
        known = {one.id for one in self.structure.components} | _LEAD | _REPEATED
        self.ignored: list[str] = []
        has_names = "STRUCTURE_NAME" in names
        for place, name in enumerate(names):
            if name in known and name not in self._places:
                self._places[name] = place
            elif not (has_names and place and names[place - 1] in known):
                self.ignored.append(header[place])
        if TIME not in self._places:
            raise NotSdmx(form=self.form, line=1, found=", ".join(names)[:80], expected=TIME)
        self._labelled = {
            one.id
            for one in self.structure.components
            if one.codelist and one.id in self._places and ": " in header[self._places[one.id]]
        }
        self.width = len(header)
        self.usage = ("", "")

    def read(self, cells: Sequence[str], line: int) -> Read:
        """Return the observation of a line."""
        if len(cells) != self.width:
            raise NotSdmx(
                form=self.form, line=line, found=str(len(cells)), expected=str(self.width)
            )
        lead = self._cell(cells, "DATAFLOW" if self.is_first else "STRUCTURE_ID")
        usage = usage_of(lead.split(": ", 1)[0])
        if not self.usage[1]:
            self.usage = usage
        elif usage != self.usage:
            raise NotSdmx(form=self.form, line=line, found=lead[:80], expected=self.usage[1])
        letter = self._cell(cells, "ACTION").strip()
        if letter not in _WORDS:
            raise NotSdmx(form=self.form, line=line, found=letter[:80], expected="I, A, R, D")
        values: dict[str, str] = {}
        measure = self.structure.measure.id
        for one in self.structure.components:
            text = self._cell(cells, one.id)
            if text and one.id != measure:
                values[one.id] = text.split(": ", 1)[0] if one.id in self._labelled else text
        value = number(self._cell(cells, measure), self.form, line)
        return Read(values, value, _WORDS[letter], line)

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self._places.get(name)
        return "" if place is None else cells[place]


def _observations(lines: Iterator[tuple[int, list[str]]], columns: _Columns) -> Iterator[Read]:
    for line, cells in lines:
        if not cells:
            continue
        try:
            yield columns.read(cells, line)
        except NotSdmx as wrong:
            yield Read.refused(wrong, line)


def _lines(path: Path, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the cells of each record."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        # Strict: a quote that is never closed is a broken message, not one long record.
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        before = 0
        try:
            for cells in reader:
                yield before + 1, cells
                before = reader.line_num
        except csv.Error as error:
            raise NotSdmx(
                form="SDMX-CSV", line=reader.line_num, found=str(error), expected="CSV"
            ) from None
        except UnicodeDecodeError:
            raise NotSdmx(form="SDMX-CSV", line=before + 1, found="?", expected="UTF-8") from None


def _id(heading: str) -> str:
    """Return the id in "OBS_VALUE: Observation value"."""
    return heading.removeprefix("\ufeff").split(":", 1)[0].split("[", 1)[0].strip()
