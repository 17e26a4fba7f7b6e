"""A file opened far enough to be recognised: out of its package, its form, encoding and header."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from irtysh.sources.intake.dbf import dbf_records, looks_like_dbf, page_of, read_head
from irtysh.sources.intake.layout import Head
from irtysh.sources.intake.limits import LIMITS, IntakeLimits, within
from irtysh.sources.intake.text import (
    TextCannotBeRead,
    cells_of,
    delimiter_of,
    encoding_of,
    header_at,
    lines_of,
)
from irtysh.sources.intake.unpacked import ZIP, unpacked
from irtysh.vocabulary.errors import IrtyshError, NotReadable

HEAD_ROWS = 200
_OLE = b"\xd0\xcf\x11\xe0"
_PARQUET = b"PAR1"
_PICTURES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\x7fELF",
    b"MZ",
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class FileEmpty(IrtyshError):
    """A file has no bytes, or no rows."""


class NotATable(IrtyshError):
    """A file is of a kind in which no tables are sent."""


class NestedTooDeep(IrtyshError):
    """An XML or JSON file has more levels than any statistical message."""


class DoctypeRefused(IrtyshError):
    """An XML file declares a document type, through which it could grow without bounds."""


def open_file(
    path: Path,
    name: str,
    folder: Path,
    *,
    encoding: str = "",
    delimiter: str = "",
    header_line: int = 0,
    limits: IntakeLimits = LIMITS,
) -> Head:
    """Open a file far enough to be recognised.

    Parameters
    ----------
    path, name : Path, str
        Where the file lies, and what its user calls it.
    folder : Path
        Where a package is unpacked to; the caller deletes it.
    encoding, delimiter, header_line : str, str, int
        What a person states over what would be found out; empty and 0 find it out.

    Raises
    ------
    FileEmpty, NotATable, NotReadable, TooLarge, EncodingUnclear, LineTooLong, TextCannotBeRead,
    NestedTooDeep, DoctypeRefused, PackageUnsafe, PackageLocked, PackageHoldsSeveral,
    PackageInPackage
    """
    if not path.stat().st_size:
        raise FileEmpty()
    inner, inner_name = unpacked(path, name, folder, limits)
    if not inner.stat().st_size:
        raise FileEmpty()
    with inner.open("rb") as stream:
        start = stream.read(512)
    if start.startswith(_PICTURES):
        raise NotATable(name=inner_name)
    if start.startswith(_PARQUET):
        return _parquet(inner, inner_name, limits)
    if start.startswith(ZIP):
        return _workbook(inner, inner_name, "xlsx")
    if start.startswith(_OLE):
        return _workbook(inner, inner_name, "xls")
    if looks_like_dbf(start):
        return _dbf(inner, inner_name, encoding, limits)
    text = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if text.startswith(b"<"):
        _refuse_deep_xml(inner, limits)
        return Head(inner_name, inner, "xml", "utf-8")
    found = encoding_of(inner, inner_name, encoding)
    if text.startswith((b"{", b"[")):
        _refuse_deep_json(inner, found.name, limits)
        return Head(inner_name, inner, "json", found.name, remarks=found.remarks)
    table = _text(inner, inner_name, found.name, delimiter, header_line, limits)
    return Head(
        table.name, table.path, "csv", found.name, table.delimiter, table.header, table.rows,
        header_line=table.header_line, remarks=found.remarks,
    )  # fmt: skip


def _text(
    path: Path, name: str, encoding: str, delimiter: str, header_line: int, limits: IntakeLimits
) -> Head:
    lines = []
    for line in lines_of(path, encoding, limits):
        lines.append(line)
        if len(lines) >= HEAD_ROWS:
            break
    sign = delimiter or delimiter_of([line for line in lines if line.strip()])
    rows = []
    for at, row in cells_of(path, encoding, sign, limits):
        rows.append((at, row))
        if len(rows) > HEAD_ROWS:
            break
    if not rows:
        raise FileEmpty()
    place = header_at([row for _, row in rows])
    if header_line:
        place = next((n for n, (at, _) in enumerate(rows) if at >= header_line), -1)
        if place < 0:
            raise TextCannotBeRead(line=str(header_line), problem="–")
    header = tuple(cell.strip().removeprefix("\ufeff") for cell in rows[place][1])
    return Head(
        name, path, "csv", encoding, sign, header,
        tuple(tuple(row) for _, row in rows[place + 1 :][:HEAD_ROWS]),
        header_line=rows[place][0],
    )  # fmt: skip


def _parquet(path: Path, name: str, limits: IntakeLimits) -> Head:
    from irtysh.store.foreign import parquet_columns, parquet_texts

    columns = tuple(column for column, _ in parquet_columns(path))
    within("columns", len(columns), limits.columns)
    rows = tuple(parquet_texts(path, columns, HEAD_ROWS))
    return Head(name, path, "parquet", header=columns, rows=rows, header_line=0)


def _dbf(path: Path, name: str, encoding: str, limits: IntakeLimits) -> Head:
    head = read_head(path, limits)
    page = encoding or page_of(path, head)
    rows = []
    for _, row in dbf_records(path, head, page):
        rows.append(row)
        if len(rows) >= HEAD_ROWS:
            break
    header = tuple(field for field, _, _ in head.fields)
    return Head(name, path, "dbf", page, header=header, rows=tuple(rows), header_line=0)


def _workbook(path: Path, name: str, form: str) -> Head:
    from irtysh.sources.spreadsheet.limits import DEFAULT_LIMITS
    from irtysh.sources.spreadsheet.workbook import open_workbook

    within("file_bytes", path.stat().st_size, DEFAULT_LIMITS.file_bytes)
    book = open_workbook(path.read_bytes(), file=name)
    return Head(
        name, path, form, sheets=tuple(sheet.name for sheet in book.sheets), header_line=0,
        remarks=book.remarks,
    )  # fmt: skip


def _refuse_deep_xml(path: Path, limits: IntakeLimits) -> None:
    """Read the XML once without keeping anything of it."""
    parser = expat.ParserCreate()
    depth = 0

    def begin(_name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise NestedTooDeep(limit=str(limits.depth))
        within("columns", len(attributes), limits.columns)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_about: object) -> None:
        raise DoctypeRefused()

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    with path.open("rb") as stream:
        try:
            parser.ParseFile(stream)
        except expat.ExpatError as error:
            reason = f"XML: {error.lineno}:{error.offset} {expat.ErrorString(error.code)}"
            raise NotReadable(reason=reason) from None
        except (LookupError, ValueError) as error:  # an encoding declared that there is not
            raise NotReadable(reason=f"XML: {error}"[:200]) from None


def _refuse_deep_json(path: Path, encoding: str, limits: IntakeLimits) -> None:
    """Count brackets outside of strings: a reader of JSON recurses, so depth is bounded first."""
    depth = 0
    rest = ""
    with path.open(encoding=encoding, errors="replace") as stream:
        while chunk := stream.read(1 << 20):
            text = _QUOTED.sub("", rest + chunk)
            at = text.find('"')
            rest, text = (text[at:], text[:at]) if at >= 0 else ("", text)
            if len(rest) > limits.line_bytes:
                raise NotReadable(reason="JSON")
            for sign in text:
                if sign in "{[":
                    depth += 1
                    if depth > limits.depth:
                        raise NestedTooDeep(limit=str(limits.depth))
                elif sign in "}]":
                    depth -= 1
