"""The description of a table as data: definitions/sources/*.yaml, read and checked.

Its form is explained in docs/how-to/read-a-spreadsheet.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Readable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from irtysh.sdmx.dimensions import check_code
from irtysh.sources.spreadsheet.described import Described
from irtysh.sources.spreadsheet.words import Words, words_of
from irtysh.vocabulary.errors import BadMapping, UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text

CODED = (
    "freq",
    "ref_area",
    "counterpart_area",
    "flow",
    "classification",
    "commodity",
    "measure",
    "unit",
    "valuation",
    "status",
    "qualifier",
)
SETTABLE = (
    *CODED, "dataflow", "unit_mult", "share_of", "base_period", "period_kind", "year", "day"
)  # fmt: skip
REQUIRED = ("dataflow", "ref_area", "measure", "unit")
GIVEN = (*CODED, "year", "span", "stretch", "period")
"""What a heading or a label may give; a stretch is a span and its year in one cell."""


@dataclass(frozen=True, slots=True)
class SheetRule:
    """Which sheets, what each of their values is, and by how many rows they begin lower."""

    name: re.Pattern[str]
    slug: str
    sets: Readable[str, str]
    shift: int = 0


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """A row of headings (counted from 0): what it gives, and whether merged cells run on."""

    row: int
    gives: str
    fill: bool


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A column of labels: what it gives and how a label becomes a code.

    ``column`` is letters, or a heading in ``names_row``; ``by`` is "name", "code", a further
    column of the code list ("iso3"), or "alias" for the service of aliases, with a scheme after a
    colon ("alias:bns"); ``aliases`` lead from a label to a code.
    """

    column: str
    gives: str
    codelist: str
    by: str
    aliases: Readable[str, str]


@dataclass(frozen=True, slots=True)
class Binding:
    """Which values a note belongs to; every condition given must hold.

    ``by_mark``: the value's column, row or title carries the note's mark. ``sheets``: the
    sheet matches one of them. ``since``, ``until``: the value's period shares a day with them.
    ``except_areas``: the value is not of these.
    """

    by_mark: bool = True
    sheets: tuple[re.Pattern[str], ...] = ()
    since: date | None = None
    until: date | None = None
    except_areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoteRule:
    """A printed note that the mapping knows: how to find it, what it says, what it binds."""

    id: str
    finds: re.Pattern[str]
    text: Text
    binding: Binding
    optional: bool


@dataclass(frozen=True, slots=True)
class Expectation:
    """A text that must stand in a cell, for the numbers to mean what the mapping says."""

    sheet: re.Pattern[str] | None
    row: int
    column: str
    finds: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RowRule:
    """Rows whose label matches: what is special about them, or None to leave them out.

    A ``block`` row stands alone ("Urban population"): what it sets holds for the rows below it.
    ``sheet`` limits the rule to sheets, ``years`` to columns of these years (a row that printed
    the figures of a predecessor until 2016).
    """

    label: re.Pattern[str]
    sets: Readable[str, str] | None
    block: bool = False
    sheet: re.Pattern[str] | None = None
    years: tuple[int, int] = (0, 9999)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole description; see the how-to for every field."""

    id: str
    title: Text
    source: str
    publisher: str
    words: Words
    encoding: str | None
    delimiter: str | None
    decimals: int
    constants: Readable[str, str]
    definition: tuple[str, Text] | None
    sheets: tuple[SheetRule, ...]
    ignored_sheets: tuple[re.Pattern[str], ...]
    expects: tuple[Expectation, ...]
    names_row: int | None
    headings: tuple[HeadingRule, ...]
    value_column: str | None
    labels: tuple[LabelRule, ...]
    ignored_columns: tuple[str, ...]
    first_row: int
    row_rules: tuple[RowRule, ...]
    notes_start: re.Pattern[str] | None
    notes: tuple[NoteRule, ...]


def mapping(name: str) -> Mapping:
    """Return a mapping of definitions/sources by the name of its file, without ending."""
    path = DEFINITIONS / "sources" / f"{name}.yaml"
    if not re.fullmatch(r"[\w-]+", name) or not path.exists():
        raise BadMapping(mapping=name, field="", problem="?")
    return read_mapping(path)


def read_mapping(path: Path) -> Mapping:
    """Read and check a mapping; raises BadMapping naming file, field and problem."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadMapping(mapping=path.name, field="", problem=type(error).__name__) from None
    return make_mapping(loaded, path.name)


