"""SDMX-CSV 1.0 and 2.0: observations to text and back, nothing lost.

Field guides: sdmx-twg/sdmx-csv. Version 2.0 opens with STRUCTURE, STRUCTURE_ID and ACTION,
version 1.0 with DATAFLOW. With ``labels="both"`` a coded field reads "KZ: Kazakhstan".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from irtysh.sdmx import times
from irtysh.sdmx.concepts import (
    CODED,
    COLUMNS,
    FREE,
    REQUIRED,
    SDMX_STATUS,
    SYNONYMS,
    joined,
)
from irtysh.sdmx.dimensions import list_of
from irtysh.sdmx.rows import RowRefused, observation_of
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault, NotReadable, NotSdmxCsv, TooLarge, WideTable
from irtysh.vocabulary.observation import Observation

_YEAR = re.compile(r"(19|20)\d{2}")
_STRUCTURE = re.compile(r"(?:[\w.@$-]+:)?([\w@$-]+)(?:\([\w.+*]+\))?")
_LEADING = {"1.0": ("DATAFLOW",), "2.0": ("STRUCTURE", "STRUCTURE_ID", "ACTION")}
_IGNORED = frozenset({"STRUCTURE_NAME", "SERIES_KEY", "OBS_KEY"})
"""Columns of 2.x that repeat what the others say."""
_READ_ACTIONS = frozenset({"", "I", "A", "M", "R"})
MAX_BYTES = 64 * 2**20
MAX_LINES = 1_000_000


@dataclass(slots=True)
class SdmxReading:
    """What came of reading a message.

    Attributes
    ----------
    version : str
        "1.0" or "2.0".
    observations : list of Observation
    refused : list of Fault
        Lines and columns that were not read, each with the line and the column's name.
    lines : int
        Lines of data, read and refused.
    """

    version: str
    observations: list[Observation] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    lines: int = 0


def write_csv(
    observations: Iterable[Observation],
    *,
    version: str = "2.0",
    labels: str = "id",
    language: str = "en",
    agency: str = "IRTYSH",
    structure_version: str = "1.0",
) -> str:
    """Return observations as SDMX-CSV.

    Parameters
    ----------
    observations : iterable of Observation
    version : {"2.0", "1.0"}
    labels : {"id", "both"}
        "both" adds names in ``language`` to coded fields and to column headings.
    language : str
    agency, structure_version : str
        For the structure's full id, "IRTYSH:TRADE_PARTNER(1.0)".
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    concepts = codelist("concepts")
    headings = [
        f"{column}: {concepts.label(column, language)}" if labels == "both" else column
        for column in COLUMNS
    ]
    if version == "2.0":
        # The separator of a field with several values stands in its heading.
        headings[-1] = headings[-1].replace("NOTES", "NOTES[;]", 1)
    writer.writerow([*_LEADING[version], *headings])
    for observation in observations:
        structure = f"{agency}:{observation.dataflow}({structure_version})"
        lead = [structure] if version == "1.0" else ["dataflow", structure, "I"]
        values = _values(observation)
        if labels == "both":
            _add_names(values, observation, language)
        writer.writerow([*lead, *(values[column] for column in COLUMNS)])
    return stream.getvalue()


def _values(observation: Observation) -> dict[str, str]:
    base = observation.base_period
    values = {column: str(getattr(observation, name)) for column, name in CODED.items()}
    values.update({column: getattr(observation, name) for column, name in FREE.items()})
    values.update(
        PERIOD_KIND=observation.period.kind.value,
        TIME_PERIOD=times.written(observation.period),
        BASE_PERIOD_KIND=base.kind.value if base else "",
        BASE_PERIOD=times.written(base) if base else "",
        OBS_VALUE=_number(observation),
        UNIT_MULT=str(observation.unit_mult),
        OBS_STATUS=SDMX_STATUS[observation.status],
        RETRIEVED_ON=observation.retrieved_on.isoformat() if observation.retrieved_on else "",
        NOTES=joined(observation.notes),
    )
    return values


def _number(observation: Observation) -> str:
    """Write a value with its precision: 1E+3 stays so, for 1000 would claim three more digits."""
    value = observation.value
    if value is None:
        return ""
    exponent = value.as_tuple().exponent
    return str(value) if isinstance(exponent, int) and exponent > 0 else f"{value:f}"


def _add_names(values: dict[str, str], observation: Observation, language: str) -> None:
    for column, name in CODED.items():
        listed = list_of(name, observation.classification)
        code = values[column]
        if listed and code in codelist(listed):
            values[column] = f"{code}: {codelist(listed).label(code, language)}"


