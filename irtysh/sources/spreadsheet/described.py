"""A part of a YAML description, read field by field; every mistake names its field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from irtysh.vocabulary.codelists import codelist
from irtysh.vocabulary.errors import BadMapping
from irtysh.vocabulary.text import LANGUAGES, Text


class Described:
    """A mapping of YAML with the place it came from.

    Fields that nobody asked for are mistakes too: ``nothing_else`` finds them, in this part
    and in those read through it.
    """

    def __init__(self, loaded: Any, file: str, place: str = "") -> None:
        if not isinstance(loaded, dict):
            raise BadMapping(mapping=file, field=place, problem=type(loaded).__name__)
        self._fields = loaded
        self._file = file
        self._place = place
        self._asked: set[str] = set()
        self._inner: list[Described] = []

    def wrong(self, field: str, problem: str) -> NoReturn:
        """Raise BadMapping for one of the fields."""
        raise BadMapping(mapping=self._file, field=self._at(field), problem=problem)

    def has(self, field: str) -> bool:
        """Return True if the field is there and not null."""
        self._asked.add(field)
        return self._fields.get(field) is not None

    def text(self, field: str, default: str | None = None) -> str:
        """Return a text; a missing one is a mistake unless there is a default."""
        if not self.has(field):
            if default is None:
                self.wrong(field, "blank")
            return default
        value = self._fields[field]
        if not isinstance(value, str) or not value.strip():
            self.wrong(field, f"{value!r}")
        return value

    def number(self, field: str, default: int | None = None) -> int:
        """Return a whole number from 0 to a million."""
        if not self.has(field) and default is not None:
            return default
        value = self._fields.get(field)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10**6:
            self.wrong(field, f"{value!r}")
        return value

    def flag(self, field: str, *, default: bool = False) -> bool:
        """Return true or false."""
        if not self.has(field):
            return default
        value = self._fields[field]
        if not isinstance(value, bool):
            self.wrong(field, f"{value!r}")
        return value

    def day(self, field: str) -> date | None:
        """Return a date, or None where it is missing."""
        if not self.has(field):
            return None
        value = self._fields[field]
        if not isinstance(value, date):
            self.wrong(field, f"{value!r}")
        return date(value.year, value.month, value.day)

    def choice(self, field: str, allowed: Sequence[str]) -> str:
        """Return one of the allowed words; "" is allowed only if it is among them."""
        value = self.text(field, "" if "" in allowed else None)
        if value not in allowed:
            self.wrong(field, f"{value}? {', '.join(filter(None, allowed))}")
        return value

    def pattern(self, field: str) -> re.Pattern[str]:
        """Return a regular expression, case levelled."""
        return self._compiled(field, self.text(field))

    def names(self, field: str) -> tuple[str, ...]:
        """Return a list of texts; a missing one is empty."""
        values = self._fields[field] if self.has(field) else []
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.wrong(field, f"{values!r}")
        return tuple(values)

    def patterns(self, field: str) -> tuple[re.Pattern[str], ...]:
        """Return a list of regular expressions; a missing one is empty."""
        return tuple(self._compiled(field, value) for value in self.names(field))

    def codes(self, field: str, list_name: str) -> tuple[str, ...]:
        """Return a list of codes that a code list has; a missing one is empty."""
        values = self.names(field)
        for value in values:
            if value not in codelist(list_name):
                self.wrong(field, f"{value}?")
        return values

    def translated(self, field: str) -> Text:
        """Return a text in all languages of Irtysh."""
        part = self.part(field)
        return Text({language: part.text(language) for language in LANGUAGES})

    def part(self, field: str) -> Described:
        """Return a nested part; a missing one is empty."""
        loaded = self._fields[field] if self.has(field) else {}
        inner = Described(loaded, self._file, self._at(field))
        self._inner.append(inner)
        return inner

    def parts(self, field: str) -> list[Described]:
        """Return a list of nested parts; a missing one is empty."""
        loaded = self._fields[field] if self.has(field) else []
        if not isinstance(loaded, list):
            self.wrong(field, type(loaded).__name__)
        inner = [
            Described(item, self._file, f"{self._at(field)}[{number}]")
            for number, item in enumerate(loaded, 1)
        ]
        self._inner.extend(inner)
        return inner

    def strings(self, allowed: Sequence[str]) -> dict[str, str]:
        """Return all fields of this part as text; only the allowed ones may be there."""
        self._asked.update(allowed)
        values = {}
        for field in allowed:
            if field in self._fields:
                value = self._fields[field]
                if not isinstance(value, str | int) or isinstance(value, bool):
                    self.wrong(field, f"{value!r}")
                values[field] = str(value)
        return values

    def aliases(self, field: str) -> dict[str, str]:
        """Return a table from text to text."""
        self.has(field)
        loaded = self._fields.get(field) or {}
        if not isinstance(loaded, dict):
            self.wrong(field, type(loaded).__name__)
        if not all(isinstance(value, str) for pair in loaded.items() for value in pair):
            self.wrong(field, "text: text")
        return dict(loaded)

    def nothing_else(self) -> None:
        """Raise BadMapping for a field that nobody asked for."""
        for field in self._fields:
            if field not in self._asked:
                self.wrong(str(field), "?")
        for inner in self._inner:
            inner.nothing_else()

    def _at(self, field: str) -> str:
        return f"{self._place}.{field}" if self._place else field

    def _compiled(self, field: str, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text, re.IGNORECASE)
        except re.error as error:
            self.wrong(field, f"{text}: {error}")
