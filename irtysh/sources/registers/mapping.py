"""Foreign tables as registers: a description in YAML says what each of our columns is made of.

One row of the table may fill records of several registers; rows that name the same record are one
record. See docs/how-to/bulk.md for the language of the descriptions.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from irtysh.sources.registers.cells import day_by, plain_text, read
from irtysh.sources.registers.columns import TRANSLATED, Column, Kind, Table
from irtysh.sources.registers.names import CellRefused, Names
from irtysh.sources.registers.reading import LIMITS, EmptySheet, ReadFile, SheetRow, long_fields
from irtysh.sources.registers.tables import TABLES
from irtysh.sources.spreadsheet.packages import column_letters
from irtysh.sources.spreadsheet.workbook import Cell, CellKind, Sheet, open_workbook
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.text import LANGUAGES

_TOP = {"about", "language", "sheet", "encoding", "delimiter", "registers"}
_REGISTER = {"one_per", "id", "columns"}
_ID = {"prefix", "slug"}
_SPEC = {
    "column",
    "codes",
    "otherwise",
    "empty",
    "date",
    "split",
    "value",
    "record",
    "template",
    "when_wrong",
}
_SOURCES = ("column", "value", "record", "template")
_SLUG = 60
_LETTERS = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіæøåäößłđð",
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia "
    "a g q n o u u h i ae o a a o ss l d d".split(" "),
    strict=True,
))  # fmt: skip
_QUOTES = re.compile("[«»“”„\"'’`]")
_BLANK = re.compile(r"\{([^{}]+)\}")


class BadRegisterMapping(IrtyshError):
    """A description of a foreign table is itself wrong, or is of another table."""


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """How records of one register are made from rows.

    Attributes
    ----------
    one_per : tuple of str
        Columns of the table that tell one record from another.
    slug : tuple of str
        Columns of which the id is made, after ``prefix``.
    columns : dict
        Our column → what it is made of.
    """

    table: Table
    one_per: tuple[str, ...]
    slug: tuple[str, ...]
    prefix: str
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RegisterMapping:
    """A whole description; ``language`` is the one that the table's texts are in."""

    language: str
    rules: tuple[RegisterRule, ...]
    sheet: str = ""
    encoding: str | None = None
    delimiter: str | None = None

    def columns(self) -> set[str]:
        """Return the columns of the table that the description needs."""
        found: set[str] = set()
        for rule in self.rules:
            found |= {*rule.one_per, *rule.slug}
            for spec in rule.columns.values():
                found |= set(_needed(spec))
        return found


def load_mapping(text: str) -> RegisterMapping:
    """Read a description; raises BadRegisterMapping."""
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadRegisterMapping(where="YAML", problem=str(error).splitlines()[0]) from None
    _keys("–", found, _TOP)
    language = found.get("language")
    if language not in LANGUAGES:
        raise BadRegisterMapping(where="language", problem=", ".join(LANGUAGES))
    described = found.get("registers")
    _keys("registers", described, set(TABLES))
    rules = {name: _rule(name, described[name]) for name in TABLES if name in described}
    for name, rule in rules.items():
        for column, spec in rule.columns.items():
            _check(f"{name}.{column}", rule.table.column(column), spec, rules)
    return RegisterMapping(
        language,
        tuple(rules.values()),
        str(found.get("sheet") or ""),
        found.get("encoding"),
        found.get("delimiter"),
    )


def _rule(name: str, found: Any) -> RegisterRule:
    _keys(name, found, _REGISTER)
    made_of = found.get("id") or {}
    _keys(f"{name}.id", made_of, _ID, may_be_empty=True)
    one_per = tuple(found.get("one_per") or ())
    if not one_per:
        raise BadRegisterMapping(where=f"{name}.one_per", problem="[…]")
    table = TABLES[name]
    columns = found.get("columns")
    _keys(f"{name}.columns", columns, {column.name for column in table.columns})
    slug = tuple(made_of.get("slug") or one_per)
    return RegisterRule(table, one_per, slug, str(made_of.get("prefix") or ""), columns)


def _keys(where: str, found: Any, known: set[str], may_be_empty: bool = False) -> None:
    if not isinstance(found, dict) or not (found or may_be_empty):
        raise BadRegisterMapping(where=where, problem="{…}")
    unknown = [str(name) for name in found if name not in known]
    if unknown:
        shown = ", ".join(sorted(known)[:20])
        raise BadRegisterMapping(where=where, problem=f"{unknown[0]}? ({shown})")


