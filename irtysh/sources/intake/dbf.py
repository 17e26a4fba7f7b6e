"""dBase tables, as customs services still send them: header, records, code page."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from irtysh.sources.intake.limits import LIMITS, IntakeLimits, within
from irtysh.sources.spreadsheet.encodings import reads_well
from irtysh.vocabulary.errors import IrtyshError, NotReadable

VERSIONS = frozenset({0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5})
_PAGES = {0x26: "cp866", 0x65: "cp866", 0x64: "cp866", 0xC9: "cp1251", 0x57: "cp1251",
          0x03: "cp1252", 0x01: "cp437", 0x02: "cp850"}  # fmt: skip
_SAMPLE = 2_000
_TEXT = frozenset("CM")


class TableTruncated(IrtyshError):
    """A table ends before the records that its head states."""


@dataclass(frozen=True, slots=True)
class DbfHead:
    """What the head of a dBase table states.

    Attributes
    ----------
    fields : tuple of (name, kind, length)
    records, start, length : int
        How many records, where the first begins, how long each is.
    page : str
        Code page by the mark of the driver; empty where it says nothing.
    """

    fields: tuple[tuple[str, str, int], ...]
    records: int
    start: int
    length: int
    page: str


def looks_like_dbf(start: bytes) -> bool:
    """Return True if the first 32 bytes are the head of a dBase table."""
    if len(start) < 32 or start[0] not in VERSIONS:
        return False
    begin, length = struct.unpack("<HH", start[8:12])
    is_dated = 1 <= start[2] <= 12 and 1 <= start[3] <= 31
    return bool(begin >= 65 and length >= 2 and is_dated)


def read_head(path: Path, limits: IntakeLimits = LIMITS) -> DbfHead:
    """Return the head; raises NotReadable, TooLarge for columns."""
    with path.open("rb") as stream:
        start = stream.read(32)
        if len(start) < 32:
            raise NotReadable(reason="DBF")
        records, begin, length = struct.unpack("<IHH", start[4:12])
        fields = []
        while (described := stream.read(32))[:1] not in (b"\r", b""):
            if len(described) < 32:
                raise NotReadable(reason="DBF")
            name = described[:11].split(b"\0")[0].decode("ascii", errors="replace").strip()
            fields.append((name, chr(described[11]), described[16]))
            within("columns", len(fields), limits.columns)
    if not fields or sum(size for _, _, size in fields) + 1 != length:
        raise NotReadable(reason="DBF")
    return DbfHead(tuple(fields), records, begin, length, _PAGES.get(start[29], ""))


def page_of(path: Path, head: DbfHead) -> str:
    """Return the code page: the one stated, else the one in which the texts read as words."""
    if head.page:
        return head.page
    text = b" ".join(raw for _, raw in _raw(path, head, _SAMPLE))
    pages = ("cp866", "cp1251")
    scores = [(reads_well(text.decode(page, errors="replace")), page) for page in pages]
    return max(scores, key=lambda scored: scored[0])[1]


def dbf_records(path: Path, head: DbfHead, page: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (number, cells) of the records that are not deleted; texts without trailing blanks.

    Raises TableTruncated where the file ends before the records do.
    """
    places = []
    at = 1
    for _, _, size in head.fields:
        places.append((at, at + size))
        at += size
    done = 0
    for number, raw in _raw(path, head, head.records):
        done = number
        if raw[:1] == b"*":
            continue
        try:
            yield number, tuple(raw[a:b].decode(page).strip("\0 ") for a, b in places)
        except UnicodeDecodeError as error:
            raise NotReadable(reason=f"{page}: {number}/{error.start}") from None
    if done < head.records:
        raise TableTruncated(found=str(done), expected=str(head.records))


def _raw(path: Path, head: DbfHead, most: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as stream:
        stream.seek(head.start)
        for number in range(1, min(head.records, most) + 1):
            raw = stream.read(head.length)
            if len(raw) < head.length:
                return
            yield number, raw
