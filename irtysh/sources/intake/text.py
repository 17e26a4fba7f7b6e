"""A text table found out: its encoding over all of its bytes, its delimiter, its header."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from irtysh.sources.intake.limits import LIMITS, IntakeLimits, within
from irtysh.sources.spreadsheet.encodings import decode
from irtysh.vocabulary.errors import Fault, IrtyshError, NotReadable

ENCODINGS = ("utf-8", "utf-8-sig", "cp1251", "cp866", "koi8-r", "utf-16", "utf-16-le", "utf-16-be")
"""What a person may state; "" finds it out."""
DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_SAMPLE = 200_000
_BEYOND = re.compile(rb"([A-Za-z]?)([\x80-\xff]+)([a-z]?)")
_STRAY_SHOWN = 20
_HEADER_AMONG = 60
"""Lines among which the header is looked for: titles and notes may stand above it."""


class LineTooLong(IrtyshError):
    """A line of a text table is longer than any table's."""


class TextCannotBeRead(IrtyshError):
    """A text has a byte or a quote that its form does not admit."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """In which encoding a text is, and what remained doubtful."""

    name: str
    remarks: tuple[Fault, ...] = ()


def encoding_of(path: Path, file: str, stated: str = "") -> Encoding:
    """Return the encoding of a text, judged by all of its bytes.

    Raises NotReadable for what is no text, EncodingUnclear where two code pages fit.
    """
    with path.open("rb") as stream:
        start = stream.read(_SAMPLE)
    marked = _marked(start)
    if stated:
        _try(path, stated)
        return Encoding(stated)
    if marked:
        _try(path, marked)
        return Encoding(marked)
    if b"\x00" in start:
        return Encoding(_without_mark(path, start))
    bad, good, sample = _beyond(path)
    if not bad:
        return Encoding("utf-8")
    if good > 9 * len(bad):
        remarks = tuple(
            Fault("StrayByte", file, line, params={"byte": f"0x{value:02X}", "offset": str(at)},
                  severity="warning")
            for at, line, value in bad[:_STRAY_SHOWN]
        )  # fmt: skip
        return Encoding("utf-8", remarks)
    if _is_latin(sample):
        at, line, value = bad[0]
        params = {"byte": f"0x{value:02X}", "offset": str(at), "count": str(len(bad))}
        remark = Fault("EncodingLatin", file, line, params=params, severity="warning")
        return Encoding("cp1252", (remark,))
    decoded = decode(sample, file)
    if decoded.encoding.startswith("utf-8"):  # the damaged part lies beyond the sample
        raise NotReadable(reason=f"UTF-8: {bad[0][0]}")
    _try(path, decoded.encoding)
    return Encoding(decoded.encoding, decoded.remarks)


def _is_latin(sample: bytes) -> bool:
    """True if bytes beyond ASCII stand alone between Latin letters: "Côte" in Latin-1.

    In the eight-bit Cyrillic pages they come in whole words.
    """
    runs = _BEYOND.findall(sample)
    alone = sum(1 for before, run, after in runs if len(run) <= 2 and (before or after))
    return bool(runs) and alone * 10 >= len(runs) * 9


def _marked(start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return ""


def _without_mark(path: Path, start: bytes) -> str:
    """Return which UTF-16 a text with zero bytes is; raises NotReadable where it is none."""
    half = max(len(start) // 2, 1)
    even, odd = start[0::2].count(0) / half, start[1::2].count(0) / half
    if max(even, odd) < 0.2 or min(even, odd) > 0.05:
        raise NotReadable(reason="\\x00")
    name = "utf-16-le" if odd > even else "utf-16-be"
    _try(path, name)
    return name


def _try(path: Path, name: str) -> None:
    """Read the whole text in an encoding; raises NotReadable with the place of the first fault."""
    try:
        decoder = codecs.getincrementaldecoder(name)("strict")
    except LookupError:
        raise NotReadable(reason=f"{name}?") from None
    done = 0
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                if "\x00" in decoder.decode(chunk):
                    raise NotReadable(reason="\\x00")
                done += len(chunk)
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            at = done + getattr(error, "start", 0)
            raise NotReadable(reason=f"{name}: {at}") from None


def _beyond(path: Path) -> tuple[list[tuple[int, int, int]], int, bytes]:
    """Look at what lies beyond ASCII.

    Returns the bytes that are no UTF-8 (offset, line, value; bounded), how many characters
    beyond ASCII are well formed, and a sample of the lines with such bytes.
    """
    bad: list[tuple[int, int, int]] = []
    good, offset, number, sample = 0, 0, 0, bytearray()
    with path.open("rb") as stream:
        while line := stream.readline(_CHUNK):
            number += 1
            if not line.isascii():
                if len(sample) < _SAMPLE:
                    sample += line
                good += _well_formed(line, offset, number, bad)
            if b"\x00" in line:
                raise NotReadable(reason="\\x00")
            offset += len(line)
    return bad, good, bytes(sample[:_SAMPLE])


def _well_formed(line: bytes, offset: int, number: int, bad: list[tuple[int, int, int]]) -> int:
    """Return how many characters beyond ASCII are UTF-8; note the bytes that are not."""
    try:
        return sum(1 for sign in line.decode("utf-8") if sign > "\x7f")
    except UnicodeDecodeError:
        pass
    good, at = 0, 0
    while at < len(line):
        try:
            good += sum(1 for sign in line[at:].decode("utf-8") if sign > "\x7f")
            break
        except UnicodeDecodeError as error:
            good += sum(1 for sign in line[at : at + error.start].decode("utf-8") if sign > "\x7f")
            at += error.start
            if len(bad) < 100_000:
                bad.append((offset + at, number, line[at]))
            at += 1
    return good


def lines_of(path: Path, encoding: str, limits: IntakeLimits = LIMITS) -> Iterator[str]:
    """Yield the lines of a text, none longer than the limit; a stray byte reads as U+FFFD."""
    with path.open("r", encoding=encoding, errors="replace", newline="") as stream:
        number = 0
        while line := stream.readline(limits.line_bytes + 1):
            number += 1
            if len(line) > limits.line_bytes:
                raise LineTooLong(line=str(number), limit=str(limits.line_bytes))
            yield line


def delimiter_of(lines: Sequence[str]) -> str:
    """Return the sign that cuts most lines into equally many cells; a comma where none does."""
    best, best_score = ",", (0.0, 0)
    for sign in DELIMITERS:
        widths = Counter(len(row) for row in _cut(lines, sign) if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
        score = (count / max(len(lines), 1), width)
        if score > best_score:
            best, best_score = sign, score
    return best


def header_at(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the header: the first row as wide as the table, made of words.

    Rows above it are titles. Where every row has numbers the first is taken, and a layout or a
    person will say that it is not one.
    """
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0
    usual = widths.most_common(1)[0][0]
    for place, row in enumerate(rows[:_HEADER_AMONG]):
        filled = [cell for cell in row if cell.strip()]
        if len(row) == usual and len(filled) * 2 > len(row):
            return place
    return 0


