"""A look into an XLSX before anything opens it: size unpacked, true extent, error cells.

An XLSX is a zip of XML. The size that counts is the unpacked one, and the extent that counts is
that of the cells present, whatever the file says of itself: two cells in opposite corners of a
sheet ask a reader for seventeen thousand million. Error cells (#N/A) are noted here, because a
reader of values shows them as blank, and "an error" and "blank" are different statements.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping

from irtysh.sources.spreadsheet.limits import Limits, within
from irtysh.vocabulary.errors import NotReadable

Place = tuple[int, int]

_ATTRIBUTES = rb"""((?:[^>"']|"[^"]*"|'[^']*')*)"""
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])" + _ATTRIBUTES + rb">")
_PLACE = re.compile(rb"""(?<![\w:])r\s*=\s*["']([^"']*)["']""")
_ERROR = re.compile(rb"""(?<![\w:])t\s*=\s*["']e["']""")
_REFERENCE = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})")
_SHEET = re.compile(r"<(?:\w+:)?sheet(?=\s)([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship(?=\s)([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_UTF8 = re.compile(rb"""encoding\s*=\s*["']utf-8["']""", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


def look_into(data: bytes, limits: Limits) -> dict[str, frozenset[Place]]:
    """Check a packed workbook and return, per sheet name, its error cells as (row, column).

    Rows and columns count from 0. Raises NotReadable for what is no XLSX, TooLarge for one
    that would not fit.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _checked(package, limits)
    except (*_BROKEN, ValueError) as error:
        raise NotReadable(reason=f"XLSX: {type(error).__name__}") from None


def _checked(package: zipfile.ZipFile, limits: Limits) -> dict[str, frozenset[Place]]:
    parts = package.infolist()
    within("parts", len(parts), limits.parts)
    within("unpacked_bytes", sum(part.file_size for part in parts), limits.unpacked_bytes)
    if "xl/workbook.xml" not in package.namelist():
        raise NotReadable(reason="xl/workbook.xml?")
    errors: dict[str, frozenset[Place]] = {}
    area = 0
    for part in parts:
        content = package.read(part)
        if b"sheetData" not in content and not part.filename.startswith("xl/worksheets/"):
            continue
        if part.filename.endswith(".rels"):
            continue
        rows, columns, wrong = _extent(content, part.filename, limits)
        area += rows * columns
        within("cells", area, limits.cells)
        errors[part.filename] = wrong
    return {name: errors.get(path, frozenset()) for name, path in _sheet_paths(package).items()}


def _extent(content: bytes, name: str, limits: Limits) -> tuple[int, int, frozenset[Place]]:
    """Return rows, columns and error cells, following the places that the cells state."""
    declared = content[:200]
    if b"\x00" in declared or (b"encoding" in declared and not _UTF8.search(declared)):
        raise NotReadable(reason=f"{name}: encoding")
    row = column = -1
    last_row = last_column = -1
    wrong = set()
    for tag in _TAG.finditer(content):
        place = _PLACE.search(tag[2])
        if tag[1] == b"row":
            row = int(place[1]) - 1 if place else row + 1
            column = -1
            continue
        if place:
            reference = _REFERENCE.fullmatch(place[1])
            if not reference:
                raise NotReadable(reason=f"{name}: {place[1][:20]!r}")
            row, column = int(reference[2]) - 1, column_number(reference[1].decode())
        else:
            column += 1
        within("rows", row + 1, limits.rows)
        within("columns", column + 1, limits.columns)
        last_row, last_column = max(last_row, row), max(last_column, column)
        if _ERROR.search(tag[2]):
            wrong.add((row, column))
    return last_row + 1, last_column + 1, frozenset(wrong)


def _sheet_paths(package: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the file of each sheet inside the package, by the sheet's name."""
    book = package.read("xl/workbook.xml").decode("utf-8", errors="replace")
    try:
        relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    except KeyError:
        return {}
    targets = {}
    for relation in _RELATION.findall(relations):
        words = dict(_ATTRIBUTE.findall(relation))
        path = posixpath.normpath(posixpath.join("xl", words.get("Target", "").lstrip("/")))
        targets[words.get("Id", "")] = path.replace("xl/xl/", "xl/")
    paths = {}
    for sheet in _SHEET.findall(book):
        words = dict(_ATTRIBUTE.findall(sheet))
        key = next((value for name, value in words.items() if name.endswith(":id")), "")
        paths[html.unescape(words.get("name", ""))] = targets.get(key, "")
    return paths


def column_number(letters: str) -> int:
    """Return the place of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 0; the inverse of ``column_number``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
