"""A laid-out view as a template shows it: headings, numbers in words of the language, notes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from irtysh.portal.explorer.naming import Naming, dimension_names, period_name
from irtysh.portal.presenters.words import qualifier_words
from irtysh.publication.cells import Cell
from irtysh.publication.pivot import Head, Sum, Table
from irtysh.publication.view_queries import place_of
from irtysh.publication.views import View
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.numbers import Qualifier, format_number
from irtysh.vocabulary.wording import say

COMPUTED_DIGITS = 1
MOST_ON_PAPER = 8
"""Columns that a sheet of paper holds; with more, each value is printed with its heading."""


def table_page(view: View, table: Table, naming: Naming) -> dict[str, Any]:
    """Return the table with its caption, headings, rows, footnotes and legend."""
    notes = _Notes(naming, table)
    labels = dimension_names()
    return {
        "corner": [labels[name] for name in table.row_dimensions],
        "tops": _tops(view, table, naming),
        "is_wide": len(table.columns) > MOST_ON_PAPER,
        "rows": _rows(view, table, naming, notes),
        "sums": _sums(view, table, naming),
        "no_sums": _no_sums(table.no_sums),
        "missing_sums": any(one is not None and one.missing for one in table.sums or ()),
        "unit": unit_words(naming, table.unit) if table.unit else "",
        "has_units": table.unit is None,
        "notes": notes.texts,
        "common": notes.common,
        "has_rivals": any(cell.rivals for cell in table.cells.values()),
        "has_derived": any(_is_derived(cell) for cell in table.cells.values()),
        "has_gaps": len(table.cells) < len(table.all_rows) * len(table.all_columns),
        "observations": table.observations,
        "total_rows": table.total_rows,
        "total_columns": table.total_columns,
        "swapped": replace(
            view,
            rows=table.column_dimensions,
            columns=table.row_dimensions,
            sort="code",
            page=1,
            across=1,
        ).query(),
        "pager": _pager(view, table),
        "sorting": _sorting(view),
    }


def unit_words(naming: Naming, unit: tuple[str, int]) -> str:
    """Return a unit with its multiplier: "million USD"."""
    symbol = naming.words.symbol(unit[0])
    try:
        return say("units", str(unit[1]), naming.words.language, unit=symbol)
    except Exception:  # noqa: BLE001
        return f"10^{unit[1]} {symbol}"


def calculation_words(view: View, naming: Naming) -> str:
    """Say what a view computes."""
    base = period_name(view.base, naming.words.language)
    return {
        "none": _("as published"),
        "previous": _("growth on the period before, %"),
        "year": _("growth on the same period of the year before, %"),
        "index": _("index, %(base)s = 100") % {"base": base},
        "share": _("share of all goods, %")
        if view.whole == "commodity"
        else _("share of all countries, %"),
    }[view.calculation]


def _tops(view: View, table: Table, naming: Naming) -> list[list[dict[str, Any]]]:
    """Return the rows of column headings; equal neighbours of all but the last are one."""
    lines: list[list[dict[str, Any]]] = []
    last = len(table.column_dimensions) - 1
    for depth, dimension in enumerate(table.column_dimensions):
        line: list[dict[str, Any]] = []
        for head in table.columns:
            same = line and line[-1]["key"] == head.key[: depth + 1] and depth < last
            if same:
                line[-1]["span"] += 1
                continue
            named = naming.name(dimension, head.key[depth])
            line.append(
                {
                    "key": head.key[: depth + 1],
                    "text": naming.written(dimension, head.key[depth]),
                    "language": named.language,
                    "span": 1,
                    "unit": _own_unit(table, head, naming) if depth == last else "",
                    **(_sort_of(view, "|".join(head.key)) if depth == last else {}),
                }
            )
        lines.append(line)
    return lines


def _sort_of(view: View, key: str) -> dict[str, str]:
    """Return how a column sorts and where a click on it leads: falling first, then rising."""
    state = {f"-{key}": "descending", key: "ascending"}.get(view.sort, "")
    turned = key if view.sort == f"-{key}" else f"-{key}"
    return {"sorted": state, "sort_query": replace(view, sort=turned, page=1).query()}


def _sorting(view: View) -> dict[str, dict[str, Any]]:
    """Return the ways to order rows by their own headings."""
    ways = {"code": _("in the order of the list"), "name": _("by name")}
    return {
        name: {
            "text": text,
            "is_now": view.sort == name,
            "query": replace(view, sort=name, page=1).query(),
        }
        for name, text in ways.items()
    }


def _own_unit(table: Table, head: Head, naming: Naming) -> str:
    return unit_words(naming, head.unit) if table.unit is None and head.unit else ""


def _at(table: Table, head: Head, naming: Naming) -> str:
    """Return a column's heading in one line: what stands beside a value on paper."""
    pairs = zip(table.column_dimensions, head.key, strict=True)
    return ", ".join(naming.written(dimension, code) for dimension, code in pairs)


def _rows(view: View, table: Table, naming: Naming, notes: _Notes) -> list[dict[str, Any]]:
    """Return the rows; a heading that repeats the one above it says so."""
    rows = [_row(view, table, head, naming, notes) for head in table.rows]
    if len(table.columns) > MOST_ON_PAPER:
        columns = [_at(table, column, naming) for column in table.columns]
        for row in rows:
            for cell, at in zip(row["cells"], columns, strict=True):
                if cell is not None:
                    cell["at"] = at
    for before, head, row in zip(table.rows, table.rows[1:], rows[1:], strict=False):
        for place, name in enumerate(row["names"][:-1]):
            name["is_again"] = head.key[: place + 1] == before.key[: place + 1]
    return rows