def make_mapping(loaded: Any, file: str) -> Mapping:
    """Make a mapping of a loaded YAML document; raises BadMapping."""
    top = Described(loaded, file)
    rows = top.part("rows")
    notes = top.part("notes")
    csv_rules = top.part("csv")
    identity = top.text("id")
    constants = _sets(top.part("constants"))
    result = Mapping(
        id=identity,
        title=top.translated("title"),
        source=top.text("source"),
        publisher=top.text("publisher", top.text("source")),
        words=words_of(top.text("words")),
        encoding=csv_rules.text("encoding", "") or None,
        delimiter=csv_rules.text("delimiter", "") or None,
        decimals=top.number("decimals", 0),
        constants=constants,
        definition=_definition(top),
        sheets=tuple(_sheet(part) for part in top.parts("sheets")),
        ignored_sheets=top.patterns("ignore_sheets"),
        expects=tuple(_expectation(part) for part in top.parts("expects")),
        names_row=top.number("names_row", 0) - 1 if top.has("names_row") else None,
        headings=tuple(_heading(part) for part in top.parts("headings")),
        value_column=top.text("value_column", "") or None,
        labels=tuple(_label(part) for part in top.parts("labels")),
        ignored_columns=tuple(top.names("ignore_columns")),
        first_row=rows.number("first") - 1,
        row_rules=tuple(_row(part) for part in rows.parts("special")),
        notes_start=notes.pattern("start") if notes.has("start") else None,
        notes=tuple(_note(part, identity) for part in notes.parts("known")),
    )
    _check_shape(result, top)
    top.nothing_else()
    return result


def _check_shape(result: Mapping, top: Described) -> None:
    if not result.sheets:
        top.wrong("sheets", "blank")
    if bool(result.headings) == bool(result.value_column):
        top.wrong("headings", "headings / value_column: exactly one")
    named = [rule.column for rule in result.labels] + [result.value_column or "A"]
    named.extend(result.ignored_columns)
    if result.names_row is None and not all(re.fullmatch("[A-Z]{1,3}", name) for name in named):
        top.wrong("names_row", "blank")
    if result.value_column and not result.labels:
        top.wrong("labels", "blank")
    given = {rule.gives for rule in result.headings} | {rule.gives for rule in result.labels}
    given |= {field for row in result.row_rules if row.block for field in row.sets or ()}
    for sheet in result.sheets:
        known = given | set(result.constants) | set(sheet.sets)
        for field in REQUIRED:
            if field not in known:
                top.wrong(field, "blank")
        if not known & {"year", "period", "stretch"} and result.constants.get("period_kind") != "U":
            top.wrong("year / period", "blank")


def _sets(part: Described) -> dict[str, str]:
    values = part.strings(SETTABLE)
    for field, code in values.items():
        if field in CODED and field != "commodity":
            try:
                check_code(field, code)
            except UnknownCode as error:
                part.wrong(field, f"{code}? {error.params['near']}")
    if "unit_mult" in values and not re.fullmatch(r"-?\d{1,2}", values["unit_mult"]):
        part.wrong("unit_mult", values["unit_mult"])
    if "day" in values and not re.fullmatch(r"\d\d-\d\d", values["day"]):
        part.wrong("day", values["day"])
    if values.get("base_period") not in (None, "previous-year", "unknown", "none"):
        part.wrong("base_period", "previous-year | unknown | none")
    return values


def _definition(top: Described) -> tuple[str, Text] | None:
    part = top.part("definition")
    if not part.has("id"):
        return None
    return f"{top.text('id')}.{part.text('id')}", part.translated("text")


def _sheet(part: Described) -> SheetRule:
    sets = _sets(part.part("set"))
    return SheetRule(part.pattern("name"), part.text("slug", ""), sets, part.number("shift", 0))


def _heading(part: Described) -> HeadingRule:
    gives = part.choice("gives", GIVEN)
    return HeadingRule(part.number("row") - 1, gives, part.choice("fill", ("", "right")) == "right")


def _label(part: Described) -> LabelRule:
    return LabelRule(
        column=part.text("column"),
        gives=part.choice("gives", GIVEN),
        codelist=part.text("codelist", ""),
        by=part.text("by", "name"),
        aliases=part.aliases("aliases"),
    )


def _expectation(part: Described) -> Expectation:
    place = re.fullmatch(r"([A-Z]{1,3})([1-9]\d{0,5})", part.text("cell"))
    if not place:
        part.wrong("cell", part.text("cell"))
    sheet = part.pattern("sheet") if part.has("sheet") else None
    return Expectation(sheet, int(place[2]) - 1, place[1], part.pattern("finds"))


def _row(part: Described) -> RowRule:
    label = part.pattern("label")
    sheet = part.pattern("sheet") if part.has("sheet") else None
    if part.flag("leave_out"):
        return RowRule(label, None, sheet=sheet)
    years = (part.number("since_year", 0), part.number("until_year", 9999))
    return RowRule(label, _sets(part.part("set")), part.flag("block"), sheet, years)


def _note(part: Described, identity: str) -> NoteRule:
    binds = part.part("binds")
    binding = Binding(
        by_mark=binds.flag("by_mark", default=not binds.has("sheets")),
        sheets=binds.patterns("sheets"),
        since=binds.day("since"),
        until=binds.day("until"),
        except_areas=frozenset(binds.codes("except_areas", "areas")),
    )
    return NoteRule(
        id=f"{identity}.{part.text('id')}",
        finds=part.pattern("finds"),
        text=part.translated("text"),
        binding=binding,
        optional=part.flag("optional"),
    )
