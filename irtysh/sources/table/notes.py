"""The texts of the notes that figures of described tables carry, by their ids."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from irtysh.sources.spreadsheet.composed import gap_note
from irtysh.sources.spreadsheet.mapping import mapping
from irtysh.sources.table.description import tables
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text


def note_text(note: str) -> Text | None:
    """Return a note in three languages; None for one that only the file itself prints."""
    return _texts().get(note)


@cache
def _texts() -> Mapping[str, Text]:
    found = {gap_note(code): entry.name for code, entry in codelist("missing_reasons").items()}
    for path in (DEFINITIONS / "sources").glob("*.yaml"):
        described = mapping(path.stem)
        found |= {rule.id: rule.text for rule in described.notes}
        if described.definition:
            name, text = described.definition
            found[name] = text
    for table in tables():
        found |= {note.id: note.text for note in table.notes}
        found |= {one.note.id: one.note.text for one in table.series if one.note is not None}
    return found
