"""How large a file may be before it is refused, and what a bounded refusal says."""

from __future__ import annotations

from dataclasses import dataclass

from irtysh.vocabulary.errors import TooLarge

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file; each is checked before the work that it bounds.

    Attributes
    ----------
    file_bytes, unpacked_bytes : int
        The file as it came; all parts of a workbook unpacked.
    parts, sheets : int
        Files inside a workbook; sheets of it.
    rows, columns, cells : int
        Of one sheet; ``cells`` bounds the rectangle from A1, blanks included, of all sheets.
    text : int
        Characters in all cells together.
    memory, seconds : int
        Bytes and processor time of the child process that opens a workbook.
    """

    file_bytes: int = 32 * MEBIBYTE
    unpacked_bytes: int = 192 * MEBIBYTE
    parts: int = 2_000
    sheets: int = 200
    rows: int = 300_000
    columns: int = 4_096
    cells: int = 3_000_000
    text: int = 64 * MEBIBYTE
    memory: int = 1_536 * MEBIBYTE
    seconds: int = 60


DEFAULT_LIMITS = Limits()


def within(what: str, found: int, limit: int) -> None:
    """Raise TooLarge if ``found`` exceeds ``limit``; ``what`` names the measure."""
    if found > limit:
        raise TooLarge(what=what, found=str(found), limit=str(limit))
