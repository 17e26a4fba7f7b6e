"""The shelf of releases: publish by an atomic switch, read the current one or any past one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from irtysh.store.parquet import REVISION_COLUMNS, write_parquet
from irtysh.store.release import OBSERVATIONS, REVISIONS, Release, Revision
from irtysh.store.schema import COLUMNS, ORDER, SCHEMA_VERSION, to_row
from irtysh.store.shelving import CURRENT, MANIFEST, Shelf, as_json, files_of, is_id
from irtysh.vocabulary.errors import ReleaseNotFound
from irtysh.vocabulary.observation import Observation

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
        self._shelf = Shelf(folder)
        self._open: dict[str, Release] = {}
        self._recent: list[str] = []
        self._lock = threading.Lock()

    def current(self) -> Release:
        """Return the release that readers see now.

        Raises ReleaseNotFound if there is none, ReleaseDamaged if the link is no link.
        """
        return self.get(self._shelf.current_name())

    def get(self, release_id: str) -> Release:
        """Return a release by its id ("current" and "latest" mean the current one)."""
        if release_id in (CURRENT, "latest"):
            return self.current()
        release = self._known(release_id)
        self._keep_few(release_id)
        return release

    def _known(self, release_id: str) -> Release:
        if release_id not in self._open:
            if not is_id(release_id):
                raise ReleaseNotFound(release=release_id)
            self._open[release_id] = Release(self.folder / release_id, self._shelf.cache)
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
        published = [self._known(name) for name in self._shelf.names()]
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
        with self._shelf.locked():
            self._shelf.sweep()
            release_id = self._shelf.publish(
                _content_hash(publication),
                created_at,
                lambda folder, name, previous: self._build(
                    folder, name, previous, publication, created_at
                ),
                lambda folder: Release(folder, self._shelf.cache).warm(),
            )
            release = Release(self.folder / release_id, self._shelf.cache)
            self._open[release_id] = release
        return release

    def _build(
        self,
        folder: Path,
        release_id: str,
        previous_id: str | None,
        publication: Publication,
        created_at: datetime,
    ) -> None:
        previous = Release(self.folder / previous_id, self._shelf.cache) if previous_id else None
        rows = [to_row(observation) for observation in publication.observations]
        write_parquet(rows, COLUMNS, folder / OBSERVATIONS, ORDER)
        revisions = _history(previous, rows, release_id)
        write_parquet(map(_revision_row, revisions), REVISION_COLUMNS, folder / REVISIONS)
        (folder / "documents").mkdir()
        for name, document in publication.documents.items():
            (folder / "documents" / f"{name}.json").write_bytes(as_json(document, sort=False))
        for name, content in publication.files.items():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        manifest = {
            "schema_version": SCHEMA_VERSION,
            "id": release_id,
            "created_at": created_at.isoformat(),
            "previous": previous_id,
            "software": publication.software,
            "fingerprint": publication.fingerprint,
            "content": _content_hash(publication),
            "rows": len(rows),
            "sources": sorted({row["source"] for row in rows}),
            "checks": publication.checks,
            "files": files_of(folder),
        }
        (folder / MANIFEST).write_bytes(as_json(manifest))


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
        "before": as_json(revision.before).decode() if revision.before else "",
        "after": as_json(revision.after).decode() if revision.after else "",
    }


def _content_hash(publication: Publication) -> str:
    digest = hashlib.sha256(publication.fingerprint.encode())
    for row in sorted(map(to_row, publication.observations), key=lambda row: row["id"]):
        digest.update(as_json(row))
    digest.update(as_json(publication.documents))
    return digest.hexdigest()
