"""Reads a described spreadsheet into observations; nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from datetime import date

from irtysh.sources.snapshot import Snapshot
from irtysh.sources.spreadsheet.bound import bind_notes
from irtysh.sources.spreadsheet.columns import Headings, Parts, parts_of, understood
from irtysh.sources.spreadsheet.composed import compose
from irtysh.sources.spreadsheet.labels import Lookup, lookups
from irtysh.sources.spreadsheet.limits import DEFAULT_LIMITS, Limits
from irtysh.sources.spreadsheet.mapping import Mapping, RowRule, SheetRule
from irtysh.sources.spreadsheet.notes import PrintedNote, first_note_row, printed_notes
from irtysh.sources.spreadsheet.packages import column_number
from irtysh.sources.spreadsheet.reading import Reading, RowFate
from irtysh.sources.spreadsheet.statements import Gap, statement
from irtysh.sources.spreadsheet.words import split_marks, tidy
from irtysh.sources.spreadsheet.workbook import Cell, CellKind, Sheet, Workbook, open_workbook
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import (
    Fault,
    IrtyshError,
    MappingDoesNotFit,
    NotANumber,
)
from irtysh.vocabulary.observation import Observation


def read_snapshot(
    snapshot: Snapshot, mapping: Mapping, *, limits: Limits = DEFAULT_LIMITS
) -> Reading:
    """Read a snapshot; the observations carry the day on which it was fetched."""
    return read_spreadsheet(
        snapshot.data,
        mapping,
        file=snapshot.name,
        retrieved_on=snapshot.fetched_on,
        limits=limits,
    )


def read_spreadsheet(
    data: bytes,
    mapping: Mapping,
    *,
    file: str,
    retrieved_on: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Read an XLSX, XLS or CSV as its mapping describes it.

    Parameters
    ----------
    data : bytes
        The file as it came.
    mapping : Mapping
    file : str
        The file's name, for remarks and for the name of a CSV's only sheet.
    retrieved_on : date, optional
        When the file was fetched.
    limits : Limits

    Raises
    ------
    NotReadable, TooLarge, EncodingUnclear
        The file cannot or should not be opened.
    MappingDoesNotFit
        It is not the table that the mapping describes: no sheet of that name, a heading or a
        unit that is not where it should be.
    """
    book = open_workbook(
        data, file=file, encoding=mapping.encoding, delimiter=mapping.delimiter, limits=limits
    )
    reading = Reading(mapping.id, mapping.source, book.form, book.encoding)
    reading.remarks.extend(book.remarks)
    described = _described_sheets(book, mapping, reading)
    tables = [
        _Table(sheet, rule, mapping, reading, retrieved_on).read() for sheet, rule in described
    ]
    bind_notes(mapping, tables, reading)
    _repeated(reading)
    _not_in_force(reading)
    return reading


def _described_sheets(
    book: Workbook, mapping: Mapping, reading: Reading
) -> list[tuple[Sheet, SheetRule]]:
    described = []
    for sheet in book.sheets:
        name = tidy(sheet.name)
        rule = next((rule for rule in mapping.sheets if rule.name.search(name)), None)
        if rule is not None:
            described.append((sheet, rule))
        elif not any(pattern.search(name) for pattern in mapping.ignored_sheets):
            fault = Fault("SheetNotDescribed", sheet.name, params={"sheet": sheet.name})
            reading.refused.append(fault)
    if not described:
        raise MappingDoesNotFit(
            mapping=mapping.id,
            place="sheets",
            expected=", ".join(rule.name.pattern for rule in mapping.sheets),
            found=", ".join(sheet.name for sheet in book.sheets)[:200],
        )
    return described


