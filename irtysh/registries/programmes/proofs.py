"""Files that prove a report: kept apart from public uploads, checked before they are kept."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

from irtysh.vocabulary.errors import IrtyshError

LARGEST = 4 * 1024 * 1024
"""Bytes; below what the settings let a visitor send in one request."""
KINDS = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", (b"PK\x03\x04",)),
}
"""Ending → media type and how such a file begins."""
_UNSAFE = re.compile(r"[^\w.() -]+")


class ProofTooLarge(IrtyshError):
    """A proof is larger than is taken; ``megabytes`` says how much is."""


class ProofOfUnknownKind(IrtyshError):
    """A proof is none of the kinds of file taken, or does not begin as its ending says."""


@cache
def _storage(folder: Path) -> FileSystemStorage:
    # No base_url: nothing here has an address of its own.
    return FileSystemStorage(location=folder, base_url=None, file_permissions_mode=0o640)


def storage() -> FileSystemStorage:
    """Return the folder of proofs, outside everything that a web server sends by itself."""
    return _storage(Path(settings.IRTYSH_DATA) / "proofs")


def place(report: Any, name: str) -> str:
    """Return where a new proof is kept: by measure, under a name that nobody can guess."""
    return f"{report.measure_id}/{get_random_string(20)}.{ending(name)}"


def ending(name: str) -> str:
    """Return the ending of a file's name, in lower case, without its dot."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def tidy_name(name: str) -> str:
    """Return the name of a file as it may stand in a header and a page."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return _UNSAFE.sub("_", last).strip(" .")[-120:] or f"proof.{ending(name)}"


def check(file: Any) -> None:
    """Refuse a file that is too large or of an unknown kind.

    Raises ProofTooLarge, ProofOfUnknownKind.
    """
    if file.size > LARGEST:
        raise ProofTooLarge(megabytes=LARGEST // (1024 * 1024))
    _media_type, beginnings = KINDS.get(ending(file.name), ("", ()))
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    if not any(start.startswith(one) for one in beginnings):
        raise ProofOfUnknownKind(kinds=", ".join(KINDS))


def media_type(name: str) -> str:
    """Return the media type to send a proof with."""
    return KINDS.get(ending(name), ("application/octet-stream", ()))[0]
