"""Columns of a register: what each holds, whatever reads or writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a column holds; a missing value is an empty cell, never a zero."""

    ID = "id"
    TEXT = "text"
    """A short text in every language of the case."""
    PROSE = "prose"
    """Paragraphs in every language."""
    STRING = "string"
    """A text of no language: a number of an act, a locator."""
    ADDRESS = "address"
    CODE = "code"
    """A code of the list ``codes``."""
    CODES = "codes"
    """Several codes of one list, in order, without repetition."""
    STRINGS = "strings"
    DAY = "day"
    """A date known to the day, the month or the year, as ISO 8601 text."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    FLAG = "flag"
    """Yes, no, or empty where nobody knows."""
    RECORD = "record"
    """The id of a record of ``register``."""
    LINK = "link"
    """A record of any register, as ``register/id``."""
    ROWS = "rows"
    """Rows of their own, described by ``rows``."""


TRANSLATED = (Kind.TEXT, Kind.PROSE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    name : str
        Field in case files; in tables a translated column is ``name_ru``, ``name_kk`` …
    codes : str
        Code list of CODE and CODES; ``themes`` means the themes of the case.
    register : str
        Register that a RECORD points into.
    rows : tuple of Column
        Columns of ROWS.
    low, high : float or None
        Bounds of a number.
    is_required : bool
        True where a record without it says nothing.
    is_facet : bool
        True where readers narrow the list by it.
    """

    name: str
    kind: Kind
    codes: str = ""
    register: str = ""
    rows: tuple[Column, ...] = ()
    low: float | None = None
    high: float | None = None
    is_required: bool = False
    is_facet: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One register.

    Attributes
    ----------
    name : str
        The register, as in its address: "organisations".
    document : str
        Kind of case document that holds it.
    columns : tuple of Column
        Without ``id``, which every register has first.
    files : tuple of str
        Patterns of the case files.
    is_open : bool
        True where a case file may hold further fields, kept as they are.
    """

    name: str
    document: str
    columns: tuple[Column, ...]
    files: tuple[str, ...]
    is_open: bool = False

    def column(self, name: str) -> Column:
        """Return a column by name; raises KeyError."""
        return {column.name: column for column in self.columns}[name]

    def of(self, *kinds: Kind) -> Iterator[Column]:
        """Yield the columns of some kinds."""
        return (column for column in self.columns if column.kind in kinds)