class _Table:
    """One sheet being read. ``marks`` keeps, per locator, the footnote marks of a value."""

    def __init__(
        self,
        sheet: Sheet,
        rule: SheetRule,
        mapping: Mapping,
        reading: Reading,
        retrieved_on: date | None,
    ) -> None:
        self.sheet, self.rule, self.mapping = sheet, rule, mapping
        self.marks: dict[str, frozenset[str]] = {}
        self.observations: list[Observation] = []
        self.printed: list[PrintedNote] = []
        self.title_marks: frozenset[str] = frozenset()
        self._reading, self._retrieved_on = reading, retrieved_on
        self._loose: set[int] = set()
        self._block: dict[str, str] = {}
        self._row_rules = [
            one
            for one in mapping.row_rules
            if one.sheet is None or one.sheet.search(tidy(sheet.name))
        ]
        self._first_row = mapping.first_row + rule.shift
        self._constants = {**mapping.constants, **rule.sets}
        self._finders = lookups(mapping, self._constants.get("classification", "_Z"))

    def read(self) -> _Table:
        """Read the whole sheet into the reading and return itself, for the notes."""
        self._expect()
        self._headings = Headings(self.sheet, self.mapping, self._finders, self.rule.shift)
        self._reading.refused.extend(self._headings.faults)
        notes_from = first_note_row(self.sheet, self._first_row, self.mapping.notes_start)
        fates = Counter(
            self._row(number, row, notes_from) for number, row in enumerate(self.sheet.rows)
        )
        self._reading.rows[self.sheet.name] = fates
        self.printed = printed_notes(self.sheet, notes_from)
        return self

    def _expect(self) -> None:
        for expected in self.mapping.expects:
            if expected.sheet is not None and not expected.sheet.search(tidy(self.sheet.name)):
                continue
            column = column_number(expected.column)
            found = self.sheet.at(expected.row, column).text
            if not expected.finds.search(found):
                raise MappingDoesNotFit(
                    mapping=self.mapping.id,
                    place=self.sheet.address(expected.row, column),
                    expected=expected.finds.pattern,
                    found=found[:200],
                )

    def _row(self, number: int, row: tuple[Cell, ...], notes_from: int) -> RowFate:
        if number < self._first_row:
            return self._above(number, row)
        if all(cell.is_blank for cell in row):
            return RowFate.BLANK
        if number >= notes_from:
            return self._note(number, row)
        return self._data(number, row)

    def _above(self, number: int, row: tuple[Cell, ...]) -> RowFate:
        headings = {rule.row for rule in self.mapping.headings} | {self.mapping.names_row}
        if number - self.rule.shift in headings:
            return RowFate.HEADING
        for cell in row:
            if cell.kind is CellKind.TEXT and not cell.is_blank:
                self._reading.titles.setdefault(self.sheet.name, []).append(cell.text.strip())
                self.title_marks |= frozenset(split_marks(cell.text)[1])
        return RowFate.ABOVE if any(not cell.is_blank for cell in row) else RowFate.BLANK

    def _note(self, number: int, row: tuple[Cell, ...]) -> RowFate:
        for column, cell in enumerate(row):
            if cell.kind is CellKind.NUMBER and column > max(self._headings.labels, default=0):
                self._refuse("NumberAmongNotes", number, column, text=cell.text)
        return RowFate.NOTE

    def _data(self, number: int, row: tuple[Cell, ...]) -> RowFate:
        label = tidy(self.sheet.at(number, self._headings.labels[0]).text) if row else ""
        rules = [rule for rule in self._row_rules if rule.label.search(label)]
        if any(rule.sets is None for rule in rules):
            return RowFate.LEFT_OUT
        for rule in rules:
            if rule.block and sum(not cell.is_blank for cell in row) == 1:
                self._block = dict(rule.sets or {})
                return RowFate.HEADING
        labels = self._labels(number)
        if labels is None:
            return RowFate.REFUSED
        # A short line of a CSV lacks its last cells: they are read as blank, not skipped.
        for column in self._headings.columns:
            self._value(number, column, self.sheet.at(number, column), labels, rules)
        if self.mapping.value_column is None:
            self._loose_values(number, row)
        return RowFate.DATA

    def _loose_values(self, number: int, row: tuple[Cell, ...]) -> None:
        """Name every filled column of a wide table that no heading explains, once, where met."""
        headings = self._headings
        explained = {*headings.columns, *headings.labels, *headings.ignored, *self._loose}
        for column, cell in enumerate(row):
            if column not in explained and not cell.is_blank:
                self._loose.add(column)
                self._refuse("ValueWithoutHeading", number, column, text=cell.text[:80])

    def _labels(self, number: int) -> Parts | None:
        values: dict[str, str] = {}
        marks: frozenset[str] = frozenset()
        for rule, column in zip(self.mapping.labels, self._headings.labels, strict=True):
            text = self.sheet.at(number, column).text
            finder = self._finders[f"column {rule.column}"]
            value, found = understood(rule.gives, text, self.mapping.words, finder)
            if not value:
                self._unknown_label(number, column, text, finder)
                return None
            values.update(parts_of(rule.gives, value))
            marks |= found
        return Parts(values, marks)

    def _unknown_label(self, number: int, column: int, text: str, finder: Lookup) -> None:
        near = ", ".join(finder.find(text).near) or "–"
        label = tidy(text)[:120]
        listed = finder.codelist or "–"
        self._refuse("UnknownLabel", number, column, label=label, codelist=listed, near=near)

    def _value(
        self, number: int, column: int, cell: Cell, labels: Parts, rules: list[RowRule]
    ) -> None:
        heading = self._headings.columns[column]
        locator = self.sheet.address(number, column)
        fields = {**self._constants, **self._block, **heading.values, **labels.values}
        year = int(fields.get("year") or 0)
        for rule in rules:
            if rule.years[0] <= year <= rule.years[1] and not rule.block:
                fields.update(rule.sets or {})
        try:
            said = statement(cell, self.mapping.words, self.mapping.decimals)
            observation = compose(
                fields,
                said,
                definition=self.mapping.definition[0] if self.mapping.definition else "",
                source=self.mapping.source,
                locator=locator,
                retrieved_on=self._retrieved_on,
            )
        except NotANumber:
            self._refuse("CellNotANumber", number, column, text=cell.text[:80])
        except IrtyshError as error:
            self._refuse(error.code, number, column, **error.params)
        else:
            self.observations.append(observation)
            own = said.marks if isinstance(said, Gap) else frozenset()
            self.marks[locator] = heading.marks | labels.marks | own

    def _refuse(self, code: str, number: int, column: int, /, **params: str) -> None:
        address = self.sheet.address(number, column)
        self._reading.refused.append(Fault(code, self.sheet.name, number + 1, address, params))


