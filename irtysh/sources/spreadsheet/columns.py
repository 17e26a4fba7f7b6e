"""Which columns hold values, and what their headings say of them."""

from __future__ import annotations

from collections.abc import Mapping as Readable
from dataclasses import dataclass, field

from irtysh.sources.spreadsheet.labels import Lookup
from irtysh.sources.spreadsheet.mapping import HeadingRule, Mapping
from irtysh.sources.spreadsheet.packages import column_number
from irtysh.sources.spreadsheet.words import Words, level, split_marks
from irtysh.sources.spreadsheet.workbook import Sheet
from irtysh.vocabulary.errors import Fault, MappingDoesNotFit


@dataclass(frozen=True, slots=True)
class Parts:
    """What a heading, or a row's labels, say: coded fields and parts of a period, with marks."""

    values: Readable[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()


def understood(gives: str, text: str, words: Words, lookup: Lookup) -> tuple[str, frozenset[str]]:
    """Return what a text gives and its marks; an empty string where it is not understood."""
    base, marks = split_marks(text)
    if gives == "year":
        whole = words.year_of(text)
        year = whole if whole is not None else words.year_of(base)
        return (str(year) if year else "", frozenset() if whole else frozenset(marks))
    if gives == "span":
        whole_span = words.span_of(text)
        span = whole_span or words.span_of(base)
        shown = f"{span[0]}-{span[1]}" if span else ""
        return (shown, frozenset() if whole_span else frozenset(marks))
    if gives == "stretch":
        for said in (text, base):
            stretch = words.stretch_of(said)
            if stretch:
                return (stretch, frozenset() if said == text else frozenset(marks))
        return ("", frozenset(marks))
    if gives == "period":
        return (text.strip(), frozenset())
    found = lookup.find(text)
    return (found.code or "", frozenset(found.marks))


def parts_of(gives: str, value: str) -> dict[str, str]:
    """Return the fields that a heading or label gives: a stretch is a year and a span."""
    if gives != "stretch":
        return {gives: value}
    year, _, span = value.partition(":")
    return {"year": year, "span": span} if span else {"year": year}


class Headings:
    """The columns of values of one sheet.

    Attributes
    ----------
    columns : dict
        Column (from 0) → what its headings say.
    labels : tuple of int
        Columns of the labels, in the order of the mapping.
    ignored : set of int
        Columns that the mapping leaves out.
    faults : list of Fault
        Headings that were not understood.
    """

    def __init__(
        self, sheet: Sheet, mapping: Mapping, finders: Readable[str, Lookup], shift: int = 0
    ) -> None:
        self._sheet, self._mapping, self._finders = sheet, mapping, finders
        self._shift = shift
        self.faults: list[Fault] = []
        self.labels = tuple(self._column(rule.column) for rule in mapping.labels)
        self.ignored = {self._column(name) for name in mapping.ignored_columns}
        if mapping.value_column:
            self.columns = {self._column(mapping.value_column): Parts()}
        else:
            self.columns = self._wide()

    def _column(self, name: str) -> int:
        row = self._mapping.names_row
        if row is None:
            return column_number(name)
        row += self._shift
        cells = self._sheet.rows[row] if row < len(self._sheet.rows) else ()
        for place, cell in enumerate(cells):
            if level(cell.text) == level(name):
                return place
        found = ", ".join(cell.text.strip() for cell in cells[:20])
        raise MappingDoesNotFit(
            mapping=self._mapping.id,
            place=self._sheet.address(row, 0),
            expected=name,
            found=found[:200],
        )

    def _wide(self) -> dict[int, Parts]:
        width = max((len(row) for row in self._sheet.rows), default=0)
        columns: dict[int, Parts] = {}
        running: dict[int, str] = {}
        for column in range(max(self.labels, default=-1) + 1, width):
            texts = {}
            for rule in self._mapping.headings:
                text = self._sheet.at(rule.row + self._shift, column).text.strip()
                if rule.fill:
                    text = running[rule.row] = text or running.get(rule.row, "")
                texts[rule] = text
            if column not in self.ignored and all(texts.values()) and self._mine(column):
                parts = self._parts(column, texts)
                if parts is not None:
                    columns[column] = parts
        return columns

    def _mine(self, column: int) -> bool:
        """False for a column without a heading of its own, under a merged one that ran on."""
        below = [rule for rule in self._mapping.headings if not rule.fill]
        return bool(below) or any(
            not self._sheet.at(rule.row + self._shift, column).is_blank
            for rule in self._mapping.headings
        )

    def _parts(self, column: int, texts: Readable[HeadingRule, str]) -> Parts | None:
        values: dict[str, str] = {}
        marks: frozenset[str] = frozenset()
        for rule, text in texts.items():
            finder = self._finders[f"row {rule.row}"]
            value, found = understood(rule.gives, text, self._mapping.words, finder)
            if not value:
                row = rule.row + self._shift
                address = self._sheet.address(row, column)
                params = {"text": text[:80], "expected": rule.gives}
                self.faults.append(
                    Fault("HeaderNotUnderstood", self._sheet.name, row + 1, address, params)
                )
                return None
            values.update(parts_of(rule.gives, value))
            marks |= found
        return Parts(values, marks)