def _cut(lines: Sequence[str], sign: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=sign)
    except csv.Error:
        return


def first_rows(
    path: Path, encoding: str, delimiter: str, many: int, limits: IntakeLimits = LIMITS
) -> list[tuple[int, list[str]]]:
    """Return the first rows with the lines on which they begin; raises TextCannotBeRead."""
    found: list[tuple[int, list[str]]] = []
    for line, row in cells_of(path, encoding, delimiter, limits):
        found.append((line, row))
        if len(found) >= many:
            break
    return found


def cells_of(
    path: Path, encoding: str, delimiter: str, limits: IntakeLimits = LIMITS
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of every row that is not blank.

    Raises LineTooLong, TooLarge for columns or a cell, TextCannotBeRead for a quote that is
    never closed: all rows below it would be one cell, and lost.
    """
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for one in lines_of(path, encoding, limits):
            taken.append(one)
            yield one

    reader = csv.reader(lines(), delimiter=delimiter)
    longest, most = limits.cell, limits.columns
    began = line = 1
    last: list[str] = []
    try:
        for row in reader:
            last[:] = taken
            taken.clear()
            if len(row) > most:
                within("columns", len(row), most)
            if row:
                if max(map(len, row)) > longest:
                    within("cell", max(map(len, row)), longest)
                yield line, row
            began, line = line, reader.line_num + 1
        if last and _is_open(last, delimiter):
            raise TextCannotBeRead(line=str(began), problem='"')
    except csv.Error as error:
        raise TextCannotBeRead(line=str(line), problem=str(error)) from None


def _is_open(record: Sequence[str], delimiter: str) -> bool:
    """True if the last record of a text ends within quotes."""
    try:
        list(csv.reader(record, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
