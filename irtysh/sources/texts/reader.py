"""Reads one document, whatever its kind, to lines with their places."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from irtysh.sources.spreadsheet.encodings import Decoded, decode
from irtysh.sources.texts.document import Line, Place, TextDocument
from irtysh.sources.texts.faults import (
    DocumentDamaged,
    DocumentEncodingUnclear,
    DocumentEncrypted,
    DocumentKindUnknown,
    DocumentMissing,
    DocumentTooLarge,
    DocumentWithoutText,
)
from irtysh.sources.texts.limits import DEFAULT_LIMITS, TextLimits, within
from irtysh.vocabulary.errors import EncodingUnclear, NotReadable

_OPENED = Path(__file__).with_name("opened.py")
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
_SNIFFED = 2048
_HTML = re.compile(
    # Each comment is taken once (an atomic group): otherwise a row of them is tried in 2^n ways.
    rb"\s*(?:<\?xml[^>]*>\s*)?(?>(?:(?><!--.*?-->)\s*)*)<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})""", re.I)
_BREAKS = re.compile(r"\r\n|\n|\r")
_LETTER = re.compile(r"[^\W\d_]")


def read_file(path: Path, limits: TextLimits = DEFAULT_LIMITS) -> TextDocument:
    """Read a document from disk; raises as ``read_document`` does, and DocumentMissing."""
    try:
        size = path.stat().st_size
        within(path.name, "file_bytes", size, limits.file_bytes)
        data = path.read_bytes()
    except OSError as error:
        raise DocumentMissing(file=str(path), reason=type(error).__name__) from None
    return read_document(data, path.name, limits)


def read_document(data: bytes, file: str, limits: TextLimits = DEFAULT_LIMITS) -> TextDocument:
    """Return the text of a document; its bytes decide its kind, its name only where they do not.

    Raises
    ------
    DocumentKindUnknown, DocumentDamaged, DocumentEncrypted, DocumentTooLarge,
    DocumentWithoutText, DocumentEncodingUnclear
        Each names the file and what to do.
    """
    within(file, "file_bytes", len(data), limits.file_bytes)
    kind = kind_of(data, file)
    if kind == "text":
        decoded = _decoded(data, file, None)
        rows = [(text, 0, n, 0, 0, 0) for n, text in enumerate(_BREAKS.split(decoded.text), 1)]
        within(file, "lines", len(rows), limits.lines)
        within(file, "text", len(decoded.text), limits.text)
        return _document(file, kind, rows, decoded)
    if kind == "html":
        decoded = _decoded(data, file, _stated(data))
        rows = _opened(kind, decoded.text.encode("utf-8", "replace"), file, limits)
        return _document(file, kind, rows, decoded)
    return _document(file, kind, _opened(kind, data, file, limits), None)


def kind_of(data: bytes, file: str) -> str:
    """Return "pdf", "docx", "html" or "text"; raises DocumentKindUnknown."""
    # A PDF may have a few bytes of rubbish before its mark.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        if b"word/" in data or file.lower().endswith(".docx"):
            return "docx"
        raise DocumentKindUnknown(file=file)
    if data.startswith(_OLE):
        # An old DOC, or a DOCX under a password: the stream's name tells.
        if _LOCKED in data:
            raise DocumentEncrypted(file=file)
        raise DocumentKindUnknown(file=file)
    if _HTML.match(data[:_SNIFFED]) or file.lower().endswith((".html", ".htm", ".xhtml")):
        return "html"
    if file.lower().endswith((".pdf", ".docx")) and data:
        raise DocumentDamaged(file=file, reason=file.lower().rsplit(".", 1)[1])
    return "text"


def _stated(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_SNIFFED])
    return found[1].decode("ascii") if found else None


def _decoded(data: bytes, file: str, stated: str | None) -> Decoded:
    """Decode as spreadsheets are; a charset that a page states wrongly is passed over."""
    try:
        if stated:
            try:
                return decode(data, file, stated)
            except NotReadable:
                pass
        return decode(data, file)
    except EncodingUnclear as error:
        raise DocumentEncodingUnclear(file=file, **error.params) from None
    except NotReadable:
        raise DocumentKindUnknown(file=file) from None


def _opened(kind: str, data: bytes, file: str, limits: TextLimits) -> list[Any]:
    """Let a bounded child process open the document; whatever happens to it has a name here."""
    try:
        # Our own interpreter and our own script; nothing of the file reaches the command line.
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(_OPENED), kind, json.dumps(asdict(limits))],
            input=data,
            capture_output=True,
            timeout=2 * limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentTooLarge(
            file=file, what="seconds", found=">", limit=str(limits.seconds)
        ) from None
    if child.returncode or not child.stdout:
        raise DocumentDamaged(file=file, reason=kind)
    answer = json.loads(child.stdout)
    if "error" not in answer:
        rows: list[Any] = answer["lines"]
        return rows
    reason, *details = answer["error"]
    if reason == "encrypted":
        raise DocumentEncrypted(file=file)
    if reason == "large":
        what, found, limit = details
        raise DocumentTooLarge(file=file, what=what, found=str(found), limit=str(limit))
    raise DocumentDamaged(file=file, reason=f"{kind}: {details[0]}")


def _document(file: str, kind: str, rows: list[Any], decoded: Decoded | None) -> TextDocument:
    # A parser may hand over half a character pair, which nothing could print, or the character
    # NUL, which PostgreSQL does not take in a text.
    lines = tuple(
        Line(
            text.encode("utf-8", "replace").decode("utf-8").replace("\0", "�"),
            Place(page, line, paragraph, table, row),
        )
        for text, page, line, paragraph, table, row in rows
    )
    if not any(_LETTER.search(line.text) for line in lines):
        raise DocumentWithoutText(file=file)
    if decoded is None:
        return TextDocument(file, kind, lines)
    return TextDocument(file, kind, lines, decoded.encoding, decoded.remarks)