def _row(view: View, table: Table, head: Head, naming: Naming, notes: _Notes) -> dict[str, Any]:
    names = [
        {
            "text": naming.written(dimension, code),
            "language": naming.name(dimension, code).language,
        }
        for dimension, code in zip(table.row_dimensions, head.key, strict=True)
    ]
    columns_say = all(column.unit for column in table.columns)
    own = _own_unit(table, head, naming) if not columns_say else ""
    return {
        "names": names,
        "depth": min(head.depth, 5),
        "unit": own,
        "cells": [
            _cell(
                table.cells.get((head.key, column.key)),
                naming,
                notes,
                with_unit=table.unit is None and not own and not column.unit,
            )
            for column in table.columns
        ],
    }


def _cell(
    cell: Cell | None, naming: Naming, notes: _Notes, *, with_unit: bool
) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {
        "text": number_words(cell, naming.words.language),
        "words": qualifier_words(Qualifier(cell.qualifier)) if not cell.formula else "",
        "is_missing": cell.value is None,
        "bounds": bounds_words(cell, naming.words.language) if cell.value is None else "",
        "is_derived": _is_derived(cell),
        "rivals": cell.rivals,
        "marks": notes.marks(cell),
        "place": place_of(cell.place),
        "unit": unit_words(naming, (cell.unit, cell.unit_mult)) if with_unit else "",
    }


def number_words(cell: Cell, language: str) -> str:
    """Write the value of a cell: growth with its sign, computed values to one decimal."""
    if cell.value is None:
        return ""
    text = format_number(cell.value, language, COMPUTED_DIGITS if cell.formula else None)
    is_growth = cell.formula.startswith("growth-") and cell.unit == "PC"
    return f"+{text}" if is_growth and cell.value > 0 else text


def bounds_words(cell: Cell, language: str) -> str:
    """Write the bounds of a cell that has no value; empty where it has none either."""
    if cell.low is None or cell.high is None:
        return ""
    ends = (format_number(end, language, COMPUTED_DIGITS) for end in (cell.low, cell.high))
    return "–".join(ends)


def _is_derived(cell: Cell) -> bool:
    return cell.status not in ("OBSERVED", "TARGET", "MISSING") and not cell.formula


class _Notes:
    """Footnotes in the order in which the table meets them."""

    def __init__(self, naming: Naming, table: Table) -> None:
        self._naming = naming
        self._numbers: dict[tuple[str, str], int] = {}
        self.texts: list[str] = []
        each = [set(_asked(cell)) for cell in table.cells.values()]
        self._everywhere = set.intersection(*each) if len(each) > 1 else set()
        first = next(iter(table.cells.values()))
        said = (self._text(*one) for one in _asked(first) if one in self._everywhere)
        self.common = [text for text in said if text]

    def marks(self, cell: Cell) -> list[int]:
        """Return the numbers of the footnotes of a cell; what holds for all stands apart."""
        own = [one for one in _asked(cell) if one not in self._everywhere]
        return [number for one in own if (number := self._number(one))]

    def _number(self, one: tuple[str, str]) -> int:
        if one not in self._numbers:
            text = self._text(*one)
            if not text:
                return 0
            self.texts.append(text)
            self._numbers[one] = len(self.texts)
        return self._numbers[one]

    def _text(self, kind: str, code: str) -> str:
        language = self._naming.words.language
        if kind == "note":
            return self._naming.words.text(self._naming.words.notes.get(code))
        return codelist("flags" if kind == "flag" else "statuses").label(code, language)


def _asked(cell: Cell) -> list[tuple[str, str]]:
    """Return what must be said below the table of a cell: notes, flags, its status."""
    asked = [("note", note) for note in cell.notes]
    asked += [("flag", flag) for flag in cell.flags if flag != "RIVALS"]
    if cell.status not in ("OBSERVED", "MISSING") and not cell.formula:
        asked.append(("status", cell.status))
    return asked


def definitions(table: Table, naming: Naming) -> list[str]:
    """Return what the sources say that they measure, each once."""
    ids = dict.fromkeys(cell.definition for cell in table.cells.values() if cell.definition)
    texts = (naming.words.text(naming.words.notes.get(one)) for one in ids)
    return [text for text in dict.fromkeys(texts) if text]


def _sums(view: View, table: Table, naming: Naming) -> list[dict[str, Any] | None] | None:
    if table.sums is None or view.page != table.pages:
        return None
    is_wide = len(table.columns) > MOST_ON_PAPER
    return [
        found and {**found, "at": _at(table, column, naming) if is_wide else ""}
        for found, column in zip(
            (_one_sum(one, naming) for one in table.sums), table.columns, strict=True
        )
    ]


def _one_sum(one: Sum | None, naming: Naming) -> dict[str, Any] | None:
    if one is None:
        return None
    text = format_number(Decimal(one.value), naming.words.language)
    return {"text": text, "missing": one.missing}


def _no_sums(why: str) -> str:
    return {
        "overlap": _("No sum: some rows are parts of others."),
        "measure": _("No sum: growth rates, shares and different measures are not added up."),
    }.get(why, "")


def _pager(view: View, table: Table) -> dict[str, Any] | None:
    if table.pages < 2 and table.pages_across < 2:
        return None
    page, across = min(view.page, table.pages), min(view.across, table.pages_across)

    def at(**more: int) -> str:
        return replace(view, **more).query()

    return {
        "page": page,
        "pages": table.pages,
        "before": at(page=page - 1) if page > 1 else "",
        "after": at(page=page + 1) if page < table.pages else "",
        "across": across,
        "pages_across": table.pages_across,
        "later": at(across=across - 1) if across > 1 else "",
        "earlier": at(across=across + 1) if across < table.pages_across else "",
    }
