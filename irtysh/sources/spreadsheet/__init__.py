"""Reads spreadsheets (XLSX, XLS, CSV) that a YAML mapping describes."""

from irtysh.sources.spreadsheet.limits import DEFAULT_LIMITS, Limits
from irtysh.sources.spreadsheet.mapping import Mapping, make_mapping, mapping, read_mapping
from irtysh.sources.spreadsheet.notes import Note
from irtysh.sources.spreadsheet.reader import read_snapshot, read_spreadsheet
from irtysh.sources.spreadsheet.reading import Reading, RowFate

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "Mapping",
    "Note",
    "Reading",
    "RowFate",
    "make_mapping",
    "mapping",
    "read_mapping",
    "read_snapshot",
    "read_spreadsheet",
]
