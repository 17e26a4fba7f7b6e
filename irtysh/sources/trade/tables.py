"""What the layouts of tables with one flow a row have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Literal

from irtysh.sources.intake.layout import Constants, Head, Question, Reason, Recognised, Tally
from irtysh.sources.intake.rows import WITH_COLUMNS, rows_of
from irtysh.sources.trade.columns import Columns, Row
from irtysh.sources.trade.flows import Plan, read_flows
from irtysh.sources.trade.lookups import Reading, RowRefused
from irtysh.vocabulary.errors import MappingDoesNotFit
from irtysh.vocabulary.flow_row import FlowRow

HS_EDITIONS = ("HS", "H0", "H1", "H2", "H3", "H4", "H5", "H6")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class TableLayout:
    """A layout whose file is a table with columns; a publisher says which and what they mean."""

    id: str
    publisher: str
    produces: Literal["flows"] = "flows"
    required: ClassVar[tuple[str, ...]]
    certainty: ClassVar[int] = 95

    def recognise(self, head: Head) -> Recognised | None:
        """Return why the file has this layout, or None."""
        if head.form not in WITH_COLUMNS or not self.fits(Columns(head.header)):
            return None
        reasons = (Reason("trade-columns", {"columns": ", ".join(self.required)}),)
        settings, questions, more = self.found(head, Columns(head.header))
        return Recognised(self.id, self.certainty, reasons + more, settings, questions)

    def fits(self, columns: Columns) -> bool:
        """Return True if the columns are the publisher's."""
        return columns.have(*self.required)

    def found(
        self, head: Head, columns: Columns
    ) -> tuple[dict[str, str], tuple[Question, ...], tuple[Reason, ...]]:
        """Return what was read off the file: settings, questions, more reasons."""
        return {}, (), ()

    def constants(self, head: Head, settings: Mapping[str, str]) -> Constants:
        """Return what holds for all rows; raises MappingDoesNotFit."""
        raise NotImplementedError

    def plan(self, head: Head, settings: Mapping[str, str], reading: Reading) -> Plan:
        """Return where the parts of a flow stand; raises MappingDoesNotFit."""
        raise NotImplementedError

    def rows(
        self, head: Head, settings: Mapping[str, str], reading: Reading
    ) -> Iterable[tuple[int, Row]]:
        """Yield the rows as the plan wants them."""
        return rows_of(head)

    def read(self, head: Head, settings: Mapping[str, str], tally: Tally) -> Iterator[FlowRow]:
        """Yield the flows of the file, and write down what became of every row."""
        reading = Reading(head.name, tally)
        plan = self.plan(head, settings, reading)
        return read_flows(self.rows(head, settings, reading), plan, reading)


def full_rows(head: Head, reading: Reading) -> Iterator[tuple[int, Row]]:
    """Yield the rows that are as wide as the header; the others are refused here.

    For layouts that make several flows of a row, or one of some of its cells.
    """
    width = len(head.header)
    for line, row in rows_of(head):
        if len(row) == width:
            yield line, row
            continue
        reading.line = line
        reading.tally.lines += 1
        reading.refuse(RowRefused("WrongFieldCount", found=str(len(row)), expected=str(width)))


def setting(
    settings: Mapping[str, str], name: str, layout: str, options: tuple[str, ...] = ()
) -> str:
    """Return a setting that a person must have decided; raises MappingDoesNotFit.

    Parameters
    ----------
    settings : mapping
    name, layout : str
    options : tuple of str
        The values allowed; empty allows any that is not blank.
    """
    value = settings.get(name, "").strip()
    if not value or (options and value not in options):
        wanted = ", ".join(options) or "…"
        raise MappingDoesNotFit(mapping=layout, place=name, expected=wanted, found=value or "—")
    return value


def whole(settings: Mapping[str, str], name: str, layout: str) -> int:
    """Return a setting that is a whole number; raises MappingDoesNotFit."""
    value = setting(settings, name, layout)
    if not re.fullmatch(r"-?\d{1,2}", value):
        raise MappingDoesNotFit(mapping=layout, place=name, expected="0, 3, 6, 9", found=value)
    return int(value)


def year_setting(settings: Mapping[str, str], layout: str, name: str = "year") -> str:
    """Return a setting that is a year; raises MappingDoesNotFit."""
    value = setting(settings, name, layout)
    if not _YEAR.fullmatch(value):
        raise MappingDoesNotFit(mapping=layout, place=name, expected="2021", found=value)
    return value


def years_in(name: str) -> tuple[str, ...]:
    """Return the years that a file's name holds."""
    return tuple(dict.fromkeys(_YEAR.findall(name.replace("_", " "))))


def question_of_year(name: str) -> Question:
    """Return the question for a year that no column gives, with what the file name makes likely."""
    years = years_in(name)
    reasons = tuple(Reason("trade-year-in-name", {"year": year}) for year in years)
    return Question("year", (), years[0] if len(years) == 1 else "", reasons)


def question_of_edition(suggested: str = "", reasons: tuple[Reason, ...] = ()) -> Question:
    """Return the question for the edition of the Harmonized System."""
    return Question("classification", HS_EDITIONS, suggested, reasons)
