"""A recognised file read into the staging: rows kept, the rest counted, a check sheet made."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, cast

from irtysh.sources.intake.cells import day
from irtysh.sources.intake.check_sheet import CheckSheet, fault_json, plain
from irtysh.sources.intake.dbf import read_head
from irtysh.sources.intake.layout import FigureLayout, FlowLayout, Head, Layout, Tally
from irtysh.sources.intake.sums import by_year
from irtysh.sources.intake.totals import Totals
from irtysh.store.check_sheet import differences, repeated_keys, sums
from irtysh.store.staging import Staging
from irtysh.store.vintages import Vintage
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation

Progress = Callable[[int], None]
"""Called now and then with the rows of the file that have been met."""
_EVERY = 5_000
_REPEATS = 50
REFUSALS_HEAD = ("line", "column", "code", "params")


class ImportCancelled(IrtyshError):
    """A person stopped a reading; nothing was published."""


def _silent(_done: int) -> None:
    """Report nothing."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What surrounds a reading.

    Attributes
    ----------
    progress, is_cancelled : callable
    refusals : Path or None
        Where every refusal is written as CSV; the check sheet keeps the first of each kind.
    dataset_id, source : str
        What figures are filed under.
    against : Vintage or None
        What the result is compared with.
    """

    progress: Progress = _silent
    is_cancelled: Callable[[], bool] = _never
    refusals: Path | None = None
    dataset_id: str = ""
    source: str = ""
    against: Vintage | None = None


NO_WISHES = Wishes()


@dataclass(slots=True)
class Watched(Tally):
    """A tally that writes refusals down and asks now and then whether to go on."""

    wishes: Wishes = NO_WISHES
    writer: Any = None
    _ticks: int = field(default=0)

    def refuse(self, fault: Fault) -> None:
        """Count, keep the first, write down all."""
        Tally.refuse(self, fault)
        if self.writer is not None:
            one = fault_json(fault)
            params = "; ".join(f"{name}={value}" for name, value in one["params"].items())
            self.writer.writerow(
                [_safe(cell) for cell in (one["line"], one["column"], one["code"], params)]
            )
        self.tick()

    def tick(self) -> None:
        """Report and ask, every few thousand rows; raises ImportCancelled."""
        self._ticks += 1
        if self._ticks % _EVERY:
            return
        self.wishes.progress(self.lines)
        if self.wishes.is_cancelled():
            raise ImportCancelled(line=str(self.lines))


def read_into(
    staging: Staging,
    head: Head,
    layout: Layout,
    settings: Mapping[str, str],
    wishes: Wishes = NO_WISHES,
) -> CheckSheet:
    """Read a file into a staging and return its check sheet.

    A staging that a killed reading left is taken up: what lies in its whole parts is read again
    to be counted, but not staged again.

    Raises
    ------
    ImportCancelled
    MappingIncomplete, MappingDoesNotFit
        The settings do not fit the file.
    NotADay
        The settings' ``retrieved_on`` is no day.
    IrtyshError
        What the form of the file raises: NotReadable, LineTooLong, TextCannotBeRead, …
    """
    day(settings.get("retrieved_on", ""))
    sheet = CheckSheet(head.name, layout.id, layout.produces, dict(settings))
    sheet.remarks = [fault_json(one) for one in head.remarks]
    with ExitStack() as stack:
        writer = None
        if wishes.refusals is not None:
            stream = stack.enter_context(
                wishes.refusals.open("w", encoding="utf-8-sig", newline="")
            )
            writer = csv.writer(stream)
            writer.writerow(REFUSALS_HEAD)
        tally = Watched(wishes=wishes, writer=writer)
        if layout.produces == "flows":
            _flows(staging, head, layout, settings, tally, sheet)
        else:
            _figures(staging, head, layout, settings, tally, sheet)
    sheet.take(tally)
    wishes.progress(tally.lines)
    if wishes.is_cancelled():
        raise ImportCancelled(line=str(tally.lines))
    _examine(staging, sheet, wishes)
    return sheet


def rows_expected(head: Head) -> int:
    """Return about how many rows a file has, for a bar of progress; 0 where nobody knows."""
    match head.form:
        case "csv":
            with head.path.open("rb") as stream:
                return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
        case "dbf":
            return read_head(head.path).records
        case "parquet":
            from irtysh.store.foreign import parquet_count

            return parquet_count(head.path)
    return 0


def _flows(
    staging: Staging,
    head: Head,
    layout: FlowLayout,
    settings: Mapping[str, str],
    tally: Watched,
    sheet: CheckSheet,
) -> None:
    constants = layout.constants(head, settings)
    sheet.constants = {
        "unit": constants.unit, "unit_mult": constants.unit_mult,
        "valuation": dict(constants.valuation), "definition": constants.definition,
    }  # fmt: skip
    totals = Totals()
    seen: dict[str, set[str]] = {name: set() for name in _COUNTED}
    units: Counter[str] = Counter()
    done = staging.rows

    def counted() -> Iterator[FlowRow]:
        for row in layout.read(head, settings, tally):
            totals.add(row)
            for name, codes in seen.items():
                codes.add(getattr(row, name))
            if row.quantity_unit:
                units[row.quantity_unit] += 1
            sheet.staged += 1
            tally.tick()
            yield row

    rows = counted()
    for _ in islice(rows, done):
        pass
    staging.add(rows)
    sheet.printed = totals.compared(tally.printed)
    sheet.units = dict(units.most_common())
    _note_codes(sheet, seen)


_COUNTED = ("freq", "ref_area", "counterpart_area", "flow", "classification", "commodity", "period")


def _figures(
    staging: Staging,
    head: Head,
    layout: FigureLayout,
    settings: Mapping[str, str],
    tally: Watched,
    sheet: CheckSheet,
) -> None:
    wishes = tally.wishes
    found = [_filed(one, wishes) for one in layout.read(head, settings, tally)]
    seen: dict[str, set[str]] = {name: set() for name in (*_COUNTED[:-1], "measure")}
    units: Counter[str] = Counter()
    for one in found:
        for name, codes in seen.items():
            codes.add(getattr(one, name))
        units[one.unit] += 1
        tally.tick()
    seen["period"] = {one.period.code for one in found if one.period.code}
    sheet.staged = len(found)
    sheet.units = dict(units.most_common())
    sheet.printed = Totals().compared(tally.printed)
    done = staging.rows
    staging.add(cast(Iterable[Observation], iter(found[done:])))
    _note_codes(sheet, seen)


def _filed(one: Observation, wishes: Wishes) -> Observation:
    """File a figure under the dataset and the source that it will be published with."""
    return replace(
        one,
        dataflow=wishes.dataset_id or one.dataflow,
        source=wishes.source or one.source,
    )


def _note_codes(sheet: CheckSheet, seen: Mapping[str, set[str]]) -> None:
    periods = sorted(seen["period"])
    sheet.span = [periods[0], periods[-1]] if periods else []
    sheet.codes = {name: len(codes) for name, codes in seen.items()}


def _examine(staging: Staging, sheet: CheckSheet, wishes: Wishes) -> None:
    """Ask the staging for sums by year, repeated keys, and differences from what is published."""
    if not sheet.staged:
        return
    sheet.sums = by_year(sums(staging))
    sheet.repeated, repeats = repeated_keys(staging, _REPEATS)
    sheet.repeats = [fault_json(replace(one, file=sheet.file)) for one in repeats]
    if wishes.against is None or wishes.against.dataset.structure != staging.structure:
        return
    found = differences(staging, wishes.against.parquet)
    sheet.differences = {
        "against": wishes.against.id, "same": found.same, "added": found.added,
        "changed": found.changed, "withdrawn": found.withdrawn,
        "largest": [
            {"kind": one.kind, "key": dict(one.key), "before": _side(one.before),
             "after": _side(one.after)}
            for one in found.largest
        ],
    }  # fmt: skip


def _side(row: Mapping[str, Any] | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {
        name: ""
        if value is None
        else (plain(value) or "")
        if isinstance(value, Decimal)
        else str(value)
        for name, value in row.items()
    }


def _safe(cell: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
