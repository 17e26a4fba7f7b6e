"""The shelf of releases: publish by an atomic switch, read the current one or any past one."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from irtysh.store.parquet import REVISION_COLUMNS, write_parquet
from irtysh.store.release import MANIFEST, OBSERVATIONS, REVISIONS, Release, Revision
from irtysh.store.schema import COLUMNS, ORDER, SCHEMA_VERSION, to_row
from irtysh.vocabulary.errors import ReleaseDamaged, ReleaseNotFound
from irtysh.vocabulary.observation import Observation

CURRENT = "current"
_KEPT_CACHES = 3
_ID = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{10}")
_BUILDING_SECONDS = 3600
_MOST_OPEN = 8
"""Releases whose documents and query file one process keeps at hand."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that goes into a release.

    Attributes
    ----------
    observations : list of Observation
        Rivals included; ids are unique.
    documents : dict
        Name → JSON value: what was read beside the observations and what was computed.
    files : dict
        Name → bytes: rendered charts and maps.
    checks : dict
        Name of a check → its outcome, printed in the manifest.
    fingerprint : str
        Hash of the inputs and of the program that computed the rest; equal fingerprints
        make equal releases.
    software : str
        Version of Irtysh.
    """

    observations: list[Observation]
    documents: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)
    checks: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    software: str = ""


class Releases:
    """A folder of releases with a link to the current one.

    Readers never lock: they resolve the link once and read a folder that never changes.
    Publishers take a lock, write aside, and switch the link in one rename.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cache = folder / ".cache"
        self._open: dict[str, Release] = {}
        self._recent: list[str] = []
        self._lock = threading.Lock()

    def current(self) -> Release:
        """Return the release that readers see now.

        Raises ReleaseNotFound if there is none, ReleaseDamaged if the link is no link.
        """
        try:
            return self.get((self.folder / CURRENT).readlink().name)
        except FileNotFoundError:
            raise ReleaseNotFound(release=CURRENT) from None
        except OSError:  # a copy that followed links left a folder in its place
            raise ReleaseDamaged(release=CURRENT, file=CURRENT) from None

    def get(self, release_id: str) -> Release:
        """Return a release by its id ("current" and "latest" mean the current one)."""
        if release_id in (CURRENT, "latest"):
            return self.current()
        release = self._known(release_id)
        self._keep_few(release_id)
        return release

    def _known(self, release_id: str) -> Release:
        if release_id not in self._open:
            if not _ID.fullmatch(release_id):
                raise ReleaseNotFound(release=release_id)
            self._open[release_id] = Release(self.folder / release_id, self._cache)
        return self._open[release_id]

    def _keep_few(self, release_id: str) -> None:
        """Put down what was read longest ago: a crawler asks for every past release."""
        with self._lock:
            self._recent = [*(one for one in self._recent if one != release_id), release_id]
            stale, self._recent = self._recent[:-_MOST_OPEN], self._recent[-_MOST_OPEN:]
        for one in stale:
            self._open[one].put_down()

    def list(self) -> list[Release]:
        """Return all published releases, newest first; half-built ones are not among them."""
        if not self.folder.exists():
            return []
        published = [
            self._known(path.name)
            for path in self.folder.iterdir()
            if _ID.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
        ]
        return sorted(published, key=lambda release: release.created_at, reverse=True)

    def as_of(self, moment: datetime) -> Release:
        """Return the release that was current at a moment; raises ReleaseNotFound before any."""
        for release in self.list():
            if release.created_at <= moment:
                return release
        raise ReleaseNotFound(release=moment.isoformat())

    def publish(self, publication: Publication, created_at: datetime | None = None) -> Release:
        """Publish and switch to a new release; the old one stays readable.

        A process killed at any moment leaves the link on the old or on the new release, each
        whole; what it left half-built is removed by the next publish.
        """
        created_at = created_at or datetime.now(UTC)
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            self._sweep()
            release_id = self._id_for(publication, created_at)
            target = self.folder / release_id
            if not self._is_whole(target):
                building = self.folder / f".building-{secrets.token_hex(4)}"
                self._build(building, release_id, publication, created_at)
                shutil.rmtree(target, ignore_errors=True)
                building.rename(target)
                _sync_folder(self.folder)
            release = Release(target, self._cache)
            release.warm()
            self._switch(release_id)
            self._open[release_id] = release
        return release

    def _id_for(self, publication: Publication, created_at: datetime) -> str:
        """Return the id of a publication: its day and a hash of its content.

        The current release keeps its id, and so does one that a killed publisher built but did
        not switch to. Going back to an older content is news, with a history of its own: its id
        also hashes the release that it follows.
        """
        content = _content_hash(publication)
        day = f"{created_at:%Y-%m-%d}"
        plain = f"{day}-{content[:10]}"
        previous = self._current_or_none()
        if previous is None or previous.id == plain or not self._is_whole(self.folder / plain):
            return plain
        if previous.manifest.get("content") == content and previous.id.startswith(day):
            return previous.id
        if Release(self.folder / plain, self._cache).manifest["previous"] == previous.id:
            return plain
        salted = hashlib.sha256(f"{content}/{previous.id}".encode()).hexdigest()
        return f"{day}-{salted[:10]}"

    def _build(
        self, folder: Path, release_id: str, publication: Publication, created_at: datetime
    ) -> None:
        folder.mkdir()
        previous = self._current_or_none()
        rows = [to_row(observation) for observation in publication.observations]
        write_parquet(rows, COLUMNS, folder / OBSERVATIONS, ORDER)
        revisions = _history(previous, rows, release_id)
        write_parquet(map(_revision_row, revisions), REVISION_COLUMNS, folder / REVISIONS)
        (folder / "documents").mkdir()
        for name, document in publication.documents.items():
            (folder / "documents" / f"{name}.json").write_bytes(_json(document, sort=False))
        for name, content in publication.files.items():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        manifest = {
            "schema_version": SCHEMA_VERSION,
            "id": release_id,
            "created_at": created_at.isoformat(),
            "previous": previous.id if previous else None,
            "software": publication.software,
            "fingerprint": publication.fingerprint,
            "content": _content_hash(publication),
            "rows": len(rows),
            "sources": sorted({row["source"] for row in rows}),
            "checks": publication.checks,
            "files": {
                path.relative_to(folder).as_posix(): {
                    "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                    "bytes": path.stat().st_size,
                }
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            },
        }
        (folder / MANIFEST).write_bytes(_json(manifest))
        for path in folder.rglob("*"):
            _sync_file(path) if path.is_file() else _sync_folder(path)
        _sync_folder(folder)

    def _switch(self, release_id: str) -> None:
        aside = self.folder / f".current-{secrets.token_hex(4)}"
        aside.symlink_to(release_id)
        aside.replace(self.folder / CURRENT)
        _sync_folder(self.folder)

    def _is_whole(self, folder: Path) -> bool:
        try:
            Release(folder, self._cache).verify()
        except (ReleaseNotFound, ReleaseDamaged):
            return False
        return True

    def _current_or_none(self) -> Release | None:
        try:
            return self.current()
        except (ReleaseNotFound, ReleaseDamaged):  # damage must not stop its own repair
            return None

    def _sweep(self) -> None:
        """Remove what a killed publisher left, and the oldest query caches."""
        for path in self.folder.glob(".building-*"):
            shutil.rmtree(path)
        for path in self.folder.glob(".current-*"):
            path.unlink()
        caches = sorted(self._cache.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
        for path in caches[:-_KEPT_CACHES]:
            path.unlink()
        for path in self._cache.glob("*.building*"):  # a reader may be at it right now
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _BUILDING_SECONDS:
                    path.unlink()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / ".lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def _history(
    previous: Release | None, rows: list[dict[str, str]], release_id: str
) -> Iterable[Revision]:
    """Yield the old history, then what this release adds, changes and withdraws."""
    before: dict[str, dict[str, str]] = {}
    if previous:
        yield from previous.revisions()
        before = {row["id"]: row for row in map(to_row, previous.observations())}
    now = {row["id"]: row for row in rows}
    for key, row in now.items():
        if key not in before:
            yield Revision(key, release_id, "added", None, row)
        elif before[key] != row:
            yield Revision(key, release_id, "changed", before[key], row)
    for key, row in before.items():
        if key not in now:
            yield Revision(key, release_id, "withdrawn", row, None)


def _revision_row(revision: Revision) -> dict[str, str]:
    return {
        "observation": revision.observation,
        "release": revision.release,
        "kind": revision.kind,
        "before": _json(revision.before).decode() if revision.before else "",
        "after": _json(revision.after).decode() if revision.after else "",
    }


def _content_hash(publication: Publication) -> str:
    digest = hashlib.sha256(publication.fingerprint.encode())
    for row in sorted(map(to_row, publication.observations), key=lambda row: row["id"]):
        digest.update(_json(row))
    digest.update(_json(publication.documents))
    return digest.hexdigest()


def _json(value: Any, sort: bool = True) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=sort, separators=(",", ":"))
    return text.encode()


def _sync_file(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
