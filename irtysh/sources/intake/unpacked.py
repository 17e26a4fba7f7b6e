"""A table out of its gzip or zip, bounded: a small package must not fill the disk."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from irtysh.sources.intake.limits import LIMITS, IntakeLimits, within
from irtysh.vocabulary.errors import GrowsTooMuch, IrtyshError, NotReadable

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
_CHUNK = 1 << 20
_BESIDE = (".txt", ".md", ".pdf", ".html", ".htm", ".json", ".xml", ".yaml", ".yml")
"""What publishers lay beside a table: taken for the table only where nothing else is there."""
_BROKEN = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


class PackageUnsafe(IrtyshError):
    """A file in a zip names a place outside of it, or is a link."""


class PackageLocked(IrtyshError):
    """A zip asks for a password."""


class PackageHoldsSeveral(IrtyshError):
    """A zip holds no table, or more than one, so that the one meant is not known."""


class PackageInPackage(IrtyshError):
    """A package holds another package."""


def unpacked(
    path: Path, name: str, folder: Path, limits: IntakeLimits = LIMITS
) -> tuple[Path, str]:
    """Return the table that a file is or holds, and its name; a package is unpacked into a folder.

    Raises TooLarge, NotReadable, PackageUnsafe, PackageLocked, PackageHoldsSeveral,
    PackageInPackage.
    """
    within("file_bytes", path.stat().st_size, limits.file_bytes)
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(GZIP):
        inner = name[:-3] if name.lower().endswith(".gz") else name
        return _from_gzip(path, folder, limits), inner
    if start == ZIP and not is_workbook(path):
        return _from_zip(path, folder, limits)
    return path, name


def is_workbook(path: Path) -> bool:
    """Return True for a zip that is an XLSX."""
    try:
        with zipfile.ZipFile(path) as package:
            return "xl/workbook.xml" in package.namelist()
    except _BROKEN as error:
        raise NotReadable(reason=f"ZIP: {type(error).__name__}") from None


def _from_gzip(path: Path, folder: Path, limits: IntakeLimits) -> Path:
    target = folder / "unpacked"
    try:
        with gzip.open(path) as stream:
            _copy(stream, target, path.stat().st_size, limits)  # type: ignore[arg-type]
    except _BROKEN as error:
        target.unlink(missing_ok=True)
        raise NotReadable(reason=f"GZIP: {type(error).__name__}") from None
    except IrtyshError:
        target.unlink(missing_ok=True)
        raise
    return target


def _from_zip(path: Path, folder: Path, limits: IntakeLimits) -> tuple[Path, str]:
    target = folder / "unpacked"
    try:
        with zipfile.ZipFile(path) as package:
            member = _only_table(package, limits)
            with package.open(member) as stream:
                _copy(stream, target, max(member.compress_size, 1), limits)
    except _BROKEN as error:
        target.unlink(missing_ok=True)
        raise NotReadable(reason=f"ZIP: {type(error).__name__}") from None
    except IrtyshError:
        target.unlink(missing_ok=True)
        raise
    return target, PurePosixPath(member.filename).name


def _only_table(package: zipfile.ZipFile, limits: IntakeLimits) -> zipfile.ZipInfo:
    members = package.infolist()
    within("members", len(members), limits.members)
    for member in members:
        _refuse_unsafe(member)
    files = [one for one in members if not one.is_dir() and not _is_hidden(one.filename)]
    tables = [one for one in files if not one.filename.lower().endswith(_BESIDE)] or files
    if len(tables) != 1:
        names = ", ".join(sorted(one.filename for one in tables)[:10]) or "–"
        raise PackageHoldsSeveral(count=str(len(tables)), names=names)
    if tables[0].flag_bits & 0x1:
        raise PackageLocked()
    return tables[0]


def _refuse_unsafe(member: zipfile.ZipInfo) -> None:
    """Refuse names that lead out of the folder, and links; nothing is ever written under them."""
    place = PurePosixPath(member.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if is_link or place.is_absolute() or ".." in place.parts or ":" in member.filename:
        raise PackageUnsafe(name=member.filename[:200])


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _copy(stream: IO[bytes], target: Path, packed: int, limits: IntakeLimits) -> None:
    size = 0
    with target.open("wb") as out:
        for chunk in _chunks(stream):
            if not size and (chunk.startswith((GZIP, b"7z\xbc\xaf"))):
                raise PackageInPackage()
            size += len(chunk)
            within("unpacked_bytes", size, limits.unpacked_bytes)
            if size > limits.ratio_from:
                growth = size // max(packed, 1)
                if growth > limits.ratio:
                    raise GrowsTooMuch(limit=str(limits.ratio))
            out.write(chunk)
    if not size:
        return
    with target.open("rb") as made:
        is_package = made.read(4) == ZIP
    if is_package and not is_workbook(target):
        raise PackageInPackage()


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
