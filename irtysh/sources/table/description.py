"""The description of a table with named columns: definitions/sources/tables/*.yaml.

Its form is explained in docs/how-to/read-a-spreadsheet.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from irtysh.sources.spreadsheet.described import Described
from irtysh.sources.spreadsheet.mapping import CODED, SETTABLE
from irtysh.sources.spreadsheet.words import Words, words_of
from irtysh.vocabulary.errors import BadMapping
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text

FOLDER = DEFINITIONS / "sources" / "tables"
PERIOD_FORMS = ("year", "quarter", "month", "span")


@dataclass(frozen=True, slots=True)
class Field:
    """How a column becomes a code: by aliases of its own, else by the service of aliases.

    ``edition`` names the classification of goods, ``scheme`` whose codes of territories they are.
    """

    name: str
    column: str
    scheme: str
    edition: str
    aliases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class When:
    """Which rows something holds for: a column's text matches, or its number is in bounds."""

    column: str
    finds: re.Pattern[str] | None
    above: Decimal | None
    below: Decimal | None
    years: tuple[int, int]


@dataclass(frozen=True, slots=True)
class TableNote:
    """A note that belongs to figures: all of the table, or those that ``when`` picks."""

    id: str
    text: Text
    when: When | None


@dataclass(frozen=True, slots=True)
class Series:
    """A column of values: what they are, a note, and in which rows they have another status."""

    column: str
    sets: Mapping[str, str]
    note: TableNote | None
    status: str
    status_when: When | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Columns or rows that are not read, and why: a key "left-out-CODE" of the intake's words."""

    why: str
    columns: tuple[str, ...] = ()
    when: When | None = None


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A territory whose printed figure is the sum of all others, save some in some years."""

    area: str
    except_area: str
    years: tuple[int, int]
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """A whole description."""

    id: str
    title: Text
    publisher: str
    source: str
    dataset: str
    words: Words
    file: re.Pattern[str] | None
    needs: tuple[str, ...]
    refuses: str
    period_form: str
    period_column: str
    span_column: str
    constants: Mapping[str, str]
    fields: tuple[Field, ...]
    series: tuple[Series, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[TableNote, ...]
    total: TotalCheck | None


@cache
def tables() -> tuple[Table, ...]:
    """Return every description, by the name of its file; raises BadMapping."""
    return tuple(read_table(path) for path in sorted(FOLDER.glob("*.yaml")))


def read_table(path: Path) -> Table:
    """Read and check a description; raises BadMapping naming file, field and problem."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadMapping(mapping=path.name, field="", problem=type(error).__name__) from None
    return make_table(loaded, path.name)


def make_table(loaded: Any, file: str) -> Table:
    """Make a description of a loaded YAML document; raises BadMapping."""
    top = Described(loaded, file)
    identity = top.text("id")
    period = top.part("period")
    refuses = top.text("refuses", "")
    result = Table(
        id=identity,
        title=top.translated("title"),
        publisher=top.text("publisher"),
        source=top.text("source"),
        dataset=top.text("dataset", "-"),
        words=words_of(top.text("words", "en")),
        file=top.pattern("file") if top.has("file") else None,
        needs=top.names("needs"),
        refuses=refuses,
        period_form=""
        if refuses or not period.has("form")
        else period.choice("form", PERIOD_FORMS),
        period_column=period.text("column", "-"),
        span_column=period.text("span", "-"),
        constants=top.part("constants").strings((*SETTABLE, "period")),
        fields=tuple(_field(part) for part in top.parts("fields")),
        series=tuple(_series(part, identity) for part in top.parts("series")),
        left_out=tuple(_left_out(part) for part in top.parts("left_out")),
        notes=tuple(_note(part, identity) for part in top.parts("notes")),
        total=_total(top.part("total")) if top.has("total") else None,
    )
    if not result.needs:
        top.wrong("needs", "blank")
    if not refuses and not result.series:
        top.wrong("series", "blank")
    if not refuses and not (result.period_form or result.constants.get("period")):
        top.wrong("period", "blank")
    top.nothing_else()
    return result


def _field(part: Described) -> Field:
    return Field(
        part.choice("gives", CODED),
        part.text("column"),
        part.text("scheme", "name"),
        part.text("edition", "-"),
        part.aliases("aliases"),
    )


def _series(part: Described, identity: str) -> Series:
    doubt = part.part("status_when")
    return Series(
        part.text("column"),
        part.part("set").strings((*SETTABLE, "period")),
        _note(part.part("note"), identity) if part.has("note") else None,
        part.text("status", ""),
        _when(doubt) if part.has("status_when") else None,
    )


def _left_out(part: Described) -> LeftOut:
    when = _when(part.part("when")) if part.has("when") else None
    return LeftOut(part.text("why"), part.names("columns"), when)


def _note(part: Described, identity: str) -> TableNote:
    when = _when(part.part("when")) if part.has("when") else None
    return TableNote(f"{identity}.{part.text('id')}", part.translated("text"), when)


def _when(part: Described) -> When:
    return When(
        part.text("column", "-"),
        part.pattern("finds") if part.has("finds") else None,
        Decimal(part.text("above")) if part.has("above") else None,
        Decimal(part.text("below")) if part.has("below") else None,
        (part.number("since_year", 0), part.number("until_year", 9999)),
    )


def _total(part: Described) -> TotalCheck:
    return TotalCheck(
        part.text("area"),
        part.text("except", "-"),
        (part.number("since_year", 0), part.number("until_year", 9999)),
        Decimal(part.text("tolerance")),
    )
