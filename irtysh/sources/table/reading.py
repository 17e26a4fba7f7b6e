"""Reads a described table row by row into figures; every row is accounted for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from irtysh.sources.aliases import area, product
from irtysh.sources.intake.layout import Head, Tally
from irtysh.sources.spreadsheet.composed import compose
from irtysh.sources.spreadsheet.statements import Gap, Number, statement
from irtysh.sources.spreadsheet.words import Words
from irtysh.sources.spreadsheet.workbook import Cell, CellKind
from irtysh.sources.table.description import Field, Series, Table, When
from irtysh.vocabulary.errors import (
    Fault,
    IrtyshError,
    MappingDoesNotFit,
    NotANumber,
    NotAPeriod,
    UnknownCode,
)
from irtysh.vocabulary.observation import Observation
from irtysh.vocabulary.period import Period, PeriodKind

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_QUARTER = re.compile(r"(\d{4})\s*-?\s*(?:Q|кв\.?\s*)?([1-4])", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-01)?(?:[T ]00:00:00(?:\.0+)?)?")
_AREAS = ("ref_area", "counterpart_area")


class TableReader:
    """One reading of one file by one description."""

    def __init__(self, table: Table, head: Head, tally: Tally) -> None:
        self._table, self._head, self._tally = table, head, tally
        self._places = {name.strip(): place for place, name in enumerate(head.header)}
        self._first: dict[tuple[str, ...], str] = {}
        self._remarked: set[tuple[str, str]] = set()
        self._row: tuple[str, ...] = ()
        self._line = 0
        for column in self._wanted():
            if column not in self._places:
                raise MappingDoesNotFit(
                    mapping=table.id,
                    place=head.name,
                    expected=column,
                    found=", ".join(head.header)[:200],
                )

    def _wanted(self) -> list[str]:
        period = [self._table.period_column, self._table.span_column]
        columns = [*period, *(field.column for field in self._table.fields)]
        return [one for one in (*columns, *(s.column for s in self._table.series)) if one != "-"]

    def read(self, rows: Iterable[tuple[int, tuple[str, ...]]]) -> list[Observation]:
        """Return the figures of all rows."""
        found: list[Observation] = []
        for self._line, self._row in rows:
            self._tally.lines += 1
            if len(self._row) > len(self._places):
                self._refuse("RowTooLong", "", found=len(self._row), expected=len(self._places))
                continue
            why = next(
                (one.why for one in self._table.left_out if one.when and self._holds(one.when, {})),
                "",
            )
            if why:
                self._tally.left_out[why] += 1
                continue
            fields = self._fields()
            if fields is None:
                continue
            figures = [
                figure
                for series in self._table.series
                if (figure := self._figure(series, fields)) is not None
            ]
            self._tally.kept += 1 if figures else 0
            found.extend(figures)
        self._check_total(found)
        return found

    def _cell(self, column: str) -> str:
        place = self._places[column]
        return self._row[place].strip() if place < len(self._row) else ""

    def _fields(self) -> dict[str, str] | None:
        """Return what the row says beside its values; None if it was refused."""
        fields = dict(self._table.constants)
        column = self._table.period_column
        try:
            if self._table.period_form:
                period = self._period()
                fields |= {"period_kind": period.kind.value, "period": period.code}
        except IrtyshError as error:
            self._refuse(error.code, column, **error.params)
            return None
        for field in self._table.fields:
            text = self._cell(field.column)
            try:
                code = self._code(field, text, fields)
            except UnknownCode as error:
                self._tally.unknown[(error.params["codelist"], text[:80])] += 1
                self._refuse(error.code, field.column, **error.params)
                return None
            except IrtyshError as error:
                self._refuse(error.code, field.column, **error.params)
                return None
            fields[field.name] = code
            if field.edition != "-":
                fields["classification"] = field.edition
        return fields

    def _period(self) -> Period:
        text = self._cell(self._table.period_column)
        words = self._table.words
        match self._table.period_form:
            case "year":
                year = words.year_of(text)
                if year:
                    return Period.year(year)
            case "quarter":
                found = _QUARTER.fullmatch(text)
                if found:
                    return Period.parse("Q", f"{found[1]}-Q{found[2]}")
            case "month":
                found = _MONTH.fullmatch(text)
                if found:
                    return Period.parse("M", f"{found[1]}-{found[2]}")
            case "span":
                return self._span(text, self._cell(self._table.span_column))
        raise NotAPeriod(kind=self._table.period_form, text=text[:80])

    def _span(self, year: str, said: str) -> Period:
        words = self._table.words
        number = words.year_of(year)
        # A program that tidied the table dropped the space of "I квартал".
        span = words.span_of(said) or words.span_of(re.sub(r"^([IVХX]+)(?=\w)", r"\1 ", said))
        if number is None or span is None:
            raise NotAPeriod(kind=PeriodKind.CUMULATIVE.value, text=f"{year} {said}"[:80])
        if span == (1, 12):
            return Period.year(number)
        return Period.parse("C", f"{number}-{span[0]:02d}/{number}-{span[1]:02d}")

    def _code(self, field: Field, text: str, fields: Mapping[str, str]) -> str:
        if text in field.aliases:
            return field.aliases[text]
        if field.name in _AREAS:
            on = Period.parse(fields["period_kind"], fields["period"]).start
            match = area(text, field.scheme, on)
            fault = match.fault(text, self._head.name, self._line, field.column)
            if fault is not None and (text, fault.code) not in self._remarked:
                self._remarked.add((text, fault.code))
                self._tally.remarks.append(fault)
            return match.code
        if field.edition != "-":
            return product(text, field.edition).code
        if field.aliases:
            known = ", ".join(field.aliases)
            raise UnknownCode(code=text[:80], codelist=field.name, near=known)
        return text

    def _figure(self, series: Series, fields: Mapping[str, str]) -> Observation | None:
        own = {**fields, **series.sets}
        if series.status_when is not None and self._holds(series.status_when, own):
            own["status"] = series.status
        locator = f"{self._line}: {series.column}"
        try:
            figure = compose(
                own,
                number_of(self._cell(series.column), self._table.words),
                definition=self._definition(series),
                source=self._table.source,
                locator=locator,
                retrieved_on=None,
            )
        except NotANumber:
            self._refuse("CellNotANumber", series.column, text=self._cell(series.column)[:80])
            return None
        except IrtyshError as error:
            if isinstance(error, UnknownCode):
                self._tally.unknown[(error.params["codelist"], error.params["code"])] += 1
            self._refuse(error.code, series.column, **error.params)
            return None
        first = self._first.setdefault(figure.cell, locator)
        if first != locator:
            self._refuse("RepeatedCell", series.column, first=first)
            return None
        notes = self._notes(series, own)
        return _with_notes(figure, notes) if notes else figure

    def _definition(self, series: Series) -> str:
        return series.note.id if series.note is not None and series.note.when is None else ""

    def _notes(self, series: Series, fields: Mapping[str, str]) -> list[str]:
        """Return the notes of the table that hold for this row, and the series' own if it does."""
        notes = [note for note in self._table.notes if note.when is None]
        picked = [*self._table.notes, *filter(None, [series.note])]
        notes += [note for note in picked if note.when and self._holds(note.when, fields)]
        return [note.id for note in notes]

    def _holds(self, when: When, fields: Mapping[str, str]) -> bool:
        year = int((fields.get("period") or "0")[:4])
        if fields and not when.years[0] <= year <= when.years[1]:
            return False
        if when.column == "-":
            return True
        text = self._cell(when.column)
        if when.finds is not None:
            return when.finds.search(text) is not None
        try:
            number = Decimal(text)
        except InvalidOperation:
            return False
        if number.is_nan():  # "NaN" is a gap, neither above nor below anything
            return False
        return (when.above is None or number > when.above) and (
            when.below is None or number < when.below
        )

    def _check_total(self, found: Iterable[Observation]) -> None:
        """Compare the printed total of every period with the sum of its parts."""
        check = self._table.total
        if check is None:
            return
        parts: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        totals: dict[tuple[str, str], Decimal] = {}
        for one in found:
            key = one.measure, one.period.code
            if one.value is None:
                continue
            if one.ref_area == check.area:
                totals[key] = one.value
            elif one.ref_area != check.except_area or not (
                check.years[0] <= one.period.first_year <= check.years[1]
            ):
                parts[key] += one.value
        for key, total in totals.items():
            # what agrees is listed too: the sum is taken from the rows and not from a document
            self._tally.printed[f"{check.area} {' '.join(key)}"] = total
            if abs(parts[key] - total) > check.tolerance:
                params = {"total": total, "sum": parts[key], "period": key[1]}
                self._tally.remarks.append(
                    Fault("PrintedTotalDiffers", self._head.name, 0, "", params, "warning")
                )

    def _refuse(self, code: str, column: str, /, **params: object) -> None:
        self._tally.refuse(Fault(code, self._head.name, self._line, column, dict(params)))


def number_of(text: str, words: Words) -> Number | Gap:
    """Return what a cell of a table says: first a number as programs write it ("12.5", "1e-05").

    Raises NotANumber.
    """
    if _PLAIN.fullmatch(text):
        value = Decimal(text)
        return Number(Decimal(f"{value:f}"), f"{value:f}")
    return statement(Cell(CellKind.TEXT, text), words, 0)


def _with_notes(figure: Observation, notes: Iterable[str]) -> Observation:
    return replace(figure, notes=tuple(sorted({*figure.notes, *notes})))
