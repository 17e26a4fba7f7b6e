"""A shelf: folders that never change once they have their name, and a link to the current one.

What releases and vintages have in common: the id, the lock, the manifest with the hash of every
file, the flush to disk, the switch, and sweeping up after a killed publisher.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from irtysh.vocabulary.errors import ReleaseDamaged, ReleaseNotFound

CURRENT = "current"
MANIFEST = "manifest.json"
_ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{10}")
_KEPT_CACHES = 3
_BUILDING_SECONDS = 3600


class Shelf:
    """A folder of immutable folders with a link to the current one.

    Readers never lock: they resolve the link once. Publishers take the lock, build aside, and
    switch the link in one rename.

    Attributes
    ----------
    folder, cache : Path
        ``cache`` holds query files, which can be deleted at any time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / ".cache"

    def current_name(self) -> str:
        """Return the name that the link points at.

        Raises ReleaseNotFound if there is no link, ReleaseDamaged if it is no link.
        """
        try:
            return (self.folder / CURRENT).readlink().name
        except FileNotFoundError:
            raise ReleaseNotFound(release=CURRENT) from None
        except OSError:  # a copy that followed links left a folder in its place
            raise ReleaseDamaged(release=CURRENT, file=CURRENT) from None

    def names(self) -> list[str]:
        """Return the names of all finished folders; half-built ones are not among them."""
        if not self.folder.exists():
            return []
        return [
            path.name
            for path in self.folder.iterdir()
            if is_id(path.name) and path.is_dir() and not path.is_symlink()
        ]

    def publish(
        self,
        content: str,
        created_at: datetime,
        build: Callable[[Path, str, str | None], None],
        warm: Callable[[Path], None],
    ) -> str:
        """Build a folder if it is not there yet, make it ready for readers and switch to it.

        ``content`` is the hash of what goes in; ``build(folder, name, previous)`` fills a folder
        aside, its manifest included; ``warm`` gets the folder in its place. Returns the name.
        The caller holds the lock.
        """
        name = self._name_for(content, created_at)
        target = self.folder / name
        if not self.is_whole(name):
            building = self.folder / f".building-{secrets.token_hex(4)}"
            building.mkdir()
            build(building, name, self._whole_current())
            sync_all(building)
            shutil.rmtree(target, ignore_errors=True)
            building.rename(target)
            sync_folder(self.folder)
        warm(target)
        self.switch(name)
        return name

    def _name_for(self, content: str, created_at: datetime) -> str:
        """Return the id of a publication: its day and a hash of its content.

        The current folder keeps its id, and so does one that a killed publisher built but did
        not switch to. Going back to an older content is news, with a history of its own: its id
        also hashes the one that it follows.
        """
        day = f"{created_at:%Y-%m-%d}"
        plain = f"{day}-{content[:10]}"
        previous = self._whole_current()
        if previous is None or previous == plain or not self.is_whole(plain):
            return plain
        if read_manifest(self.folder / previous).get("content") == content and previous.startswith(
            day
        ):
            return previous
        if read_manifest(self.folder / plain)["previous"] == previous:
            return plain
        salted = hashlib.sha256(f"{content}/{previous}".encode()).hexdigest()
        return f"{day}-{salted[:10]}"

    def _whole_current(self) -> str | None:
        """Return the current name if its manifest can be read: damage must not stop its repair."""
        try:
            name = self.current_name()
            read_manifest(self.folder / name)
        except (ReleaseNotFound, ReleaseDamaged):
            return None
        return name

    def is_whole(self, name: str) -> bool:
        """Return True if every file has the hash that the manifest states."""
        try:
            verify(self.folder / name)
        except (ReleaseNotFound, ReleaseDamaged):
            return False
        return True

    def switch(self, name: str) -> None:
        """Point the link at another folder, in one rename."""
        aside = self.folder / f".current-{secrets.token_hex(4)}"
        aside.symlink_to(name)
        aside.replace(self.folder / CURRENT)
        sync_folder(self.folder)

    def sweep(self) -> None:
        """Remove what a killed publisher left, and the oldest query caches."""
        for path in self.folder.glob(".building-*"):
            shutil.rmtree(path)
        for path in self.folder.glob(".current-*"):
            path.unlink()
        caches = sorted(self.cache.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
        for path in caches[:-_KEPT_CACHES]:
            path.unlink()
        for path in self.cache.glob("*.building*"):  # a reader may be at it right now
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _BUILDING_SECONDS:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one publisher at a time through; makes the folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def is_id(name: str) -> bool:
    """Return True for a day and ten hexadecimal digits."""
    return _ID.fullmatch(name) is not None


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest; raises ReleaseNotFound without one, ReleaseDamaged if cut short."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise ReleaseNotFound(release=folder.name) from None
    try:
        manifest: dict[str, Any] = json.loads(text)
    except ValueError:
        raise ReleaseDamaged(release=folder.name, file=MANIFEST) from None
    return manifest


def verify(folder: Path) -> None:
    """Compare every file with its hash in the manifest; raises ReleaseDamaged."""
    for name, stated in read_manifest(folder)["files"].items():
        path = folder / name
        if not path.exists() or sha256_of(path) != stated["sha256"]:
            raise ReleaseDamaged(release=folder.name, file=name)


def files_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what a manifest says of the files of a folder: hash and size."""
    return {
        path.relative_to(folder).as_posix(): {
            "sha256": sha256_of(path),
            "bytes": path.stat().st_size,
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def sha256_of(path: Path) -> str:
    """Return the hash of a file of any size."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file that nobody writes into a second name; on another file system, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def as_json(value: Any, sort: bool = True) -> bytes:
    """Return a value as the one JSON text that hashes are made of."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=sort, separators=(",", ":"))
    return text.encode()


def sync_all(folder: Path) -> None:
    """Force a folder and everything in it to the disk."""
    for path in folder.rglob("*"):
        _sync_file(path) if path.is_file() else sync_folder(path)
    sync_folder(folder)


def sync_folder(path: Path) -> None:
    """Force the names in a folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_file(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
