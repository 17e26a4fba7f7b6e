"""Code lists with names in three languages and dates of validity, read from definitions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from irtysh.vocabulary.errors import UnknownCode
from irtysh.vocabulary.places import DEFINITIONS
from irtysh.vocabulary.text import Text

_OWN_COLUMNS = {"code", "parent", "valid_from", "valid_to"}
_TOO_MANY = "too many"
"""Where the reader puts cells beyond the header."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a list.

    Attributes
    ----------
    code, parent : str
        The entry and what it is part of (empty at the top).
    name : Text
    valid_from, valid_to : date or None
        First and last day on which the code is in use; None where open.
    extra : dict
        The list's other columns as text (symbol of a unit, section of a chapter).
    """

    code: str
    parent: str
    name: Text
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def valid_on(self, day: date) -> bool:
        """Return True if the code was in use on a day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)


class Codelist(Mapping[str, Code]):
    """A list of codes in the order of its file."""

    def __init__(self, name: str, codes: Mapping[str, Code]) -> None:
        self.name = name
        self._codes = dict(codes)

    def __getitem__(self, code: str) -> Code:
        try:
            return self._codes[code]
        except KeyError:
            raise UnknownCode(
                code=code, codelist=self.name, near=_near(code, self._codes)
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def label(self, code: str, language: str) -> str:
        """Return the name of a code in a language; raises UnknownCode."""
        return self[code].name[language]


def read_codelist(path: Path) -> Codelist:
    """Read a CSV with columns code, parent, valid_from, valid_to, name_LANG …, and extras."""
    return read_codelist_text(path.stem, path.read_text(encoding="utf-8"))


def read_codelist_text(name: str, text: str) -> Codelist:
    """Read the text of such a CSV; raises KeyError or ValueError if it is not one.

    A byte-order mark, which spreadsheets write, is passed over.
    """
    codes: dict[str, Code] = {}
    reader = csv.DictReader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), restkey=_TOO_MANY, restval=""
    )
    for row in reader:
        if _TOO_MANY in row:
            raise ValueError(f"line {reader.line_num}: too many cells")
        if row["code"] in codes:
            raise ValueError(f"line {reader.line_num}: {row['code']} stands twice")
        names = {
            column.removeprefix("name_"): value
            for column, value in row.items()
            if column.startswith("name_")
        }
        codes[row["code"]] = Code(
            code=row["code"],
            parent=row.get("parent") or "",
            name=Text(names),
            valid_from=_day(row.get("valid_from")),
            valid_to=_day(row.get("valid_to")),
            extra={
                column: value
                for column, value in row.items()
                if column not in _OWN_COLUMNS and not column.startswith("name_")
            },
        )
    return Codelist(name, codes)


_own: ContextVar[Mapping[str, Codelist]] = ContextVar("own codelists", default={})  # noqa: B039 (never changed)


@contextmanager
def with_own_codelists(own: Mapping[str, Codelist]) -> Iterator[None]:
    """Let the codes of a case stand beside the generic ones while the block runs."""
    joined = {name: Codelist(name, {**_generic(name), **codes}) for name, codes in own.items()}
    token = _own.set(joined)
    try:
        yield
    finally:
        _own.reset(token)


def codelist(name: str) -> Codelist:
    """Return a list of definitions/codelists by the name of its file, without ending.

    Inside ``with_own_codelists`` the codes of the case are among them. Raises UnknownCode.
    """
    return _own.get().get(name) or _generic(name)


@cache
def _generic(name: str) -> Codelist:
    path = DEFINITIONS / "codelists" / f"{name}.csv"
    if not path.exists():
        known = [path.stem for path in sorted(path.parent.glob("*.csv"))]
        raise UnknownCode(code=name, codelist="codelists", near=_near(name, known))
    return read_codelist(path)


def _near(code: str, known: Iterable[str]) -> str:
    return ", ".join(get_close_matches(code, list(known), n=3)) or "—"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
