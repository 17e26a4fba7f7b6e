"""The observation tables of a case: CSV rows to observations, every fault with its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault, NotANumber, NotAPeriod
from irtysh.vocabulary.numbers import Qualifier, parse_printed
from irtysh.vocabulary.observation import Observation, Status
from irtysh.vocabulary.period import Period

COLUMNS = (
    "dataflow",
    "freq",
    "ref_area",
    "counterpart_area",
    "flow",
    "classification",
    "commodity",
    "measure",
    "period_kind",
    "period",
    "base_period_kind",
    "base_period",
    "share_of",
    "qualifier",
    "printed",
    "unit",
    "unit_mult",
    "valuation",
    "status",
    "definition",
    "source",
    "locator",
    "retrieved_on",
    "notes",
    "inventory",
)

CODED = {
    "freq": "frequencies",
    "ref_area": "areas",
    "counterpart_area": "areas",
    "flow": "flows",
    "classification": "classifications",
    "measure": "measures",
    "qualifier": "qualifiers",
    "unit": "units",
    "valuation": "valuations",
    "status": "statuses",
}
"""Column → the code list that its values come from."""

COMMODITIES = {"HS_SECTION": "hs_sections", "HS_CHAPTER": "hs_chapters", "NAMED": "commodities"}
"""Classification → the code list of its commodities."""

_REQUIRED = ("dataflow", "ref_area", "flow", "measure", "unit", "source", "locator")
_LIMIT_BYTES = 64 * 1024 * 1024
_LIMIT_CELL = 4_000


@dataclass(frozen=True, slots=True)
class Row:
    """An observation with the line it stands in and the inventory rows it answers."""

    observation: Observation
    file: str
    line: int
    inventory: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """The ids of the case that a table may refer to."""

    datasets: frozenset[str]
    sources: frozenset[str]
    notes: frozenset[str]


def read_table(content: bytes, file: str, lists: Lists) -> tuple[list[Row], list[Fault]]:
    """Read one table; rows with faults are left out and listed, never altered."""
    if len(content) > _LIMIT_BYTES:
        return [], [Fault("FileTooLarge", file, params={"limit": _LIMIT_BYTES})]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [], [Fault("NotUtf8", file, content[: error.start].count(b"\n") + 1)]
    reader = csv.reader(io.StringIO(text, newline=""))
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        header = next(reader, [])
        faults = list(_header_faults(header, file))
        if faults:
            return [], faults
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = _Cells(dict(zip(header, cells, strict=False)), file, reader.line_num, lists)
                found = list(row.faults(len(cells), len(header)))
                faults.extend(found)
                if not any(fault.severity == "error" for fault in found):
                    rows.append(row.observation())
    except csv.Error as error:
        faults.append(Fault("NotCsv", file, reader.line_num, params={"problem": str(error)}))
    return rows, faults


def _header_faults(header: list[str], file: str) -> Iterator[Fault]:
    for column in COLUMNS:
        if column not in header:
            yield Fault("ColumnMissing", file, 1, column, {"column": column})
    for column in header:
        if column not in COLUMNS:
            near = ", ".join(get_close_matches(column, COLUMNS, n=2)) or "—"
            yield Fault("ColumnUnknown", file, 1, column, {"column": column, "near": near})
        elif header.count(column) > 1:
            yield Fault("ColumnTwice", file, 1, column, {"column": column})


class _Cells:
    """One row of a table: its cells, what is wrong with them, and the observation they make."""

    def __init__(self, cells: dict[str, str], file: str, line: int, lists: Lists) -> None:
        self.cells = {column: cell.strip() for column, cell in cells.items()}
        self.file = file
        self.line = line
        self.lists = lists

    def fault(self, code: str, column: str, severity: str = "error", **params: Any) -> Fault:
        params = {"column": column, "value": self.cells.get(column, ""), **params}
        return Fault(code, self.file, self.line, column, params, severity)

    def faults(self, width: int, expected: int) -> Iterator[Fault]:
        if width != expected:
            yield Fault(
                "RowWidth", self.file, self.line, "", {"found": width, "expected": expected}
            )
            return
        for column in _REQUIRED:
            if not self.cells[column]:
                yield self.fault("CellEmpty", column)
        for column, cell in self.cells.items():
            if len(cell) > _LIMIT_CELL:
                yield self.fault("CellTooLong", column, value=cell[:40] + "…", limit=_LIMIT_CELL)
        checks: tuple[Callable[[], Iterator[Fault]], ...] = (
            self._code_faults,
            self._reference_faults,
            self._period_faults,
            self._value_faults,
            self._measure_faults,
        )
        for check in checks:
            yield from check()

    def _code_faults(self) -> Iterator[Fault]:
        for column, name in CODED.items():
            yield from self._in_list(column, self.cells[column], name)
        name = COMMODITIES.get(self.cells["classification"], "")
        if name and self.cells["commodity"] not in ("_T", "_U"):
            yield from self._in_list("commodity", self.cells["commodity"], name)

    def _in_list(self, column: str, code: str, name: str) -> Iterator[Fault]:
        codes = codelist(name)
        if code and code not in codes:
            near = ", ".join(get_close_matches(code, list(codes), n=3)) or "—"
            yield self.fault("CodeUnknown", column, codelist=name, near=near)

    def _reference_faults(self) -> Iterator[Fault]:
        known = {
            "dataflow": (self.lists.datasets, "DatasetUnknown"),
            "source": (self.lists.sources, "SourceUnknown"),
            "definition": (self.lists.notes, "NoteUnknown"),
        }
        for column, (ids, code) in known.items():
            cell = self.cells[column]
            if cell and cell not in ids:
                near = ", ".join(get_close_matches(cell, ids, n=3)) or "—"
                yield self.fault(code, column, near=near)
        for note in _split(self.cells["notes"]):
            if note not in self.lists.notes:
                near = ", ".join(get_close_matches(note, self.lists.notes, n=3)) or "—"
                yield self.fault("NoteUnknown", "notes", value=note, near=near)
        for number in _split(self.cells["inventory"]):
            if not number.isdigit():
                yield self.fault("InventoryNumber", "inventory", value=number)

    def _period_faults(self) -> Iterator[Fault]:
        periods = {}
        for column in ("period", "base_period"):
            kind = self.cells[f"{column}_kind"]
            if not kind and column == "base_period" and not self.cells[column]:
                continue
            try:
                periods[column] = Period.parse(kind, self.cells[column])
            except NotAPeriod:
                yield self.fault("PeriodUnreadable", column, kind=kind)
        period, base = periods.get("period"), periods.get("base_period")
        if period and base and period.start and base.start and base.start >= period.start:
            yield self.fault("BaseNotBefore", "base_period", period=period.code)
        if self.cells["retrieved_on"]:
            try:
                date.fromisoformat(self.cells["retrieved_on"])
            except ValueError:
                yield self.fault("BadDate", "retrieved_on")
        if period and period.start and period.end:
            for column in ("ref_area", "counterpart_area"):
                area = codelist("areas").get(self.cells[column])
                if area and not (area.valid_on(period.start) or area.valid_on(period.end)):
                    yield self.fault("AreaNotValidThen", column, period=period.code)

    def _value_faults(self) -> Iterator[Fault]:
        printed, status = self.cells["printed"], self.cells["status"]
        if not printed and status not in ("MISSING", "SUPPRESSED"):
            yield self.fault("ValueMissing", "printed")
        if printed and status in ("MISSING", "SUPPRESSED"):
            yield self.fault("ValueNotMissing", "printed", status=status)
        if printed:
            try:
                parse_printed(printed)
            except NotANumber:
                yield self.fault("NumberUnreadable", "printed")
        try:
            int(self.cells["unit_mult"] or "0")
        except ValueError:
            yield self.fault("MultiplierUnreadable", "unit_mult")

    def _measure_faults(self) -> Iterator[Fault]:
        measure = self.cells["measure"]
        if measure == "GROWTH" and not self.cells["base_period_kind"]:
            yield self.fault("GrowthNeedsBase", "base_period_kind")
        if measure == "SHARE" and not self.cells["share_of"]:
            yield self.fault("ShareNeedsWhole", "share_of")
        if measure not in ("SHARE", "GROWTH") and self.cells["share_of"]:
            yield self.fault("WholeWithoutShare", "share_of", measure=measure)
        if measure == "SHARE" and self.cells["unit"] == "PC":
            value = _number(self.cells["printed"])
            if value is not None and not 0 <= value <= 100:
                yield self.fault("ShareOutOfRange", "printed")

    def observation(self) -> Row:
        cells = self.cells
        base_kind = cells["base_period_kind"]
        retrieved = cells["retrieved_on"]
        observation = Observation(
            **{
                column: cells[column]
                for column in (
                    "dataflow", "freq", "ref_area", "counterpart_area", "flow", "classification",
                    "commodity", "measure", "share_of", "printed", "unit", "valuation",
                    "definition", "source", "locator",
                )
            },
            period=Period.parse(cells["period_kind"], cells["period"]),
            base_period=Period.parse(base_kind, cells["base_period"]) if base_kind else None,
            qualifier=Qualifier(cells["qualifier"] or "EQ"),
            value=_number(cells["printed"]),
            unit_mult=int(cells["unit_mult"] or "0"),
            status=Status(cells["status"] or "OBSERVED"),
            retrieved_on=date.fromisoformat(retrieved) if retrieved else None,
            notes=tuple(_split(cells["notes"])),
        )  # fmt: skip
        return Row(observation, self.file, self.line, tuple(_split(cells["inventory"])))


def repeated(rows: Iterable[Row]) -> Iterator[Fault]:
    """Yield a fault for every observation whose id an earlier one has."""
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.observation.id, row)
        if first is not row:
            yield Fault(
                "ObservationTwice", row.file, row.line, "", {"other": f"{first.file}:{first.line}"}
            )


def write_table(rows: Iterable[tuple[Observation, Iterable[str]]]) -> bytes:
    """Write observations with their inventory numbers as a table that ``read_table`` reads."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for observation, inventory in rows:
        base = observation.base_period
        retrieved = observation.retrieved_on
        special = {
            "period_kind": observation.period.kind.value,
            "period": observation.period.code,
            "base_period_kind": base.kind.value if base else "",
            "base_period": base.code if base else "",
            "unit_mult": str(observation.unit_mult),
            "retrieved_on": retrieved.isoformat() if retrieved else "",
            "notes": ";".join(observation.notes),
            "inventory": ";".join(inventory),
        }
        writer.writerow(
            [
                special[column] if column in special else str(getattr(observation, column))
                for column in COLUMNS
            ]
        )
    return stream.getvalue().encode()


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _number(text: str) -> Decimal | None:
    try:
        return parse_printed(text)
    except NotANumber:
        return None
