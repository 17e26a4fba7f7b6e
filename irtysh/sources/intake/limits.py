"""How much of a file is read before it is refused; every bound is checked before the work."""

from __future__ import annotations

from dataclasses import dataclass

from irtysh.vocabulary.errors import TooLarge

KIBIBYTE = 2**10
MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """Bounds on one file.

    Attributes
    ----------
    file_bytes, unpacked_bytes : int
        The file as it came; the table that was packed in it.
    ratio, ratio_from : int
        How many times larger than the package a table may be, asked once it has passed
        ``ratio_from`` bytes: tables of codes pack well, bombs pack a thousandfold.
    members : int
        Files inside a zip.
    columns : int
        Of a table.
    line_bytes, cell : int
        Bytes of one line; characters of one cell.
    depth : int
        Elements or brackets inside one another, in XML or JSON.
    """

    file_bytes: int = 2048 * MEBIBYTE
    unpacked_bytes: int = 8192 * MEBIBYTE
    ratio: int = 300
    ratio_from: int = 16 * MEBIBYTE
    members: int = 100
    columns: int = 1_000
    line_bytes: int = MEBIBYTE
    cell: int = 32 * KIBIBYTE
    depth: int = 64


LIMITS = IntakeLimits()


def within(what: str, found: int, limit: int) -> None:
    """Raise TooLarge if ``found`` exceeds ``limit``; ``what`` names the measure."""
    if found > limit:
        raise TooLarge(what=what, found=str(found), limit=str(limit))
