"""Shapes that the columns of a register ask of a case file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from irtysh.sources.case.shapes import (
    Check,
    Place,
    Record,
    address,
    between,
    boolean,
    day,
    identifier,
    known_in,
    listed,
    string,
    text_in,
)
from irtysh.sources.registers import Column, Kind, Table
from irtysh.sources.registers.agreement import disagreements
from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import Fault, IrtyshError
from irtysh.vocabulary.geojson import read_geometry
from irtysh.vocabulary.season import day_of_year

_BOUND = 1e18

_PLAIN: dict[Kind, Check] = {
    Kind.ID: identifier,
    Kind.STRING: string,
    Kind.ADDRESS: address,
    Kind.DAY: day,
    Kind.FLAG: boolean,
    Kind.RECORD: identifier,
    Kind.LINK: string,
    Kind.STRINGS: listed(string),
}


def _readable(read: Callable[[str], object]) -> Check:
    """Return a check that a text can be read; the error of the reader is the fault."""

    def check(value: Any, place: Place) -> Iterator[Fault]:
        yield from string(value, place)
        try:
            read(str(value))
        except IrtyshError as error:
            yield place.fault(error.code, **error.params)

    return check


_OF_OWN_FORM: dict[str, Check] = {
    "geojson": _readable(read_geometry),
    "season_from": _readable(day_of_year),
    "season_to": _readable(day_of_year),
}
"""Columns whose text follows a form of its own."""

_ID = Column("id", Kind.ID, is_required=True)

OF_THE_CASE = ("themes", "sides")
"""Code lists that the case itself states; what is in them is checked across its files."""


def document_check(table: Table, languages: tuple[str, ...]) -> Check:
    """Return the check of a register's document: a list of records."""
    return listed(_agreeing(table.name, _shape((_ID, *table.columns), languages, table.is_open)))


def _agreeing(register: str, shape: Record) -> Check:
    """Return the check of a whole record: each column alone, then what they say together."""

    def check(value: Any, place: Place) -> Iterator[Fault]:
        yield from shape(value, place)
        if isinstance(value, dict):
            for column, error in disagreements(register, value):
                yield place.child(column).fault(error.code, **error.params)

    return check


def _shape(columns: tuple[Column, ...], languages: tuple[str, ...], is_open: bool) -> Record:
    checks = {column.name: _check(column, languages) for column in columns}
    required = {column.name for column in columns if column.is_required}
    return Record(
        {name: check for name, check in checks.items() if name in required},
        {name: check for name, check in checks.items() if name not in required},
        is_open,
    )


def _check(column: Column, languages: tuple[str, ...]) -> Check:
    if column.kind is Kind.ROWS:
        return listed(_shape(column.rows, languages, is_open=False))
    if column.kind in (Kind.CODE, Kind.CODES):
        is_own = column.codes in OF_THE_CASE
        one = string if is_own else known_in(codelist(column.codes), column.codes)
        return listed(one) if column.kind is Kind.CODES else one
    if column.name in _OF_OWN_FORM:
        return _OF_OWN_FORM[column.name]
    if column.kind in (Kind.INTEGER, Kind.DECIMAL):
        low = -_BOUND if column.low is None else column.low
        return between(low, _BOUND if column.high is None else column.high)
    return _PLAIN[column.kind] if column.kind in _PLAIN else text_in(languages)