def _repeated(reading: Reading) -> None:
    """Refuse the second value of one cell from one file: two rows carry the same label."""
    first: dict[tuple[str, ...], str] = {}
    kept = []
    for observation in reading.observations:
        place = first.setdefault(observation.cell, observation.locator)
        if place == observation.locator:
            kept.append(observation)
            continue
        sheet = observation.locator.rsplit("!", 1)[0]
        params = {"first": place}
        reading.refused.append(Fault("RepeatedCell", sheet, 0, observation.locator, params))
    reading.observations = kept


def _not_in_force(reading: Reading) -> None:
    """Remark once on each code that was used outside the days on which it was in force."""
    areas = codelist("areas")
    seen: set[str] = set()
    for observation in reading.observations:
        code, period = observation.ref_area, observation.period
        if observation.value is None or code in seen or period.start is None or not period.end:
            continue
        entry = areas[code]
        late = entry.valid_from is not None and period.end < entry.valid_from
        if late or (entry.valid_to is not None and period.start > entry.valid_to):
            seen.add(code)
            reading.remarks.append(
                Fault(
                    "CodeNotInForce",
                    observation.locator.rsplit("!", 1)[0],
                    column=observation.locator,
                    params={"code": code, "period": period.code},
                    severity="warning",
                )
            )