def read_csv(
    data: bytes | str,
    *,
    file: str = "",
    defaults: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    max_lines: int = MAX_LINES,
) -> SdmxReading:
    """Read SDMX-CSV 1.0 or 2.0; a byte-order mark, CRLF, ids or "id: name" are all right.

    Parameters
    ----------
    data : bytes or str
        Bytes are UTF-8, as the standard demands.
    file : str
        Name for the faults.
    defaults : mapping, optional
        Column → value for columns that the message does not have.

    Raises
    ------
    NotReadable
        No UTF-8 text, or no CSV.
    NotSdmxCsv, WideTable
        The columns are not those of SDMX-CSV; a table with a year a column is named as such.
    TooLarge
    """
    if len(data) > max_bytes:
        raise TooLarge(what="file_bytes", found=str(len(data)), limit=str(max_bytes))
    lines = csv.reader(io.StringIO(_text(data), newline=""), delimiter=",")
    try:
        header = next(lines, [])
        given = dict(defaults or {})
        reading = SdmxReading(_version(header, given))
        columns = _columns(header, reading, file)
        before = lines.line_num
        for fields in lines:
            number, before = before + 1, lines.line_num
            if not fields:
                continue
            reading.lines += 1
            if reading.lines > max_lines:
                raise TooLarge(what="rows", found=f">{max_lines}", limit=str(max_lines))
            _read_line(fields, number, columns, len(header), given, reading, file)
    except csv.Error as error:
        raise NotReadable(reason=f"CSV: {error}") from None
    return reading


def _text(data: bytes | str) -> str:
    if isinstance(data, bytes):
        try:
            data = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotReadable(reason=f"UTF-8: {error.start}") from None
    return data.removeprefix("\ufeff")


def _column_id(heading: str) -> str:
    """Return the id in "NOTES[;]: Notes"."""
    name = heading.split(":", 1)[0].split("[", 1)[0].strip().upper()
    return SYNONYMS.get(name, name)


def _version(header: list[str], defaults: Mapping[str, str]) -> str:
    names = [_column_id(heading) for heading in header]
    version = "1.0" if "DATAFLOW" in names else "2.0"
    lead = "DATAFLOW" if version == "1.0" else "STRUCTURE_ID"
    missing = [name for name in (lead, *REQUIRED) if name not in names and name not in defaults]
    if not missing:
        return version
    years = [heading.strip() for heading in header if _YEAR.fullmatch(heading.strip())]
    if len(years) > 1:
        raise WideTable(columns=f"{years[0]}…{years[-1]}", missing=", ".join(missing))
    raise NotSdmxCsv(missing=", ".join(missing), found=", ".join(names)[:300] or "–")


def _columns(header: list[str], reading: SdmxReading, file: str) -> dict[str, int]:
    """Return the place of each known column; unknown and repeated ones are faults."""
    places: dict[str, int] = {}
    known = (*COLUMNS, *_LEADING["1.0"], *_LEADING["2.0"])
    for place, heading in enumerate(header):
        name = _column_id(heading)
        if name in places:
            reading.refused.append(Fault("RepeatedColumn", file, 1, name, {"column": name}))
        elif name in known:
            places[name] = place
        elif name not in _IGNORED:
            near = ", ".join(get_close_matches(name, known, n=3)) or "–"
            params = {"column": heading[:80], "near": near}
            reading.refused.append(Fault("UnknownColumn", file, 1, name[:80], params))
    return places


def _read_line(
    fields: list[str],
    number: int,
    columns: Mapping[str, int],
    width: int,
    defaults: Mapping[str, str],
    reading: SdmxReading,
    file: str,
) -> None:
    if len(fields) != width:
        params = {"found": str(len(fields)), "expected": str(width)}
        reading.refused.append(Fault("WrongFieldCount", file, number, params=params))
        return
    row = {**defaults, **{name: fields[place] for name, place in columns.items()}}
    action = row.get("ACTION", "").strip().upper()
    if action not in _READ_ACTIONS:
        params = {"action": action[:40]}
        reading.refused.append(Fault("ActionNotSupported", file, number, "ACTION", params))
        return
    lead = "DATAFLOW" if reading.version == "1.0" else "STRUCTURE_ID"
    structure = _STRUCTURE.fullmatch(row[lead].split(": ", 1)[0].strip())
    if not structure:
        reading.refused.append(Fault("FieldIsBlank", file, number, lead, {"field": lead}))
        return
    try:
        reading.observations.append(observation_of(row, structure[1]))
    except RowRefused as refused:
        reading.refused.extend(
            Fault(code, file, number, column, params) for code, column, params in refused.faults
        )
