"""Records of a JSON answer one at a time: an answer of a million records is never held whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from irtysh.vocabulary.errors import NotReadable

_CHUNK = 1 << 18
_LONGEST = 1 << 22
"""Characters of one record: more is no record of a statistical table."""
_START = 1 << 20
"""Characters in which the list of records must begin."""


def first_records(path: Path, encoding: str, key: str, many: int) -> list[dict[str, Any]]:
    """Return the first records of the list under a key, none where there is no such list."""
    found: list[dict[str, Any]] = []
    try:
        for record in records(path, encoding, key):
            found.append(record)
            if len(found) >= many:
                break
    except NotReadable:
        return found
    return found


def records(path: Path, encoding: str, key: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of the list under ``key``; key "" is the second list of a pair.

    Raises NotReadable where the list is missing, cut short or holds something else.
    """
    decoder = json.JSONDecoder(parse_float=str, parse_int=str)
    with path.open(encoding=encoding) as stream:
        text = _begun(_read(stream, _START), key)
        at, ended = 0, False
        while True:
            while at < len(text) and text[at] in " \t\r\n,":
                at += 1
            if at < len(text) and text[at] == "]":
                return
            try:
                record, at = decoder.raw_decode(text, at)
            except json.JSONDecodeError:
                more = "" if ended else _read(stream, _CHUNK)
                text, at, ended = text[at:] + more, 0, not more
                if ended or len(text) > _LONGEST:
                    raise NotReadable(reason=f"JSON: {key or '[1]'}") from None
                continue
            if not isinstance(record, dict):
                raise NotReadable(reason=f"JSON: {key or '[1]'}")
            yield record


def _read(stream: TextIO, many: int) -> str:
    try:
        return stream.read(many)
    except UnicodeError as error:
        raise NotReadable(reason=f"{stream.encoding}: {error}") from None


def _begun(text: str, key: str) -> str:
    """Return the text after the bracket that opens the list; raises NotReadable."""
    if not key:
        stripped = text.lstrip("\ufeff \t\r\n")
        if stripped.startswith("["):
            try:
                _, at = json.JSONDecoder().raw_decode(stripped, 1)
            except json.JSONDecodeError:
                at = len(stripped)
            rest = stripped[at:].lstrip(" \t\r\n,")
            if rest.startswith("["):
                return rest[1:]
        raise NotReadable(reason="JSON: [1]")
    place = text.find(f'"{key}"')
    rest = text[place + len(key) + 2 :].lstrip() if place >= 0 else ""
    rest = rest.removeprefix(":").lstrip()
    if not rest.startswith("["):
        raise NotReadable(reason=f"JSON: {key}")
    return rest[1:]
