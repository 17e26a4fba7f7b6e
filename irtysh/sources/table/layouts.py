"""The described tables and workbooks as layouts of the intake."""

from __future__ import annotations

from collections.abc import Mapping as Readable
from typing import Literal

from irtysh.sources.intake.layout import FigureLayout, Head, Reason, Recognised, Tally
from irtysh.sources.intake.rows import WITH_COLUMNS, rows_of
from irtysh.sources.spreadsheet.mapping import Mapping, mapping
from irtysh.sources.spreadsheet.reader import read_spreadsheet
from irtysh.sources.spreadsheet.reading import RowFate
from irtysh.sources.spreadsheet.words import tidy
from irtysh.sources.table.description import Table, tables
from irtysh.sources.table.reading import TableReader
from irtysh.vocabulary.errors import FileHoldsNoFigures
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.places import DEFINITIONS

_CERTAIN = 95
_BY_SHEETS = 85
_CODE_LIST = 40
"""A list of codes is told by two columns of common names, so anything else goes first."""


class TableLayout:
    """A table whose columns a YAML file describes."""

    produces: Literal["figures"] = "figures"

    def __init__(self, table: Table) -> None:
        self.id, self.publisher = table.id, table.publisher
        self.dataset = table.dataset
        self._table = table

    def recognise(self, head: Head) -> Recognised | None:
        """Return the description if all columns that it needs are there."""
        header = {name.strip() for name in head.header}
        if head.form not in WITH_COLUMNS or not set(self._table.needs) <= header:
            return None
        if self._table.file is not None and not self._table.file.search(head.name):
            return None
        if self._table.refuses and len(header) != len(self._table.needs):
            return None
        found = [Reason("table-columns", {"columns": ", ".join(self._table.needs)})]
        found += [
            Reason(f"table-left-out-{one.why}", {"columns": ", ".join(one.columns)})
            for one in self._table.left_out
            if one.columns
        ]
        if self._table.refuses:
            return Recognised(self.id, _CODE_LIST, (Reason("table-code-list"),))
        return Recognised(self.id, _CERTAIN, tuple(found), {"dataset": self.dataset})

    def read(self, head: Head, settings: Readable[str, str], tally: Tally) -> list[Observation]:
        """Return the figures.

        Raises FileHoldsNoFigures for a list of codes, MappingDoesNotFit if a column is gone.
        """
        if self._table.refuses:
            raise FileHoldsNoFigures(name=head.name, what=self._table.title)
        return TableReader(self._table, head, tally).read(rows_of(head))


class SpreadsheetLayout:
    """A workbook or a wide text table that a spreadsheet mapping describes."""

    produces: Literal["figures"] = "figures"

    def __init__(self, described: Mapping) -> None:
        self.id, self.publisher = described.id, described.publisher
        self.dataset = described.constants.get("dataflow", "")
        self._mapping = described

    def recognise(self, head: Head) -> Recognised | None:
        """Return the mapping if every sheet is described, or every named column is there."""
        if head.form in ("xlsx", "xls"):
            return self._by_sheets(head)
        named = [rule.column for rule in self._mapping.labels]
        if head.form != "csv" or self._mapping.names_row is None:
            return None
        if not set(named) <= {name.strip() for name in head.header}:
            return None
        reason = Reason("table-columns", {"columns": ", ".join(named)})
        return Recognised(self.id, _CODE_LIST, (reason,), {"dataset": self.dataset})

    def _by_sheets(self, head: Head) -> Recognised | None:
        names = [tidy(name) for name in head.sheets]
        rules = [rule.name for rule in self._mapping.sheets]
        if any(rule.pattern == "." for rule in rules):
            return None
        known = [*rules, *self._mapping.ignored_sheets]
        if not all(any(rule.search(name) for name in names) for rule in rules):
            return None
        if not all(any(rule.search(name) for rule in known) for name in names):
            return None
        reason = Reason("table-sheets", {"sheets": ", ".join(head.sheets)})
        return Recognised(self.id, _BY_SHEETS, (reason,), {"dataset": self.dataset})

    def read(self, head: Head, settings: Readable[str, str], tally: Tally) -> list[Observation]:
        """Return the figures; raises MappingDoesNotFit where a heading or unit has moved."""
        reading = read_spreadsheet(head.path.read_bytes(), self._mapping, file=head.name)
        for fates in reading.rows.values():
            tally.lines += sum(fates.values())
            tally.kept += fates[RowFate.DATA]
            for fate in (RowFate.ABOVE, RowFate.HEADING, RowFate.BLANK, RowFate.NOTE):
                if fates[fate]:
                    tally.left_out[f"table-{fate.value}"] += fates[fate]
            if fates[RowFate.LEFT_OUT]:
                tally.left_out["table-described"] += fates[RowFate.LEFT_OUT]
        for fault in reading.refused:
            tally.refuse(fault)
            if fault.code in ("UnknownLabel", "UnknownCode"):
                code = str(fault.params.get("label", fault.params.get("code", "")))
                tally.unknown[(str(fault.params.get("codelist", "")), code)] += 1
        tally.remarks.extend(reading.remarks)
        return reading.observations


def _layouts() -> tuple[FigureLayout, ...]:
    names = sorted(path.stem for path in (DEFINITIONS / "sources").glob("*.yaml"))
    described = [SpreadsheetLayout(mapping(name)) for name in names]
    return (*described, *(TableLayout(table) for table in tables()))


LAYOUTS: tuple[FigureLayout, ...] = _layouts()
