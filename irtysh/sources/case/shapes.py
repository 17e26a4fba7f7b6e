"""What a value in a case file may be: a small language of shapes, checked with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from irtysh.sources.case.yaml_lines import Document, Path
from irtysh.vocabulary.errors import Fault

_ID = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its document and path."""

    document: Document
    path: Path

    def fault(self, code: str, severity: str = "error", **params: Any) -> Fault:
        """Return a fault at this place."""
        column = ".".join(str(part) for part in self.path)
        line = self.document.line(self.path)
        return Fault(code, self.document.file, line, column, params, severity)

    def child(self, key: str | int) -> Place:
        """Return the place of a value within this one."""
        return Place(self.document, (*self.path, key))


Check = Callable[[Any, Place], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known fields.

    Attributes
    ----------
    required, optional : dict
        Field → check of its value.
    is_open : bool
        True where further fields are allowed (typed statements).
    """

    required: Mapping[str, Check]
    optional: Mapping[str, Check]
    is_open: bool = False

    def __call__(self, value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield place.fault("WrongType", expected="mapping", found=_kind(value))
            return
        for name in self.required:
            if value.get(name) in (None, "", [], {}):
                yield place.fault("FieldMissing", field=name)
        known = {**self.required, **self.optional}
        for name, inner in value.items():
            check = known.get(name)
            if check is not None:
                if inner is not None:
                    yield from check(inner, place.child(name))
            elif not self.is_open:
                near = ", ".join(get_close_matches(name, known, n=2)) or ", ".join(sorted(known))
                yield place.child(name).fault("UnknownField", field=name, near=near)


def listed(check: Check) -> Check:
    """Return a check of a list whose every item passes ``check``."""

    def check_list(value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield place.fault("WrongType", expected="list", found=_kind(value))
            return
        for number, item in enumerate(value):
            yield from check(item, place.child(number))

    return check_list


def keyed(check: Check) -> Check:
    """Return a check of a mapping with free keys whose every value passes ``check``."""

    def check_mapping(value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield place.fault("WrongType", expected="mapping", found=_kind(value))
            return
        for key, item in value.items():
            yield from check(item, place.child(key))

    return check_mapping


def text_in(languages: tuple[str, ...]) -> Check:
    """Return a check of a text that must stand in every language of the case."""

    def check_text(value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield place.fault("WrongType", expected="text", found=_kind(value))
            return
        for language in languages:
            if not str(value.get(language) or "").strip():
                yield place.fault("TextMissing", language=language)
        for language in value:
            if language not in languages:
                yield place.child(language).fault(
                    "TextUnknownLanguage", language=language, known=", ".join(languages)
                )

    return check_text


def string(value: Any, place: Place) -> Iterator[Fault]:
    """Check a plain text of one language (a name, a locator); numbers pass as text."""
    if isinstance(value, dict | list | bool):
        yield place.fault("WrongType", expected="string", found=_kind(value))


def boolean(value: Any, place: Place) -> Iterator[Fault]:
    """Check true or false."""
    if not isinstance(value, bool):
        yield place.fault("WrongType", expected="boolean", found=_kind(value))


def anything(value: Any, place: Place) -> Iterator[Fault]:
    """Accept any value: its owner checks it."""
    yield from ()


def identifier(value: Any, place: Place) -> Iterator[Fault]:
    """Check a name made of letters, digits, ".", "_", "-"."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        yield place.fault("BadId", value=str(value))


def address(value: Any, place: Place) -> Iterator[Fault]:
    """Check a web address."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        yield place.fault("BadAddress", value=str(value))


def day(value: Any, place: Place) -> Iterator[Fault]:
    """Check a date, known to the day, the month or the year."""
    text = str(value)
    padded = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        date.fromisoformat(padded)
    except ValueError:
        yield place.fault("BadDate", value=text)


def between(low: float, high: float) -> Check:
    """Return a check of a number within bounds."""

    def check_number(value: Any, place: Place) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield place.fault("WrongType", expected="number", found=_kind(value))
        elif not low <= value <= high:
            yield place.fault("OutOfRange", value=str(value), low=str(low), high=str(high))

    return check_number


def one_of(*options: str) -> Check:
    """Return a check of a word from a short list."""

    def check_option(value: Any, place: Place) -> Iterator[Fault]:
        if value not in options:
            yield place.fault("NotAnOption", value=str(value), options=", ".join(options))

    return check_option


def known_in(codes: Mapping[str, Any], name: str) -> Check:
    """Return a check of a code that must be in a list."""

    def check_code(value: Any, place: Place) -> Iterator[Fault]:
        if str(value) not in codes:
            near = ", ".join(get_close_matches(str(value), list(codes), n=3))
            yield place.fault("CodeUnknown", value=str(value), codelist=name, near=near or "—")

    return check_code


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    return {dict: "mapping", list: "list", str: "text", bool: "true/false"}.get(
        type(value), "number"
    )