def _check(where: str, column: Column, spec: Any, rules: Mapping[str, RegisterRule]) -> None:
    if column.kind is Kind.ROWS:
        if not isinstance(spec, list):
            raise BadRegisterMapping(where=where, problem="[{…}]")
        parts = {one.name: one for one in column.rows}
        for row in spec:
            _keys(where, row, set(parts))
            for name, one in row.items():
                _check(f"{where}.{name}", parts[name], one, rules)
        return
    _keys(where, spec, _SPEC)
    if sum(source in spec for source in _SOURCES) != 1:
        raise BadRegisterMapping(where=where, problem=" | ".join(_SOURCES))
    if "record" in spec and spec["record"] not in rules:
        raise BadRegisterMapping(where=where, problem=f"record: {', '.join(rules)}")


def _needed(spec: Any) -> Iterator[str]:
    if isinstance(spec, list):
        for row in spec:
            for one in row.values():
                yield from _needed(one)
    elif "column" in spec:
        yield str(spec["column"])
    elif "template" in spec:
        yield from _BLANK.findall(str(spec["template"]))


@dataclass
class _Made:
    """A record in the making."""

    id: str
    row: int
    place: str
    given: dict[str, Any] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_mapped(
    data: bytes, file: str, mapping: RegisterMapping, names: Names
) -> dict[str, ReadFile]:
    """Return register → the records that a foreign table makes.

    Raises NotReadable, TooLarge, EncodingUnclear, EmptySheet, BadRegisterMapping.
    """
    with long_fields():
        book = open_workbook(data, file=file, encoding=mapping.encoding,
                             delimiter=mapping.delimiter, limits=LIMITS)  # fmt: skip
    sheets = [one for one in book.sheets if one.name == mapping.sheet] or list(book.sheets)
    if not sheets or len(sheets[0].rows) < 2:
        raise EmptySheet(file=file)
    reader = _Foreign(sheets[0], file, mapping, names)
    return reader.read(book.form, book.remarks)


