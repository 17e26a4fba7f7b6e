"""What came of reading a file: every row accounted for, every refusal with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from irtysh.sources.spreadsheet.notes import Note
from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.observation import Observation


class RowFate(StrEnum):
    """What became of a row; each row of a described sheet has one fate."""

    ABOVE = "above"
    """Titles and whatever else stands above the data."""
    HEADING = "heading"
    DATA = "data"
    LEFT_OUT = "left-out"
    """The mapping says that it is not to be read."""
    REFUSED = "refused"
    """Its label was not understood; a fault names it."""
    BLANK = "blank"
    NOTE = "note"


@dataclass(slots=True)
class Reading:
    """The result of reading a spreadsheet.

    Attributes
    ----------
    mapping, source : str
        Which description was used; id of the source that the observations name.
    form, encoding : str
        "xlsx", "xls" or "csv"; the encoding of a text.
    observations : list of Observation
        One for each cell under a heading, gaps included: a gap has no value, the status
        MISSING and a note that says which kind of gap it is.
    notes : dict
        Note id → note, for every note that an observation or its definition names, and for
        every note printed under a table even if nothing refers to it.
    refused : list of Fault
        What was not read, each with its sheet and cell.
    remarks : list of Fault
        Warnings: what was read but deserves a look.
    rows : dict
        Sheet → how many rows had which fate; the sum is the number of rows of the sheet.
    titles : dict
        Sheet → the lines above its data.
    """

    mapping: str
    source: str
    form: str
    encoding: str = ""
    observations: list[Observation] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    refused: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    rows: dict[str, Counter[RowFate]] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)

    @property
    def rows_read(self) -> int:
        """How many rows gave observations."""
        return sum(fates[RowFate.DATA] for fates in self.rows.values())

    @property
    def texts(self) -> Mapping[str, Mapping[str, str]]:
        """Note id → its text by language, as a case's notes.yaml holds them."""
        return {name: dict(note.text) for name, note in self.notes.items()}
