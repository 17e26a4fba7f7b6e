"""The report sheet: a person's open reports as CSV, filled in elsewhere and read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from irtysh.accounts.models import User
from irtysh.registries.programmes import reporting, rules
from irtysh.registries.programmes.actions import Words, submit_report
from irtysh.registries.programmes.desk import my_measures
from irtysh.registries.programmes.models import Measure, Report
from irtysh.vocabulary.errors import Fault, IrtyshError, TooLarge

COLUMNS = (
    "measure", "name", "period_start", "period_end", "share", "done", "problems", "next",
    "proof_address",
)  # fmt: skip
"""Codes of the columns; the header adds their labels. name and period_end are for the reader."""
NEEDED = ("measure", "period_start", "share", "done")
_TEXTS = ("done", "problems", "next", "proof_address")
LARGEST = 2 * 1024 * 1024
MOST_ROWS = 5000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ReportSheetBroken(IrtyshError):
    """A file has not the columns of a report sheet."""


def labels() -> dict[str, str]:
    """Return the words that the header shows beside each code."""
    return {
        "measure": _("Id of the measure"),
        "name": pgettext("programme", "Measure"),
        "period_start": _("period from"),
        "period_end": _("period to"),
        "share": _("done so far, per cent"),
        "done": _("What was done"),
        "problems": _("What stands in the way"),
        "next": _("What comes next"),
        "proof_address": _("proof: an address"),
    }


def sheet_for(by: User, today: date) -> bytes:
    """Return the reports that a person's side owes or has begun, ready to be filled in.

    With a byte order mark and semicolons, so that a spreadsheet opens it in any of our languages.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    words = labels()
    writer.writerow([f"{code} ({words[code]})" for code in COLUMNS])
    for line in my_measures(by, today):
        for cycle in line.owed:
            begun = line.own.get(cycle.start)
            writer.writerow([_safe(one) for one in _row(line.measure, cycle, begun, by.language)])
    return stream.getvalue().encode("utf-8-sig")


def _row(measure: Measure, cycle: rules.Cycle, begun: Report | None, language: str) -> list[Any]:
    said = [begun.share, begun.done, begun.problems, begun.ahead, begun.proof_address] if (
        begun
    ) else [""] * 5  # fmt: skip
    return [measure.code, measure.title_in(language), cycle.start, cycle.end, *said]


def _safe(cell: Any) -> str:
    """Return a cell that a spreadsheet does not run as a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


@dataclass
class Line:
    """One row of a sheet as read: what it reports, or what is wrong with it."""

    line: int
    code: str
    title: str = ""
    measure: Measure | None = None
    cycle: rules.Cycle | None = None
    words: Words | None = None
    faults: list[Fault] = field(default_factory=list)


def read_sheet(data: bytes, by: User, today: date) -> list[Line]:
    """Return the rows that say something, each with its faults; nothing is written.

    A row without share and without a word on what was done is one not filled in: it is passed
    over. Raises ReportSheetBroken, TooLarge.
    """
    if len(data) > LARGEST:
        raise TooLarge(what="file_bytes", found=str(len(data)), limit=str(LARGEST))
    rows = _rows(data)
    # Rights are asked of the sheet's measures once, not row by row.
    mine = {line.measure.code: line for line in my_measures(by, today)}
    seen: dict[tuple[str, str], int] = {}
    found = []
    for number, row in rows:
        if not row["share"] and not row["done"]:
            continue
        line = Line(number, row["measure"], row.get("name", ""))
        place = (row["measure"], row["period_start"])
        if place in seen:
            _add(line, "ReportRowTwice", "measure", other=seen[place])
        seen.setdefault(place, number)
        _fill(line, row, mine, today)
        found.append(line)
    return found


def as_text(data: bytes) -> str:
    """Return the text of a sheet; raises ReportSheetBroken."""
    for encoding in ("utf-8-sig", "cp1251"):  # the second as spreadsheets here save CSV
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReportSheetBroken(columns=", ".join(NEEDED))


def _rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    text = as_text(data)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [cell.strip().partition(" ")[0] for cell in next(reader, [])]
        missing = [one for one in NEEDED if one not in header]
        if missing:
            raise ReportSheetBroken(columns=", ".join(missing))
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = dict(zip(header, (_plain(cell) for cell in cells), strict=False))
                rows.append((reader.line_num, {name: row.get(name, "") for name in COLUMNS}))
            if len(rows) > MOST_ROWS:
                raise TooLarge(what="rows", found=f">{MOST_ROWS}", limit=str(MOST_ROWS))
    except csv.Error:
        raise ReportSheetBroken(columns=", ".join(NEEDED)) from None
    return rows


def _plain(cell: str) -> str:
    """Undo what ``_safe`` did."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _fill(line: Line, row: Mapping[str, str], mine: Mapping[str, Any], today: date) -> None:
    own = mine.get(row["measure"])
    if own is None:
        _add(line, "ReportRowUnknownMeasure", "measure", measure=row["measure"])
        return
    line.measure, line.title = own.measure, own.title
    start = _day(row["period_start"])
    if start is None:
        _add(line, "ReportRowNotADay", "period_start", value=row["period_start"])
    else:
        line.cycle = _tried(
            line, "period_start", lambda: reporting.period_of(own.measure, start, today)
        )
        begun = own.own.get(start)
        if begun is not None and begun.state not in (rules.DRAFT, rules.RETURNED):
            _add(line, "ReportRowDecided", "period_start")
    share = _tried(line, "share", lambda: reporting.check_share(row["share"]))
    _tried(line, "done", lambda: reporting.check_words(row["done"], share or 0))
    done, problems, ahead, address = (row[name] for name in _TEXTS)
    _tried(line, "proof_address", lambda: reporting.check_address(address))
    line.words = Words(
        share=share, done=done, problems=problems, ahead=ahead, proof_address=address
    )


def _tried(line: Line, column: str, check: Callable[[], Any]) -> Any:
    try:
        return check()
    except IrtyshError as error:
        line.faults.append(Fault(error.code, "", line.line, column, error.params))
        return None


def _add(line: Line, code: str, column: str, **params: Any) -> None:
    line.faults.append(Fault(code, "", line.line, column, params))


def _day(text: str) -> date | None:
    """Read a day as ISO writes it, or as spreadsheets here rewrite it: 01.07.2026."""
    parts = text.split(".")
    if len(parts) == 3:
        text = "-".join(part.zfill(2) for part in reversed(parts))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@transaction.atomic
def submit_sheet(*, lines: Iterable[Line], by: User, today: date) -> int:
    """Submit every report of a sheet, or none; return how many.

    Raises whatever submit_report raises for the first that cannot be submitted.
    """
    count = 0
    for line in lines:
        assert line.measure and line.cycle and line.words and not line.faults
        begun = Report.objects.filter(
            measure=line.measure, period_start=line.cycle.start, side=by.side
        ).first()
        words = line.words
        if begun is not None:
            # The sheet has no column for these: what the draft says of them stays.
            words = Words(
                share=words.share, done=words.done, problems=words.problems, ahead=words.ahead,
                proof_address=words.proof_address, proof_is_public=begun.proof_is_public,
                body=begun.body,
            )  # fmt: skip
        submit_report(
            measure=line.measure, period_start=line.cycle.start, words=words, by=by, today=today
        )
        count += 1
    return count
