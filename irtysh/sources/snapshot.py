"""Snapshots: a file exactly as it was fetched, with where, when, hash and licence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

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
    record = place / _RECORD
    if record.exists():
        return place
    place.mkdir(parents=True, exist_ok=True)
    (place / "content").write_bytes(snapshot.data)
    words = asdict(snapshot)
    del words["data"]
    words["fetched_on"] = snapshot.fetched_on.isoformat()
    unfinished = record.with_suffix(".part")
    unfinished.write_text(json.dumps(words, ensure_ascii=False, indent=2), encoding="utf-8")
    unfinished.replace(record)
    return place


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
