"""Notes under a table: found, told apart by their marks, and bound to what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from irtysh.sources.spreadsheet.mapping import Binding
from irtysh.sources.spreadsheet.words import tidy
from irtysh.sources.spreadsheet.workbook import CellKind, Sheet
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period
from irtysh.vocabulary.text import Text

_MARK = re.compile(r"\s*(\d{1,2}|\*{1,4}|[¹²³⁴⁵⁶⁷⁸⁹])\s*\)?\s*(?=\D)")
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789")


@dataclass(frozen=True, slots=True)
class PrintedNote:
    """A note as printed: its mark, its text with broken lines joined, its first cell."""

    sheet: str
    mark: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note that observations refer to.

    Attributes
    ----------
    id : str
    text : Text
        In all languages where the mapping knows the note; else only in the source's own.
    printed : tuple of PrintedNote
        Where and how the source prints it; empty for a note of our own.
    bound : int
        How many observations carry it.
    """

    id: str
    text: Text
    printed: tuple[PrintedNote, ...] = ()
    bound: int = 0


def first_note_row(sheet: Sheet, first_row: int, start: re.Pattern[str] | None) -> int:
    """Return the row (from 0) at which the notes begin; the sheet's length if there are none.

    It is the first row of a lone text that looks like a note: a row with values is data.
    """
    if start is None:
        return len(sheet.rows)
    for number in range(first_row, len(sheet.rows)):
        filled = [cell for cell in sheet.rows[number] if not cell.is_blank]
        if len(filled) == 1 and filled[0].kind is CellKind.TEXT and start.search(filled[0].text):
            return number
    return len(sheet.rows)


def printed_notes(sheet: Sheet, first: int) -> list[PrintedNote]:
    """Join the lines under a table into notes.

    A line opens a note if it begins with the mark that comes next ("1", then "2"); any other
    line goes on with the note above it, so a line that begins with a date does not open one.
    """
    notes: list[PrintedNote] = []
    for number in range(first, len(sheet.rows)):
        text = " ".join(cell.text.strip() for cell in sheet.rows[number] if not cell.is_blank)
        if not text:
            continue
        found = _MARK.match(text)
        mark = found[1].translate(_RAISED) if found else ""
        if found and _comes_next(mark, notes):
            body = text[found.end() :].strip()
            notes.append(PrintedNote(sheet.name, mark, body, sheet.address(number, 0)))
        elif notes:
            last = notes[-1]
            notes[-1] = PrintedNote(last.sheet, last.mark, f"{last.text} {text}", last.address)
        else:
            notes.append(PrintedNote(sheet.name, "", text, sheet.address(number, 0)))
    return notes


def _comes_next(mark: str, notes: Sequence[PrintedNote]) -> bool:
    last = next((note.mark for note in reversed(notes) if note.mark), "")
    if mark.isdigit():
        return int(mark) == (int(last) + 1 if last.isdigit() else 1)
    return len(mark) == len(last) + 1 if last.startswith("*") else mark == "*"


def binds(
    binding: Binding,
    printed: Iterable[PrintedNote],
    sheet: str,
    marks: frozenset[str],
    observation: Observation,
) -> bool:
    """Return True if a note speaks of an observation on a sheet that carries these marks."""
    if binding.by_mark and not any(note.sheet == sheet and note.mark in marks for note in printed):
        return False
    if binding.sheets and not any(pattern.search(tidy(sheet)) for pattern in binding.sheets):
        return False
    if observation.ref_area in binding.except_areas:
        return False
    return _in_time(binding, observation.period)


def _in_time(binding: Binding, period: Period) -> bool:
    """True if the note has no dates, or the period shares a day with them."""
    if binding.since is None and binding.until is None:
        return True
    if period.start is None or period.end is None:
        return False
    starts_in_time = binding.until is None or period.start <= binding.until
    return starts_in_time and (binding.since is None or period.end >= binding.since)
