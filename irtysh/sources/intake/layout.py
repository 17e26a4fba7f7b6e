"""What a layout is: a form in which a publisher gives data, recognised and read by one module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Protocol

from irtysh.vocabulary.errors import Fault
from irtysh.vocabulary.flow_row import FlowRow
from irtysh.vocabulary.observation import Observation

EXAMPLES = 100
"""How many refusals of one kind are kept word for word; all are counted."""


@dataclass(frozen=True, slots=True)
class Head:
    """A file that has been opened far enough to be recognised.

    Attributes
    ----------
    name : str
        As the user named it.
    path : Path
        The file, already out of its gzip or zip.
    form : str
        "csv" (any delimiter), "dbf", "xlsx", "xls", "parquet", "json", "xml".
    encoding, delimiter : str
        As detected; empty where the form has none.
    header : tuple of str
        Names of the columns of a table; empty for a workbook.
    rows : tuple of tuple of str
        The first rows below the header, at most 200.
    sheets : tuple of str
        Names of a workbook's sheets.
    header_line : int
        Line of the file on which the header stands, counted from 1; title lines are above it.
    remarks : tuple of Fault
        Doubts about the opening: an encoding that was guessed, bytes that are no letters.
    """

    name: str
    path: Path
    form: str
    encoding: str = ""
    delimiter: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sheets: tuple[str, ...] = ()
    header_line: int = 1
    remarks: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was detected; words in definitions/messages/intake.yaml under ``code``."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A setting that only a person can decide: the unit of a column that two documents dispute.

    Attributes
    ----------
    setting : str
        Name in the settings; its label stands in definitions/messages/intake.yaml.
    options : tuple of str
        Values to choose from; empty for free text.
    suggested : str
        What the file makes likely; empty where it says nothing. Never taken without an answer.
    reasons : tuple of Reason
    """

    setting: str
    options: tuple[str, ...] = ()
    suggested: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A layout that a file may have.

    Attributes
    ----------
    layout : str
        Id of the layout.
    certainty : int
        0 to 100; the assistant proposes the highest and lists the others.
    reasons : tuple of Reason
    settings : dict
        What was read off the file: years, classification, unit. Shown and editable.
    questions : tuple of Question
        Must be answered before the file is read.
    """

    layout: str
    certainty: int
    reasons: tuple[Reason, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


@dataclass(slots=True)
class Tally:
    """What became of every row; filled while the rows are being read.

    Attributes
    ----------
    lines : int
        Data rows met.
    kept : int
        Rows that became flows or figures.
    left_out : Counter
        Reason code → rows left out on purpose (a breakdown that would count twice).
    refused : Counter
        Fault code → rows refused.
    examples : list of Fault
        The first EXAMPLES of each code, with line and column.
    unknown : Counter
        (code list, code) → rows.
    printed : dict
        Name of a total that the file itself prints → its value, to compare with the sum of rows.
    remarks : list of Fault
        Doubts that refuse nothing.
    """

    lines: int = 0
    kept: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    examples: list[Fault] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    printed: dict[str, Decimal] = field(default_factory=dict)
    remarks: list[Fault] = field(default_factory=list)

    def refuse(self, fault: Fault) -> None:
        """Count a refused row and keep the first of its kind."""
        self.refused[fault.code] += 1
        if self.refused[fault.code] <= EXAMPLES:
            self.examples.append(fault)


@dataclass(frozen=True, slots=True)
class Constants:
    """What holds for every row of a flow layout: not repeated in each.

    Attributes
    ----------
    unit, unit_mult : str, int
        Of the values: "USD", 3.
    valuation : dict
        Flow → "FOB", "CIF", "_U".
    definition : str
        Id of a note in definitions/messages/definitions.yaml, or empty.
    """

    unit: str
    unit_mult: int
    valuation: Mapping[str, str] = field(default_factory=dict)
    definition: str = ""


class FlowLayout(Protocol):
    """A layout whose rows are declared flows; 10^7 of them must pass in bounded memory."""

    id: str
    publisher: str
    produces: Literal["flows"]

    def recognise(self, head: Head) -> Recognised | None:
        """Return why the file has this layout, or None."""

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return what holds for all rows; raises MappingDoesNotFit."""

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> Iterator[FlowRow]:
        """Yield the flows of the file, and write down what became of every row."""


class FigureLayout(Protocol):
    """A layout whose cells are printed figures with notes: workbooks, small tables."""

    id: str
    publisher: str
    produces: Literal["figures"]

    def recognise(self, head: Head) -> Recognised | None:
        """Return why the file has this layout, or None."""

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> list[Observation]:
        """Return the figures of the file, and write down what became of every row."""


Layout = FlowLayout | FigureLayout