class _Foreign:
    """One foreign table being read."""

    def __init__(self, sheet: Sheet, file: str, mapping: RegisterMapping, names: Names) -> None:
        self.sheet = sheet
        self.file = file
        self.mapping = mapping
        self.names = names
        header = [plain_text(cell).strip() for cell in sheet.rows[0]]
        self.places = {name: place for place, name in enumerate(header)}
        missing = sorted(mapping.columns() - set(self.places))
        if missing:
            raise BadRegisterMapping(where=file, problem=f"{missing[0]}? ({', '.join(header)})")
        self.made: dict[str, dict[tuple[str, ...], _Made]] = {
            rule.table.name: {} for rule in mapping.rules
        }
        self.faults: dict[str, list[Fault]] = {rule.table.name: [] for rule in mapping.rules}
        self._ids: dict[str, set[str]] = {rule.table.name: set() for rule in mapping.rules}

    def read(self, form: str, remarks: Sequence[Fault]) -> dict[str, ReadFile]:
        """Go through the rows once."""
        for number in range(1, len(self.sheet.rows)):
            if all(cell.is_blank for cell in self.sheet.rows[number]):
                continue
            here = {rule.table.name: self._record(rule, number) for rule in self.mapping.rules}
            for rule in self.mapping.rules:
                record = here[rule.table.name]
                if record is not None:
                    self._fill(rule, record, number, here)
        return {
            name: ReadFile(
                self.file,
                form,
                tuple(
                    SheetRow(one.id, one.row, one.given, {"id": one.place}, tuple(one.faults))
                    for one in made.values()
                ),
                (*remarks, *self.faults[name]),
            )
            for name, made in self.made.items()
            if made
        }

    def _record(self, rule: RegisterRule, number: int) -> _Made | None:
        """Return the record that a row speaks of, made now if it is the first to do so."""
        name = rule.table.name
        key = tuple(same_name(self._text(column, number)) for column in rule.one_per)
        if not all(key):
            params = {"register": name, "columns": ", ".join(rule.one_per)}
            place = self._address(rule.one_per[key.index("")], number)
            self.faults[name].append(
                Fault("MappedKeyEmpty", self.file, number + 1, place, params, "warning")
            )
            return None
        known = self.made[name]
        if key not in known:
            text = " ".join(self._text(column, number) for column in rule.slug)
            code = self._free(name, rule.prefix + slug(text, _SLUG), key)
            known[key] = _Made(code, number + 1, self._address(rule.one_per[0], number))
        return known[key]

    def _free(self, register: str, wanted: str, key: tuple[str, ...]) -> str:
        """Return an id that no other record has; a hash of the key tells alike ones apart."""
        code = wanted
        if wanted in self._ids[register] or wanted.endswith("-"):
            mark = hashlib.sha256("\x1f".join(key).encode()).hexdigest()
            code = f"{wanted.rstrip('-')}-{mark[:6]}"
        self._ids[register].add(code)
        return code

    def _fill(
        self, rule: RegisterRule, record: _Made, number: int, here: Mapping[str, _Made | None]
    ) -> None:
        for name, spec in rule.columns.items():
            column = rule.table.column(name)
            if column.kind is Kind.ROWS:
                rows = [self._row(column, one, record, number, here) for one in spec]
                record.given.setdefault(name, []).extend(row for row in rows if row)
                continue
            value = self._value(column, spec, record, number, here)
            if value in (None, "", [], {}):
                continue
            told = str(value)
            if name not in record.said:
                record.given[name], record.said[name] = value, told
            elif record.said[name] != told:
                self._differs(record, name, told, number, spec)

    def _row(
        self, column: Column, spec: Mapping[str, Any], record: _Made, number: int,
        here: Mapping[str, _Made | None],
    ) -> dict[str, Any]:  # fmt: skip
        found = {}
        for part in column.rows:
            if part.name in spec:
                value = self._value(part, spec[part.name], record, number, here)
                if value not in (None, "", [], {}):
                    found[part.name] = value
        return found

    def _value(
        self, column: Column, spec: Mapping[str, Any], record: _Made, number: int,
        here: Mapping[str, _Made | None],
    ) -> Any:  # fmt: skip
        if "record" in spec:
            other = here.get(spec["record"])
            return other.id if other is not None else None
        if "value" in spec and isinstance(spec["value"], dict | list | bool | int | float):
            return spec["value"]
        try:
            found = read(column, self._cell(spec, number), self.names)
        except CellRefused as refusal:
            params = {"column": str(spec.get("column", column.name)), **refusal.params}
            place = self._address(str(spec.get("column", "")), number)
            severity = "warning" if spec.get("when_wrong") == "leave" else "error"
            record.faults.append(
                Fault(refusal.code, self.file, number + 1, place, params, severity)
            )
            return None
        if column.kind in TRANSLATED and found is not None:
            return {self.mapping.language: found}
        return found

    def _cell(self, spec: Mapping[str, Any], number: int) -> Cell:
        if "value" in spec:
            return Cell(CellKind.TEXT, str(spec["value"]))
        if "template" in spec:
            text = _BLANK.sub(lambda blank: self._text(blank[1], number), str(spec["template"]))
            return Cell(CellKind.TEXT, " ".join(text.split()))
        name = str(spec["column"])
        text = self._text(name, number)
        if text in [str(one) for one in spec.get("empty") or ()]:
            return Cell(CellKind.BLANK)
        if "codes" in spec and text:
            codes = {str(source): str(code) for source, code in spec["codes"].items()}
            if text not in codes and "otherwise" not in spec:
                raise CellRefused("MappedValueUnknown", value=text)
            text = codes.get(text, str(spec.get("otherwise", "")))
        elif not text and "otherwise" in spec:
            text = str(spec["otherwise"])
        if "date" in spec and text:
            text = day_by(str(spec["date"]), text)
        if "split" in spec:
            text = "; ".join(text.split(str(spec["split"])))
        return Cell(CellKind.TEXT, text)

    def _differs(
        self, record: _Made, name: str, other: str, number: int, spec: Mapping[str, Any]
    ) -> None:
        mark = f"{name}≠{other}"
        if mark in record.said:
            return
        record.said[mark] = other
        params = {"id": record.id, "column": name, "kept": record.said[name], "other": other}
        place = self._address(str(spec.get("column", "")), number)
        record.faults.append(
            Fault("MappedValuesDiffer", self.file, number + 1, place, params, "warning")
        )

    def _text(self, column: str, number: int) -> str:
        return plain_text(self.sheet.at(number, self.places[column])).strip()

    def _address(self, column: str, number: int) -> str:
        place = self.places.get(column)
        return f"{column_letters(place)}{number + 1}" if place is not None else ""


def same_name(text: str) -> str:
    """Return a text in which case, quotes and spaces make no difference."""
    plain = _QUOTES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.split())


def slug(text: str, longest: int) -> str:
    """Return lower-case Latin letters, digits and hyphens; "-" at the end where it was cut.

    Russian and Kazakh letters are written in Latin ones, other accents are left out.
    """
    latin = "".join(_LETTERS.get(sign, sign) for sign in text.casefold())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return found if 0 < len(found) <= longest else f"{found[:longest].strip('-') or 'x'}-"
