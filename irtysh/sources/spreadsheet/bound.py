"""Binds the notes of a whole file to its observations, and says which stayed loose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from irtysh.sources.spreadsheet.composed import gap_note
from irtysh.sources.spreadsheet.mapping import Binding, Mapping, NoteRule, SheetRule
from irtysh.sources.spreadsheet.notes import Note, PrintedNote, binds
from irtysh.sources.spreadsheet.reading import Reading
from irtysh.sources.spreadsheet.workbook import Sheet
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.text import Text


class ReadTable(Protocol):
    """What the reader keeps of one sheet for its notes."""

    sheet: Sheet
    rule: SheetRule
    printed: list[PrintedNote]
    observations: list[Observation]
    marks: dict[str, frozenset[str]]
    title_marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Bindable:
    id: str
    text: Text
    binding: Binding
    printed: tuple[PrintedNote, ...]


def bind_notes(mapping: Mapping, tables: Sequence[ReadTable], reading: Reading) -> None:
    """Give every observation its notes and put all notes into the reading."""
    bindable = [*_known(mapping, tables, reading), *_unknown(mapping, tables, reading)]
    bound: Counter[str] = Counter()
    for table in tables:
        numbered = {note.mark for note in table.printed}
        for observation in table.observations:
            # A title may end in a number that is no mark: only marks with a note count there.
            marks = table.marks[observation.locator] | (table.title_marks & numbered)
            mine = {
                note.id
                for note in bindable
                if binds(note.binding, note.printed, table.sheet.name, marks, observation)
            }
            bound.update(mine)
            notes = tuple(sorted({*observation.notes, *mine}))
            reading.observations.append(replace(observation, notes=notes))
        _marks_without_notes(table, numbered, reading)
    for note in bindable:
        reading.notes[note.id] = Note(note.id, note.text, note.printed, bound[note.id])
        if not bound[note.id]:
            _remark(reading, "NoteNotReferred", note.printed)
    _own_notes(mapping, reading)


def _known(mapping: Mapping, tables: Iterable[ReadTable], reading: Reading) -> Iterable[_Bindable]:
    everything = [note for table in tables for note in table.printed]
    for rule in mapping.notes:
        printed = tuple(note for note in everything if rule.finds.search(note.text))
        if printed:
            yield _Bindable(rule.id, rule.text, rule.binding, printed)
        elif not rule.optional:
            # The numbers may now mean something else, so this is a refusal, not a remark.
            params = {"note": rule.id}
            reading.refused.append(Fault("NoteNotFound", mapping.id, params=params))


def _unknown(
    mapping: Mapping, tables: Iterable[ReadTable], reading: Reading
) -> Iterable[_Bindable]:
    for table in tables:
        for note in table.printed:
            if any(_speaks_of(rule, note) for rule in mapping.notes):
                continue
            slug = table.rule.slug or table.sheet.name.strip()
            text = Text({mapping.words.language: note.text})
            _remark(reading, "NoteWithoutWords", (note,))
            # A note without a mark speaks of the whole sheet it stands on.
            binding = Binding() if note.mark else _whole_sheet(table.rule)
            name = f"{mapping.id}.{slug}.{note.mark or 'note'}"
            yield _Bindable(name, text, binding, (note,))


def _whole_sheet(rule: SheetRule) -> Binding:
    return Binding(by_mark=False, sheets=(rule.name,))


def _speaks_of(rule: NoteRule, note: PrintedNote) -> bool:
    return rule.finds.search(note.text) is not None


def _marks_without_notes(table: ReadTable, numbered: set[str], reading: Reading) -> None:
    seen: set[str] = set()
    for observation in table.observations:
        for mark in sorted(table.marks[observation.locator] - numbered - seen):
            seen.add(mark)
            reading.remarks.append(
                Fault(
                    "FootnoteWithoutNote",
                    table.sheet.name,
                    column=observation.locator,
                    params={"mark": mark, "text": observation.locator},
                    severity="warning",
                )
            )


def _remark(reading: Reading, code: str, printed: Sequence[PrintedNote]) -> None:
    note = printed[0]
    params = {"mark": note.mark or "–", "text": note.text[:200]}
    reading.remarks.append(
        Fault(code, note.sheet, column=note.address, params=params, severity="warning")
    )


def _own_notes(mapping: Mapping, reading: Reading) -> None:
    """Add the definition and the kinds of gap, which no table prints as a note."""
    if mapping.definition:
        name, text = mapping.definition
        reading.notes[name] = Note(name, text, (), len(reading.observations))
    kinds = Counter(note for item in reading.observations for note in item.notes)
    for code in codelist("missing_reasons").values():
        name = gap_note(code.code)
        if name in kinds:
            reading.notes[name] = Note(name, code.name, (), kinds[name])
