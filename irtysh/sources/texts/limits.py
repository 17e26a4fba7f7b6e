"""How large a document may be before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from irtysh.sources.texts.faults import DocumentTooLarge

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class TextLimits:
    """Bounds on one document; each is checked before the work that it bounds.

    Attributes
    ----------
    file_bytes, unpacked_bytes : int
        The file as it came; all parts of a DOCX unpacked.
    parts, pages, lines : int
        Files inside a DOCX; pages of a PDF; lines of the text.
    text : int
        Characters of the whole text.
    memory, seconds : int
        Bytes and processor time of the child process that opens the document.
    """

    file_bytes: int = 32 * MEBIBYTE
    unpacked_bytes: int = 192 * MEBIBYTE
    parts: int = 5_000
    pages: int = 2_000
    lines: int = 200_000
    text: int = 3_000_000
    memory: int = 1_024 * MEBIBYTE
    seconds: int = 60


DEFAULT_LIMITS = TextLimits()


def within(file: str, what: str, found: int, limit: int) -> None:
    """Raise DocumentTooLarge if ``found`` exceeds ``limit``; ``what`` names the measure."""
    if found > limit:
        raise DocumentTooLarge(file=file, what=what, found=str(found), limit=str(limit))
