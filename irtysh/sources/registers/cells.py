"""A value of a register as a cell of a table, and back, without loss.

A translated column is one cell a language (name_ru, name_kk, name_en). A column of codes, or of
the id of another record, is followed by a second one, ``kind_label``, with its name for people;
reading passes it over. Several codes or texts stand in one cell as "a; b"; within a text ";" is
written "\\;" and a backslash "\\\\". Rows of a record stand in one cell as JSON where the table has
no sheets. An empty cell is a missing value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from irtysh.sources.registers.columns import TRANSLATED, Column, Kind
from irtysh.sources.registers.names import CellRefused, Names
from irtysh.sources.spreadsheet.workbook import Cell, CellKind
from irtysh.vocabulary.text import LANGUAGES

Written = str | int | float | None

ID = Column("id", Kind.ID, is_required=True)
LABEL = "_label"
LABELLED = (Kind.CODE, Kind.CODES, Kind.RECORD)
YES = frozenset("yes y да д иә true 1 истина ақиқат".split())
NO = frozenset("no n нет н жоқ false 0 ложь жалған".split())

_IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}", re.IGNORECASE)
_LINK = re.compile(r"[a-z_]+/[a-z0-9][a-z0-9_.-]{0,79}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SHORT, _LONG, _LINK_LENGTH = 500, 2000, 200
_DIGITS, _PLACES = 16, 8
_LENGTHS = {Kind.TEXT: _SHORT, Kind.STRING: _SHORT, Kind.ADDRESS: _LONG, Kind.LINK: _LINK_LENGTH}
_NOT_SHORT = frozenset({"geojson"})
"""Columns of texts without a language that may be longer than a line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a flat table: a column of the register, in a language, or its label."""

    name: str
    column: Column
    language: str = ""
    is_label: bool = False


def headings(columns: Iterable[Column], *, rows_too: bool) -> tuple[Heading, ...]:
    """Return the columns of a flat table; ``rows_too`` where rows stand in a cell as JSON."""
    found: list[Heading] = []
    for column in columns:
        if column.kind in TRANSLATED:
            found += [Heading(f"{column.name}_{one}", column, one) for one in LANGUAGES]
        elif column.kind is not Kind.ROWS or rows_too:
            found.append(Heading(column.name, column))
            if column.kind in LABELLED:
                found.append(Heading(f"{column.name}{LABEL}", column, is_label=True))
    return tuple(found)


# Writing


def written(heading: Heading, document: Mapping[str, Any], names: Names) -> Written:
    """Return the cell of a document under a heading."""
    column = heading.column
    value = document.get(column.name)
    if heading.is_label:
        return _label(column, value, names)
    if value in (None, "", [], {}):
        return None
    match column.kind:
        case Kind.TEXT | Kind.PROSE:
            return value.get(heading.language) or None
        case Kind.CODES | Kind.STRINGS:
            return joined(value)
        case Kind.FLAG:
            return "yes" if value else "no"
        case Kind.ROWS:
            return as_json(value)
        case Kind.INTEGER | Kind.DECIMAL:
            return value  # type: ignore[no-any-return]
        case _:
            return str(value)


def _label(column: Column, value: Any, names: Names) -> str:
    if not value:
        return ""
    if column.kind is Kind.RECORD:
        return names.of_record(column.register, str(value))
    codes = value if column.kind is Kind.CODES else [value]
    return "; ".join(names.label(column.codes, str(code)) or str(code) for code in codes)


def joined(values: Iterable[Any]) -> str:
    """Return several texts as one cell."""
    return "; ".join(str(one).replace("\\", "\\\\").replace(";", "\\;") for one in values)


def split(text: str) -> list[str]:
    """Return the texts of a cell; the inverse of ``joined`` but for spaces at their ends."""
    found, part, is_escaped = [], "", False
    for sign in text:
        if is_escaped:
            part, is_escaped = part + sign, False
        elif sign == "\\":
            is_escaped = True
        elif sign == ";":
            found.append(part)
            part = ""
        else:
            part += sign
    found.append(part + "\\" * is_escaped)
    return [one.strip() for one in found if one.strip()]


def as_json(value: Any) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# Reading


def read(column: Column, cell: Cell, names: Names) -> Any:
    """Return what a cell says, as a document holds it; None where it is empty.

    Raises CellRefused.
    """
    if cell.kind is CellKind.ERROR:
        raise CellRefused("CellIsError", value=cell.text or "#")
    if cell.is_blank:
        return None
    text = plain_text(cell).strip()
    match column.kind:
        case Kind.CODE:
            return names.code(column.codes, text)
        case Kind.CODES:
            return list(dict.fromkeys(names.code(column.codes, one) for one in split(text)))
        case Kind.STRINGS:
            return split(text)
        case Kind.DAY:
            return _day(text)
        case Kind.INTEGER | Kind.DECIMAL:
            return _number(column, text)
        case Kind.FLAG:
            return _flag(text)
        case Kind.ROWS:
            return _rows(column, text, names)
        case _:
            return _text(column, text)


def plain_text(cell: Cell) -> str:
    """Return the text of a cell; a whole number, which a workbook keeps as 7701.0, as 7701."""
    if cell.kind is CellKind.NUMBER:
        number = Decimal(cell.text)
        if number == number.to_integral_value():
            return f"{number:.0f}"
        return f"{number:f}"
    return cell.text


def _text(column: Column, text: str) -> str:
    limit = None if column.name in _NOT_SHORT else _LENGTHS.get(column.kind)
    if limit and len(text) > limit:
        raise CellRefused("SheetCellTooLong", length=str(len(text)), limit=str(limit))
    shape, code = _SHAPES.get(column.kind, (None, ""))
    if shape and not shape.fullmatch(text):
        raise CellRefused(code, value=_cut(text))
    return text


_SHAPES = {
    Kind.ID: (_IDENTIFIER, "CellNotAnId"),
    Kind.RECORD: (_IDENTIFIER, "CellNotAnId"),
    Kind.LINK: (_LINK, "CellNotALink"),
    Kind.ADDRESS: (_ADDRESS, "CellNotAnAddress"),
}


def _day(text: str) -> str:
    """Read 2024-05-31, 2024-05, 2024, 31.05.2024, or the moment that a workbook makes of it."""
    tidy = text.removesuffix("T00:00:00").removesuffix(" 00:00:00")
    dotted = _DOTTED_DAY.fullmatch(tidy)
    if dotted:
        tidy = f"{dotted[3]}-{int(dotted[2]):02d}-{int(dotted[1]):02d}"
    padded = {4: f"{tidy}-01-01", 7: f"{tidy}-01"}.get(len(tidy), tidy)
    try:
        if not _DAY.fullmatch(tidy):
            raise ValueError
        date.fromisoformat(padded)
    except ValueError:
        raise CellRefused("CellNotADay", value=_cut(text)) from None
    return tidy


def day_by(pattern: str, text: str) -> str:
    """Read a day by a pattern of strptime; raises CellRefused."""
    try:
        return datetime.strptime(text, pattern).date().isoformat()
    except ValueError:
        raise CellRefused("CellNotADay", value=_cut(text)) from None


def _number(column: Column, text: str) -> int | float:
    tidy = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if "." not in tidy and tidy.count(",") == 1:
        tidy = tidy.replace(",", ".")
    try:
        number = Decimal(tidy.replace("−", "-"))
    except InvalidOperation:
        raise CellRefused("SheetCellNotANumber", value=_cut(text)) from None
    is_whole = number.is_finite() and number == number.to_integral_value()
    if not number.is_finite() or (column.kind is Kind.INTEGER and not is_whole):
        raise CellRefused("SheetCellNotANumber", value=_cut(text))
    low, high = (column.low, column.high)
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = f"{_bound(low)} … {_bound(high)}"
        raise CellRefused("CellOutOfRange", value=_cut(text), bounds=bounds)
    if number.adjusted() >= _DIGITS or number != round(number, _PLACES):
        raise CellRefused(
            "CellTooPrecise", value=_cut(text), digits=str(_DIGITS), places=str(_PLACES)
        )
    return int(number) if is_whole else float(number)


def _bound(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"


def _flag(text: str) -> bool:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise CellRefused("CellNotYesNo", value=_cut(text))


# Rows in one cell


def _rows(column: Column, text: str, names: Names) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CellRefused("CellNotJson", problem=str(error)[:200]) from None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise CellRefused("CellNotJson", problem="[{…}, {…}]")
    return [_row(column, row, number, names) for number, row in enumerate(found, 1)]


def _row(column: Column, row: dict[str, Any], number: int, names: Names) -> dict[str, Any]:
    known = {one.name: one for one in column.rows}
    for name in row:
        if name not in known:
            raise CellRefused("CellRowUnknownField", row=str(number), field=_cut(name),
                              known=", ".join(known))  # fmt: skip
    found = {}
    for name, one in known.items():
        value = _from_json(one, row.get(name), names)
        if value not in (None, "", [], {}):
            found[name] = value
        elif one.is_required:
            raise CellRefused("CellRowIncomplete", row=str(number), field=name)
    return found


def _from_json(column: Column, value: Any, names: Names) -> Any:
    if value is None:
        return None
    if column.kind in TRANSLATED:
        return _translated(column, value)
    if column.kind in (Kind.CODES, Kind.STRINGS):
        if not isinstance(value, list):
            raise CellRefused("CellNotJson", problem=f"{column.name}: […]")
        return [read(column, _cell(joined([one])), names)[0] for one in value if str(one).strip()]
    if isinstance(value, dict | list):
        raise CellRefused("CellNotJson", problem=f"{column.name}: {_cut(str(value))}")
    return read(column, _cell(value), names)


def _translated(column: Column, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value) <= set(LANGUAGES):
        raise CellRefused("CellNotJson", problem=f"{column.name}: {{{', '.join(LANGUAGES)}}}")
    texts = {one: _text(column, str(text or "").strip()) for one, text in value.items()}
    return {one: text for one, text in texts.items() if text}


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(CellKind.BOOLEAN, "1" if value else "0")
    if isinstance(value, int | float):
        return Cell(CellKind.NUMBER, repr(value))
    return Cell(CellKind.TEXT, str(value))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
