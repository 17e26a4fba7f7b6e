"""Snapshots: a file exactly as it was fetched, with where, when, hash and licence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from irtysh.vocabulary.errors import NotReadable, SnapshotDamaged

_RECORD = "snapshot.json"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a publisher gave on a day; never edited.

    Attributes
    ----------
    name : str
        The file's own name.
    data : bytes
        Its content, untouched.
    address : str
        Where it was fetched, empty for a file handed over by a person.
    sha256 : str
        Hash of ``data``.
    fetched_on : date
    licence : str
        Terms of reuse as the publisher states them; empty where it states none.
    source : str
        Id of the source in the case's list of sources.
    """

    name: str
    data: bytes
    address: str
    sha256: str
    fetched_on: date
    licence: str
    source: str

    @classmethod
    def of(
        cls,
        data: bytes,
        *,
        name: str,
        fetched_on: date,
        address: str = "",
        licence: str = "",
        source: str = "",
    ) -> Snapshot:
        """Make a snapshot of bytes just fetched; the hash is computed here."""
        digest = hashlib.sha256(data).hexdigest()
        return cls(name, data, address, digest, fetched_on, licence, source)

    @property
    def is_whole(self) -> bool:
        """True if the content still has the hash written down."""
        return hashlib.sha256(self.data).hexdigest() == self.sha256


def keep(snapshot: Snapshot, folder: Path) -> Path:
    """Write a snapshot into its own folder, named by hash; an equal one is left alone.

    The record is written last, so a folder without it is an unfinished fetch and is ignored.
    """
    place = folder / snapshot.sha256[:16]
    if (place / _RECORD).exists():
        return place
    place.mkdir(parents=True, exist_ok=True)
    (place / "content").write_bytes(snapshot.data)
    words = asdict(snapshot)
    del words["data"]
    _record(place, words)
    return place


def keep_file(
    file: Path,
    folder: Path,
    *,
    name: str,
    fetched_on: date,
    address: str,
    licence: str,
    source: str,
) -> Path:
    """Move a file just fetched into a snapshot's folder; it may be larger than the memory.

    The file lies on the same disk as ``folder``. An equal snapshot is left alone and the file
    deleted. Returns the snapshot's folder, as ``keep`` does.
    """
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    place = folder / digest[:16]
    if (place / _RECORD).exists():
        file.unlink()
        return place
    place.mkdir(parents=True, exist_ok=True)
    file.replace(place / "content")
    words = {"name": name, "address": address, "sha256": digest, "fetched_on": fetched_on}
    _record(place, {**words, "licence": licence, "source": source})
    return place


def _record(place: Path, words: dict[str, Any]) -> None:
    record = place / _RECORD
    words["fetched_on"] = words["fetched_on"].isoformat()
    unfinished = record.with_suffix(".part")
    unfinished.write_text(json.dumps(words, ensure_ascii=False, indent=2), encoding="utf-8")
    unfinished.replace(record)


def recall(place: Path) -> Snapshot:
    """Read a kept snapshot; raises SnapshotDamaged if a byte of it has changed."""
    try:
        words = json.loads((place / _RECORD).read_text(encoding="utf-8"))
        words["fetched_on"] = date.fromisoformat(words["fetched_on"])
        snapshot = Snapshot(data=(place / "content").read_bytes(), **words)
    except (OSError, ValueError, KeyError, TypeError):
        raise NotReadable(reason=f"{place.name}/{_RECORD}") from None
    if not snapshot.is_whole:
        raise SnapshotDamaged(snapshot=snapshot.name)
    return snapshot
